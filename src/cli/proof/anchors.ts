import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import {
  type Checkpoint,
  checkpointText,
  originOf,
  readCheckpoints,
  stands,
} from '../../engine/record/anchor.ts';
import { CHAIN } from '../../engine/record/files.ts';
import { type Verdict, verdict } from '../../engine/record/verdict.ts';
import type { Ledger } from '../../engine/record/verify.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** What anchors are checked with. */
interface Against {
  readonly ledger: Ledger;
  /** Whose signatures are demanded; `null`: nobody's. */
  readonly signers: string | null;
  readonly nowMs: number;
}

/** The verdict of the anchors that `--git` or `--file` names; `null`: none are asked for. Throws USAGE, UNREACHABLE or ANCHORS_NOT_FOUND. */
export async function anchorsVerdict(
  invocation: Invocation,
  context: Pick<CliContext, 'cwd' | 'env'>,
  against: Against,
): Promise<Verdict | null> {
  const remote = gitRemote(invocation);
  const file = invocation.text('file');
  if (!invocation.flag('anchors')) {
    if (remote === null && file === undefined) return null;
    throw usage('`--git` and `--file` say where anchors stand. Say `--anchors` with them.');
  }
  if ((remote === null) === (file === undefined))
    throw usage('`--anchors` needs one place to read them from: `--git REMOTE` or `--file FILE`.');
  const host = anchorHost(invocation);
  const all =
    remote === null
      ? await inFile(path.resolve(context.cwd, file ?? ''))
      : await (await import('../../host/anchor-branch.ts')).fetchAnchors({
          remote,
          host,
          ...context,
        });
  const own = all.filter(({ origin }) => origin === originOf(host));
  if (own.length === 0) throw none(remote ?? file ?? '', host, all);
  return verifyAnchors(own, against);
}

/** Says whether every anchor still stands in the chain of all runs, and what no anchor vouches for yet. */
export async function verifyAnchors(
  anchors: readonly Checkpoint[],
  { ledger, signers, nowMs }: Against,
): Promise<Verdict> {
  const lines = ledger.end.size;
  const signed = signers === null ? null : (one: Checkpoint) => signerOf(one, signers);
  for (const [index, anchor] of anchors.entries()) {
    if (stands(anchor, ledger)) continue;
    // What strangers wrote there is no proof of anything.
    if (signed !== null && (await signed(anchor)) === null) continue;
    return rewritten(anchors, index, ledger);
  }
  const standing = anchors
    .filter((anchor) => stands(anchor, ledger))
    .toSorted((one, other) => other.size - one.size);
  const vouched = signed === null ? { anchor: standing[0] } : await firstSigned(standing, signed);
  if (vouched?.anchor === undefined)
    return verdict('signature', lines, 'no anchor is signed by an allowed signer');
  const count = standing.length === 1 ? '1 anchor stands' : `${standing.length} anchors stand`;
  const by = 'signer' in vouched ? `, signed by ${vouched.signer}` : '';
  const strangers = anchors.length - standing.length;
  const others = strangers === 0 ? '' : `, ${strangers} that no allowed signer signed left out`;
  const message = `${count}${by}${others}; ${unseen(vouched.anchor, ledger, nowMs)}`;
  return verdict('sound', lines, message);
}

async function firstSigned(
  newestFirst: readonly Checkpoint[],
  signed: (one: Checkpoint) => Promise<string | null>,
): Promise<{ readonly anchor: Checkpoint; readonly signer: string } | null> {
  for (const anchor of newestFirst) {
    const signer = await signed(anchor);
    if (signer !== null) return { anchor, signer };
  }
  return null;
}

/** Since when a rewriting could be unseen: what is behind the newest anchor. */
function unseen(newest: Checkpoint, { end, entries }: Ledger, nowMs: number): string {
  const since = newest.at ?? entries[newest.size - 1]?.at ?? null;
  const ago =
    since === null
      ? ''
      : ` (${since}, ${formatDuration(Math.max(0, nowMs - Date.parse(since)))} ago)`;
  const behind = end.size - newest.size;
  const what =
    behind === 0
      ? 'nothing is behind it'
      : `the ${behind} ${behind === 1 ? 'line' : 'lines'} behind it could be written anew unseen`;
  return `the newest is of line ${newest.size}${ago}, ${what}`;
}

function rewritten(anchors: readonly Checkpoint[], index: number, ledger: Ledger): Verdict {
  const { size = 0, at = null } = anchors[index] ?? {};
  const good = anchors
    .filter((anchor) => stands(anchor, ledger))
    .reduce((most, anchor) => Math.max(most, anchor.size), 0);
  const when = at === null ? '' : ` of ${at}`;
  const how =
    size > ledger.end.size
      ? `${CHAIN} had ${size} lines then, and has ${ledger.end.size}`
      : `${CHAIN} was another up to line ${size}`;
  const rest = good === 0 ? 'no anchor stands' : `what was anchored up to line ${good} stands`;
  const message = `rewritten since anchor ${index + 1}${when}: ${how}; ${rest}`;
  return verdict('rewritten', ledger.end.size, message, good + 1);
}

async function signerOf(anchor: Checkpoint, signers: string): Promise<string | null> {
  if (anchor.signature === null) return null;
  const { sshVerify } = await import('../../host/ssh-signature.ts');
  const text = checkpointText(anchor);
  const found = await sshVerify(text, anchor.signature, ANCHOR_NAMESPACE, signers);
  return found.verdict === 'good' ? found.signer : null;
}

async function inFile(file: string): Promise<readonly Checkpoint[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const message = `\`${file}\` cannot be read (${error.code}). Give a file of checkpoints with --file.`;
    throw new HandrailError('ANCHORS_NOT_FOUND', { message });
  });
  return readCheckpoints(text);
}

function none(where: string, host: string, all: readonly Checkpoint[]): HandrailError {
  const others = [...new Set(all.map(({ origin }) => origin))].slice(0, 3).join(', ');
  const has = others === '' ? '' : `; it has some of ${others}`;
  const message = `There is no anchor of ${originOf(host)} in \`${where}\`${has}. \`handrail anchor\` makes one; --host says under which name.`;
  return new HandrailError('ANCHORS_NOT_FOUND', { message });
}

function usage(message: string): HandrailError {
  return new HandrailError('USAGE', { message });
}

/** Namespace of the signatures of checkpoints: one made for something else does not count. */
export const ANCHOR_NAMESPACE = 'handrail-anchor';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/;

/** The name that a host's chain is anchored under: `--host`, else its own. Throws USAGE. */
export function anchorHost(invocation: Invocation): string {
  const host = invocation.text('host') ?? hostname();
  if (NAME.test(host) && !host.includes('..') && !/(?:\.|\.lock)$/.test(host)) return host;
  const message = `\`${host}\` cannot be the name of a branch. Give a name of letters, digits, dots and dashes with --host.`;
  throw new HandrailError('USAGE', { message });
}

/** The git remote of `--git`, `null` when none is named. Throws USAGE. */
export function gitRemote(invocation: Invocation): string | null {
  const remote = invocation.text('git') ?? null;
  if (remote !== null && /^(?:-|$)/.test(remote)) {
    const message = `\`--git ${remote}\` names no git remote. Give a path, an address or a remote's name.`;
    throw new HandrailError('USAGE', { message });
  }
  return remote;
}
