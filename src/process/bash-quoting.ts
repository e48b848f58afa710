/** Text for bash that stands for exactly this value. Bytes are held as latin1 characters or as UTF-8, as given. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * The value of one word as bash's `declare -p` prints it: `"…"`, `$'…'`, `'…'` or bare. `undefined` when the text is
 * something else, such as an array.
 */
export function unquoted(word: string): string | undefined {
  if (word.startsWith("$'") && word.endsWith("'")) return unescapeAnsi(word.slice(2, -1));
  if (word.length > 1 && word.startsWith('"') && word.endsWith('"'))
    return word.slice(1, -1).replace(/\\([\\"$`])/g, '$1');
  if (word.startsWith("'") && word.endsWith("'") && word.length > 1)
    return word.slice(1, -1).replaceAll("'\\''", "'");
  return /["'()$`\\]/.test(word) ? undefined : word;
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** Octal and hexadecimal escapes are bytes, as bash prints them. */
function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([\s\S]))/g,
    (whole, octal: string | undefined, hex: string | undefined, letter: string | undefined) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return ANSI[letter ?? ''] ?? whole;
    },
  );
}

/** The spellings in which bash may print a value inside a longer text: bare, in `"…"`, in `$'…'` and in `'…'`. */
export function printedForms(value: string): readonly string[] {
  const doubled = value.replace(/[\\"$`]/g, '\\$&');
  const letters = value.split('');
  const ansi = letters.map((one) => (one < '\x80' ? ansiLetter(one) : one)).join('');
  // Where the locale is not one of UTF-8, bytes above ASCII are no letters.
  const bytes = letters.map(ansiLetter).join('');
  const single = value.replaceAll("'", "'\\''");
  return [value, doubled, ansi, single, bytes];
}

function ansiLetter(letter: string): string {
  const code = letter.charCodeAt(0);
  if (letter === '\\' || letter === "'") return `\\${letter}`;
  if (letter >= ' ' && letter < '\x7f') return letter;
  const name = Object.entries(ANSI).find(([, said]) => said === letter)?.[0];
  if (name !== undefined) return `\\${name === 'e' ? 'E' : name}`;
  return `\\${code.toString(8).padStart(3, '0')}`;
}

/** UTF-8 text as its bytes, one to a character: so bash's own output is held, valid text or not. */
export const toLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The way back from `toLatin1`. */
export const fromLatin1 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
