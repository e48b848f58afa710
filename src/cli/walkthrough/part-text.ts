import type { Situation } from '../../engine/contracts/operator.ts';
import type { Step } from '../../engine/model/runbook.ts';

/** The text of one part (from 0), cut out of the step's text as it would run. */
export function partText(step: Step, text: string, part: number): string {
  const { parts, textLine } = step;
  const one = parts[part];
  const lines = text.split('\n');
  const isSameLength = lines.length === step.text.split('\n').length;
  if (one === undefined || !isSameLength) return one?.text ?? text;
  return lines.slice(one.line - textLine, one.endLine - textLine + 1).join('\n');
}

/** How often the step was tried, or the part that is next: parts that ran before are no tries of it, and those left out ran not at all. */
export const triesHere = ({ tries, partsBehind, partsLeftOut }: Situation): number =>
  Math.max(0, tries - partsBehind.filter((number) => !partsLeftOut.includes(number)).length);
