import type { StoredEvent } from '../model/event.ts';
import { afterSkip, type StepOutcome } from '../model/outcome.ts';
import { areAllBehind, type PartOf, withPart } from '../model/parts.ts';
import type { AttemptReport, StepReport } from '../model/report.ts';
import { withExpanded } from './expanded.ts';

type Of<Type extends StoredEvent['type']> = Extract<StoredEvent, { type: Type }>;
type Listed = Of<'run.started'>['steps'][number];
type Open<Report> = { -readonly [Key in keyof Report]: Report[Key] };
type OpenStep = Omit<Open<StepReport>, 'attempts'> & { readonly attempts: Open<AttemptReport>[] };

/** Folds what happened to the steps of one run. */
export interface StepsFold {
  begin(steps: readonly Listed[]): void;
  /** The text was edited since: titles and lines are those of now, and new steps stand behind the others. */
  again(steps: readonly Listed[]): void;
  /** What is still running has lost its engine. */
  interrupt(): void;
  take(event: StoredEvent): void;
  reports(): readonly StepReport[];
}

/** Begins a fold. Steps outside the plan (rollbacks, the operator's commands) come after the planned ones. */
export function foldSteps(): StepsFold {
  const steps = new Map<string, OpenStep>();
  const running = new Map<string, Open<AttemptReport>>();

  const stepOf = (id: string, event: StoredEvent): OpenStep => {
    const known = steps.get(id);
    if (known !== undefined) return known;
    const step = openStep(listedFrom(id, event));
    step.own = event.type === 'step.started' && event.own === true;
    steps.set(id, step);
    return step;
  };
  const interrupt = (): void => {
    for (const [id, attempt] of running) {
      const step = steps.get(id);
      // What was said of an earlier try is not why this one has no end.
      if (step !== undefined && !attempt.probe)
        Object.assign(step, { outcome: 'unknown', by: null, note: null, why: null });
    }
    running.clear();
  };
  const start = (event: Of<'step.started'>): void => {
    const step = stepOf(event.stepId, event);
    const attempt = openAttempt(event);
    step.attempts.push(attempt);
    running.set(event.stepId, attempt);
  };
  /** Items stand where their step stood. */
  const expand = ({ stepId, steps: listed }: Of<'step.expanded'>): void => {
    const all = withExpanded([...steps.values()], { stepId, steps: listed }, openStep);
    steps.clear();
    for (const step of all) steps.set(step.id, step);
  };
  const finish = (event: Of<'step.finished'>): void => {
    const step = stepOf(event.stepId, event);
    const attempt = running.get(event.stepId);
    running.delete(event.stepId);
    if (attempt === undefined) step.attempts.push(close(openAttempt(event), event));
    else close(attempt, event);
    settle(step, event);
    if (event.probe !== true) leave(step, partLeaving(attempt, event), isBehind(event));
  };
  return {
    begin(listed) {
      for (const one of listed) steps.set(one.id, openStep(one));
    },
    again(listed) {
      for (const one of listed) {
        const known = steps.get(one.id);
        if (known === undefined) steps.set(one.id, openStep(one));
        else Object.assign(known, { title: one.title, procedure: one.procedure });
      }
    },
    interrupt,
    take(event) {
      switch (event.type) {
        case 'step.started':
          start(event);
          break;
        case 'step.finished':
          finish(event);
          break;
        case 'step.expanded':
          expand(event);
          break;
        case 'step.skipped': {
          skip(stepOf(event.stepId, event), event);
          break;
        }
        case 'step.resolved': {
          const { outcome, by, why, at } = event;
          const step = stepOf(event.stepId, event);
          step.resolution = { outcome, by, why, at };
          step.at = at;
          leave(step, event.part ?? null, outcome === 'done');
          step.outcome = afterWord(event);
          break;
        }
        default:
      }
    },
    reports() {
      interrupt();
      return [...steps.values()];
    },
  };
}

function skip(step: OpenStep, { by, at, why, condition }: Of<'step.skipped'>): void {
  const last = step.attempts.findLast(({ probe }) => !probe);
  const outcome = afterSkip(step.outcome, condition);
  if (outcome === step.outcome && last !== undefined) last.handled = true;
  Object.assign(step, { by, at, why, outcome });
}

