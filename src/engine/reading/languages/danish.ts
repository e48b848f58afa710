import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Danish. */
export const danish: Language = {
  code: 'da',
  name: 'Danish',
  script: 'Latin',
  compounds: true,
  letters: /[æøå]/u,
  common:
    'og at det er som en på for af med til den ikke et om har i kan eller fra skal ved efter når hvis de',
  steps:
    'trin skridt procedure- vejledning instruktion- handling- gendan- genstart fejlfinding løsning- installation udrulning vedligehold- kontrol verificering tilbagerulning sikkerhedskopi- skift forberedelse- udførelse konfigur- opdatering- fremgangsmåde rutine runbook tjekliste',
  facts:
    'note noter bemærkning- oversigt resumé beskrivelse krav forudsætning- komponent- arkitektur baggrund information detaljer miljø- system systemer data resultat tips eksempel begreber tilstand',
  never:
    'kriteri- indhold indholdsfortegnelse kontakt- vagt vagtplan eskalering prioritet- årsag- grund symptom- spørgsmål faq reference- links kilder ordliste definition- mål formål historik rolle roller ansvar- team medlemmer fordele ulemper principper regler egenskaber',
  verbs:
    'åbn kontroller kontrollér tjek stop start genstart opdater opdatér vent klik kør gør skift skriv tag læg sæt gå læs vælg gem slet kopier kopiér opret ændr gendan installer installér underret informer udskift deaktiver aktiver tilslut frakobl send se log bekræft konfigurer test luk tryk flyt ring kontakt hent ryd træk notér meld sluk tænd indlæs fjern tilføj',
  place: 'first',
  mayTell: /(?:er|ér)$/u,
  nouns:
    'model format for-mange for-få for-meget for-lidt server servere bruger router docker cluster container fejler computer mapper filer noter',
  polite:
    /^(?:venligst|vær (?:venlig|sød|rar)(?: at)?|vi beder dig|at \p{Ll}{2,30}e) |^(?:i|på|under|hvis|fra|for|når|ved|efter)\s[^.]{3,120}?\s(?!ser|får|kan|har|er|bliver|vil)\p{L}{2,}r du(?!\p{L})/u,
  objects: 'at den det de en et ei alle denne dette',
  definite: /.{2}(?:en|et|ne)$/u,
  adverbs: 'derefter så nu først til-sidst eventuelt straks også venligst igen ikke',
  duty: 'skal bør må venligst sørg-for',
  is: 'er var har havde findes ligger står bliver blev indeholder kan tilhører består afhænger varer virker bruges køres gemmes mangler kommer hedder betyder holdes kræver befinder',
  impersonal: /es(?!\p{L})/u,
  states: /(?:eres|tages|lægges|gemmes|køres|sendes|skrives|laves|oprettes|slettes)$/u,
  subject:
    /^\p{L}{3,}e\s\p{L}+\s\p{L}{3,}er\s|^(?:den|det|de|en|et|hvert?|ingen|disse|denne|dette)\s|^\p{L}{3,}(?:[^e]en|[^rh]et|ene|erne)\s(?!af\s)/iu,
  comes:
    /^(?:(?:så|derefter|nu) )?du (?:vil|skulle|bør)(?: \p{L}+){0,3} (?:se|få|have|blive)(?!\p{L})|^der \p{L}{2,}s(?!\p{L})|(?<!\p{L})(?:(?<!som )(?:vises|åbnes|dukker op)|kommer til at)(?!\p{L})|(?<!du|vi) vil (?:\p{L}+ )?\p{L}{2,}e(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:cirka|ca\.?|omkring|få|nogle|omtrent) (?:[\d.,–-]+ ?)?(?:sekund|minut|time)/u,
  recurs: /^hvert? (?:nat|dag|morgen|aften|uge|måned|time|minut|år)(?!\p{L})/u,
  asks: 'hvem hvad hvornår hvor hvorfor hvordan hvilken hvilke hvilket er kan',
  leads: {
    runs: 'kør køre udfør kommando kommandoen indtast',
    puts: 'tilføj indsæt skriv gem opret kopier rediger ændr',
    holds: 'fil filen linje linjer linjen indhold indholdet konfiguration script crontab',
    compared: 'før efter tidligere nu gammel ny',
    forbids: 'brug-ikke kør-ikke kør-aldrig forkert gør-ikke',
    does: 'scriptet dette-script nu-kan hvad-gør hvad-sker i-denne-vejledning i-denne-guide i-denne-artikel i-dette-dokument i-dette-kapitel denne-guide du-lærer vi-gennemgår',
  },
  phrases: {
    output: [
      'eksempel på output',
      'forventet output',
      'forventet resultat',
      'forventet svar',
      'du bør se',
      'viser',
      'resultat',
    ],
    example: [
      'eksempel på output',
      'for eksempel',
      'f.eks.',
      'eksempel',
      'ligner',
      'noget i retning af',
    ],
    if: ['hvis', 'såfremt', 'i tilfælde af', 'når'],
    order: ['så snart', 'efter', 'når', 'før', 'mens', 'indtil', 'derefter'],
    when: ['ved', 'i', 'på', 'fra', 'for at', 'for', 'under', 'efter', 'med'],
  },
  conditions: {
    trouble: list('fejl|fuld|nedbrud|udfald|tab|overbelast|svigt|ikke'),
    within: list('ved'),
    opening: [
      'forudsat at',
      'som sidste udvej',
      'kun hvis',
      'udelukkende hvis',
      'kun ved',
      'kun når',
      'hvis',
      'såfremt',
      'i tilfælde af',
      'når',
    ],
    optional: ['valgfrit', 'om nødvendigt', 'ved behov', 'eventuelt'],
    options: ['mulighed', 'enten', 'alternativt', 'eller', 'metode', 'variant', 'i stedet'],
    emergency: list('nødstop|nødgenstart|nødnedlukning|nødomskiftning'),
    otherwise: list('ellers|i modsat fald|hvis ikke'),
    lasting: list('så længe'),
    leaves: {
      verbs: list('spring|udelad|kør ikke|udfør ikke|kør aldrig'),
      objects: list('dette over|dette trin over|trinnet over|dette|dette trin|trinnet'),
      where: list('på|i|ved|hvis|når|for|mod'),
    },
    only: {
      words: list('kun|udelukkende'),
      after: list('efter|under|inden for|uden for|med|sammen med|mens'),
      late: list('ikke før|ikke inden|tidligst'),
      over: list('afslut|fuldfør|færdig|genstart|trin'),
      consent: list('godkendelse|tilladelse|samtykke'),
    },
    gates: {
      goOn: list('fortsæt|fortsætte|gå videre|gå … videre'),
      stop: list('stop|afbryd|stands|annuller|afslut|indstil'),
      never: list('fortsæt ikke|gå ikke videre|gå ikke … videre|fortsæt aldrig'),
      leaveOut: eachOf(
        'spring * over|udelad',
        'dette afsnit|disse trin|trinene nedenfor|alt nedenfor',
      ),
      where: list('på|i|for|mod'),
      if: list('hvis|såfremt|ved|i tilfælde af'),
      unless: list('medmindre|med mindre'),
      just: list('kun'),
      onlyIf: list('kun hvis|udelukkende hvis|kun såfremt|kun når|først når'),
      objects: list(
        'her|nu|straks|omgående|så|alt|proceduren|opgraderingen|opdateringen|migreringen|arbejdet|udrulningen',
      ),
      and: list('og|eller'),
    },
  },
  examples: {
    tells: [
      'Åbn kontrolpanelet',
      'Kontroller logfilen',
      'Stop tjenesten',
      'Træk stikket ud',
      'Vent, til jobbet er færdigt',
      'Hvis det ikke hjælper, underret vagten',
    ],
    states: [
      'Serveren står i Aarhus',
      'Årsagen er for lidt hukommelse',
      'Hvorfor svarer tjenesten ikke?',
      'Vagt: Anna Holm',
      'Cachen gemmes i fem minutter',
      'Servere i kælderen',
    ],
  },
};
