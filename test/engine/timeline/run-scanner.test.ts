import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../../src/engine/model/event.ts';
import type { Step } from '../../../src/engine/model/runbook.ts';
import { RunScanner } from '../../../src/engine/timeline/run-scanner.ts';
import { ran, readRunbookText, reportOf, said, storedEvents } from '../../support/rendered-run.ts';

const PAGE = `# Rotate

\`\`\`bash
first
\`\`\`

Then the next one.

\`\`\`bash
second
\`\`\`

- [ ] Look at the dashboard
`;

const passed: RunEventBody = {
  type: 'run.finished',
  outcome: 'passed',
  exitCode: 0,
  durationMs: 9000,
};

const resumed: RunEventBody = {
  type: 'run.resumed',
  pid: 8,
  who: {
    user: 'asmith',
    uid: 1000,
    host: 'bastion1',
    pid: 8,
    cwd: '/srv/runbooks',
    timezone: 'Europe/Amsterdam',
    trigger: 'terminal',
    engine: '0.1.0',
    node: '24.1.0',
  },
  runbookSha256: '',
  changed: false,
  forced: false,
};

const probed = (...of: Parameters<typeof ran>): readonly RunEventBody[] =>
  ran(...of).map((event) => Object.assign(event, { probe: true }));

/** What can become of a step, as events. */
const ENDS: Readonly<Record<string, (step: Step | undefined) => readonly RunEventBody[]>> = {
  passed: (step) => ran(step),
  'failed and gone on': (step) => ran(step, { outcome: 'failed', exitCode: 1, handled: true }),
  'failed, then passed': (step) => [...ran(step, { outcome: 'failed', exitCode: 1 }), ...ran(step)],
  'failed, then another command': (step) => [
    ...ran(step, { outcome: 'failed', exitCode: 1 }),
    ...ran(step, {}, 'true'),
  ],
  'failed, then taken as done': (step) => [
    ...ran(step, { outcome: 'failed', exitCode: 1 }),
    said(step, 'confirmed', { by: 'asmith' }),
  ],
  confirmed: (step) => [said(step, 'confirmed', { by: 'asmith' })],
  declined: (step) => [said(step, 'declined', { by: 'asmith', why: 'no badge' })],
  'failed, then skipped over': (step) => [
    ...ran(step, { outcome: 'failed', exitCode: 1 }),
    { type: 'step.skipped', stepId: step?.id ?? '', by: 'asmith', why: 'go on' },
  ],
  'lost, then resolved as done': (step) => [
    ...ran(step).slice(0, 1),
    resumed,
    {
      type: 'step.resolved',
      stepId: step?.id ?? '',
      outcome: 'done',
      by: 'asmith',
      why: 'I looked',
    },
  ],
  'lost, then left so': (step) => [...ran(step).slice(0, 1), resumed],
  'a command of their own': (step) => [
    ...ran(step),
    ...ran(step, { outcome: 'failed', exitCode: 1 }).map((event) => ({
      ...event,
      stepId: 'own-1',
      ...(event.type === 'step.started' ? { own: true } : {}),
    })),
  ],
  skipped: (step) => [
    { type: 'step.skipped', stepId: step?.id ?? '', by: 'asmith', why: 'not here' },
  ],
  'skipped by the runbook': (step) => [
    { type: 'step.skipped', stepId: step?.id ?? '', by: 'runbook', why: 'when' },
  ],
  'found done by its probe': (step) => [
    ...ran(step, { outcome: 'failed', exitCode: 1 }),
    ...probed(step, { outcome: 'passed', settles: 'passed' }),
  ],
  'undone, says its probe': (step) => [
    ...ran(step),
    ...probed(step, { outcome: 'failed', exitCode: 1, settles: 'failed' }),
  ],
};

describe('the summary of a run in a timeline', () => {
  it('counts as many exceptions as the report of that run, whatever became of its steps', async () => {
    const runbook = await readRunbookText(PAGE);
    const end = fc.constantFrom(...Object.keys(ENDS));
    await fc.assert(
      fc.property(fc.tuple(end, end, end), (names) => {
        const events = [
          ...names.flatMap((name, at) => ENDS[name]?.(runbook.steps[at]) ?? []),
          passed,
        ];
        const report = reportOf(runbook, { events });
        const scanner = new RunScanner(report.run, 'runs/7/log.jsonl');
        for (const event of storedEvents(runbook, { events }))
          scanner.take({
            line: event.seq + 1,
            sha256: '0'.repeat(64),
            seq: event.seq,
            at: event.at,
            monoMs: event.monoMs,
            type: event.type,
            event: { ...event },
          });
        scanner.finish();
        expect(scanner.summary()?.exceptions).toBe(report.exceptions.length);
      }),
      { numRuns: 400 },
    );
  });
});
