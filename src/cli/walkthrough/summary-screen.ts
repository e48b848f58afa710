import { commandAbout } from '../../engine/model/command-about.ts';
import { canGoOn, saidOutcome, WITH_EXCEPTIONS } from '../../engine/model/outcome.ts';
import type { RunReport, StepReport } from '../../engine/model/report.ts';
import { formatDuration } from '../../text/duration.ts';
import { numberedSteps } from '../progress/numbered-steps.ts';
import { counted, toneOf, tookOf, triesOf } from '../progress/words.ts';
import { displayWidth } from '../screen/layout.ts';
import { type Canvas, capital, clip, facts, fold, rule, sentences, sideWidth } from './canvas.ts';
import { shortRun } from './step-screen.ts';

const WORDS: Readonly<Record<string, string>> = {
  passed: 'ok',
  confirmed: 'ok',
  'not-applicable': 'n/a',
  skipped: 'SKIP',
  failed: 'FAILED',
  'timed-out': 'FAILED',
  declined: 'NOT SO',
  unknown: 'UNKNOWN',
};

/** What ran, what did not, how long, and where to read more: `state` as `commandAbout` has it. */
export function summaryScreen(
  report: RunReport,
  where: string,
  state: string | null,
  canvas: Canvas,
): readonly string[] {
  const took = report.durationMs ?? 0;
  const headline = `${report.started.runbook.title}   ${headlineOf(report)}   ${counted(report.steps.filter(({ own }) => !own).length, 'step')} in ${formatDuration(took)}   run ${shortRun(report.run)}`;
  const run = report.run.slice(0, 13);
  const goOn = !canGoOn(report) ? '' : commandAbout('resume', run, state);
  const rows: readonly (readonly [string, string])[] = [
    ['total', tally(report)],
    ['except', exceptionsInWords(report)],
    ['go on', goOn],
    ['log', where],
    ['read', commandAbout('log', 'last', state)],
    ['timeline', commandAbout('timeline', run, state)],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  if (canvas.plain)
    return [
      '',
      ...fold(sentences(headline), canvas.width),
      ...numberedSteps(report.steps).flatMap(([step, number]) =>
        fold(
          sentences(number && `Step ${number}`, step.title, capital(step.outcome ?? 'not reached')),
          canvas.width,
        ),
      ),
      ...shown.flatMap(([label, value]) => fold(`${capital(label)}: ${value}`, canvas.width)),
    ];
  const titles = report.steps.map(({ title }) => title);
  const titleRoom = sideWidth(canvas.width, titles, [' '.repeat(MARGIN)]);
  return [
    '',
    rule(canvas),
    ...fold(headline, canvas.width).map((line) => canvas.style(toneOf(report.outcome), line)),
    '',
    ...numberedSteps(report.steps).map(([step, number]) =>
      stepLine(report, step, number, titleRoom, canvas),
    ),
    '',
    ...facts(shown, canvas),
  ];
}

const headlineOf = (report: RunReport): string =>
  saidOutcome(report) === WITH_EXCEPTIONS
    ? 'DONE WITH EXCEPTIONS'
    : report.outcome === 'passed'
      ? 'DONE'
      : report.outcome.toUpperCase();

/** Why a run that passed is not simply done: which stops, and what was said of them. */
function exceptionsInWords(report: RunReport): string {
  return numberedSteps(report.steps)
    .filter(([{ id }]) => report.exceptions.includes(id))
    .map(([step, number]) => {
      const said = step.note ?? step.why ?? '';
      const failed = step.attempts.find(({ outcome }) => outcome === 'failed')?.why ?? '';
      const instead = report.remarks.flatMap(({ event }) =>
        event.type === 'deviation.recorded' && event.stepId === step.id ? [event.what] : [],
      );
      const after = failed === '' ? '' : `failed before: ${failed}`;
      const told = [...new Set([...instead, after])].filter((text) => text !== '');
      const how = said === '' ? told.join('; ') : said;
      return `${number} ${WORDS[step.outcome ?? ''] ?? step.outcome}${how === '' ? '' : ` (${how.replace(/\.$/, '')})`}`;
    })
    .join(', ');
}

/** What stands in front of a title, and behind it at least. */
const MARGIN = 17;

function stepLine(
  report: RunReport,
  step: StepReport,
  position: string,
  width: number,
  canvas: Canvas,
): string {
  const word = step.outcome === null ? '-' : (WORDS[step.outcome] ?? step.outcome);
  const last = step.attempts.at(-1);
  const tries = triesOf(step.attempts);
  const tookMs = tookOf(step.attempts);
  const edited = whyEdited(report, step);
  const remark = [
    tookMs === null || (last?.text === '' && tookMs === 0) ? '' : formatDuration(tookMs),
    tries > 1 ? `try ${tries}` : '',
    edited === undefined ? '' : 'edited',
    leftOutIn(report, step),
    step.why ?? step.note ?? edited ?? '',
  ]
    .filter((part) => part !== '')
    .join('   ');
  // What is said of a step takes what its title leaves.
  const most = Math.max(34, canvas.width - MARGIN - displayWidth(step.title));
  const aside = Math.min(displayWidth(remark), most);
  const room = Math.max(16, Math.min(canvas.width - aside, width) - MARGIN);
  const line = `${position.padStart(4)} ${word.padEnd(8)} ${clip(step.title, room).padEnd(room)} ${remark}`;
  return canvas.style(toneOf(step.outcome), clip(line.trimEnd(), canvas.width));
}

/** Why what ran was not what the page says; `undefined`: it was. */
const whyEdited = ({ remarks }: RunReport, { id }: StepReport): string | undefined =>
  remarks
    .flatMap(({ event }) =>
      event.type === 'deviation.recorded' && event.stepId === id && event.what === 'edited'
        ? [event.why ?? '']
        : [],
    )
    .at(-1);

/** Parts of its fence whose condition did not hold. */
function leftOutIn({ conditions }: RunReport, { id }: StepReport): string {
  const last = new Map(
    conditions
      .filter(({ stepId, part }) => stepId === id && part !== undefined)
      .map(({ part, holds }) => [part?.number ?? 0, holds]),
  );
  const out = [...last].flatMap(([number, holds]) => (holds ? [] : [number]));
  if (out.length === 0) return '';
  return `${out.length === 1 ? 'part' : 'parts'} ${out.join(', ')} left out`;
}

function tally({ steps, remarks }: RunReport): string {
  const counts = new Map<string, number>();
  for (const { outcome, own } of steps) {
    if (own) continue;
    const word = outcome ?? 'not reached';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const notes = remarks.filter(({ event }) => event.type === 'note.added').length;
  const parts = [...counts].map(([word, count]) => `${count} ${word}`);
  return [...parts, ...(notes > 0 ? [`${notes} ${notes === 1 ? 'note' : 'notes'}`] : [])].join(
    ', ',
  );
}
