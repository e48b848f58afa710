/** What a step does to the world. `asks` is a step that a person carries out or answers. */
export const EFFECTS = ['none', 'reads', 'writes', 'destroys', 'asks'] as const;
export type Effect = (typeof EFFECTS)[number];
