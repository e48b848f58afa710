import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentFile, isOutputOf, outputFile } from '../../../src/engine/record/files.ts';

const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '/', '~', '%', '-', '.', ' ', '1', 'é', '_') }),
  fc.string({ minLength: 50, maxLength: 400 }),
);
const attempt = fc.integer({ min: 1, max: 30 });

describe('the names of a run’s files', () => {
  test('never make one file of two attempts, however alike their steps are', () => {
    fc.assert(
      fc.property(id, attempt, id, attempt, (one, first, two, second) => {
        fc.pre(one !== two || first !== second);
        const [left, right] = [one.toWellFormed(), two.toWellFormed()];
        fc.pre(left !== right || first !== second);
        expect(outputFile(one, first)).not.toBe(outputFile(two, second));
        expect(attachmentFile(one, first, 'x.csv')).not.toBe(attachmentFile(two, second, 'x.csv'));
        expect(isOutputOf(attachmentFile(one, first, 'x'), two, second)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('never make one file of an output and an attachment', () => {
    fc.assert(
      fc.property(id, attempt, id, attempt, id, (one, first, two, second, name) => {
        expect(outputFile(one, first)).not.toBe(attachmentFile(two, second, name));
        expect(`${attachmentFile(two, second, name)}/`).not.toContain(`${outputFile(one, first)}/`);
      }),
    );
  });

  test('stay in the folder and fit into a file name', () => {
    fc.assert(
      fc.property(id, attempt, id, (step, number, name) => {
        for (const path of [outputFile(step, number), attachmentFile(step, number, name)]) {
          const parts = path.split('/');
          expect(parts.some((part) => part === '' || part.startsWith('.'))).toBe(false);
          expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThan(250);
        }
      }),
    );
  });

  test('are as a person would write them where they can be', () => {
    expect(outputFile('daily/check-disk', 2)).toBe('output/daily~check-disk-2.log');
    expect(attachmentFile('look', 1, 'result-1.csv')).toBe('output/look-1/result-1.csv');
  });
});
