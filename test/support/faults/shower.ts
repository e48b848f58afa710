import type { StoredEvent } from '../../../src/engine/model/event.ts';
import { scene } from './scene.ts';

/** What one random kill left, and what was made of it; `null`: the run was over before the kill. */
export interface Killed {
  readonly at: string;
  /** Everything that is not as promised. */
  readonly wrong: readonly string[];
}

const SIGKILL_EXIT = 137;
const STEP_MS = 10;
/** A run changes the disk that many times. */
const MOST_WRITES = 30;
const LONGEST_MS = 260;
const UNKNOWN = 4;

/**
 * Kills a run at a moment picked by two numbers from 0 to 1: before a change of the disk, in the middle of one, or
 * after a time. Then goes on with it, the operator saying by what the step left behind whether it was done.
 */
export async function randomKill(how: number, when: number): Promise<Killed | null> {
  const on = scene('writes, without one', STEP_MS);
  const write = Math.floor(when * MOST_WRITES);
  const afterMs = Math.floor(when * LONGEST_MS);
  const half = how > 0.4 && how <= 0.7;
  const byTime = how > 0.7;
  const ended = byTime ? await on.run({}, afterMs) : await on.run({ write, half });
  if (ended.exitCode !== SIGKILL_EXIT) return null;
  const at = byTime ? `${afterMs} ms` : `write ${write}${half ? ', by half' : ''}`;
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string): void => void (holds || wrong.push(what));

  const kept = await on.events();
  expect(isBeginning(ended.printed, kept), 'an event that was printed is lost');
  const verdict = await on.verify();
  const isSealed = kept.at(-1)?.type === 'run.sealed';
  expect(verdict !== 'sound' || isSealed, 'a cut log is called sound');
  // A folder that was made and holds no event yet is known to nobody: nothing has begun.
  const isUnbegun = kept.length === 0 && verdict === 'unlisted';
  expect(
    isUnbegun || ['none', 'sound', 'unsealed', 'crash tail'].includes(verdict),
    `verify says ${verdict} of what nobody altered`,
  );
  const isOver = kept.some(({ type }) => type === 'run.finished');
  let exitCode = await on.resume();
  const wasBegun = on.starts().includes('two') || kept.some(isStartOf('two'));
  if (exitCode === UNKNOWN) {
    const unknown = (await on.events()).findLast(({ type }) => type === 'run.waiting');
    const id = unknown?.type === 'run.waiting' ? unknown.stepId : '';
    expect(kept.some(isStartOf(id)), `${id} is unknown, and was never begun`);
    const outcome = on.starts().includes(id) ? ('done' as const) : ('not-done' as const);
    exitCode = await on.resume([{ outcome, step: 'last' }]);
  }
  const isEmpty = !kept.some(({ type }) => type === 'run.started');
  if (isEmpty) expect(on.starts().length === 0, 'a step was begun by a run without a record');
  const kinds = isOver || isEmpty ? [64, 66] : [0];
  expect(kinds.includes(exitCode), `going on ended with ${exitCode}`);
  if (!isEmpty) {
    expect(on.starts().join() === 'one,two,three', `steps began as ${on.starts().join()}`);
    const last = await on.verify();
    expect(last === (isOver ? verdict : 'sound'), `verify says ${last} at last`);
  }
  expect(!wasBegun || !isEmpty, 'a step was begun before the run was recorded');
  return { at, wrong };
}

const isStartOf =
  (id: string) =>
  (event: StoredEvent): boolean =>
    event.type === 'step.started' && event.stepId === id;

/** Every event that came out is kept, in order; output is kept in pieces of its own. */
function isBeginning(printed: readonly StoredEvent[], kept: readonly StoredEvent[]): boolean {
  const types = (events: readonly StoredEvent[]): readonly string[] =>
    events
      .filter(({ type }) => type !== 'step.output' && type !== 'run.sealed')
      .map((event) => `${event.type} ${'stepId' in event ? event.stepId : ''}`);
  const all = types(kept);
  return types(printed).every((one, index) => one === all[index]);
}
