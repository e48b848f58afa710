import { parseDuration } from '../text/duration.ts';
import type { HeldLock, LockHolder } from './contracts/run-store.ts';
import type { RunEvent } from './model/event.ts';
import { type Plan, whatRefuses } from './model/plan.ts';
import { finishedEvent } from './running/closing.ts';
import { decidedBeforehand } from './running/conditions.ts';
import { inputEvents, openingEvent } from './running/opening.ts';
import { runEnding, runMain } from './running/sequence.ts';
import { openSession, type RunDeps } from './running/session.ts';
import { waitForLock } from './running/wait-for-lock.ts';

/**
 * Carries out a plan. Events come up as values, one at a time: what an event announces happens only after
 * the consumer asked for the next one. Leaving the generator early ends the running step and releases the
 * lock. The last event is `run.finished`, whatever happened but that.
 */
export async function* runPlan(plan: Plan, deps: RunDeps): AsyncGenerator<RunEvent, void> {
  const originMs = deps.clock.monoMs();
  const timeoutMs = timeoutOf(plan);
  yield openingEvent(plan, deps, timeoutMs);
  yield* inputEvents(plan, deps);
  const finished = finishedEvent(plan, deps, originMs);
  if (whatRefuses(plan).length > 0) {
    yield finished.refused();
    return;
  }
  const lock = yield* waitForLock(plan, deps);
  if (lock !== null && !isHeld(lock)) {
    yield finished.locked(lock);
    return;
  }
  const session = await openSession(plan, deps, { originMs, timeoutMs }, lock?.fds ?? []);
  deps.masks?.((text) => session.mask(text));
  try {
    yield* decidedBeforehand(session);
    const main = yield* runMain(session);
    const ending = main.go === 'waiting' ? main : yield* runEnding(session, main);
    if (ending.go === 'waiting' && session.stop.reason === null) yield finished.waiting(ending);
    yield finished.after(session, main, ending);
  } finally {
    session.stop.dispose();
    await session.resources.closeAll();
    await lock?.release();
  }
}

function timeoutOf(plan: Plan): number | null {
  const { timeout } = plan.runbook.frontmatter;
  return plan.request.timeoutMs ?? parseDuration(String(timeout ?? '')) ?? null;
}

function isHeld(lock: HeldLock | LockHolder): lock is HeldLock {
  return 'release' in lock;
}
