import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Croatian, Bosnian, and Serbian in Latin letters. */
export const croatian: Language = {
  code: 'hr',
  name: 'Croatian',
  script: 'Latin',
  letters: /[čćšžđ]/u,
  common:
    'i u na se za da od su sa ne po koji koja koje ako kao ili će nije iz što kako te prema nakon',
  steps:
    'korak- korac- postupak postupci procedur- uput- obnov- oporavak ponovno rješenje rješavanje rešenje dijagnostik- instalacij- postavljanje održavanje provjer- prover- vraćanje kopij- priprem- izvršenje konfiguracij- ažuriranje mjere mere radnje priručnik',
  facts:
    'napomen- bilješk- beleške sažetak pregled opis zahtjevi zahtevi preduvjeti preduslovi komponente arhitektura kontekst informacij- pojedinosti detalji okruženje okolina sustav sistem podaci rezultat- savjeti saveti primjer- primer- pojmovi',
  never:
    'sadržaj kontakt- dežurstva eskalacij- prioritet- uzro- razlo- simptom- pitanj- poveznice linkovi izvori reference rječnik rečnik definicij- cilj- povijest istorija uloge odgovornosti tim članovi prednosti pravila načela kriterij-',
  verbs:
    'otvori provjeri proveri zaustavi pokreni pričekaj sačekaj klikni spremi sačuvaj obriši kopiraj stvori dodaj promijeni vrati instaliraj obavijesti zamijeni uključi isključi spoji pošalji odaberi izaberi prijavi zapiši izvrši postavi preuzmi',
  place: 'first',
  infinitive: /[aieu]ti$/u,
  tells: /(?:[iaue]jte|ite)$/u,
  mayTell: /(?:[aieu]ti|ći|anje|enje)$/u,
  nouns: 'model format elite',
  polite: /^(?:molimo|molim|potrebno je|treba) /u,
  adverbs: 'se zatim potom sada prvo najprije na-kraju također odmah ponovno ponovo opet',
  duty: 'mora morate treba potrebno molimo obavezno',
  is: 'je su nije nisu bio bila bilo ima imaju nema nalazi nalaze radi rade stoji čuva čuvaju traje sadrži može mogu postoji nedostaje',
  things:
    'sustav sistem program skripta usluga servis poslužitelj server aplikacija stranica prozor sučelje interfejs izbornik meni certifikat ključ token lozinka datoteka fajl mapa direktorij arhiva baza zapisnik dnevnik log port mreža klaster čvor kontejner modul proces zadatak naredba alat gumb poruka sesija red instalacijski alarm tablica tabela verzija veza agent robot',
  does: /^(?:\p{L}+ ){0,2}\p{L}{2,}[aei](?<!t[ei]|ći)(?!\p{L})/u,
  states: /(?:uje|uju|ava|avaju)$/u,
  impersonal: /(?<!\p{L})se(?!\p{L})/u,
  subject:
    /^(?!\p{L}+(?:te|ti|ći)\s)\p{L}{3,}\s(?:(?!da|ako|li|je)\p{L}+\s)?se\s\p{L}+(?:aju|[auij]ju|[eai])(?!\p{L})/iu,
  comes:
    /(?<!\p{L})(?:ćete|ćeš|će)(?!\p{L})|^\p{L}{3,}(?:ćete|ćeš|će)(?!\p{L})|^(?:\p{L}+(?:[^t\s]e|a)|otvori|pojavi|javi) se(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:oko|otprilike|približno|nekoliko|par) (?:[\d.,–-]+ ?)?(?:sekund|minut|sati|sat)/u,
  asks: 'tko ko što šta kada gdje gde zašto kako koji koliko',
  leads: {
    runs: 'pokren- izvrš- naredb- komand- upiš-',
    puts: 'dodaj- zalijep- nalepi- upiš- spremi- sačuva- stvori- kopiraj- uredi-',
    holds: 'datotek- fajl redak redove sadržaj konfiguracij- skript- crontab',
    compared: 'prije pre poslije posle staro novo',
    forbids: 'ne-koristite ne-pokrećite nikad nikada pogrešno',
    does: 'skripta ova-skripta sada-možete',
  },
  phrases: {
    output: ['očekivani izlaz', 'očekivani rezultat', 'trebali biste vidjeti', 'izlaz', 'rezultat'],
    example: ['na primjer', 'na primer', 'npr.', 'primjer', 'slično'],
    if: ['ako', 'ukoliko', 'u slučaju'],
    order: ['nakon', 'kada', 'kad', 'prije', 'dok', 'čim', 'posle'],
    when: ['u slučaju', 'u', 'na', 'pri', 'pomoću', 'nakon', 'za', 'da biste', 'iz', 's'],
  },
  conditions: {
    trouble: list('ispad|grešk|pun|kvar|gubit'),
    within: list('pri'),
    opening: ['samo ako', 'ako', 'ukoliko', 'u slučaju'],
    optional: ['po želji', 'opcionalno', 'neobavezno', 'po potrebi'],
    options: ['mogućnost', 'opcija', 'ili', 'alternativno', 'način', 'varijanta'],
    otherwise: list('u suprotnom|u protivnom|inače|ako ne'),
    or: list('ili|alternativno|kao alternativa'),
    emergency: list('hitno zaustavljanje|hitno gašenje|hitno ponovno pokretanje'),
    lasting: list('sve dok je'),
    only: {
      words: list('samo|isključivo'),
      after: list('nakon|poslije|tijekom|dok|sve dok'),
      over: list('završ|pokretanj|korak'),
      consent: list('odobren|suglasn|dozvol'),
    },
    gates: {
      goOn: list('nastavite|nastavi|nastaviti|prijeđite|krenite dalje|idite dalje'),
      stop: list(
        'zaustavite se|zaustavite|zaustavi|zaustaviti|stanite|stani|prekinite|prekini|prekinuti|odustanite|obustavite|otkažite|stop',
      ),
      never: list(
        'ne nastavljajte|ne nastavljaj|nemojte nastaviti|nemojte nastavljati|ne prelazite|ne idite dalje|nemojte ići dalje',
      ),
      if: list('ako|ukoliko|u slučaju'),
      unless: list('osim ako|osim ukoliko'),
      just: list('samo|isključivo'),
      onlyIf: list('samo ako|samo ukoliko|samo u slučaju|samo kada|samo kad|isključivo ako'),
      objects: list(
        'ovdje|odmah|sve|tada|postupak|proces|nadogradnju|migraciju|rad|operaciju|s radom|s nadogradnjom|s postupkom',
      ),
      and: list('i|ili'),
    },
  },
  examples: {
    tells: [
      'Otvorite upravljačku ploču',
      'Provjeriti datoteku zapisnika',
      'Zaustavite uslugu',
      'Pokrenite poslužitelj',
      'Pričekajte da posao završi',
      'Ako ne uspije, obavijesti tim',
    ],
    states: [
      'Poslužitelj se nalazi u Zagrebu',
      'Uzrok je manjak memorije',
      'Zašto usluga ne odgovara?',
      'Dežurni: Ivan Horvat',
      'Zapisnici se čuvaju trideset dana',
      'Baza podataka',
    ],
  },
};
