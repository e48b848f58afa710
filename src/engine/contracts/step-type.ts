import type { Block, FenceContent } from '../model/block.ts';
import type { CapturedFrom } from '../model/captured-text.ts';
import type { Effect } from '../model/effect.ts';
import type { Attachment, ExpectationResult } from '../model/event.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import { refuse } from '../model/guard.ts';
import type { StepOutcome } from '../model/outcome.ts';
import type { BoundInput } from '../model/plan.ts';
import type { Step, StepLink, StepTraits } from '../model/runbook.ts';
import type { WordGroup } from '../model/word.ts';

/** What a step type found in a block. */
export interface Detection<Body> {
  readonly body: Body;
  /** One phrase that says why: "fence `bash`". */
  readonly why: string;
  /** The block was only inferred to be a step. */
  readonly inferred?: boolean;
  /** Judged effect; the annotation `effect` overrides it, unless it makes reading of what is sure to act. */
  readonly effect: Effect;
  readonly effectWhy?: string;
  /** The text proves the effect; by default it does where it destroys. */
  readonly effectSure?: boolean;
  /** What is known says the effect, though the author may know better; by default where it is sure. */
  readonly effectRecorded?: boolean;
  /** What of the block cannot be read as it has to be, a sentence each, with the word that it is about, by the rule that finds it. */
  readonly unread?: readonly {
    readonly rule: 'unread-limit' | 'psql-command';
    /** Line within the step's text, from 0; the first one by default. */
    readonly line?: number;
    readonly word: string;
    readonly message: string;
    readonly hint: string;
  }[];
}

/** A piece of output on its way to log and screen. */
export interface StepOutput {
  readonly stream: 'stdout' | 'stderr';
  /** Yours no more once it was yielded: the record and the readers of the run have it, nobody copies it. */
  readonly chunk: Uint8Array;
}

/** How one attempt ended. A step that cannot be run throws a HandrailError instead. */
export interface StepResult {
  /** `unknown`: it was ended half-way, or its line was lost: nobody can say what it did. */
  readonly outcome: Extract<
    StepOutcome,
    'passed' | 'failed' | 'timed-out' | 'cancelled' | 'unknown'
  >;
  readonly exitCode?: number;
  readonly signal?: string;
  /** One sentence when it did not pass. */
  readonly why?: string;
  readonly warnings?: readonly string[];
  /** Inputs that the step produced (`capture`, HANDRAIL_OUTPUT). */
  readonly captured?: Readonly<Record<string, string>>;
  /** Type-specific facts for the log, such as row counts. Never secrets. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /**
   * What expectations are compared with: the transcript's commands and outputs, or the HTTP body.
   * Absent: the attempt's standard output.
   */
  readonly observed?: string;
  /** Files that `attach` kept. */
  readonly attachments?: readonly Attachment[];
  /** What was looked at while it ran; one that was not met has made it fail. */
  readonly expectations?: readonly ExpectationResult[];
}

/** Lines of a script that are run as one, before it is looked at what they printed. */
export interface GuardedText {
  /** 0-based first line within the script. */
  readonly line: number;
  readonly text: string;
  /** What must be seen in their standard output, and whether it is; empty where nothing is expected. */
  readonly look: (output: string) => readonly ExpectationResult[];
}

/** State that steps of one run share, such as the shell's variables; kept for resume. */
export interface CarriedState {
  get(key: string): string | undefined;
  /** Replaces the state under the key. The engine keeps it for resume, without secrets. */
  set(key: string, value: string): void;
  /** Variables whose value in the state under the key is older than the one that the step is given in its environment. */
  superseded?(key: string): ReadonlySet<string>;
  /** Whether a variable's name says that its value is a secret. */
  isSecret(name: string): boolean;
  /** Secrets that steps computed themselves, by the names that marks in the state have for them. */
  readonly learnt: ReadonlyMap<string, string>;
  /** Tells of variables that a step has set: the secrets among them are masked from now on. */
  learn(variables: Readonly<Record<string, string>>): void;
}

/** Things that live as long as the run, such as a database session; closed by the engine at its end. */
export interface RunResources {
  /** The resource of that name, opened at first use. */
  get<T extends { close(): Promise<void> | void }>(
    name: string,
    open: () => Promise<T>,
  ): Promise<T>;
}

/** What a step type is handed to run a step. */
export interface StepContext {
  /** The text with inputs filled in for the step type's `quoting`. May hold secrets. */
  readonly text: string;
  /** Values to bind, in order of `$1`, `$2` …, for `quoting: 'sql'`. */
  readonly binds: readonly string[];
  readonly values: ReadonlyMap<string, BoundInput>;
  readonly attended: boolean;
  /** The run's folder where steps start: the runbook's, or the annotation `cwd` below it. */
  readonly cwd: string;
  /** The whole environment of the step's processes. */
  readonly env: Readonly<Record<string, string>>;
  /** What of it the run itself sets: all that a place other than this machine is given. */
  readonly ownEnv?: Readonly<Record<string, string>>;
  /** Where commands run when that is not this machine: `db1`, `container:web`, `pod:shop/web-0`. */
  readonly place?: string | null;
  /** Ends the step: timeout, signal, abort. `reason` is 'timeout' | 'cancelled'. */
  readonly signal: AbortSignal;
  /** `null`: none. */
  readonly timeoutMs: number | null;
  /** File descriptors of locks that every process of the step inherits. */
  readonly lockFds: readonly number[];
  /** The lock that the run holds, for where no descriptor reaches; `null`: it needs none. */
  readonly lockName?: string | null;
  readonly carried: CarriedState;
  readonly resources: RunResources;
  /** The person's terminal, for a step to be run in; `null`: nobody sits there. */
  readonly terminal: TerminalHandle | null;
  /** The person wants it run with a terminal of its own, or without; absent: it is left to the step. */
  readonly wantsTerminal?: boolean | undefined;
  /**
   * Keeps a text file beside the attempt's output, such as a complete result, with secrets masked; hand what it returns on in
   * the result. The name has no folder. Absent where nothing is kept.
   */
  attach?(name: string, bytes: Uint8Array): Promise<Attachment>;
  /** The number of this try at the step within the run. */
  readonly try?: number;
  /** Shell defaults of the frontmatter. */
  readonly shell: {
    readonly program: string;
    readonly errexit: boolean;
    readonly pipefail: boolean;
    readonly nounset: boolean;
    /** Under `pipefail`: the script in which a member that its reader left early has not failed; `verdict` is told the statuses. */
    forEarlyReaders?(script: string, verdict: string): Promise<string>;
    /** Cuts the step's script behind commands whose output a comment of it tells; empty where none does. */
    guarded?(script: string): Promise<readonly GuardedText[]>;
  };
  /** Connection URLs by name, resolved from the environment, for database steps. */
  readonly connections: Readonly<
    Record<string, { readonly url: string; readonly readonly: boolean }>
  >;
}

