import { expect, test } from 'vitest';
import { workplace } from '../../support/engine.ts';

/** A step whose standard output has to be `one two`. */
const page = (script: string): string =>
  `# T\n\n~~~bash name=say\n${script}\n~~~\n\nExpected output:\n\n~~~\none two\n~~~\n`;

test.each([
  ['all of its standard output', "printf 'one '; sleep 0.05; echo two", 'passed'],
  ['and none of its standard error', "echo three >&2; echo 'one two'; echo four >&2", 'passed'],
  ['so that what it says there alone is not enough', "echo 'one two' >&2", 'failed'],
  ['and more of it is too much', "echo 'one two'; echo three", 'failed'],
])('a step is compared with %s', async (_what, script, outcome) => {
  const { steps } = await workplace(page(script)).run();
  expect(steps).toEqual({ say: outcome });
});
