import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import { runProbe } from './probe.ts';
import type { Session } from './session.ts';

type Resolved = 'done' | 'not-done';

/**
 * Finds out what became of a step whose engine was lost while it ran: its probe says it, else the word given
 * with `--done` or `--not-done`, else the operator, else the runbook (`on-unknown`). `null`: nobody can say.
 */
export async function* resolveUnknown(
  session: Session,
  planned: PlannedStep,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Resolved | null> {
  const found = (yield* byProbe(session, planned, signal)) ?? (await byPeople(session, planned));
  if (found === null) return null;
  yield { type: 'step.resolved', stepId: planned.id, ...found };
  session.outcomes.delete(planned.id);
  if (found.outcome === 'done') session.outcomes.set(planned.id, 'passed');
  return found.outcome;
}

interface Finding {
  readonly outcome: Resolved;
  readonly by: string;
  readonly why: string;
}

/** A probe that cannot come to its end says nothing. */
async function* byProbe(
  session: Session,
  planned: PlannedStep,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Finding | null> {
  const ended = yield* runProbe(session, planned, signal, () => null);
  if (ended === null || ended.error !== null) return null;
  const by = `probe \`${planned.probe?.id ?? ''}\``;
  if (ended.outcome === 'passed') return { outcome: 'done', by, why: 'its probe passed' };
  if (ended.outcome === 'failed') return { outcome: 'not-done', by, why: 'its probe failed' };
  return null;
}

async function byPeople(session: Session, planned: PlannedStep): Promise<Finding | null> {
  const { operator, past } = session.deps;
  const word = past?.words.find(({ step }) => step === 'last' || step === planned.id);
  if (word !== undefined) {
    const flag = word.outcome === 'done' ? '--done' : '--not-done';
    const by = session.deps.who.user ?? operator.name;
    return { outcome: word.outcome, by, why: `said with ${flag}` };
  }
  const policy = planned.step.annotations['on-unknown'] ?? 'ask';
  if (policy === 'ask' || session.attended) {
    const answer = await operator.resolve(planned);
    if (answer !== undefined) return { ...answer, by: operator.name };
  }
  if (policy === 'ask') return null;
  const outcome = policy === 'done' ? 'done' : 'not-done';
  return { outcome, by: 'runbook', why: `the runbook says on-unknown=${policy}` };
}
