import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawLine } from '../../src/engine/contracts/run-store.ts';
import type { Runbook } from '../../src/engine/model/runbook.ts';
import type { Timeline } from '../../src/engine/model/timeline.ts';
import { draftEvent, ENGINE } from '../../src/engine/timeline/draft.ts';
import { byTime, EventSpool } from '../../src/engine/timeline/spool.ts';
import { buildTimeline } from '../../src/engine/timeline.ts';
import {
  begin,
  end,
  finish,
  incidentSeven,
  notes,
  RUN_A,
  RUN_B,
  runA,
  runB,
  said,
  started,
} from '../support/incident-seven.ts';
import {
  chained,
  eventsOf,
  incidentLog,
  inMemory,
  runLog,
  timelineOf,
  type Written,
} from '../support/timelines.ts';

const titles = async (timeline: Timeline): Promise<string[]> =>
  (await eventsOf(timeline)).map(
    ({ occurredAt, title, outcome }) =>
      `${occurredAt.slice(11, 19)} ${title}${outcome ? `: ${outcome}` : ''}`,
  );
const metric = ({ head }: Timeline, name: string) => {
  const found = head.metrics.find((each) => each.name === name);
  if (!found) throw new Error(`no metric ${name}`);
  return found;
};

test('runs, notes and milestones of an incident stand in one order of time', async () => {
  expect(await titles(await timelineOf(incidentSeven))).toEqual([
    '02:00:00 alert: logins fail',
    '02:05:00 I have it',
    '02:10:00 Run of "Fix" started',
    '02:10:01 Step a1: passed',
    '02:10:04 Step a2: failed',
    '02:10:06 Step a3: skipped',
    '02:10:07 Step a4: unknown',
    '02:40:00 asked bkovac and root',
    '02:50:00 Run of "Verify" started',
    '02:50:01 Step b1: passed',
    '02:50:03 edited "Step b2"',
    '02:50:04 Step b2: confirmed',
    '02:50:05 Run of "Verify" ended: passed: passed',
    '03:00:00 all green',
    '03:30:00 Incident INC-7 opened',
  ]);
});

test('the same sources give the same timeline, in whatever order they are given', async () => {
  const once = await eventsOf(await timelineOf(incidentSeven));
  const again = await eventsOf(await timelineOf(incidentSeven.toReversed()));
  expect(again).toEqual(once);
  expect(new Set(once.map(({ id }) => id)).size).toBe(once.length);
});

test('a late entry keeps the time it happened and the time it was recorded', async () => {
  const [first] = await eventsOf(await timelineOf(incidentSeven, { timezone: 'Europe/Zagreb' }));
  expect(first).toMatchObject({
    occurredAt: '2026-11-20T02:00:00.000Z',
    occurredLocal: '2026-11-20T03:00:00.000+01:00',
    recordedAt: '2026-11-20T03:30:01.000Z',
    precision: 'second',
  });
});

test('each event names the line of the log it stands on, by number and hash, and its output', async () => {
  const events = await eventsOf(await timelineOf(incidentSeven));
  const step = events.find(({ title }) => title === 'Step a1');
  const { hash } = await import('node:crypto');
  const line = (at: number): string => hash('sha256', runA[at]?.raw ?? '', 'hex');
  expect(step?.evidence).toEqual([
    { label: 'log', path: `runs/${RUN_A}/log.jsonl`, url: null, line: 2, sha256: line(1) },
    { label: 'end', path: `runs/${RUN_A}/log.jsonl`, url: null, line: 3, sha256: line(2) },
    {
      label: 'output',
      path: `runs/${RUN_A}/output/a1-1.log`,
      url: null,
      line: null,
      sha256: 'd'.repeat(64),
    },
  ]);
});

test('metrics carry their operands', async () => {
  const timeline = await timelineOf(incidentSeven);
  expect(metric(timeline, 'time-to-mitigate')).toMatchObject({
    formula: 'mitigated − detected',
    value: 2_400_000,
    text: '40 m 00 s',
    operands: [
      { name: 'mitigated', value: '2026-11-20T02:40:00.000Z' },
      { name: 'detected', value: '2026-11-20T02:00:00.000Z' },
    ],
  });
  expect(metric(timeline, 'time-to-first-action')).toMatchObject({ value: 601_000 });
  expect(metric(timeline, 'automation-ratio')).toMatchObject({ value: 0.75, text: '75 %' });
});

test('a missing operand reads "not recorded" and never 0', async () => {
  const timeline = await timelineOf([runLog(RUN_B, runB)]);
  for (const name of ['time-to-detect', 'time-to-mitigate', 'time-to-resolve', 'impact']) {
    expect(metric(timeline, name)).toMatchObject({
      value: null,
      text: expect.stringMatching(/^not recorded/),
    });
  }
  expect(metric(await timelineOf([]), 'automation-ratio')).toMatchObject({
    value: null,
    operands: [{ value: null }, { value: null }],
  });
});

