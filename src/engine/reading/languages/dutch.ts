import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Dutch. */
export const dutch: Language = {
  code: 'nl',
  name: 'Dutch',
  script: 'Latin',
  compounds: true,
  common:
    'de het een en van is niet met op voor zijn te wordt worden dat die bij of als er aan naar ook',
  steps:
    'stap stappen stappenplan procedure- handleiding werkwijze instructie- actie acties maatregel- herstel herstellen herstart- oplossing- probleemoplossing installatie uitrol onderhoud controle verificatie terugdraaien back-up omschakel- voorbereiding uitvoering configuratie bijwerken runbook draaiboek checklist',
  facts:
    'notitie- opmerking- samenvatting overzicht beschrijving vereiste- voorwaarde- onderdeel onderdelen componenten architectuur achtergrond informatie details omgeving- systemen gegevens resultaat resultaten tip tips voorbeeld- begrippen toestand',
  never:
    'criteria criterium inhoud inhoudsopgave contact- contactpersonen wachtdienst piketdienst escalatie prioriteit- oorzaak oorzaken reden- symptom- symptoom vraag vragen faq referentie- links bronnen woordenlijst definitie- doel doelen doelstelling- geschiedenis historie rol rollen verantwoordelijk- team leden voordelen nadelen principes regels kenmerken',
  verbs:
    'open openen controleer controleren stop stoppen start starten herstart herstarten wacht wachten klik klikken verwijder verwijderen kopieer kopiëren maak maken voeg toevoegen wijzig wijzigen sla opslaan herstel herstellen installeer installeren voer uitvoeren zet zetten waarschuw waarschuwen informeer informeren meld melden vervang vervangen schakel uitschakelen inschakelen verbind verbinden stuur sturen verstuur versturen raadpleeg zorg kies kiezen selecteer selecteren koppel loskoppelen werk bijwerken ga keer typ schrijf schrijven download downloaden upload leeg legen bel bellen neem verander bevestig bevestigen configureer configureren noteer noteren log inloggen test testen bekijk bekijken draai haal sluit afsluiten verplaats bewaar geef vul pas roep sluiten',
  place: 'either',
  polite:
    /^(?:wilt u|wil je|gelieve|graag)(?: eerst)? |^(?:in|op|om|als|bij|na|voor|via|onder|wanneer)\s[^.]{3,120}?\s(?!ziet|krijgt|kunt|hebt|bent|wilt|zult|ontvangt)\p{L}{3,}t u(?!\p{L})/u,
  infinitive: /en$/u,
  tells: /eer$/u,
  nouns: 'model beheer keer meer weer eer heer server user docker router cluster container',
  objects: 'de het een alle je uw deze dit die dat ervoor op-de af',
  adverbs:
    'dan daarna vervolgens nu eerst tenslotte tot-slot eventueel direct ook graag alsjeblieft a.u.b. opnieuw meteen',
  duty: 'moet moeten dient dienen zorg-ervoor gelieve',
  is: 'is zijn was waren heeft hebben had wordt worden werd staat staan ligt liggen bevindt bestaat hoort kan kunnen bevat draait duurt betekent blijft komt gebruikt werkt ontbreekt toont',
  impersonal: /(?<!\p{L})(?:wordt|worden)(?!\p{L})/u,
  subject:
    /^(?:de|het|een|elke?|iedere?|deze|dit|onze?|geen)\s(?!.*en[.!]?$)(?!(?:\S+\s){1,3}\S+en\s(?:voor|van|op|in|naar|met|uit|bij|tot|aan|door|via|om|en)\s)/iu,
  comes:
    /^(?:(?:dan|daarna|nu|vervolgens|hierna) )?(?:(?:u|je|jij) (?:ziet|zie|krijgt|ontvangt|komt|zult|zou|zal)|(?:ziet|ziet|krijgt|ontvangt) (?:u|je))(?!\p{L})|^(?:de|het|een|uw|je) [^,;:]{2,40}? (?:zal|zullen) \p{L}|(?<!\p{L})(?:zal|zullen|verschijnt|verschijnen)(?!\p{L})/u,
  due: /(?<!\p{L})(?:is|zijn) (?:\p{L}+ ){0,3}?te \p{L}+en\W*$/u,
  lasts:
    /(?<!\p{L})(?:ongeveer|circa|enkele|enige|een paar) (?:[\d.,–-]+ ?)?(?:second|minu|uur|uren)/u,
  recurs:
    /^(?:elke?|iedere?) (?:nacht|dag|ochtend|avond|week|maand|uur|minuut|jaar|\p{L}{3,6}dag)(?!\p{L})|^(?:dagelijks|wekelijks|maandelijks)(?!\p{L})/u,
  asks: 'wie wat wanneer waar waarom hoe welke welk hoeveel waarheen is zijn kan',
  leads: {
    runs: 'voer uitvoer- start opdracht- commando- typ draai',
    puts: 'voeg toevoeg- plak zet schrijf sla maak kopieer plaats wijzig bewerk',
    holds: 'bestand regel regels inhoud configuratie script crontab',
    compared: 'voor voorheen na daarna oud nieuw',
    forbids: 'niet-gebruiken niet-uitvoeren voer-nooit nooit-uitvoeren fout onjuist',
    does: 'het-script dit-script nu-kunt wat-doet wat-er-gebeurt in-deze-handleiding in-deze-gids in-dit-artikel in-dit-document in-dit-hoofdstuk deze-gids je-leert u-leert we-behandelen',
    shows: 'dit-is-wat dit-doet dat-doet',
  },
  phrases: {
    output: [
      'voorbeelduitvoer',
      'verwachte uitvoer',
      'verwacht resultaat',
      'verwacht antwoord',
      'je zou moeten zien',
      'u ziet',
      'toont',
      'uitvoer',
      'resultaat',
    ],
    example: [
      'voorbeelduitvoer',
      'bijvoorbeeld',
      'bijv.',
      'voorbeeld',
      'vergelijkbaar met',
      'zoiets als',
    ],
    if: ['als', 'indien', 'in het geval', 'mocht', 'wanneer'],
    order: ['zodra', 'nadat', 'daarna', 'voordat', 'terwijl', 'totdat', 'na het'],
    when: ['bij', 'om', 'op', 'in', 'na', 'voor', 'via'],
  },
  conditions: {
    within: list('bij'),
    opening: list(
      'op voorwaarde dat|mits|in het uiterste geval|als laatste redmiddel|als laatste middel|als|indien|alleen als|alleen indien|mocht|tenzij|in geval van|ingeval|wanneer het niet|in noodgevallen|alleen op|alleen bij|alleen voor|alleen in',
    ),
    inner: list('als|indien|tenzij|in geval van|ingeval|in noodgevallen'),
    whether: list('controleer|controleren'),
    soft: list(
      'nodig|noodzakelijk|vereist|mogelijk|van toepassing|gewenst|dat nodig is|het nodig is',
    ),
    order: list('alles goed gaat|alles goed ging|alles werkt|alles in orde is'),
    leaves: {
      verbs: list('sla|voer|draai'),
      objects: list(
        'dit over|deze stap over|deze opdracht over|de stap over|dit niet|dit niet uit|dit nooit uit|deze opdracht niet uit|deze stap|deze opdracht|dit',
      ),
      where: list('op|in|bij|als|wanneer|voor|tegen'),
      ends: list('overslaan|niet uitvoeren|niet uit'),
      not: list('niet|nooit'),
    },
    optional: list('optioneel|facultatief|eventueel'),
    otherwise: list('anders|zo niet|als dat niet'),
    or: list('of|alternatief|hetzelfde als script|alles in één|als script'),
    options: list('optie|methode|alternatief|scenario|variant|mogelijkheid|geval|oplossing'),
    when: list('wanneer'),
    trouble: list(
      'niet|geen |nooit|vol|faalt|mislukt|kapot|vast|hangt|onbereikbaar|onbeschikbaar|corrupt|fout|overschrijdt|verloren|traag|verlopen|stuk|te |down|plat',
    ),
    first: list(
      'is|zijn|was|werkt|werken|lukt|helpt|blijft|blijven|hangt|hangen|loopt|lopen|faalt|falen|mislukt|ontbreekt|ontbreken|heeft|hebben|kan|kunnen|staat|staan|komt|komen|reageert|reageren|start|geeft|geven|wordt|worden|overschrijdt',
    ),
    emergency: list('noodstop|nooduitschakeling|noodherstart|noodomschakeling'),
    lasting: list('zolang'),
    only: {
      words: list('alleen|uitsluitend|enkel|slechts'),
      after: list('na|tijdens|binnen|buiten|met|in aanwezigheid|terwijl'),
      late: list('niet voor|niet voordat|niet eerder dan|op zijn vroegst'),
      over: list('voltooi|afloop|afrond|einde|herstart|stap|klaar'),
      consent: list('goedkeuring|toestemming|akkoord|overleg'),
    },
    gates: {
      goOn: list(
        'ga verder|ga door|ga … verder|ga … door|doorgaan|verdergaan|vervolg|gaat u verder|ga',
      ),
      stop: list('stop|stoppen|breek … af|afbreken|annuleer|annuleren|staak|halt|beëindig'),
      never: list(
        'ga niet verder|ga niet door|ga niet … verder|ga niet … door|niet doorgaan|niet verdergaan|ga nooit verder|niet verder gaan',
      ),
      if: list('als|indien|bij|in geval van|ingeval|mocht'),
      leaveOut: eachOf(
        'sla * over|sla * … over|* … overslaan|* overslaan',
        'deze sectie|deze paragraaf|dit hoofdstuk|dit gedeelte|deze stappen|alles hieronder|al het volgende',
      ),
      refuse: eachOf(
        'sla * over|sla * … over|* … overslaan|voer * niet … uit|* niet … uitvoeren|* … niet uitvoeren',
        'deze procedure|dit draaiboek|deze handleiding|dit runbook|deze pagina',
      ),
      where: list('op|in|tegen|voor|binnen|buiten'),
      unless: list('tenzij|behalve als'),
      just: list('alleen|enkel|slechts'),
      onlyIf: list('alleen als|alleen indien|enkel als|uitsluitend als|alleen wanneer|pas als'),
      only: list(
        'ga alleen verder als|ga alleen door als|ga alleen verder indien|ga alleen … verder als|ga pas verder als|ga enkel verder als',
      ),
      objects: list(
        'hier|nu|direct|onmiddellijk|meteen|dan|alles|de procedure|de upgrade|de update|de migratie|de uitrol|de werkzaamheden|het werk|de deployment|de wijziging',
      ),
      and: list('en|of'),
    },
  },
  examples: {
    tells: [
      'Open het beheerpaneel',
      'Logbestand controleren',
      'Stop de dienst',
      'Trek de stekker uit de kast',
      'Wacht tot de taak klaar is',
      'Als dat mislukt, meld het bij de leiding',
    ],
    states: [
      'De server staat in Utrecht',
      'De oorzaak is te weinig geheugen',
      'Waarom antwoordt de dienst niet?',
      'Wachtdienst: Anna de Vries',
      'De cache wordt vijf minuten bewaard',
      'Servers in de kelder',
    ],
  },
};
