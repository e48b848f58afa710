import { asRead, asSource } from './filled.ts';
import { type GlobElement, globMatches, parseGlob } from './glob.ts';
import { compileRegex } from './regex.ts';

/** An observed line. */
export interface ObservedLine {
  readonly text: string;
  /** Ended by a newline: only the last line of an output may lack one. */
  readonly ended: boolean;
}

/** What one line of expected text asks for. */
export interface LinePattern {
  /** The line as the author wrote it. */
  readonly source: string;
  /** How many lines in a row it takes. */
  readonly min: 0 | 1;
  readonly max: 1 | typeof Number.POSITIVE_INFINITY;
  readonly matches: (line: ObservedLine) => boolean;
  /** Why the line can never match, such as a regular expression that cannot be read. */
  readonly problem?: string;
}

const SUFFIX = / \((?:(equal|eq|no-eol|escaped|esc|glob|gl|regex|re)([?*+])?|([?*+]))\)$/;

const IN_FRONT = /^\((?:equal|eq|no-eol|escaped|esc|glob|gl|regex|re)[?*+]?\)(?= )/;

/** A suffix that stands where it means nothing, in front of its line, and the line as it is meant. */
export function markInFront(
  source: string,
): { readonly mark: string; readonly meant: string } | null {
  const mark = IN_FRONT.exec(source)?.[0];
  if (mark === undefined) return null;
  const rest = source.slice(mark.length).trim();
  return rest === '' || SUFFIX.test(` ${rest}`) ? null : { mark, meant: `${rest} ${mark}` };
}

/**
 * Reads one line of expected text: literally first, then by the suffixes of cram and scrut (`(glob)`, `(re+)`, `(esc)`,
 * `(no-eol)`, `(?)` …) and the wildcards of trycmd (`...` alone on its line, `[..]` and `<...>` within one).
 * With `strict`, white space at the end of lines and terminal colours count.
 */
export function parseLinePattern(source: string, strict: boolean): LinePattern {
  const asWritten = literal(source, strict);
  if (source.trim() === '...') {
    return { source, min: 0, max: Number.POSITIVE_INFINITY, matches: () => true };
  }
  const { expression, kinds, quantifier } = takeSuffixes(source);
  const built = build(expression, kinds, strict);
  const matches = (line: ObservedLine): boolean => asWritten(line) || built.matches(line);
  return {
    source: asRead(source),
    min: quantifier === '?' || quantifier === '*' ? 0 : 1,
    max: quantifier === '*' || quantifier === '+' ? Number.POSITIVE_INFINITY : 1,
    matches,
    ...(built.problem === undefined ? {} : { problem: built.problem }),
  };
}

type Test = (line: ObservedLine) => boolean;
interface Built {
  readonly matches: Test;
  readonly problem?: string;
}

interface Suffixes {
  readonly expression: string;
  readonly kinds: ReadonlySet<string>;
  readonly quantifier: string;
}

function takeSuffixes(source: string): Suffixes {
  const kinds = new Set<string>();
  let expression = source.trimEnd();
  let quantifier = '';
  for (;;) {
    const found = SUFFIX.exec(expression);
    if (!found || kinds.size === 3) break;
    const kind = KINDS[found[1] ?? 'equal'] ?? 'equal';
    const goesOn = kinds.size === 0 || (kind === 'escaped' && !kinds.has('escaped'));
    if (!goesOn) break;
    kinds.add(kind);
    quantifier ||= found[2] ?? found[3] ?? '';
    expression = expression.slice(0, found.index);
  }
  return { expression: kinds.size === 0 ? source : expression, kinds, quantifier };
}

const KINDS: Readonly<Record<string, string>> = {
  equal: 'equal',
  eq: 'equal',
  'no-eol': 'no-eol',
  escaped: 'escaped',
  esc: 'escaped',
  glob: 'glob',
  gl: 'glob',
  regex: 'regex',
  re: 'regex',
};

function build(expression: string, kinds: ReadonlySet<string>, strict: boolean): Built {
  const text = kinds.has('escaped') && !kinds.has('regex') ? readEscapes(expression) : expression;
  if (kinds.has('regex')) return regex(expression, strict);
  if (kinds.has('glob'))
    return { matches: glob(parseGlob(kinds.has('escaped') ? globText(expression) : text), strict) };
  if (kinds.has('escaped')) {
    const wanted = asRead(text);
    return { matches: (line) => line.text === wanted };
  }
  const plain = literal(text, strict);
  if (kinds.has('no-eol')) return { matches: (line) => !line.ended && plain(line) };
  if (kinds.size === 0 && WILDCARD.test(text)) return { matches: glob(wildcards(text), strict) };
  return { matches: plain };
}

function literal(source: string, strict: boolean): Test {
  const text = asRead(source);
  if (strict) return (line) => line.text === text;
  const wanted = text.trimEnd();
  return (line) => line.text.trimEnd() === wanted || plainText(line.text).trimEnd() === wanted;
}

function glob(read: readonly GlobElement[], strict: boolean): Test {
  const elements = read.flatMap((one): readonly GlobElement[] =>
    typeof one === 'string' ? [...asRead(one)] : [one],
  );
  return (line) =>
    globMatches(elements, line.text) ||
    (!strict && globMatches(elements, plainText(line.text).trimEnd()));
}

function regex(source: string, strict: boolean): Built {
  try {
    const compiled = compileRegex(asSource(source));
    return {
      matches: (line) =>
        compiled.matches(line.text) ||
        (!strict && compiled.matches(plainText(line.text).trimEnd())),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { matches: () => false, problem: `the regular expression holds ${why}` };
  }
}

const WILDCARD = /\[\.\.\]|<\.\.\.>/;

function wildcards(text: string): readonly GlobElement[] {
  const elements: GlobElement[] = [];
  for (const [index, piece] of text
    .trimEnd()
    .split(/(?:\[\.\.\]|<\.\.\.>)/)
    .entries()) {
    if (index > 0) elements.push({ wild: 'run' });
    elements.push(...piece);
  }
  return elements;
}

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\\': '\\',
};
const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([0-3][0-7]{2})|([tnrabefv0\\]))/g;

/** Reads `\t \n \e \xHH \uHHHH \033` …; bytes above 7F in a row are read as UTF-8. */
function readEscapes(text: string): string {
  const bytewise = text.replace(/(?:\\x[89a-fA-F][0-9a-fA-F]){2,}/g, (run) => {
    const decoded = Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8');
    return decoded.includes('\ufffd') ? run : decoded;
  });
  return bytewise.replace(ESCAPE, (_whole, hex, four, braces, octal, letter) => {
    const digits: string | undefined = hex ?? four ?? braces;
    if (digits !== undefined) return fromCode(Number.parseInt(digits, 16));
    if (octal !== undefined) return fromCode(Number.parseInt(octal, 8));
    return ESCAPES[letter] ?? letter;
  });
}

/** The escaped text as a glob: what an escape stands for is literal, `\*` and `\?` stay escapes of the glob. */
function globText(text: string): string {
  return text
    .split(/(\\[*?])/)
    .map((piece, index) => (index % 2 === 1 ? piece : readEscapes(piece)))
    .join('');
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** The text without terminal control sequences: what a person would have read on the screen. */
export function plainText(text: string): string {
  if (!text.includes('\x1b')) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences begin with one.
  return text.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g, '');
}
