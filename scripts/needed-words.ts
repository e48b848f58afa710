import { folded } from '../src/text/needing.ts';

/**
 * Words of which one stands in whatever an expression matches, in whatever case where it minds none; `null` where it is
 * not known to need any. What is not surely understood needs none.
 */
export function neededWords(pattern: string, flags: string): readonly string[] | null {
  if (/[gyv]/.test(flags)) return null;
  const reader: Reader = { pattern, at: 0, fold: flags.includes('i') };
  try {
    const { exact, needs } = alternatives(reader);
    const words = reader.at === pattern.length ? better(wordsOf(exact), needs) : null;
    return words === null ? null : withoutLonger(words);
  } catch {
    return null;
  }
}

interface Reader {
  readonly pattern: string;
  at: number;
  readonly fold: boolean;
}

/** What is known of a part of an expression. */
interface Part {
  /** All that it matches; `null`: more than can be listed. */
  readonly exact: readonly string[] | null;
  /** Words of which one stands in all that it matches. */
  readonly needs: readonly string[] | null;
}

/** A place between two characters. */
const PLACE: Part = { exact: [''], needs: null };
const ANYTHING: Part = { exact: null, needs: null };
const MOST_EXACT = 48;
const MOST_WORDS = 160;
const SHORTEST = 2;

const wordsOf = (exact: Part['exact']): Part['needs'] =>
  exact?.every((word) => word.trim().length >= SHORTEST) === true ? exact : null;

/** Those whose shortest is longer tell more. */
function better(one: Part['needs'], other: Part['needs']): Part['needs'] {
  if (one === null || other === null) return one ?? other;
  const shortest = (words: readonly string[]): number =>
    Math.min(...words.map((word) => word.length));
  return shortest(one) >= shortest(other) ? one : other;
}

const withoutLonger = (words: readonly string[]): readonly string[] =>
  [...new Set(words)].filter((word, _, all) =>
    all.every((other) => other === word || !word.includes(other)),
  );

function alternatives(reader: Reader): Part {
  const parts = [sequence(reader)];
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    parts.push(sequence(reader));
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const exact = parts.flatMap((part) => part.exact ?? []);
  const needs = parts.map((part) => better(wordsOf(part.exact), part.needs));
  const words = needs.flatMap((each) => each ?? []);
  return {
    exact: parts.every((part) => part.exact !== null) && exact.length <= MOST_EXACT ? exact : null,
    needs: needs.every((each) => each !== null) && words.length <= MOST_WORDS ? words : null,
  };
}

function sequence(reader: Reader): Part {
  let exact: readonly string[] = [''];
  let needs: Part['needs'] = null;
  let isWhole = true;
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const part = repeated(reader);
    const longer = part.exact?.flatMap((end) => exact.map((start) => start + end)) ?? [];
    needs = better(needs, part.needs);
    if (part.exact !== null && longer.length <= MOST_EXACT) {
      exact = longer;
      continue;
    }
    needs = better(better(needs, wordsOf(exact)), wordsOf(part.exact));
    isWhole = false;
    // Whatever follows begins anew.
    exact = [''];
  }
  return { exact: isWhole ? exact : null, needs: better(needs, wordsOf(exact)) };
}

/** A part with how often it may stand there. */
function repeated(reader: Reader): Part {
  const part = single(reader);
  const said = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at));
  if (said === null) return part;
  reader.at += said[0].length;
  if (said[0].startsWith('?'))
    return part.exact === null ? ANYTHING : { exact: ['', ...part.exact], needs: null };
  const isNeeded = said[0].startsWith('+') || Number(said[1] ?? 0) > 0;
  return isNeeded ? { exact: null, needs: better(wordsOf(part.exact), part.needs) } : ANYTHING;
}

function single(reader: Reader): Part {
  const { pattern, at } = reader;
  const sign = pattern[at] ?? '';
  if (sign === '(') return group(reader);
  if (sign === '[') return charClass(reader);
  if (sign === '\\') return escaped(reader);
  reader.at += 1;
  if ('^$'.includes(sign)) return PLACE;
  return sign === '.' ? ANYTHING : literal(sign, reader);
}

/** Half a letter is none; `needing` looks for the others in whatever case they stand. */
function literal(sign: string, { fold }: Reader): Part {
  if (!fold) return { exact: [sign], needs: null };
  return /[\ud800-\udfff]/.test(sign) ? ANYTHING : { exact: [folded(sign)], needs: null };
}

function group(reader: Reader): Part {
  const opened =
    /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(reader.pattern.slice(reader.at))?.[0] ?? '(';
  reader.at += opened.length;
  if (opened === '(' && reader.pattern[reader.at] === '?')
    throw new SyntaxError('a group not known');
  const part = alternatives(reader);
  if (reader.pattern[reader.at] !== ')') throw new SyntaxError('a group that does not end');
  reader.at += 1;
  return /[=!]$/.test(opened) ? PLACE : part;
}

/** `[ -]` is listed, `[a-z]` is anything. */
function charClass(reader: Reader): Part {
  const said = /^\[(?:[^\]\\]|\\[\s\S])*\]/.exec(reader.pattern.slice(reader.at))?.[0];
  if (said === undefined) throw new SyntaxError('a class that does not end');
  reader.at += said.length;
  const signs = said.slice(1, -1);
  const isList = /^[^\\^-]{1,4}-?$/.test(signs);
  if (!isList) return ANYTHING;
  const parts = [...signs].map((sign) => literal(sign, reader));
  const exact = parts.flatMap((part) => part.exact ?? []);
  return parts.every((part) => part.exact !== null) ? { exact, needs: null } : ANYTHING;
}

function escaped(reader: Reader): Part {
  const rest = reader.pattern.slice(reader.at);
  const said = /^\\(?:[pP]\{[^{}]+\}|[dDwWsSbB]|[^A-Za-z0-9])/.exec(rest)?.[0];
  if (said === undefined) throw new SyntaxError('an escape not known');
  reader.at += said.length;
  if (/^\\[bB]$/.test(said)) return PLACE;
  return /^\\\w/.test(said) ? ANYTHING : literal(said.slice(1), reader);
}
