import { once } from 'node:events';
import { expect, test } from 'vitest';
import { watchSignals } from '../../../src/cli/running/signals.ts';

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the run, and says which it was',
  async (name) => {
    const { signal, stop } = watchSignals();
    process.kill(process.pid, name);
    await once(signal, 'abort');
    stop();
    expect(signal.reason).toBe(name);
  },
);

test('where INT is somebody else’s, only the others end the run', () => {
  const before = process.listenerCount('SIGINT');
  const { stop } = watchSignals({ exceptInterrupt: true });
  expect(process.listenerCount('SIGINT')).toBe(before);
  stop();
});

test('when the run is over, nobody listens any more', () => {
  const before = process.listenerCount('SIGTERM');
  const { stop } = watchSignals();
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  stop();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('the first reason counts', () => {
  const { signal, end, stop } = watchSignals();
  end('SIGTERM');
  end('SIGINT');
  stop();
  expect(signal.reason).toBe('SIGTERM');
});
