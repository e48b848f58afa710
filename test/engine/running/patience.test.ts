import { expect, test } from 'vitest';
import type { StepOutput, StepResult } from '../../../src/engine/contracts/step-type.ts';
import { ABANDONED, PATIENCE_MS, patiently } from '../../../src/engine/running/patience.ts';
import { handClock } from '../../support/clock.ts';

type Running = AsyncGenerator<StepOutput, StepResult>;

const piece = (text: string): StepOutput => ({ stream: 'stdout', chunk: Buffer.from(text) });

/** One that never ends by itself. */
async function* deaf(): Running {
  yield piece('working');
  await new Promise(() => {});
  return { outcome: 'passed' };
}

/** One that says so much, whoever told it to end. */
async function* talking(times: number): Running {
  for (let at = 0; at < times; at += 1) yield piece('.');
  return { outcome: 'failed', why: 'said enough' };
}

async function resultOf(running: Running): Promise<StepResult> {
  for (;;) {
    const { done, value } = await running.next();
    if (done) return value;
  }
}

test('a step that is told to end is waited for so long, and no longer', async () => {
  const [clock, end] = [handClock(), new AbortController()];
  let came: StepResult | null = null;
  void resultOf(patiently(deaf(), end.signal, clock)).then((one) => {
    came = one;
  });
  await clock.pass(PATIENCE_MS * 10);
  expect(came).toBeNull();
  end.abort();
  await clock.pass(PATIENCE_MS - 1);
  expect(came).toBeNull();
  await clock.pass(1);
  expect(came).toBe(ABANDONED);
});

test('a step that ends while it is waited for has its own result', async () => {
  const result = await resultOf(patiently(talking(5), AbortSignal.abort(), handClock()));
  expect(result).toEqual({ outcome: 'failed', why: 'said enough' });
});

test('a step that goes on printing for ever is left behind as well', async () => {
  const result = await resultOf(patiently(talking(Infinity), AbortSignal.abort(), handClock()));
  expect(result).toBe(ABANDONED);
});

test('a step whose output nobody wants any more is told to end, and what it throws is thrown', async () => {
  let isTold = false;
  const running = (async function* (): Running {
    try {
      yield piece('a');
      yield piece('b');
      return { outcome: 'passed' };
    } finally {
      isTold = true;
    }
  })();
  for await (const _ of patiently(running, new AbortController().signal, handClock())) break;
  expect(isTold).toBe(true);
  const broken = (async function* (): Running {
    yield piece('a');
    throw new Error('the disk is gone');
  })();
  await expect(
    resultOf(patiently(broken, new AbortController().signal, handClock())),
  ).rejects.toThrow('the disk is gone');
});
