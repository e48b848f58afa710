import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readTests } from '../../src/cli/testing/read-tests.ts';
import { runTest } from '../../src/cli/testing/run-test.ts';

const folder = path.join(path.dirname(path.dirname(import.meta.dirname)), 'runbooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.test.yaml'));

test.each(files)('what %s says of its runbook is so', async (name) => {
  const read = await readTests(path.join(folder, name));
  const world = { path: process.env['PATH'] ?? '', version: '0' };
  for (const one of read.tests.tests) {
    const result = await runTest(read, one, world);
    expect([result.name, result.differences]).toEqual([result.name, []]);
  }
});
