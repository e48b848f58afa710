import { expect, test } from 'vitest';
import { watchStop } from '../../../src/engine/running/stop.ts';
import { handClock } from '../../support/clock.ts';

test('a run stops for the signal that came first, and says which it was', async () => {
  const clock = handClock();
  const outer = new AbortController();
  const stop = watchStop(clock, outer.signal, 1000);
  expect(stop.reason).toBeNull();
  outer.abort('SIGTERM');
  await stop.stopped;
  await clock.pass(2000);
  expect(stop.reason).toEqual({ kind: 'aborted', by: 'SIGTERM' });
  expect(stop.signal.reason).toBe('cancelled');
});

test('a run whose time is over stops for that, whatever signal comes after', async () => {
  const clock = handClock();
  const outer = new AbortController();
  const stop = watchStop(clock, outer.signal, 1000);
  await clock.pass(999);
  expect(stop.signal.aborted).toBe(false);
  await clock.pass(1);
  outer.abort('SIGTERM');
  expect(stop.reason).toEqual({ kind: 'timeout' });
});

test('a run that was ended before it began is stopped at once', async () => {
  const stop = watchStop(handClock(), AbortSignal.abort('SIGINT'), null);
  await stop.stopped;
  expect([stop.signal.aborted, stop.reason]).toEqual([true, { kind: 'aborted', by: 'SIGINT' }]);
});

test('a run that is over listens to no signal, and leaves no timer', async () => {
  const clock = handClock();
  const outer = new AbortController();
  const stop = watchStop(clock, outer.signal, 1000);
  stop.dispose();
  outer.abort('SIGTERM');
  await clock.pass(2000);
  expect([stop.reason, stop.signal.aborted, clock.waiting]).toEqual([null, false, 0]);
});
