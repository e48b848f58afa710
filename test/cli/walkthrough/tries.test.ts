import { expect, test } from 'vitest';
import { triesOf } from '../../../src/cli/progress/words.ts';

const ran = (number: number | null, probe = false, text = 'true') => ({
  part: number === null ? null : { number, of: 3 },
  probe,
  text,
});

test.each([
  ['nothing', [], 0],
  ['one try', [ran(null)], 1],
  ['a try and its probe', [ran(null), ran(null, true)], 1],
  ['a retry', [ran(null), ran(null)], 2],
  ['three parts, one after the other', [ran(1), ran(2), ran(3)], 1],
  ['a try and what a person said of it', [ran(null), ran(null, false, '')], 1],
  ['a part that was tried again', [ran(1), ran(2), ran(2), ran(3)], 2],
])('%s: tries', (_what, attempts, tries) => {
  expect(triesOf(attempts)).toBe(tries);
});
