import type { ReadStream } from 'node:tty';
import type { Plan, PlannedStep } from '../../engine/model/plan.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { Outlook } from '../../library.ts';
import type { CliContext } from '../context.ts';
import { ASCII, marksFor } from '../screen/marks.ts';
import { proseLines } from '../screen/prose.ts';
import { screenStyle } from '../screen/style.ts';
import { namedState, stateFolder } from '../state-folder.ts';
import { createAsker } from './asker.ts';
import { countingOutlet, createBoard } from './board.ts';
import { type Canvas, fold } from './canvas.ts';
import type { OutputSource } from './desk.ts';
import type { EarlierLegs } from './earlier-legs.ts';
import { type History, historyOf } from './history.ts';
import { holderScreen } from './holder-screen.ts';
import { openKeyboard } from './keyboard.ts';
import type { Choice } from './keys.ts';
import { lendTerminal } from './lending.ts';
import {
  type ListFrame,
  type ListRow,
  type Picked,
  pickFromList,
  pickInWords,
} from './list-board.ts';
import { plainQuestions } from './plain-questions.ts';
import { inquirerQuestions } from './questions.ts';
import { type Resolution, resumeMenu } from './resume-menu.ts';
import { inputsScreen, startScreen } from './start-screen.ts';
import { createStreamScreen } from './stream-screen.ts';
import { summaryScreen } from './summary-screen.ts';
import { createTerminalOperator, type TerminalOperator } from './terminal.ts';
import { openWindow } from './window.ts';

/** A person at a terminal, from the first screen to the last. */
export interface Walkthrough {
  readonly operator: TerminalOperator;
  /** Tells the walkthrough what is going to run, and shows the first screen. */
  begin(facts: Begun): Promise<void>;
  /** The last screen. */
  end(report: RunReport, exitCode: number): Promise<void>;
  /** Shows the values that were asked for, and asks once whether they are right. */
  confirmInputs(plan: Plan): Promise<'yes' | 'change' | 'quit'>;
  /** Shows how an earlier run stands and asks whether to go on with it; `null`: no. */
  goOn(outlook: Outlook): Promise<{ readonly force: boolean } | null>;
  pick(
    question: string,
    choices: readonly { value: string; label: string }[],
  ): Promise<string | undefined>;
  /** What it was opened with. */
  readonly context: CliContext;
  /** Shows who carries the runbook out right now; what the person wants to do. */
  tellHolder(report: RunReport, can: { readonly canWait: boolean }): Promise<BesideWish>;
  /** Lets the person choose a line of a list that fills the screen; in words where nothing is redrawn. */
  choose<Value>(
    rows: readonly ListRow<Value>[],
    frame: ListFrame,
  ): Promise<Picked<Value> | undefined>;
  confirm(question: string): Promise<boolean>;
  say(lines: readonly string[]): Promise<void>;
  close(): void;
}

/** What a person does while somebody else carries the runbook out. */
export type BesideWish = 'watch' | 'wait' | 'leave' | { readonly note: string };

/** What is known once a run is about to start. */
export interface Begun {
  readonly plan: Plan;
  readonly run: string;
  readonly where: string;
  /** An earlier run goes on: what a person should know was shown already. */
  readonly resumed: boolean;
  /** What the record says of its earlier legs; absent: it begins. */
  readonly earlier?: EarlierLegs;
  /** The runbook's text. */
  readonly source: string;
  /** Earlier runs of the same runbook, newest first. */
  readonly reports: readonly RunReport[];
  /** What one try of a step in a run printed, as far as it is kept. */
  readonly outputOf: (run: string, stepId: string, attempt: number) => Promise<string>;
}

const INPUT_KEYS: readonly Choice[] = [
  { key: 'y', word: 'yes', says: 'begin with these (Enter)' },
  { key: 'c', word: 'change', says: 'ask again' },
  { key: 'q', word: 'quit', says: 'quit, nothing has run' },
];

/** Twice within this time, Ctrl-C ends the run and everything it started. */
const TWICE_MS = 2000;
const MIN_COLUMNS = 20;
const MIN_ROWS = 10;

/**
 * Opens the walkthrough on this process's terminal. `end` ends the whole run, with the name of a signal.
 * Ctrl-C ends the running attempt; twice within 2 s it ends the run.
 */
