const SETS: Readonly<Record<string, RegExp>> = {
  d: /[0-9]/,
  D: /[^0-9]/,
  w: /[A-Za-z0-9_]/,
  W: /[^A-Za-z0-9_]/,
  s: /\s/,
  S: /\S/,
};
const CONTROLS: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  r: 13,
  f: 12,
  v: 11,
  a: 7,
  e: 27,
  0: 0,
};

/** An escape that stands for one character or a set of them. */
export function characterEscape(reader: Reader): CharTest {
  const text = rest(reader);
  const hex =
    /^\\(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/.exec(
      text,
    );
  if (hex) {
    reader.at += hex[0].length;
    const wanted = Number.parseInt(hex.slice(1).find((part) => part !== undefined) ?? '', 16);
    return (code) => code === wanted;
  }
  const property = /^\\([pP])(?:([A-Z])|\{(\^?)([A-Za-z_=]{1,40})\})/.exec(text);
  if (property) {
    reader.at += property[0].length;
    return byPattern(propertyPattern(property));
  }
  const letter = peek(reader, 1);
  if (letter === '') throw new SyntaxError('a `\\` at its end');
  reader.at += 2;
  const set = SETS[letter];
  if (set) return byPattern(set);
  const control = CONTROLS[letter];
  return control === undefined ? is(letter) : (code) => code === control;
}

function propertyPattern(found: RegExpExecArray): RegExp {
  const negated = (found[1] === 'P') !== (found[3] === '^');
  const name = found[2] ?? found[4] ?? '';
  for (const spelling of [name, `Script=${name}`]) {
    try {
      return new RegExp(`${negated ? '\\P' : '\\p'}{${spelling}}`, 'u');
    } catch {
      // Not a general category: it may be a script.
    }
  }
  throw new SyntaxError(`the character property \`${found[0]}\`, which is not known`);
}

const POSIX: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
  word: /[A-Za-z0-9_]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  cntrl: /\p{Cc}/u,
};

/** A class in square brackets. */
export function charClass(reader: Reader): CharTest {
  reader.at += 1;
  const negated = peek(reader) === '^';
  if (negated) reader.at += 1;
  const tests: CharTest[] = [];
  for (let first = true; first || peek(reader) !== ']'; first = false) {
    if (reader.at >= reader.chars.length) throw new SyntaxError('a `[` that nothing closes');
    tests.push(classItem(reader));
  }
  reader.at += 1;
  return (code) => tests.some((test) => test(code)) !== negated;
}

function classItem(reader: Reader): CharTest {
  const posix = /^\[:(\^?)([a-z]+):\]/.exec(rest(reader));
  const named = posix ? POSIX[posix[2] ?? ''] : undefined;
  if (posix && named) {
    reader.at += posix[0].length;
    const test = byPattern(named);
    return posix[1] === '^' ? (code) => !test(code) : test;
  }
  const low = classChar(reader);
  if (typeof low !== 'number') return low;
  if (peek(reader) !== '-' || peek(reader, 1) === ']' || peek(reader, 1) === '')
    return (code) => code === low;
  reader.at += 1;
  const high = classChar(reader);
  if (typeof high !== 'number') return (code) => code === low || code === 45 || high(code);
  if (high < low) throw new SyntaxError('a range whose end stands before its beginning');
  return (code) => code >= low && code <= high;
}

/** One character of a class: its code point, or a test when it stands for several. */
function classChar(reader: Reader): number | CharTest {
  const char = peek(reader);
  if (char !== '\\') {
    reader.at += 1;
    return char.codePointAt(0) ?? 0;
  }
  const letter = peek(reader, 1);
  if (letter === 'b') {
    reader.at += 2;
    return 8;
  }
  const simple = CONTROLS[letter];
  if (simple !== undefined || !/[A-Za-z0-9]/.test(letter)) {
    const code = simple ?? letter.codePointAt(0) ?? 92;
    reader.at += 2;
    return code;
  }
  const hex = /^\\x([0-9a-fA-F]{2})/.exec(rest(reader));
  if (!hex) return characterEscape(reader);
  reader.at += hex[0].length;
  return Number.parseInt(hex[1] ?? '', 16);
}

function byPattern(pattern: RegExp): CharTest {
  return (code) => pattern.test(String.fromCodePoint(code));
}

/** Whether a code point is accepted. */
export type CharTest = (codePoint: number) => boolean;

/** A regular expression on its way through the reader, by code points. */
export interface Reader {
  readonly chars: readonly string[];
  at: number;
  depth: number;
}

/** The character at the reader's place, `''` at the end. */
export const peek = (reader: Reader, ahead = 0): string => reader.chars[reader.at + ahead] ?? '';

/** What lies ahead, enough of it for one token. */
export const rest = (reader: Reader, length = 40): string =>
  reader.chars.slice(reader.at, reader.at + length).join('');

/** Accepts the one character. */
export function is(char: string): CharTest {
  const wanted = char.codePointAt(0);
  return (code) => code === wanted;
}
