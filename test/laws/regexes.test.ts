import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.dirname(path.dirname(import.meta.dirname));

test('every regular expression of the house is linear, or its text is bounded and says by what', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'scripts/regexes.ts'), '--check'],
    { cwd: root, encoding: 'utf8' },
  );
  expect(`${stdout}${stderr}`).toBe('');
}, 600_000);
