import type { Plan, PlannedStep } from '../model/plan.ts';
import type { RunReport } from '../model/report.ts';

/** One step that is not what it was when the run began. */
export interface StepChange {
  readonly id: string;
  readonly what: 'edited' | 'added' | 'removed' | 'moved';
  /** Relative to the step that the run goes on with. */
  readonly where: 'before' | 'at' | 'after';
  /** Line in the text as it is now; of a removed step, where it was. */
  readonly line: number;
  readonly before: string;
  readonly now: string;
}

const SETTLED = new Set(['passed', 'confirmed', 'not-applicable', 'skipped']);

/** Compares two plans step by step, by id and content. */
export function changesSince(before: Plan, now: Plan, report: RunReport): readonly StepChange[] {
  const cursor = cursorOf(before, report);
  const at = (index: number): StepChange['where'] => {
    if (index === cursor) return 'at';
    return index < cursor ? 'before' : 'after';
  };
  const old = new Map(before.steps.map((planned, index) => [planned.id, { planned, index }]));
  const current = new Map(now.steps.map((planned) => [planned.id, planned]));
  const changes: StepChange[] = [];
  for (const { planned, index } of old.values()) {
    const twin = current.get(planned.id);
    if (twin === undefined) changes.push(change(planned, undefined, 'removed', at(index)));
    else if (contentOf(twin) !== contentOf(planned))
      changes.push(change(planned, twin, 'edited', at(index)));
  }
  let last = -1;
  for (const planned of now.steps) {
    const known = old.get(planned.id);
    if (known === undefined)
      changes.push(change(undefined, planned, 'added', last + 1 < cursor ? 'before' : 'after'));
    else if (known.index < last)
      changes.push(change(known.planned, planned, 'moved', at(known.index)));
    else last = known.index;
  }
  return changes;
}

/** Index of the first step that is still to be done. */
function cursorOf(plan: Plan, report: RunReport): number {
  const outcomes = new Map(report.steps.map(({ id, outcome }) => [id, outcome]));
  const index = plan.steps.findIndex(
    ({ id, reading }) =>
      !SETTLED.has(outcomes.get(id) ?? '') && (reading !== true || outcomes.has(id)),
  );
  return index < 0 ? plan.steps.length : index;
}

function contentOf({ step, probe }: PlannedStep): string {
  return JSON.stringify([step.type, step.text, step.annotations, probe?.text ?? '']);
}

function change(
  before: PlannedStep | undefined,
  now: PlannedStep | undefined,
  what: StepChange['what'],
  where: StepChange['where'],
): StepChange {
  const step = (now ?? before)?.step;
  return {
    id: (now ?? before)?.id ?? '',
    what,
    where,
    line: step?.line ?? 0,
    before: before?.step.text ?? '',
    now: now?.step.text ?? '',
  };
}
