import type { Judgement } from './judgement.ts';

/**
 * What is known of one program, or of several that take the same arguments. Names of two words
 * (`docker compose`) are a record of their own for that subcommand.
 *
 * Lists of options are separated by blanks. Lists of rules are separated by commas; a rule is parts that
 * must all hold: words that come first among the operands (`a|b` alternatives, `*` any, `pre*` `*end`
 * `*in*` by beginning, end or middle), `$` when no further operand may follow, `-o` or `--option` that
 * must be there (`--option=a|b` with that value), `!-o` that must not, `~word` for an operand anywhere,
 * `<` when standard input is fed. The rule `*` alone always holds.
 */
export interface Program {
  readonly names: string;
  /** Options that take a value. */
  readonly values?: string;
  /** Options that take two. */
  readonly pairs?: string;
  /** Options without a value that leave what it does as it is; `*`: so do all that no rule names. */
  readonly switches?: string;
  /** Options are words behind one dash (`-chdir`): letters are never bundled. */
  readonly longDash?: true;
  /** Touches nothing outside the shell. */
  readonly none?: string;
  readonly reads?: string;
  readonly writes?: string;
  readonly destroys?: string;
  /** When no rule holds: `writes` where it is left out. */
  readonly otherwise?: Judgement['effect'];
  /** Only shows what it would do; outranks the others. */
  readonly dry?: string;
  /** What destroying is, such as `deletes`. */
  readonly does?: string;
  /** Talks to a person. */
  readonly asks?: string;
  /** Never asks when one of these options is there. */
  readonly answers?: string;
  /** Asks the terminal itself, even when standard input is fed. */
  readonly asksTerminal?: true;
  /** Never ends by itself. */
  readonly endless?: string;
  /** Ends in time, whatever else is said; so does what it runs. */
  readonly ends?: string;
  /** Leaves its input before that ends, which ends who writes it. */
  readonly leaves?: string;
  /** Opens a session that later text may be meant for, unless standard input is fed. */
  readonly session?: string;
  /** Its session is at another machine or another user's, though it runs no other program there. */
  readonly enters?: true;
  /** How it runs another program. */
  readonly runs?: readonly Runs[];
  /** Options and operands that hold code of another language. */
  readonly code?: Code;
  /** Options whose value is a secret; `-p…` glued, `-u:` `-U%` behind that mark, `=2` the operand of that number, `=0/` behind a mark in it. */
  readonly secrets?: string;
  /**
   * Options and operands that say where it goes in a language of its own, an URL or a connection string, which files
   * and folders hold its code or settings, or what kind of thing it shows: `=0` the first operand, `=*` all (`namesOperand`).
   */
  readonly addresses?: string;
  /**
   * Options whose value is the host that it goes to, or what settings call it by, and operands that are: `=1` the second,
   * `=*` all, `=@` what stands behind an `@`, `remote/show=2` the third behind these words.
   */
  readonly hosts?: string;
  /** Operands that are files whose text it shows, or secrets that are as good as files, and options that name them (`ssm/*=--name`): `=*` all, `=1+` all but the first, `-e=*` all with that option. */
  readonly files?: string;
  /**
   * Options whose value only selects or is shown (a namespace, a pattern, a number of lines), and operands that do so of
   * a program that runs another, belongs to the shell or tells of files without showing them: `=1` the second, `=*` all;
   * `--data=` selects behind a `NAME=` of its value alone. Operands of a program that only reads select unless they are
   * addresses or whole paths. Of every other option nobody knows what its value chooses.
   */
  readonly selects?: string;
  /** Judges what rules cannot say; `undefined`: the rules know. */
  readonly judge?: (use: Use, door: Door) => Judgement | undefined;
  /** One a line: `effect[ endless][ asks][ session]: command`. */
  readonly examples: string;
}

/** One way in which a program runs another. */
export interface Runs {
  /** Words that come first: `compose exec`. */
  readonly under?: string;
  /** Operands of its own in front of the command; 0 when left out. */
  readonly after?: number;
  /** Options whose value is the command, as a text for a shell. */
  readonly option?: string;
  /** Its words are joined and read by a shell. */
  readonly shell?: true;
  /** The command stands behind `--`. */
  readonly dashes?: true;
  /** Only with one of these options. */
  readonly with?: string;
  /** Not with any of these options. */
  readonly unless?: string;
  /** Words that nobody can see yet are put behind the command. */
  readonly appends?: true;
  /** `NAME=value` in front of the command is its environment. */
  readonly environment?: true;
  /** On another machine or in a container: the programs of this machine do not matter. */
  readonly elsewhere?: true;
  /** Without a command it opens a shell. */
  readonly opens?: true;
  /** Running anything this way changes something of its own. */
  readonly writes?: true;
}

/** Where a program takes code of another language. */
export interface Code {
  readonly reads: 'shell' | 'code' | 'sed';
  /** Options whose value is code. */
  readonly options?: string;
  /** The operand that is code, counted from 0, unless an option gave it. */
  readonly operand?: number;
  /** Operands from that one on are code. */
  readonly rest?: true;
  /** Standard input is code, where nothing else is. */
  readonly input?: true;
  /** It asks a database, whose functions may do anything. */
  readonly queries?: true;
}

/** An option as it was given. */
export interface Option {
  readonly name: string;
  readonly value: string;
}

/** A program with the arguments of one command, read as the program reads them. */
export interface Use {
  readonly program: Program;
  readonly name: string;
  readonly args: readonly string[];
  /** Operands: subcommands, files, names. */
  readonly words: readonly string[];
  readonly options: readonly Option[];
  /** The command that it runs, word for word; `undefined` when it runs none. */
  readonly inner: readonly string[] | undefined;
  readonly runs: Runs | undefined;
  readonly feed: Feed | undefined;
}

/** Where a command's standard input comes from. */
export interface Feed {
  readonly kind: 'pipe' | 'file' | 'text';
  /** The text itself, the file's name, or the commands in front of the pipe. */
  readonly text: string;
}

/** What a record may ask while it judges. */
export interface Door {
  /** Judges words as a command of their own. */
  readonly words: (words: readonly string[]) => Judgement;
  /** Judges a text as a script. */
  readonly script: (text: string) => Judgement;
}
