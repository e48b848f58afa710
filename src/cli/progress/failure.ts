import type { RunEvent } from '../../engine/model/event.ts';
import { formatDuration } from '../../text/duration.ts';
import { screenCode, screenLine, screenText } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';

/** A step that failed, with what a person needs to see. */
export interface StepFailure {
  readonly finished: Extract<RunEvent, { type: 'step.finished' }>;
  readonly started: Extract<RunEvent, { type: 'step.started' }>;
  /** `3/12`, `''` when unknown. */
  readonly position: string;
  readonly path: string;
  /** Last lines of the output. */
  readonly tail: readonly string[];
  /** Lines of output in all. */
  readonly lines: number;
}

const MAX_COMMAND_LINES = 12;

/** Why a step counts as failed: what ran, what was expected and what came; with the end of its output where that was not shown. */
export function failureBlock(
  failure: StepFailure,
  style: Style,
  options: { readonly withOutput: boolean },
): string {
  const { finished, started } = failure;
  const position = failure.position === '' ? '' : `${failure.position} `;
  return [
    '',
    style('bad', `Step ${position}"${screenLine(started.title)}" ${how(failure)}`),
    row('where', `${screenLine(failure.path)}:${started.line}, in ${screenLine(started.cwd)}`),
    ...command(started.text),
    ...expectations(finished),
    ...(options.withOutput ? output(failure) : []),
    '',
  ].join('\n');
}

function how({ finished, started }: StepFailure): string {
  if (finished.outcome === 'timed-out')
    return `ran longer than its ${formatDuration(started.timeoutMs ?? finished.durationMs)} and was ended`;
  if (finished.signal !== undefined) return `${finished.outcome}: ended by ${finished.signal}`;
  return finished.why === undefined
    ? finished.outcome
    : `${finished.outcome}: ${screenLine(finished.why)}`;
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(9)} ${text}`;
}

function command(text: string): string[] {
  const lines = screenCode(text)
    .replace(/(?<!\n)\n+$/, '')
    .split('\n');
  const shown = lines.slice(0, MAX_COMMAND_LINES);
  const more = lines.length - shown.length;
  return block('ran', more > 0 ? [...shown, `… ${more} more lines`] : shown);
}

function expectations(finished: StepFailure['finished']): string[] {
  return (finished.expectations ?? [])
    .filter(({ passed, advisory }) => !passed && !advisory)
    .flatMap(({ line, detail }) =>
      block('expected', [
        `(line ${line})`,
        ...screenText(detail, { colour: false })
          .replace(/(?<!\n)\n+$/, '')
          .split('\n'),
      ]),
    );
}

function output({ tail, lines }: StepFailure): string[] {
  if (tail.length === 0) return [row('output', 'none')];
  const safe = tail.map((text) => `| ${screenLine(text)}`);
  if (lines <= tail.length) return block('output', safe);
  return [row('output', `the last ${tail.length} of ${lines} lines`), ...block('', safe)];
}

function block(name: string, lines: readonly string[]): string[] {
  return lines.map((text, index) => row(index === 0 ? name : '', text));
}