export function openWalkthrough(
  context: CliContext,
  options: {
    readonly plain: boolean;
    readonly user: string;
    readonly end: (signal: string) => void;
  },
): Walkthrough {
  const stdin: ReadStream = process.stdin;
  const { style } = context;
  const out = countingOutlet(context.out);
  const marks = marksFor(context.env);
  const colour = style('strong', 'x') !== 'x';
  const canvas = (): Canvas => ({
    width: Math.max(MIN_COLUMNS, process.stdout.columns || 80),
    rows: Math.max(MIN_ROWS, process.stdout.rows || 24),
    marks: options.plain ? ASCII : marks,
    style: options.plain ? screenStyle(false) : style,
    plain: options.plain,
    prose: (markdown, width) =>
      proseLines(markdown, {
        columns: width,
        style,
        colour,
        marks: options.plain ? ASCII : marks,
        links: colour && !options.plain,
      }),
  });
  const keyboard = openKeyboard(stdin);
  const board = createBoard(out, () => keyboard.rest());
  const questions = options.plain
    ? plainQuestions(stdin, out)
    : inquirerQuestions(stdin, () => canvas().width, keyboard);
  const redraw = !options.plain && process.env['TERM'] !== 'dumb';
  const asker = createAsker({ keyboard, questions, out, canvas, redraw });
  const interrupt = watchInterrupts(options.end);
  let begun: Begun | null = null;
  let history: History = historyOf([]);
  const position = (stepId: string): string => {
    const at = begun?.plan.steps.findIndex(({ id }) => id === stepId) ?? -1;
    return at < 0 ? '-' : String(at + 1);
  };
  const lending = lendTerminal(keyboard, interrupt, redraw);
  const window = openWindow(context.out, redraw && context.out.isTerminal);
  const stream = createStreamScreen({
    window,
    lending,
    keyboard,
    out,
    canvas,
    colour,
    redraw,
    position,
    usualMs: (stepId) => history.usualMs(stepId),
  });
  const { handle } = lending;
  const stateHere = (): string | null => namedState(begun?.where ?? stateFolder(context), context);
  let resolution: Resolution | undefined;
  let asked = 0;
  const operator = createTerminalOperator({
    name: options.user,
    asker,
    board,
    window,
    canvas,
    stream,
    handle,
    lead: (planned) => planned.lead ?? '',
    codes: (planned) => (begun === null ? [] : codesIn(planned, begun)),
    usually: (stepId) => history.usually(stepId),
    history: (stepId) => history.tally(stepId),
    usualMs: (stepId) => history.usualMs(stepId),
    outputs: async (stepId) => (begun === null ? [] : outputsOf(stepId, begun)),
    values: (names) => valuesOf(begun?.plan, names),
    logPath: () => begun?.where ?? '',
    attemptSignal: interrupt.attempt,
    resolution() {
      const said = resolution;
      resolution = undefined;
      return said;
    },
    async onAsked() {
      asked += 1;
      if (!options.plain) keyboard.hold();
      if (asked === 1)
        await asker.say([
          '',
          ...fold('Values that it needs, each asked for once:', canvas().width),
        ]);
    },
  });
  return {
    operator,
    async begin(facts) {
      begun = facts;
      history = historyOf(facts.reports);
      if (facts.earlier !== undefined) operator.goOnFrom(facts.plan, facts.earlier);
      if (facts.resumed) return;
      await asker.say(startScreen(facts.plan, { ...facts, user: options.user }, canvas()));
    },
    async confirmInputs(plan) {
      if (asked === 0) return 'yes';
      asked = 0;
      await asker.say(inputsScreen(plan, canvas()));
      const key = await asker.choose(INPUT_KEYS, { enter: 'y' });
      return key === 'y' ? 'yes' : key === 'c' ? 'change' : 'quit';
    },
    async goOn(outlook) {
      const going = await resumeMenu(outlook, { asker, canvas, user: options.user });
      resolution = going?.resolution ?? undefined;
      return going === null ? null : { force: going.force };
    },
    end(report, exitCode) {
      // A question may still be open: the run was ended from outside.
      keyboard.close();
      questions.leave();
      return asker.say([
        ...summaryScreen(report, begun?.where ?? '', stateHere(), canvas()),
        `exit ${exitCode}`,
      ]);
    },
    pick: (question, choices) => questions.pick(question, choices),
    context,
    async tellHolder(report, { canWait }) {
      await asker.say(holderScreen(report, stateHere(), canvas(), Date.now()));
      for (;;) {
        const key = await asker.choose([
          { key: 'w', word: 'watch', says: 'watch it' },
          ...(canWait ? [{ key: 'u', word: 'wait', says: 'wait until it ends, then begin' }] : []),
          { key: 'n', word: 'note', says: 'leave them a note' },
          { key: 'q', word: 'quit', says: 'leave, nothing was run' },
        ]);
        if (key === 'w') return 'watch';
        if (key === 'u') return 'wait';
        if (key !== 'n') return 'leave';
        const note = (await questions.text('Note for their record:'))?.trim() ?? '';
        if (note !== '') return { note };
      }
    },
    choose: (rows, frame) =>
      options.plain
        ? pickInWords(rows, frame, questions)
        : pickFromList(rows, frame, { asker, board, canvas }),
    confirm: (question) => questions.confirm(question),
    say: (lines) => asker.say(lines),
    close() {
      keyboard.close();
      questions.leave();
      interrupt.close();
      stream.close();
      window.close();
    },
  };
}

