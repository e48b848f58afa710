import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behindMargin, endsOf, isPlain, newlinesIn } from '../../src/text/bytes.ts';

const PLAIN = /^[\t\n\x20-\x7e]*$/;

/** Bytes at every distance from the beginning of a word, most of them plain, with others among them. */
const BYTES = fc
  .tuple(
    fc.nat(7),
    fc.array(
      fc.oneof(
        { weight: 30, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
        { weight: 3, arbitrary: fc.constantFrom(9, 10, 11) },
        { weight: 1, arbitrary: fc.nat(255) },
      ),
      { maxLength: 80 },
    ),
  )
  .map(([skipped, bytes]) =>
    Uint8Array.from([...Array(skipped).fill(0), ...bytes]).subarray(skipped),
  );

describe('bytes of output', () => {
  test('are plain when each of them is', () => {
    fc.assert(
      fc.property(BYTES, (bytes) => {
        expect(isPlain(bytes)).toBe(PLAIN.test(Buffer.from(bytes).toString('latin1')));
      }),
      { numRuns: 3000 },
    );
  });

  test('are not plain with one odd byte, wherever it stands', () => {
    for (let byte = 0; byte < 256; byte += 1)
      for (let length = 1; length < 14; length += 1)
        for (let at = 0; at < length; at += 1) {
          const bytes = new Uint8Array(length).fill(0x61);
          bytes[at] = byte;
          expect(isPlain(bytes)).toBe(byte === 9 || byte === 10 || (byte >= 0x20 && byte < 0x7f));
        }
  });

  test('have as many newlines as they have parts but one', () => {
    fc.assert(
      fc.property(BYTES, (bytes) => {
        const parts = Buffer.from(bytes).toString('latin1').split('\n').length;
        expect(newlinesIn(bytes)).toBe(parts - 1);
      }),
      { numRuns: 3000 },
    );
  });

  test('have as many newlines as they have, however many they are', () => {
    for (const length of [1019, 1020, 1021, 4096, 5000])
      expect(newlinesIn(new Uint8Array(length).fill(10))).toBe(length);
  });

  test('stand behind their margin as a text does whose newlines are replaced, or are not plain', () => {
    const margin = '  | ';
    const mostlyPlain = fc.oneof(
      {
        weight: 4,
        // In the same place: at every distance from the beginning of a word.
        arbitrary: BYTES.map((bytes) => {
          bytes.set(bytes.map((byte) => (isPlain(Uint8Array.of(byte)) ? byte : 0x62)));
          return bytes;
        }),
      },
      { weight: 1, arbitrary: BYTES },
    );
    fc.assert(
      fc.property(
        mostlyPlain,
        fc.constantFrom('', '\n', margin, `\n${margin}`),
        (bytes, before) => {
          const text = Buffer.from(bytes).toString('latin1');
          const shown = text.replace(/\n(?!$)/g, `\n${margin}`);
          const got = behindMargin(bytes, Buffer.from(margin), before);
          expect(got && Buffer.from(got).toString('latin1')).toBe(
            isPlain(bytes) ? `${before}${shown}` : undefined,
          );
        },
      ),
      { numRuns: 5000 },
    );
  });
});

test('the ends of some bytes hold none of them twice, and all of them where they are few', () => {
  const lengths = fc.nat(20);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), lengths, lengths, (bytes, most, last) => {
      const { head, tail, bytes: count } = endsOf(bytes, most, last);
      expect(count).toBe(bytes.length);
      expect([...head]).toEqual([...bytes].slice(0, most));
      expect(tail.length).toBe(Math.min(last, bytes.length - head.length));
      expect([...tail]).toEqual([...bytes].slice(bytes.length - tail.length));
    }),
  );
});
