import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { Findings } from './sarif.ts';

const SEVERITIES: Readonly<Record<Diagnostic['severity'], string>> = {
  error: 'major',
  warning: 'minor',
  info: 'info',
};

/**
 * Findings as a code quality report of GitLab. A fingerprint stays the same when lines move, and is never given twice
 * in one report.
 */
export function gitlabCodeQuality(findings: readonly Findings[]): string {
  const seen = new Map<string, number>();
  const issues = findings.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ rule, severity, line, message, hint }) => {
      const what = JSON.stringify([path, rule, message]);
      const nth = seen.get(what) ?? 0;
      seen.set(what, nth + 1);
      return {
        description: hint === undefined ? message : `${message} ${hint}`,
        check_name: rule,
        fingerprint: sha256Of(JSON.stringify([what, nth])),
        severity: SEVERITIES[severity],
        location: { path, lines: { begin: line } },
      };
    }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
}
