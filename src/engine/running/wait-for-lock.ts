import { parseDuration } from '../../text/duration.ts';
import type { HeldLock, LockHolder } from '../contracts/run-store.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import type { RunDeps } from './session.ts';

const DEFAULT_WAIT_MS = 5 * 60_000;
/** Of scheduled runs that nobody said a policy for. */
const SCHEDULED_WAIT_MS = 60 * 60_000;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2000;

/** Takes the run's lock; where the runbook says `policy: wait`, as long as it says, and where several are scheduled as long as that may take. `null`: it needs none. */
export async function* waitForLock(
  plan: Plan,
  { lock, clock, signal }: Pick<RunDeps, 'lock' | 'clock' | 'signal'>,
): AsyncGenerator<RunEvent, HeldLock | LockHolder | null> {
  if (lock === null) return null;
  let taken = await lock.take();
  if ('release' in taken) return taken;
  yield { type: 'lock.busy', name: lock.name, holder: holderInWords(taken) };
  const { policy, wait } = plan.runbook.frontmatter.lock ?? {};
  const isOneOfSeveral = policy === undefined && isScheduledWithOthers(plan);
  if (policy !== 'wait' && !isOneOfSeveral) return taken;
  const defaultMs = isOneOfSeveral ? SCHEDULED_WAIT_MS : DEFAULT_WAIT_MS;
  const endMs = clock.monoMs() + (parseDuration(wait ?? '') ?? defaultMs);
  // Whoever comes later and never waits would have it again and again between two looks.
  const place = await lock.queue?.();
  try {
    let leftMs = endMs - clock.monoMs();
    for (let pauseMs = FIRST_PAUSE_MS; leftMs > 0 && !signal.aborted; ) {
      const waitMs = Math.min(pauseMs, leftMs);
      await clock.sleep(waitMs, signal);
      taken = await lock.take();
      if ('release' in taken) return taken;
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
      // By a clock that stands still the wait would never be over.
      leftMs = Math.min(leftMs - waitMs, endMs - clock.monoMs());
    }
    return taken;
  } finally {
    place?.leave();
  }
}

/** Whether it is what a schedule calls, with others that may be due in the same minute under the same lock. */
function isScheduledWithOthers({ runbook, procedures, request }: Plan): boolean {
  const { schedule = [], lock } = runbook.frontmatter;
  const ids = procedures.map(({ id }) => id).join('\n');
  const isOwn = schedule.some(({ procedure }) => (procedure?.replace(/^#/, '') ?? '') === ids);
  return !request.attended && isOwn && (schedule.length > 1 || lock?.name !== undefined);
}

/** Who holds a lock since when, and what of a lost engine still works. */
export function holderInWords({ run, pid, since, user, orphans = [], waits }: LockHolder): string {
  const who = `run ${run} of ${user || 'somebody'} since ${since} (process ${pid})`;
  if (waits) return `${who}, which waits for it and comes first`;
  if (orphans.length === 0) return who;
  return `${who}; its engine is gone, but this still works: ${orphans.join(', ')}`;
}
