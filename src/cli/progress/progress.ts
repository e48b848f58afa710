import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import {
  afterSkip,
  outcomeFacts,
  type StepOutcome,
  saidOutcome,
} from '../../engine/model/outcome.ts';
import { type Sayable, sayValues } from '../../engine/model/said-values.ts';
import { decidedWords } from '../../engine/model/step-condition.ts';
import { withExpanded } from '../../engine/record/expanded.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Outlet } from '../outlet.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { failureBlock, type StepFailure } from './failure.ts';
import { type FailureWatch, makeFailureWatch, type Outline } from './failure-watch.ts';
import { type Gutter, makeGutter } from './gutter.ts';
import { type SideBySide, sideBySide } from './side-by-side.ts';
import { counted, toneOf } from './words.ts';

/** What progress is shown with. */
export interface ProgressSetting {
  readonly out: Outlet;
  readonly style: Style;
  readonly colour: boolean;
  /** Why the run is attended or not, in a few words. */
  readonly mode: string;
  readonly run: string;
  /** Folder or URL of the run's record. */
  readonly where: string;
  /** Where it is known before the run says so: of a run that is gone on with. */
  readonly outline?: Outline;
  /** Sees the run's events before they are shown, where somebody watches it already: it keeps the end of all output. */
  readonly watch?: FailureWatch;
  /** The run's steps that are no clean pass, as its record has them; asked once it has passed and there may be some. */
  readonly exceptions: () => Promise<readonly string[]>;
  /** How long a step is silent before that is said; 30 s where nothing is said. */
  readonly silenceMs?: number;
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/**
 * Shows a run as it goes, on an outlet: a line a step, its output behind a margin, what failed and why.
 * Everything that comes from the runbook or a command is made harmless first.
 */
export class Progress {
  readonly #setting: ProgressSetting;
  readonly #gutter: Gutter;
  readonly #watch: FailureWatch;
  readonly #outcomes = new Map<string, StepOutcome>();
  /** What became known during the run: a title may ask for it. */
  readonly #values = new Map<string, Sayable>();
  /** Titles of steps that were begun: side by side, each has the values of its own host in it. */
  readonly #titles = new Map<string, string>();
  #steps: Outline['steps'];
  /** Steps of earlier attempts are not counted again. */
  #isResumed = false;
  /** Something was shown that may make of a passed run one with exceptions, or what came before was not shown. */
  #isInQuestion = false;
  /** The line of a started step waits for its end. */
  #isOpen = false;
  /** When each step that runs was begun (monotonic ms). */
  readonly #running = new Map<string, number>();
  #listening: NodeJS.Timeout | undefined;
  /** Something was printed since it was listened last. */
  #isHeard = false;
  /** How often in a row nothing was. */
  #silent = 0;
  /** Several hosts at once: no line waits for another's end. */
  #sides: SideBySide | null = null;

  /** The step that failed last and made the run fail. */
  get failed(): StepFailure | null {
    return this.#watch.failed;
  }

  constructor(setting: ProgressSetting) {
    this.#setting = setting;
    this.#watch = setting.watch ?? makeFailureWatch(setting.outline);
    this.#steps = setting.outline?.steps ?? [];
    this.#gutter = makeGutter(setting.out, setting);
  }

