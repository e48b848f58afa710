import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type GitUser, plainGitUser } from './git-identity.ts';

/** What git knows of a runbook's file. */
export interface GitFacts {
  readonly commit?: string;
  /** The file differs from the commit, or git does not know it. */
  readonly dirty?: boolean;
  /** `Name <address>` of whoever commits here. */
  readonly identity?: string;
}

const TIMEOUT_MS = 2000;

/** Asks git about a file and about whoever commits there. */
export async function gitFactsOf(path: string): Promise<GitFacts> {
  const folder = dirname(path);
  const [identity, state] = await Promise.all([identityAt(folder), stateOf(path)]);
  return { ...(identity === undefined ? {} : { identity }), ...state };
}

async function stateOf(path: string): Promise<Pick<GitFacts, 'commit' | 'dirty'>> {
  if (!isInRepository(dirname(path))) return {};
  const status = await git(dirname(path), [
    'status',
    '--porcelain=v2',
    '--branch',
    '--untracked-files=normal',
    '--',
    basename(path),
  ]);
  const commit = /^# branch\.oid ([0-9a-f]{40}(?:[0-9a-f]{24})?)$/m.exec(status ?? '')?.[1];
  if (status === undefined || commit === undefined) return {};
  return { commit, dirty: status.split('\n').some((line) => line !== '' && !line.startsWith('#')) };
}

/** A file's bytes as they were at a commit, branch or tag; `undefined` when it was not there or git does not know. */
export function fileAt(path: string, ref: string): Promise<string | undefined> {
  return git(dirname(path), ['show', '--end-of-options', `${ref}:./${basename(path)}`]);
}

/**
 * A file as it was at a commit, branch or tag, by the name that it had there: git follows what was moved, in commits, in
 * the index and in the folder alone; `undefined` when it was not there or git does not know.
 */
export async function fileOnceAt(path: string, ref: string): Promise<string | undefined> {
  const here = await fileAt(path, ref);
  if (here !== undefined) return here;
  const once = (await movedSince(path, ref)) ?? (await movedInCommits(path, ref));
  return once === undefined
    ? undefined
    : git(dirname(path), ['show', '--end-of-options', `${ref}:${once}`]);
}

/** By how alike the two are. What git does not know of yet is known in an index of its own for as long as this takes. */
async function movedSince(path: string, ref: string): Promise<string | undefined> {
  const folder = dirname(path);
  const index = (
    await git(folder, ['rev-parse', '--path-format=absolute', '--git-path', 'index'])
  )?.replace(/\n$/, '');
  const room = mkdtempSync(join(tmpdir(), 'handrail-index-'));
  try {
    const own = join(room, 'index');
    if (index !== undefined && existsSync(index)) copyFileSync(index, own);
    const env = { ...process.env, GIT_INDEX_FILE: own };
    await git(folder, ['add', '--intent-to-add', '--force', '--', basename(path)], env);
    return oldNameIn(
      await git(folder, [...RENAMES, '--end-of-options', ref], env),
      await prefixed(path),
    );
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

const RENAMES = [
  'diff',
  '--no-relative',
  '--find-renames',
  '-l0',
  '--diff-filter=R',
  '--name-status',
  '-z',
];

/** Commit by commit, where between two of them it is still alike. */
async function movedInCommits(path: string, ref: string): Promise<string | undefined> {
  const commits = ['log', '--follow', '--find-renames', '--diff-filter=R', '--name-status', '-z'];
  const said = await git(dirname(path), [
    ...[...commits, '--format=', '--end-of-options', `${ref}..HEAD`],
    ...['--', basename(path)],
  ]);
  return said?.split('\0').filter(Boolean).at(-2);
}

/** Of `R100`, old name, new name, and so on, the old name of one. */
function oldNameIn(said: string | undefined, name: string): string | undefined {
  const words = said?.split('\0') ?? [];
  const at = words.findIndex((word, index) => index % 3 === 2 && word === name);
  return at < 0 ? undefined : words[at - 1];
}

/** A file's name from the top of its repository. */
async function prefixed(path: string): Promise<string> {
  const prefix = await git(dirname(path), ['rev-parse', '--show-prefix']);
  return `${prefix?.replace(/\n$/, '') ?? ''}${basename(path)}`;
}

/** When a file was last changed: by its last commit where it is as committed, else by the file's own time. */
export async function changedAtMs(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  const { commit, dirty } = await stateOf(path);
  if (commit === undefined || dirty) return mtimeMs;
  const args = ['log', '-1', '--format=%ct', '--', basename(path)];
  const seconds = Number((await git(dirname(path), args))?.trim() || Number.NaN);
  return Number.isFinite(seconds) ? Math.min(mtimeMs, seconds * 1000) : mtimeMs;
}

/** Whether git knows a commit, branch or tag of that name in the folder. */
export async function knowsRef(folder: string, ref: string): Promise<boolean> {
  const args = ['rev-parse', '--quiet', '--verify', '--end-of-options', `${ref}^{commit}`];
  return (await git(folder, args)) !== undefined;
}

// Not through the door for short commands: a run asks git at its start, and loading that costs a third of the start.
function git(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['--no-optional-locks', ...args],
      { cwd, env, timeout: TIMEOUT_MS, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => resolve(error === null ? stdout : undefined),
    );
  });
}

/** Whether a folder, or one above it, is a repository of git. */
export function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  const above = dirname(folder);
  return above !== folder && isInRepository(above);
}

/** As git itself would sign a commit there: with what its files include, and its variables. */
async function identityAt(folder: string): Promise<string | undefined> {
  const { name, email } = plainGitUser(folder, process.env) ?? (await gitUserAt(folder));
  return [name, email && `<${email}>`].filter(Boolean).join(' ') || undefined;
}

async function gitUserAt(folder: string): Promise<GitUser> {
  const said = await git(folder, ['config', '-z', '--get-regexp', '^user\\.(name|email)$']);
  const entries = (said ?? '').split('\0').map((entry) => entry.split('\n', 2));
  const last = (key: string): string => entries.findLast(([each]) => each === key)?.[1] ?? '';
  return { name: last('user.name'), email: last('user.email') };
}
