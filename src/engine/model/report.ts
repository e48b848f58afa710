import type { Attachment, ExpectationResult, RunEventBody, StoredEvent } from './event.ts';
import type { RunOutcome, StepOutcome } from './outcome.ts';
import type { PartOf, PartsBehind } from './parts.ts';

/** One attempt at a step. */
export interface AttemptReport {
  readonly try: number;
  /** The run's attempt it belongs to. */
  readonly attempt: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: StepOutcome;
  readonly text: string;
  /** The part of its fence that ran alone; `null`: all of it. */
  readonly part: PartOf | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number | null;
  readonly output: Attachment | null;
  /** The state that steps share, as it was kept after this attempt. */
  readonly state: Attachment | null;
  readonly expectations: readonly ExpectationResult[];
  readonly warnings: readonly string[];
  readonly why: string | null;
  /** What the person who ended it said of it. */
  readonly note: string | null;
  readonly handled: boolean;
  readonly probe: boolean;
  readonly redactions: number;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Sequence number of the event that ended it, for evidence. */
  readonly seq: number;
}

/** What happened to one step of the plan. */
export interface StepReport {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly line: number;
  readonly procedure: string;
  readonly phase: 'main' | 'cleanup';
  /** A command of the operator's own: it counts among no steps. */
  readonly own: boolean;
  /** `null`: not reached (or not yet). */
  readonly outcome: StepOutcome | null;
  readonly by: string | null;
  readonly at: string | null;
  readonly why: string | null;
  readonly note: string | null;
  readonly attempts: readonly AttemptReport[];
  /** Parts of its fence that were run one by one while others are left; `null`: it is run whole, or all of it is behind. */
  readonly parts: PartsBehind | null;
  /** What was decided when its outcome was unknown. */
  readonly resolution: {
    readonly outcome: 'done' | 'not-done';
    readonly by: string;
    readonly why: string;
    readonly at: string;
  } | null;
}

/** Something said or decided, where it happened. */
export interface Remark {
  readonly seq: number;
  readonly at: string;
  readonly stepId: string | null;
  readonly event: Extract<
    RunEventBody,
    {
      type:
        | 'note.added'
        | 'deviation.recorded'
        | 'approval.granted'
        | 'approval.refused'
        | 'request.received'
        | 'cancel.received'
        | 'condition.decided'
        | 'lock.busy'
        | 'notification.sent'
        | 'notification.failed'
        | 'clock.jumped';
    }
  >;
}

/** The run log folded for reading. Plain data. */
export interface RunReport {
  readonly run: string;
  readonly started: Extract<StoredEvent, { type: 'run.started' }>;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** `interrupted` when there is no terminal event (whether the engine still lives is the caller's question). */
  readonly outcome: RunOutcome;
  readonly why: string | null;
  readonly exitCode: number | null;
  /** Ids of the rollback procedures that were carried out to their end as it failed, and of those that were only begun. */
  readonly rolledBack: readonly string[];
  readonly rollbackLeft: readonly string[];
  /** Steps that are no clean pass although the run passed: failed and handled, skipped by somebody, declined. */
  readonly exceptions: readonly string[];
  /** Time that engines worked on it, over all of its attempts; `null` while it has no end. */
  readonly durationMs: number | null;
  /** From its start to its end, the time between attempts included; `null` while it has no end. */
  readonly spanMs: number | null;
  readonly attempts: number;
  readonly resumes: readonly Extract<StoredEvent, { type: 'run.resumed' }>[];
  readonly inputs: readonly Extract<StoredEvent, { type: 'input.bound' }>[];
  /** What was decided about conditions, in order. */
  readonly conditions: readonly Extract<StoredEvent, { type: 'condition.decided' }>[];
  readonly steps: readonly StepReport[];
  readonly remarks: readonly Remark[];
  readonly findings: readonly import('./diagnostic.ts').Diagnostic[];
  /** The step a waiting run waits for. */
  readonly waitingFor: {
    readonly stepId: string;
    readonly why: string;
    /** What a second person is to sign. */
    readonly second?: { readonly text: string; readonly sha256: string };
  } | null;
  readonly seal: { readonly events: number; readonly head: string } | null;
  readonly lastEventAt: string;
  readonly eventCount: number;
}
