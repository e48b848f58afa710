import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smokeTests } from './support/smoke.ts';

const root = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(tmpdir(), 'handrail-package-'));
const installed = path.join(folder, 'prefix/lib/node_modules/handrail');
let said = '';

/** npm without a word of this checkout's or of the npm that runs the tests. */
function npm(...args: readonly string[]): string {
  const env = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...Object.fromEntries(env), npm_config_prefer_offline: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const installation = {
  program: [process.execPath, path.join(installed, 'dist/handrail.js')],
  folder,
} as const;

beforeAll(() => {
  execFileSync(process.execPath, [path.join(root, 'scripts/build.ts')], { stdio: 'pipe' });
  npm('pack', '--ignore-scripts', '--pack-destination', folder, root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  said = npm('install', '--global', '--prefix', path.join(folder, 'prefix'), `./${tarball}`);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball installs without a warning, and brings what it loads and nothing else', () => {
  expect(said).not.toMatch(/warn|deprecated/i);
  const brought = readdirSync(path.join(installed, 'node_modules')).filter(
    (name) => !name.startsWith('.'),
  );
  expect(brought.toSorted()).toEqual(['@lydell', '@pgsql', 'libpg-query']);
});

test('the licences of all that is bundled stand in its notice', () => {
  const notice = readFileSync(path.join(installed, 'dist/NOTICE.txt'), 'utf8');
  for (const name of ['highlight.js', 'minisearch', 'unified', 'elkjs'])
    expect(notice).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(notice.split('\n\n').slice(0, 3).join(' ')).toContain('elkjs 0');
});

test('every link of its README leads to a file that is in it', () => {
  const readme = readFileSync(path.join(installed, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to = '']) => to);
  const there = new Set(readdirSync(installed, { recursive: true, encoding: 'utf8' }));
  expect(links.filter((link) => !there.has(path.normalize(link)))).toEqual([]);
});

smokeTests(() => installation);
