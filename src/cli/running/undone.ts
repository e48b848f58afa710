import type { RunEvent } from '../../engine/model/event.ts';
import type { StepOutcome } from '../../engine/model/outcome.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { withExpanded } from '../../engine/record/expanded.ts';

/** A step of the procedure that was not carried out, and why. */
export interface Undone {
  readonly title: string;
  /** `''`: the run ended before it. */
  readonly why: string;
}

/** Watches a run for steps that are not carried out. */
export function watchUndone(plan: Plan): {
  see(event: RunEvent): void;
  /**
   * Skipped, not applicable and, once the run is over, never reached; in the order of the plan. `behind`: ids of steps that
   * the run had behind it before it was gone on with.
   */
  steps(behind: ReadonlySet<string>): readonly Undone[];
  /** How those ended that came to an end. */
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** The step that a second person has to sign before the run goes on; `null`: none. */
  readonly unsigned: string | null;
} {
  const done = new Set<string>();
  const outcomes = new Map<string, StepOutcome>();
  const whys = new Map<string, string>();
  let steps: readonly { readonly id: string; readonly title: string; readonly phase: string }[] =
    plan.steps.map(({ id, phase, step: { title } }) => ({ id, phase, title }));
  let unsigned: string | null = null;
  return {
    see(event) {
      if (event.type === 'run.waiting') unsigned = event.second === undefined ? null : event.stepId;
      if (event.type === 'step.finished') outcomes.set(event.stepId, event.outcome);
      if (event.type === 'step.expanded') steps = withExpanded(steps, event, (item) => item);
      else if (event.type === 'step.skipped') whys.set(event.stepId, event.why);
      else if (event.type === 'step.finished') {
        const isLeft = event.outcome === 'skipped' || event.outcome === 'not-applicable';
        if (isLeft) whys.set(event.stepId, event.note ?? event.outcome);
        else done.add(event.stepId);
      } else if (event.type === 'step.started') whys.delete(event.stepId);
    },
    outcomes,
    get unsigned() {
      return unsigned;
    },
    steps: (behind) =>
      steps
        .filter(
          ({ id, phase }) => whys.has(id) || (phase === 'main' && !done.has(id) && !behind.has(id)),
        )
        .map(({ id, title }) => ({ title, why: whys.get(id) ?? '' })),
  };
}
