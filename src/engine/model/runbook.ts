import type { Annotations } from './annotations.ts';
import type { Doubt } from './block.ts';
import type { CapturedFrom } from './captured-text.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Effect } from './effect.ts';
import type { Frontmatter } from './frontmatter.ts';
import type { ShellFacts } from './shell-facts.ts';
import type { StepCondition } from './step-condition.ts';

/** A runbook's text with where it came from, before it is read. */
export interface SourceText {
  /** The path as it was asked for. */
  readonly path: string;
  /** Absolute folder the file stands in: where its steps run. */
  readonly folder: string;
  /** The file's exact bytes. */
  readonly bytes: Uint8Array;
  /** Decoded text: BOM removed, CRLF and CR as LF (line numbers are the file's own). */
  readonly text: string;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

export type ProcedureRole = 'prerequisites' | 'verification' | 'rollback' | 'cleanup';

/** A heading and the steps under it. */
export interface Procedure {
  /** GitHub slug, `-1`, `-2` … for repeated ones: unique in the runbook. */
  readonly id: string;
  readonly title: string;
  /** Heading texts from the top down to this one. */
  readonly trail: readonly string[];
  /** Heading level 1–6. */
  readonly level: number;
  readonly line: number;
  /** Last line before the next heading of the same or a higher level. */
  readonly endLine: number;
  readonly role: ProcedureRole | null;
  readonly budgetMs: number | null;
  /** The longest that all of its steps may take together (`procedure-timeout`). */
  readonly timeoutMs?: number;
  /** `HH:MM` local time, when the heading names one. */
  readonly timeOfDay: string | null;
  /** `P0` … `P4`. */
  readonly severity: string | null;
  /** The heading stands in a runbook nested in a markdown fence. */
  readonly nested: boolean;
  /** Under what all of it is to be done, by its heading, those around it and the gates above it. */
  readonly condition?: StepCondition;
}

/** What a step's output must be. */
export interface Expectation {
  /** 1-based line of the expectation's own block or comment. */
  readonly line: number;
  readonly match: 'state' | 'similar' | 'shape' | 'subset' | 'exact' | 'text';
  /** The expected text as written; of a transcript all of it, prompts included. */
  readonly text: string;
  /** A regular expression to be found anywhere in the output (Innovation Engine); then `text` does not count. */
  readonly regex?: string;
  /** A mismatch warns and does not fail ("# Should output: …"). */
  readonly advisory: boolean;
}

/** A named group of commands of one fence. Lines are 1-based in the file. */
export interface StepPart {
  readonly title: string;
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  /** Under what this part alone is to be done. */
  readonly condition?: StepCondition;
}

/** Where a link to a runbook leads. */
export interface StepLink {
  /** From the runbook's folder; `''` for the runbook itself. */
  readonly path: string;
  /** Id of the procedure, `''` for the whole runbook. */
  readonly procedure: string;
}

/** What others have to know of a step's type, said by the type when the page is read: nobody asks for its name. */
export interface StepTraits {
  /** The machine carries it out, and nobody by hand. */
  readonly isRun: boolean;
  /** How inputs are filled into its text. */
  readonly quoting: 'shell' | 'sql' | 'http' | 'none';
  /** It talks to another machine by itself, from here: no host can be given to it. */
  readonly reachesOut?: true;
  /** It runs on a connection of the frontmatter. */
  readonly usesConnection?: true;
  /** Its body says what has to come out. */
  readonly asserts?: true;
  /** What of its standard output `capture` takes. */
  readonly captures?: CapturedFrom;
  /** A box: several in a row are gone through as one list. */
  readonly isTicked?: true;
  /** What is run in its place. */
  readonly link?: StepLink;
}

/** One thing to do. */
export interface Step {
  /** Unique in the runbook and stable under edits elsewhere. */
  readonly id: string;
  /** Name of its step type. */
  readonly type: string;
  readonly traits: StepTraits;
  readonly title: string;
  /** Id of the procedure it stands under; `''` before the first heading. */
  readonly procedure: string;
  readonly line: number;
  readonly endLine: number;
  readonly effect: Effect;
  /** Why the effect was judged so; `''` when nothing is to be said. */
  readonly effectWhy: string;
  /** What records of programs say against an author's word that it only reads: nothing starts by itself by that word. */
  readonly against?: string;
  /** A fence's language, else `null`. */
  readonly language: string | null;
  /** What is run or is to be done, as the author wrote it. */
  readonly text: string;
  /** 1-based line of the first line of `text` in the file. */
  readonly textLine: number;
  /** What its step type found in its block, checked by the step type's own schema. */
  readonly body: unknown;
  /** Names of the inputs it uses. */
  readonly inputs: readonly string[];
  readonly parts: readonly StepPart[];
  readonly expectation: Expectation | null;
  /** Annotations that hold for it: its own, its headings' and the frontmatter's defaults, merged. */
  readonly annotations: Annotations;
  /** What it was taken for and why, one phrase: "fence `bash`". */
  readonly why: string;
  /** Was only inferred to be a step (an untagged fence): offered to a person, refused to cron. */
  readonly inferred: boolean;
  /** Nearly as much speaks for another reading: shown with both, asked about when attended, refused to cron. */
  readonly doubtful?: Doubt;
  /** The label it stands under ("Immediate Actions (5 minutes)"), `''` when none. */
  readonly label: string;
  /** Present for shell text: what the bash grammar answered. */
  readonly shell?: ShellFacts;
  /** Under what it is to be done at all; absent: always. */
  readonly condition?: StepCondition;
  /**
   * Names whose values the step brings itself, each with the text that names what its value is made of: an item of `each`,
   * inputs that a link maps.
   */
  readonly given?: Readonly<Record<string, string>>;
  /** Conditions (`when`) of links around it: they ask for the inputs of the pages that the links stand on. */
  readonly whenAround?: readonly string[];
  /** Id of the step this one is the probe of (`verify`). */
  readonly probes?: string;
}

/** A fence that is shown and never run. */
export interface Reference {
  readonly line: number;
  readonly endLine: number;
  readonly language: string | null;
  readonly why: string;
}

/** A value the runbook needs. */
export interface InputUse {
  readonly name: string;
  /** Declared in the frontmatter. */
  readonly declared: boolean;
  /** As it is written in the text: `{{version}}`, `{VERSION}`, `$PGDATA`. */
  readonly spelling: string;
  /** Lines it is used on. */
  readonly lines: readonly number[];
  readonly secret: boolean;
  /** Where a value comes from without asking (`default`, `environment NAME`, `command`), else `null`. */
  readonly bound: string | null;
  /** It is also used as the shell variable of its name, which nothing else sets. */
  readonly variable?: boolean;
  /** Only steps on another host use it, which may set it: nothing here has to give it. */
  readonly elsewhere?: boolean;
  /** It is nothing but the default of this variable: where that is set, no value is needed. */
  readonly defaultOf?: string;
}

/** Whether a shell finds it under its name; arguments (`$1`) are no variables. */
export function isVariable({ spelling }: Pick<InputUse, 'spelling'>): boolean {
  return spelling.startsWith('$') && !/^\$\d/.test(spelling);
}

/** Where a fence stands in the text. Lines are 1-based. */
export interface FenceExtent {
  readonly line: number;
  /** Its closing line; of one that nobody closed the last line that its author meant to be in it. */
  readonly endLine: number;
  readonly closed: boolean;
  /** What stands before its backticks or tildes, list markers as spaces. */
  readonly prefix: string;
  /** Its backticks or tildes. */
  readonly mark: string;
}

/** One markdown file, parsed. Plain data: survives JSON. */
export interface Runbook {
  readonly path: string;
  readonly folder: string;
  readonly title: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
  /** `runbook`: one procedure, run as a whole. `manual`: several, one is picked. */
  readonly kind: 'runbook' | 'manual';
  readonly frontmatter: Frontmatter;
  readonly procedures: readonly Procedure[];
  /** In the order of the text. */
  readonly steps: readonly Step[];
  readonly references: readonly Reference[];
  /** Headings whose text asks for something and that hold no step, as steps of type `read`, in the order of the text. */
  readonly readings: readonly Step[];
  /** The text that was read, for who shows the page. */
  readonly text: string;
  /** The outermost fences of the text, in order, as the reader took them. */
  readonly fences: readonly FenceExtent[];
  /** What would close a comment or an HTML block that is still open at the end of the text; `''`: none is. */
  readonly openHtml: string;
  readonly inputs: readonly InputUse[];
  readonly diagnostics: readonly Diagnostic[];
}
