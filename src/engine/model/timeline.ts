import * as z from 'zod/mini';

/** What an event of a timeline is about. */
export const TIMELINE_KINDS = [
  'milestone',
  'step',
  'decision',
  'observation',
  'communication',
  'action',
  'role',
  'approval',
  'deviation',
  'note',
  'system',
  'gap',
] as const;

/** Who or what acted. */
export const ACTOR_TYPES = ['human', 'engine', 'cron', 'service'] as const;

/** How exactly the time of an event is known. */
export const PRECISIONS = ['millisecond', 'second', 'minute', 'hour', 'day'] as const;

/** UTC, ISO 8601 with exactly three digits of milliseconds: text order is order of time. */
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const count = z.int().check(z.nonnegative());

/** Where the proof of an event stands. */
export const evidenceSchema = z.strictObject({
  label: z.string(),
  /** Relative to the state folder the run or incident lies in, with `/`. */
  path: z.nullable(z.string()),
  url: z.nullable(z.string()),
  /** Of the raw line when `line` is given, else of the whole file. */
  sha256: z.nullable(sha256),
  /** Counts from 1. */
  line: z.nullable(z.int().check(z.positive())),
});

/** One event of a timeline. */
export const timelineEventSchema = z.strictObject({
  /** The log's id and the line's sequence number: the same in every export. */
  id: z.string(),
  occurredAt: instant,
  /** The same instant on the clock of the timeline's zone, with its offset. */
  occurredLocal: z.string(),
  recordedAt: instant,
  endedAt: z.nullable(instant),
  precision: z.enum(PRECISIONS),
  kind: z.enum(TIMELINE_KINDS),
  title: z.string(),
  body: z.nullable(z.string()),
  /** The text of a step as it ran, secrets masked, cut at 4,000 characters. */
  command: z.nullable(z.string()),
  actor: z.strictObject({ name: z.string(), type: z.enum(ACTOR_TYPES) }),
  source: z.strictObject({
    type: z.enum(['run', 'note', 'import', 'derived']),
    run: z.nullable(z.string()),
    step: z.nullable(z.string()),
    procedure: z.nullable(z.string()),
    host: z.nullable(z.string()),
    /** The imported file's name. */
    file: z.nullable(z.string()),
  }),
  evidence: z.array(evidenceSchema),
  outcome: z.nullable(z.string()),
  exitCode: z.nullable(z.int()),
  /** Failed, and the runbook says to go on. */
  handled: z.boolean(),
  /** `detected`, `acknowledged`, `mitigated`, `resolved` or a name of one's own. */
  milestone: z.nullable(z.string()),
  /** Of an action whoever is to do it, of a role whoever has it now. */
  owner: z.nullable(z.string()),
  /** The day an action is due, `2026-11-30`. */
  due: z.nullable(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))),
  pinned: z.boolean(),
  /** `detail` is collapsed unless everything is asked for. */
  visibility: z.enum(['shown', 'detail']),
  supersedes: z.nullable(z.string()),
  supersededBy: z.nullable(z.string()),
});
export type Evidence = Readonly<z.infer<typeof evidenceSchema>>;
export type TimelineEvent = Readonly<z.infer<typeof timelineEventSchema>>;

/** A value that a metric is computed from. */
export const operandSchema = z.strictObject({
  name: z.string(),
  /** An instant, a number, or `null`: not recorded. */
  value: z.nullable(z.union([z.string(), z.number()])),
  /** The event it was taken from. */
  event: z.nullable(z.string()),
});

/** A figure with the formula and the operands it comes from. */
export const metricSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  formula: z.string(),
  operands: z.array(operandSchema),
  /** `null`: an operand was not recorded. Never 0 for want of facts. */
  value: z.nullable(z.number()),
  unit: z.enum(['ms', 'ratio', 'count']),
  /** The value as a person says it, or `not recorded`. */
  text: z.string(),
  /** What the value was to be, such as a budget, with where that stands; `null` when nothing says. */
  target: z.nullable(
    z.strictObject({
      value: z.number(),
      text: z.string(),
      where: z.string(),
      met: z.nullable(z.boolean()),
    }),
  ),
});
export type Operand = Readonly<z.infer<typeof operandSchema>>;
export type Metric = Readonly<z.infer<typeof metricSchema>>;

