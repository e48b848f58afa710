import { createHash } from 'node:crypto';
import type { RenderContext } from '../../src/engine/contracts/renderer.ts';
import type { RunEventBody, StoredEvent } from '../../src/engine/model/event.ts';
import type { RunReport } from '../../src/engine/model/report.ts';
import type { Runbook, Step } from '../../src/engine/model/runbook.ts';
import { parse } from '../../src/engine/parse.ts';
import { foldRun } from '../../src/engine/record/fold-run.ts';
import { openTemplates } from '../../src/renderers/formats/template.ts';
import { runLog } from '../../src/renderers/run-log.ts';
import { stepTypes } from '../../src/steps/index.ts';

/** A moment of the run's night, by seconds after it began. */
export const moment = (seconds: number): string =>
  new Date(Date.UTC(2026, 10, 21, 2, 14, 31) + seconds * 1000).toISOString();

/** Reads a markdown text as a runbook. */
export function readRunbookText(text: string): Promise<Runbook> {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return parse(
    {
      path: 'ops.md',
      folder: '/srv/runbooks',
      bytes,
      text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'),
      sha256,
    },
    { stepTypes },
  );
}

/** What happens in a run: events without header, and outputs by path. */
export interface Happening {
  readonly events: readonly RunEventBody[];
  readonly outputs?: Readonly<Record<string, string | Uint8Array>>;
  readonly started?: Partial<Extract<RunEventBody, { type: 'run.started' }>>;
}

/** The report of a run in which that happened, an event a second. */
export function reportOf(runbook: Runbook, happening: Happening): RunReport {
  const fold = foldRun();
  for (const event of storedEvents(runbook, happening)) fold.take(event);
  const report = fold.report();
  if (!report) throw new Error('no report');
  return report;
}

/** The run's log, an event a second. */
export function storedEvents(runbook: Runbook, happening: Happening): readonly StoredEvent[] {
  let attempt = 1;
  return [startedBy(runbook, happening.started), ...happening.events].map((body, seq) => {
    if (body.type === 'run.resumed') attempt += 1;
    return stored(body, seq, attempt);
  });
}

function stored(body: RunEventBody, seq: number, attempt: number): StoredEvent {
  const header = { seq, at: moment(seq), monoMs: seq * 1000, run: RUN, attempt, prev: '' };
  return { ...header, ...body };
}

const RUN = '019aa39e-0000-7000-8000-000000000007';

function startedBy(
  runbook: Runbook,
  more: Happening['started'] = {},
): Extract<RunEventBody, { type: 'run.started' }> {
  return {
    type: 'run.started',
    pid: 7,
    who: {
      user: 'asmith',
      uid: 1000,
      host: 'bastion1',
      pid: 7,
      cwd: '/srv/runbooks',
      timezone: 'Europe/Amsterdam',
      trigger: 'terminal',
      engine: '0.1.0',
      node: '24.1.0',
    },
    runbook: { path: runbook.path, title: runbook.title, sha256: runbook.sha256 },
    linked: [],
    procedures: [],
    planHash: '0'.repeat(64),
    steps: runbook.steps.map(({ id, type, title, line, procedure }) => ({
      id,
      type,
      title,
      line,
      procedure,
      phase: 'main',
    })),
    attended: false,
    budgetMs: null,
    request: {},
    ...more,
  };
}

/** The two events of an attempt at a command. */
export function ran(
  step: Step | undefined,
  finished: Partial<Extract<RunEventBody, { type: 'step.finished' }>> = {},
  text = step?.text ?? '',
): readonly RunEventBody[] {
  const stepId = step?.id ?? '';
  return [
    {
      type: 'step.started',
      stepId,
      stepType: step?.type ?? 'shell',
      title: step?.title ?? '',
      line: step?.line ?? 0,
      try: 1,
      effect: 'reads',
      text,
      textSha256: '',
      cwd: '/srv/runbooks',
      env: [],
      timeoutMs: null,
    },
    {
      type: 'step.finished',
      stepId,
      try: 1,
      outcome: 'passed',
      exitCode: 0,
      durationMs: 2100,
      stdoutBytes: 0,
      stderrBytes: 0,
      ...finished,
    },
  ];
}

/** The event of a person's word on a step. */
export function said(
  step: Step | undefined,
  outcome: 'confirmed' | 'declined' | 'not-applicable',
  more: { readonly by?: string; readonly note?: string; readonly why?: string } = {},
): RunEventBody {
  return {
    type: 'step.finished',
    stepId: step?.id ?? '',
    try: 1,
    outcome,
    durationMs: 0,
    stdoutBytes: 0,
    stderrBytes: 0,
    by: 'asmith',
    ...more,
  };
}

/** The end of a run with its seal. */
export function ended(
  outcome: Extract<RunEventBody, { type: 'run.finished' }>['outcome'] = 'passed',
  why?: string,
): readonly RunEventBody[] {
  return [
    {
      type: 'run.finished',
      outcome,
      exitCode: outcome === 'passed' ? 0 : 1,
      durationMs: 62_000,
      ...(why === undefined ? {} : { why }),
    },
    { type: 'run.sealed', events: 9, head: 'ab'.repeat(32) },
  ];
}

/** The stored output of an attempt as an event names it. */
export function outputOf(
  path: string,
  content: string | Uint8Array,
): { readonly path: string; readonly bytes: number; readonly sha256: string } {
  const bytes = Buffer.from(content);
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** What a renderer is given beside the report. */
export function contextOf(source: string, outputs: Happening['outputs'] = {}): RenderContext {
  return {
    source,
    timezone: 'UTC',
    template: openTemplates({ folder: null }),
    output: async (path) => {
      const content = outputs[path];
      if (content === undefined) return undefined;
      const bytes = Buffer.from(content);
      return { head: bytes.subarray(0, 8192), tail: bytes.subarray(-8192), bytes: bytes.length };
    },
  };
}

/** `run.md` of what happened to a runbook. */
export async function runMarkdown(
  source: string,
  happen: (runbook: Runbook) => Happening,
): Promise<string> {
  const runbook = await readRunbookText(source);
  const happening = happen(runbook);
  const report = reportOf(runbook, happening);
  const files = await runLog.render({ report, runbook }, contextOf(source, happening.outputs));
  return String(files[0]?.content ?? '');
}
