import { spawn } from 'node:child_process';
import { ownCommand } from './own-command.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * A mirror begins when a run has lasted this long, or at its end: most runs are over before it, and it would take the processors
 * of their steps. Whoever watches from elsewhere sees a line within a second all the same.
 */
const SOON_MS = 600;

/**
 * Has a process send a run to the team's record, soon. It works beside this one, holds nothing of it, and is not waited
 * for: whatever becomes of it, the run does not notice. A run that is killed before it begins is sent by the next command.
 */
export function startMirror(run: string, state: string, env: Env): void {
  const start = (): void => {
    clearTimeout(timer);
    process.off('exit', start);
    startSync(['--follow', run], state, env);
  };
  const timer = setTimeout(start, SOON_MS);
  timer.unref();
  process.once('exit', start);
}

/** Starts `team sync` beside this process, which finds the record as this one would: where none is named, it sends nothing. */
export function startSync(more: readonly string[], state: string, env: Env): void {
  const command = [...ownCommand(), 'team', 'sync', ...more, '--state', state] as const;
  if (!beside([...YIELDING, ...command], env)) beside(command, env);
}

/** On a busy machine the steps have the processors first, from the process's first moment and before each of its threads. */
const YIELDING = ['nice', '-n', '19'] as const;

/** Whether it was started, which is known at once: what is told later is not told to a process that ends. */
function beside([program, ...words]: readonly [string, ...string[]], env: Env): boolean {
  const child = spawn(program, words, { detached: true, stdio: 'ignore', env });
  child.on('error', () => undefined);
  child.unref();
  return child.pid !== undefined;
}
