/**
 * Makes the WebAssembly of `src/text/sha256.ts`: one function that takes so many blocks of 64 bytes into the sum. Printed
 * in base64 by `node scripts/sha256-code.ts`; a test says whether what stands there is this.
 */

/** What stands where in its memory, in bytes: the constants of the rounds, the words of a block, the sum, the blocks. */
const ROUNDS_AT = 0;
const WORDS_AT = 256;
const SUM_AT = 512;
const BLOCKS_AT = 1024;
const PAGES = 2;
const I32 = 0x7f;

type Code = readonly number[];

const add: Code = [0x6a];
const subtract: Code = [0x6b];
const both: Code = [0x71];
const either: Code = [0x72];
const differ: Code = [0x73];
const left: Code = [0x74];
const right: Code = [0x76];
const turn: Code = [0x78];

const number = (value: number): Code => [0x41, ...signed(value)];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const word = (at: number): Code => [0x28, 2, ...unsigned(at)];
const keep = (at: number): Code => [0x36, 2, ...unsigned(at)];
const byte = (at: number): Code => [0x2d, 0, ...unsigned(at)];
const again = (...body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0, 0x0b];
const turned = (local: number, by: number): Code => [...get(local), ...number(by), ...turn];
const shifted = (local: number, by: number): Code => [...get(local), ...number(by), ...right];

// Locals: how many blocks are left, where the next one stands, the byte of a word, two words, and the eight of the sum.
const LEFT = 0;
const AT = 1;
const NTH = 2;
const T = 3;
const S = 4;
const SUM = [5, 6, 7, 8, 9, 10, 11, 12] as const;
const [A, B, C, D, E, F, G, H] = SUM;
const LOCALS = 12;

/** Goes on while `NTH`, a word further, is below that. */
const nextBelow = (end: number): Code =>
  [get(NTH), number(4), add, tee(NTH), number(end), [0x49]].flat();

/** The words of a block: sixteen as they stand there, and 48 made of those before them. */
const words: readonly Code[] = [
  number(0),
  set(NTH),
  again(
    get(NTH),
    [...get(AT), ...byte(BLOCKS_AT), ...number(24), ...left],
    [...get(AT), ...byte(BLOCKS_AT + 1), ...number(16), ...left, ...either],
    [...get(AT), ...byte(BLOCKS_AT + 2), ...number(8), ...left, ...either],
    [...get(AT), ...byte(BLOCKS_AT + 3), ...either],
    keep(WORDS_AT),
    [...get(AT), ...number(4), ...add, ...set(AT)],
    nextBelow(64),
  ),
  again(
    get(NTH),
    [...get(NTH), ...word(WORDS_AT - 64), ...get(NTH), ...word(WORDS_AT - 28), ...add],
    [...get(NTH), ...word(WORDS_AT - 60), ...set(T)],
    [...turned(T, 7), ...turned(T, 18), ...differ, ...shifted(T, 3), ...differ, ...add],
    [...get(NTH), ...word(WORDS_AT - 8), ...set(T)],
    [...turned(T, 17), ...turned(T, 19), ...differ, ...shifted(T, 10), ...differ, ...add],
    keep(WORDS_AT),
    nextBelow(256),
  ),
];

const rounds: readonly Code[] = [
  ...SUM.map((local, index) => [...number(0), ...word(SUM_AT + 4 * index), ...set(local)]),
  number(0),
  set(NTH),
  again(
    get(H),
    [...turned(E, 6), ...turned(E, 11), ...differ, ...turned(E, 25), ...differ, ...add],
    [...get(E), ...get(F), ...both, ...get(E), ...number(-1), ...differ, ...get(G), ...both],
    [...differ, ...add],
    [...get(NTH), ...word(ROUNDS_AT), ...add, ...get(NTH), ...word(WORDS_AT), ...add, ...set(T)],
    [...turned(A, 2), ...turned(A, 13), ...differ, ...turned(A, 22), ...differ],
    [...get(A), ...get(B), ...both, ...get(A), ...get(C), ...both, ...differ],
    [...get(B), ...get(C), ...both, ...differ, ...add, ...set(S)],
    [...get(G), ...set(H), ...get(F), ...set(G), ...get(E), ...set(F)],
    [...get(D), ...get(T), ...add, ...set(E)],
    [...get(C), ...set(D), ...get(B), ...set(C), ...get(A), ...set(B)],
    [...get(T), ...get(S), ...add, ...set(A)],
    nextBelow(256),
  ),
  ...SUM.map((local, index) =>
    [
      number(0),
      number(0),
      word(SUM_AT + 4 * index),
      get(local),
      add,
      keep(SUM_AT + 4 * index),
    ].flat(),
  ),
];

/** Numbers of WebAssembly: seven bits a byte. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const isLast = value >= -64 && value < 64;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function sized(bytes: Code): Code {
  return [...unsigned(bytes.length), ...bytes];
}

function section(id: number, items: readonly Code[]): Code {
  return [id, ...sized(list(items))];
}

/** The first 32 bits of the fractions of cube roots of the first 64 primes. */
function roundConstants(): Code {
  const primes: number[] = [];
  for (let one = 2; primes.length < 64; one += 1)
    if (primes.every((prime) => one % prime !== 0)) primes.push(one);
  const bits = Uint32Array.from(primes, (prime) => Math.floor((Math.cbrt(prime) % 1) * 2 ** 32));
  return [...new Uint8Array(bits.buffer)];
}

export function sha256Code(): string {
  const body = again(...words, ...rounds, get(LEFT), number(1), subtract, tee(LEFT));
  const made = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, 1, I32, 0]]),
    ...section(3, [[0]]),
    ...section(5, [[0, PAGES]]),
    ...section(7, [
      [1, 0x6d, 2, 0],
      [1, 0x66, 0, 0],
    ]),
    ...section(10, [sized([1, LOCALS, I32, ...body, 0x0b])]),
    ...section(11, [[0, ...number(ROUNDS_AT), 0x0b, ...sized(roundConstants())]]),
  ];
  return Buffer.from(made).toString('base64');
}

if (import.meta.main) process.stdout.write(`${sha256Code()}\n`);
