import type { CliContext } from './context.ts';

/** What a word of the command line stands for, so that completion knows what to offer. */
export type Completes =
  | 'runbook'
  | 'run'
  | 'step'
  | 'input'
  | 'file'
  | 'folder'
  | 'shell'
  | 'command'
  | 'help'
  | 'word'
  | 'none';

/** One option of a command. Without `value` it is a flag. */
export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value, such as `FILE`. */
  readonly value?: string;
  /** The value may be left out, and is told from a further word by this. */
  readonly optional?: RegExp;
  /** Its value takes the place of this option of every command. */
  readonly insteadOf?: 'state';
  /** The value must be one of these. */
  readonly choices?: readonly string[];
  /** May be given several times; values are kept in order. */
  readonly many?: boolean;
  readonly completes?: Completes;
  readonly summary: string;
}

/** One word that a command takes besides its options. */
export interface ArgumentSpec {
  readonly name: string;
  readonly required?: boolean;
  readonly many?: boolean;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
  readonly summary: string;
}

/** What was asked of a command: its words and options, checked against the command table. All values are text. */
export interface Invocation {
  readonly command: CommandSpec;
  readonly table: CommandTable;
  readonly words: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
}

/** Every command, and the options that all of them take. */
export interface CommandTable {
  readonly commands: readonly CommandSpec[];
  readonly common: readonly OptionSpec[];
}

/** What a command's module exports: carries the command out and returns the exit code. */
export interface CommandBody {
  readonly run: (invocation: Invocation, context: CliContext) => Promise<number>;
}

/** The words of one command: everything that parsing, help screens, completion and the documentation know about it. */
export interface CommandWords {
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** Seldom typed by hand: on the first help screen it is named, and no more. */
  readonly aside?: true;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Command lines as a person would type them, each with what it is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Says what it has to say and ends, with none of these options: nothing waits for it while it waits for its reader. */
  readonly brief?: readonly string[];
  /** Carries out steps: its exit code is how they ended, whether or not anybody could read it. */
  readonly carriesOut?: true;
  /** Reads what stands after the options word by word, dashes included. */
  readonly verbatim?: boolean;
}

/** One command: its words, and the way to its code. */
export interface CommandSpec extends CommandWords {
  readonly load: () => Promise<CommandBody>;
}
