import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Swedish. */
export const swedish: Language = {
  code: 'sv',
  name: 'Swedish',
  script: 'Latin',
  compounds: true,
  letters: /[åäö]/u,
  common:
    'och att det är som en på för av med till den inte ett om har i kan eller från ska vid efter när',
  steps:
    'steg procedur- instruktion- åtgärd- återställ- omstart starta felsökning lösning- installation driftsättning underhåll kontroll- verifiering återgång säkerhetskopi- växling förberedelse- utförande konfigur- uppdatering- rutin rutiner tillvägagångssätt gör-så-här så-här-gör-du arbetsgång runbook checklista',
  facts:
    'anteckning- anmärkning- sammanfattning översikt beskrivning krav förutsättning- komponent- arkitektur bakgrund information detaljer miljö- system data resultat tips exempel begrepp tillstånd',
  never:
    'kriteri- innehåll innehållsförteckning kontakt- jour jourlista eskalering prioritet- orsak- anledning- symptom symtom fråga frågor faq referens- länkar källor ordlista definition- mål syfte historik historia roll roller ansvar- team medlemmar fördelar nackdelar principer regler egenskaper',
  verbs:
    'öppna kontrollera stoppa starta uppdatera vänta klicka kör gör byt skriv ta lägg sätt gå läs välj spara radera kopiera skapa ändra återställ installera meddela informera ersätt avaktivera aktivera anslut koppla skicka se logga bekräfta konfigurera testa stäng tryck flytta kolla verifiera ring kontakta hämta rensa ange använd tillbaka dra ladda slå töm anteckna',
  place: 'first',
  mayTell: /(?:era|(?<!\p{L}{3}[aeo]r)na|ta|ka|pa|ra|da|sa|la|ga|ja|va|ma|fa|ba)$/u,
  nouns:
    'modell format för-många för-få för-mycket för-lite data extra bra första andra kamera arena tema schema',
  polite:
    /^(?:vänligen|var (?:vänlig|snäll|god)(?: och)?|vi ber dig|att \p{Ll}{2,30}a) |^(?:i|på|under|om|från|för|när|vid|efter)\s[^.]{3,120}?\s(?!ser|får|kan|har|är|blir|vill|kommer)\p{L}{2,}r du(?!\p{L})/u,
  objects: 'att den det de en et ei alle denne dette',
  definite: /.{2}(?:en|et|na)$/u,
  adverbs:
    'sedan därefter nu först slutligen eventuellt omedelbart också genast vänligen till-sist inte åter',
  duty: 'måste ska bör skall vänligen se-till',
  is: 'hänger är var har hade finns ligger står kör blir innehåller kan tillhör består beror varar fungerar används körs sparas lagras saknas kommer heter betyder behåller hålls sitter behöver kräver',
  things: 'menyn porten rutan guiden raden tabellen versionen',
  states: /(?:ades|ats|eras|tas|läggs|skickas|skrivs|skapas|raderas)$/u,
  impersonal: /as(?!\p{L})/u,
  subject:
    /^(?:den|det|de|en|ett|varje|ingen|dessa|denna|detta)\s|^\p{L}{3,}(?:en|et|erna|arna|orna)\s(?!av\s)/iu,
  comes:
    /^(?:(?:då|sedan|nu|därefter) )?(?:du (?:bör|ska|skall|borde)(?: \p{L}+){0,2} (?:se|få|ha|kunna)(?!\p{L})|(?:du ser|ser du|nu ser du|du får)(?!\p{L}))|(?<!\p{L})(?:kommer(?: \p{L}+){0,2} att|(?<!som )(?:visas|öppnas|dyker upp|syns))(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:ungefär|cirka|ca|några|omkring) (?:[\d.,–-]+ ?)?(?:sekund|minut|timm)/u,
  recurs: /^var(?:je|t)? (?:natt|dag|morgon|kväll|vecka|månad|timme|minut|år)(?!\p{L})/u,
  asks: 'vem vad när var varför hur vilken vilka vilket är kan finns',
  leads: {
    runs: 'kör köra utför exekvera kommando kommandot skriv',
    puts: 'lägg klistra infoga skriv spara skapa kopiera ändra redigera',
    holds: 'fil filen rad rader raden innehåll innehållet konfiguration skript crontab',
    compared: 'före efter tidigare nu gammal ny gammalt nytt',
    forbids: 'använd-inte kör-inte kör-aldrig fel felaktigt gör-inte',
    does: 'skriptet detta-skript nu-kan vad-gör vad-händer i-den-här-guiden i-den-här-artikeln i-detta-dokument i-det-här-kapitlet den-här-guiden du-lär-dig vi-går-igenom',
  },
  phrases: {
    output: [
      'exempel på utdata',
      'förväntad utdata',
      'förväntat resultat',
      'förväntat svar',
      'du bör se',
      'visar',
      'utdata',
      'resultat',
    ],
    example: [
      'exempel på utdata',
      'till exempel',
      't.ex.',
      'exempel',
      'liknar',
      'något i stil med',
    ],
    if: ['om', 'ifall', 'i fall', 'när'],
    order: ['så snart', 'efter', 'när', 'innan', 'medan', 'tills', 'därefter'],
    when: ['vid', 'i', 'på', 'från', 'för att', 'för', 'under', 'efter', 'med'],
  },
  conditions: {
    within: list('vid'),
    opening: list(
      'förutsatt att|under förutsättning|som sista utväg|om|endast om|bara om|ifall|såvida inte|i fall|vid fel|i nödfall|endast vid|endast på|endast i|endast för|bara på|bara för|bara vid',
    ),
    inner: list('om|ifall|såvida inte|i nödfall'),
    particle:
      /^(?:[^,.:]{0,80} )?(?:startar|bygger|laddar|läser|kör|gör|installerar|initierar|indexerar|dirigerar|konfigurerar) (?:du|ni|vi|man) om|^\p{L}+ om(?= om(?![\p{L}])| (?:(?:alla|den|det|de|hela) )?(?:\p{L}{1,30}(?:en|et|an|na|n)|[`"']?[\p{L}\d_.-]{0,40}[^\s\p{Ll}][\p{L}\d_.-]{0,40})(?:$|[^\p{L}\s]| (?:och|på|i|med|från|för|innan|efter|om|genom|så|tills|under|via|samt|eller|när)(?![\p{L}]))| \p{Ll}{4,30}(?<![tsar]) (?:på|i|via)(?![\p{L}]))/u,
    whether: list('kontrollera|kolla|se|undersök|fråga|verifiera|avgör|ta reda på'),
    soft: list('det behövs|nödvändigt|möjligt|det krävs|tillämpligt|så önskas'),
    order: list('allt gick bra|allt fungerar|allt är bra'),
    optional: list('valfritt|frivilligt|valfri'),
    otherwise: list('annars|i annat fall|om inte'),
    or: list(
      'eller|alternativt|som alternativ|som ett alternativ|samma sak som skript|allt i ett|som skript',
    ),
    options: list('alternativ|metod|scenario|variant|fall|möjlighet|sätt|lösning'),
    when: list('när|medan'),
    trouble: list(
      'inte|inga |ingen |full|misslyck|trasig|fast|häng|onåbar|otillgänglig|korrupt|skad|fel|överskrid|förlorad|långsam|utgång|nere|kraschat',
    ),
    first: list(
      'är|var|fungerar|hjälper|hänger|misslyckas|saknas|har|kan|står|kommer|svarar|startar|blir|överskrider',
    ),
    emergency: list('nödstopp|nödavstängning|nödomstart|nödomkoppling'),
    lasting: list('så länge'),
    leaves: {
      verbs: list('hoppa över|utelämna|kör inte|utför inte|kör aldrig'),
      objects: list('detta|det här|detta steg|det här steget|steget|kommandot'),
      where: list('på|i|vid|om|när|för|mot'),
    },
    only: {
      words: list('endast|bara|enbart'),
      after: list('efter|under|inom|utanför|med|tillsammans med|medan'),
      late: list('inte före|inte innan|inte förrän|tidigast'),
      over: list('slutför|avslut|färdig|klar|omstart|steg'),
      consent: list('godkännande|tillstånd|medgivande|samtycke'),
    },
    gates: {
      goOn: list('fortsätt|fortsätta|gå vidare|gå … vidare'),
      stop: list('stoppa|stanna|avbryt|avbryta|sluta|avsluta|stopp|backa ur'),
      never: list('fortsätt inte|gå inte vidare|gå inte … vidare|fortsätt aldrig|inte fortsätta'),
      leaveOut: eachOf(
        'hoppa över|utelämna',
        'detta avsnitt|det här avsnittet|dessa steg|stegen nedan|allt nedan',
      ),
      where: list('på|i|för|mot'),
      if: list('om|ifall|i fall|vid'),
      unless: list('såvida inte|om inte'),
      just: list('bara|endast|enbart'),
      onlyIf: list('endast om|bara om|enbart om|endast när|bara när|först när|bara ifall'),
      objects: list(
        'här|nu|genast|omedelbart|då|allt|proceduren|uppgraderingen|uppdateringen|migreringen|arbetet|utrullningen|driftsättningen',
      ),
      and: list('och|eller'),
    },
  },
  examples: {
    tells: [
      'Öppna adminpanelen',
      'Kontrollera loggfilen',
      'Stoppa tjänsten',
      'Dra ur kontakten',
      'Vänta tills jobbet är klart',
      'Om det inte hjälper, meddela jouren',
    ],
    states: [
      'Servern står i Lund',
      'Orsaken är för lite minne',
      'Varför svarar inte tjänsten?',
      'Jour: Anna Berg',
      'Cachen sparas i fem minuter',
      'Servrar i källaren',
    ],
  },
};
