import type { Situation } from '../../engine/contracts/operator.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { waysBack } from '../../engine/planning/ways-back.ts';
import { formatDuration } from '../../text/duration.ts';
import { displayWidth, fold as foldText, pad } from '../screen/layout.ts';
import { screenLine, screenText } from '../screen/safe-text.ts';
import { type Canvas, clip, facts, fold, screenLines, sideWidth } from './canvas.ts';
import { countedTitle } from './counted-title.ts';
import type { FailedAt } from './failed-line.ts';
import { triesHere } from './part-text.ts';

/** What the card says beyond the situation. */
export interface FailureLore {
  /** Where in the text it failed; `null`: unknown. */
  readonly failed: FailedAt | null;
  /** The last lines of its output, as they looked. */
  readonly tail: readonly string[];
  /** How the step ended before, such as `17 passed, 3 failed`; `''` when it never ran. */
  readonly history: string;
  /** Such as `2 s, last run: passed on 2026-11-20 by asmith`. */
  readonly usually: string;
}

const LINES_BEFORE = 2;
const LINES_AFTER = 4;
const MOST_OUTPUT = 8;

/** Why an attempt counts as failed: the line, what did not run, the last output, expected against got, last time. */
export function failureScreen(
  situation: Situation,
  lore: FailureLore,
  canvas: Canvas,
): readonly string[] {
  const { failure, outcomes, plan, position, planned } = situation;
  const tries = triesHere(situation);
  if (failure === null) return [];
  const isByHand = outcomes.get(planned.id) === 'declined';
  const { own } = waysBack(plan, planned, outcomes);
  const rollbacks = own.map(({ rollback }) => rollback.title).join(', ');
  const rows: readonly (readonly [string, string])[] = [
    ['why', failure.why ?? 'it did not pass'],
    ['tries', isByHand || tries < 1 ? '' : String(tries)],
    ['usually', isByHand ? '' : lore.usually],
    ['history', isByHand ? '' : lore.history],
    ['rollback', rollbacks],
    ['page says', saidOf(planned.step)],
  ];
  const counted = countedTitle(position, planned.step.title);
  const word = failure.outcome === 'unknown' ? 'UNKNOWN' : 'FAILED';
  const title = canvas.plain
    ? `Step ${counted}: ${word}`
    : `${canvas.marks.bad} ${counted}   ${word}`;
  return [
    '',
    ...headline(title, isByHand ? 'not so' : howOf(situation, lore), canvas),
    ...(isByHand ? [] : codeLines(lore.failed, canvas)),
    ...detailLines(failure.detail, canvas),
    ...(isByHand ? [] : outputLines(lore.tail, canvas)),
    ...behindLines(situation, canvas),
    '',
    ...(canvas.plain
      ? rows.flatMap(([label, value]) =>
          value === '' ? [] : fold(`${label}: ${value}`, canvas.width),
        )
      : facts(
          rows.filter(([, value]) => value !== ''),
          canvas,
        )),
    '',
  ];
}

const MOST_BEHIND = 6;
const HEADING = /^ {0,3}#{1,6}[ \t]/;

/**
 * What the page says right behind the step, up to the next heading: what to do when it fails stands there more often than
 * not. Words that only lead to the next step are left to that.
 */
function behindLines({ plan, planned }: Situation, canvas: Canvas): readonly string[] {
  const next = plan.steps[plan.steps.findIndex(({ id }) => id === planned.id) + 1];
  if (next === undefined || next.linkedIn !== planned.linkedIn) return [];
  const isRest = next.reading === true && next.step.procedure === planned.step.procedure;
  const text = next.lead ?? (isRest ? next.step.text : '');
  const lines = text.split('\n');
  const heading = lines.findIndex((line) => HEADING.test(line));
  const blocks = (heading < 0 ? lines : lines.slice(0, heading))
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  if (heading < 0 && !isRest && /[:\uFF1A][*_\s]*$/.test(blocks.at(-1) ?? '')) blocks.pop();
  const shown = blocks.join('\n\n');
  if (shown === '') return [];
  const all = canvas.prose(shown, canvas.width - 2);
  const more = all.length > MOST_BEHIND ? ['…'] : [];
  return [
    '',
    canvas.plain ? 'The page says behind it:' : canvas.style('dim', '  the page says behind it'),
    ...[...all.slice(0, MOST_BEHIND), ...more].map((line) => `  ${line}`.trimEnd()),
  ];
}

