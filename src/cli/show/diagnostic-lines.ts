import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style, Tone } from '../screen/style.ts';

const TONES: Readonly<Record<Diagnostic['severity'], Tone>> = {
  error: 'bad',
  warning: 'careful',
  info: 'note',
};

/** Diagnostics as lines of the screen: line, severity, rule, what is the case, what to do. */
export function diagnosticLines(diagnostics: readonly Diagnostic[], style: Style): string[] {
  return diagnostics.map(({ line, severity, rule, message, hint }) => {
    const say = hint === undefined ? message : `${message} ${hint}`;
    return `  ${String(line).padStart(5)}  ${style(TONES[severity], severity)} ${rule}: ${screenLine(say)}`;
  });
}

/** The same behind `file:line:column`, which editors and terminals make a link of. */
export function placedLines(
  path: string,
  diagnostics: readonly Diagnostic[],
  style: Style,
): string[] {
  return diagnostics.map(({ line, column, severity, rule, message, hint }) => {
    const say = hint === undefined ? message : `${message} ${hint}`;
    const place = style('strong', `${screenLine(path)}:${line}:${column}`);
    return `${place}: ${style(TONES[severity], severity)} ${rule}: ${screenLine(say)}`;
  });
}