  /** Resolves when the screen has taken it. */
  show(event: RunEvent): Promise<void> | undefined {
    if (this.#setting.watch === undefined) this.#watch.see(event);
    const { style } = this.#setting;
    switch (event.type) {
      case 'run.started':
        return this.#runStarted(event);
      case 'run.resumed':
        return this.#runResumed(event);
      case 'run.waiting':
        return this.#stepLine(
          event.stepId,
          `${style('careful', 'waiting')}: ${screenLine(event.why)}`,
        );
      case 'run.finished':
        return this.#runFinished(event);
      case 'step.started':
        return this.#stepStarted(event);
      case 'step.output':
        this.#isHeard = true;
        return this.#sides === null
          ? this.#gutter.write(event.stream, event.chunk)
          : this.#sides.write(event);
      case 'step.finished':
        return this.#stepFinished(event);
      case 'step.skipped':
        this.#isInQuestion = true;
        this.#outcomes.set(event.stepId, this.#passedOver(event));
        return this.#stepLine(
          event.stepId,
          `${style('careful', event.condition ? 'does not apply' : 'skipped')}: ${screenLine(event.why)}`,
        );
      case 'step.resolved': {
        const was = event.outcome === 'done' ? 'was done' : 'was not done';
        return this.#stepLine(
          event.stepId,
          `${was}, says ${screenLine(event.by)}: ${screenLine(event.why)}`,
        );
      }
      case 'note.added':
        return this.#line(`${INDENT}note by ${screenLine(event.by)}: ${screenLine(event.text)}`);
      case 'deviation.recorded':
        return this.#line(`${INDENT}${style('careful', 'deviation')}: ${screenLine(event.what)}`);
      case 'condition.decided':
        return this.#stepLine(
          event.stepId,
          `${decidedWords(event)}, says ${screenLine(event.by)}: ${screenLine(event.text)}`,
        );
      case 'lock.busy':
        return this.#line(
          `The lock ${screenLine(event.name)} is held by ${screenLine(event.holder)}`,
        );
      case 'notification.failed':
        return this.#warning(
          `the notice on ${screenLine(event.on)} was not delivered: ${screenLine(event.why)}`,
        );
      case 'approval.refused':
        return this.#warning(
          `the word of ${screenLine(event.by)} does not count: ${screenLine(event.why)}`,
        );
      case 'cancel.received':
        return this.#warning(`cancelled by ${screenLine(event.by)}: ${screenLine(event.why)}`);
      case 'clock.jumped':
        return this.#warning(`the clock jumped by ${formatDuration(Math.abs(event.byMs))}`);
      case 'step.expanded':
        this.#steps = withExpanded(this.#steps, event, (item) => item);
        return undefined;
      case 'input.bound':
        this.#values.set(event.name, { value: event.value ?? '', secret: event.secret });
        return undefined;
      case 'question.asked':
      case 'approval.granted':
      case 'request.received':
      case 'notification.sent':
        return undefined;
      default:
        return event satisfies never;
    }
  }

  #runStarted(event: EventOf<'run.started'>): Promise<void> | undefined {
    const { out, style, mode, run, where } = this.#setting;
    this.#steps = event.steps;
    if (Number(event.request['parallel']) > 1)
      this.#sides = sideBySide(this.#setting.out, this.#setting);
    const title = style('strong', screenLine(event.runbook.title));
    const head = [
      `${title}  ${style('dim', screenLine(event.runbook.path))}`,
      `${counted(event.steps.length, 'step')}, ${mode}`,
      style('dim', `run ${run}`),
      style('dim', `log ${screenLine(where)}`),
    ];
    return out.write(`${head.join('\n')}\n\n`);
  }

  #runResumed(event: EventOf<'run.resumed'>): Promise<void> | undefined {
    const { out, style, run, mode, where } = this.#setting;
    this.#isResumed = true;
    this.#isInQuestion = true;
    const changed = event.changed ? ', although its runbook has changed since' : '';
    const head = [
      `${style('strong', 'Going on')}, ${mode}${changed}`,
      ...(event.changes ?? [])
        .slice(0, MOST_CHANGES)
        .map(({ id, what, line }) => `  line ${line}: step ${screenLine(id)} was ${what}`),
      style('dim', `run ${run}`),
      style('dim', `log ${screenLine(where)}`),
    ];
    return out.write(`${head.join('\n')}\n\n`);
  }

  #stepStarted(event: EventOf<'step.started'>): Promise<void> | undefined {
    const { out, style } = this.#setting;
    const again = event.try > 1 ? style('careful', ` (try ${event.try})`) : '';
    const what = event.probe ? style('dim', 'probe of ') : '';
    const title = style('strong', screenLine(event.title));
    this.#titles.set(event.stepId, event.title);
    this.#running.set(event.stepId, performance.now());
    this.#listen();
    if (this.#isOpen && this.#sides === null) {
      this.#sides = sideBySide(out, this.#setting);
      this.#isOpen = false;
      return out.write(`\n${this.#position(event.stepId)}  ${what}${title}${again}\n`);
    }
    if (this.#sides !== null)
      return this.#line(`${this.#position(event.stepId)}  ${what}${title}${again}`);
    this.#isOpen = true;
    return out.write(`${this.#position(event.stepId)}  ${what}${title}${again}`);
  }

  /** A log that ends at a step's title does not tell a long step from one that hangs: now and then it says what it knows. */
  #listen(): void {
    clearInterval(this.#listening);
    this.#isHeard = false;
    this.#silent = 0;
    const everyMs = this.#setting.silenceMs ?? SILENCE_MS;
    this.#listening = setInterval(() => {
      this.#silent = this.#isHeard ? 0 : this.#silent + 1;
      this.#isHeard = false;
      // After 30 s, 1, 2, 4 and 8 minutes, then every 8: a night's log stays short.
      if (isDue(this.#silent)) void this.#tellSilence(this.#silent * everyMs);
    }, everyMs);
    this.#listening.unref();
  }

  async #tellSilence(silentMs: number): Promise<void> {
    for (const [stepId, begunMs] of this.#running) {
      const ranMs = performance.now() - begunMs;
      const said = `still running after ${formatDuration(inSeconds(ranMs))}, nothing printed for ${formatDuration(inSeconds(silentMs))}`;
      const words = this.#setting.style('dim', said);
      await (this.#sides === null
        ? this.#gutter.aside(`${INDENT}${words}`)
        : this.#line(`${this.#position(stepId)}  ${this.#title(stepId)}  ${words}`));
    }
  }

  async #stepFinished(event: EventOf<'step.finished'>): Promise<void> {
    const { out, style } = this.#setting;
    this.#running.delete(event.stepId);
    if (this.#running.size === 0) clearInterval(this.#listening);
    const hadOutput = this.#gutter.used;
    await this.#gutter.end();
    await this.#sides?.end(event.stepId);
    if (event.probe !== true) this.#outcomes.set(event.stepId, event.outcome);
    if (outcomeFacts(event.outcome).clean !== true) this.#isInQuestion = true;
    // A step that a person settled was never started: it has no line of its own yet.
    const line = this.#isOpen
      ? ''
      : `${this.#position(event.stepId)}  ${this.#title(event.stepId)}`;
    this.#isOpen = false;
    const warnings = (event.warnings ?? []).map((text) => this.#warningText(text)).join('');
    const verdict = verdictOf(event, style);
    if (hadOutput) await out.write(`${warnings}${INDENT}${verdict}\n`);
    else if (warnings !== '') await out.write(`${line}\n${warnings}${INDENT}${verdict}\n`);
    else await out.write(`${line}  ${verdict}\n`);
    const { failed } = this.#watch;
    if (failed?.finished === event)
      await out.write(failureBlock(failed, style, { withOutput: false }));
  }

  async #runFinished(event: EventOf<'run.finished'>): Promise<void> {
    clearInterval(this.#listening);
    const { out, style } = this.#setting;
    await this.#gutter.end();
    const why = event.why === undefined ? '' : `: ${screenLine(event.why)}`;
    const tally = event.outcome === 'refused' ? '' : this.#tally();
    const took = style('dim', `in ${formatDuration(event.durationMs)}`);
    const isClean = event.outcome !== 'passed' || !this.#isInQuestion;
    const exceptions = isClean ? [] : await this.#setting.exceptions();
    const word = style(
      exceptions.length > 0 ? 'careful' : toneOf(event.outcome),
      `Run ${saidOutcome({ outcome: event.outcome, exceptions })}`,
    );
    const findings = (event.findings ?? []).map((finding) => findingLine(finding, style));
    // Nothing ran: the head's own blank line stands just above.
    const before = event.outcome === 'refused' ? '' : '\n';
    await out.write(`${before}${word}${why}\n${findings.join('')}${tally}${took}\n`);
  }

  #tally(): string {
    const counts = new Map<string, number>();
    for (const outcome of this.#outcomes.values())
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const notReached = this.#steps.filter(({ id }) => !this.#outcomes.has(id)).length;
    const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
    const all =
      notReached > 0 && !this.#isResumed ? [...parts, `${notReached} not reached`] : parts;
    return all.length === 0 ? '' : `${all.join(', ')}, `;
  }

  #passedOver({ stepId, condition }: EventOf<'step.skipped'>): StepOutcome {
    return afterSkip(this.#outcomes.get(stepId) ?? null, condition);
  }

  #stepLine(stepId: string, text: string): Promise<void> | undefined {
    const line = `${this.#position(stepId)}  ${this.#title(stepId)}  ${text}`;
    return this.#line(line);
  }

  #position(stepId: string): string {
    return this.#setting.style('dim', this.#watch.position(stepId));
  }

  #title(stepId: string): string {
    const title = this.#titles.get(stepId) ?? this.#titleBefore(stepId);
    return this.#setting.style('strong', screenLine(title));
  }

  #titleBefore(stepId: string): string {
    const written = this.#steps.find(({ id }) => id === stepId)?.title ?? stepId;
    return sayValues(written, (name) => this.#values.get(name));
  }

  #warning(text: string): Promise<void> | undefined {
    return this.#setting.out.write(this.#warningText(text));
  }

  #warningText(text: string): string {
    return `${INDENT}${this.#setting.style('careful', 'warning')}: ${screenLine(text)}\n`;
  }

  #line(text: string): Promise<void> | undefined {
    return this.#setting.out.write(`${text}\n`);
  }
}

