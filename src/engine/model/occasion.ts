/** When somebody may be told: `recovery` is a success after a failure, `slow` a success far over the usual time. */
export const OCCASIONS = [
  'start',
  'success',
  'failure',
  'recovery',
  'waiting',
  'skipped',
  'slow',
] as const;
export type Occasion = (typeof OCCASIONS)[number];
