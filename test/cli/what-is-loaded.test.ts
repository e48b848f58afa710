import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLUSTERS } from '../../src/engine/programs/families/clusters.ts';
import { german } from '../../src/engine/reading/languages/german.ts';
import { handrail } from '../support/handrail.ts';

let cache = '';

beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'handrail-loaded-'));
});

afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** The files of the program that a command loads for a page that was read before. */
async function filesOf(args: readonly string[], runbook: string): Promise<readonly string[]> {
  const env = { XDG_CACHE_HOME: cache };
  const { folder } = await handrail({ runbook, args, env });
  const code = path.join(cache, 'handrail/code');
  rmSync(code, { recursive: true });
  expect(await handrail({ folder, args, env })).toMatchObject({ exitCode: 0, stderr: '' });
  return readdirSync(code).map((name) => name.replace(/\.cjs-.*/, '.cjs'));
}

/** The same without their hashes. */
async function loadedBy(args: readonly string[], runbook: string): Promise<readonly string[]> {
  const files = await filesOf(args, runbook);
  return files.map((name) => name.replace(/-[\w-]{8}\.cjs$/, '')).toSorted();
}

const PAGE = '# Disk\n\n1. Look\n\n   ```bash\n   df .\n   ```\n';

test.each([
  ['run', ['run', '{file}', '--unattended'], ['check', 'main', 'page', 'rolldown-runtime', 'run']],
  ['check', ['check', '{file}'], ['main', 'page', 'rolldown-runtime']],
  ['show', ['show', '{file}'], ['main', 'page', 'rolldown-runtime']],
  ['list', ['list', '{file}'], ['main', 'page', 'rolldown-runtime']],
])('`%s` of a page that was read before loads nothing that reads pages', async (_, args, parts) => {
  expect(await loadedBy(args, PAGE)).toEqual(parts);
});

test('a run of a part of a page asks for its inputs, and for nothing that reads pages', async () => {
  const run = ['run', '{file}#disk', '--unattended'];
  const parts = ['check', 'inputs', 'main', 'page', 'rolldown-runtime', 'run'];
  const others = '\n## Memory\n\n1. Look\n\n   ```bash\n   free\n   ```\n';
  expect(await loadedBy(run, `# Host\n\n#${PAGE}${others}`)).toEqual(parts);
});

test('how shell is understood is loaded once a value has to go into it', async () => {
  const page = '# Disk\n\n1. Look\n\n   ```bash\n   df {{where}}\n   ```\n';
  const run = ['run', '{file}', '--unattended', '--input', 'where=.'];
  expect(await loadedBy(run, page)).toContain('shell');
});

/** A few words of each, which stand in the built program as they do here. */
const TELLING: Readonly<Record<string, string>> = {
  'words of languages': german.common.split(/\s+/).slice(0, 4).join(' '),
  'what programs do': String(CLUSTERS[0]?.names).split(/\s+/).slice(0, 2).join(' '),
};

test.each([
  ['run', ['run', '{file}', '--unattended'], []],
  ['check', ['check', '{file}'], []],
  ['show', ['show', '{file}'], []],
  [
    'run of a page with a value',
    ['run', '{file}', '--unattended', '--input', 'where=.'],
    ['what programs do'],
  ],
])(
  'of all that is known of languages and programs, `%s` loads what it asks',
  async (_, args, told) => {
    const page = args.includes('--input') ? PAGE.replace('df .', 'df {{where}}') : PAGE;
    const texts = (await filesOf(args, page)).map((name) =>
      readFileSync(path.join(import.meta.dirname, '../../dist', name), 'utf8'),
    );
    const found = Object.keys(TELLING).filter((what) =>
      texts.some((text) => text.includes(TELLING[what] ?? '')),
    );
    expect(found).toEqual(told);
  },
);

test.each([
  ['a small page', PAGE],
  [
    'a page of some 20 KB',
    `${PAGE}${'\nMore is said of it, and nothing is to be done.\n'.repeat(400)}`,
  ],
])('a run of %s that was read before hashes without `node:crypto`', async (_, page) => {
  const list = path.join(cache, 'modules');
  const tell = path.join(cache, 'tell.cjs');
  const told = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n')))`;
  writeFileSync(tell, told);
  const args = ['run', '{file}', '--unattended'];
  const env = { XDG_CACHE_HOME: cache };
  const { folder } = await handrail({ runbook: page, args, env });
  const again = { folder, args, env: { ...env, NODE_OPTIONS: `--require=${tell}` } };
  expect(await handrail(again)).toMatchObject({ exitCode: 0 });
  const modules = readFileSync(list, 'utf8').split('\n');
  expect(modules).toContain('NativeModule child_process');
  expect(modules.filter((name) => name.includes('crypto/'))).toEqual([]);
});
