/** Effects that an author may state. */
export const STATED_EFFECTS = ['none', 'reads', 'writes', 'destroys'] as const;

/** What a step does to the world. `asks` is a step that a person carries out or answers. */
export const EFFECTS = [...STATED_EFFECTS, 'asks'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Who carries out what has this effect. Where there is a plan, `planned.by` says it. */
export const carriedOutBy = (effect: Effect): 'person' | 'machine' =>
  effect === 'asks' ? 'person' : 'machine';
