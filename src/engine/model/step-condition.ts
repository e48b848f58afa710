/** Under what a step, or a part of one, is to be done at all. */
export interface StepCondition {
  /** Unique in the runbook and stable under edits elsewhere. What stands under the same words carries the same id. */
  readonly id: string;
  /** The page's own words. */
  readonly text: string;
  /** 1-based line on which they stand. */
  readonly line: number;
  /** Of alternatives: what they have in common. At most one of a group is done. */
  readonly group?: string;
  /** The condition that this one stands in. */
  readonly within?: StepCondition;
}

/** What was decided about a condition: by whom, and why. */
export interface ConditionDecision {
  /** Id of the condition. */
  readonly condition: string;
  readonly holds: boolean;
  readonly by: string;
  readonly why: string;
}

/** A condition with those around it, the outermost first. */
export function chainOf(condition: StepCondition | null | undefined): readonly StepCondition[] {
  const chain: StepCondition[] = [];
  for (let at = condition; at; at = at.within) chain.unshift(at);
  return chain;
}
