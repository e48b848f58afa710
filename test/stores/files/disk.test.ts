import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOwn } from '../../../src/stores/files/disk.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is read in one piece is read whole, and one of gigabytes is none that was written', () => {
  const file = path.join(folder, 'runs.head');
  writeFileSync(file, 'as it was written');
  expect(readOwn(file)).toBe('as it was written');
  // Sparse: it takes no room on the disk.
  truncateSync(file, 8 * 1024 ** 3);
  expect(readOwn(file)).toBeUndefined();
});
