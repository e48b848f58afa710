import { constants } from 'node:os';
import type { LockHolder } from '../contracts/run-store.ts';
import type { RunEvent } from '../model/event.ts';
import { isError, saidBy } from '../model/guard.ts';
import { EXIT, type RunOutcome } from '../model/outcome.ts';
import { type Plan, whatRefuses } from '../model/plan.ts';
import { addressOf, rollbacksAfter } from '../planning/ways-back.ts';
import type { RunDeps, Session } from './session.ts';
import type { Verdict } from './verdict.ts';
import { holderInWords } from './wait-for-lock.ts';

type Finished = Extract<RunEvent, { type: 'run.finished' }>;
type Waiting = Extract<RunEvent, { type: 'run.waiting' }>;

const SIGNAL_NUMBERS: ReadonlyMap<unknown, number> = new Map(Object.entries(constants.signals));
const SIGNAL_BASE = 128;

/** The last events of a run, by how it came to its end. */
export function finishedEvent(plan: Plan, { clock }: Pick<RunDeps, 'clock'>, originMs: number) {
  const finished = (outcome: RunOutcome, exitCode: number, why?: string): Finished => ({
    type: 'run.finished',
    outcome,
    exitCode,
    durationMs: Math.round(clock.monoMs() - originMs),
    ...(why === undefined ? {} : { why }),
  });
  const failedAfter = (
    { rolledBack, rollbackLeft, outcomes }: Session,
    { exitCode, why, stepId }: Extract<Verdict, { go: 'failed' }>,
  ): Finished => ({
    ...finished(
      'failed',
      exitCode,
      withRollbacks(plan, why, { stepId, outcomes, done: rolledBack }),
    ),
    ...byStep(stepId),
    ...(rolledBack.size === 0 ? {} : { rolledBack: [...rolledBack] }),
    ...(rollbackLeft.size === 0 ? {} : { rollbackLeft: [...rollbackLeft] }),
  });
  return {
    refused(): Finished {
      const errors = whatRefuses(plan);
      const isUnreachable = errors.every(({ rule }) => rule === 'unreachable');
      const exitCode = isUnreachable ? EXIT.unreachable : EXIT.refused;
      const why = `preflight found ${errors.length} ${errors.length === 1 ? 'problem' : 'problems'}; nothing was run`;
      return { ...finished('refused', exitCode, why), findings: plan.findings };
    },
    locked(holder: LockHolder): Finished {
      const isFailure = plan.runbook.frontmatter.lock?.policy === 'fail';
      const why = `the lock is held by ${holderInWords(holder)}; nothing was run`;
      return finished(isFailure ? 'failed' : 'skipped', EXIT.locked, why);
    },
    broken: (error: unknown): Finished =>
      finished('failed', EXIT.internal, `not by a step, but by ${inWords(error)}`),
    waiting: ({ stepId, why, second }: Extract<Verdict, { go: 'waiting' }>): Waiting => ({
      type: 'run.waiting',
      stepId,
      why,
      ...(second === undefined ? {} : { second }),
    }),
    after(session: Session, main: Verdict, ending: Verdict): Finished {
      const { reason } = session.stop;
      if (reason?.kind === 'timeout')
        return finished('timed-out', EXIT.timedOut, "the run's time is over");
      if (reason?.kind === 'aborted') {
        const number = SIGNAL_NUMBERS.get(reason.by) ?? constants.signals.SIGTERM;
        return finished('cancelled', SIGNAL_BASE + number, endedBy(reason.by));
      }
      if (ending.go === 'waiting') return finished('waiting', ending.exitCode, ending.why);
      if (main.go === 'failed') return failedAfter(session, main);
      if (ending.go === 'failed')
        return { ...finished('failed', ending.exitCode, ending.why), ...byStep(ending.stepId) };
      return finished('passed', EXIT.passed);
    },
  };
}

function byStep(stepId: string | undefined): Pick<Finished, 'stepId'> {
  return stepId === undefined ? {} : { stepId };
}

/** What went wrong in whoever was asked, in one line. */
function inWords(error: unknown): string {
  return inLine(saidBy(error, ({ name, message }) => `${name}: ${message}`));
}

/** Who or what ended it. `abort()` without a reason says that it was aborted, and no more. */
function endedBy(reason: unknown): string {
  if (SIGNAL_NUMBERS.has(reason)) return `ended by ${reason}`;
  const said = ({ name, message }: Error): string => (name === 'AbortError' ? '' : message);
  const isWords = typeof reason === 'string' || isError(reason);
  const words = isWords ? inLine(saidBy(reason, said)) : '';
  return words === '' ? 'ended from outside' : `ended from outside: ${words}`;
}

function inLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** Which step failed, and what the run has come to by then. */
interface Failed {
  readonly stepId: string | undefined;
  readonly outcomes: Session['outcomes'];
  /** Procedures that were carried out to roll back. */
  readonly done: ReadonlySet<string>;
}

/** A failure names the way back that is still to be gone, and the one that was. */
function withRollbacks(plan: Plan, why: string, { stepId, outcomes, done }: Failed): string {
  const rollbacks = rollbacksAfter(plan, stepId, outcomes);
  const left = rollbacks.map(({ id }) => id).filter((id) => !done.has(id));
  const gone = [...done];
  const ways = left.map((id) => `\`handrail run ${addressOf(plan, id)}\``);
  return [
    left.length + gone.length === 0 ? why : why.replace(/\.$/, ''),
    ...(gone.length === 0 ? [] : [`Rolled back: ${gone.map((id) => `#${id}`).join(', ')}`]),
    ...(ways.length === 0 ? [] : [`To roll back: ${ways.join(', ')}`]),
  ].join('. ');
}
