import type { StoredEvent } from '../model/event.ts';
import type { RunOutcome } from '../model/outcome.ts';
import type { Remark, RunReport } from '../model/report.ts';
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
        standing = { ...OPEN, findings: standing.findings };
        break;
      case 'run.waiting':
        standing.waitingFor = { stepId: event.stepId, why: event.why };
        break;
      case 'run.finished':
        standing = finished(standing, event);
        break;
      case 'run.abandoned':
        standing = {
          ...standing,
          outcome: 'abandoned',
          why: `${event.why} (${event.by})`,
          endedAt: event.at,
        };
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
      if (event.type !== 'run.sealed') standing.seal = null;
      takeRun(event);
      steps.take(event);
      const remark = remarkOf(event);
      if (remark !== undefined) remarks.push(remark);
    },
    report() {
      if (started === undefined) return undefined;
      return {
        run: started.run,
        started,
        startedAt: started.at,
        ...standing,
        attempts,
        resumes,
        inputs,
        conditions,
        steps: steps.reports(),
        remarks,
        lastEventAt,
        eventCount,
      };
    },
  };
}

function finished(standing: Standing, event: Of<'run.finished'>): Standing {
  return {
    ...standing,
    outcome: event.outcome,
    why: event.why ?? null,
    exitCode: event.exitCode,
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
    case 'condition.decided':
    case 'question.answered':
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
