import { type Asked, needing } from '../../../text/needing.ts';
import {
  asksDirectly,
  type ConditionWords,
  conditionWordsOf,
  saysOnlyAfter,
  saysWhereNot,
} from '../languages/condition-words.ts';
import { english } from '../languages/english.ts';
import type { Language } from '../languages/language.ts';
import { isImperative } from '../verbs.ts';
import { caseMark } from './case-marks.ts';
import { type ConditionMark, shown, undecorated } from './condition-mark.ts';
import { englishMark } from './english-marks.ts';
import { isStateLead, putsOff } from './scenarios.ts';
import { systemsIn } from './systems.ts';
import { saysWhen } from './trouble.ts';

type Reader = (sentence: string) => ConditionMark | null;
const readers = new Map<string, Reader>();

/** Reads what one sentence says of a condition, in one language. */
export function readerOf(language: Language): Reader {
  const known = readers.get(language.code);
  if (known !== undefined) return known;
  const made = makeReader(language, conditionWordsOf(language));
  readers.set(language.code, made);
  return made;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (words: readonly string[]): string =>
  words
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');

/** Any of these with nothing glued to it; what ends in an apostrophe is glued ("en cas d’échec"). */
function anyWhole(words: readonly string[]): string {
  const [glued, apart] = [words.filter(isElided), words.filter((word) => !isElided(word))];
  const whole = `(?:${anyOf(apart)})(?![\\p{L}\\p{M}\\p{N}_-])`;
  return glued.length === 0 ? whole : `${whole}|${anyOf(glued)}`;
}

const isElided = (word: string): boolean => /['’]$/.test(word);

/** A sentence about a command, which says what that does and not when to run it. */
const ABOUT =
  /^(?:this|that|these|those|it|they|by default|note|the (?:following|above|command|script|job|tool|query|output|result|service|system)|a |an )/i;
const SAYS_WHAT_COMES =
  /\byou (?:should|will|can)(?: now)? (?:see|have|get|notice)\b|\bthe (?:output|command|result) (?:should|will)\b/i;

const ENDS_CLAUSE = /^ ?(?:[^\s\p{L}\p{N}]|$)|^ then(?![\p{L}])/u;

/** An expression with one of the words in it, which minds no case. */
const asked = (words: readonly string[], around: (any: string) => string): Asked =>
  needing(words, () => new RegExp(around(anyOf(words)), 'iu'), true);

function makeReader(language: Language, words: ConditionWords): Reader {
  const start = (list: readonly string[]): Asked => asked(list, () => `^(?:${anyWhole(list)})`);
  const opening = start(words.opening);
  const otherwise = start(words.otherwise);
  const or = start(words.or);
  const optional = asked(
    words.optional,
    (any) => `^[([]?(?:${any})(?![\\p{L}\\p{N}_])|[([](?:${any})[)\\]]`,
  );
  const option = asked(
    words.options,
    // "Plan a release" is none.
    (any) =>
      `^(?!plan a \\p{L})(?:${any})(?: ?#?\\d{1,2}|[ -]#?(?:[a-z]|one|two|three|four|i{1,3}|iv))(?=$|[\\s.:,)(–—-])`,
  );
  const ordinal = asked(
    words.options,
    (any) => `^(?:first|second|third|1st|2nd|3rd) (${any})(?![\\p{L}])`,
  );
  const inner = asked(words.inner, () => `(?<=[\\s(,])(?:only )?(?:${anyWhole(words.inner)})`);
  const whether = asked(words.whether, (any) => `(?<![\\p{L}])(?:${any})(?![\\p{L}])`);
  const soft = asked(
    words.soft,
    (any) => `^[\\s(]*(?:it is |it's |this is |that is )?(?:${any})(?![\\p{L}])`,
  );
  const order = asked(words.order, (any) => `^[\\s,]*(?:${any})(?![\\p{L}])`);
  const emergency = words.emergency && asked(words.emergency, (any) => `^(?:${any})(?![\\p{L}])`);
  const whenWord = words.when && start(words.when);
  const within = words.within && start(words.within);
  const ending = words.endings && asked(words.endings, (any) => `\\p{L}{2,20}(?:${any})(?=[\\s,])`);
  const wrong = words.trouble && asked(words.trouble, (any) => `(?<![\\p{L}])(?:${any})`);
  const first =
    words.first &&
    asked(words.first, () => `^(?:${anyWhole(words.first ?? [])}) [^,?:]{2,120}, ?[^\\s,]`);

  /** "Lorsque le disque est plein, …", "Ist die Platte voll, …". */
  const saysTrouble = (said: string): boolean => {
    if (first?.test(said) === true) return true;
    const at = within?.exec(said);
    const opened = at ?? whenWord?.exec(said);
    if (opened === null || opened === undefined || wrong === undefined) return false;
    const [clause = ''] = said.slice(opened[0].length).split(/[,;:،؛]/u, 1);
    // "Bei einem Ausfall des Knotens", and not "Bei der Suche nach einem Fehler".
    return wrong.test(at ? clause.trim().split(' ').slice(0, 2).join(' ') : clause);
  };

  return (sentence) => {
    const said = undecorated(sentence);
    const text = shown(sentence);
    const low = said.toLowerCase();
    if (said === '' || /[?؟]$/u.test(said)) return null;
    if (saysWhereNot(said, words)) return { kind: 'if', text, leavesOut: true };
    if (optional.test(said) || optional.test(sentence.trim())) return { kind: 'optional', text };
    const noun = option.exec(low) ?? ordinal.exec(low);
    if (noun !== null) return { kind: 'option', text, family: low.slice(0, 4) };
    const named = caseMark(sentence, low, text);
    if (named !== null) return named;
    if (emergency?.test(low) === true) return { kind: 'if', text };
    const system = systemsIn(said);
    if (system !== null) return { kind: 'system', text, ...system };
    const opened = opening.exec(low);
    const other = otherwise.exec(low);
    // "If not, …" is the other case of what stands before; "If no row is returned, …" is a case of its own.
    if (other !== null && (opened === null || ENDS_CLAUSE.test(low.slice(other[0].length))))
      return { kind: 'otherwise', text };
    if (opened !== null) {
      const rest = low.slice(opened[0].length);
      if (order.test(rest) || SAYS_WHAT_COMES.test(said)) return null;
      return { kind: 'if', text, ...(soft.test(rest) ? { soft: true } : {}) };
    }
    if (saysTrouble(said) || putsOff(said) || MEASURED.test(low) || COUNTED.test(low))
      return { kind: 'if', text };
    if (saysOnlyAfter(said, words) && !ABOUT.test(said)) return { kind: 'if', text };
    // Over what only looks it is what should be seen.
    if (isStateLead(said)) return { kind: 'if', text, sparesReads: true };
    const own = language === english ? englishMark(low, text) : null;
    if (own !== null) return own;
    if (or.test(low) && !/^or so(?![\p{L}])/u.test(low)) return { kind: 'or', text };
    const when = language === english ? saysWhen(said, isImperative) : null;
    if (when !== null) return { kind: 'if', text, ...when };
    if (ending?.test(said) === true) return { kind: 'if', text };
    return innerMark(said, text);
  };

  function innerMark(whole: string, text: string): ConditionMark | null {
    const said = whole.slice(words.particle?.exec(whole)?.[0].length ?? 0);
    const found = inner.exec(said);
    if (found === null || ABOUT.test(said)) return null;
    const before = said.slice(0, found.index);
    if (isAside(said, found.index)) return null;
    const clause = before.slice(
      Math.max(...[',', ';', ':'].map((mark) => before.lastIndexOf(mark))) + 1,
    );
    if (
      whether.test(clause) ||
      asksDirectly(clause) ||
      /(?:^|\s)(?:even|as|what|than|and|or|sau|trước) $/i.test(before)
    )
      return null;
    // "Run the script, which stops if …" says what that does.
    if (language === english && /^ ?which | so (?:that|it) /i.test(clause)) return null;
    const rest = said.slice(found.index + found[0].length).toLowerCase();
    if (order.test(rest)) return null;
    return { kind: 'if', text, ...(soft.test(rest) ? { soft: true } : {}) };
  }
}

/** Inside brackets with which the sentence does not end: a remark on one word of it. */
function isAside(said: string, at: number): boolean {
  const open = said.lastIndexOf('(', at);
  const close = open < 0 ? -1 : said.indexOf(')', open);
  if (open < 0 || (close >= 0 && close < at)) return false;
  // "(nur wenn …)": a word in front of it belongs to it.
  const isWhole = /^ ?(?:\p{L}{1,14} )?$/u.test(said.slice(open + 1, at));
  const after = close < 0 ? '' : (said.slice(close + 1).split(/^ ?[:：]/u, 1)[0] ?? '');
  return !isWhole || /[\p{L}\p{N}]/u.test(after);
}

/**
 * "With more than 5 errors, restart", "Bei mehr als 5 Fehlern …", "Over 80 %:": how much it has to be stands in front. How
 * long something takes ("in less than 5 minutes") is none.
 */
const MEASURED =
  /^(?:(?:(?:with|at|on|bei|mit|à|avec|con|com|met|bij|vid|med|ved|przy|z|při|s|при|с|за|з) )?(?:(?:more|less|fewer|greater|higher|lower|larger|smaller) than|mehr als|weniger als|plus de|moins de|más de|menos de|mais de|più di|meno di|meer dan|minder dan|mer än|mindre än|mere end|mer enn|więcej niż|mniej niż|více než|méně než|более|больше|менее|меньше|більше|менше|більш ніж|[<>≥≤]=?)|(?:at |bei |à |con |com |bij |vid |ved |przy |při |при )?(?:over|above|beyond|below|under|über|unter|ab|oltre|sopra|sotto|boven|över|powyżej|poniżej|nad|pod|выше|свыше|ниже|вище|понад|нижче|au-delà de|au-dessus de|en dessous de|por encima de|por debajo de|acima de|abaixo de)) ?\d[\d.,]{0,12}(?! ?(?:\p{L}{1,12} )?(?:old|years?|later)(?!\p{L})) ?[%\p{L}][^,:：]{0,80}[,:：] ?|^(?:bei|при|przy|při|vid|ved|bij) (?:mehr als|weniger als|über|unter|более|больше|менее|więcej niż|mniej niż|více než|méně než|mer än|mere end|mer enn|meer dan|minder dan) \d/u;

const THAN =
  'more than|less than|fewer than|greater than|higher than|lower than|larger than|smaller than|mehr als|weniger als|plus de|moins de|más de|menos de|mais de|più di|meno di|meer dan|minder dan|mer än|färre än|mindre än|mere end|færre end|mindre end|mer enn|færre enn|więcej niż|mniej niż|více než|méně než|viac než|menej než|более чем|менее чем|больше чем|меньше чем|більш ніж|менш ніж';
/** The same with a number that is written out, whatever its word: "With more than five errors:", "Bei mehr als drei Fehlern …". */
const COUNTED = needing(
  THAN.split('|'),
  () => {
    const [at, more, word] = [
      '(?:with|at|on|bei|mit|à|avec|con|com|met|bij|vid|med|ved|przy|z|při|pri|s|при|с|з)',
      `(?:${THAN})`,
      '\\p{L}{2,15}[ -]\\p{L}',
    ];
    return new RegExp(
      `^${at} ${more} ${word}[^,:：]{0,80}[,:：]|^${more} ${word}[\\p{L} -]{0,40}[:：]$|^(?:bei|при|przy|při|vid|ved|bij) ${more} ${word}`,
      'u',
    );
  },
  true,
);
