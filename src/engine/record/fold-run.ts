import type { StoredEvent } from '../model/event.ts';
import { outcomeFacts, type RunOutcome } from '../model/outcome.ts';
import type { AttemptReport, Remark, RunReport, StepReport } from '../model/report.ts';
import { foldSteps } from './fold-steps.ts';

type Of<Type extends StoredEvent['type']> = Extract<StoredEvent, { type: Type }>;

/** Takes a run's events one by one and says what they come to. */
export interface RunFold {
  take(event: StoredEvent): void;
  /** `undefined` before `run.started`. */
  report(): RunReport | undefined;
}

/** What is known of how the run stands. */
interface Standing {
  outcome: RunOutcome;
  why: string | null;
  exitCode: number | null;
  rolledBack: readonly string[];
  rollbackLeft: readonly string[];
  durationMs: number | null;
  endedAt: string | null;
  waitingFor: RunReport['waitingFor'];
  seal: RunReport['seal'];
  findings: RunReport['findings'];
}

const OPEN: Omit<Standing, 'findings'> = {
  outcome: 'interrupted',
  why: null,
  exitCode: null,
  rolledBack: [],
  rollbackLeft: [],
  durationMs: null,
  endedAt: null,
  waitingFor: null,
  seal: null,
};

/** Begins a fold. */
export function foldRun(): RunFold {
  let started: Of<'run.started'> | undefined;
  let standing: Standing = { ...OPEN, findings: [] };
  let attempts = 1;
  const legs = legTimes();
  let eventCount = 0;
  let lastEventAt = '';
  const resumes: Of<'run.resumed'>[] = [];
  const inputs: Of<'input.bound'>[] = [];
  const conditions: Of<'condition.decided'>[] = [];
  const remarks: Remark[] = [];
  const steps = foldSteps();

  const takeRun = (event: StoredEvent): void => {
    switch (event.type) {
      case 'run.started':
        started = event;
        steps.begin(event.steps);
        break;
      case 'run.resumed':
        attempts = event.attempt;
        resumes.push(event);
        steps.interrupt();
        if (event.steps !== undefined) steps.again(event.steps);
        standing = { ...OPEN, findings: standing.findings };
        break;
      case 'run.waiting':
        standing.waitingFor = {
          stepId: event.stepId,
          why: event.why,
          ...(event.second === undefined ? {} : { second: event.second }),
        };
        break;
      case 'run.finished':
        standing = finished(standing, event);
        break;
      case 'run.sealed':
        standing.seal = { events: event.events, head: event.head };
        break;
      case 'input.bound':
        inputs.push(event);
        break;
      case 'condition.decided':
        conditions.push(event);
        break;
      default:
    }
  };
  return {
    take(event) {
      eventCount += 1;
      lastEventAt = event.at;
      legs.take(event);
      if (event.type !== 'run.sealed') standing.seal = null;
      takeRun(event);
      steps.take(event);
      const remark = remarkOf(event);
      if (remark !== undefined) remarks.push(remark);
    },
    report() {
      if (started === undefined) return undefined;
      const reports = steps.reports();
      const { endedAt } = standing;
      return {
        run: started.run,
        started,
        startedAt: started.at,
        ...standing,
        exceptions: standing.outcome === 'passed' ? exceptionsOf(reports) : [],
        durationMs: standing.durationMs === null ? null : legs.totalMs(),
        spanMs: endedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(started.at)),
        attempts,
        resumes,
        inputs,
        conditions,
        steps: reports,
        remarks,
        lastEventAt,
        eventCount,
      };
    },
  };
}

/** The time worked in each leg of a run: what its end says, else the time of its last event. */
function legTimes(): { take(event: StoredEvent): void; totalMs(): number } {
  let beforeMs = 0;
  let legMs = 0;
  return {
    take(event) {
      if (event.type === 'run.resumed') {
        beforeMs += legMs;
        legMs = 0;
      }
      if (event.type === 'run.finished') legMs = event.durationMs;
      else if (event.type !== 'run.sealed') legMs = Math.max(legMs, event.monoMs);
    },
    totalMs: () => Math.round(beforeMs + legMs),
  };
}

/** Skips that the runbook itself asks for are none. */
const BY_THE_BOOK: ReadonlySet<string> = new Set(['runbook', 'probe']);

/** What of an attempt says whether a failure was the last word on its step. */
export type Tried = Pick<AttemptReport, 'attempt' | 'outcome' | 'text' | 'probe'>;

/** What of a step says whether it is a clean pass. */
export type StepStanding = Pick<StepReport, 'id' | 'own' | 'outcome' | 'by'> & {
  readonly attempts: readonly Tried[];
};

/** Steps that make of a passed run one with exceptions. */
export function exceptionsOf(steps: readonly StepStanding[]): readonly string[] {
  return steps
    .filter(({ own, outcome, by, attempts }) => {
      if (own || outcome === null) return false;
      if (outcome === 'skipped') return !BY_THE_BOOK.has(by ?? '');
      return outcomeFacts(outcome).clean !== true || isOverruled(attempts);
    })
    .map(({ id }) => id);
}

/**
 * What ran last failed and never passed as it stood: somebody took it as done, accepted the difference, went on behind the
 * line that failed or ran something else in its place. Failures before a resume are no longer the last word.
 */
function isOverruled(attempts: readonly Tried[]): boolean {
  const ran = attempts.filter(counts);
  const leg = ran.at(-1)?.attempt;
  return ran.some(
    ({ attempt, outcome, text }, at) =>
      attempt === leg &&
      (outcome === 'failed' || outcome === 'timed-out') &&
      !ran.slice(at + 1).some((later) => later.outcome === 'passed' && later.text === text),
  );
}

/** Attempts at a step with one more; those that `exceptionsOf` no longer needs are let go of. */
export function withAttempt(attempts: readonly Tried[], next: Tried): readonly Tried[] {
  if (!counts(next)) return attempts;
  const open = attempts.filter(
    ({ attempt, text }) => attempt === next.attempt && text !== next.text,
  );
  return [...open, next];
}

/** A probe is none, nor is a person's word. */
const counts = ({ probe, text }: Tried): boolean => !probe && text !== '';

function finished(standing: Standing, event: Of<'run.finished'>): Standing {
  return {
    ...standing,
    outcome: event.outcome,
    why: event.why ?? null,
    exitCode: event.exitCode,
    rolledBack: event.rolledBack ?? [],
    rollbackLeft: event.rollbackLeft ?? [],
    durationMs: event.durationMs,
    endedAt: event.at,
    findings: event.findings ?? standing.findings,
    waitingFor: event.outcome === 'waiting' ? standing.waitingFor : null,
  };
}

function remarkOf(event: StoredEvent): Remark | undefined {
  switch (event.type) {
    case 'note.added':
    case 'deviation.recorded':
    case 'approval.granted':
    case 'approval.refused':
    case 'request.received':
    case 'cancel.received':
    case 'condition.decided':
    case 'lock.busy':
    case 'notification.sent':
    case 'notification.failed':
    case 'clock.jumped': {
      const stepId = 'stepId' in event ? (event.stepId ?? null) : null;
      return { seq: event.seq, at: event.at, stepId, event };
    }
    default:
      return undefined;
  }
}
