import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clocksAt, setOn } from '../../../src/cli/walkthrough/clock.ts';
import { newClocks } from '../../../src/cli/walkthrough/clock-line.ts';
import type { DeskMode } from '../../../src/cli/walkthrough/desk.ts';
import { answerInWords, earlierLegs } from '../../../src/cli/walkthrough/earlier-legs.ts';
import type { Situation } from '../../../src/engine/contracts/operator.ts';
import type { RawLine } from '../../../src/engine/contracts/run-store.ts';
import { requestOf, workplace } from '../../support/engine.ts';

/** A log of two legs, of 60 s and 30 s; the step was come to 20 s after the beginning. */
const who = { host: 'h', pid: 1, cwd: '/', trigger: 'terminal', engine: '1', node: '24' };
const EVENTS = [
  { type: 'question.asked', stepId: 'look', question: 'Look?', monoMs: 20_000 },
  {
    type: 'step.finished',
    stepId: 'tick',
    try: 1,
    outcome: 'confirmed',
    durationMs: 1,
    stdoutBytes: 0,
    stderrBytes: 0,
    by: 'ada',
    note: 'all of it',
    monoMs: 60_000,
  },
  {
    type: 'run.resumed',
    pid: 1,
    who,
    runbookSha256: '',
    changed: false,
    forced: false,
    monoMs: 0,
  },
  { type: 'question.asked', stepId: 'look', question: 'Look?', monoMs: 5000 },
  { type: 'note.added', by: 'ada', text: 'tea', monoMs: 30_000 },
];

async function* log(): AsyncGenerator<RawLine> {
  for (const [seq, event] of EVENTS.entries()) {
    const at = '2026-03-01T03:19:22.000Z';
    const whole = { seq, run: 'r', attempt: 1, at, prev: '0'.repeat(64), ...event };
    yield { line: seq + 1, raw: Buffer.from(JSON.stringify(whole)), complete: true };
  }
}

test('the clock and the budget of a heading go on from the record', async () => {
  const { handrail, folder } = workplace(
    '# M\n\n## Look (5 minutes)\n\n~~~bash name=look\ntrue\n~~~\n',
  );
  const { runbook } = await handrail.read(join(folder, 'ops.md'));
  const plan = await handrail.plan(runbook, requestOf({ attended: true }));
  const mode = { clocks: newClocks() } as DeskMode;
  setOn(mode, plan, await earlierLegs(log()));
  expect(mode.clocks.earlierMs).toBe(90_000);
  expect([...mode.clocks.begun.values()]).toEqual([20_000]);
  const planned = plan.steps.find(({ id }) => id === 'look');
  const situation = { plan, planned, elapsedMs: 0 } as Situation;
  const clocks = clocksAt(situation, { mode, usualMs: () => null });
  expect(clocks().parts[0]).toMatch(/1:3\d$/);
  expect(clocks().parts[1]).toMatch(/^3 m .* left of 5 m$/);
});

test('an answer says who gave it and when, with its day where that is another one', async () => {
  const { answers } = await earlierLegs(log());
  const answer = answers.get('tick');
  if (answer === undefined) throw new Error('no answer');
  const at = new Date(answer.at);
  expect(answerInWords(answer, at)).toMatch(/^\d\d:\d\d:\d\d ada: all of it$/);
  expect(answerInWords(answer, new Date('2026-11-30T12:00:00Z'))).toMatch(/^2026-03-01 \d\d:/);
});