/** How a step stands whose unknown end, or that of one part of it, somebody resolved. */
export const afterWord = (word: {
  readonly outcome?: unknown;
  readonly part?: unknown;
}): StepOutcome | null => (word.outcome === 'done' && word.part === undefined ? 'passed' : null);

/** A probe, and a part that leaves others to run, settle a step only where they say so. */
function settle(step: OpenStep, event: Of<'step.finished'>): void {
  const outcome = settledBy(event);
  if (outcome === undefined) return;
  step.outcome = outcome;
  step.at = event.at;
  step.by = event.by ?? null;
  step.note = event.note ?? null;
  step.why = outcome === 'passed' ? null : (event.why ?? null);
}

/** An attempt that need not be made again. */
const isBehind = ({ outcome, handled }: Of<'step.finished'>): boolean =>
  outcome === 'passed' || handled === true;

/** A part that passed and does not say that others are open was the last that was to be done: all of it is behind. */
const partLeaving = (
  attempt: { readonly part: PartOf | null } | undefined,
  { outcome, settles }: Of<'step.finished'>,
): PartOf | null =>
  outcome === 'passed' && settles === undefined ? null : (attempt?.part ?? null);

/** A part that is behind leaves the others; whatever is run whole, or was the last of them, leaves none. */
function leave(step: OpenStep, part: PartOf | null, isOver: boolean): void {
  if (!isOver) return;
  const behind = part === null ? null : withPart(step.parts, part);
  step.parts = behind === null || areAllBehind(behind) ? null : behind;
}

/** How a step stands after an attempt; `undefined`: as before. */
export function settledBy(event: {
  readonly outcome: StepOutcome;
  readonly probe?: boolean | undefined;
  readonly settles?: StepOutcome | null | undefined;
}): StepOutcome | null | undefined {
  if (event.settles !== undefined) return event.settles ?? (event.probe ? undefined : null);
  return event.probe ? undefined : event.outcome;
}

function openStep({ id, type, title, line, procedure, phase }: Listed): OpenStep {
  return {
    id,
    type,
    title,
    line,
    procedure,
    phase,
    own: false,
    outcome: null,
    by: null,
    at: null,
    why: null,
    note: null,
    attempts: [],
    parts: null,
    resolution: null,
  };
}

function listedFrom(id: string, event: StoredEvent): Listed {
  const started = event.type === 'step.started' ? event : undefined;
  return {
    id,
    type: started?.stepType ?? '',
    title: started?.title ?? id,
    line: started?.line ?? 0,
    procedure: '',
    phase: 'main',
  };
}

function openAttempt(event: Of<'step.started'> | Of<'step.finished'>): Open<AttemptReport> {
  return {
    try: event.try,
    attempt: event.attempt,
    startedAt: event.at,
    finishedAt: null,
    outcome: 'unknown',
    text: event.type === 'step.started' ? event.text : '',
    part: event.type === 'step.started' ? (event.part ?? null) : null,
    exitCode: null,
    signal: null,
    durationMs: null,
    output: null,
    state: null,
    expectations: [],
    warnings: [],
    why: null,
    note: null,
    handled: false,
    probe: event.probe ?? false,
    redactions: 0,
    facts: {},
    seq: event.seq,
  };
}

function close(attempt: Open<AttemptReport>, event: Of<'step.finished'>): Open<AttemptReport> {
  return Object.assign(attempt, {
    finishedAt: event.at,
    outcome: event.outcome,
    exitCode: event.exitCode ?? null,
    signal: event.signal ?? null,
    durationMs: event.durationMs,
    output: event.output ?? null,
    state: event.state ?? null,
    expectations: event.expectations ?? [],
    warnings: event.warnings ?? [],
    why: event.why ?? null,
    note: event.note ?? null,
    handled: event.handled ?? false,
    redactions: event.redactions ?? 0,
    facts: event.facts ?? {},
    seq: event.seq,
  });
}
