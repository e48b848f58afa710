import { expect, test } from 'vitest';
import { unguessable } from '../../src/process/random-bytes.ts';

test('as many bytes come as are asked for, each time others, none of which stays zero', () => {
  const all = Array.from({ length: 64 }, () => unguessable(16));
  expect(new Set(all.map((bytes) => bytes.toString('hex'))).size).toBe(64);
  for (const at of Array(16).keys()) expect(all.some((bytes) => bytes[at] !== 0)).toBe(true);
});
