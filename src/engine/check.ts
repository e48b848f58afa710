import {
  destructive,
  endlessCommand,
  interactiveCommand,
  nonAsciiQuote,
  positionalParameter,
  remoteSession,
  shellSyntax,
  sudoPassword,
} from './checks/commands.ts';
import { condition } from './checks/condition.ts';
import { hereOnly } from './checks/here-only.ts';
import { READING_RULES } from './checks/reading-rules.ts';
import type { CheckDoors, Rule } from './checks/rule.ts';
import { brokenLink, emptyRunbook, noExpectation } from './checks/text.ts';
import { freeVariable, literalSecret, toolMissing, unboundInput } from './checks/values.ts';
import { nearInput, overdueReview, unknownAllowed } from './checks/words.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Runbook } from './model/runbook.ts';

/** Rules that look at a parsed runbook. What reading itself finds is in the runbook's own diagnostics. */
export const RULES: readonly Rule[] = [
  unboundInput,
  freeVariable,
  positionalParameter,
  endlessCommand,
  interactiveCommand,
  remoteSession,
  hereOnly,
  destructive,
  sudoPassword,
  literalSecret,
  shellSyntax,
  nonAsciiQuote,
  toolMissing,
  brokenLink,
  noExpectation,
  condition,
  nearInput,
  overdueReview,
  emptyRunbook,
];

/**
 * What a run without a person refuses of a step's own text: errors then. What destroys waits for approval instead; values
 * and conditions are the plan's.
 */
export const REFUSED_UNATTENDED: ReadonlySet<string> = new Set([
  'endless-command',
  'interactive-command',
  'remote-session',
  'tool-missing',
  'inferred-step',
  'doubtful',
]);

/** The same findings with the column at which what each means stands in its line. */
export function withColumns(
  diagnostics: readonly Diagnostic[],
  text: string,
): readonly Diagnostic[] {
  const lines = text.split(/\r\n|\n|\r/);
  return diagnostics.map(({ word, ...diagnostic }) => {
    const line = lines[diagnostic.line - 1] ?? '';
    const at = word === undefined || diagnostic.column > 1 ? -1 : line.indexOf(word);
    const first = diagnostic.column > 1 ? diagnostic.column : Math.max(0, line.search(/\S/)) + 1;
    return { ...diagnostic, column: at >= 0 ? at + 1 : first };
  });
}

/**
 * Everything that is wrong or doubtful with a runbook, in the order of the text. Pure but for the
 * doors. Findings that the author allowed (`<!-- handrail: allow=rule -->`) are left out; with
 * `unattended`, what a cron run would refuse is an error.
 */
export function check(
  runbook: Runbook,
  doors: CheckDoors = {},
  { unattended = false }: { readonly unattended?: boolean } = {},
): readonly Diagnostic[] {
  const found = [
    ...runbook.diagnostics,
    ...RULES.flatMap((rule) => rule.find(runbook, doors)),
    ...(unattended ? inferredSteps(runbook) : []),
    ...doubtfulSteps(runbook, unattended),
    ...unknownAllowed(runbook.steps, RULE_NAMES),
  ];
  return found
    .filter((diagnostic) => !isAllowed(runbook, diagnostic))
    .map((diagnostic) =>
      unattended && REFUSED_UNATTENDED.has(diagnostic.rule)
        ? { ...diagnostic, severity: 'error' as const }
        : diagnostic,
    )
    .sort((a, b) => a.line - b.line || a.column - b.column || compare(a.rule, b.rule));
}

/** Every rule, by name. */
const RULE_NAMES = [...READING_RULES, ...RULES, { name: 'inferred-step' }].map(({ name }) => name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inferredSteps({ steps }: Runbook): readonly Diagnostic[] {
  return steps
    .filter(({ inferred }) => inferred)
    .map(({ line }) => ({
      rule: 'inferred-step',
      severity: 'error' as const,
      line,
      column: 1,
      message: 'No language was given for this fence: that it is a step is only inferred.',
      hint: 'Write ```bash, or `infer: true` in the frontmatter.',
    }));
}

/** What may be none, and would be run by nobody's yes; a person's own steps stop a run of cron anyway. */
function doubtfulSteps({ steps }: Runbook, unattended: boolean): readonly Diagnostic[] {
  return steps.flatMap(({ line, doubtful, effect }) =>
    doubtful === undefined
      ? []
      : [
          {
            rule: 'doubtful',
            severity: unattended && effect !== 'asks' ? ('error' as const) : ('warning' as const),
            line,
            column: 1,
            message: `Whether this is a step is doubtful: ${doubtful.as}, but ${doubtful.or}.`,
            hint: 'Write `<!-- handrail: run -->` or `<!-- handrail: ignore -->` above it.',
          },
        ],
  );
}

function isAllowed(runbook: Runbook, { rule, line }: Diagnostic): boolean {
  return runbook.steps.some(
    (step) =>
      step.line <= line &&
      line <= step.endLine &&
      (step.annotations.allow ?? '').split(/[\s,]+/).includes(rule),
  );
}
