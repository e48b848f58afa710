import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { whenChanged } from '../../../src/cli/running/when-changed.ts';

test('it comes up as soon as it watches: what changes while one looks is told of', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-watch-'));
  const controller = new AbortController();
  let looks = 0;
  for await (const _ of whenChanged([folder], controller.signal)) {
    looks += 1;
    if (looks === 1) writeFileSync(path.join(folder, 'a.md'), '# A\n');
    else controller.abort();
  }
  expect(looks).toBe(2);
});
