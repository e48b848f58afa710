import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { sha256Code } from '../../scripts/sha256-code.ts';

const SOURCE = new URL('../../src/text/sha256.ts', import.meta.url);

/** Bytes of no pattern, always the same. */
function noise(count: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(count / 64) }, (_, nth) =>
    createHash('sha512').update(String(nth)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, count);
}

/** As a process that has hashed nothing yet has it. */
async function fresh(): Promise<typeof import('../../src/text/sha256.ts')> {
  vi.resetModules();
  return import('../../src/text/sha256.ts');
}

const AROUND_ROOM = [65_535, 65_536, 65_537, 65_536 + 55, 65_536 + 64, 131_072, 140_001];

test('a sum is that of node:crypto, for every size around a block and around what one call takes', async () => {
  const { sha256Of } = await fresh();
  const all = noise(150_000);
  for (const size of [...Array(200).keys(), ...AROUND_ROOM]) {
    const bytes = all.subarray(size % 7, (size % 7) + size);
    expect(sha256Of(bytes), String(size)).toBe(hash('sha256', bytes, 'hex'));
  }
});

test.each(['', 'a\0b', 'Grüße, 世界 🚀', 'half a pair \ud83d here', '\ufeffmark'])(
  'a sum of the text %j is that of its UTF-8',
  async (text) => {
    const { sha256Of } = await fresh();
    expect(sha256Of(text)).toBe(hash('sha256', text, 'hex'));
  },
);

test('it goes on to be the same once much was hashed, and where there is no WebAssembly', async () => {
  const { sha256Of } = await fresh();
  const much = noise(100_000);
  for (let nth = 0; nth < 12; nth += 1) {
    const bytes = much.subarray(nth);
    expect(sha256Of(bytes)).toBe(hash('sha256', bytes, 'hex'));
  }
  expect(sha256Of(noise(2_000_000))).toBe(hash('sha256', noise(2_000_000), 'hex'));
  const had = globalThis.WebAssembly;
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  try {
    const without = await fresh();
    expect(without.sha256Of('abc')).toBe(hash('sha256', 'abc', 'hex'));
  } finally {
    globalThis.WebAssembly = had;
  }
});

test.each([
  [[]],
  [[1, 2, 3]],
  [[16_384]],
  [[16_384, 1]],
  [[10_000, 6_384, 0, 1, 50_000]],
  [[90_000]],
])(
  'pieces of %j bytes have the sum of all of them, at each of their ends, whoever uses their memory again',
  async (sizes) => {
    const { Sha256 } = await fresh();
    const digest = new Sha256();
    const all = createHash('sha256');
    expect(digest.digest()).toBe(hash('sha256', '', 'hex'));
    const room = Buffer.alloc(100_000);
    for (const size of sizes) {
      const piece = room.subarray(0, size);
      noise(size).copy(piece);
      digest.update(piece);
      all.update(piece);
      room.fill(0);
      expect(digest.digest()).toBe(all.copy().digest('hex'));
    }
  },
);

test('the code that stands there is what its script makes', () => {
  expect(readFileSync(SOURCE, 'utf8')).toContain(`'${sha256Code()}'`);
});
