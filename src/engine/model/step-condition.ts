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

/** A condition or a gate, as far as it is put into words. */
type Said = Pick<StepCondition, 'text' | 'gate' | 'group'>;

/** Inside a sentence: without a full stop of its own. */
const quotable = (text: string): string => text.replace(/\.$/, '');

/** What a person is asked: words that hold or do not, or words that let a reader go on or stop. */
export const askedOf = ({ text, gate, group }: Said): string => {
  if (gate !== undefined) return `May it go on? The page says: ${text}`;
  return group === undefined
    ? `Does this hold: ${text}`
    : `Is this to be done, of several: ${text}`;
};

/** What only a person can say: the end of "Only a person can say …", "nobody has said …". */
export const whetherWords = ({ text, gate, group }: Said): string => {
  if (gate !== undefined) return `whether to go on where the page says: "${quotable(text)}"`;
  return group === undefined
    ? `whether this holds: "${quotable(text)}"`
    : `whether this is to be done, of several: "${quotable(text)}"`;
};

/** Under what a step is done, behind the words for it: "only if: the disk is full", "past: Abort if …". */
export const conditionWords = ({ text, gate }: Said): readonly [words: string, text: string] => [
  gate === undefined ? 'only if' : 'behind',
  text,
];

/** What was decided, as a predicate: "holds", "goes on", "is to be done". */
export const decidedWords = ({
  gate,
  group,
  holds,
}: Pick<StepCondition, 'gate' | 'group'> & { readonly holds: boolean }): string => {
  if (gate !== undefined) return holds ? 'goes on' : 'stops';
  if (group !== undefined) return holds ? 'is to be done' : 'is not to be done';
  return holds ? 'holds' : 'does not hold';
};

/** Why a step under it is not done. */
export const ruledOutWords = ({ text, gate, group }: Said): string => {
  if (gate !== undefined) return `it was stopped where the page says: "${quotable(text)}"`;
  return group === undefined
    ? `its condition does not hold: "${text}"`
    : `of several ways, this one was not taken: "${text}"`;
};

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
