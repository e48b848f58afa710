import type { StepOutcome } from '../model/outcome.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { StepCondition } from '../model/step-condition.ts';
import type { StepResult, TerminalHandle } from './step-type.ts';

/** Where a run stands when the operator is asked. */
export interface Situation {
  readonly plan: Plan;
  readonly run: string;
  readonly planned: PlannedStep;
  /** 1-based position in the plan. */
  readonly position: number;
  /** The text as it would run, inputs filled in, secrets masked. */
  readonly text: string;
  readonly cwd: string;
  readonly elapsedMs: number;
  /** Outcomes of the steps so far, by planned id. */
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** What has to be decided before the step can be done: does it hold? `null`: nothing. */
  readonly condition: OpenCondition | null;
  /** How often this step was tried in this run. */
  readonly tries: number;
  /** Parts of its fence that need not run (again): they are behind, or their condition does not hold; from 1. */
  readonly partsBehind: readonly number[];
  /** Those of them that are left out, as their condition does not hold. */
  readonly partsLeftOut: readonly number[];
  /** The last attempt's end, when this question follows a failure. */
  readonly failure: (StepResult & { readonly durationMs: number; readonly detail: string }) | null;
}

/** A condition that nobody has decided yet. */
export interface OpenCondition {
  readonly condition: StepCondition;
  /** Those of its group with what stands under each, itself among them; itself alone where it has no group. */
  readonly alternatives: readonly {
    readonly condition: StepCondition;
    readonly under: readonly { readonly planned: PlannedStep; readonly part: number | null }[];
  }[];
}

/** What the operator decides about a step. Everything but `run` is recorded in the operator's name. */
export type Decision =
  | {
      readonly do: 'run' /** Edited text: a deviation. */;
      readonly text?: string;
      /** Why it was edited. */
      readonly why?: string;
      /** Without one, all of it, as far as the conditions of its parts are decided: whatever is behind them is asked about. */
      readonly part?: number;
      /** How it was approved, in a word, for what needs that (`planned.needsApproval`); without it the run waits. */
      readonly approval?: string;
      /** Only from this line of its text on (1-based): what stands before it has run. */
      readonly fromLine?: number;
      /** Whether it gets the person's terminal, where that is not left to the step. */
      readonly terminal?: boolean;
    }
  /** The open condition holds, or the alternative of that id is the one to be done. */
  | { readonly do: 'holds'; readonly condition?: string; readonly why?: string }
  /** The open condition does not hold; with `all` none of its alternatives is to be done. */
  | { readonly do: 'does-not-hold'; readonly why: string; readonly all?: boolean }
  /** Human steps: carried out. Commands: done by hand, with a reason. */
  | { readonly do: 'confirm'; readonly note?: string }
  | { readonly do: 'decline'; readonly why: string }
  | { readonly do: 'not-applicable'; readonly why: string }
  | { readonly do: 'skip'; readonly why: string }
  /** Another step that a person carries out, such as a later item of the same checklist, is answered before its turn. */
  | {
      readonly do: 'settle';
      readonly stepId: string;
      readonly outcome: 'confirmed' | 'not-applicable' | 'declined';
      readonly note?: string;
    }
  /** What was answered by hand is open again. */
  | { readonly do: 'reopen'; readonly stepId: string; readonly why: string }
  /** After a failure, or what was declined: it stays as it is, and the run goes on. */
  | { readonly do: 'go-on'; readonly why: string }
  /** Suspend the run until a person comes: exit 5. */
  | { readonly do: 'wait'; readonly why: string }
  /** Approval is refused: exit 77. */
  | { readonly do: 'deny'; readonly why: string }
  | { readonly do: 'jump'; readonly to: string; readonly why: string }
  | { readonly do: 'note'; readonly text: string }
  /** A command of the operator's own, in the run's shell state: a deviation. */
  | { readonly do: 'command'; readonly text: string }
  | { readonly do: 'probe' }
  | { readonly do: 'rollback'; readonly procedure: string }
  /** After a failure: leave it failed and end the run. */
  | { readonly do: 'stop' }
  /** Save and quit: the run stays resumable. */
  | { readonly do: 'quit' };

/** Whoever answers: a person at a terminal, or a policy. The engine knows neither. */
export interface Operator {
  /** Name for the record. */
  readonly name: string;
  /** Before every step, and after a failed attempt (`failure` is set then). */
  decide(situation: Situation): Promise<Decision>;
  /** The value of an input that nothing else binds; `undefined` when there is none to be had. */
  input(
    name: string,
    question: {
      readonly description: string;
      readonly secret: boolean;
      readonly choices: readonly string[];
      /** Where it is used, a line each. */
      readonly uses?: readonly string[];
    },
  ): Promise<string | undefined>;
  /** Whether a step left unknown was done; `undefined`: cannot say. */
  resolve(
    planned: PlannedStep,
  ): Promise<{ readonly outcome: 'done' | 'not-done'; readonly why: string } | undefined>;
  /** Ends the attempt that is about to start when the person asks for it (Ctrl-C); fresh for each attempt. */
  attemptSignal?(): AbortSignal;
  /** The terminal, for a step that needs one. */
  terminal(): TerminalHandle | null;
}
