import { expect, test } from 'vitest';
import { turnTaking } from '../../../src/engine/running/turn-taking.ts';

test('turns are had in the order in which they were asked for, one at a time', async () => {
  const turns = turnTaking();
  const did: string[] = [];
  await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      const end = await turns.take();
      did.push(`${name} begins`);
      await new Promise(setImmediate);
      did.push(`${name} ends`);
      end();
    }),
  );
  expect(did).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
