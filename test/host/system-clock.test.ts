import { expect, test } from 'vitest';
import { systemClock } from '../../src/host/system-clock.ts';

test('a wait of months is not over at once, and ends when nobody wants it any more', async () => {
  const { signal, abort } = abortable();
  const waited = systemClock.sleep(90 * 24 * 60 * 60_000, signal).then(() => 'over');
  expect(await Promise.race([waited, systemClock.sleep(50).then(() => 'waits')])).toBe('waits');
  abort();
  expect(await waited).toBe('over');
});

test('a wait that nobody wants is over before it begins', async () => {
  const { signal, abort } = abortable();
  abort();
  await systemClock.sleep(1e9, signal);
});

test('the steady clock goes on by what is waited, whatever the other one says', async () => {
  const before = systemClock.monoMs();
  await systemClock.sleep(20);
  expect(systemClock.monoMs() - before).toBeGreaterThan(10);
});

function abortable(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
