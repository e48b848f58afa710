import { HandrailError } from '../../engine/model/errors.ts';
import type { RunRequest } from '../../engine/model/plan.ts';
import { parseDuration } from '../../text/duration.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { givenInputs } from './given-inputs.ts';

/** What the options of `run` ask for. Throws USAGE for a value that cannot be read. */
export async function requestOf(
  invocation: Invocation,
  procedure: string | undefined,
  attended: boolean,
  { cwd }: CliContext,
  incident: string | null,
): Promise<RunRequest> {
  return {
    procedures: procedure === undefined ? [] : [procedure],
    all: invocation.flag('all'),
    steps: invocation.list('step'),
    from: invocation.text('from') ?? null,
    to: invocation.text('to') ?? null,
    tags: invocation.list('tag'),
    inputs: await givenInputs(invocation, cwd),
    attended,
    environment: invocation.text('env') ?? null,
    approve: invocation.list('approve'),
    holds: invocation.list('holds'),
    not: invocation.list('not'),
    timeoutMs: timeoutOf(invocation),
    on: hostsIn(invocation),
    keepGoing: invocation.flag('keep-going'),
    parallel: parallelOf(invocation),
    reason: invocation.text('reason') ?? null,
    ticket: invocation.text('ticket') ?? null,
    incident,
    ...signedIn(invocation),
  };
}

/** `--sign KEY`: the record keeps the wish, whoever asks for it first. */
export function signedIn(invocation: Invocation): { readonly signed?: true } {
  return invocation.text('sign') === undefined ? {} : { signed: true };
}

/**
 * `--on a,b --on c`: the hosts in their order. Throws USAGE for an empty name: where a variable was to give it, the steps would
 * run on this machine, or on fewer hosts than were meant.
 */
export function hostsIn(invocation: Invocation): readonly string[] {
  const hosts = invocation.list('on').flatMap((list) => list.split(',').map((name) => name.trim()));
  if (!hosts.includes('')) return hosts;
  const message = '`--on` has an empty name in it. Name every host, such as `--on db1,db2`.';
  throw new HandrailError('USAGE', { message });
}

/** `--parallel N`. Throws USAGE for what is no number of hosts. */
export function parallelOf(invocation: Invocation): number {
  const text = invocation.text('parallel') ?? '1';
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new HandrailError('USAGE', {
    message: `\`--parallel ${text}\` is no number of hosts from 1 to 999.`,
  });
}

function timeoutOf(invocation: Invocation): number | null {
  const text = invocation.text('timeout');
  if (text === undefined) return null;
  const timeoutMs = parseDuration(text);
  if (timeoutMs !== undefined && timeoutMs > 0) return timeoutMs;
  throw new HandrailError('USAGE', {
    message: `\`--timeout ${text}\` is no time; write one such as 90s, 30m or 1h30m.`,
  });
}
