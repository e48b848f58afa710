import { hostname } from 'node:os';
import type { Decision, Operator, Situation } from '../../engine/contracts/operator.ts';
import type { TerminalHandle } from '../../engine/contracts/step-type.ts';
import { namesUsed } from '../../engine/inputs/names-used.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import type { Plan, PlannedStep } from '../../engine/model/plan.ts';
import type { Asker } from './asker.ts';
import type { Board } from './board.ts';
import { type Canvas, clip, leadLines } from './canvas.ts';
import { checklistMenu, showAnswer } from './checklist-menu.ts';
import { setOn } from './clock.ts';
import { newClocks } from './clock-line.ts';
import { conditionMenu } from './condition-menu.ts';
import { type Desk, leadOnce, type OutputSource } from './desk.ts';
import { answerInWords, type EarlierLegs, takeInstead } from './earlier-legs.ts';
import { failureMenu } from './failure-menu.ts';
import { instructionMenu } from './instruction-menu.ts';
import { runNext } from './parts.ts';
import { procedureGate } from './procedure-gate.ts';
import { type Resolution, unknownMenu } from './resume-menu.ts';
import { stepMenu } from './step-menu.ts';
import type { StreamScreen } from './stream-screen.ts';
import type { Window } from './window.ts';

/** What the walkthrough needs of the world. */
export interface TerminalDeps {
  readonly name: string;
  readonly asker: Asker;
  readonly board: Board;
  readonly window: Window;
  readonly canvas: () => Canvas;
  readonly stream: StreamScreen;
  readonly handle: TerminalHandle;
  /** The markdown between the step before and this one. */
  readonly lead: (planned: PlannedStep) => string;
  /** Commands that stand in the step's own words. */
  readonly codes: (planned: PlannedStep) => readonly string[];
  /** Such as `2 s   last run: passed yesterday, asmith`. */
  readonly usually: (stepId: string) => string;
  readonly history: (stepId: string) => string;
  readonly usualMs: (stepId: string) => number | null;
  readonly outputs: (stepId: string) => Promise<readonly OutputSource[]>;
  readonly values: (names: readonly string[]) => readonly (readonly [string, string])[];
  readonly logPath: () => string;
  /** What was already said about the step of unknown outcome; each word is given once. */
  readonly resolution: () => Resolution | undefined;
  /** A value was asked for. */
  readonly onAsked: () => Promise<void>;
  /** A fresh signal that Ctrl-C aborts while the attempt runs. */
  readonly attemptSignal: () => AbortSignal;
}

/** A person at a terminal, who also sees what happens. */
export interface TerminalOperator extends Operator {
  /** Sees every stored event, for the screen. Resolves when the screen has taken it. */
  show(event: RunEvent): Promise<void>;
  /** The run was begun before: clocks go on, and answers are known. */
  goOnFrom(plan: Plan, earlier: EarlierLegs): void;
}

/** The operator who is a person at a terminal. */
export function createTerminalOperator(deps: TerminalDeps): TerminalOperator {
  const desk = deskOf(deps);
  return {
    name: deps.name,
    decide(situation) {
      const { position, plan, planned, failure } = situation;
      const state = failure === null ? '' : 'FAILED ';
      deps.window.title(`${state}${position}/${plan.steps.length} ${planned.step.title}`);
      return decide(situation, desk);
    },
    async input(name, question) {
      await deps.onAsked();
      const { width, style } = deps.canvas();
      const uses = (question.uses ?? []).map((use) => style('dim', clip(`  ${use}`, width)));
      await deps.asker.say(['', ...uses]);
      const value = await askInput(deps.asker, name, question);
      if (value === undefined) await deps.asker.say([`${name} is left open.`]);
      return value;
    },
    resolve: async (planned) => deps.resolution() ?? (await unknownMenu(planned, desk)),
    attemptSignal: deps.attemptSignal,
    terminal: () => deps.handle,
    goOnFrom(plan, earlier) {
      setOn(desk.mode, plan, earlier);
      for (const id of earlier.instead.steps) desk.mode.instead.steps.add(id);
      for (const [id, answer] of earlier.answers) desk.mode.answered.set(id, answerInWords(answer));
    },
    async show(event) {
      remember(event, desk);
      if (!(await showAnswer(event, desk))) await deps.stream.show(event);
    },
  };
}

