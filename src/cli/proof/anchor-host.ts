import { hostname } from 'node:os';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Invocation } from '../command.ts';

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
