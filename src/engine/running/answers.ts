import type { Decision, OpenCondition } from '../contracts/operator.ts';
import type { RunEvent } from '../model/event.ts';
import { EXIT } from '../model/outcome.ts';
import { whetherWords } from '../model/step-condition.ts';
import type { Asked } from './asked.ts';
import type { AttemptEnd } from './attempt.ts';
import { decideCondition } from './conditions.ts';
import { settle, skip } from './settle.ts';
import { ON, type Verdict } from './verdict.ts';

/** The operator's word on a condition, and on those it excludes. */
export async function* answered(
  { session, planned }: Asked,
  decision: Extract<Decision, { do: 'holds' | 'does-not-hold' }>,
  open: OpenCondition | null,
): AsyncGenerator<RunEvent, void> {
  if (open === null) return;
  const by = session.by();
  const alternatives = open.alternatives.map(({ condition }) => condition);
  if (decision.do === 'holds') {
    const chosen = alternatives.find(({ id }) => id === decision.condition) ?? open.condition;
    const why = decision.why ?? 'said when asked';
    yield* decideCondition(session, planned, chosen, { holds: true, by, why });
    return;
  }
  for (const condition of decision.all ? alternatives : [open.condition])
    yield* decideCondition(session, planned, condition, { holds: false, by, why: decision.why });
}

/** `null`: ask again. An attempt's end: it failed, ask what now. */
export type Obeyed = Verdict | AttemptEnd | null;

/** What nobody decided is never just done. */
export function undecided(stepId: string, { condition }: OpenCondition): Verdict {
  const why = `nobody has said ${whetherWords(condition)}. Say \`--holds ${stepId}\` or \`--not ${stepId}\``;
  return { go: 'waiting', stepId, why, exitCode: EXIT.waiting };
}

/**
 * The operator says no: the run ends, unless the runbook says to go on after that. A person at a terminal is asked what
 * now, as after any failure.
 */
export async function* declined(
  { session, planned }: Asked,
  why: string,
  tookMs: number,
  isDenied: boolean,
): AsyncGenerator<RunEvent, Obeyed> {
  yield* settle(session, planned, 'declined', tookMs, why);
  if (!isDenied && planned.step.annotations['on-fail'] === 'continue') return ON;
  if (!isDenied && session.attended) return declinedEnd(session.mask(why), tookMs);
  const what = isDenied ? 'was not approved' : 'was declined';
  const exitCode = isDenied ? EXIT.denied : EXIT.failed;
  const { id } = planned;
  return {
    go: 'failed',
    stepId: id,
    why: `step \`${id}\` ${what}: ${session.mask(why)}`,
    exitCode,
  };
}

/** A step that somebody declined, as one that failed. */
export const declinedEnd = (why: string, durationMs: number): AttemptEnd => ({
  outcome: 'failed',
  why,
  durationMs,
  detail: '',
  error: null,
});

/** Takes an answer back. Where the run has come past it, it goes back there and asks nothing else again. */
export async function* reopen(
  { session, planned }: Asked,
  { stepId, why }: Extract<Decision, { do: 'reopen' }>,
): AsyncGenerator<RunEvent, Obeyed> {
  const by = session.by();
  yield { type: 'step.resolved', stepId, outcome: 'not-done', by, why: session.mask(why) };
  session.outcomes.delete(stepId);
  session.done.delete(stepId);
  const { steps } = session.plan;
  const to = steps.findIndex(({ id }) => id === stepId);
  return to >= 0 && to < steps.indexOf(planned) ? { go: 'jump', to: stepId, keeps: true } : null;
}

/** What failed stays failed, and is settled: nobody asks about it again. */
export async function* goOn(
  { session, planned }: Asked,
  failure: AttemptEnd | null,
  why: string,
): AsyncGenerator<RunEvent, void> {
  const outcome = session.outcomes.get(planned.id) === 'declined' ? 'declined' : 'failed';
  yield* settle(session, planned, outcome, failure?.durationMs ?? 0, why, true);
}

/** No part of the step is to be done. */
export async function* nothingLeft({ session, planned }: Asked): AsyncGenerator<RunEvent, Verdict> {
  const by = session.by();
  yield* skip(session, planned, by, 'none of its parts is to be done');
  return ON;
}
