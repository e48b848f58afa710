import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Slovenian. */
export const slovenian: Language = {
  code: 'sl',
  name: 'Slovenian',
  script: 'Latin',
  letters: /[čšž]/u,
  common:
    'vsak vsakih premalo kdo v da se je so na za od s z ne po ki kot ali če iz pri bo ni ter tudi lahko pa sta smo bi oziroma vse',
  steps:
    'korak- postop- navodil- obnov- ponovni rešit- reševanje diagnostik- namestit- postavit- vzdrževanje preverjanje preverit- varnostn- priprav- izvedb- nastavit- posodobit- ukrep- priročnik',
  facts:
    'opomb- povzetek pregled opis zahtev- predpogoj- sestavni komponent- arhitektur- informacij- podrobnosti okolje sistem podatki rezultat- namig- primer- pojmi',
  never:
    'vsebina kazalo kontakt- stiki dežurstv- prednost- vzrok- razlog- simptom- vprašanj- povezave viri slovar definicij- cilj- zgodovina vloge odgovornosti ekipa člani prednosti pravila načela merila',
  verbs:
    'odpri preveri ustavi zaženi počakaj klikni shrani izbriši kopiraj ustvari dodaj spremeni obnovi namesti obvesti zamenjaj vklopi izklopi poveži pošlji izberi prijavi zapiši izvedi nastavi prenesi',
  place: 'first',
  infinitive: /[aei]ti$/u,
  tells: /(?:ite|[aeiu]jte)$/u,
  mayTell: /(?:[aieu]ti|či|anje|enje|tev)$/u,
  nouns: 'model format storitev datotev',
  polite: /^(?:prosimo|prosim|treba je|potrebno je) /u,
  adverbs: 'se si nato potem zdaj najprej nazadnje tudi takoj znova ponovno',
  duty: 'mora morate treba potrebno prosimo obvezno',
  is: 'je so ni bil bila bilo ima imajo nima nahaja nahajajo deluje delujejo stoji hrani hranijo traja vsebuje mora lahko obstaja manjka',
  things:
    'sistem program skripta storitev strežnik aplikacija stran okno vmesnik meni certifikat potrdilo ključ žeton geslo datoteka mapa imenik arhiv baza dnevnik vrata omrežje gruča vozlišče vsebnik modul proces opravilo ukaz orodje gumb sporočilo seja vrsta namestitveni alarm tabela različica povezava gostitelj agent robot',
  does: /^(?:\p{L}+ ){0,2}\p{L}{2,}[aeio](?<!t[ei]|ći|či|j)(?!\p{L})/u,
  states: /(?:uje|ujejo|ava|avajo)$/u,
  impersonal: /(?<!\p{L})se(?!\p{L})/u,
  comes:
    /(?<!\p{L})(?:boste|boš|bo|bodo)(?!\p{L})|^(?:\p{L}+[^t\s]e|pojavi|konča|zgodi) se(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:približno|okoli|okrog|nekaj) (?:[\d.,–-]+ ?)?(?:sekund|minut|ur)/u,
  asks: 'kdo kaj kdaj kje zakaj kako kateri koliko ali',
  leads: {
    runs: 'zaženi- izvedi- ukaz- vnesite',
    puts: 'dodaj- prilepi- zapiši- shrani- ustvari- kopiraj- uredi-',
    holds: 'datotek- vrstic- vsebin- nastavit- skript- crontab',
    compared: 'prej potem pred po staro novo',
    forbids: 'ne-zaganjajte nikoli napačno',
    does: 'skripta ta-skripta zdaj-lahko',
  },
  phrases: {
    output: ['pričakovani izpis', 'pričakovani rezultat', 'izpis', 'rezultat'],
    example: ['na primer', 'npr.', 'primer', 'podobno'],
    if: ['če', 'v primeru', 'kadar'],
    order: ['ko', 'po', 'preden', 'dokler', 'takoj ko'],
    when: ['v primeru', 'v', 'na', 'pri', 'z', 's', 'za', 'po', 'iz'],
  },
  conditions: {
    trouble: list('izpad|napak|poln|odpoved|okvar|izgub'),
    within: list('ob|pri'),
    opening: ['samo če', 'le če', 'če', 'v primeru'],
    optional: ['neobvezno', 'po potrebi', 'po želji'],
    options: ['možnost', 'način', 'različica', 'druga možnost'],
    otherwise: list('sicer|v nasprotnem primeru|če ne'),
    or: list('ali|ali pa|druga možnost|kot alternativa'),
    emergency: list('zasilna zaustavitev|zasilni izklop|zasilni ponovni zagon'),
    only: {
      words: list('samo|le|izključno'),
      after: list('po|med|dokler|medtem ko'),
      over: list('koncu|zaključk|dokonč|zagon|korak'),
      consent: list('odobritv|soglas|dovoljen'),
    },
    gates: {
      goOn: list('nadaljujte|nadaljuj|nadaljevati|pojdite naprej|pojdi naprej'),
      stop: list(
        'ustavite se|ustavite|ustavi|ustaviti|prekinite|prekini|prekiniti|končajte|prekličite|odnehajte|stop',
      ),
      never: list('ne nadaljujte|ne nadaljuj|ne nadaljevati|ne pojdite naprej|ne hodite naprej'),
      if: list('če|v primeru|v primeru da|kadar'),
      unless: list('razen če'),
      just: list('samo|le|izključno'),
      onlyIf: list(
        'samo če|le če|samo kadar|le kadar|samo v primeru|samo takrat če|le takrat če|izključno če',
      ),
      objects: list(
        'tukaj|tu|takoj|vse|takrat|postopek|proces|nadgradnjo|selitev|delo|operacijo|s postopkom|z nadgradnjo|z delom',
      ),
      and: list('in|ali|ter'),
    },
  },
  examples: {
    tells: [
      'Odprite nadzorno ploščo',
      'Preveriti datoteko dnevnika',
      'Ustavite storitev',
      'Zaženite strežnik',
      'Počakajte, da se opravilo konča',
      'Če ne uspe, obvesti ekipo',
    ],
    states: [
      'Strežnik stoji v Mariboru',
      'Vzrok je premalo pomnilnika',
      'Zakaj se storitev ne odziva?',
      'Dežurni: Janez Novak',
      'Dnevniki se hranijo trideset dni',
      'Zbirka podatkov',
    ],
  },
};
