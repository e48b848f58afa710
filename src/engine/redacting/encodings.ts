import { ENOUGH, type Patterns, tight } from './pieces.ts';

const MIN_PIECE_BYTES = 8;

/**
 * What a long secret becomes in everyday encoders and dumpers, and in two of them one after the other, as `tight` latin1
 * strings: any long piece of it is hidden, wherever lines are broken and whatever separates its bytes.
 */
export function piecesOf(secrets: readonly string[]): Patterns {
  const plain = new Set<string>();
  const encoded = new Map<string, number>();
  for (const secret of secrets) {
    const raw = Buffer.from(secret);
    const text = raw.toString('latin1');
    if (text.replace(/\s+/g, '').length < MIN_PIECE_BYTES) continue;
    if (tight(text).length >= MIN_PIECE_BYTES) plain.add(tight(text));
    for (const one of all(secret, raw)) {
      const pattern = tight(one);
      if (pattern.length < MIN_PIECE_BYTES) continue;
      // What writes a byte in many letters says as little in all of these.
      const letters = Math.ceil((pattern.length / raw.length) * ENOUGH_BYTES);
      encoded.set(pattern, Math.max(ENOUGH, letters));
    }
  }
  for (const pattern of plain) encoded.delete(pattern);
  return { plain: [...plain], encoded };
}

const ENOUGH_BYTES = 5;

function all(secret: string, raw: Buffer): readonly string[] {
  const once = encodings(raw);
  // A value that is quoted first, and encoded then: only where quoting changes it.
  const quoted = [JSON.stringify(secret).slice(1, -1), ...urls(secret)].filter(
    (form) => form !== secret,
  );
  return [
    ...once,
    ...urlSafe(once),
    ...once.flatMap((one) => urls(one)),
    ...once.flatMap((one) => encodings(Buffer.from(one, 'latin1'))),
    ...quoted.map(bytes),
    ...quoted.flatMap((form) => base64(Buffer.from(form))),
    ...base32(raw),
    ...mixed(raw),
    ...uuencoded(raw),
    ...dumps(raw),
    // As programs of Windows take it (`-EncodedCommand`).
    ...encodings(Buffer.from(secret, 'utf16le')),
    ...converted(secret),
    ...escapes(secret, raw),
    ...[reversed(secret), secret.toUpperCase(), secret.toLowerCase()].map(bytes),
    ...once.map(reversed),
  ];
}

/** Letters that are none of ASCII are other bytes in other encodings of text, and `tr a-z A-Z` leaves them alone. */
function converted(secret: string): readonly string[] {
  if (!/[^\0-\x7f]/.test(secret)) return [];
  const small = Buffer.from(secret, 'utf16le');
  const isLatin1 = Array.from(secret).every((letter) => letter <= '\xff');
  const latin1 = isLatin1 ? [secret] : [];
  return [
    small.toString('latin1'),
    Buffer.from(small).swap16().toString('latin1'),
    ...latin1,
    ...latin1.flatMap((text) => encodings(Buffer.from(text, 'latin1'))),
    bytes(secret.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
    bytes(secret.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  ];
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Base64, whichever way it is aligned, and hexadecimal. */
function encodings(raw: Buffer): readonly string[] {
  return [raw.toString('hex'), ...base64(raw)];
}

function base64(raw: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((shift) => base64At(raw, shift));
}

/** The letters of a base64 text that depend on these bytes alone when `shift` other bytes stand before. */
export function base64At(raw: Buffer, shift: number): readonly string[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), raw]).toString('base64');
  const core = encoded.slice(
    Math.ceil((shift * 8) / 6),
    Math.floor(((shift + raw.length) * 8) / 6),
  );
  return core.length >= 4 ? [core] : [];
}

function urlSafe(encoded: readonly string[]): readonly string[] {
  const [hexadecimal = '', ...letters] = encoded;
  return [
    hexadecimal.toUpperCase(),
    ...letters.map((one) => one.replace(/[+/]/g, (letter) => (letter === '+' ? '-' : '_'))),
  ];
}

/** In a URL, and in the URL in a URL in a URL: nothing where no letter is written otherwise. */
function urls(text: string): readonly string[] {
  const once = encodeURIComponent(text.toWellFormed());
  if (once === text) return [];
  const twice = encodeURIComponent(once);
  // Python's `quote` leaves every slash as it is, each time.
  const sparing = once.replaceAll('%2F', '/').replaceAll('%', '%25');
  return [
    once,
    once.replace(/%../g, (triplet) => triplet.toLowerCase()),
    twice,
    encodeURIComponent(twice),
    ...(sparing === twice ? [] : [sparing]),
  ];
}

/** Five bits a letter (RFC 4648), in both of its alphabets. */
const BASE32 = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', '0123456789ABCDEFGHIJKLMNOPQRSTUV'];

function base32(raw: Buffer): readonly string[] {
  return BASE32.flatMap((alphabet) => inLetters(raw, 5, alphabet));
}

/** What `base64` and `base32` put on a line: further lines are aligned otherwise when they are encoded once more. */
const LINE_LETTERS = 76;

