import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textIn } from '../../src/text/encodings.ts';

const BIG_ENDIAN = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const ENCODED: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with its mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16 with its mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE with its mark': (text) => BIG_ENDIAN(`\ufeff${text}`),
  'UTF-16 without a mark': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE without a mark': BIG_ENDIAN,
};

async function read(
  bytes: Uint8Array,
  sizes: readonly number[],
): Promise<readonly [string, number]> {
  let text = '';
  let wrong = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const onWrong = (): void => {
    wrong += 1;
  };
  for await (const piece of textIn(chunks(), onWrong)) text += piece;
  return [text, wrong];
}

test.each(Object.keys(ENCODED))('a text in %s is read, wherever it is cut', async (name) => {
  const texts = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\ufeff'));
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (text, sizes) => {
        const whole = `time,${text}`;
        const bytes = ENCODED[name]?.(whole) ?? Buffer.of();
        expect(await read(bytes, sizes)).toEqual([whole, 0]);
      },
    ),
  );
});

test('bytes that are no text are told of once, and the rest is read', async () => {
  const bytes = Buffer.from('time,J\u00fcrgen l\u00e4uft', 'latin1');
  for (const size of [1, 2, 100])
    expect(await read(bytes, [size])).toEqual(['time,J\ufffdrgen l\ufffduft', 1]);
  expect(await read(Buffer.from('caf\u00e9', 'utf8').subarray(0, -1), [1])).toEqual([
    'caf\ufffd',
    1,
  ]);
  expect(await read(Buffer.of(), [1])).toEqual(['', 0]);
  expect(await read(Buffer.from('a'), [1])).toEqual(['a', 0]);
});
