import { base64At } from './encodings.ts';

/** Secrets shorter than this are masked as they are only: their encodings would mask half the output. */
export const SHORT_SECRET_BYTES = 4;
/** Lines of a secret shorter than this (`}`, `---`) say nothing about it. */
const MIN_LINE_BYTES = 6;
const MAX_NEEDLE_BYTES = 256;

/**
 * Everything a secret may look like in output, as latin1 strings of its bytes: itself, its lines, and
 * each of them in base64 (whichever way it is aligned), URL, JSON, shell, SQL and hex notation.
 */
export function needlesOf(secrets: readonly string[]): readonly string[] {
  const needles = new Set<string>();
  for (const secret of secrets) for (const needle of needlesOfOne(secret)) needles.add(needle);
  needles.delete('');
  return [...needles];
}

/** A secret that is also a word, and what stands right before it where it is given. */
export interface GivenWord {
  readonly value: string;
  readonly behind: readonly string[];
}

/** Whether what stands before a place gives the word that begins there. */
export type GivenBefore = (bytes: Uint8Array, start: number) => boolean;

/**
 * Words that are secrets where they are given only: the word, which counts behind what gives it, and both as they are
 * encoded together. A needle for each way to give it would be some hundred a word.
 */
export function givenNeedles(words: readonly GivenWord[]): {
  readonly needles: readonly string[];
  readonly given: ReadonlyMap<string, GivenBefore>;
} {
  const given = new Map<string, readonly string[]>();
  const encoded = new Set<string>();
  for (const { value, behind } of words) {
    const word = bytes(value);
    given.set(word, [...(given.get(word) ?? []), ...behind.map(bytes)]);
    for (const before of shortest(behind.filter((one) => ENCODED.test(one))))
      for (const one of encodedForms(before + value)) encoded.add(one);
  }
  return {
    needles: [...given.keys(), ...encoded],
    given: new Map([...given].map(([word, behind]) => [word, standsBehind(behind)])),
  };
}

/** What ends in another one has its code in it. */
const shortest = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => !texts.some((other) => other !== text && text.endsWith(other)));

function standsBehind(behind: readonly string[]): GivenBefore {
  const byLast = Map.groupBy(behind, (one) => one.charCodeAt(one.length - 1));
  const longest = Math.max(...behind.map((one) => one.length));
  return (all, start) => {
    const ways = byLast.get(all[start - 1] ?? -1);
    if (ways === undefined) return false;
    const before = all.subarray(Math.max(0, start - longest), start);
    const text = Buffer.from(before).toString('latin1');
    return ways.some((one) => text.endsWith(one));
  };
}

/** What somebody encodes with what is given: `-pword`, `user:password`, `NAME=value`, a member of JSON, an element of XML. */
const ENCODED = /^(?:-[^\s"'$\\,]*|[^\s"'$\\,]*(?:[=:%/>]|":"))$/;

function needlesOfOne(secret: string): readonly string[] {
  if (Buffer.byteLength(secret) < SHORT_SECRET_BYTES) return [bytes(secret)];
  const lines = secret.split(/\r\n|\n|\r/);
  const wholes = lines.length === 1 ? lines : lines.map((line) => line.trim());
  const pieces = wholes
    .filter((line) => lines.length === 1 || Buffer.byteLength(line) >= MIN_LINE_BYTES)
    .flatMap(inPieces);
  // A secret of nothing but short lines is at least masked as a whole.
  if (pieces.length === 0) return inPieces(secret).flatMap(writtenForms).map(bytes);
  const whole = lines.length === 1 ? [] : inPieces(secret).flatMap(encodedForms);
  const own = pieces.flatMap((piece) => [
    ...writtenForms(piece).map(bytes),
    ...encodedForms(piece),
  ]);
  return [...own, ...whole];
}

/** A long line is masked piece by piece, so that little has to be held back while it is awaited. */
function inPieces(text: string): readonly string[] {
  const letters = Array.from(text);
  if (Buffer.byteLength(text) <= MAX_NEEDLE_BYTES) return [text];
  const count = Math.ceil(letters.length / (MAX_NEEDLE_BYTES / 4));
  const size = Math.ceil(letters.length / count);
  return Array.from({ length: count }, (_, index) =>
    letters.slice(index * size, (index + 1) * size).join(''),
  ).filter((piece) => piece !== '');
}

/** The text as programs write it when they quote it. */
function writtenForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text.toWellFormed());
  const strictUrl = url.replace(/[!'()*]/g, percent);
  return [
    text,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[\u007f-\uffff]/g, (letter) => `\\u${hex(letter.charCodeAt(0), 4)}`),
    url,
    strictUrl,
    strictUrl.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
    strictUrl.replaceAll('%20', '+'),
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", "''"),
    text.replaceAll("'", "\\'"),
    text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    text.replace(/[\\"$`]/g, '\\$&'),
    text.replace(/["$`]/g, '`$&'),
    text.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    ...escapedForms(text),
    ...[json, url, strictUrl, ...escapedForms(text)].flatMap((once) => [
      JSON.stringify(once).slice(1, -1),
      encodeURIComponent(once.toWellFormed()),
      once.replace(/[<>&"']/g, (letter) => HTML[letter] ?? letter),
    ]),
  ];
}

/** As XML and HTML write it: some escape quotes, in three ways, some `>` as well. */
function escapedForms(text: string): readonly string[] {
  const some = text.replace(/[<&]/g, (letter) => HTML[letter] ?? letter);
  const all = some.replaceAll('>', '&gt;');
  return [some, all].flatMap((escaped) =>
    ['"', '&quot;', '&#34;'].flatMap((double) =>
      ["'", '&#39;', '&apos;', '&#x27;'].map((single) =>
        escaped.replaceAll('"', double).replaceAll("'", single),
      ),
    ),
  );
}

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text's bytes in alphabets of their own. */
function encodedForms(text: string): readonly string[] {
  const raw = Buffer.from(text);
  const hexadecimal = raw.toString('hex');
  const spaced = hexadecimal.replace(/..(?!$)/g, '$& ');
  const base64 = [0, 1, 2].flatMap((shift) => base64At(raw, shift));
  const padded = [raw, Buffer.concat([raw, Buffer.from('\n')])].map((one) =>
    one.toString('base64'),
  );
  return [
    hexadecimal,
    hexadecimal.toUpperCase(),
    spaced,
    spaced.toUpperCase(),
    ...[...base64, ...padded].flatMap((one) => [
      one,
      one.replace(/[+/]/g, (c) => (c === '+' ? '-' : '_')),
    ]),
  ];
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function percent(letter: string): string {
  return `%${hex(letter.charCodeAt(0), 2).toUpperCase()}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
