import { expect, test } from 'vitest';
import { Progress } from '../../src/cli/progress/progress.ts';
import { screenStyle } from '../../src/cli/screen/style.ts';
import type { RunEvent } from '../../src/engine/model/event.ts';

const STEP = { stepId: 'slow', title: 'Slow', try: 1 };
const begun = { type: 'step.started', ...STEP } as unknown as RunEvent;
const ended = {
  type: 'step.finished',
  stepId: 'slow',
  outcome: 'passed',
  durationMs: 0,
} as unknown as RunEvent;
const printed = (text: string): RunEvent =>
  ({
    type: 'step.output',
    stepId: 'slow',
    try: 1,
    stream: 'stdout',
    chunk: Buffer.from(text),
  }) satisfies RunEvent;

/** What is shown of a step that is silent for long, and then goes on with the events. */
async function shown(before: readonly RunEvent[], after: readonly RunEvent[]): Promise<string> {
  let text = '';
  const { promise, resolve } = Promise.withResolvers<void>();
  const out = {
    write(piece: string | Uint8Array): undefined {
      text += Buffer.from(piece).toString();
      if (text.includes('still running')) resolve();
    },
    closed: false,
    isTerminal: false,
  };
  const progress = new Progress({
    out,
    style: screenStyle(false),
    colour: false,
    mode: '',
    run: '',
    where: '',
    outline: { path: 'a.md', steps: [{ id: 'slow', title: 'Slow' }] },
    exceptions: async () => [],
    silenceMs: 30,
  });
  for (const event of [begun, ...before]) await progress.show(event);
  // Nothing but the time lets the run of this test go on.
  const waiting = setInterval(() => undefined, 1000);
  await promise;
  clearInterval(waiting);
  for (const event of [...after, ended]) await progress.show(event);
  return text.replace(/(?: +still running after .+, nothing printed for .+\n)+/, '<silent>\n');
}

test('a step that is silent for long says so on a line of its own, wherever its output stands', async () => {
  expect(await shown([], [])).toBe('1/1  Slow\n<silent>\n      passed in 0 ms\n');
  expect(await shown([printed('one\n')], [printed('two\n')])).toBe(
    '1/1  Slow\n  | one\n<silent>\n  | two\n      passed in 0 ms\n',
  );
  expect(await shown([printed('..')], [printed('..')])).toBe(
    '1/1  Slow\n  | ..\n<silent>\n  | ..\n      passed in 0 ms\n',
  );
});
