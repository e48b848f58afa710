import { expect, test } from 'vitest';
import { importedId } from '../../../src/engine/timeline/imported.ts';

test('an entry has the same id wherever and however often it is imported', () => {
  expect(importedId('slack:ops:1.2')).toMatch(/^import-[0-9a-f]{24}$/);
  expect(importedId('slack:ops:1.2')).toBe(importedId('slack:ops:1.2'));
  expect(importedId('slack:ops:1.3')).not.toBe(importedId('slack:ops:1.2'));
});
