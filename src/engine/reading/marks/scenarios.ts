import { needing } from '../../../text/needing.ts';
import { isImperative, isThirdPerson } from '../verbs.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Longer than anybody, or any run, waits in front of a screen: hours and more. */
const UNITS = list(
  'hour hours hr hrs day days night nights week weeks weekend month months quarter year years stunde stunden tag tage tagen woche wochen monat monate monaten heure heures jour jours semaine semaines mois hora horas día días dia dias semana semanas mes meses mês ora ore giorno giorni settimana settimane mese mesi uur dag dagen weken maand maanden timme timmar dygn dagar vecka veckor månad månader godzinie godzinach dniu dniach dni tygodniu tygodniach miesiącu час часа часов день дня дней неделю недели недель месяц месяца',
);
/** A day that is named: "the next morning", "on Monday". */
const DAYS = list(
  'day morning evening night week month quarter shift weekend monday tuesday wednesday thursday friday saturday sunday tag morgen woche jour matin día dia mañana manhã semana giorno mattina settimana dag ochtend morgon dnia dzień день утро',
);
const AFTER = list(
  'after in wait nach après après despues después após depois dopo na efter po через после',
);
const NEXT = list(
  'next following nächsten nächster folgenden lendemain siguiente seguinte successivo volgende nästa följande następnego следующий',
);
const LATER = list(
  'later tomorrow overnight später morgens plus-tard lendemain más-tarde mais-tarde più-tardi senare później позже завтра',
);
const SMALL = list(
  'the on at a an one some few several couple of for least another full about around much that same two three four five six seven more further am einem einer ein eine le la les un une unos unas al el de los las no na o os um uma umas il i gli dopo een de het den en på nästa',
);
const UNSPACED_LATER =
  /^(?:翌日|翌朝|翌週|後日|次日|第二天|明天|다음 ?날|다음 주|나중에|\d{1,3} ?(?:時間|日|週間|か月|ヶ月|小时|天|周|个月|시간|일|주|개월) ?(?:後|后|之后|以后|후|뒤))/u;

/**
 * Whether words put something off for longer than a run waits: "After a day", "Next morning", "A week later", "Wait 24
 * hours, then …", in any language of a pack. "After 5 minutes" and "Afterwards" do not. Linear.
 */
