import type { RenderContext } from '../../engine/contracts/renderer.ts';
import { outcomeFacts } from '../../engine/model/outcome.ts';
import type { AttemptReport, RunReport, StepReport } from '../../engine/model/report.ts';
import { NOT_REACHED, OUTCOME_WORDS } from './outcome-words.ts';
import type { RemarkTools } from './remark-view.ts';
import type { Untrusted } from './untrusted.ts';

/** What a template is told about how a step stands, where no attempt says it. */
export interface StateView {
  readonly outcome: string;
  readonly by: Untrusted | null;
  readonly at: string | null;
  readonly why: Untrusted | null;
  readonly note: Untrusted | null;
  /** What was decided about an unknown outcome. */
  readonly resolved: boolean;
  /** An answer that a person had given, and took back. */
  readonly takenBack: boolean;
}

/** What views are made with. */
export interface ViewTools extends RemarkTools {
  readonly report: RunReport;
  readonly output: RenderContext['output'];
}

/** The attempt that says how its step ended. */
export function settledBy(step: StepReport): AttemptReport | undefined {
  const last = step.attempts.findLast((attempt) => !attempt.probe);
  return last?.outcome === step.outcome ? last : undefined;
}

/** What no attempt says: a skip, a step that was not reached, a decision about an unknown outcome. */
export function statesOf(
  step: StepReport,
  tools: ViewTools,
): readonly { readonly at: string; readonly state: StateView }[] {
  const { resolution } = step;
  const isUnknown = step.attempts.findLast((attempt) => !attempt.probe)?.outcome === 'unknown';
  const states =
    settledBy(step) || isUnknown
      ? []
      : [{ at: step.at ?? tools.report.lastEventAt, state: standing(step, tools) }];
  return resolution
    ? [
        ...states,
        { at: resolution.at, state: resolved(resolution, isAnswer(step, resolution), tools) },
      ]
    : states;
}

function standing(step: StepReport, { report, times, safe }: ViewTools): StateView {
  const { outcome } = step;
  const base = { by: null, at: null, note: null, resolved: false, takenBack: false };
  if (outcome === null && report.waitingFor?.stepId === step.id)
    return { ...base, outcome: OUTCOME_WORDS.waiting, why: safe(report.waitingFor.why) };
  if (outcome === null) return { ...base, outcome: NOT_REACHED, why: safe(whyNotReached(report)) };
  return {
    outcome: OUTCOME_WORDS[outcome],
    by: safe(step.by),
    at: step.at === null ? null : times.short(step.at),
    why: safe(step.why),
    note: safe(step.note),
    resolved: false,
    takenBack: false,
  };
}

type Resolution = NonNullable<StepReport['resolution']>;

/** What stood before it was a person's own word, and no end that nobody knew. */
function isAnswer({ attempts }: StepReport, { outcome, at }: Resolution): boolean {
  const before = attempts.findLast(
    ({ probe, finishedAt }) => !probe && finishedAt !== null && finishedAt <= at,
  );
  return (
    outcome === 'not-done' && before !== undefined && outcomeFacts(before.outcome).said === true
  );
}

function resolved(
  { outcome, by, at, why }: Resolution,
  takenBack: boolean,
  { times, safe }: ViewTools,
): StateView {
  return {
    outcome: outcome === 'done' ? 'done' : 'not done',
    by: safe(by),
    at: times.short(at),
    why: safe(why),
    note: null,
    resolved: true,
    takenBack,
  };
}

/** Why a step was not reached, as far as the run's end says it. */
function whyNotReached(report: RunReport): string {
  const stopped = report.steps.find(
    (step) =>
      (step.outcome === 'failed' || step.outcome === 'timed-out' || step.outcome === 'declined') &&
      !step.attempts.some((attempt) => attempt.handled),
  );
  switch (report.outcome) {
    case 'waiting':
      return `the run waits for a person: ${report.waitingFor?.why ?? ''}`;
    case 'interrupted':
      return 'the engine was lost before it';
    case 'running':
      return 'the run had not come to it yet';
    case 'refused':
      return `the run was refused before its first step${report.why ? `: ${report.why}` : ''}`;
    case 'skipped':
      return report.why ?? 'another run held the lock';
    default:
      return stopped
        ? `the run ended at line ${stopped.line}, ${stopped.title}`
        : (report.why ?? 'the run ended before it');
  }
}