test('milestones in the wrong order are told, not turned into a positive figure', async () => {
  const log = chained('X', [
    ['01:00:00', said('later', { milestone: 'detected' })],
    [
      '01:01:00',
      said('earlier', { milestone: 'mitigated', occurredAt: '2026-11-20T00:50:00.000Z' }),
    ],
  ]);
  expect(metric(await timelineOf([incidentLog('X', log)]), 'time-to-mitigate')).toMatchObject({
    value: -600_000,
    text: '−10 m 00 s (mitigated lies before detected)',
  });
});

test('deviations, unknown outcomes, skipped steps and handled failures are listed first', async () => {
  const { head } = await timelineOf(incidentSeven);
  expect(head.attention.counts).toEqual({
    deviations: 1,
    unknown: 1,
    skipped: 1,
    failed: 0,
    handled: 1,
    notReached: 1,
  });
  expect(head.attention.events.map(({ title }) => title)).toEqual([
    'Step a2',
    'Step a3',
    'Step a4',
    'edited "Step b2"',
  ]);
});

test('a correction takes the place of what it corrects, and both are there with everything', async () => {
  const before = await eventsOf(await timelineOf([incidentLog('INC-7', notes)]));
  const wrong = before.find(({ milestone }) => milestone === 'acknowledged');
  const more = chained('INC-7', [
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
      '04:00:00',
      said('it was 02:07', {
        milestone: 'acknowledged',
        occurredAt: '2026-11-20T02:07:00.000Z',
        supersedes: wrong?.id,
      }),
    ],
  ]);
  const timeline = await timelineOf([incidentLog('INC-7', more)]);
  expect(await titles(timeline)).not.toContain('02:05:00 I have it');
  expect(metric(timeline, 'time-to-acknowledge').value).toBe(420_000);
  expect(timeline.head.hidden.superseded).toBe(1);
  const all = await eventsOf(await timelineOf([incidentLog('INC-7', more)], { all: true }));
  const correction = all.find(({ supersedes }) => supersedes !== null);
  expect(all.find(({ id }) => id === wrong?.id)?.supersededBy).toBe(correction?.id);
});

test('a note cannot correct away what the engine recorded', async () => {
  const log = chained('INC-7', [
    ['04:00:00', said('never happened', { supersedes: `${RUN_A}#4` })],
  ]);
  const timeline = await timelineOf([runLog(RUN_A, runA), incidentLog('INC-7', log)]);
  expect(await titles(timeline)).toContain('02:10:04 Step a2: failed');
});

test('silences longer than the threshold are told as gaps', async () => {
  const timeline = await timelineOf(incidentSeven, { gapMs: 600_000 });
  const gaps = (await eventsOf(timeline)).filter(({ kind }) => kind === 'gap');
  expect(
    gaps.map(
      ({ occurredAt, endedAt, title }) =>
        `${occurredAt.slice(11, 19)} ${endedAt?.slice(11, 19)} ${title}`,
    ),
  ).toEqual([
    '02:10:07 02:40:00 Nothing recorded for 29 m 53 s',
    '02:40:00 02:50:00 Nothing recorded for 10 m 00 s',
    '03:00:00 03:30:00 Nothing recorded for 30 m 00 s',
  ]);
});

test('a long row of passed steps is told as one, and one by one to programs', async () => {
  const steps = Array.from({ length: 30 }, (_, at) => `s${at}`);
  const log = chained(RUN_B, [
    ['02:00:00', started('Long', steps)],
    ...steps.flatMap((id, at) => [
      [`02:01:${String(at).padStart(2, '0')}`, begin(id)] as const,
      [
        `02:01:${String(at).padStart(2, '0')}.5`.padEnd(12, '0'),
        end(id, id === 's20' ? 'failed' : 'passed'),
      ] as const,
    ]),
    ['02:02:00', finish('failed')],
  ]);
  const timeline = await timelineOf([runLog(RUN_B, log)]);
  expect((await eventsOf(timeline, true)).map(({ title }) => title)).toEqual([
    'Run of "Long" started',
    '20 steps passed',
    'Step s20',
    '9 steps passed',
    'Run of "Long" ended: failed',
  ]);
  expect(await eventsOf(timeline)).toHaveLength(32);
});

test('details are left out and counted, and shown with everything', async () => {
  const { head } = await timelineOf(incidentSeven);
  expect(head.hidden.details).toBe(1);
  const all = await eventsOf(await timelineOf(incidentSeven, { all: true }));
  expect(all.map(({ title }) => title)).toContain('Input version bound (default)');
});

