import type { Situation } from '../../engine/contracts/operator.ts';
import { formatDuration } from '../../text/duration.ts';
import { type Canvas, facts, fold, screenLines } from './canvas.ts';

/** Why an attempt counts as failed, and what the runbook says about it. */
export function failureScreen(
  { failure, plan, position, planned, tries }: Situation,
  history: string,
  canvas: Canvas,
): readonly string[] {
  if (failure === null) return [];
  const how = failure.signal ? `signal ${failure.signal}` : `exit ${failure.exitCode ?? '-'}`;
  const headline = `${position}. ${planned.step.title}   ${failure.outcome.toUpperCase()}   ${how} after ${formatDuration(failure.durationMs)}`;
  const rollbacks = plan.rollbacks.map(({ title }) => title).join(', ');
  return [
    '',
    ...fold(headline, canvas.width).map((line) => canvas.style('bad', line)),
    '',
    ...(canvas.plain ? [] : ['why it counts as failed']),
    ...fold(failure.why ?? 'it did not pass', canvas.width, '  '),
    ...screenLines(failure.detail, canvas.width - 2).map((line) => `  ${line}`),
    ...facts(
      [
        ['tries', String(tries)],
        ['history', history],
        ['rollback', rollbacks],
      ].filter((row): row is [string, string] => row[1] !== ''),
      canvas,
    ),
    '',
  ];
}
