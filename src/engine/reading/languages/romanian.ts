import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Romanian. */
export const romanian: Language = {
  code: 'ro',
  name: 'Romanian',
  script: 'Latin',
  letters: /[ăâîșțşţ]/u,
  common: 'și în de la cu pe este nu un o că din pentru sau să care dacă mai ale sunt',
  steps:
    'pas pași pasul procedur- instrucțiun- acțiun- restaur- recuper- reporni- rezolv- diagnostic- instal- implement- mentenanț- întreținere verific- reven- backup comut- pregăti- execu- configur- actualiz- măsuri ghid manual',
  facts:
    'notă note observați- rezumat descriere cerințe component- arhitectur- context informați- detalii mediu medii sistem- date rezultat- sfaturi exempl- termeni stare prezentare',
  never:
    'criterii criteriu cuprins contact- gardă escaladare priorit- cauz- motiv- simptom- întreb- faq referinț- linkuri resurse glosar definiți- obiectiv- scop istoric rol roluri responsabil- echip- membri avantaje principii reguli caracteristici',
  verbs:
    'deschide verifică oprește pornește repornește actualizează așteaptă apasă șterge copiază creează adaugă modifică salvează restaurează instalează rulează execută pune anunță informează notifică înlocuiește dezactivează activează conectează trimite selectează alege scoate du mergi intră scrie descarcă încarcă golește sună schimbă confirmă configurează fă testează închide notează mută',
  place: 'first',
  tells: /(?:ați|eți|iți|âți|aţi|eţi|iţi)$/u,
  nouns: 'model format vieți piețe universități soluții',
  objects: 'un o toate toți',
  polite: /^(?:v(?:ă|a) rug(?:ăm|am)|vă rog|te rog|rugăm) /u,
  adverbs: 'apoi după acum întâi în-final opțional imediat și nu vă-rugăm',
  duty: 'trebuie vă-rugăm asigurați-vă',
  is: 'este sunt era erau are au avea va vor fost află conține poate pot depinde funcționează aparține durează folosește constă există lipsește rulează e se-află păstrează',
  things:
    'sistemul programul scriptul serviciul serverul aplicația pagina fereastra interfața meniul certificatul cheia tokenul parola fișierul dosarul directorul arhiva baza jurnalul portul rețeaua clusterul nodul containerul modulul procesul sarcina comanda instrumentul butonul mesajul sesiunea coada alerta tabelul versiunea conexiunea gazda agentul robotul',
  impersonal: /^se \p{L}/u,
  subject: /^(?:un|o|orice|fiecare|acest|această|\p{L}{3,}(?:ul|ele|urile|oarele|ile))\s/iu,
  comes:
    /(?:^|\s)(?!va trebui)(?:va|vor|veți|veţi|vei) (?:fi |se )?\p{L}|^(?:\p{L}+ )?ar trebui să (?:ved|apar|prim|ob)\p{L}+|(?<!\p{L})(?:apare|apar|se deschide|se afișează)(?!\p{L})/u,
  due: /(?<!\p{L})(?:ar trebui|va trebui|trebuie) (?:să fie )?(?:\p{L}+ )?\p{L}+(?:at|it|ut|s|t)[ăei]?(?!\p{L})|(?<!\p{L})(?:e|este|sunt) de \p{L}+[aiu]t(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:aproximativ|circa|cam|câteva) (?:[\d.,–-]+ ?)?(?:secunde|minute|ore)/u,
  recurs:
    /^(?:(?:în )?fiecare (?:noapte|zi|dimineață|seară|săptămână|lună|oră|minut|an)|zilnic|săptămânal|lunar)(?!\p{L})/u,
  asks: 'cine ce când unde de-ce cum care cât câte câți',
  leads: {
    runs: 'rula- execut- comand- tasta- introduce-',
    puts: 'adăuga- insera- lipi- scrie- salva- crea- copia- edita- modifica-',
    holds: 'fișier- linie linia linii liniile conținut- configura- script crontab',
    compared: 'înainte după vechi nou veche nouă',
    forbids: 'nu-folosi- nu-rula- nu-executa- niciodată greșit incorect',
    does: 'scriptul acest-script acum-puteți ce-face în-acest-ghid în-acest-articol în-acest-document în-acest-capitol acest-ghid veți-învăța vom-vedea',
  },
  phrases: {
    output: [
      'exemplu de ieșire',
      'ieșire așteptată',
      'rezultat așteptat',
      'ar trebui să vedeți',
      'afișează',
      'rezultat',
    ],
    example: ['exemplu de ieșire', 'de exemplu', 'exemplu', 'similar cu', 'ceva de genul'],
    if: ['dacă', 'în caz', 'în cazul', 'când'],
    order: ['după ce', 'odată ce', 'înainte', 'până', 'în timp ce'],
    when: ['în caz', 'în', 'din', 'pe', 'pentru', 'la', 'după', 'cu'],
  },
  conditions: {
    trouble: list('eroare|eșec|cădere|defect|pierder'),
    within: list('la'),
    opening: ['doar dacă', 'numai dacă', 'doar în caz', 'dacă', 'în caz', 'în cazul', 'când'],
    whether: list(
      'verificați|verificaţi|verifică|verifica|controlați|controlează|vedeți|vezi|determinați|determină|confirmați|confirmă|testați|testează|întrebați|întreabă|aflați|află|asigurați-vă|examinați',
    ),
    optional: ['opțional', 'dacă este necesar', 'la nevoie'],
    options: ['opțiunea', 'fie', 'alternativ', 'sau', 'metoda', 'varianta'],
    emergency: list('oprire de urgență|repornire de urgență|comutare de urgență'),
    otherwise: list('altfel|în caz contrar|dacă nu'),
    lasting: list('atâta timp cât|atâta vreme cât|cât timp'),
    only: {
      words: list('doar|numai|exclusiv'),
      after: list('după|în timpul|pe durata|în timp ce'),
      over: list('finaliz|termin|încheier|reporn|pas'),
      consent: list('aprob|acord|permisiun'),
    },
    gates: {
      goOn: list(
        'continuați|continuaţi|continuă|continua|treceți mai departe|mergeți mai departe|mergi mai departe|treceți la',
      ),
      stop: list(
        'opriți-vă|opriţi-vă|oprește-te|opriți|opreşte-te|abandonați|abandonează|întrerupeți|întrerupe|anulați|stop',
      ),
      never: list(
        'nu continuați|nu continuaţi|nu continua|nu treceți mai departe|nu mergeți mai departe|nu treceți la',
      ),
      if: list('dacă|în caz de|în cazul|în caz că'),
      unless: list('decât dacă|cu excepția cazului'),
      just: list('doar|numai'),
      onlyIf: list('doar dacă|numai dacă|doar în cazul|numai când|doar când'),
      objects: list(
        'aici|acum|imediat|totul|atunci|procedura|actualizarea|migrarea|implementarea|operațiunea|lucrarea',
      ),
      and: list('și|şi|sau'),
    },
  },
  examples: {
    tells: [
      'Deschideți panoul de administrare',
      'Verifică jurnalul',
      'Opriți serviciul',
      'Scoateți ștecherul',
      'Așteptați să se termine sarcina',
      'Dacă nu ajută, anunțați echipa',
    ],
    states: [
      'Serverul se află la Cluj',
      'Cauza este lipsa de spațiu',
      'De ce nu răspunde serviciul?',
      'De gardă: Ana Popescu',
      'Memoria este păstrată cinci minute',
      'Discul este plin',
    ],
  },
};
