import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { fuzzVerify } from '../../support/fuzzing/fuzz-verify.ts';
import { makeStoredRuns, type StoredRuns } from '../../support/fuzzing/stored-runs.ts';

const EDITS = 150;

let stored: StoredRuns;
beforeAll(async () => {
  if (inject('bundleError') !== '') throw new Error(inject('bundleError'));
  stored = await makeStoredRuns(null);
});
afterAll(() => rmSync(stored.folder, { recursive: true, force: true }));

test('no edit of stored runs that they prove themselves is passed over, and none hides or blames another run', async () => {
  // Another part of all edits each time; the seed is in what is said of a wrong verdict. `npm run fuzz` makes more.
  const { provable, wrong } = await fuzzVerify(stored.state, Date.now() % 1e9, EDITS);
  expect(wrong).toEqual([]);
  expect(provable).toBeGreaterThan(EDITS / 2);
});
