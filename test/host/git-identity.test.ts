import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainGitUser } from '../../src/host/git-identity.ts';

let home = '';
let folder = '';

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'handrail-who-'));
  folder = path.join(home, 'ops');
  mkdirSync(folder);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const env = (more: Readonly<Record<string, string>> = {}) => ({
  HOME: home,
  PATH: process.env['PATH'] ?? '',
  ...more,
});

/** What git says of it. */
function asked(word: string, more: Readonly<Record<string, string>> = {}): string {
  const { stdout } = spawnSync('git', ['config', '-z', '--get', `user.${word}`], {
    cwd: folder,
    env: env(more),
    encoding: 'utf8',
  });
  return stdout.replace(/\0$/, '');
}

const LINES = [
  '[user]',
  '[User]',
  '[user "other"]',
  '[user.other]',
  '[core]',
  '[include]',
  '[alias] st = status',
  '# of mine \\',
  '; of mine',
  '',
  '  name = Ada Lovelace',
  '\tEmail = ada@example.org',
  'name=Grace',
  'email =  grace@example.org  ',
  'name = "Ada  B."',
  'name = Ada # not Byron',
  'name = Ada\\',
  'name = A\u00a0',
  'email',
  'email =',
  'pager = less "-R" \\',
  'pager = cat ; all',
  'a.b = c',
  'name\t= Tab',
  'path = other',
];

test('whoever it names is whom git names, whatever stands in the files', () => {
  let told = 0;
  const file = fc.array(fc.constantFrom(...LINES), { maxLength: 3 });
  fc.assert(
    fc.property(file, file, fc.constantFrom('\n', '\n', '\r\n'), (own, common, end) => {
      writeFileSync(path.join(home, '.gitconfig'), `[user]\n${own.join(end)}${end}`);
      mkdirSync(path.join(home, '.config/git'), { recursive: true });
      writeFileSync(path.join(home, '.config/git/config'), common.join(end));
      const user = plainGitUser(folder, env());
      if (user === undefined) return;
      told += 1;
      expect(user).toEqual({ name: asked('name'), email: asked('email') });
    }),
    { numRuns: 150 },
  );
  expect(told).toBeGreaterThan(5);
});

test('names somebody where the settings of the person are plain', () => {
  const text =
    '[core]\n\tpager = less -R\n[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n';
  writeFileSync(path.join(home, '.gitconfig'), text);
  expect(plainGitUser(folder, env())).toEqual({ name: 'Ada Lovelace', email: 'ada@example.org' });
});

test.each([
  ['a variable says where the settings are', { GIT_CONFIG_GLOBAL: '/dev/null' }],
  ['a variable holds settings', { GIT_CONFIG_COUNT: '1' }],
  ['a variable says where the repository is', { GIT_DIR: '/x' }],
  ['nobody is at home', { HOME: '' }],
])('leaves it to git where %s', (_, more) => {
  writeFileSync(path.join(home, '.gitconfig'), '[user]\nname = Ada\nemail = a@example.org\n');
  expect(plainGitUser(folder, env(more))).toBeUndefined();
});

test.each(['.git', 'HEAD'])('leaves it to git where %s stands above', (name) => {
  writeFileSync(path.join(home, '.gitconfig'), '[user]\nname = Ada\nemail = a@example.org\n');
  mkdirSync(path.join(home, name));
  expect(plainGitUser(folder, env())).toBeUndefined();
});

test('leaves settings that are a pipe or a folder to git', () => {
  mkdirSync(path.join(home, '.gitconfig'));
  expect(plainGitUser(folder, env())).toBeUndefined();
});
