/** Under what a step, or a part of one, is to be done at all. */
export interface StepCondition {
  /** Unique in the runbook and stable under edits elsewhere. What stands under the same words carries the same id. */
  readonly id: string;
  /** The page's own words. */
  readonly text: string;
  /** 1-based line on which they stand. */
  readonly line: number;
  /**
   * It stands before all that follows: `if` says when the reader goes on ("Only continue if …"), `unless` when to stop
   * ("Abort if …"). What stands under it is done where the reader goes on.
   */
  readonly gate?: 'if' | 'unless';
  /** Of alternatives: what they have in common. At most one of a group is done. */
  readonly group?: string;
  /** The condition that this one stands in. */
  readonly within?: StepCondition;
}

/** What has to hold for the steps under a condition to be done, in words. */
export const conditionWords = ({ text, gate }: Pick<StepCondition, 'text' | 'gate'>): string =>
  gate === 'unless' ? `nothing to stop for: ${text}` : text;

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
