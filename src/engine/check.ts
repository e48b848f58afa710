import { nearest } from '../text/nearest.ts';
import { RULES } from './checks/index.ts';
import { type CheckDoors, toDiagnostic } from './checks/rule.ts';
import { withoutSecrets } from './literal-secrets.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Runbook } from './model/runbook.ts';

/**
 * What a run without a person refuses of a step's own text: errors then. What destroys waits for approval instead; values
 * and conditions are the plan's.
 */
export const REFUSED_UNATTENDED: ReadonlySet<string> = new Set(
  RULES.filter(({ refusedUnattended }) => refusedUnattended).map(({ name }) => name),
);

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
    ...RULES.flatMap((rule) => rule.find?.(runbook, doors, unattended) ?? []),
    ...unknownAllowed(runbook.steps, RULE_NAMES),
  ];
  return withoutSecrets(found, runbook.steps, runbook.frontmatter)
    .filter(notAllowed(runbook))
    .map((diagnostic) =>
      unattended && REFUSED_UNATTENDED.has(diagnostic.rule)
        ? { ...diagnostic, severity: 'error' as const }
        : diagnostic,
    )
    .sort((a, b) => a.line - b.line || a.column - b.column || compare(a.rule, b.rule));
}

/** Every rule, by name. */
const RULE_NAMES = RULES.map(({ name }) => name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether no step of its line allows a finding. */
function notAllowed({ steps }: Runbook): (diagnostic: Diagnostic) => boolean {
  const allowing = Map.groupBy(
    steps.flatMap(({ line, endLine, annotations: { allow } }) =>
      (allow ?? '').split(/[\s,]+/).map((rule) => ({ rule, line, endLine })),
    ),
    ({ rule }) => rule,
  );
  return ({ rule, line }) =>
    !allowing.get(rule)?.some((step) => step.line <= line && line <= step.endLine);
}

/** Names under `allow` that no rule has: what was to be silent is not. */
function unknownAllowed(
  steps: readonly {
    readonly line: number;
    readonly annotations: { readonly allow?: string | undefined };
  }[],
  rules: readonly string[],
): readonly Diagnostic[] {
  return steps.flatMap(({ line, annotations: { allow } }) =>
    (allow ?? '')
      .split(/[\s,]+/)
      .filter((name) => name !== '' && !rules.includes(name))
      .map((name) => {
        const near = nearest(name, rules);
        return toDiagnostic('annotation', {
          line,
          message: `The annotation \`allow=${allow}\` is wrong: there is no rule \`${name}\`.`,
          hint: near === undefined ? 'docs/rules.md lists the rules.' : `Did you mean \`${near}\`?`,
          word: name,
        });
      }),
  );
}