/** A place that two clocks tell different times about. */
export const clockDisagreementSchema = z.strictObject({
  where: z.string(),
  line: z.nullable(z.int()),
  byMs: z.number(),
  message: z.string(),
});
export type ClockDisagreement = Readonly<z.infer<typeof clockDisagreementSchema>>;

/** A log or file that a timeline was merged from, and whether it can be trusted. */
export const timelineSourceSchema = z.strictObject({
  type: z.enum(['run', 'note', 'import']),
  id: z.string(),
  path: z.string(),
  events: count,
  /** Hash of the last line (logs) or of the file (imports). */
  sha256: z.nullable(sha256),
  sealed: z.boolean(),
  /** `sound`, or what is wrong with it in a few words. */
  verdict: z.string(),
  sound: z.boolean(),
});
export type TimelineSource = Readonly<z.infer<typeof timelineSourceSchema>>;

/** A run of the timeline, in short. */
export const timelineRunSchema = z.strictObject({
  run: z.string(),
  title: z.string(),
  path: z.string(),
  sha256: z.string(),
  host: z.string(),
  actor: z.strictObject({ name: z.string(), type: z.enum(ACTOR_TYPES) }),
  startedAt: instant,
  endedAt: z.nullable(instant),
  outcome: z.string(),
  why: z.nullable(z.string()),
  exitCode: z.nullable(z.int()),
  steps: count,
  notReached: count,
  /** Of a run that passed: steps that failed and were handled, were skipped by somebody or declined. */
  exceptions: count,
});
export type TimelineRun = Readonly<z.infer<typeof timelineRunSchema>>;

/** What a reader must see first. Each list holds at most 200 events; `counts` are complete. */
export const attentionSchema = z.strictObject({
  counts: z.strictObject({
    deviations: count,
    unknown: count,
    skipped: count,
    failed: count,
    handled: count,
    notReached: count,
  }),
  events: z.array(timelineEventSchema),
});
export type Attention = Readonly<z.infer<typeof attentionSchema>>;

/** Where an incident stands: what was last said of it, or the last milestone that it reached. */
export const INCIDENT_STATES = [
  'open',
  'detected',
  'acknowledged',
  'mitigated',
  'resolved',
  'closed',
] as const;

/** Who has which role in an incident, and since when. */
export const incidentRoleSchema = z.strictObject({
  role: z.string(),
  name: z.string(),
  since: instant,
});
export type IncidentRole = Readonly<z.infer<typeof incidentRoleSchema>>;

/** How bad an incident is, with what says so: a person's word, or the heading of a procedure that ran. */
export const severitySchema = z.strictObject({
  text: z.string(),
  from: z.enum(['said', 'runbook']),
  where: z.string(),
});

/** Everything of a timeline but its events. */
export const timelineHeadSchema = z.strictObject({
  format: z.literal('handrail-timeline/1'),
  title: z.string(),
  incident: z.nullable(z.string()),
  status: z.nullable(z.enum(INCIDENT_STATES)),
  severity: z.nullable(severitySchema),
  /** Those who have one now. */
  roles: z.array(incidentRoleSchema),
  timezone: z.string(),
  /** Every text was gone through for names of people. */
  blameless: z.boolean(),
  from: z.nullable(instant),
  to: z.nullable(instant),
  /** What is left out unless everything is asked for. */
  hidden: z.strictObject({ details: count, superseded: count }),
  sources: z.array(timelineSourceSchema),
  runs: z.array(timelineRunSchema),
  metrics: z.array(metricSchema),
  attention: attentionSchema,
  clocks: z.array(clockDisagreementSchema),
});
export type TimelineHead = Readonly<z.infer<typeof timelineHeadSchema>>;

/** A whole timeline as one document. */
export const timelineSchema = z.strictObject({
  ...timelineHeadSchema.shape,
  events: z.array(timelineEventSchema),
});

/** A timeline: its head, and its events in order of time, which may be read more than once. */
export interface Timeline {
  readonly head: TimelineHead;
  /** Batches in order of time; constant memory. `collapsed` tells a row of passed steps as one event. */
  batches(options?: { readonly collapsed?: boolean }): AsyncIterable<readonly TimelineEvent[]>;
}
