import type { Situation } from '../../engine/contracts/operator.ts';
import { shellFacts } from '../../engine/shell/facts.ts';
import { statementLines } from '../../engine/shell/statement-lines.ts';
import type { Ran } from './desk.ts';

/** Where in the text that ran it failed or was stopped, and where it could go on. */
export interface FailedAt {
  /** The text that ran, its values filled in and secrets masked. */
  readonly lines: readonly string[];
  /** Index of the line that failed. */
  readonly at: number;
  /** Index of the first line of the next statement; `null`: nothing comes behind it. */
  readonly next: number | null;
  /** What became of that line. */
  readonly word: 'failed' | 'stopped';
}

/** Finds the line of a script that ended it; `null` where nobody knows, as with a script that is no shell's. */
export function failedAt(situation: Situation, last: Ran | null): FailedAt | null {
  const { failure, planned } = situation;
  const ran = last?.id === planned.id ? last : null;
  const text = ran === null ? planned.step.text : textOf(planned.step.text, ran);
  const first = firstLineOf(planned.step, ran);
  const lines = text.replace(/(?<!\n)\n+$/, '').split('\n');
  const line = failure?.facts?.['failedLine'];
  const isStopped = failure?.outcome === 'cancelled';
  const at =
    typeof line === 'number' ? line - first : isStopped ? endlessAt(situation, text, ran) : -1;
  if (at < 0 || at >= lines.length) return null;
  const statements = statementLines(text);
  const failed = statements.find((one) => one.line <= at && at <= one.endLine);
  const next = statements.find((one) => one.line > (failed?.endLine ?? at));
  const word = isStopped ? 'stopped' : 'failed';
  return { lines: shownLines(situation, lines, first), at, next: next?.line ?? null, word };
}

/** Index of the line that never ends by itself: when the person stops the script, it was that one. -1: there is none. */
function endlessAt({ planned: { step } }: Situation, text: string, ran: Ran | null): number {
  if (step.shell === undefined) return -1;
  const from = (ran?.fromLine ?? 1) - 1;
  return shellFacts(text).endless.find(({ line }) => line >= from)?.line ?? -1;
}

/** The lines with their values, as the step was shown; as written where it was edited, or a value has lines of its own. */
function shownLines(
  { planned: { step }, text }: Situation,
  lines: readonly string[],
  first: number,
): readonly string[] {
  const [written, filled] = [step.text.split('\n'), text.split('\n')];
  const from = first - step.textLine;
  const isAsWritten = lines.every((line, at) => line === written[from + at]);
  if (!isAsWritten || written.length !== filled.length) return lines;
  return filled.slice(from, from + lines.length);
}

function textOf(text: string, { edited, part }: Ran): string {
  return edited ?? part?.text ?? text;
}

function firstLineOf({ textLine }: { readonly textLine: number }, ran: Ran | null): number {
  return ran?.edited === undefined ? (ran?.part?.line ?? textLine) : textLine;
}
