import { spawn } from 'node:child_process';
import { isTeamUrl } from '../../stores/team/connection.ts';
import { ownCommand } from './own-command.ts';
import { teamUrlIfAny } from './team-url.ts';

/**
 * Starts the process that sends a run to the team's record. It works beside this one, holds nothing of it, and is not
 * waited for: whatever becomes of it, the run does not notice.
 */
export function startMirror(run: string, state: string, env: Env): Promise<void> {
  return startSync(['--follow', run], state, env);
}

type Env = Readonly<Record<string, string | undefined>>;

/** Starts `team sync` beside this process; a setting that cannot be read starts nothing. */
export async function startSync(more: readonly string[], state: string, env: Env): Promise<void> {
  if (isTeamUrl(state)) return;
  try {
    const url = await teamUrlIfAny(undefined, env);
    if (url === undefined) return;
    const command = [...ownCommand(), 'team', 'sync', ...more, '--state', state] as const;
    const own = { ...env, HANDRAIL_TEAM: url };
    beside([...YIELDING, ...command], own, () => beside(command, own, () => undefined));
  } catch {
    // A setting that cannot be read is told by `team status`; the outbox keeps what is not sent.
  }
}

/** On a busy machine the steps have the processors first, from the process's first moment and before each of its threads. */
const YIELDING = ['nice', '-n', '19'] as const;

function beside(
  [program, ...words]: readonly [string, ...string[]],
  env: Env,
  instead: () => void,
): void {
  const child = spawn(program, words, { detached: true, stdio: 'ignore', env });
  child.on('error', instead);
  child.unref();
}
