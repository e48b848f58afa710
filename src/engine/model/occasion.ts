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

/** How a webhook wants the facts of a notice. */
export const NOTICE_FORMATS = [
  'json',
  'slack',
  'healthchecks',
  'teams',
  'pagerduty',
  'opsgenie',
] as const;
export type NoticeFormat = (typeof NOTICE_FORMATS)[number];
