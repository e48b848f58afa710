import type { Diagnostic } from '../model/diagnostic.ts';
import type { Runbook, Step } from '../model/runbook.ts';
import type { ShellCommand } from '../model/shell-facts.ts';

/** What a rule may ask about the world; absent doors mean that the question is not asked. */
export interface CheckDoors {
  /** Whether a command of that name can be found on this machine. */
  readonly hasCommand?: (name: string) => boolean;
  /** Whether a file stands at that path, relative to the runbook's folder. */
  readonly exists?: (path: string) => boolean;
  /** Whether a linked runbook has a procedure of that name; `undefined` when nobody can say. */
  readonly hasProcedure?: (path: string, procedure: string) => boolean | undefined;
  /** Today, as `2027-03-31`. */
  readonly today?: string;
}

/** One thing that can be wrong with a runbook, found without running it. */
export interface Rule {
  /** Kebab-case; the documentation has a page of that name. */
  readonly name: string;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** What goes wrong at 3am when it is left, and what to write instead. */
  readonly why: string;
  find(runbook: Runbook, doors: CheckDoors): readonly Diagnostic[];
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
