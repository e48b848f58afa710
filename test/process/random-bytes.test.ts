import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomSource, unguessable } from '../../src/process/random-bytes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-random-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const zeros = path.join(folder, 'zeros');
writeFileSync(zeros, Buffer.alloc(4096));

test.each([
  ['the device', unguessable],
  ['what the engine has where the device is missing', randomSource(path.join(folder, 'gone'))],
  ['the same where an ordinary file stands in its place', randomSource(zeros)],
  ['the same where a folder does', randomSource(folder)],
  ['the same where the device gives nothing', randomSource('/dev/null')],
])(
  'bytes of %s come as many as are asked for, each time others, none of which stays zero',
  (_, source) => {
    const sizes = [16, 1, 40, 700, 16, 512, 0, 513];
    for (const size of sizes) expect(source(size)).toHaveLength(size);
    const all = Array.from({ length: 256 }, () => source(16));
    expect(new Set(all.map((bytes) => bytes.toString('hex'))).size).toBe(256);
    for (const at of Array(16).keys()) expect(all.some((bytes) => bytes[at] !== 0)).toBe(true);
  },
);

test('whoever changes the bytes that were given changes none of others', () => {
  const first = unguessable(16);
  const kept = Buffer.from(first);
  const second = unguessable(16);
  second.fill(0);
  expect(first).toEqual(kept);
  expect(unguessable(16).equals(Buffer.alloc(16))).toBe(false);
});