/** Base64 and base32 of each other, and of themselves once more, where nothing else stands before the secret. */
function mixed(raw: Buffer): readonly string[] {
  const first = (texts: readonly string[]): string => texts[0] ?? '';
  const lines = (text: string, encode: (raw: Buffer) => readonly string[]): readonly string[] =>
    encode(Buffer.from(text)).slice(0, text.length > LINE_LETTERS ? undefined : 1);
  const inBase32 = (text: Buffer): readonly string[] => inLetters(text, 5, BASE32[0] ?? '');
  const [fives, sixes] = [first(inBase32(raw)), first(base64(raw))];
  return [
    ...lines(fives, base64),
    ...lines(fives, inBase32),
    ...lines(sixes, inBase32),
    ...lines(first(base64(Buffer.from(sixes))), base64),
  ];
}

/** Six bits a letter, in the order of ASCII; of zero it is a blank or a backtick. */
const UUENCODE = Array.from({ length: 63 }, (_, at) => String.fromCharCode(33 + at)).join('');

function uuencoded(raw: Buffer): readonly string[] {
  return ['`', ' '].flatMap((zero) => inLetters(raw, 6, zero + UUENCODE));
}

/** So many bits a letter, as the bytes come out at each alignment. */
function inLetters(raw: Buffer, size: number, alphabet: string): readonly string[] {
  const bits = bitsOf(raw);
  return Array.from({ length: size === 6 ? 3 : size }, (_, shift) => {
    const letters: string[] = [];
    for (let at = (size - ((shift * 8) % size)) % size; at + size <= bits.length; at += size)
      letters.push(alphabet[Number.parseInt(bits.slice(at, at + size), 2)] ?? '');
    return letters.join('');
  });
}

function bitsOf(raw: Buffer): string {
  return [...raw].map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

/** Octal, decimal and binary bytes, and words of two and four bytes with the last one first. */
function dumps(raw: Buffer): readonly string[] {
  const words = (size: number, from: number): readonly number[] =>
    Array.from({ length: Math.floor((raw.length - from) / size) }, (_, at) =>
      raw.readUIntLE(from + size * at, size),
    );
  return [
    [...raw].map((byte) => byte.toString(8).padStart(3, '0')).join(''),
    [...raw].join(''),
    Array.from(raw.toString(), (letter) => letter.codePointAt(0)).join(''),
    bitsOf(raw),
    ...[0, 1].map((from) =>
      words(2, from)
        .map((word) => word.toString(8).padStart(6, '0'))
        .join(''),
    ),
    ...[0, 1].flatMap((from) =>
      [0, 5].map((digits) =>
        words(2, from)
          .map((word) => String(word).padStart(digits, '0'))
          .join(''),
      ),
    ),
    ...[2, 4].flatMap((size) =>
      Array.from({ length: size }, (_, from) =>
        words(size, from)
          .map((word) => hex(word, 2 * size))
          .join(''),
      ).flatMap((text) => [text, text.toUpperCase()]),
    ),
  ];
}

/** Every byte or letter escaped, and those only that are no letters of ASCII; a backslash before them is skipped. */
function escapes(secret: string, raw: Buffer): readonly string[] {
  const upper = (byte: number): string => hex(byte, 2).toUpperCase();
  const codes = Array.from({ length: secret.length }, (_, at) => secret.charCodeAt(at));
  const every = [
    ...[...raw].reduce<readonly [string, string, string, string, string]>(
      ([x, upperX, zero, percent, upperPercent], byte) => [
        `${x}x${hex(byte, 2)}`,
        `${upperX}x${upper(byte)}`,
        `${zero}0x${hex(byte, 2)}`,
        `${percent}%${hex(byte, 2)}`,
        `${upperPercent}%${upper(byte)}`,
      ],
      ['', '', '', '', ''],
    ),
    codes.map((code) => `u${hex(code, 4)}`).join(''),
    ...[hexOf, (letter: string) => hexOf(letter).toUpperCase()].flatMap((written) => [
      Array.from(secret, (letter) => `x{${written(letter)}}`).join(''),
      Array.from(secret, (letter) => `U+${written(letter).padStart(4, '0')}`).join(''),
    ]),
    Array.from(secret, (letter) => `&#${letter.codePointAt(0)};`).join(''),
    ...[hexOf, (letter: string) => hexOf(letter).toUpperCase()].map((written) =>
      Array.from(secret, (letter) => `&#x${written(letter)};`).join(''),
    ),
  ];
  const isAscii = (byte: number): boolean => byte >= 32 && byte < 127;
  const some = (written: (byte: number) => string): string =>
    [...raw]
      .map((byte) =>
        isAscii(byte) ? String.fromCharCode(byte) : (SHORT.get(byte) ?? written(byte)),
      )
      .join('');
  return [
    ...every,
    some((byte) => byte.toString(8).padStart(3, '0')),
    some((byte) => `x${hex(byte, 2)}`),
    some((byte) => `x${upper(byte)}`),
    [...raw].map(caret).join(''),
    // As mail writes it (quoted-printable).
    [...raw]
      .map((byte) => (isAscii(byte) && byte !== 61 ? String.fromCharCode(byte) : `=${upper(byte)}`))
      .join(''),
    codes
      .map((code) =>
        isAscii(code) ? String.fromCharCode(code) : (SHORT.get(code) ?? `u${hex(code, 4)}`),
      )
      .join(''),
  ];
}

/** `\n` without its backslash. */
const SHORT: ReadonlyMap<number, string> = new Map(
  [...'abtnvfr'].map((letter, at) => [7 + at, letter] as const),
);

/** As `cat -v` writes a byte. */
function caret(byte: number): string {
  if (byte >= 128) return `M-${caret(byte - 128)}`;
  if (byte === 127) return '^?';
  return byte < 32 && byte !== 9 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

function hexOf(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
