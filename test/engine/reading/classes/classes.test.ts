import { describe, expect, test } from 'vitest';
import { parse } from '../../../../src/engine/parse.ts';
import type { Judged } from '../../../../src/engine/reading/classes/class.ts';
import { FENCE_CLASSES } from '../../../../src/engine/reading/classes/fences.ts';
import { ITEM_CLASSES } from '../../../../src/engine/reading/classes/items.ts';
import { stepTypes } from '../../../../src/steps/index.ts';
import { sourceOf } from '../../../support/read.ts';

/** What the last block of a page was taken for. */
async function classOf(markdown: string): Promise<string | undefined> {
  const judged: Judged[] = [];
  await parse(sourceOf(markdown), { stepTypes, judged: (each) => judged.push(each) });
  return judged.at(-1)?.verdict.class;
}

describe.each([...ITEM_CLASSES, ...FENCE_CLASSES].map((each) => [each.name, each] as const))(
  '%s',
  (name, each) => {
    test('has examples of both kinds', () => {
      expect(each.examples.length).toBeGreaterThan(0);
      expect(each.counterExamples.length).toBeGreaterThan(0);
    });

    test.each(each.examples)('is %j', async (markdown) => {
      expect(await classOf(markdown)).toBe(name);
    });

    test.each(each.counterExamples)('is not %j', async (markdown) => {
      expect(await classOf(markdown)).not.toBe(name);
    });
  },
);
