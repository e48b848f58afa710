import type { CapturedFrom } from './captured-text.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Effect } from './effect.ts';
import type { RunOutcome, StepOutcome } from './outcome.ts';
import type { PartOf } from './parts.ts';
import type { LeftOut } from './plan.ts';

/** Who, where and how, as far as it can be told. Absent facts are left out, never guessed. */
export interface Provenance {
  readonly user?: string;
  readonly uid?: number;
  readonly loginuid?: number;
  readonly sudoUser?: string;
  readonly sshClient?: string;
  readonly tty?: string;
  readonly gitIdentity?: string;
  /** As the team calls it where a worker does the work of that name; else the machine's own name. */
  readonly host: string;
  /** The machine's own name, where it is another one. */
  readonly machine?: string;
  readonly bootId?: string;
  readonly pid: number;
  /** Start time of the engine's process in clock ticks since boot (`/proc/PID/stat` field 22). */
  readonly pidStart?: number;
  readonly cwd: string;
  /** IANA zone of the machine's clock, so that a rendering's local times are the same everywhere. */
  readonly timezone?: string;
  /** `terminal`, `cron`, `systemd`, `ci` or `other`. */
  readonly trigger: string;
  readonly engine: string;
  readonly node: string;
}

/** One expectation's verdict. */
export interface ExpectationResult {
  readonly line: number;
  readonly passed: boolean;
  readonly advisory: boolean;
  /** Numbered diff or one sentence, `''` when it passed. Masked. */
  readonly detail: string;
}

