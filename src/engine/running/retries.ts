import type { Decision } from '../contracts/operator.ts';
import type { RunEvent } from '../model/event.ts';
import type { StepOutcome } from '../model/outcome.ts';
import { areAllBehind, type PartOf, withPart } from '../model/parts.ts';
import type { Step } from '../model/runbook.ts';
import { targetOf } from '../planning/ways-back.ts';
import type { Asked } from './asked.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import { partsOver } from './conditions.ts';
import { runProbe } from './probe.ts';

const FIRST_DELAY_MS = 1000;
const BACKOFF = 2;
const MAX_DELAY_MS = 10 * 60_000;

/** How the operator wants it to run. */
type How = Pick<Extract<Decision, { do: 'run' }>, 'terminal' | 'fromLine'>;

const UNDECIDED: ReadonlySet<StepOutcome> = new Set(['cancelled', 'unknown']);

/**
 * Runs a step until it and its probe pass, or no retry is left; each attempt is recorded. Returns the last
 * end when it did not pass, `null` when the run may go on: it passed, or its failure is handled.
 */
export async function* runWithRetries(
  asked: Asked,
  step: Step,
  part: PartOf | null,
  how: How = {},
): AsyncGenerator<RunEvent, AttemptEnd | null> {
  const { session, planned, manner } = asked;
  const { retries = 0, delay = FIRST_DELAY_MS, backoff = BACKOFF } = step.annotations;
  for (let left = retries; ; left -= 1) {
    const { 'on-fail': onFail = 'stop' } = step.annotations;
    const goesOn = left <= 0 && onFail === 'continue';
    const handled = goesOn || (left <= 0 && !session.attended && goesElsewhere(asked, onFail));
    const ended = yield* runOnce(asked, step, part, { ...how, handled });
    session.outcomes.set(planned.id, ended.outcome);
    if (ended.outcome === 'passed' || goesOn) leaveBehind(asked, part);
    if (ended.outcome === 'passed') return null;
    // What nobody knows is not tried again.
    if (manner.signal.aborted || UNDECIDED.has(ended.outcome)) return ended;
    if (goesOn) return null;
    if (left <= 0 || ended.error !== null) return ended;
    const waitMs = Math.min(delay * backoff ** (retries - left), MAX_DELAY_MS);
    await session.deps.clock.sleep(waitMs, manner.signal);
    if (manner.signal.aborted) return ended;
  }
}

/** Whether the run goes on where `on-fail=goto #procedure` leads: what is carried out on the side handles no failure. */
function goesElsewhere({ session, planned }: Asked, onFail: string): boolean {
  const target = /^goto #(\S+)$/.exec(onFail)?.[1];
  return target !== undefined && targetOf(session.plan, planned, target).steps.length > 0;
}

/** The part need not run again; once none is left, or all of it ran at once, nothing is to be remembered. */
function leaveBehind(asked: Asked, part: PartOf | null): void {
  const { session, planned } = asked;
  if (part === null || isLast(asked, part)) session.parts.delete(planned.id);
  else session.parts.set(planned.id, withPart(session.parts.get(planned.id), part));
}

/** Nothing is left to run behind the part, in the step as it stands with its conditions. */
function isLast({ session, planned }: Asked, part: PartOf): boolean {
  return areAllBehind(withPart({ of: part.of, numbers: partsOver(session, planned) }, part));
}

async function* runOnce(
  asked: Asked,
  step: Step,
  part: PartOf | null,
  { handled, terminal, fromLine }: How & { readonly handled: boolean },
): AsyncGenerator<RunEvent, AttemptEnd> {
  const { session, planned, type, manner } = asked;
  if (type === undefined) throw new Error(`no step type ${step.type}`);
  const isOpen = part !== null && !isLast(asked, part);
  const ended = yield* attempt(session, {
    planned,
    step,
    type,
    probe: false,
    part,
    wantsTerminal: terminal,
    stretch: {
      behind: fromLine === undefined ? ((part?.number ?? 1) > 1 ? 'parts' : 'nothing') : 'lines',
      isOpen,
    },
    signal: manner.signal,
    handled,
    settles: (outcome) => (isOpen && outcome === 'passed' ? null : undefined),
  });
  if (ended.outcome !== 'passed' || isOpen) return ended;
  return (yield* probeAfter(asked, handled)) ?? ended;
}

/** The step passed; what its probe finds undone has failed all the same. */
export async function* probeAfter(
  { session, planned, manner }: Asked,
  handled: boolean,
): AsyncGenerator<RunEvent, AttemptEnd | null> {
  const settles = (outcome: StepOutcome): StepOutcome | undefined =>
    outcome === 'passed' ? undefined : outcome;
  const ended = yield* runProbe(session, planned, manner.signal, settles, handled);
  if (ended === null || ended.outcome === 'passed') return null;
  return { ...ended, why: `its probe did not pass (${ended.why ?? ended.outcome})` };
}
