import type { RunEvent } from '../../engine/model/event.ts';
import { asShown } from '../../text/as-shown.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Outlet } from '../outlet.ts';
import { type Gutter, makeGutter } from '../progress/gutter.ts';
import { makeTail, type Tail } from '../progress/tail.ts';
import { counted, toneOf } from '../progress/words.ts';
import { clipStart } from '../screen/layout.ts';
import { PANE_MARGIN, type PaneStream, paneStream } from '../screen/pane-stream.ts';
import { type Canvas, capital, clip, clockTime, fold, sentences } from './canvas.ts';
import { countedTitle } from './counted-title.ts';
import type { Keyboard } from './keyboard.ts';
import type { Lending } from './lending.ts';
import { openTyping, type Typing } from './typing.ts';
import type { Window } from './window.ts';

const TICK_MS = 1000;
const SILENT_MS = 10_000;
const NEWLINE = 10;
const BELL_MS = 30_000;
const QUIET_MS = 5000;

/** What the screen shows while steps run. */
export interface StreamScreen {
  show(event: RunEvent): Promise<void>;
  /** The last lines of the last attempt's output. */
  tail(): readonly string[];
  /** Stops the heartbeat. */
  close(): void;
}

interface Running {
  readonly title: string;
  readonly position: string;
  /** `part 1 of 2`, or nothing. */
  readonly part: string;
  readonly startedAt: number;
  readonly timeoutMs: number | null;
  readonly usualMs: number | null;
  tail: Tail;
  stderrBytes: number;
  lines: number;
  lastOutputAt: number;
}

