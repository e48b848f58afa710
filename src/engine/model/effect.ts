/** Effects that an author may state. */
export const STATED_EFFECTS = ['none', 'reads', 'writes', 'destroys'] as const;

/** What a step does to the world. `asks` is a step that a person carries out or answers. */
export const EFFECTS = [...STATED_EFFECTS, 'asks'] as const;
export type Effect = (typeof EFFECTS)[number];

/** It leaves the world otherwise than it was: nothing of it may be done twice unasked. */
export const changesSomething = (effect: Effect): boolean =>
  effect === 'writes' || effect === 'destroys';

/** It leaves the world as it is. A step of a person (`asks`) does not say. */
export const onlyReads = (effect: Effect): boolean => effect === 'none' || effect === 'reads';

/** Who carries out what has this effect. Where there is a plan, `planned.by` says it. */
export const carriedOutBy = (effect: Effect): 'person' | 'machine' =>
  effect === 'asks' ? 'person' : 'machine';

/** What a step does to the world, by its author's word or its text. */
interface SaidEffect {
  readonly effect: Effect;
  readonly effectWhy: string;
  /** What is wrong with the author's word, where it is not believed. */
  readonly finding: { readonly message: string; readonly hint: string } | null;
  /** What speaks against the author's word, which holds all the same: "`curl` sends a POST". */
  readonly against?: string;
}

/** What a text was judged to do. `effectSure`: the text proves it. */
interface Judged {
  readonly effect: Effect;
  readonly effectWhy?: string;
  readonly effectSure?: boolean;
  readonly effectRecorded?: boolean;
}

/**
 * The author's word holds for what only may act; nobody calls reading what is sure to act. Steps of people keep their
 * effect whatever a heading hands down.
 */
export function saidEffect(said: Effect | undefined, judged: Judged, human: boolean): SaidEffect {
  const { effect, effectWhy = '', effectSure = effect === 'destroys' } = judged;
  const { effectRecorded = effectSure } = judged;
  const own = { effect, effectWhy, finding: null };
  if (human || said === undefined) return own;
  const isHarmless = onlyReads(said);
  if (!isHarmless || !changesSomething(effect) || !effectSure)
    return {
      effect: said,
      effectWhy: 'says its annotation',
      finding: null,
      ...(isHarmless && changesSomething(effect) && effectRecorded
        ? { against: effectWhy || `it ${effect}` }
        : {}),
    };
  const why = effectWhy === '' ? '' : `: ${effectWhy}`;
  return {
    ...own,
    finding: {
      message: `\`effect=${said}\` is not believed: this step ${effect}${why}.`,
      hint:
        effect === 'destroys'
          ? 'Take the annotation away; `effect=writes` says that what is taken away matters to nobody.'
          : 'Take the annotation away, or write `effect=writes`.',
    },
  };
}
