import { formatDuration } from '../../engine/model/duration.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import type { Outlet } from '../outlet.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { failureBlock, type StepFailure } from './failure.ts';
import { makeGutter } from './gutter.ts';
import { makeTail, type Tail } from './tail.ts';
import { counted, toneOf } from './words.ts';

/** What progress is shown with. */
export interface ProgressSetting {
  readonly out: Outlet;
  readonly style: Style;
  readonly colour: boolean;
  /** Why the run is attended or not, in a few words. */
  readonly mode: string;
  /** The run's id. */
  readonly run: string;
  /** Folder or URL of the run's record. */
  readonly where: string;
}

/** Shows a run as it goes: a line a step, its output behind a margin, and what failed and why. */
export interface Progress {
  /** Resolves when the screen has taken it. */
  show(event: RunEvent): Promise<void> | void;
  /** The step that failed last, for the closing line. */
  readonly failed: StepFailure | null;
}

type Started = Extract<RunEvent, { type: 'run.started' }>;
type StepStarted = Extract<RunEvent, { type: 'step.started' }>;
type StepFinished = Extract<RunEvent, { type: 'step.finished' }>;
type Finished = Extract<RunEvent, { type: 'run.finished' }>;

/** Progress on an outlet. Everything that comes from the runbook or a command is made harmless first. */
export function makeProgress(setting: ProgressSetting): Progress {
  const { out, style } = setting;
  const gutter = makeGutter(out, setting);
  const outcomes = new Map<string, string>();
  let steps: Started['steps'] = [];
  let path = '';
  let current: { readonly started: StepStarted; readonly tail: Tail } | null = null;
  let failed: StepFailure | null = null;

  const position = (stepId: string): string => {
    const index = steps.findIndex(({ id }) => id === stepId);
    const total = String(steps.length);
    return index < 0 ? '' : `${String(index + 1).padStart(total.length)}/${total}`;
  };
  const titleOf = (stepId: string): string =>
    screenLine(steps.find(({ id }) => id === stepId)?.title ?? stepId);
  const line = (text: string): Promise<void> | undefined => out.write(`${text}\n`);

  const runStarted = (event: Started): Promise<void> | undefined => {
    ({ steps } = event);
    path = event.runbook.path;
    return line(
      `${style('strong', screenLine(event.runbook.title))}  ${style('dim', screenLine(path))}\n` +
        `${counted(steps.length, 'step')}, ${setting.mode}\n` +
        `${style('dim', `run ${setting.run}\nlog ${setting.where}`)}\n`,
    );
  };
  const stepStarted = (event: StepStarted): Promise<void> | undefined => {
    current = { started: event, tail: makeTail() };
    const again = event.try > 1 ? style('careful', ` (try ${event.try})`) : '';
    const what = event.probe ? `${style('dim', 'probe')} ` : '';
    const title = style('strong', screenLine(event.title));
    return out.write(`${style('dim', position(event.stepId))}  ${what}${title}${again}`);
  };
  const stepFinished = async (event: StepFinished): Promise<void> => {
    const lead = gutter.used ? '      ' : '  ';
    await gutter.end();
    for (const text of [...(event.warnings ?? [])])
      await out.write(
        `${lead === '  ' ? '\n' : ''}      ${style('careful', 'warning')}: ${screenLine(text)}\n`,
      );
    const fresh = lead === '  ' && (event.warnings ?? []).length === 0;
    await line(`${fresh ? '  ' : '      '}${verdict(event)}`);
    if (!event.probe) outcomes.set(event.stepId, event.outcome);
    if (failsRun(event) && current) {
      failed = failureOf(event, current, { path, position: position(event.stepId), setting });
      await out.write(failureBlock(failed, style));
    }
    current = null;
  };
  const verdict = (event: StepFinished): string => {
    const handled = event.handled ? style('dim', ', and the runbook says to go on') : '';
    const by = event.by === undefined ? '' : ` by ${screenLine(event.by)}`;
    const exit =
      event.outcome === 'failed' && event.exitCode !== undefined ? ` (exit ${event.exitCode})` : '';
    const word = style(toneOf(event.outcome), event.outcome);
    return `${word}${by}${exit}${style('dim', ` in ${formatDuration(event.durationMs)}`)}${handled}`;
  };
  const runFinished = async (event: Finished): Promise<void> => {
    await gutter.end();
    const notReached = steps.filter(({ id }) => !outcomes.has(id)).length;
    const tally = tallyOf(outcomes, notReached);
    const word = style(toneOf(event.outcome), event.outcome);
    const why = event.why === undefined || failed ? '' : `: ${screenLine(event.why)}`;
    await line(
      `\n${style('strong', 'Run')} ${word}${why}${tally === '' ? '' : ` — ${tally}`}${style('dim', `, in ${formatDuration(event.durationMs)}`)}`,
    );
    for (const finding of event.findings ?? [])
      await line(
        `  ${style(finding.severity === 'error' ? 'bad' : 'careful', finding.severity)} line ${finding.line}: ${screenLine(finding.message)}${finding.hint ? ` ${screenLine(finding.hint)}` : ''}`,
      );
  };
  const skipped = (stepId: string, text: string): Promise<void> | undefined => {
    outcomes.set(stepId, 'skipped');
    return line(`${style('dim', position(stepId))}  ${titleOf(stepId)}  ${text}`);
  };

  return {
    get failed() {
      return failed;
    },
    show(event) {
      switch (event.type) {
        case 'run.started':
          return runStarted(event);
        case 'run.resumed':
          return line(
            `${style('strong', 'Resumed')}${event.changed ? ': the runbook has changed since' : ''}`,
          );
        case 'run.waiting':
          return line(
            `${style('dim', position(event.stepId))}  ${style('strong', titleOf(event.stepId))}  ${style('careful', 'waiting')}: ${screenLine(event.why)}`,
          );
        case 'run.finished':
          return runFinished(event);
        case 'run.abandoned':
          return line(`Run abandoned by ${screenLine(event.by)}: ${screenLine(event.why)}`);
        case 'step.started':
          return stepStarted(event);
        case 'step.output':
          current?.tail.write(event.chunk);
          return gutter.write(event.stream, event.chunk);
        case 'step.finished':
          return stepFinished(event);
        case 'step.skipped':
          return skipped(event.stepId, `${style('careful', 'skipped')}: ${screenLine(event.why)}`);
        case 'step.resolved':
          return line(
            `${style('dim', position(event.stepId))}  ${titleOf(event.stepId)}  was ${event.outcome === 'done' ? 'done' : 'not done'}, says ${screenLine(event.by)}: ${screenLine(event.why)}`,
          );
        case 'note.added':
          return line(`      note by ${screenLine(event.by)}: ${screenLine(event.text)}`);
        case 'deviation.recorded':
          return line(`      ${style('careful', 'deviation')}: ${screenLine(event.what)}`);
        case 'lock.busy':
          return line(`Lock ${screenLine(event.name)} is held by ${screenLine(event.holder)}`);
        case 'notification.failed':
          return line(
            `      ${style('careful', 'warning')}: the notice on ${event.on} was not delivered: ${screenLine(event.why)}`,
          );
        case 'clock.jumped':
          return line(
            `      ${style('careful', 'warning')}: the clock jumped by ${formatDuration(Math.abs(event.byMs))}`,
          );
        case 'question.asked':
        case 'question.answered':
        case 'input.bound':
        case 'approval.granted':
        case 'notification.sent':
          return undefined;
        default:
          return event satisfies never;
      }
    },
  };
}

function failsRun(event: StepFinished): boolean {
  const passed = ['passed', 'confirmed', 'skipped', 'not-applicable'].includes(event.outcome);
  return !passed && event.handled !== true && event.probe !== true;
}

function failureOf(
  event: StepFinished,
  { started, tail }: { readonly started: StepStarted; readonly tail: Tail },
  place: { readonly path: string; readonly position: string; readonly setting: ProgressSetting },
): StepFailure {
  return {
    finished: event,
    started,
    position: place.position,
    path: place.path,
    run: place.setting.run,
    where: place.setting.where,
    tail: tail.lines(),
    lines: tail.count,
  };
}

function tallyOf(outcomes: ReadonlyMap<string, string>, notReached: number): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  return [...parts, ...(notReached > 0 ? [`${notReached} not reached`] : [])].join(', ');
}
