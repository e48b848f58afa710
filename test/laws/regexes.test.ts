import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('every expression of the tree is known to be linear, or was there before the law', () => {
  const said = execFileSync(process.execPath, ['scripts/regexes.ts', '--frozen'], {
    encoding: 'utf8',
    // Its exit code says the same; what it names is what a person needs to see.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(said).toBe('');
});
