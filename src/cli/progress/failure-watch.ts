import type { RunEvent } from '../../engine/model/event.ts';
import { withExpanded } from '../../engine/record/expanded.ts';
import type { StepFailure } from './failure.ts';
import { makeTail, type Tail } from './tail.ts';
import { isPass } from './words.ts';

type Started = Extract<RunEvent, { type: 'step.started' }>;
type Finished = Extract<RunEvent, { type: 'step.finished' }>;

/** Sees a run's events and remembers what one needs to tell why it failed. */
export interface FailureWatch {
  see(event: RunEvent): void;
  /** The step that failed last and made the run fail. */
  readonly failed: StepFailure | null;
  /** `3/12`, `''` for what is not in the plan. */
  position(stepId: string): string;
}

/** What a run is going to carry out, as far as the screen wants to know. */
export interface Outline {
  readonly path: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}

/** A watch over one run. A run that is gone on with does not begin again: its outline has to be given. */
export function makeFailureWatch(outline?: Outline): FailureWatch {
  let steps = outline?.steps ?? [];
  let path = outline?.path ?? '';
  const open = new Map<string, { readonly started: Started; readonly tail: Tail }>();
  let failed: StepFailure | null = null;

  const position = (stepId: string): string => {
    const index = steps.findIndex(({ id }) => id === stepId);
    const total = String(steps.length);
    return index < 0 ? '' : `${String(index + 1).padStart(total.length)}/${total}`;
  };
  const finished = (event: Finished): void => {
    const current = open.get(event.stepId);
    open.delete(event.stepId);
    if (current && failsRun(event))
      failed = {
        finished: event,
        started: current.started,
        position: position(event.stepId).trim(),
        path,
        tail: current.tail.lines(),
        lines: current.tail.count,
      };
  };
  return {
    get failed() {
      return failed;
    },
    position,
    see(event) {
      if (event.type === 'step.expanded') steps = withExpanded(steps, event, (item) => item);
      if (event.type === 'run.started') {
        ({ steps } = event);
        ({ path } = event.runbook);
      } else if (event.type === 'step.started') {
        open.set(event.stepId, { started: event, tail: makeTail() });
      } else if (event.type === 'step.output') open.get(event.stepId)?.tail.write(event.chunk);
      else if (event.type === 'step.finished') finished(event);
    },
  };
}

function failsRun(event: Finished): boolean {
  return !isPass(event.outcome) && event.handled !== true && event.probe !== true;
}
