import { beforeAll, describe, expect, it } from 'vitest';
import { briefLines } from '../../../src/cli/show/brief-log.ts';
import type { RunEventBody } from '../../../src/engine/model/event.ts';
import type { Runbook } from '../../../src/engine/model/runbook.ts';
import { ran, readRunbookText, reportOf } from '../../support/rendered-run.ts';

const look = { columns: 72, style: (_tone: unknown, text: string): string => text };
let runbook: Runbook;

beforeAll(async () => {
  runbook = await readRunbookText('# Rotate\n\n```bash\nfirst\n```\n\n```bash\nsecond\n```\n');
});

const brief = (...events: readonly RunEventBody[]): readonly string[] =>
  briefLines(reportOf(runbook, { events }), look);

const failed = { outcome: 'failed', exitCode: 1, why: 'exit code 1' } as const;
const probe = (): readonly RunEventBody[] =>
  ran(runbook.steps[0]).map((event) => Object.assign(event, { probe: true }));

describe('the brief log of a run', () => {
  it('says who ran what, when, how it stands, and a line a step', () => {
    const lines = brief(...ran(runbook.steps[0]));
    expect(lines[0]).toBe('Rotate  interrupted  2 steps');
    expect(lines[1]).toContain('2026-11-21T02:14:31.000Z  asmith  run 019aa39e');
    expect(lines.slice(3)).toEqual([
      expect.stringMatching(/^1\. passed {9}\S.* {2}2\.1 s$/),
      expect.stringMatching(/^2\. not reached {4}\S/),
    ]);
  });

  it('says that a run passed with exceptions, as every listing does', () => {
    const report = reportOf(runbook, { events: ran(runbook.steps[0]) });
    const [head] = briefLines({ ...report, outcome: 'passed', exceptions: ['1 skipped'] }, look);
    expect(head).toBe('Rotate  passed with exceptions  2 steps');
  });

  it('counts the tries of a step, and no probe among them', () => {
    const [first] = runbook.steps;
    expect(brief(...probe(), ...ran(first)).join('\n')).not.toContain('try');
    expect(brief(...ran(first, failed), ...probe(), ...ran(first))[3]).toContain('  try 2');
  });

  it('says why a step failed', () => {
    expect(brief(...ran(runbook.steps[0], failed))[3]).toMatch(/^1\. failed .*exit code 1$/);
  });

  it('ends with notes and departures in the order in which they came', () => {
    const at = moment();
    const lines = brief(
      ...ran(runbook.steps[0]),
      { type: 'note.added', text: 'called the bank', by: 'bob' },
      { type: 'deviation.recorded', stepId: 'x', what: 'edited', by: 'ada', text: 'a\n  b' },
    );
    expect(lines.slice(-2)).toEqual([
      `${at(3)}  note by bob: called the bank`,
      `${at(4)}  edited by ada: a; b`,
    ]);
  });
});

function moment(): (seconds: number) => string {
  const began = Date.UTC(2026, 10, 21, 2, 14, 31);
  return (seconds) => new Date(began + seconds * 1000).toISOString().slice(11, 19);
}
