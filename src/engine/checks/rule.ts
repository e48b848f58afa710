import type { Diagnostic } from '../model/diagnostic.ts';
import type { InputDeclaration } from '../model/frontmatter.ts';
import type { InputUse, Runbook, Step } from '../model/runbook.ts';
import type { ShellCommand } from '../model/shell-facts.ts';

/** What a rule may ask about the world; absent doors mean that the question is not asked. */
export interface CheckDoors {
  /** Whether a command of that name can be found on this machine. */
  readonly hasCommand?: (name: string) => boolean;
  /** Whether a file stands at that path, relative to the runbook's folder. */
  readonly exists?: (path: string) => boolean;
  /** Whether a linked runbook has a procedure of that name; `undefined` when nobody can say. */
  readonly hasProcedure?: (path: string, procedure: string) => boolean | undefined;
  /** Whether a page beside this one has a place that an anchor may lead to; `undefined` when nobody can say. */
  readonly hasAnchor?: (path: string, anchor: string) => boolean | undefined;
  /** What a linked page, or one procedure of it, asks for; `undefined` when nobody can say. */
  readonly linkedInputs?: (path: string, procedure: string) => LinkedInputs | undefined;
  /** Today, as `2027-03-31`. */
  readonly today?: string;
}

/** The inputs of a linked page. */
export interface LinkedInputs {
  readonly names: readonly string[];
  readonly declared: Readonly<Record<string, InputDeclaration | null>>;
  /** Those that what is linked to uses. */
  readonly used: readonly string[];
  /** Those that what is linked to uses, and nothing on its page gives. */
  readonly wanted: readonly InputUse[];
}

/** One thing that can be wrong with a runbook, found without running it. */
export interface Rule {
  /** Kebab-case; its file and its chapter in the documentation have the same name. */
  readonly name: string;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** What goes wrong at 3am when it is left, and what to write instead. */
  readonly why: string;
  /** One sentence: what becomes of it when nobody is there. */
  readonly unattended: string;
  /** An unattended run is refused for it: `check --unattended` calls it an error. */
  readonly refusedUnattended?: true;
  /** Who finds it, where `find` does not: reading the text, or looking at an older text that git has. */
  readonly foundBy?: 'reading' | 'git';
  /**
   * Whole texts in which it is found, and such in which it is not. They are checked where `frobnicate` is the only
   * command that is missing and `there.md`, with a heading `why`, the only file that is not and asks for `host`, in July 2026; U+00FF stands for the byte FF.
   */
  readonly examples: { readonly finds: readonly string[]; readonly leaves: readonly string[] };
  find?(runbook: Runbook, doors: CheckDoors, unattended: boolean): readonly Diagnostic[];
}

/** A rule that looks at one step at a time. */
export function stepRule(
  rule: Omit<Rule, 'find'> & { readonly of: (step: Step) => readonly Finding[] },
): Rule {
  const { of, ...head } = rule;
  return {
    ...head,
    find: (runbook) =>
      runbook.steps.flatMap((step) => of(step).map((finding) => toDiagnostic(head.name, finding))),
  };
}

/** A diagnostic before its rule's name is put on it. */
export interface Finding {
  readonly severity?: Diagnostic['severity'];
  readonly line: number;
  readonly message: string;
  readonly hint: string;
  readonly word?: string;
}

export function toDiagnostic(rule: string, { severity, ...finding }: Finding): Diagnostic {
  return { rule, severity: severity ?? 'warning', column: 1, ...finding };
}

/** The line in the file on which a command of a step stands. */
export function lineOf(step: Step, command: Pick<ShellCommand, 'line'>): number {
  return step.textLine + command.line;
}

/** A command as a person would name it: its name and its first words, at most 48 characters. */
export function commandText({ name, args }: ShellCommand): string {
  const words = [name, ...args].join(' ').replace(/\s+/g, ' ');
  return words.length <= 48 ? words : `${words.slice(0, 47)}…`;
}
