import { sha256Of } from '../../text/sha256.ts';
import { brokenContract } from '../contracts/broken-promise.ts';
import type { Decision, OpenCondition } from '../contracts/operator.ts';
import { commandAbout } from '../model/command-about.ts';
import { HandrailError } from '../model/errors.ts';
import { type RunEvent, WENT_ON } from '../model/event.ts';
import type { Misfit } from '../model/guard.ts';
import { EXIT } from '../model/outcome.ts';
import type { Step } from '../model/runbook.ts';
import { wantsApproval } from '../planning/part-effect.ts';
import { isApprovedBeforehand } from './approval.ts';
import type { Asked } from './asked.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import { askMissing } from './missing-inputs.ts';
import { runProbe } from './probe.ts';
import { commandStep, fromLine, withText } from './redetect.ts';
import { runWithRetries } from './retries.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';

type RunDecision = Extract<Decision, { do: 'run' }>;

/**
 * Runs a step, or one part of it, as the operator decided: approved where it must be, edited where it was. `null`: the
 * part is behind, and others are left.
 */
export async function* runDecided(
  asked: Asked,
  decision: RunDecision,
): AsyncGenerator<RunEvent, Verdict | AttemptEnd | null> {
  const { session, planned, type, isHuman, manner } = asked;
  if (type === undefined || isHuman) return waiting(asked, 'a person has to carry it out');
  const approval = approvalOf(asked, decision);
  if (approval === null)
    return waiting(
      asked,
      `it needs approval: \`--approve ${planned.id}\`, or a person at a terminal`,
    );
  const by = session.by();
  if (planned.needsSecond === true) {
    const second = yield* secondWord(asked, decision);
    if (second !== null) return second;
  } else if (approval !== '')
    yield { type: 'approval.granted', stepId: planned.id, by, how: approval };
  yield* askMissing(session, planned.step);
  if (decision.text !== undefined)
    yield {
      type: 'deviation.recorded',
      by,
      what: 'edited',
      stepId: planned.id,
      ...(decision.why === undefined ? {} : { why: session.mask(decision.why) }),
      text: session.mask(decision.text),
    };
  if (decision.fromLine !== undefined)
    yield {
      type: 'deviation.recorded',
      by,
      what: `${WENT_ON} ${decision.fromLine}`,
      stepId: planned.id,
    };
  const { parts } = planned.step;
  const index = decision.part;
  const part = index === undefined ? undefined : parts[index];
  const which =
    index === undefined || part === undefined ? null : { number: index + 1, of: parts.length };
  const text = decision.text ?? part?.text;
  const chosen = text === undefined ? planned.step : withText(planned.step, type, text);
  // Messages count the lines of the file.
  const isPart = decision.text === undefined && part !== undefined;
  const edited = isPart ? { ...chosen, textLine: part.line } : chosen;
  const step = decision.fromLine === undefined ? edited : fromLine(edited, type, decision.fromLine);
  const ended = yield* runWithRetries(asked, step, which, decision);
  if (manner.signal.aborted && ended !== null) return STOPPED;
  if (ended !== null) return ended;
  return session.parts.has(planned.id) ? null : ON;
}

/** What a decision is made about, and after what. */
interface About {
  readonly failure: AttemptEnd | null;
  readonly open: OpenCondition | null;
}

/**
 * Throws USAGE, which names the operator, for a decision that is about nothing that is there: taken for the nearest one it
 * would do, or record, something else than was decided.
 */
export function refuseMisplaced(asked: Asked, decision: Decision, about: About): void {
  const misfit = misplaced(asked, decision, about);
  if (misfit === undefined) return;
  const is = `\`decide\` answered \`${decision.do}\` ${misfit.is}`;
  const { name } = asked.session.deps.operator;
  throw brokenContract('operator', name, { ...misfit, is });
}

function misplaced(
  { session, planned }: Asked,
  decision: Decision,
  { failure, open }: About,
): Misfit | undefined {
  switch (decision.do) {
    case 'run':
      return outOfText(planned.step, decision);
    case 'holds': {
      const ids = open?.alternatives.map(({ condition }) => condition.id) ?? [];
      const said = decision.condition;
      if (said === undefined || open === null || ids.includes(said)) return undefined;
      return { is: `of the condition \`${said}\``, expected: oneOfThese(ids) };
    }
    case 'go-on':
      if (failure !== null || session.outcomes.has(planned.id)) return undefined;
      return { is: `on \`${planned.id}\`, which was not tried`, expected: 'another decision' };
    case 'settle':
    case 'reopen': {
      const { stepId } = decision;
      const ids = session.plan.steps.map(({ id }) => id);
      if (ids.includes(stepId) || session.outcomes.has(stepId)) return undefined;
      return { is: `on a step \`${stepId}\``, expected: oneOfThese(ids) };
    }
    default:
      return undefined;
  }
}

