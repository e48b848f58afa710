import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';

let cache = '';

beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'handrail-loaded-'));
});

afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** The files of the program that a command loads for a page that was read before, without their hashes. */
async function loadedBy(args: readonly string[], runbook: string): Promise<readonly string[]> {
  const env = { XDG_CACHE_HOME: cache };
  const { folder } = await handrail({ runbook, args, env });
  const code = path.join(cache, 'handrail/code');
  rmSync(code, { recursive: true });
  expect(await handrail({ folder, args, env })).toMatchObject({ exitCode: 0, stderr: '' });
  return readdirSync(code)
    .map((name) => name.replace(/-[\w-]{8}\.cjs-.*/, ''))
    .toSorted();
}

const PAGE = '# Disk\n\n1. Look\n\n   ```bash\n   df .\n   ```\n';

test.each([
  ['run', ['run', '{file}', '--unattended'], ['check', 'main', 'page', 'rolldown-runtime', 'run']],
  ['check', ['check', '{file}'], ['check', 'main', 'page', 'rolldown-runtime']],
  ['show', ['show', '{file}'], ['main', 'page', 'rolldown-runtime']],
  ['list', ['list', '{file}'], ['main', 'page', 'rolldown-runtime']],
])('`%s` of a page that was read before loads nothing that reads pages', async (_, args, parts) => {
  expect(await loadedBy(args, PAGE)).toEqual(parts);
});

test('how shell is understood is loaded once a value has to go into it', async () => {
  const page = '# Disk\n\n1. Look\n\n   ```bash\n   df {{where}}\n   ```\n';
  const run = ['run', '{file}', '--unattended', '--input', 'where=.'];
  expect(await loadedBy(run, page)).toContain('shell');
});