const SILENCE_MS = 30_000;
const MOST_APART = 16;

const isDue = (silent: number): boolean =>
  silent > 0 &&
  (silent < MOST_APART ? Number.isInteger(Math.log2(silent)) : silent % MOST_APART === 0);

const inSeconds = (spanMs: number): number => Math.max(1, Math.round(spanMs / 1000)) * 1000;

const MOST_CHANGES = 20;
const INDENT = '      ';

function verdictOf(event: EventOf<'step.finished'>, style: Style): string {
  const by = event.by === undefined ? '' : ` by ${screenLine(event.by)}`;
  const shown = event.outcome === 'failed' && (event.exitCode ?? 0) !== 0;
  const exit = shown ? ` with exit code ${event.exitCode}` : '';
  const note = event.note === undefined ? '' : `: ${screenLine(event.note)}`;
  // What a person decided is not said to be the page's word.
  const who = event.by === undefined ? 'the runbook says to go on' : 'the run goes on';
  const handled = event.handled ? style('dim', `; ${who}`) : '';
  const took = style('dim', ` in ${formatDuration(event.durationMs)}`);
  return `${style(toneOf(event.outcome), event.outcome)}${by}${exit}${note}${took}${handled}`;
}

function findingLine({ severity, line, message, hint }: Diagnostic, style: Style): string {
  const tone = severity === 'error' ? 'bad' : 'careful';
  const say = hint === undefined ? message : `${message} ${hint}`;
  return `  ${style(tone, severity)} line ${line}: ${screenLine(say)}\n`;
}
