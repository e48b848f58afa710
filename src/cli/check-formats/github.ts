import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { Findings } from './sarif.ts';

const COMMANDS: Readonly<Record<Diagnostic['severity'], string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/** Findings as workflow commands of GitHub Actions: `::warning file=…,line=…,title=…::message`. */
export function githubAnnotations(findings: readonly Findings[]): string {
  return findings
    .flatMap(({ path, diagnostics }) => diagnostics.map((one) => annotation(path, one)))
    .join('');
}

function annotation(
  path: string,
  { rule, severity, line, column, message, hint }: Diagnostic,
): string {
  const where = `file=${property(path)},line=${line},col=${column},title=${property(rule)}`;
  const text = hint === undefined ? message : `${message} ${hint}`;
  return `::${COMMANDS[severity]} ${where}::${data(text)}\n`;
}

/** Escapes as the runner reads them back (actions/toolkit, command.ts). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