test('blameless: no name of a person is left anywhere, also not in what people wrote', async () => {
  const timeline = await timelineOf(incidentSeven, { blameless: true });
  const text = JSON.stringify([timeline.head, await eventsOf(timeline)]);
  expect(/asmith|bkovac|\broot\b/.exec(text)).toBeNull();
  expect(text.includes('asked person 1 and person 3')).toBe(true);
});

test.each([
  [
    'a changed line',
    (lines: RawLine[]) => edit(lines, 2, (text) => text.replace('passed', 'failed')),
    'altered at line 4',
  ],
  ['a line left out', (lines: RawLine[]) => lines.toSpliced(2, 1), 'altered at line 4'],
  [
    'a torn last line',
    (lines: RawLine[]) => edit(lines, 6, (text) => text.slice(0, 30), false),
    'crash tail',
  ],
  ['a missing seal', (lines: RawLine[]) => lines.slice(0, 6), 'unsealed'],
  ['nothing', (lines: RawLine[]) => lines, 'sound'],
])('%s is seen', async (_, change, verdict) => {
  const { head } = await timelineOf([runLog(RUN_B, change([...runB]))]);
  expect(head.sources[0]).toMatchObject({ verdict, sound: verdict === 'sound' });
});

test('a log that was copied twice is told once', async () => {
  const events = await eventsOf(await timelineOf([...incidentSeven, ...incidentSeven]));
  expect(events).toHaveLength(15);
});

test('clocks that disagree are told', async () => {
  const log = chained(RUN_B, [
    ['02:00:00', started('Fix', ['b1'])],
    ['02:00:10', begin('b1'), { monoMs: 10_000 }],
    ['02:05:20', end('b1', 'passed'), { monoMs: 20_000 }],
    ['02:05:30', { type: 'clock.jumped', byMs: 3000 }, { monoMs: 30_000 }],
    [
      '02:05:25',
      {
        type: 'run.resumed',
        pid: 2,
        runbookSha256: '',
        changed: false,
        forced: false,
        who: { host: 'web2', pid: 2, cwd: '/', trigger: 'terminal', engine: '0', node: '24' },
      },
      { attempt: 2 },
    ],
  ]);
  const { head } = await timelineOf([runLog(RUN_B, log)]);
  expect(head.clocks.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '3 wall clock and monotonic clock of web1 differ by 300.0 s',
    '4 the clock of web1 was set by 3.0 s during the run',
    '5 the clock of web2 is at least 5.0 s behind that of web1',
  ]);
});

test('time in a procedure stands against its budget, recovery against the objectives of the manual', async () => {
  const runbook: Runbook = {
    path: 'fix.md',
    folder: '/',
    title: 'Fix',
    sha256: '',
    kind: 'manual',
    frontmatter: {},
    steps: [],
    references: [],
    readings: [],
    text: '',
    fences: [],
    openHtml: '',
    inputs: [],
    diagnostics: [],
    procedures: [
      {
        id: 'fix',
        title: 'Fix',
        trail: ['Fix'],
        level: 2,
        line: 3,
        endLine: 9,
        role: null,
        budgetMs: 1500,
        timeOfDay: null,
        severity: null,
        nested: false,
      },
    ],
  };
  const text =
    '# Fix\n\n## Fix (1.5 s)\n\n- **RTO** (Recovery Time Objective): 4 hours\n\n| Tier | RPO |\n| --- | --- |\n| Orders | 15 min |\n\n```\nRTO: 1 s\n```\n';
  const timeline = await timelineOf([
    runLog(RUN_A, runA, { runbook, text }),
    incidentLog('INC-7', notes),
  ]);
  expect(metric(timeline, `procedure:${RUN_A}#fix`)).toMatchObject({
    value: 4000,
    target: { value: 1500, met: false, where: 'fix.md:3' },
  });
  const objectives = timeline.head.metrics.filter(({ name }) => name.startsWith('recovery-'));
  expect(objectives).toMatchObject([
    {
      title: 'Recovery time',
      value: 3_600_000,
      target: { text: 'RTO 4 h 00 m', met: true, where: 'fix.md:5' },
    },
    {
      title: 'Data lost (Orders)',
      value: null,
      target: { text: 'RPO 15 m 00 s', met: null, where: 'fix.md:9' },
    },
  ]);
});

