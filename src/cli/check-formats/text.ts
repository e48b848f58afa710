import { counted } from '../progress/words.ts';
import type { Style } from '../screen/style.ts';
import { placedLines } from '../show/diagnostic-lines.ts';
import type { Findings } from './sarif.ts';

/** Findings for a person, file by file, with a line that counts them. */
export function findingsText(findings: readonly Findings[], style: Style): string {
  const files = findings
    .filter(({ diagnostics }) => diagnostics.length > 0)
    .flatMap(({ path, diagnostics }) => [...placedLines(path, diagnostics, style), '']);
  const all = findings.flatMap(({ diagnostics }) => diagnostics);
  const count = (severity: string): number => all.filter((one) => one.severity === severity).length;
  const tally = `${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}, ${count('info')} for information`;
  return [...files, `${counted(findings.length, 'runbook')} checked: ${tally}`, ''].join('\n');
}
