import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeUnattendedOperator } from '../../../src/cli/running/unattended-operator.ts';
import { type Clock, keptClock } from '../../../src/engine/contracts/clock.ts';
import { defineStepType } from '../../../src/engine/contracts/step-type.ts';
import type { RunEvent } from '../../../src/engine/model/event.ts';
import { createHandrail } from '../../../src/handrail.ts';
import { systemClock } from '../../../src/host/system-clock.ts';
import { workplace } from '../../support/engine.ts';

const { folder } = workplace({
  'deaf.md': '# One\n\n~~~deaf name=one timeout=50ms\nx\n~~~\n',
  'lock.md': '---\nlock: { policy: wait, wait: 1m }\n---\n# One\n\n~~~deaf name=one\nx\n~~~\n',
});

const standing: Clock = { nowMs: () => 1e12, monoMs: () => 5, sleep: async () => {} };
const hasty: Clock = { ...systemClock, sleep: async () => {} };

/** A step that never ends, whatever it is told. */
const deaf = defineStepType<null>({
  name: 'deaf',
  summary: 'Hears nothing.',
  quoting: 'none',
  human: false,
  detect: (block) =>
    block.kind === 'fence' && block.language === 'deaf'
      ? { body: null, why: 'fence `deaf`', effect: 'reads' }
      : undefined,
  async *run() {
    await new Promise(() => {});
    return { outcome: 'passed' };
  },
  examples: [],
});

async function lastOf(events: AsyncIterable<RunEvent>): Promise<RunEvent | undefined> {
  let last: RunEvent | undefined;
  for await (const event of events) last = event;
  return last;
}

async function begun(name: string, clock: Clock) {
  const world = { env: {}, cwd: folder, state: 'memory:', version: '0.0.0-test', clock };
  const handrail = createHandrail({ ...world, stepTypes: [deaf] });
  const operator = makeUnattendedOperator();
  const { source, runbook } = await handrail.read(name);
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const stop = new AbortController();
  const begin = () => handrail.run(plan, source, { operator, signal: stop.signal }).events;
  return { begin, stop };
}

test.each([
  ['stands still', standing],
  ['waits for nothing', hasty],
])('a step that does not end is left behind also by a clock that %s', async (_, clock) => {
  const { begin } = await begun('deaf.md', clock);
  expect(await lastOf(begin())).toMatchObject({ outcome: 'waiting' });
});

test.each([
  ['stands still', standing],
  ['waits for nothing', hasty],
])('a lock is not waited for endlessly by a clock that %s', async (_, clock) => {
  const { begin } = await begun('lock.md', clock);
  const first = begin();
  for (let type = ''; type !== 'step.started'; ) type = (await first.next()).value?.type ?? '';
  expect(await lastOf(begin())).toMatchObject({ outcome: 'skipped' });
  await first.return();
});

test.each<[string, Clock['sleep'], boolean]>([
  ['waits for nothing', async () => {}, false],
  ['answers what is no promise', (() => 5) as unknown as Clock['sleep'], false],
  ['throws', () => Promise.reject(new Error('no time')), true],
  [
    'throws at once',
    () => {
      throw new Error('no time');
    },
    true,
  ],
])('a sleep that %s ends, and lets everything else have its turn', async (_, sleep, isWaited) => {
  const order: string[] = [];
  const waited: number[] = [];
  const machine: Clock = { ...systemClock, sleep: async (ms) => void waited.push(ms) };
  setImmediate(() => order.push('another'));
  await keptClock({ ...systemClock, sleep }, machine).sleep(7);
  order.push('slept');
  expect([order, waited]).toEqual([['another', 'slept'], isWaited ? [7] : []]);
});

test.each<[string, Clock['sleep']]>([
  ['hears nothing', () => new Promise(() => {})],
  ['throws where it is ended', (ms, signal) => wait(ms, undefined, signal ? { signal } : {})],
])('a sleep that %s ends when it is to end', async (_, sleep) => {
  const stop = new AbortController();
  const slept = keptClock({ ...systemClock, sleep }, systemClock).sleep(2 ** 30, stop.signal);
  stop.abort();
  expect(await slept).toBeUndefined();
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, 5n, '5', undefined])(
  'what is no time is told: %s',
  (ms) => {
    const clock = { ...systemClock, nowMs: () => ms, monoMs: () => ms } as unknown as Clock;
    for (const member of ['nowMs', 'monoMs'] as const)
      expect(() => keptClock(clock, systemClock)[member]()).toThrow(
        new RegExp(
          `^The clock \`World.clock\` does not keep its contract: \`${member}\` answered .*, where a number of milliseconds was expected`,
        ),
      );
  },
);

test('the steady clock never goes back', () => {
  const moments = [5, 3, 9, -1e6];
  const clock = keptClock({ ...systemClock, monoMs: () => moments.shift() ?? 0 }, systemClock);
  expect([1, 2, 3, 4].map(() => clock.monoMs())).toEqual([5, 5, 9, 9]);
});
