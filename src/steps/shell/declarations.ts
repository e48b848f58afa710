import { fromLatin1, unquoted } from '../../process/bash-quoting.ts';

/** One variable as bash's `declare -p` prints it. */
export interface Declaration {
  readonly name: string;
  /** Attribute letters (`x` exported, `r` readonly, `a` array …), `''` when it has none. */
  readonly attributes: string;
  /** The value as bash quotes it, `undefined` when it has none. */
  readonly value: string | undefined;
}

const HEAD = /declare (-[A-Za-z-]+) ([A-Za-z_][A-Za-z0-9_]*)(=?)/y;

/**
 * Reads the output of `declare -p`. Values are kept as bash printed them, so that giving them back to bash is exact.
 * `undefined` when the text is not what `declare -p` prints.
 */
export function parseDeclarations(text: string): readonly Declaration[] | undefined {
  const found: Declaration[] = [];
  for (let at = 0; at < text.length; ) {
    HEAD.lastIndex = at;
    const head = HEAD.exec(text);
    if (!head) return undefined;
    const from = HEAD.lastIndex;
    const end = head[3] === '' ? from : endOfValue(text, from);
    if (end < 0 || (text[end] ?? '\n') !== '\n') return undefined;
    found.push({
      name: head[2] ?? '',
      attributes: (head[1] ?? '').replaceAll('-', ''),
      value: head[3] === '' ? undefined : text.slice(from, end),
    });
    at = end + 1;
  }
  return found;
}

/** What may stand outside of quotes: in a word, and between the words of an array. */
const BARE = /[\w@%+=:,./-]+/y;
const BARE_IN_ARRAY = /[^`$()<>&|;\n"'\\]+/y;

/** Index after the value that begins at `from`: a word, or `(…)` with words in it; -1 when it is neither. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at >= 0 && at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n' && depth === 0) return at;
    if (char === '"') at = afterDoubleQuote(text, at + 1);
    else if (char === "'") at = text.indexOf("'", at + 1) + 1 || -1;
    else if (char === '$' && text[at + 1] === "'") at = afterAnsiQuote(text, at + 2);
    else if (char === '\\') at += 2;
    else if (char === '(') {
      depth += 1;
      at += 1;
    } else if (char === ')') {
      depth -= 1;
      at += 1;
    } else {
      const bare = depth > 0 ? BARE_IN_ARRAY : BARE;
      bare.lastIndex = at;
      if (!bare.test(text)) return -1;
      at = bare.lastIndex;
    }
  }
  return depth === 0 && at >= 0 ? text.length : -1;
}

/** What a character in quotes says: an environment may hold much text, and most of it says nothing. */
const IN_DOUBLE_QUOTES = /[\\"$`]/g;
const IN_ANSI_QUOTES = /[\\']/g;

/** Nothing in double quotes may be expanded: bash prints such characters behind a backslash. */
function afterDoubleQuote(text: string, from: number): number {
  return afterQuote(text, from, IN_DOUBLE_QUOTES, '"');
}

function afterAnsiQuote(text: string, from: number): number {
  return afterQuote(text, from, IN_ANSI_QUOTES, "'");
}

/** Index after the closing quote; -1 where something else that says anything stands unescaped, or nothing closes it. */
function afterQuote(text: string, from: number, telling: RegExp, quote: string): number {
  telling.lastIndex = from;
  while (telling.test(text)) {
    const char = text[telling.lastIndex - 1];
    if (char === quote) return telling.lastIndex;
    if (char !== '\\') return -1;
    telling.lastIndex += 1;
  }
  return -1;
}

/** The declaration as text for bash. */
export function declarationText({ name, attributes, value }: Declaration): string {
  return `declare -${attributes || '-'} ${name}${value === undefined ? '' : `=${value}`}`;
}

/** What the variables hold, by name; every element of an array under a name that begins with its own. */
export function valuesOf(declarations: readonly Declaration[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, value } of declarations) {
    if (value === undefined) continue;
    const plain = unquoted(value);
    if (plain !== undefined) values[name] = fromLatin1(plain);
    else
      for (const [at, element] of quotedIn(value).entries())
        values[`${name}_${at}`] = fromLatin1(unquoted(element) ?? '');
  }
  return values;
}

/** The words in quotes of an array's value. */
function quotedIn(value: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < value.length; ) {
    const isAnsi = value.startsWith("$'", at);
    if (!isAnsi && value[at] !== '"') {
      at += 1;
      continue;
    }
    const end = isAnsi ? afterAnsiQuote(value, at + 2) : afterDoubleQuote(value, at + 1);
    if (end < 0) return found;
    found.push(value.slice(at, end));
    at = end;
  }
  return found;
}