/** Ctrl-C while a step runs: heard by handrail, or typed to the step's own terminal. */
interface Interrupts {
  attempt(): AbortSignal;
  /**
   * Ctrl-C went to the step that has the terminal. Where that draws on the whole screen, the second one within 2 s ends
   * it; else it is ended when it goes on all the same, and the second one ends the run.
   */
  typed(isWhole: boolean): void;
  close(): void;
}

function watchInterrupts(end: (signal: string) => void): Interrupts {
  let controller = new AbortController();
  let lastMs = Number.NEGATIVE_INFINITY;
  const onInterrupt = (): void => {
    const nowMs = performance.now();
    if (nowMs - lastMs < TWICE_MS) end('SIGINT');
    else controller.abort('cancelled');
    lastMs = nowMs;
  };
  process.on('SIGINT', onInterrupt);
  return {
    typed(isWhole) {
      const nowMs = performance.now();
      const isTwice = nowMs - lastMs < TWICE_MS;
      lastMs = nowMs;
      if (isTwice && !isWhole) return end('SIGINT');
      if (isTwice) return controller.abort('cancelled');
      const running = controller;
      if (!isWhole) setTimeout(() => running.abort('cancelled'), TWICE_MS).unref();
    },
    attempt() {
      controller = new AbortController();
      return controller.signal;
    },
    close: () => process.off('SIGINT', onInterrupt),
  };
}

/** Code of a step's own lines that reads as a command: a program and what it is given. */
function codesIn({ step, from, inside = '' }: PlannedStep, { source }: Begun): readonly string[] {
  if (from !== null) return [];
  const own = source.split('\n').slice(step.line - 1, step.endLine);
  const text = [...own, inside].join('\n');
  const codes = [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].flatMap(([, code = '']) =>
    CALL.test(code.trim()) ? [code.trim()] : [],
  );
  return [...new Set(codes)];
}

/** A program and what it is given. */
const CALL = /^[a-z./~$][\w./-]* \S/;

const MOST_TRIES = 20;

/** This run's tries, newest first, then the last run before that came to the step. */
async function outputsOf(stepId: string, begun: Begun): Promise<readonly OutputSource[]> {
  const own: OutputSource[] = [];
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const text = await begun.outputOf(begun.run, stepId, attempt);
    if (text !== '') own.unshift({ label: `try ${attempt}`, text });
  }
  for (const { run, startedAt, steps } of begun.reports) {
    const last = steps.find(({ id }) => id === stepId)?.attempts.findLast(({ probe }) => !probe);
    if (last === undefined) continue;
    const text = await begun.outputOf(run, stepId, last.try);
    return [...own, { label: `${startedAt.slice(0, 10)}, ${last.outcome}`, text }];
  }
  return own;
}

function valuesOf(
  plan: Plan | undefined,
  names: readonly string[],
): readonly (readonly [string, string])[] {
  return (plan?.values ?? [])
    .filter(({ name }) => names.includes(name))
    .map(({ name, value, secret }) => [name, secret ? '***' : value] as const);
}
