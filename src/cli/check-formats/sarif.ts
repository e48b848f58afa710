import type { Diagnostic } from '../../engine/model/diagnostic.ts';

/** What was found in one file. */
export interface Findings {
  /** Path as it is to be shown: relative, with `/`. */
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a rule is for, for readers of the results. */
export interface RuleHelp {
  readonly name: string;
  readonly summary: string;
  readonly why: string;
}

const LEVELS: Readonly<Record<Diagnostic['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), one run, stable order. */
export function sarif(
  findings: readonly Findings[],
  rules: readonly RuleHelp[],
  version: string,
): string {
  const named = new Set(findings.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)));
  const known = rules.filter(({ name }) => named.has(name));
  const unknown = [...named].filter((name) => !rules.some((rule) => rule.name === name)).sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'handrail',
            version,
            rules: [
              ...known.map(({ name, summary, why }) => ({
                id: name,
                shortDescription: { text: summary },
                help: { text: why },
              })),
              ...unknown.map((name) => ({ id: name })),
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.flatMap(({ path, diagnostics }) =>
          diagnostics.map((one) => result(path, one)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(path: string, { rule, severity, line, column, message, hint }: Diagnostic): object {
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}

/** A path as a reference: `#`, `?` and `%` in a name are part of it, and a `:` makes no scheme of the first folder. */
function uriOf(path: string): string {
  return encodeURI(path.toWellFormed()).replace(/[#?:]/g, encodeURIComponent);
}
