import type { Annotations } from './annotations.ts';
import type { ShellFacts } from './shell-facts.ts';

/** What stands around a block, as the reader saw it. All texts are plain, without markup. */
export interface Surroundings {
  /** Heading texts from the document's title down to the block's procedure. */
  readonly trail: readonly string[];
  /** Id (slug) of the procedure the block stands under; `''` before the first heading. */
  readonly procedure: string;
  /** The label ("**Immediate Actions**:") the block stands under, `''` when none. */
  readonly label: string;
  /** The short paragraph, label or list item directly above (or around) the block, `''` when none. */
  readonly lead: string;
}

interface BlockBase extends Surroundings {
  /** 1-based line in the original file: of a fence its opening fence, of an item or row its first line. */
  readonly line: number;
  /** 1-based last line of the block, its closing fence included. */
  readonly endLine: number;
  readonly annotations: Annotations;
}

/** What a block may be as well: both readings, one phrase each. */
export interface Doubt {
  readonly as: string;
  readonly or: string;
}

/** A command of a transcript and the output its author pasted under it. */
export interface TranscriptEntry {
  /** 0-based line of the prompt within the fence's text. */
  readonly line: number;
  /** The command without prompts; continuation lines joined by newlines. */
  readonly command: string;
  readonly output: string;
  /** The exit code that a closing `[N]` states. */
  readonly exitCode: number | null;
}

/** What a fence holds, judged by its tag, its text and the sentence above it. */
export interface FenceContent {
  readonly kind:
    | 'commands'
    | 'sql'
    | 'http'
    | 'comments'
    | 'chat'
    | 'console'
    | 'config'
    | 'functions'
    | 'output'
    | 'other'
    | 'nothing';
  /** The script: prompts and pasted output taken off, every line at its number. */
  readonly text: string;
  /** One phrase: "fence `bash` that holds SQL". */
  readonly why: string;
  /** No language says so; the text only reads like it. */
  readonly inferred: boolean;
  /** The tag says something else. */
  readonly mistagged: boolean;
  readonly transcript: readonly TranscriptEntry[];
  /** Nearly as much speaks for something else. */
  readonly doubt?: Doubt;
  /** What it shows as the answers to its statements, in the form in which those are compared. */
  readonly answers?: ShownAnswers;
  /** The command in it that opens a session, which the lines below it are meant for. */
  readonly entered?: EnteredSession;
}

/** Answers of a database as a page shows them. */
export interface ShownAnswers {
  readonly text: string;
  /** They are in a form that results are not printed in: what differs is only said. */
  readonly isRough: boolean;
}

/** A command that opens a session. */
export interface EnteredSession {
  /** 0-based line within the fence's text. */
  readonly line: number;
  readonly command: string;
}

/** A fenced code block. */
export interface FenceBlock extends BlockBase {
  readonly kind: 'fence';
  /** First word of the info string, lower case, `''` when untagged. */
  readonly language: string;
  /** The info string as written. */
  readonly info: string;
  /** The fence's text as written: list indentation and CR removed, nothing else. */
  readonly text: string;
  /** 1-based line of the first text line. */
  readonly textLine: number;
  /** What the bash grammar says about the text; absent when it does not read as shell at all. */
  readonly shell?: ShellFacts;
  readonly content: FenceContent;
  /** It may be something else: nearly as much speaks for that. */
  readonly doubt?: Doubt;
}

/** A list item. */
export interface ItemBlock extends BlockBase {
  readonly kind: 'item';
  /** The item's own text, plain, without nested lists and fences. */
  readonly text: string;
  /** `true`/`false` for task items, `null` for others. */
  readonly checked: boolean | null;
  readonly ordered: boolean;
  /** The texts of all items of the same list, for judging what kind of list it is. */
  readonly siblings: readonly string[];
  /** The text of the item's leading strong element ("**Primary**: …"), `''` when none. */
  readonly strong: string;
  /** Link target when the item consists of one link and nothing else. */
  readonly link?: string;
  /** Why the reader takes it for an instruction to a person ("ordered item that begins with a verb"), `''` when not. */
  readonly instruction: string;
  /** It may be none: nearly as much speaks against it. */
  readonly doubt?: Doubt;
}

/** A row of a table. */
export interface RowBlock extends BlockBase {
  readonly kind: 'row';
  readonly header: readonly string[];
  /** Cell texts, split cells repaired; inline code as its plain text. */
  readonly cells: readonly string[];
  /** Per cell: the inline code it consists of, `undefined` when it is not one inline code. */
  readonly codes: readonly (string | undefined)[];
  /** The words above the table ask for what is in it to be run. */
  readonly asked?: boolean;
  /** The command that its table says is run in the row's case. */
  readonly does?: string;
  /** What the bash grammar says about the row's command. */
  readonly shell?: ShellFacts;
  /** It may only be there to be looked up. */
  readonly doubt?: Doubt;
}

/** A piece of markdown that step types are offered for detection. */
export type Block = FenceBlock | ItemBlock | RowBlock;
