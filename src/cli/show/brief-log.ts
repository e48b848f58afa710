import { saidOutcome } from '../../engine/model/outcome.ts';
import type { RunReport, StepReport } from '../../engine/model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import type { CliContext } from '../context.ts';
import { numberedSteps } from '../progress/numbered-steps.ts';
import { counted, toneOf, tookOf, triesOf } from '../progress/words.ts';
import { clip, displayWidth, pad } from '../screen/layout.ts';
import { screenLine } from '../screen/safe-text.ts';

type Look = Pick<CliContext, 'columns' | 'style'>;

/** A run in few lines: how it stands, each step with its end, then notes and departures in order. */
export function briefLines(report: RunReport, look: Look): readonly string[] {
  const { style, columns } = look;
  const who = report.started.who.user ?? '';
  const took = report.durationMs === null ? '' : `, ${formatDuration(report.durationMs)}`;
  const head = `${report.started.runbook.title}  ${saidOutcome(report)}  ${counted(report.steps.filter(({ own }) => !own).length, 'step')}${took}`;
  const remarks = report.remarks.flatMap(({ at, event }) => {
    const when = at.slice(11, 19);
    if (event.type === 'note.added') return [`${when}  note by ${event.by}: ${event.text}`];
    if (event.type !== 'deviation.recorded') return [];
    const said = (event.text ?? event.why ?? '').trim().replace(/(?<!\s)\s*\n\s*/g, '; ');
    return [`${when}  ${event.what} by ${event.by}${said === '' ? '' : `: ${said}`}`];
  });
  return [
    style(toneOf(report.outcome), clip(screenLine(head), columns)),
    style('dim', clip(`${report.startedAt}  ${who}  run ${report.run}`, columns)),
    '',
    ...numberedSteps(report.steps).map(([step, number]) =>
      stepLine(step, number, report.steps.length, look),
    ),
    ...(report.started.leftOut ?? []).map(({ path, line, message }) =>
      clip(
        screenLine(`not done ${path === undefined ? '' : `${path} `}line ${line}: ${message}`),
        columns,
      ),
    ),
    ...(remarks.length === 0
      ? []
      : ['', ...remarks.map((line) => clip(screenLine(line), columns))]),
  ];
}

function stepLine(
  step: StepReport,
  number: string,
  count: number,
  { columns, style }: Look,
): string {
  const digits = String(count).length;
  const tookMs = tookOf(step.attempts);
  const tries = triesOf(step.attempts);
  const aside = [
    tookMs === null ? '' : formatDuration(tookMs),
    tries > 1 ? `try ${tries}` : '',
    step.by ?? '',
    step.why ?? step.note ?? '',
  ]
    .filter((text) => text !== '')
    .join('  ');
  const word = (step.outcome ?? 'not reached').padEnd(14);
  const line = `${number === '' ? ' '.repeat(digits + 1) : `${number.padStart(digits)}.`} ${word} `;
  const room = Math.max(8, columns - displayWidth(line) - Math.min(displayWidth(aside), 40) - 2);
  const title = pad(clip(screenLine(step.title), room), room);
  return style(
    toneOf(step.outcome),
    clip(`${line}${title}  ${screenLine(aside)}`.trimEnd(), columns),
  );
}
