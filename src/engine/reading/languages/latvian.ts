import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Latvian. */
export const latvian: Language = {
  code: 'lv',
  name: 'Latvian',
  script: 'Latin',
  letters: /[āēīūģķļņ]/u,
  common: 'un ir ar uz par ka vai kas lai pie pēc šo tas kā nav bet ja šis kur jābūt tiek vai arī',
  steps:
    'sol- darbīb- procedūr- instrukcij- norādījum- atjaunošan- atkopšan- palaišan- risinājum- diagnostik- instalēšan- uzstādīšan- uzturēšan- pārbaud- rezerves kopij- sagatavošan- izpild- konfigurēšan- atjaunināšan- rokasgrāmat- kārtība',
  facts:
    'piezīm- kopsavilkum- pārskat- aprakst- prasīb- priekšnosacījum- komponent- arhitektūr- informācij- vide sistēma dati rezultāt- padom- piemēr- jēdzien-',
  never:
    'saturs kontakt- dežūr- eskalācij- prioritāt- cēlo- iemesl- simptom- jautājum- saites avoti vārdnīca definīcij- mērķ- vēsture lomas pienākum- komanda dalībniek- priekšrocīb- noteikum- princip- kritērij-',
  verbs:
    'atver pārbaudi aptur palaid pagaidi noklikšķini saglabā izdzēs nokopē izveido pievieno maini atjauno uzstādi paziņo ieslēdz izslēdz pieslēdz atvieno nosūti izvēlies piesakies pieraksti izpildi iestati',
  place: 'first',
  tells: /(?:iet|ieties)$/u,
  mayTell: /(?:[āēīo]t|šana)$/u,
  nouns: 'biet',
  polite: /^(?:lūdzu|lūdzam|nepieciešams|ir jā\p{L}{2,}|jā\p{L}{5,})(?!\p{L})/u,
  adverbs: 'pēc-tam tad tagad vispirms visbeidzot arī nekavējoties vēlreiz',
  duty: 'nepieciešams vajag obligāti lūdzu',
  is: 'ir bija nav var atrodas darbojas stāv ilgst satur glabājas glabā notiek pieder trūkst tiek',
  things:
    'sistēma programma skripts pakalpojums serveris lietotne lapa logs saskarne izvēlne sertifikāts atslēga parole fails mape katalogs arhīvs datubāze žurnāls ports tīkls klasteris mezgls konteiners modulis process uzdevums komanda rīks poga ziņojums sesija rinda instalētājs vednis brīdinājums tabula versija savienojums aģents robots',
  states: /(?:ējas|ājas|āts|ēts|īts)$/u,
  comes: /(?:^|\s)\p{L}+(?:sies|siet|sieties|dīs|zīs)(?!\p{L})|^(?:jūs|tu) \p{L}+/u,
  lasts: /(?<!\p{L})(?:aptuveni|apmēram|dažu|dažas|dažās) (?:[\d.,–-]+ ?)?(?:sekun|minū|stund)/u,
  asks: 'kas ko kad kur kāpēc kā cik vai kurš',
  leads: {
    runs: 'izpild- palaid- komand- ievad-',
    puts: 'pievieno- ielīmē- ieraksti- saglabā- izveido- kopē- rediģē-',
    holds: 'fail- rind- satur- konfigurācij- skript- crontab',
    compared: 'pirms pēc vecais jaunais',
    forbids: 'nepalaidiet nekad nepareizi',
    does: 'skripts šis-skripts tagad-varat',
  },
  phrases: {
    output: ['sagaidāmā izvade', 'sagaidāmais rezultāts', 'izvade', 'rezultāts'],
    example: ['piemēram', 'piemērs', 'līdzīgi'],
    if: ['ja', 'gadījumā'],
    order: ['kad', 'pēc', 'pirms', 'līdz', 'tiklīdz'],
    when: ['gadījumā', 'izmantojot', 'ar', 'pie'],
  },
  conditions: {
    opening: ['tikai ja', 'ja', 'gadījumā'],
    optional: ['neobligāti', 'pēc izvēles', 'ja nepieciešams'],
    options: ['iespēja', 'variants', 'vai', 'veids'],
    otherwise: list('pretējā gadījumā|citādi|ja nē'),
    or: list('vai|vai arī|alternatīvi'),
    emergency: list('avārijas apturēšana|avārijas izslēgšana|avārijas pārstartēšana'),
    only: {
      words: list('tikai|vienīgi'),
      after: list('pēc|laikā|kamēr'),
      over: list('beig|sol'),
      consent: list('apstiprin|piekriš|atļauj'),
    },
    gates: {
      goOn: list('turpiniet|turpini|turpināt|ejiet tālāk|pārejiet'),
      stop: list(
        'apstājieties|apstājies|apstāties|pārtrauciet|pārtrauc|pārtraukt|apturiet|apturi|beidziet|atceliet|stop',
      ),
      never: list('neturpiniet|neturpini|neturpināt|neejiet tālāk|nepārejiet'),
      if: list('ja|gadījumā|gadījumā ja'),
      unless: list('ja vien ne|izņemot ja|ja vien'),
      just: list('tikai|vienīgi'),
      onlyIf: list('tikai ja|tikai tad ja|tikai tad kad|tikai kad|tikai gadījumā ja|vienīgi ja'),
      objects: list(
        'šeit|tagad|nekavējoties|uzreiz|visu|tad|procedūru|procesu|atjaunināšanu|migrāciju|izvietošanu|darbu|darbību',
      ),
      and: list('un|vai'),
    },
  },
  examples: {
    tells: [
      'Atveriet pārvaldības paneli',
      'Pārbaudiet žurnāla failu',
      'Apturēt pakalpojumu',
      'Palaidiet serveri no jauna',
      'Pagaidiet, līdz uzdevums beidzas',
      'Ja neizdodas, paziņo komandai',
    ],
    states: [
      'Serveris atrodas Rīgā',
      'Cēlonis ir atmiņas trūkums',
      'Kāpēc pakalpojums neatbild?',
      'Dežurants: Jānis Bērziņš',
      'Žurnāli glabājas trīsdesmit dienas',
      'Datubāze',
    ],
  },
};