/** Streams output behind a margin, with one line of status below that is the only one rewritten. */
export function createStreamScreen(deps: {
  readonly out: Outlet;
  readonly window: Window;
  readonly canvas: () => Canvas;
  readonly colour: boolean;
  /** Lines may be rewritten: a real terminal and not plain. */
  readonly redraw: boolean;
  readonly position: (stepId: string) => string;
  readonly usualMs: (stepId: string) => number | null;
  /** Whether the running step has the person's terminal. */
  readonly lending: Lending;
  readonly keyboard: Keyboard;
}): StreamScreen {
  const { out, canvas } = deps;
  const gutter: Gutter = makeGutter(out, { colour: deps.colour, below: true });
  let running: Running | null = null;
  let lastTail: Tail = makeTail();
  let timer: NodeJS.Timeout | undefined;
  let statusShown = false;
  let lineOpen = false;
  let pane: PaneStream | null = null;

  /** The cursor stands behind what a person types, on our own line. */
  let cursorBehind = false;
  const overStatus = (): string =>
    cursorBehind ? '\r\u001b[K' : toFreeLine(process.stdout.columns);
  const clearStatus = (): void => {
    if (statusShown) void out.write(overStatus());
    statusShown = false;
    cursorBehind = false;
  };
  const drawStatus = (now: Running): void => {
    const { style, width } = canvas();
    const line =
      typing.line === null
        ? style('dim', clip(status(now, typing), width - 1))
        : `${style('here', 'to its input:')} ${clipStart(typing.line, Math.max(8, width - 16))}`;
    // The cursor stands behind what is typed, else before the line.
    const back = typing.line === null ? '\r' : '';
    void out.write(`${overStatus()}${line}${back}`);
    statusShown = true;
    cursorBehind = typing.line !== null;
  };
  const typing = openTyping({
    keyboard: deps.keyboard,
    lending: deps.lending,
    drawn: () => {
      if (running !== null) drawStatus(running);
    },
    sent: (line) => {
      clearStatus();
      void out.write(`${canvas().style('here', `  ${line}`)}\n`);
      if (running !== null) running.lastOutputAt = performance.now();
    },
  });
  const tick = (): void => {
    if (running === null || pane?.isWhole === true) return;
    if (deps.redraw && quietMs(running) >= QUIET_MS) typing.offer();
    // A prompt without its end of line: the status goes below it, so that it stays to be read.
    if (lineOpen && typing.isOffered && typing.line === null && !statusShown) {
      void out.write('\n');
      lineOpen = false;
    }
    if (lineOpen) return;
    if (deps.redraw) drawStatus(running);
    else if (performance.now() - running.lastOutputAt >= SILENT_MS) {
      running.lastOutputAt = performance.now();
      void out.write(`Still running, ${formatDuration(performance.now() - running.startedAt)}.\n`);
    }
  };
  const begin = async (event: Extract<RunEvent, { type: 'step.started' }>): Promise<void> => {
    deps.keyboard.rest();
    running = {
      title: event.title,
      position: deps.position(event.stepId),
      part: event.part === undefined ? '' : `part ${event.part.number} of ${event.part.of}`,
      startedAt: performance.now(),
      timeoutMs: event.timeoutMs,
      usualMs: deps.usualMs(event.stepId),
      tail: makeTail(),
      stderrBytes: 0,
      lines: 0,
      lastOutputAt: performance.now(),
    };
    lastTail = running.tail;
    deps.window.title(`running ${countedTitle(Number(running.position) || 0, event.title)}`);
    const again =
      running.part !== '' ? `   ${running.part}` : event.try > 1 ? `   try ${event.try}` : '';
    const what = event.probe ? 'its probe   ' : '';
    const line = canvas().plain
      ? `${event.probe ? 'Probe of step' : 'Step'} ${running.position} started at ${clockTime(new Date())}.`
      : `${clockTime(new Date())}  ${countedTitle(Number(running.position) || 0, event.title)}   ${what}RUNNING${again}`;
    await out.write(`${fold(line, canvas().width).join('\n')}\n`);
    timer = setInterval(tick, TICK_MS);
    timer.unref();
  };
  /** A person said how a step ended: that stands on the screen already, but where many were answered at once. */
  const answered = async (event: Extract<RunEvent, { type: 'step.finished' }>): Promise<void> => {
    const position = deps.position(event.stepId);
    const words = ANSWERED[event.outcome] ?? event.outcome;
    const line = canvas().plain
      ? `Step ${position} ${words}.`
      : `${clockTime(new Date())}  ${numbered(position)}${words}${event.by ? ` by ${event.by}` : ''}`;
    await out.write(`${canvas().style('dim', clip(line, canvas().width))}\n`);
  };
  const finish = async (event: Extract<RunEvent, { type: 'step.finished' }>): Promise<void> => {
    clearInterval(timer);
    typing.end();
    if (running === null) return answered(event);
    clearStatus();
    if (pane === null) await gutter.end();
    else
      await out.write(
        pane.isWhole ? `${pane.end()}${toFreeLine(process.stdout.columns)}` : pane.end(),
      );
    pane = null;
    lineOpen = false;
    const took = performance.now() - running.startedAt;
    const part = running.part && `${running.part} `;
    running = null;
    const how = event.signal ?? (event.exitCode === undefined ? '' : `exit ${event.exitCode}`);
    const position = deps.position(event.stepId);
    const line = canvas().plain
      ? sentences(
          `${event.probe ? 'Probe of step' : 'Step'} ${position} ${part}${event.outcome}`,
          capital(how),
          `It took ${formatDuration(event.durationMs)}`,
        )
      : `${clockTime(new Date())}  ${numbered(position)}${event.probe ? 'probe ' : ''}${part}${event.outcome.toUpperCase()}   ${how}   ${formatDuration(event.durationMs)}${masked(event.redactions)}`;
    const lines = fold(line, canvas().width).map((one) =>
      canvas().style(toneOf(event.outcome), one),
    );
    const warnings = (event.warnings ?? []).flatMap((text) =>
      fold(`warning: ${text}`, canvas().width),
    );
    const facts = factsIn(event, canvas());
    if (took > BELL_MS)
      deps.window.notify(`${event.outcome}: step ${position}, after ${formatDuration(took)}`);
    await out.write(`${[...lines, ...facts, ...warnings].join('\n')}\n`);
  };
  return {
    async show(event) {
      if (event.type === 'step.started') await begin(event);
      else if (event.type === 'step.output') {
        clearStatus();
        lineOpen = event.chunk.at(-1) !== 10;
        running?.tail.write(event.chunk);
        if (running !== null) {
          running.lastOutputAt = performance.now();
          for (const byte of event.chunk) if (byte === NEWLINE) running.lines += 1;
          if (event.stream === 'stderr') running.stderrBytes += event.chunk.length;
        }
        if (deps.lending.isLent) pane ??= openPane(deps.lending, deps.colour);
        if (pane === null) await gutter.write(event.stream, event.chunk);
        else {
          await out.write(pane.write(event.chunk));
          lineOpen = pane.isOpen;
        }
      } else if (event.type === 'step.finished') await finish(event);
    },
    tail: () => asShown(lastTail.lines().join('\n')).split('\n'),
    close: () => {
      clearInterval(timer);
      typing.end();
      clearStatus();
    },
  };
}

