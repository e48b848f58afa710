import type { Situation } from '../../engine/contracts/operator.ts';

/** The text of one part, as it would run. */
export function partText({ planned, text }: Situation, part: number): string {
  const { parts, textLine } = planned.step;
  const one = parts[part];
  const lines = text.split('\n');
  const isSameLength = lines.length === planned.step.text.split('\n').length;
  if (one === undefined || !isSameLength) return one?.text ?? text;
  return lines.slice(one.line - textLine, one.endLine - textLine + 1).join('\n');
}