/** The person's terminal, lent to a step. */
export interface TerminalHandle {
  readonly columns: number;
  readonly rows: number;
  /** Columns that are left for a step's lines behind the margin; `columns` for one that draws on the whole screen. */
  readonly paneColumns: number;
  /**
   * Called with what the person types while the step has the terminal; returns the undo. `whole`: the step draws on the
   * whole screen from the beginning, as a session elsewhere does.
   */
  onInput(listener: (data: Uint8Array) => void, options: { readonly whole: boolean }): () => void;
  /**
   * Called with what the person types to a step whose output comes through pipes, and with `null` at the end of its input;
   * returns the undo. Absent: nobody can, and the input of such a step is empty.
   */
  onTyped?(listener: (data: Uint8Array | null) => void): () => void;
  /** Whether the person pressed Ctrl-C since the step has the terminal. */
  readonly interrupted: boolean;
  onResize(listener: (columns: number, rows: number) => void): () => void;
}

/** An example that documents the step type and is run as a test. */
export interface StepExample {
  /** Markdown as it stands in a runbook. */
  readonly markdown: string;
  /** The body that must be found, or `null`: this type must leave the block alone. */
  readonly body: unknown;
}

/** What kind of step there is. One file in `src/steps`, two lines in its list. */
export interface StepType<Body = unknown> {
  readonly name: string;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** How inputs are filled into the step's text. */
  readonly quoting: StepTraits['quoting'];
  /** Carried out by a person: the operator is asked, `run` is never called. */
  readonly human: boolean;
  /** What a fence has to hold to be a step of this type; absent for those that are found otherwise. */
  readonly content?: FenceContent['kind'];
  /** What its steps are called where it is said which annotations they take: "commands". Absent: by its name. */
  readonly called?: string;
  /** The groups of annotations that mean something at its steps; absent: all of them. */
  readonly takes?: readonly WordGroup[];
  /** What of its standard output `capture` takes, so that the record can be held against it; absent: something else. */
  readonly captures?: CapturedFrom;
  /** A fence that it detects is shown, and no step. */
  readonly isShown?: true;
  /** It is a box: several in a row are gone through as one list. */
  readonly isTicked?: true;
  /** A command of the operator's own, given while a run stands still, is a step of this type. */
  readonly runsOwnCommands?: true;
  /** It talks to another machine by itself, from this one: no host can be given to it. */
  readonly reachesOut?: true;
  /** Its preflight is about the step's connection: one answer is enough for all steps of it. */
  readonly preflightsConnection?: true;
  /** Pure. `undefined`: the block is not this type's own. The frontmatter is given for fences of a runbook. */
  detect(block: Block, frontmatter?: Frontmatter): Detection<Body> | undefined;
  /** Runs the step once. Absent for human types and for what is never run. */
  run?(step: Step, body: Body, context: StepContext): AsyncGenerator<StepOutput, StepResult>;
  /**
   * Asks where the step ran what became of that try, whose end is in no log; waits while it is still at work. `undefined`:
   * nobody can say so that the run may go on as if it had been there.
   */
  recall?(step: Step, body: Body, context: StepContext): Promise<Recalled | undefined>;
  /** Says before the first step whether this step could run at all; one sentence when not. */
  preflight?(
    step: Step,
    body: Body,
    context: Pick<StepContext, 'env' | 'cwd' | 'connections'>,
  ): Promise<PreflightProblem | undefined>;
  /** Whether the body says what has to come out; absent: it does not. */
  asserts?(body: Body): boolean;
  /** What is run in the step's place, for one that leads to a runbook. */
  link?(body: Body): StepLink;
  readonly examples: readonly StepExample[];
}

/** What became of a try: it came to its end and passed, or is to be made again. */
export interface Recalled {
  readonly outcome: 'done' | 'not-done';
  /** A phrase: "it ended there with exit code 3". */
  readonly why: string;
}

export interface PreflightProblem {
  readonly code: 'UNREACHABLE' | 'STEP_CANNOT_RUN';
  readonly message: string;
}

/** A step type whose body type is known only to itself. */
// biome-ignore lint/suspicious/noExplicitAny: the list holds types of many bodies; each body is checked by its own schema.
export type AnyStepType = StepType<any>;

/** Declares a step type; exists for inference. */
export function defineStepType<Body>(type: StepType<Body>): StepType<Body> {
  refuse('defineStepType', 'its step type', type, {});
  return type;
}
