import { commandAbout } from '../../engine/model/command-about.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { type Canvas, facts, fold, rule } from './canvas.ts';
import { shortRun } from './step-screen.ts';

/** Who carries out the runbook that a second person wants to, since when and how far. */
export function holderScreen(
  report: RunReport,
  state: string | null,
  canvas: Canvas,
  nowMs: number,
): readonly string[] {
  const { started, startedAt, run } = report;
  const since = formatDuration(Math.max(0, nowMs - Date.parse(startedAt)));
  const last = formatDuration(Math.max(0, nowMs - Date.parse(report.lastEventAt)));
  const rows: readonly (readonly [string, string])[] = [
    ['who', `${started.who.user ?? 'somebody'} on ${started.who.host}`],
    ['since', `${startedAt.slice(0, 19).replace('T', ' ')} UTC, ${since} ago`],
    ['at', atInWords(report)],
    ['last', `its last event was ${last} ago`],
    ['log', commandAbout('log', run.slice(0, 13), state, ['--follow'])],
  ];
  const title = `Somebody else carries out ${started.runbook.title} right now (run ${shortRun(run)}).`;
  return [
    '',
    ...fold(title, canvas.width).map((line) => canvas.style('careful', line)),
    ...(canvas.plain
      ? rows.flatMap(([label, value]) => fold(`${label}: ${value}`, canvas.width))
      : [rule(canvas), ...facts(rows, canvas)]),
    '',
  ];
}

/** The step that a run is at: `5 of 8: Drain it`. */
export function atInWords({ steps }: RunReport): string {
  const at = steps.findIndex(({ outcome }) => outcome === null || outcome === 'unknown');
  const step = steps[at];
  return step === undefined ? 'its end' : `${at + 1} of ${steps.length}: ${step.title}`;
}