/** Parts and lines that are not there: all of the step would run, or nothing of it, and pass. */
function outOfText(
  { parts, text: whole }: Step,
  { part, fromLine: line, text }: RunDecision,
): Misfit | undefined {
  if (part !== undefined && parts[part] === undefined) {
    const expected = parts.length === 0 ? 'none' : `one from 0 to ${parts.length - 1}`;
    return { is: `with the part ${part}`, expected };
  }
  const lines = (text ?? parts[part ?? -1]?.text ?? whole).split('\n').length;
  if (line === undefined || (line >= 1 && line <= lines)) return undefined;
  return { is: `from line ${line} on`, expected: `one from 1 to ${lines}` };
}

const oneOfThese = (ids: readonly string[]): string =>
  `one of ${ids.map((id) => `\`${id}\``).join(', ')}`;

/** `''`: none is needed; `null`: it is missing. */
function approvalOf({ session, planned }: Asked, decision: RunDecision): string | null {
  // Edited text may do anything.
  const part = decision.text === undefined ? decision.part : undefined;
  if (planned.needsSecond === true || !wantsApproval(planned, part)) return '';
  if (isApprovedBeforehand(session, planned)) return '--approve';
  return decision.approval ?? null;
}

/** A second person's signed word for exactly this text, or the run waits for it. `null`: it is there. */
async function* secondWord(
  asked: Asked,
  decision: RunDecision,
): AsyncGenerator<RunEvent, Verdict | null> {
  const { session, planned } = asked;
  const text = asTold(asked, decision.text ?? planned.step.text);
  const sha256 = sha256Of(text);
  const said = await session.deps.secondWord?.(planned.id, sha256);
  for (const { by, why } of said?.refused ?? [])
    yield { type: 'approval.refused', stepId: planned.id, by, why };
  if (said?.granted) {
    const { by, key } = said.granted;
    yield { type: 'approval.granted', stepId: planned.id, by, how: 'signed', key };
    return null;
  }
  const why = `a second person has to sign it: \`${commandAbout('approve', session.deps.run, null, [planned.id])}\``;
  return {
    go: 'waiting',
    stepId: planned.id,
    why,
    exitCode: EXIT.waiting,
    second: { text, sha256 },
  };
}

/** The text as it would run, inputs filled in and secrets masked: what a person can look at and sign. */
function asTold({ session, planned }: Asked, text: string): string {
  const quoting = session.deps.stepTypes.get(planned.step.type)?.quoting ?? 'none';
  return session.mask(session.filler.tryFill(text, quoting).masked);
}

/** Runs a step's probe because the operator wants to know; after a failure a pass settles the step. */
export async function* probeAsked(
  { session, planned, manner }: Asked,
  failure: AttemptEnd | null,
): AsyncGenerator<RunEvent, Verdict | AttemptEnd | null> {
  const ended = yield* runProbe(session, planned, manner.signal, (outcome) =>
    failure !== null && outcome === 'passed' ? 'passed' : undefined,
  );
  if (failure === null) return null;
  if (ended?.outcome !== 'passed') return failure;
  session.outcomes.set(planned.id, 'passed');
  return ON;
}

/** Runs a command of the operator's own in the run's shell state, as an attempt of its own. */
export async function* runCommand(asked: Asked, text: string): AsyncGenerator<RunEvent, void> {
  const { session, planned, manner } = asked;
  const type = [...session.deps.stepTypes.values()].find((one) => one.runsOwnCommands);
  if (type === undefined)
    throw new HandrailError('STEP_CANNOT_RUN', {
      message: 'No step type here runs commands of your own: run it in another terminal.',
    });
  yield {
    type: 'deviation.recorded',
    by: session.by(),
    what: 'command',
    stepId: planned.id,
    text: session.mask(text),
  };
  const number = (session.tries.get(COMMANDS) ?? 0) + 1;
  session.tries.set(COMMANDS, number);
  const id = `command:${number}`;
  yield* attempt(session, {
    planned: { ...planned, id, probe: null },
    step: commandStep(planned.step, type, text),
    type,
    probe: false,
    part: null,
    signal: manner.signal,
    handled: true,
    own: true,
    settles: () => undefined,
  });
}

/** Counts the operator's commands among the tries; no step has an empty id. */
const COMMANDS = '';

function waiting({ session, planned }: Asked, why: string): Verdict {
  return {
    go: 'waiting',
    stepId: planned.id,
    why: session.mask(why),
    exitCode: EXIT.waiting,
  };
}