/** A file of a run: its path in the run's folder, size in bytes and SHA-256 (hex). */
export interface Attachment {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Every kind of fact in a run, past tense. Plain data: what is stored is this and the header. */
export type RunEventBody =
  | {
      readonly type: 'run.started';
      readonly pid: number;
      readonly who: Provenance;
      readonly runbook: {
        readonly path: string;
        readonly title: string;
        readonly sha256: string;
        readonly commit?: string;
        readonly dirty?: boolean;
      };
      readonly linked: readonly { readonly path: string; readonly sha256: string }[];
      readonly procedures: readonly string[];
      readonly planHash: string;
      /** Ids, titles, types and lines of what will run, in order. */
      readonly steps: readonly {
        readonly id: string;
        readonly type: string;
        readonly title: string;
        readonly line: number;
        readonly procedure: string;
        readonly phase: 'main' | 'cleanup';
        /** The id of the step that it is an item of (`each`). */
        readonly item?: string;
        /** The name that its author gave it. */
        readonly name?: string;
        /** The input that it captures, and of what. */
        readonly captures?: { readonly name: string; readonly from: CapturedFrom };
        /** Hash of what it does, whatever stands around it: it is known again by that when the text was edited. */
        readonly own?: string;
        /** Hash of what it does and how. */
        readonly content?: string;
        /** Hash of what it is called. */
        readonly words?: string;
      }[];
      /** What stands among the steps and holds none: the run goes on without it. */
      readonly leftOut?: readonly LeftOut[];
      readonly attended: boolean;
      readonly budgetMs: number | null;
      readonly reason?: string;
      readonly ticket?: string;
      readonly incident?: string;
      /** Names of the inputs that are bound with it: their events follow in the same write. */
      readonly bound?: readonly string[];
      /** The request as asked, for resume; inputs by name only. */
      readonly request: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'run.resumed';
      readonly pid: number;
      readonly who: Provenance;
      readonly runbookSha256: string;
      readonly changed: boolean;
      readonly forced: boolean;
      /** What is not as it was when the run began, step by step. */
      readonly changes?: readonly {
        readonly id: string;
        readonly what: 'edited' | 'renamed' | 'added' | 'removed' | 'moved';
        readonly line: number;
      }[];
      /** The steps of the text as it is now, under the ids that the run knows them by; absent: they are as before. */
      readonly steps?: Extract<RunEvent, { type: 'run.started' }>['steps'];
      /** Names of the inputs that are bound anew with it: their events follow in the same write. */
      readonly bound?: readonly string[];
      /** From here on the seal is to be signed, although the run did not begin with that wish. */
      readonly signed?: true;
      /** What an attempt whose engine was lost left in its files: from here on the log vouches for it. */
      readonly left?: readonly Attachment[];
    }
  | {
      readonly type: 'run.waiting';
      readonly stepId: string;
      readonly why: string;
      /** What a second person is to sign: the text as it would run, secrets masked, and its SHA-256 (hex). */
      readonly second?: { readonly text: string; readonly sha256: string };
    }
  | {
      readonly type: 'run.finished';
      readonly outcome: RunOutcome;
      readonly exitCode: number;
      readonly durationMs: number;
      readonly why?: string;
      /** The step whose failure ended the run. */
      readonly stepId?: string;
      readonly findings?: readonly Diagnostic[];
      /** Ids of the rollback procedures that this attempt carried out to their end. */
      readonly rolledBack?: readonly string[];
      /** Ids of those of which something was carried out, and that did not come to their end. */
      readonly rollbackLeft?: readonly string[];
    }
  /** Closes the chain: `events` counts the lines before this one, `head` is the hash of the last of them. */
  | { readonly type: 'run.sealed'; readonly events: number; readonly head: string }
  | {
      readonly type: 'step.started';
      readonly stepId: string;
      readonly stepType: string;
      readonly title: string;
      readonly line: number;
      /** Attempt at this step within the run, from 1; counts on over resumes. */
      readonly try: number;
      readonly effect: Effect;
      /** The text as it runs, inputs filled in, secrets masked. */
      readonly text: string;
      /** SHA-256 of the resolved, unmasked text, hex. */
      readonly textSha256: string;
      readonly cwd: string;
      /** Names only. */
      readonly env: readonly string[];
      readonly timeoutMs: number | null;
      readonly probe?: boolean;
      /** A command of the operator's own: no step of the runbook. */
      readonly own?: boolean;
      /** 1-based number of the named part that runs alone, and of how many. */
      readonly part?: PartOf;
    }
  /** `bytes` at `offset` of the attempt's output file came from `stream`; `sha256` is that of the file up to their end. */
  | {
      readonly type: 'step.output';
      readonly stepId: string;
      readonly try: number;
      readonly stream: 'stdout' | 'stderr';
      readonly offset: number;
      readonly bytes: number;
      readonly sha256?: string;
    }
  | {
      readonly type: 'step.finished';
      readonly stepId: string;
      readonly try: number;
      readonly outcome: StepOutcome;
      readonly exitCode?: number;
      readonly signal?: string;
      readonly durationMs: number;
      readonly stdoutBytes: number;
      readonly stderrBytes: number;
      /** The output file relative to the run's folder, with its size and SHA-256 (hex); absent without output. */
      readonly output?: { readonly path: string; readonly bytes: number; readonly sha256: string };
      /** Further files of the attempt, such as complete query results. */
      readonly attachments?: readonly Attachment[];
      /** The state that steps share, as it was kept after this attempt. */
      readonly state?: Attachment;
      readonly expectations?: readonly ExpectationResult[];
      readonly warnings?: readonly string[];
      /** Why it failed or could not go on, one sentence. */
      readonly why?: string;
      /** Occurrences of secrets that were masked in the output. */
      readonly redactions?: number;
      /** Failed, and the runbook says to go on. */
      readonly handled?: boolean;
      /** Type-specific facts, such as row counts. */
      readonly facts?: Readonly<Record<string, unknown>>;
      readonly by?: string;
      readonly note?: string;
      readonly probe?: boolean;
      /**
       * The step's outcome after this attempt, where it is not the attempt's own: of a probe that found
       * the step undone, of a part that leaves others to run (`null`: still open).
       */
      readonly settles?: StepOutcome | null;
    }
  | {
      readonly type: 'step.skipped';
      readonly stepId: string;
      readonly by: string;
      readonly why: string;
      /** Id of the condition that does not hold: the step does not apply. */
      readonly condition?: string;
    }
  /** A step is done once for each item of a list that was not known before: these steps stand in its place. */
  | {
      readonly type: 'step.expanded';
      readonly stepId: string;
      readonly steps: Extract<RunEvent, { type: 'run.started' }>['steps'];
    }
  /** Whether a condition holds; of a group the one that was chosen. */
  | {
      readonly type: 'condition.decided';
      /** The step that it was decided for first; of a group, one that stands under it. */
      readonly stepId: string;
      /** It stands around this part of the step alone. */
      readonly part?: PartOf;
      readonly condition: string;
      /** The page's own words. */
      readonly text: string;
      readonly group?: string;
      /** The words let a reader go on or stop: it holds where the run goes on. */
      readonly gate?: 'if' | 'unless';
      readonly holds: boolean;
      readonly by: string;
      readonly why: string;
    }
  /** What was decided about a step of unknown outcome. */
  | {
      readonly type: 'step.resolved';
      readonly stepId: string;
      readonly outcome: 'done' | 'not-done';
      readonly by: string;
      readonly why: string;
      /** It is about this part of the step alone, and others are left. */
      readonly part?: PartOf;
    }
  | { readonly type: 'question.asked'; readonly stepId?: string; readonly question: string }
  | {
      readonly type: 'input.bound';
      readonly name: string;
      readonly source: string;
      readonly secret: boolean;
      readonly value?: string;
    }
  | {
      readonly type: 'note.added';
      readonly by: string;
      readonly text: string;
      readonly stepId?: string;
      readonly milestone?: string;
      readonly occurredAt?: string;
    }
  /** A departure from the runbook: skip, jump, edit, ad-hoc command, force, done by hand. */
  | {
      readonly type: 'deviation.recorded';
      readonly by: string;
      readonly what: string;
      readonly stepId?: string;
      readonly why?: string;
      readonly text?: string;
    }
  /** A yes to a step, or without one to the whole run. `key` is the fingerprint of the key it was signed with. */
  | {
      readonly type: 'approval.granted';
      readonly stepId?: string;
      readonly by: string;
      readonly how: string;
      readonly key?: string;
    }
  /** A word that did not count. */
  | {
      readonly type: 'approval.refused';
      readonly stepId?: string;
      readonly by: string;
      readonly why: string;
    }
  /** The signed request that this run carries out; `document` and `policy` are hashes of their bytes. */
  | {
      readonly type: 'request.received';
      readonly by: string;
      readonly key: string;
      readonly host: string;
      readonly document: string;
      readonly policy: string;
      readonly askedAt: string;
      readonly expires: string;
    }
  /** Somebody's signed word to end the run. */
  | {
      readonly type: 'cancel.received';
      readonly by: string;
      readonly key: string;
      readonly why: string;
    }
  | { readonly type: 'lock.busy'; readonly name: string; readonly holder: string }
  | { readonly type: 'notification.sent'; readonly on: string; readonly to: string }
  | {
      readonly type: 'notification.failed';
      readonly on: string;
      readonly to: string;
      readonly why: string;
    }
  | { readonly type: 'clock.jumped'; readonly byMs: number };

export type RunEventType = RunEventBody['type'];

/** What stands in front of every event of a log line, in this order. */
export interface EventHeader {
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  /** Milliseconds since this attempt of the run began, by the monotonic clock. */
  readonly monoMs: number;
  readonly run: string;
  /** 1, and one more with each resume. */
  readonly attempt: number;
  readonly type: RunEventType;
  /** SHA-256 (hex) of the raw bytes of the line before, without its newline; 64 zeros at first. */
  readonly prev: string;
}

/** An event as it is stored. */
export type StoredEvent = EventHeader & RunEventBody;

/** What `runPlan` yields: an event body; output carries its bytes, which go to the output file and the screen. */
export type RunEvent =
  | Exclude<RunEventBody, { type: 'step.output' | 'run.sealed' }>
  | {
      readonly type: 'step.output';
      readonly stepId: string;
      readonly try: number;
      readonly stream: 'stdout' | 'stderr';
      readonly chunk: Uint8Array;
    };

/** What is recorded of a step that went on behind a line that failed, before the line's number. */
export const WENT_ON = 'went on at line';
