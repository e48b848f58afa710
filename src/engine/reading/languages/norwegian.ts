import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Norwegian, Bokmål. */
export const norwegian: Language = {
  code: 'nb',
  name: 'Norwegian',
  script: 'Latin',
  compounds: true,
  letters: /[æøå]/u,
  common:
    'og at det er som en på for av med til den ikke et om har i kan eller fra skal ved etter når hvis',
  steps:
    'trinn steg prosedyre- veiledning instruksjon- tiltak handling- gjenopprett- omstart feilsøking løsning- installasjon utrulling vedlikehold kontroll- verifisering tilbakerulling sikkerhetskopi- bytte forberedelse- utførelse konfigur- oppdatering- fremgangsmåte rutine runbook sjekkliste',
  facts:
    'merknad- notat- oversikt sammendrag beskrivelse krav forutsetning- komponent- arkitektur bakgrunn informasjon detaljer miljø- system systemer data resultat tips eksempel begreper tilstand',
  never:
    'kriteri- innhold innholdsfortegnelse kontakt- vakt vaktliste eskalering prioritet- årsak- grunn symptom- spørsmål faq referanse- lenker kilder ordliste definisjon- mål formål historikk rolle roller ansvar- team medlemmer fordeler ulemper prinsipper regler egenskaper',
  verbs:
    'åpne åpn kontroller sjekk stopp start omstart oppdater vent klikk kjør gjør bytt skriv ta legg sett gå les velg lagre slett kopier opprett endre gjenopprett installer varsle varsl informer erstatt deaktiver aktiver koble send se logg bekreft konfigurer test lukk trykk flytt ring kontakt hent rydd trekk noter meld slå last fjern restart',
  place: 'first',
  mayTell: /er$/u,
  nouns:
    'modell format for-mange for-få for-mye for-lite server servere bruker router docker cluster container feiler maskiner filer noter',
  polite:
    /^(?:vennligst|vær (?:vennlig|snill|så snill)(?: å)?|vi ber deg|å \p{Ll}{1,30}) |^(?:i|på|under|hvis|fra|for|når|ved|etter)\s[^.]{3,120}?\s(?!ser|får|kan|har|er|blir|vil)\p{L}{2,}r du(?!\p{L})/u,
  objects: 'å den det de en et ei alle denne dette',
  definite: /.{2}(?:en|et|ne)$/u,
  adverbs: 'deretter så nå først til-slutt eventuelt straks også vennligst igjen ikke',
  duty: 'må skal bør vennligst sørg-for',
  is: 'er var har hadde finnes ligger står blir ble inneholder kan tilhører består avhenger varer virker brukes kjøres lagres mangler kommer heter betyr holdes krever befinner',
  impersonal: /es(?!\p{L})/u,
  states: /(?:eres|tas|lages|lagres|kjøres|sendes|skrives|opprettes|slettes)$/u,
  subject:
    /^(?:den|det|de|en|et|ei|hvert?|ingen|disse|denne|dette)\s|^\p{L}{3,}(?:en|[^rh]et|ene)\s(?!av\s)/iu,
  comes:
    /^(?:(?:så|deretter|nå) )?du (?:vil|skal|bør)(?: \p{L}+){0,2} (?:se|få|ha|bli)(?!\p{L})|^det \p{L}{2,}s(?!\p{L})|(?<!\p{L})(?:(?<!som )(?:vises|åpnes|dukker opp)|kommer til å)(?!\p{L})|(?<!du|vi) vil (?:\p{L}+ )?\p{L}{2,}(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:omtrent|cirka|ca\.?|rundt|noen|få) (?:[\d.,–-]+ ?)?(?:sekund|minutt|time)/u,
  recurs: /^hvert? (?:natt|dag|morgen|kveld|uke|måned|time|minutt|år)(?!\p{L})/u,
  asks: 'hvem hva når hvor hvorfor hvordan hvilken hvilke hvilket er kan',
  leads: {
    runs: 'kjør kjøre utfør kommando kommandoen skriv',
    puts: 'legg lim sett skriv lagre opprett kopier rediger endre',
    holds: 'fil filen linje linjer linjen innhold innholdet konfigurasjon skript crontab',
    compared: 'før etter tidligere nå gammel ny',
    forbids: 'bruk-ikke kjør-ikke kjør-aldri feil gjør-ikke',
    does: 'skriptet dette-skriptet nå-kan hva-gjør hva-skjer i-denne-veiledningen i-denne-guiden i-denne-artikkelen i-dette-dokumentet i-dette-kapittelet denne-guiden du-lærer vi-går-gjennom',
  },
  phrases: {
    output: [
      'eksempel på utdata',
      'forventet utdata',
      'forventet resultat',
      'forventet svar',
      'du bør se',
      'viser',
      'resultat',
    ],
    example: [
      'eksempel på utdata',
      'for eksempel',
      'f.eks.',
      'eksempel',
      'ligner',
      'noe slikt som',
    ],
    if: ['hvis', 'dersom', 'i tilfelle', 'når'],
    order: ['så snart', 'etter', 'når', 'før', 'mens', 'til', 'deretter'],
    when: ['ved', 'i', 'på', 'fra', 'for å', 'for', 'under', 'etter', 'med'],
  },
  conditions: {
    trouble: list('feil|full|krasj|utfall|tap|overbelast|svikt|ikke'),
    within: list('ved'),
    opening: [
      'forutsatt at',
      'som siste utvei',
      'bare hvis',
      'kun hvis',
      'kun dersom',
      'bare dersom',
      'kun ved',
      'hvis',
      'dersom',
      'i tilfelle',
      'når',
    ],
    optional: ['valgfritt', 'om nødvendig', 'ved behov', 'eventuelt'],
    options: ['alternativ', 'enten', 'eller', 'metode', 'variant', 'i stedet'],
    emergency: list('nødstopp|nødavstengning|nødomstart|nødomkobling'),
    otherwise: list('ellers|i motsatt fall|hvis ikke'),
    lasting: list('så lenge'),
    leaves: {
      verbs: list('hopp over|utelat|ikke kjør|kjør ikke|utfør ikke|kjør aldri'),
      objects: list('dette|dette trinnet|dette steget|steget|trinnet'),
      where: list('på|i|ved|hvis|dersom|når|for|mot'),
    },
    only: {
      words: list('kun|bare|utelukkende'),
      after: list('etter|under|innenfor|utenfor|med|sammen med|mens'),
      late: list('ikke før|ikke innen|tidligst'),
      over: list('avslutt|fullfør|ferdig|omstart|trinn|steg'),
      consent: list('godkjenning|tillatelse|samtykke'),
    },
    gates: {
      goOn: list('fortsett|fortsette|gå videre|gå … videre'),
      stop: list('stopp|avbryt|stans|avslutt|kanseller'),
      never: list(
        'fortsett ikke|ikke fortsett|gå ikke videre|ikke gå videre|gå ikke … videre|ikke gå … videre|fortsett aldri',
      ),
      leaveOut: eachOf(
        'hopp over|utelat',
        'dette avsnittet|denne delen|disse trinnene|alt nedenfor',
      ),
      where: list('på|i|for|mot'),
      if: list('hvis|dersom|ved|i tilfelle'),
      unless: list('med mindre|medmindre'),
      just: list('bare|kun'),
      onlyIf: list('bare hvis|kun hvis|bare dersom|kun dersom|bare når|kun når|først når'),
      objects: list(
        'her|nå|straks|umiddelbart|da|alt|prosedyren|oppgraderingen|oppdateringen|migreringen|arbeidet|utrullingen',
      ),
      and: list('og|eller'),
    },
  },
  examples: {
    tells: [
      'Åpne kontrollpanelet',
      'Sjekk loggfilen',
      'Stopp tjenesten',
      'Trekk ut støpselet',
      'Vent til jobben er ferdig',
      'Hvis det ikke hjelper, varsle vakten',
    ],
    states: [
      'Serveren står i Bergen',
      'Årsaken er for lite minne',
      'Hvorfor svarer ikke tjenesten?',
      'Vakt: Anna Lie',
      'Cachen lagres i fem minutter',
      'Servere i kjelleren',
    ],
  },
};