/** What the outline and the viewer tell of a step that has ended. */
function remember(event: RunEvent, { mode }: Desk): void {
  takeInstead(mode.instead, event);
  if (event.type === 'step.started' && event.probe !== true)
    mode.lastRun = { id: event.stepId, title: event.title };
  if (event.type === 'step.started' && event.part !== undefined)
    mode.attempts.set(`${event.stepId} try ${event.try}`, `part ${event.part.number}`);
  if (event.type !== 'step.finished' || event.probe === true) return;
  const attempt = mode.attempts.get(`${event.stepId} try ${event.try}`);
  const same = [...mode.attempts].filter(
    ([key, part]) => part === attempt && key.startsWith(`${event.stepId} try `),
  );
  const tries = attempt === undefined ? event.try : same.length;
  mode.stats.set(event.stepId, { tries, tookMs: event.durationMs });
}

/** Of a walkthrough that begins. */
function freshMode(): Desk['mode'] {
  return {
    runOn: false,
    leaving: false,
    shown: null,
    led: null,
    agreed: null,
    judged: new Set(),
    parts: new Map(),
    stats: new Map(),
    attempts: new Map(),
    lastRun: null,
    ran: null,
    list: null,
    clocks: newClocks(),
    instead: { steps: new Set(), said: new Set() },
    answered: new Map(),
    gates: { begun: new Set(), leftOut: new Map(), open: false, told: null },
  };
}

function deskOf(deps: TerminalDeps): Desk {
  const mode = freshMode();
  return {
    mode,
    asker: deps.asker,
    board: deps.board,
    codesOf: deps.codes,
    canvas: deps.canvas,
    lore: ({ planned }) => ({
      host: hostname(),
      user: deps.name,
      lead: deps.lead(planned),
      usually: deps.usually(planned.id),
      inputs: deps.values(namesUsed(planned.step)),
      codes: deps.codes(planned),
      judged: mode.judged,
      instead: mode.instead.steps,
    }),
    history: ({ planned }) => deps.history(planned.id),
    usualMs: deps.usualMs,
    outputs: async (stepId) =>
      (await deps.outputs(stepId)).map((source) => ({
        ...source,
        label: mode.attempts.get(`${stepId} ${source.label}`) ?? source.label,
      })),
    tail: deps.stream.tail,
    logPath: deps.logPath,
  };
}

async function decide(situation: Situation, desk: Desk): Promise<Decision> {
  const { planned, failure, condition } = situation;
  if (desk.mode.leaving) return { do: 'quit' };
  if (failure !== null) return failureMenu(situation, desk);
  const gate = await procedureGate(situation, desk);
  if (gate !== null) return gate;
  if (condition === null && planned.step.traits.isTicked) {
    desk.mode.runOn = false;
    return checklistMenu(situation, desk);
  }
  if (desk.mode.list !== null) {
    await desk.board.leave();
    desk.mode.list = null;
  }
  if (condition !== null) return conditionMenu(situation, condition, desk);
  if (planned.by === 'person') {
    desk.mode.runOn = false;
    return instructionMenu(situation, desk);
  }
  const agreed = desk.mode.agreed === planned.id && planned.step.parts.length === 0;
  desk.mode.agreed = null;
  const { inferred, doubtful } = planned.step;
  if ((desk.mode.runOn || agreed) && !planned.needsApproval && !inferred && !doubtful) {
    // What the page says before a step is shown, whether or not the step is asked about.
    const lead = leadLines(leadOnce(situation, desk), desk.canvas());
    if (lead.length > 0) await desk.asker.say(lead);
    return runNext(situation, desk.mode);
  }
  desk.mode.runOn = false;
  return stepMenu(situation, desk);
}

async function askInput(
  asker: Asker,
  name: string,
  question: Parameters<Operator['input']>[1],
): Promise<string | undefined> {
  const message = question.description === '' ? `${name}:` : `${name} (${question.description}):`;
  if (question.choices.length > 0)
    return asker.questions.pick(
      message,
      question.choices.map((choice) => ({ value: choice, label: choice })),
    );
  if (question.secret) return askSecret(asker, message);
  return asker.questions.text(message, {
    judge: (text) => (text.trim() === '' ? 'A value is needed; Ctrl-C leaves it open.' : undefined),
  });
}

/** An empty line is no secret. */
async function askSecret(asker: Asker, message: string): Promise<string | undefined> {
  for (;;) {
    const secret = await asker.questions.secret(message);
    if (secret === undefined || secret !== '') return secret;
    await asker.say(['A value is needed; Ctrl-C leaves it open.']);
  }
}