const openPane = (lending: Lending, colour: boolean): PaneStream =>
  paneStream({
    colour,
    margin: PANE_MARGIN,
    whole: lending.isWhole,
    onWhole: (isWhole) => lending.setWhole(isWhole),
  });

/**
 * Goes to the beginning of an empty line, wherever the cursor is: where something stands before it (a password prompt
 * that a command wrote past us), the blanks push it to the next line; else they fill the line without leaving it.
 */
function toFreeLine(columns: number | undefined): string {
  return `${' '.repeat(columns || 80)}\r\u001b[K`;
}

const quietMs = ({ lastOutputAt }: Running): number =>
  Math.floor((performance.now() - lastOutputAt) / 1000) * 1000;

function status(running: Running, typing: Typing): string {
  const { startedAt, usualMs, timeoutMs, lines, stderrBytes } = running;
  const quiet = quietMs(running);
  const parts = [
    typing.isOffered ? 'i types to it, Ctrl-D ends its input' : '',
    `running ${formatDuration(performance.now() - startedAt)}`,
    usualMs === null ? '' : `usually ${formatDuration(usualMs)}`,
    timeoutMs === null ? '' : `timeout ${formatDuration(timeoutMs)}`,
    lines === 0 ? 'no output yet' : counted(lines, 'line'),
    quiet >= QUIET_MS ? `quiet for ${formatDuration(quiet)}: it may wait for an answer` : '',
    stderrBytes > 0 ? 'some on stderr' : '',
    'Ctrl-C stops',
  ];
  return parts.filter((part) => part !== '').join('   ');
}

/** What a person said of a step, where the outcome's own word would be taken for what happened just now. */
const ANSWERED: Readonly<Record<string, string>> = {
  'not-applicable': 'not applicable',
  failed: 'left failed',
  'timed-out': 'left failed',
  declined: 'not so',
};

/** Said on the card, or of every step. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(['terminal', 'failedLine', 'endedBy']);

/** What the step type found out besides: a number and its limits, how many rows. */
function factsIn(
  { facts = {} }: Extract<RunEvent, { type: 'step.finished' }>,
  { width, style }: Canvas,
): readonly string[] {
  const told = Object.entries(facts).flatMap(([name, value]) => {
    const isPlain = typeof value === 'string' || typeof value === 'number';
    return isPlain && value !== '' && !SAID_ELSEWHERE.has(name) ? [`${name} ${value}`] : [];
  });
  return told.length === 0
    ? []
    : fold(told.join('   '), width, '  ').map((line) => style('dim', line));
}

/** A command of the operator's own has no number. */
const numbered = (position: string): string => (position === '-' ? '' : `${position}. `);
const masked = (count: number | undefined): string =>
  count ? `   ${counted(count, 'secret')} masked` : '';