export function putsOff(said: string): boolean {
  if (UNSPACED_LATER.test(said)) return true;
  const clause = (said.split(/[,:;：，(]| then | and /u, 1)[0] ?? '').slice(0, MOST_CHARACTERS);
  const words =
    clause
      .toLowerCase()
      .replace(/(?:plus tard|más tarde|mais tarde|più tardi)/, (two) => two.replace(' ', '-'))
      .replace(/^t ?\+ ?/, 'after ')
      .replace(/(\d)(?:h|hrs?|d)(?![\p{L}])/gu, '$1 hours')
      .match(/[\p{L}\p{N}-]+/gu) ?? [];
  const rest = words.filter((word) => !SMALL.has(word) || AFTER.has(word));
  const [first = '', second = '', third = ''] = rest;
  if (LATER.has(first))
    return rest.length === 1 || DAYS.has(second) || clause.length < said.length - 1;
  if (NEXT.has(first) && DAYS.has(second)) return rest.length === 2;
  // "Day 2", and not "Day 2 operations".
  if (/^(?:day|week|month)$/.test(first) && NUMBER.test(second))
    return rest.length === 2 && second !== '1';
  if (AFTER.has(first) || first === 'once') {
    const counted = NUMBER.test(second) ? third : second;
    // "After each day" and "in the days after" name no time.
    return (
      UNITS.has(counted) &&
      (NUMBER.test(second) || isOne(words)) &&
      (first !== 'in' || rest.length <= 3)
    );
  }
  const unit = NUMBER.test(first) ? second : first;
  return UNITS.has(unit) && LATER.has(rest.at(-1) ?? '') && rest.length <= 4;
}

const NUMBER = /^\d{1,4}$/;
const MOST_CHARACTERS = 80;
const ONES = list(
  'a an one two three four five six seven few several couple another einem einer un une unos una uma um uno een en ett jednym',
);

const isOne = (words: readonly string[]): boolean => words.some((word) => ONES.has(word));

/** Who acts of their own accord: nothing on a page makes them. */
const OTHERS =
  /^(?:only )?(?:once|when|as soon as|after|until) (?:all |every |each |the |your |our |no |last |of |most |any |remaining |other ){0,4}(?:clients?|users?|customers?|consumers?|subscribers?|teams?|partners?|vendors?|providers?|suppliers?|tenants?|players?|merchants?|everyone|everybody|nobody|no one|someone|traffic|dns|ttl|propagation|business|support|management|owners?)(?: [^,:;]{1,60})? (?:(?:has|have|is|are)(?! been)|no longer|stops?|moves?|migrates?|confirms?|expires?|uses?|switch(?:es)?)(?![\p{L}])/iu;

/** "Once all clients have moved", "When no customer uses it any more": what others do is waited for. Linear. */
export const waitsForOthers = (said: string): boolean => OTHERS.test(said.slice(0, 200));

const STATES = list(
  "is are was were has have had does do did will isn’t isn't aren’t aren't cannot can’t can't won’t won't still",
);
/** What these open is talk, and no case. */
const TALKS = list(
  'what which who where when why how whether if this that these those it there here you we i they everything nothing all note make sure please ensure verify check confirm',
);
/** "Once the copy is complete" only says the order; "Once the index is rebuilt" over steps of its own is waited for. */
const ORDER = list('once when whenever after until before while since because then so');
const ENDED =
  /(?<![\p{L}])(?:finish\p{L}{0,3}|done|completed?|succeed\p{L}{0,3}|succeeded|successful|ready|healthy|up and running|caught up|over)(?![\p{L}])/iu;
/** Of a page or a command itself. */
const TOLD = list(
  'following output result results command commands syntax response example purpose goal format page document runbook procedure section step steps script scope',
);

/**
 * Whether a title tells what may be the case, as a sentence with its subject and verb: "Node comes back later", "The
 * primary is still alive", "Customer asks for a refund". What is below it is done where it is so. Linear.
 */
export function isScenario(title: string): boolean {
  const said = title
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trimEnd()
    .replace(/\s?[:：.]$/u, '');
  if (said.length > MOST_CHARACTERS || /[?!.;:：]|, /u.test(said)) return false;
  const words = said.toLowerCase().split(/\s+/);
  if (words.length === 2)
    return HAPPENS.has(words[1] ?? '') && !TALKS.has(words[0] ?? '') && !isImperative(said);
  const isOrder = ORDER.has(words[0] ?? '') && (ENDED.test(said) || TALKS.has(words[1] ?? ''));
  if (
    isOrder ||
    words.length < 3 ||
    TALKS.has(words[0] ?? '') ||
    words.some((word) => TOLD.has(word))
  )
    return false;
  const at = words.findIndex(
    (word, place) => place > 0 && (STATES.has(word) || isThirdPerson(word)),
  );
  if (at < 1 || at > 4 || at === words.length - 1) return false;
  const subject = words.slice(0, at).filter((word) => !ARTICLES.has(word));
  if (subject.length === 0 || subject.length > 3) return false;
  return !isImperative(said) && !EXPLAINS.test(said);
}

/** "Testing the rollback": what undoes is tried out, at some other time. */
export const triesUndoing = (title: string): boolean =>
  /^[^\p{L}]{0,6}(?:how to )?(?:test(?:ing)?|try(?:ing)?(?: out)?|practi[sc](?:e|ing)|rehears(?:e|ing)|drill(?:ing)?)(?: of)? (?:the |a |your |our )?(?:roll-?back|roll-?backs|back-?out|fall-?back)(?![\p{L}])/iu.test(
    title,
  );

/** "Blue is live:" over what is done then. "The config is here:", "The fix is easy:", "The node is drained:" only tell. */
export const isStateLead = (lead: string): boolean =>
  lead.length <= MOST_CHARACTERS &&
  /[:：]$/.test(lead) &&
  ((STATE_LEAD.test(lead) && isScenario(lead) && !TELLS_ON.test(lead)) || STATED.test(lead));

const STATE_LEAD =
  /^(?:the |your |an? )?[\p{L}\p{N}-]+(?: [\p{L}\p{N}-]+){0,2} (?:is|are) (?:still |already |not )?[\p{L}-]{2,14}\s?[:：]$/iu;
/** The same in other languages, by the states that things are in: "Der neue Pool ist aktiv:", "El nodo azul está activo:". */
const STATED_IN: readonly (readonly [opens: string, verbs: string, state: string])[] = [
  [
    '(?:der|die|das|ein|eine|dieser|diese|dieses) ',
    'ist|sind|läuft|bleibt',
    '(?:noch |schon |bereits |nicht |immer noch |wieder |zu )?(?:aktiv|inaktiv|passiv|online|offline|live|voll|leer|tot|weg|kaputt|defekt|gesperrt|blockiert|erreichbar|unerreichbar|nicht erreichbar|langsam|krank|gesund|beschädigt|unvollständig|schreibgeschützt|primär|sekundär|master|leader|standby|grün|rot|blau)',
  ],
  [
    "(?:le |la |les |l['’]|un |une |ce |cette )",
    'est|sont|reste|restent',
    '(?:encore |toujours |déjà |pas |hors |trop )?(?:actifs?|actives?|inactifs?|inactives?|en ligne|hors ligne|lignes?|pleine?s?|vides?|morte?s?|cassée?s?|bloquée?s?|joignables?|injoignables?|lente?s?|saines?|corrompue?s?|primaires?|secondaires?|verte?s?|rouges?|bleue?s?|maître|leader)',
  ],
  [
    '(?:el|la|los|las|un|una|o|os|as|este|esta) ',
    'está|están|es|son|sigue|siguen|estão|é|são|continua',
    '(?:todavía |aún |ainda |ya |já |no |não |muy |muito )?(?:activ[oa]s?|inactiv[oa]s?|ativ[oa]s?|inativ[oa]s?|en línea|em linha|online|offline|llen[oa]s?|chei[oa]s?|vac[íi][oa]s?|vazi[oa]s?|caíd[oa]s?|muert[oa]s?|mort[oa]s?|bloquead[oa]s?|inaccesibles?|inacessíve(?:l|is)|lent[oa]s?|san[oa]s?|corrupt[oa]s?|primari[oa]s?|primári[oa]s?|secundari[oa]s?|verdes?|azul(?:es)?|roj[oa]s?)',
  ],
  [
    "(?:il |lo |la |i |gli |le |l['’]|un |una |questo |questa )",
    'è|sono|resta|rimane',
    '(?:ancora |già |non |troppo )?(?:attiv[oaie]|inattiv[oaie]|online|offline|in linea|pien[oaie]|vuot[oaie]|mort[oaie]|bloccat[oaie]|irraggiungibil[ei]|lent[oaie]|corrott[oaie]|primari[oa]|secondari[oa]|verd[ei]|ross[oaie]|blu)',
  ],
  [
    '(?:de|het|een|deze|dit) ',
    'is|zijn|blijft',
    '(?:nog |al |niet |nog steeds |te )?(?:actief|inactief|online|offline|vol|leeg|dood|kapot|geblokkeerd|bereikbaar|onbereikbaar|traag|beschadigd|primair|secundair|groen|rood|blauw)',
  ],
  [
    '(?:den |det |en |ett |et )?',
    'är|er',
    '(?:ännu |fortfarande |stadig |stadigvæk |fortsatt |inte |ikke |redan |allerede )?(?:aktiva?|aktivt|aktive|inaktiva?|online|offline|nere|nede|fulla?|full|fullt|fuld|toma?|tom|död|død|låst|blockerad|blokkert|blokeret|långsam|treg|langsom|primär|primær|sekundär|sekundær|grön|grønn|grøn|röd|rød|blå)',
  ],
  [
    '',
    'jest|są|pozostaje',
    '(?:nadal |wciąż |już |nie )?(?:aktywn[yaei]|nieaktywn[yaei]|online|offline|pełn[yaei]|pust[yaei]|martw[yaei]|zablokowan[yaei]|dostępn[yaei]|niedostępn[yaei]|woln[yaei]|uszkodzon[yaei]|zielon[yaei]|czerwon[yaei])',
  ],
];
/** A lead without any of those verbs is most: to make this takes some ms, and it was asked of each lead of a page. */
const STATED = needing(
  STATED_IN.flatMap(([, verbs]) => verbs.split('|').map((verb) => ` ${verb} `)),
  () => new RegExp(STATED_IN.map(statedBy).join('|'), 'iu'),
  true,
);

function statedBy([opens, verbs, state]: (typeof STATED_IN)[number]): string {
  const subject = '[\\p{L}\\p{N}-]+(?: [\\p{L}\\p{N}-]+){0,3}';
  return `^${opens}${subject} (?:${verbs}) ${state}\\s?[:：]$`;
}

const TELLS_ON =
  /(?:(?:ed|[wru]n|[ln]t|nd|ld|de|ne|[ue]t|ught|here|below|above|this|these|that|so|one|two|three|ready|done|next|simple|easy|trivial|short|straightforward|clear|similar|different|possible|useful|helpful|available|as|like|enough)\s?[:：]$)|^(?:and|then|now|here|no|nothing)(?![\p{L}])|^(?:the |your )?(?:command|fix|solution|way|method|answer|file|format|syntax|usage|change|config\w*|list|default|first|last|rest|easiest|simplest|only|alternative|structure|layout)(?![\p{L}])/iu;

const HAPPENS = list(
  'returns reappears recovers reconnects rejoins responds answers dies vanishes disappears complains',
);
const ARTICLES = list('the a an your our one of some any no every each all');
/** "The cache is cleared with", "The host is called db1" tell how things are. */
const EXPLAINS =
  /(?<![\p{L}])(?:is|are) (?:called|named|used|done|made|run|based|shown|listed|located|stored|described|available|required|needed|important|optional|as follows)(?![\p{L}])|(?<![\p{L}])(?:with|by|as|like|via|using|follows|this|below|these)$/iu;
