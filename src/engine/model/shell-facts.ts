import type { Effect } from './effect.ts';

/** One simple command of a script. Lines count from 0 within the script. */
export interface ShellCommand {
  /** The command's name when it is literal (`git`), else `''`. */
  readonly name: string;
  /** Literal argument texts, quotes removed; arguments with expansions keep their source text. */
  readonly args: readonly string[];
  readonly line: number;
  /** Inside a function body, a conditional branch or behind `||`/`&&`: may never run. */
  readonly conditional: boolean;
  /** Runs with `sudo`/`doas` in front (`name` is then the command behind it). */
  readonly sudo: boolean;
  /** What stands behind `sudo` and in front of the command, where anything does: `-u postgres`. */
  readonly as?: readonly string[];
  /** It is `doas` that stands in front. */
  readonly doas?: true;
  /** The programs that it needs here, where they are others than `name` alone (`nohup env A=b deploy`). */
  readonly needs?: readonly string[];
  /** Secrets that it is given literally, by options that take one. */
  readonly secrets?: readonly {
    readonly value: string;
    readonly what: string;
    /** What stands right before it. */
    readonly before: string;
  }[];
}

/** A use of a shell variable. */
export interface VariableUse {
  readonly name: string;
  readonly line: number;
  /** `${X:-…}`, `${X:=…}`, `${X:+…}`, `${X-…}`, `[ -n/-z … ]` guarded: not an error when unset. */
  readonly defaulted: boolean;
}

/** A spelling of an input found in the wild: `{VERSION}`, `<name>`, `[deployment-id]`, `YOUR_X`, `CHANGEME`. */
export interface WildInput {
  readonly name: string;
  /** As written, delimiters included. */
  readonly spelling: string;
  readonly line: number;
  /** Start offset in the script, UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The variable whose default it is (`${NS:-your-namespace}`): where that is set, nothing reads it. */
  readonly defaultOf?: string;
}

/** What the bash grammar answers about a script. Plain data; lines count from 0 within the script. */
export interface ShellFacts {
  /** The grammar reads it without an error node. */
  readonly wellFormed: boolean;
  readonly commands: readonly ShellCommand[];
  /** Names that the script itself sets (assignments, read, for, declare, export, getopts, mapfile …). */
  readonly assigns: readonly string[];
  /** Variables used before the script itself sets them. */
  readonly uses: readonly VariableUse[];
  readonly functions: readonly string[];
  readonly wildInputs: readonly WildInput[];
  /** Files named by `source`/`.`, literal ones only. */
  readonly sources: readonly string[];
  readonly shebang: string | null;
  readonly onlyComments: boolean;
  readonly onlyAssignments: boolean;
  readonly onlyFunctions: boolean;
  /** The worst thing the text visibly does. */
  readonly effect: Exclude<Effect, 'asks'>;
  /** Why the effect was judged so, such as "`rm -rf` deletes". */
  readonly effectWhy: string;
  /** The text proves the effect; else it is what is to be feared of what nothing is known about. */
  readonly effectSure: boolean;
  /** Records of its programs say it, though the author may know better. */
  readonly effectRecorded: boolean;
  /** What it would destroy, for the typed confirmation; `''` when nothing. */
  readonly target: string;
  /** Everything that it would destroy, in order, as far as it is known. */
  readonly targets: readonly string[];
  /** Commands that never end by themselves (`tail -f`, `--follow`, `watch`), with their lines. */
  readonly endless: readonly ShellCommand[];
  /** Commands that talk to a person (`read -p`, editors, pagers, `passwd`). */
  readonly interactive: readonly ShellCommand[];
  /** Commands that open a shell that later fences may be meant for (`ssh host`, `kubectl exec -it … sh`). */
  readonly sessions: readonly ShellCommand[];
  /** Compound commands, here-documents, functions, a shebang: never split into parts. */
  readonly isScript: boolean;
  /** Groups that open with a "# title" comment; empty when fewer than two. Lines within the script. */
  readonly parts: readonly {
    readonly title: string;
    readonly line: number;
    readonly endLine: number;
  }[];
}