/** What the page would have done here without a person, who decides it now. */
function saidOf({ annotations: { 'on-fail': says = 'stop' } }: Step): string {
  if (says === 'stop') return '';
  return says.startsWith('goto ') ? `on-fail: ${says} (o leads there)` : `on-fail: ${says}`;
}

function howOf({ failure }: Situation, { failed }: FailureLore): string {
  if (failure === null) return '';
  const end =
    failure.signal !== undefined
      ? `ended by ${failure.signal}`
      : failure.exitCode === undefined
        ? failure.outcome
        : `exit ${failure.exitCode}`;
  const line =
    failed === null || failed.lines.length < 2
      ? ''
      : `   line ${failed.at + 1} of ${failed.lines.length}`;
  return `${end} after ${formatDuration(failure.durationMs)}${line}`;
}

function headline(title: string, how: string, canvas: Canvas): readonly string[] {
  const { width, style } = canvas;
  if (displayWidth(title) + displayWidth(how) + 3 <= width)
    return [
      style(
        'bad',
        pad(screenLine(title), sideWidth(width, [title], [how]) - displayWidth(how)) + how,
      ),
    ];
  return [...fold(title, width), ...fold(how, width, '  ')].map((line) => style('bad', line));
}

/** The lines around the one that failed: which failed, and which did not run. */
function codeLines(failed: FailedAt | null, canvas: Canvas): readonly string[] {
  if (failed === null) return [];
  const { lines, at, word } = failed;
  const from = Math.max(0, at - LINES_BEFORE);
  const to = Math.min(lines.length, at + LINES_AFTER + 1);
  const digits = String(to).length;
  const around = digits + 16;
  const code = lines.slice(from, to).map((line) => line.replaceAll('\t', '    '));
  const room = Math.max(8, sideWidth(canvas.width, code, [' '.repeat(around)]) - around);
  const shown = code.map((line, index) => {
    const number = from + index;
    const what = number === at ? word : number > at && line.trim() !== '' ? 'not run' : '';
    const tone = number === at ? 'bad' : number > at ? 'dim' : 'code';
    const gutter = `${String(number + 1).padStart(digits)} ${canvas.marks.bar} `;
    return `  ${canvas.style('dim', gutter)}${canvas.style(tone, pad(clip(line, room), room))}  ${canvas.style(tone, what)}`.trimEnd();
  });
  const rest = lines.length - to;
  const more = rest > 0 ? [canvas.style('dim', `  … ${rest} more, not run`)] : [];
  return ['', ...shown, ...more];
}

/** Expected against got. */
function detailLines(detail: string, canvas: Canvas): readonly string[] {
  const lines = screenText(detail.trimEnd(), { colour: false })
    .split('\n')
    .flatMap((line) => foldText(line, canvas.width - 2));
  if (detail.trim() === '') return [];
  const toned = lines.map((line) => {
    const tone = line.startsWith('-') ? 'good' : line.startsWith('+') ? 'bad' : null;
    return `  ${tone === null ? line : canvas.style(tone, line)}`;
  });
  return ['', ...toned];
}

function outputLines(tail: readonly string[], canvas: Canvas): readonly string[] {
  const all = screenLines(tail.join('\n'), canvas.width - 4);
  const shown = all.slice(-MOST_OUTPUT);
  if (shown.length === 0) return [];
  return [
    '',
    canvas.style('dim', '  last output'),
    ...shown.map((line) => `  ${canvas.style('dim', canvas.marks.bar)} ${line}`),
  ];
}
