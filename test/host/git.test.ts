import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { gitFactsOf } from '../../src/host/git.ts';

let home = '';
let page = '';

/** Runs git in the page's folder, as somebody whom no settings name. */
function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: path.dirname(page), encoding: 'utf8' }).trim();
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'git-'));
  page = path.join(home, 'ops', 'page.md');
  write(page, '# T\n');
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CONFIG_HOME', undefined);
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  return () => vi.unstubAllEnvs();
});

describe('whoever commits there', () => {
  test('is read as git reads it: outside of a repository, from the settings of the person', async () => {
    write(
      path.join(home, '.gitconfig'),
      '[user]\n  name = Ada Lovelace # not Byron\n  email = ada@example.org\n',
    );
    expect(await gitFactsOf(page)).toEqual({ identity: 'Ada Lovelace <ada@example.org>' });
  });

  test('is found in settings that are included, and where XDG_CONFIG_HOME leads', async () => {
    vi.stubEnv('XDG_CONFIG_HOME', path.join(home, 'settings'));
    write(path.join(home, 'settings/git/config'), '[include]\n  path = work\n');
    write(path.join(home, 'settings/git/work'), '[user]\n  email = ada@work.example\n');
    expect(await gitFactsOf(page)).toEqual({ identity: '<ada@work.example>' });
  });

  test('is who the repository says, also in a second work tree of it', async () => {
    write(path.join(home, '.gitconfig'), '[user]\n  name = Home\n  email = home@example.org\n');
    git('init', '--quiet');
    git('config', 'user.name', 'Work');
    git('add', '.');
    git('commit', '--quiet', '--message', 'x');
    git('worktree', 'add', '--quiet', path.join(home, 'other'));
    const commit = git('rev-parse', 'HEAD');
    const known = { commit, dirty: false, identity: 'Work <home@example.org>' };
    expect(await gitFactsOf(page)).toEqual(known);
    expect(await gitFactsOf(path.join(home, 'other/page.md'))).toEqual(known);
  });

  test('is nobody where no settings name anybody', async () => {
    expect(await gitFactsOf(page)).toEqual({});
  });
});

test('a file that differs from its commit, or that git does not know, is dirty', async () => {
  git('init', '--quiet');
  git('config', 'user.email', 'a@example.org');
  expect(await gitFactsOf(page)).not.toHaveProperty('commit');
  git('add', '.');
  git('-c', 'user.name=A', 'commit', '--quiet', '--message', 'x');
  write(page, '# Other\n');
  expect(await gitFactsOf(page)).toMatchObject({ dirty: true });
  write(path.join(home, 'ops/new.md'), '# New\n');
  expect(await gitFactsOf(path.join(home, 'ops/new.md'))).toMatchObject({ dirty: true });
});
