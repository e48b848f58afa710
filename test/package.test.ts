import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unnamedTypes } from './support/public-types.ts';
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
  expect(brought.toSorted()).toEqual(['@lydell']);
});

test('the licences of all that is bundled stand in its notice', () => {
  const notice = readFileSync(path.join(installed, 'dist/NOTICE.txt'), 'utf8');
  for (const name of ['highlight.js', 'minisearch', 'unified', 'elkjs'])
    expect(notice).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(notice.split('\n\n').slice(0, 3).join(' ')).toContain('elkjs 0');
  const parts = notice.split(`${'-'.repeat(78)}\n`).slice(1);
  // Each says where it comes from, and brings its terms.
  const bare = parts.filter((part) => !/^.+\nLicence: .+\nhttps?:\S+\n\n[\s\S]{300}/.test(part));
  expect(bare.map((part) => part.split('\n')[0])).toEqual([]);
});

test('so do those of what is compiled into native code that is bundled', () => {
  const notice = readFileSync(path.join(installed, 'dist/NOTICE.txt'), 'utf8');
  const code = readdirSync(path.join(installed, 'dist')).filter((name) => /\.c?js$/.test(name));
  // Packed, as the build does it, or as it is.
  const native = code.filter((name) =>
    /H4sIA|\0asm/.test(readFileSync(path.join(installed, 'dist', name), 'latin1')),
  );
  expect(native).toEqual([expect.stringMatching(/^wasm-/)]);
  // Whole, as they came: what is shortened, or put in words of our own, is none of theirs.
  const terms = [
    ['libpg_query (BSD-3-Clause)', 'Lukas Fittl', 'Neither the name of pg_query'],
    ["PostgreSQL's parser", 'Regents of the University of California', 'UNIVERSITY OF CALIFORNIA'],
    ['snprintf.c', 'Eric P. Allman', 'Neither the name of the University'],
    ['Todd C. Miller', 'Permission to use, copy, modify, and distribute'],
    ['protobuf-c (BSD-2-Clause)', 'Dave Benson', 'COPYRIGHT\nOWNER OR CONTRIBUTORS'],
    ['xxHash (BSD-2-Clause)', 'Yann Collet', 'Redistributions in binary form'],
    ['Emscripten', 'Emscripten authors', 'Permission is hereby granted'],
    ['musl libc (MIT)', 'Rich Felker', 'Permission is hereby granted'],
  ];
  let at = 0;
  for (const words of terms)
    for (const one of words) {
      const next = notice.indexOf(one, at);
      expect(next, one).toBeGreaterThan(at);
      at = next;
    }
});

test.each([
  ['20.20.2', 78],
  ['22.22.1', 78],
  ['22.9.9', 78],
  ['22.22.2', 0],
  ['24.0.0', 0],
])('it is for the Node that its README names, and newer ones: %s', (version, status) => {
  const { engines } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  const pretending = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;
  const called = spawnSync(
    process.execPath,
    ['--import', pretending, path.join(installed, 'dist/handrail.js'), 'list', '.'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(called.status).toBe(status);
  if (status === 78)
    expect(called.stderr).toMatch(new RegExp(`^handrail: This is Node ${version}, and .*\\n$`));
  expect(engines.node).toBe('>=22.22.2');
  expect(readFileSync(path.join(installed, 'README.md'), 'utf8')).toContain(
    'Node 22.22.2 or newer',
  );
});

test('whoever imports it under an older Node is told in the same words', () => {
  const pretending = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"22.9.9"})`;
  const door = JSON.stringify(path.join(installed, 'dist/index.js'));
  const importing = `await import(${door}).then(Object.keys, String).then((said) => console.log(said))`;
  const args = ['--import', pretending, '--input-type=module', '-e', importing];
  const refused = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(refused).toBe('Error: This is Node 22.9.9, and handrail needs Node 22.22.2 or newer.\n');
});

test('of its files the command alone can be called', () => {
  // What earlier builds left for commands that still run may lie beside them.
  const files = new Set(['NOTICE.txt', 'index.js', 'handrail.js']);
  for (const name of files) {
    const text = readFileSync(path.join(installed, 'dist', name), 'utf8');
    for (const [file] of text.matchAll(/[\w-]{1,100}\.cjs/g))
      if (existsSync(path.join(installed, 'dist', file))) files.add(file);
  }
  const called = [...files].filter(
    (name) => statSync(path.join(installed, 'dist', name)).mode & 0o111,
  );
  expect(files.size).toBeGreaterThan(20);
  expect(called).toEqual(['handrail.js']);
});

test('every link of its README leads to a file that is in it', () => {
  const readme = readFileSync(path.join(installed, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to = '']) => to);
  const there = new Set(readdirSync(installed, { recursive: true, encoding: 'utf8' }));
  expect(links.filter((link) => !there.has(path.normalize(link)))).toEqual([]);
});

test.each([
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
])(
  'the programs of the page on the library have no error of types in the strictest project: $moduleResolution',
  (way) => {
    const consumer = path.join(folder, 'prefix/lib');
    const page = readFileSync(path.join(installed, 'docs/library.md'), 'utf8');
    const programs = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = ''], index) => {
      writeFileSync(path.join(consumer, `program-${index}.mts`), text);
      return `program-${index}.mts`;
    });
    const strictest = { strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true };
    const types = { types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')] };
    const project = {
      files: programs,
      compilerOptions: { ...way, ...strictest, ...types, target: 'es2023', noEmit: true },
    };
    writeFileSync(path.join(consumer, 'tsconfig.json'), JSON.stringify(project));
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const checked = spawnSync(process.execPath, [compiler, '-p', consumer], { encoding: 'utf8' });
    expect(programs).not.toEqual([]);
    expect(checked).toMatchObject({ stdout: '', stderr: '', status: 0 });
  },
);

/** A program of CommonJS, which asks for values and types, of a class too. */
const REQUIRING = `
import handrail = require('handrail');
import type { Decision, Operator, PreparedPlan } from 'handrail';
const { createHandrail, HandrailError, makeUnattendedOperator } = handrail;
const chat: Operator = { ...makeUnattendedOperator(), decide: async (): Promise<Decision> => ({ do: 'stop' }) };
export const world: handrail.World = { env: {}, cwd: '/', state: 'memory:', version: '1' };
export const plan = async (): Promise<PreparedPlan> => {
  const h = createHandrail(world);
  return h.prepare(await h.plan((await h.read('hello.md')).runbook), chat);
};
export const errors: handrail.HandrailError[] = [];
export const codeOf = (error: unknown): string => (error instanceof HandrailError ? error.code : '');
`;

test.each([
  ['node16', 'es2022'],
  ['node16', 'es2020'],
  ['nodenext', 'es2023'],
])('a program of CommonJS has no error of types either: %s, %s', (module, lib) => {
  const consumer = path.join(folder, 'prefix/lib');
  writeFileSync(path.join(consumer, 'required.cts'), REQUIRING);
  const types = { types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')] };
  const how = { module, moduleResolution: module, target: 'es2020', lib: [lib], noEmit: true };
  const project = { files: ['required.cts'], compilerOptions: { ...how, ...types, strict: true } };
  writeFileSync(path.join(consumer, 'tsconfig.json'), JSON.stringify(project));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const checked = spawnSync(process.execPath, [compiler, '-p', consumer], { encoding: 'utf8' });
  expect(checked).toMatchObject({ stdout: '', stderr: '', status: 0 });
});

test('every type that a signature of the library mentions can be named', () => {
  expect(unnamedTypes(path.join(installed, 'dist/types/index.d.ts'))).toEqual([]);
});

smokeTests(() => installation);