test('a log with anything at all in its fields makes a timeline, and no error', async () => {
  const value = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(null));
  const type = fc.constantFrom(
    'run.started',
    'step.started',
    'step.finished',
    'note.added',
    'run.resumed',
    'clock.jumped',
    'step.skipped',
    'deviation.recorded',
    'run.finished',
    'incident.opened',
    'run.sealed',
    'other',
  );
  const names = [
    'stepId',
    'title',
    'who',
    'steps',
    'outcome',
    'by',
    'text',
    'occurredAt',
    'byMs',
    'output',
    'why',
    'milestone',
    'supersedes',
    'kind',
    'imported',
    'endedAt',
    'warnings',
  ];
  const line = fc.tuple(type, fc.dictionary(fc.constantFrom(...names), value));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (bodies) => {
      // The log is forged: its bodies are of no known type.
      const written = bodies.map(
        ([kind, fields]) => ['02:00:00', { type: kind, ...fields } as never] as const,
      );
      const timeline = await timelineOf(
        [runLog(RUN_A, chained(RUN_A, written)), incidentLog('I', chained('I', written))],
        { all: true },
      );
      const { timelineEventSchema, timelineHeadSchema } = await import(
        '../../src/engine/model/timeline.ts'
      );
      timelineHeadSchema.parse(timeline.head);
      for (const event of await eventsOf(timeline)) timelineEventSchema.parse(event);
    }),
    // What no number can be made of, where a number stands.
    { numRuns: 150, examples: [[[['clock.jumped', { byMs: { toString: null } }]]]] },
  );
});

test('imported entries of one instant keep the order of their file, in memory and beyond it', async () => {
  const at = '2026-11-20T02:00:00.000Z';
  const request = {
    title: null,
    incident: null,
    timezone: 'UTC',
    since: null,
    until: null,
    gapMs: null,
    all: true,
    blameless: false,
  };
  for (const count of [5, 9000]) {
    const texts = Array.from({ length: count }, (_, line) => `message ${line}`);
    const entries = () =>
      texts.map((text, line) => ({
        id: text,
        line: line + 1,
        occurredAt: at,
        endedAt: null,
        by: 'Ana',
        actorType: 'human' as const,
        text,
        body: null,
        kind: 'communication' as const,
        milestone: null,
        url: null,
      }));
    const files = [{ file: 'chat.csv', sha256: '0'.repeat(64), entries }];
    const { batches } = await buildTimeline([], files, request, inMemory);
    const got = [];
    for await (const batch of batches()) got.push(...batch.map(({ title }) => title));
    expect(got).toEqual(texts);
  }
});

test('events that do not fit in memory come back in the same order as if they did', async () => {
  const second = fc.integer({ min: 0, max: 59 });
  await fc.assert(
    fc.asyncProperty(fc.array(second, { maxLength: 300 }), async (seconds) => {
      const events = seconds.map((at, seq) => {
        const time = `2026-11-20T02:00:${String(at).padStart(2, '0')}.000Z`;
        const source = {
          type: 'note' as const,
          run: null,
          step: null,
          procedure: null,
          host: null,
          file: null,
        };
        return draftEvent({
          id: `x#${seq}`,
          occurredAt: time,
          recordedAt: time,
          kind: 'note',
          title: 't',
          actor: ENGINE,
          source,
        });
      });
      const spool = new EventSpool(inMemory, 10_000);
      for (const event of events) await spool.add(event);
      const read = await spool.close();
      const got = [];
      for await (const batch of read()) got.push(...batch);
      expect(got).toEqual(events.toSorted(byTime));
    }),
    { numRuns: 50 },
  );
});

function edit(
  lines: RawLine[],
  at: number,
  change: (text: string) => string,
  complete = true,
): RawLine[] {
  return lines.map((line, index) =>
    index === at
      ? { ...line, raw: Buffer.from(change(Buffer.from(line.raw).toString())), complete }
      : line,
  );
}

test('what is said again and again is told once, with how often and until when', async () => {
  const noted = (at: string, text: string): Written => [
    at,
    { type: 'note.added', by: 'pager', host: 'h', text, kind: 'communication' },
  ];
  const alerts = Array.from({ length: 271 }, (_, at) =>
    noted(
      `02:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
      'alert 12 fires',
    ),
  );
  const lines = chained('INC-7', [
    ...alerts,
    noted('03:00:00', 'twice'),
    noted('03:00:01', 'twice'),
  ]);
  const timeline = await timelineOf([incidentLog('INC-7', lines)]);
  const [first, ...rest] = await eventsOf(timeline, true);
  expect([first?.title, first?.endedAt]).toEqual([
    'alert 12 fires × 271',
    '2026-11-20T02:04:30.000Z',
  ]);
  expect(rest.map(({ title }) => title)).toEqual(['twice', 'twice']);
  expect(await eventsOf(timeline)).toHaveLength(273);
});

test('what is left out does not end a silence', async () => {
  const steps = chained('run-1', [
    ['02:00:00', started('Fix', ['a'])],
    ['02:20:00', { type: 'input.bound', name: 'x', source: 'default', secret: false }],
    ['02:40:00', { type: 'run.finished', outcome: 'passed', exitCode: 0 }],
  ] as unknown as readonly Written[]);
  const timeline = await timelineOf([runLog('run-1', steps)], { gapMs: 30 * 60_000 });
  expect((await eventsOf(timeline)).map(({ kind }) => kind)).toContain('gap');
});
