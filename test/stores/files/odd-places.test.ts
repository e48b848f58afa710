import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const script = path.join(import.meta.dirname, '../../support/odd-places.ts');

test('whatever stands in the place of a file or a folder of the record is refused in words, never followed or waited for', () => {
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 240_000 });
  const lines = stdout.trimEnd().split('\n');
  const wrong = lines.flatMap((line, at) =>
    line.startsWith('  ')
      ? `${lines.slice(0, at).findLast((one) => !one.startsWith(' '))}${line}`
      : [],
  );
  expect(wrong).toEqual([]);
  // Where it is not the last line, the one before says where it was waiting.
  expect(lines.at(-1)).toMatch(/^\d\d places$/);
}, 300_000);
