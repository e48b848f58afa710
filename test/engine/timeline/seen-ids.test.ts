import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importedId } from '../../../src/engine/timeline/imported.ts';
import { SeenIds } from '../../../src/engine/timeline/seen-ids.ts';

const zeros = `import-${'0'.repeat(24)}`;
const near = fc
  .array(fc.constantFrom('00000000', '00000001', '80000000', 'ffffffff'), {
    minLength: 3,
    maxLength: 3,
  })
  .map((words) => `import-${words.join('')}`);

test('ids are known from the second time on, as in a set', () => {
  const id = fc.oneof(near, fc.nat(3000).map(String).map(importedId), fc.string());
  fc.assert(
    fc.property(fc.array(id, { size: '+2' }), (ids) => {
      const [seen, set] = [new SeenIds(), new Set<string>()];
      for (const each of [...ids, zeros, zeros]) {
        expect(seen.isKnown(each)).toBe(set.has(each));
        set.add(each);
      }
    }),
  );
});

test('what was met stays known while the table grows', () => {
  const seen = new SeenIds();
  const ids = Array.from({ length: 20_000 }, (_, number) => importedId(String(number)));
  expect(ids.filter((id) => seen.isKnown(id))).toEqual([]);
  expect(ids.filter((id) => !seen.isKnown(id))).toEqual([]);
});
