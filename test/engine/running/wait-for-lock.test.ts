import { describe, expect, test } from 'vitest';
import type { HeldLock, LockHolder } from '../../../src/engine/contracts/run-store.ts';
import type { RunEvent } from '../../../src/engine/model/event.ts';
import { holderInWords, waitForLock } from '../../../src/engine/running/wait-for-lock.ts';
import { handClock } from '../../support/clock.ts';
import { planOf } from '../../support/engine.ts';

const HOLDER: LockHolder = { run: 'r1', pid: 7, since: '2026-11-21T02:14:31Z', user: 'asmith' };
const HELD: HeldLock = { fds: [], release: async () => {} };

/** Asks for a lock that others let go of after so long; what came of it, and after how long. */
async function wait(lock: string, freeAtMs: number, end = new AbortController()) {
  const clock = handClock();
  const plan = await planOf(`---\nlock: ${lock}\n---\n\n# T\n\n~~~bash\ntrue\n~~~\n`);
  let places = 0;
  const taking = waitForLock(plan, {
    clock,
    signal: end.signal,
    lock: {
      name: 'db',
      take: async () => (clock.monoMs() >= freeAtMs ? HELD : HOLDER),
      queue: async () => {
        places += 1;
        return { leave: () => (places -= 1) };
      },
    },
  });
  const events: RunEvent[] = [];
  let taken: HeldLock | LockHolder | null | undefined;
  const over = (async () => {
    for (;;) {
      const { done, value } = await taking.next();
      if (done) {
        taken = value;
        return;
      }
      events.push(value);
    }
  })();
  for (let at = 0; taken === undefined && at < 100_000; at += 1) await clock.pass(100);
  await over;
  return { taken, events: events.map(({ type }) => type), ms: clock.monoMs(), places };
}

describe('a lock that somebody holds', () => {
  test('is not waited for where the runbook does not say so', async () => {
    expect(await wait('{ name: db }', 1000)).toMatchObject({ taken: HOLDER, ms: 100, places: 0 });
  });

  test('is waited for as long as the runbook says, and no longer', async () => {
    const { taken, ms } = await wait('{ name: db, policy: wait, wait: 10s }', Infinity);
    expect([taken, ms >= 10_000, ms < 10_500]).toEqual([HOLDER, true, true]);
  });

  test('is had once it is free, with the place in its line left', async () => {
    const got = await wait('{ name: db, policy: wait, wait: 10s }', 4000);
    expect(got).toMatchObject({ taken: HELD, events: ['lock.busy'], places: 0 });
    expect(got.ms).toBeLessThan(6100);
  });

  test('is waited for five minutes where nobody says how long', async () => {
    const { taken, ms } = await wait('{ name: db, policy: wait }', Infinity);
    expect([taken, ms >= 300_000, ms < 300_500]).toEqual([HOLDER, true, true]);
  });

  test('is not waited for any longer once the run is ended', async () => {
    const end = new AbortController();
    end.abort();
    expect(await wait('{ name: db, policy: wait }', Infinity, end)).toMatchObject({ ms: 100 });
  });
});

test('a lock that nobody holds is had at once, and nothing is said', async () => {
  expect(await wait('{ name: db }', 0)).toMatchObject({ taken: HELD, events: [] });
});

test.each([
  [{}, 'run r1 of asmith since 2026-11-21T02:14:31Z (process 7)'],
  [{ user: '' }, 'run r1 of somebody since 2026-11-21T02:14:31Z (process 7)'],
  [
    { orphans: ['8 pg_dump', '9 gzip'] },
    'run r1 of asmith since 2026-11-21T02:14:31Z (process 7); its engine is gone, but this still works: 8 pg_dump, 9 gzip',
  ],
  [
    { waits: true as const, orphans: ['8 pg_dump'] },
    'run r1 of asmith since 2026-11-21T02:14:31Z (process 7), which waits for it and comes first',
  ],
])('who holds it is said in words: %#', (more, words) => {
  expect(holderInWords({ ...HOLDER, ...more })).toBe(words);
});
