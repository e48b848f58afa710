import type { Diagnostic } from './model/diagnostic.ts';
import { HandrailError } from './model/errors.ts';
import type { BoundInput, Plan, RunRequest } from './model/plan.ts';
import type { RunReport } from './model/report.ts';
import type { ConditionDecision } from './model/step-condition.ts';
import { changesSince, type StepChange } from './resuming/changes.ts';
import { type KeptState, readKeptState } from './running/carried.ts';

/** Outcomes that a run goes on from. */
const RESUMABLE: ReadonlySet<RunReport['outcome']> = new Set([
  'interrupted',
  'waiting',
  'failed',
  'timed-out',
  'cancelled',
]);

/** Whether there is anything to go on with. */
export function isResumable({ outcome, steps }: RunReport): boolean {
  return RESUMABLE.has(outcome) && steps.length > 0;
}

/** Throws RUN_NOT_RESUMABLE with the reason, when a run is over or never was. */
export function refuseResume(report: RunReport): void {
  if (isResumable(report)) return;
  const whys: Readonly<Record<string, string>> = {
    passed: 'it passed: nothing is left to do',
    refused: 'preflight refused it: mend what it found, and run the runbook anew',
    skipped: 'it never began: the lock was held. Run the runbook anew',
    abandoned: 'it was abandoned',
    running: 'it is running',
  };
  const why = whys[report.outcome] ?? `it is ${report.outcome}`;
  throw new HandrailError('RUN_NOT_RESUMABLE', {
    message: `Run ${report.run} cannot be resumed: ${why}.`,
  });
}

/** The request of a run as it was recorded, with what is given anew; values are not recorded in it. */
export function requestAgain(
  report: RunReport,
  again: Pick<RunRequest, 'attended' | 'inputs' | 'approve' | 'holds' | 'not'>,
): RunRequest {
  const recorded = report.started.request;
  const list = (name: string): readonly string[] => {
    const value = recorded[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const text = (name: string): string | null => {
    const value = recorded[name];
    return typeof value === 'string' ? value : null;
  };
  const timeoutMs = recorded['timeoutMs'];
  return {
    procedures: list('procedures'),
    all: recorded['all'] === true,
    steps: list('steps'),
    from: text('from'),
    to: text('to'),
    tags: list('tags'),
    inputs: again.inputs,
    attended: again.attended,
    approve: [...list('approve'), ...again.approve],
    holds: [...again.holds, ...without(list('holds'), again.not)],
    not: [...again.not, ...without(list('not'), again.holds)],
    timeoutMs: typeof timeoutMs === 'number' ? timeoutMs : null,
    reason: text('reason'),
    ticket: text('ticket'),
    incident: text('incident'),
  };
}

const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  names.filter((name) => !others.includes(name));

/** What the run's log holds about conditions, as it was decided last. */
export function recordedDecisions({ conditions }: RunReport): readonly ConditionDecision[] {
  const decisions = conditions.map(({ condition, holds, by, why }) => ({
    condition,
    holds,
    by,
    why,
  }));
  return [...new Map(decisions.map((one) => [one.condition, one])).values()];
}

/** Values that the run's log holds, as they were bound last: everything but secrets. */
export function recordedValues(report: RunReport): readonly BoundInput[] {
  const values = new Map<string, BoundInput>();
  for (const { name, value, source, secret } of report.inputs)
    if (value !== undefined) values.set(name, { name, value, source, secret });
  return [...values.values()];
}

/** What the runbook's changes mean for going on. */
export interface Changed {
  readonly changes: readonly StepChange[];
  readonly findings: readonly Diagnostic[];
  /** Whether a person has to say that the run may go on all the same. */
  readonly refuses: boolean;
}

/**
 * Compares the plan of the text that ran with the plan of the text as it is now. Changes behind the cursor
 * warn, changes at it or in the order need `--force`; what comes after is simply run as it is now.
 */
export function changedSince(before: Plan, now: Plan, report: RunReport): Changed {
  const changes = changesSince(before, now, report);
  const refusing = changes.filter(({ where, what }) => where === 'at' || what === 'moved');
  const findings = changes
    .filter(({ where, what }) => where !== 'after' || what === 'moved')
    .map(
      (change): Diagnostic => ({
        rule: 'changed-runbook',
        severity: refusing.includes(change) ? 'error' : 'warning',
        line: change.line,
        column: 1,
        message: `Step \`${change.id}\` was ${change.what} since this run began (${change.where} the step to go on with).`,
      }),
    );
  return { changes, findings, refuses: refusing.length > 0 };
}

/** Of the two kept states, the later one whose attempt has its end in the log. */
export function stateToGoOnWith(
  texts: readonly (string | undefined)[],
  report: RunReport,
): { readonly state: KeptState; readonly slot: number } | null {
  const order = endedAttempts(report);
  let best: { readonly state: KeptState; readonly slot: number; readonly seq: number } | null =
    null;
  for (const [slot, text] of texts.entries()) {
    const state = text === undefined ? null : readKeptState(text);
    if (state === null) continue;
    const seq = order.get(`${state.after.stepId}#${state.after.try}`);
    if (seq !== undefined && (best === null || seq > best.seq)) best = { state, slot, seq };
  }
  return best;
}

function endedAttempts({ steps }: RunReport): ReadonlyMap<string, number> {
  const ended = new Map<string, number>();
  for (const { id, attempts } of steps)
    for (const { try: number, finishedAt, seq } of attempts)
      if (finishedAt !== null) ended.set(`${id}#${number}`, seq);
  return ended;
}
