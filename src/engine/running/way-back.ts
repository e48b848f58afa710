import type { RunEvent } from '../model/event.ts';
import { EXIT, outcomeFacts } from '../model/outcome.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { Remark } from '../model/report.ts';
import { isOfRollback, procedureOf, targetOf, waysBack } from '../planning/ways-back.ts';
import type { Asked } from './asked.ts';
import type { Session } from './session.ts';
import type { Verdict } from './verdict.ts';

/** `rollback` carries out what undoes it, and the run has failed; `goto #procedure` goes on there. */
export async function* asItSays(
  { session, planned }: Pick<Asked, 'session' | 'planned'>,
  verdict: Verdict,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const says = planned.step.annotations['on-fail'] ?? 'stop';
  const by = 'runbook';
  const { own, others } = waysBack(session.plan, planned, session.outcomes);
  if (says === 'rollback')
    for (const {
      rollback: { id },
    } of own.length > 0 ? own : others) {
      yield { type: 'note.added', by, text: `on-fail=rollback: #${id}`, stepId: planned.id };
      yield* rollBack(id);
    }
  const target = /^goto #(\S+)$/.exec(says)?.[1];
  if (target === undefined) return verdict;
  const { name, steps: there } = targetOf(session.plan, planned, target);
  // Each host goes its own way.
  const to = there.find(({ on }) => on === planned.on) ?? there[0];
  yield { type: 'note.added', by, text: `on-fail=${says}`, stepId: planned.id };
  if (to !== undefined) return { go: 'jump', to: to.id };
  yield* rollBack(name);
  return verdict;
}

/** Carries out a rollback procedure by its id. */
export type RollBack = (procedure: string) => AsyncGenerator<RunEvent, void>;

/** A way back that an earlier leg of the run left half gone. */
export interface WayLeft {
  /** What was carried out of it stands behind this event. */
  readonly since: number;
  readonly why: string;
  /** Rollbacks that a person chose; none: the runbook says which. */
  readonly chosen: readonly string[];
}

/**
 * The way back from a step, where it was left half gone: the engine was lost, or the run ended, before the run had failed.
 * `null`: it was not. A run that has failed without having been rolled back is another matter: to go on with it is to try
 * again what failed.
 */
export function wayBackLeft(session: Session, { id, step }: PlannedStep): WayLeft | null {
  const { attended, plan, deps } = session;
  const { report } = deps.past ?? {};
  if (report === undefined || report.outcome === 'failed') return null;
  const before = report.steps.find((one) => one.id === id);
  const last = before?.attempts.findLast(({ probe }) => !probe);
  if (last?.finishedAt === null || before?.outcome === 'passed') return null;
  const since = last?.seq ?? -1;
  const said = report.remarks.filter((one) => one.seq > since && one.stepId === id);
  const chosen = said.flatMap(({ event }) => chosenRollback(event) ?? []);
  const { retries, 'on-fail': says = 'stop' } = step.annotations;
  const isBegun = said.some(
    ({ event }) =>
      event.type === 'note.added' && event.by === 'runbook' && isOnWayBack(event, plan, id),
  );
  const isDue = !attended && says === 'rollback' && last?.outcome === 'failed';
  if (chosen.length === 0 && !isBegun && !(isDue && retries === undefined)) return null;
  const exit = last?.exitCode == null ? 'before' : `exit code ${last.exitCode}`;
  return { since, why: last?.why ?? exit, chosen: [...new Set(chosen)] };
}

/** Whether a step of the way back was carried out by an earlier leg of the run. */
export function isBehindOnWayBack(
  { outcomes, deps }: Session,
  { id }: PlannedStep,
  { since }: WayLeft,
): boolean {
  const last = deps.past?.report.steps.find((one) => one.id === id)?.attempts.at(-1);
  const isOver = outcomeFacts(outcomes.get(id) ?? null).settled === true;
  return isOver && last !== undefined && last.seq > since;
}

/** Goes the rest of that way; the run has failed as it had before. */
export async function* goRestOfWayBack(
  session: Session,
  planned: PlannedStep,
  { why, chosen }: WayLeft,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const { id } = planned;
  const ended = { go: 'failed', stepId: id, why: `step \`${id}\` failed: ${why}` } as const;
  const verdict = { ...ended, exitCode: EXIT.failed };
  if (chosen.length === 0) return yield* asItSays({ session, planned }, verdict, rollBack);
  for (const one of chosen) yield* rollBack(one);
  return verdict;
}

/** What `asItSays` notes where it goes back: not where it goes on elsewhere in the plan. */
function isOnWayBack({ text }: { readonly text: string }, plan: Plan, id: string): boolean {
  if (text.startsWith('on-fail=rollback: ')) return true;
  const target = /^on-fail=goto #(\S+)$/.exec(text)?.[1];
  if (target === undefined) return false;
  const { name, steps } = targetOf(plan, { id }, target);
  if (steps.length > 0) return false;
  const { page, picked } = procedureOf(plan, name);
  return picked.some((one) => isOfRollback(page.runbook, one));
}

/** How the record begins to say which way back a person chose. */
export const ROLLED_BACK = 'rolled back with';

const chosenRollback = (event: Remark['event']): string | null =>
  event.type === 'deviation.recorded' && event.what.startsWith(`${ROLLED_BACK} \``)
    ? event.what.slice(ROLLED_BACK.length + 2, -1)
    : null;
