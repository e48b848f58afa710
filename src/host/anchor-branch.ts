import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HandrailError } from '../engine/model/errors.ts';
import { type Checkpoint, readCheckpoints } from '../engine/record/anchor.ts';
import { type CommandResult, runCommand } from '../process/command.ts';
import { makeFolder } from '../stores/files/disk.ts';
import { sha256Of } from '../text/sha256.ts';

/** A branch of a git remote that takes checkpoints. */
export interface AnchorBranch {
  /** Path, URL, or the name of a remote of the repository around `cwd`. */
  readonly remote: string;
  readonly host: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a push ended: `why` is git's last word when the remote did not take it. */
export interface Pushed {
  readonly branch: string;
  /** Commits that the remote has not. */
  readonly waiting: number;
  readonly why: string | null;
}

const FILE = 'checkpoint';
const TIMEOUT_MS = 120_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** The branch that a host's checkpoints go to. */
export function branchOf(host: string): string {
  return `handrail-heads/${host}`;
}

/**
 * Commits a checkpoint in a bare repository below the state folder and pushes the branch, fast-forward only. What the
 * remote does not take waits there for the next time. Where the remote knows more, both histories are kept.
 */
export async function pushAnchor(
  note: string,
  state: string,
  where: AnchorBranch,
): Promise<Pushed> {
  const repository = path.join(state, 'anchors.git');
  const git = gitIn(repository, where);
  if (!existsSync(repository)) {
    makeFolder(repository);
    await git(['init', '--quiet', '--bare', repository]);
  }
  const branch = branchOf(where.host);
  const ref = `refs/heads/${branch}`;
  const remote = await remoteOf(where);
  const tip = await commitOf(git, ref);
  if (tip === null || (await fileOf(git, tip)) !== note) await commit(git, ref, note, [tip]);
  let pushed = await tryPush(git, remote, ref);
  // Each remote has taken its own: what one has says nothing about another.
  const theirs = `refs/anchors/${sha256Of(remote)}/${branch}`;
  if (pushed.exitCode !== 0 && (await tryFetch(git, remote, ref, theirs))) {
    const [own, known] = [await commitOf(git, ref), await commitOf(git, theirs)];
    const isBehind = own !== null && known !== null && !(await contains(git, own, known));
    if (isBehind) {
      await commit(git, ref, note, [own, known]);
      pushed = await tryPush(git, remote, ref);
    }
  }
  if (pushed.exitCode === 0) {
    await git(['update-ref', theirs, ref]);
    return { branch, waiting: 0, why: null };
  }
  const known = await commitOf(git, theirs);
  const range = known === null ? [ref] : [ref, `^${known}`];
  const waiting = Number((await git(['rev-list', '--count', ...range])).stdout);
  return { branch, waiting, why: lastLine(pushed) };
}

/** Every checkpoint of a host's branch as the remote has it now, oldest first. Throws UNREACHABLE. */
export async function fetchAnchors(where: AnchorBranch): Promise<readonly Checkpoint[]> {
  // Nothing that stands in the state folder is believed here.
  const repository = mkdtempSync(path.join(tmpdir(), 'handrail-anchors-'));
  try {
    const git = gitIn(repository, where);
    await git(['init', '--quiet', '--bare', repository]);
    const remote = await remoteOf(where);
    const ref = `refs/heads/${branchOf(where.host)}`;
    const fetched = await git(['fetch', '--quiet', '--no-tags', '--', remote, `+${ref}:${ref}`], {
      mayFail: true,
    });
    if (fetched.exitCode !== 0) throw unreachable(where, lastLine(fetched));
    const log = await git(['log', '--reverse', '--topo-order', '--format=%H %cI', ref]);
    const commits = log.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    const input = commits.map(([id]) => `${id}:${FILE}\n`).join('');
    const { stdout } = await git(['cat-file', '--batch'], { input });
    return checkpointsOf(
      stdout,
      commits.map(([, at]) => at ?? null),
    );
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

/** Reads what `git cat-file --batch` answers: a header with the length, the file, a newline; or a line `… missing`. */
function checkpointsOf(answer: string, times: readonly (string | null)[]): readonly Checkpoint[] {
  const bytes = Buffer.from(answer);
  const found: Checkpoint[] = [];
  let from = 0;
  for (const at of times) {
    const end = bytes.indexOf(10, from);
    if (end < 0) break;
    const size = / blob (\d{1,15})$/.exec(bytes.subarray(from, end).toString())?.[1];
    from = end + 1;
    if (size === undefined) continue;
    found.push(...readCheckpoints(bytes.subarray(from, from + Number(size)).toString(), at));
    from += Number(size) + 1;
  }
  return found;
}

type Git = (
  args: readonly string[],
  how?: { readonly input?: string; readonly mayFail?: boolean },
) => Promise<CommandResult>;

/** Git in a bare repository of handrail's own; repositories that the environment names are not meant. */
function gitIn(repository: string, { cwd, env, host }: AnchorBranch): Git {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || PLACES.test(name) ? [] : [[name, value] as const],
  );
  const who = { NAME: 'handrail', EMAIL: `handrail@${host}` };
  const own = Object.entries(who).flatMap(([name, value]) => [
    [`GIT_AUTHOR_${name}`, value],
    [`GIT_COMMITTER_${name}`, value],
  ]);
  const whole = { ...Object.fromEntries([...kept, ...own]), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return async (args, { input, mayFail = false } = {}) => {
    const result = await runCommand({
      program: 'git',
      args: [`--git-dir=${repository}`, ...args],
      cwd,
      env: whole,
      ...(input === undefined ? {} : { input }),
      timeoutMs: TIMEOUT_MS,
      maxOutputBytes: MOST_BYTES,
    });
    if (result.exitCode === 0 || mayFail) return result;
    const message = `\`git ${args[0]}\` failed in \`${repository}\`: ${lastLine(result)}. Nothing was anchored.`;
    throw new HandrailError('CONFIGURATION', { message });
  };
}

const PLACES =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE|PREFIX|ALTERNATE_OBJECT_DIRECTORIES)$/;

/** A remote may be named as the repository around the current folder knows it. */
async function remoteOf({ remote, cwd, env }: AnchorBranch): Promise<string> {
  if (!/^[\w.-]+$/.test(remote) || existsSync(path.resolve(cwd, remote))) return remote;
  const found = await runCommand({
    program: 'git',
    args: ['remote', 'get-url', '--', remote],
    cwd,
    env,
  });
  return found.exitCode === 0 ? found.stdout.trim() : remote;
}

async function commitOf(git: Git, ref: string): Promise<string | null> {
  const found = await git(['rev-parse', '--quiet', '--verify', `${ref}^{commit}`], {
    mayFail: true,
  });
  return found.exitCode === 0 ? found.stdout.trim() : null;
}

async function fileOf(git: Git, commitId: string): Promise<string | null> {
  const found = await git(['cat-file', 'blob', `${commitId}:${FILE}`], { mayFail: true });
  return found.exitCode === 0 ? found.stdout : null;
}

async function commit(
  git: Git,
  ref: string,
  note: string,
  parents: readonly (string | null)[],
): Promise<void> {
  const blob = (await git(['hash-object', '-w', '--stdin'], { input: note })).stdout.trim();
  const tree = (await git(['mktree'], { input: `100644 blob ${blob}\t${FILE}\n` })).stdout.trim();
  const behind = parents.flatMap((parent) => (parent === null ? [] : ['-p', parent]));
  const size = note.split('\n')[1] ?? '';
  const made = await git(['commit-tree', tree, ...behind, '-m', `Anchor line ${size}`]);
  await git(['update-ref', ref, made.stdout.trim(), parents[0] ?? '']);
}

function tryPush(git: Git, remote: string, ref: string): Promise<CommandResult> {
  return git(['push', '--quiet', '--', remote, `${ref}:${ref}`], { mayFail: true });
}

async function tryFetch(git: Git, remote: string, ref: string, into: string): Promise<boolean> {
  const args = ['fetch', '--quiet', '--no-tags', '--', remote, `+${ref}:${into}`];
  return (await git(args, { mayFail: true })).exitCode === 0;
}

async function contains(git: Git, commitId: string, older: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', older, commitId];
  return (await git(args, { mayFail: true })).exitCode === 0;
}

function lastLine({ stderr, timedOut }: CommandResult): string {
  if (timedOut) return 'its time was over';
  const lines = stderr.split('\n').filter((line) => /^(?:fatal|error|remote|ssh|\s*!)/.test(line));
  return (
    (lines[0] ?? stderr.trim().split('\n').at(-1) ?? '').trim().slice(0, 200) || 'git says no more'
  );
}

function unreachable({ remote, host }: AnchorBranch, why: string): HandrailError {
  const message = `\`${branchOf(host)}\` cannot be read at \`${remote}\`: ${why}. Give a remote that \`handrail anchor --git\` has written to, and with --host the name that was used there.`;
  return new HandrailError('UNREACHABLE', { message });
}
