import type { RawLine } from '../../src/engine/contracts/run-store.ts';
import type { RunEventBody } from '../../src/engine/model/event.ts';
import type { StepOutcome } from '../../src/engine/model/outcome.ts';
import { chained, incidentLog, runLog, SEAL, type Written } from './timelines.ts';

export const RUN_A = '0193a000-0000-7000-8000-00000000000a';
export const RUN_B = '0193a000-0000-7000-8000-00000000000b';

export function started(title: string, steps: readonly string[], user = 'asmith'): RunEventBody {
  return {
    type: 'run.started',
    pid: 1,
    who: { user, host: 'web1', pid: 1, cwd: '/srv', trigger: 'terminal', engine: '0', node: '24' },
    runbook: { path: `${title.toLowerCase()}.md`, title, sha256: 'a'.repeat(64) },
    linked: [],
    procedures: [],
    planHash: 'b'.repeat(64),
    steps: steps.map((id, at) => ({
      id,
      type: 'shell',
      title: `Step ${id}`,
      line: at + 3,
      procedure: 'fix',
      phase: 'main',
    })),
    attended: false,
    budgetMs: null,
    request: {},
  };
}

export function begin(stepId: string, text = 'true', tried = 1): RunEventBody {
  return {
    type: 'step.started',
    stepId,
    stepType: 'shell',
    title: `Step ${stepId}`,
    line: 3,
    try: tried,
    effect: 'reads',
    text,
    textSha256: 'c'.repeat(64),
    cwd: '/srv',
    env: [],
    timeoutMs: null,
  };
}

export function end(stepId: string, outcome: StepOutcome, more: object = {}): RunEventBody {
  return {
    type: 'step.finished',
    stepId,
    try: 1,
    outcome,
    durationMs: 1000,
    stdoutBytes: 0,
    stderrBytes: 0,
    ...more,
  };
}

export function finish(outcome: 'passed' | 'failed'): RunEventBody {
  return {
    type: 'run.finished',
    outcome,
    exitCode: outcome === 'passed' ? 0 : 1,
    durationMs: 1000,
  };
}

export function said(text: string, more: object = {}): Written[1] {
  return { type: 'note.added', by: 'bkovac', host: 'web1', text, ...more };
}

export const runA: RawLine[] = chained(RUN_A, [
  ['02:10:00', started('Fix', ['a1', 'a2', 'a3', 'a4', 'a5'])],
  ['02:10:01', begin('a1', 'echo "| forged |"')],
  [
    '02:10:03',
    end('a1', 'passed', {
      exitCode: 0,
      output: { path: 'output/a1-1.log', bytes: 9, sha256: 'd'.repeat(64) },
    }),
  ],
  ['02:10:03', { type: 'input.bound', name: 'version', source: 'default', secret: false }],
  ['02:10:04', begin('a2', 'exit 3')],
  ['02:10:05', end('a2', 'failed', { exitCode: 3, why: 'exit 3, expected 0', handled: true })],
  ['02:10:06', { type: 'step.skipped', stepId: 'a3', by: 'asmith', why: 'already drained' }],
  ['02:10:07', begin('a4', 'pg_ctl promote')],
]);

export const runB: RawLine[] = chained(RUN_B, [
  ['02:50:00', started('Verify', ['b1', 'b2'], 'root')],
  ['02:50:01', begin('b1')],
  ['02:50:02', end('b1', 'passed', { exitCode: 0 })],
  [
    '02:50:03',
    { type: 'deviation.recorded', by: 'root', what: 'edited', stepId: 'b2', why: 'wrong host' },
  ],
  ['02:50:04', end('b2', 'confirmed', { by: 'root', note: 'looked at the graph' })],
  ['02:50:05', finish('passed')],
  ['02:50:05', SEAL],
]);

export const notes: RawLine[] = chained('INC-7', [
  ['03:30:00', { type: 'incident.opened', by: 'bkovac', host: 'web1', title: 'Logins fail' }],
  [
    '03:30:01',
    said('alert: logins fail', {
      milestone: 'detected',
      occurredAt: '2026-11-20T02:00:00.000Z',
      precision: 'second',
    }),
  ],
  [
    '03:30:02',
    said('I have it', {
      milestone: 'acknowledged',
      occurredAt: '2026-11-20T02:05:00.000Z',
      precision: 'second',
    }),
  ],
  [
    '03:30:03',
    said('asked bkovac and root', {
      milestone: 'mitigated',
      occurredAt: '2026-11-20T02:40:00.000Z',
      precision: 'second',
    }),
  ],
  [
    '03:30:04',
    said('all green', {
      milestone: 'resolved',
      occurredAt: '2026-11-20T03:00:00.000Z',
      precision: 'second',
    }),
  ],
  ['03:30:05', SEAL],
]);

export const incidentSeven = [
  runLog(RUN_A, runA),
  runLog(RUN_B, runB),
  incidentLog('INC-7', notes),
];
