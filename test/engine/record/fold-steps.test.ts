import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../src/engine/model/event.ts';
import { foldSteps } from '../../../src/engine/record/fold-steps.ts';

const HEAD = {
  monoMs: 0,
  prev: '',
  at: '2030-01-01T00:00:00.000Z',
  attempt: 1,
  run: 'r',
  v: 1,
} as const;
const started = (seq: number, nth: number): StoredEvent => ({
  ...HEAD,
  seq,
  type: 'step.started',
  stepId: 'one',
  stepType: 'shell',
  title: 'One',
  line: 3,
  try: nth,
  effect: 'reads',
  text: 'true',
  textSha256: '',
  cwd: '/',
  env: [],
  timeoutMs: null,
});

test('a step whose engine was lost has no reason of an earlier try', () => {
  const fold = foldSteps();
  fold.take(started(1, 1));
  fold.take({
    ...HEAD,
    seq: 2,
    type: 'step.finished',
    stepId: 'one',
    try: 1,
    outcome: 'failed',
    durationMs: 1,
    stdoutBytes: 0,
    stderrBytes: 0,
    by: 'ada',
    note: 'a note',
    why: 'Exit code 1.',
  });
  fold.take(started(3, 2));
  expect(fold.reports()[0]).toMatchObject({ outcome: 'unknown', why: null, note: null, by: null });
});
