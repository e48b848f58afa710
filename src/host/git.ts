import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What git knows of a runbook's file. */
export interface GitFacts {
  readonly commit?: string;
  /** The file differs from the commit, or git does not know it. */
  readonly dirty?: boolean;
  /** `Name <address>` of whoever commits here. */
  readonly identity?: string;
}

const TIMEOUT_MS = 2000;

/** Asks git about a file, if it stands in a repository at all; no process is started otherwise. */
export async function gitFactsOf(path: string): Promise<GitFacts> {
  const root = repositoryAbove(dirname(path));
  const identity = identityIn(root);
  const known = identity === undefined ? {} : { identity };
  if (root === undefined) return known;
  const status = await git(dirname(path), [
    'status',
    '--porcelain=v2',
    '--branch',
    '--untracked-files=normal',
    '--',
    basename(path),
  ]);
  if (status === undefined) return known;
  const commit = /^# branch\.oid ([0-9a-f]{40}(?:[0-9a-f]{24})?)$/m.exec(status)?.[1];
  const dirty = status.split('\n').some((line) => line !== '' && !line.startsWith('#'));
  return { ...known, ...(commit === undefined ? {} : { commit, dirty }) };
}

/** A file's bytes as they were at a commit, branch or tag; `undefined` when it was not there or git does not know. */
export function fileAt(path: string, ref: string): Promise<string | undefined> {
  return git(dirname(path), ['show', '--end-of-options', `${ref}:./${basename(path)}`]);
}

/** When a file was last changed: by its last commit where it is as committed, else by the file's own time. */
export async function changedAtMs(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  const { commit, dirty } = await gitFactsOf(path);
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

function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['--no-optional-locks', ...args],
      { cwd, timeout: TIMEOUT_MS, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => resolve(error === null ? stdout : undefined),
    );
  });
}

function repositoryAbove(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryAbove(above);
}

/** Read from the settings themselves: a process more would cost more than all of it. */
function identityIn(root: string | undefined): string | undefined {
  const files = [
    ...(root === undefined ? [] : [join(root, '.git', 'config')]),
    join(homedir(), '.gitconfig'),
    join(homedir(), '.config', 'git', 'config'),
  ];
  for (const file of files) {
    const section = /^\[user\]\s*\n((?:[ \t].*\n?|\s*\n)*)/m.exec(read(file))?.[1] ?? '';
    const field = (key: string): string | undefined =>
      new RegExp(`^\\s*${key}\\s*=\\s*"?(.*?)"?\\s*$`, 'mi').exec(section)?.[1];
    const name = field('name');
    const email = field('email');
    if (name || email) return [name, email && `<${email}>`].filter(Boolean).join(' ');
  }
  return undefined;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
