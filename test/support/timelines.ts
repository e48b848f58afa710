import { hash } from 'node:crypto';
import type { RawLine } from '../../src/engine/contracts/run-store.ts';
import type { SpillRoom } from '../../src/engine/contracts/spill-room.ts';
import type {
  TimelineContext,
  TimelineRenderer,
} from '../../src/engine/contracts/timeline-renderer.ts';
import type { RunEventBody } from '../../src/engine/model/event.ts';
import type { IncidentEventBody } from '../../src/engine/model/incident.ts';
import type { Timeline, TimelineEvent } from '../../src/engine/model/timeline.ts';
import {
  buildTimeline,
  type TimelineImport,
  type TimelineLog,
  type TimelineRequest,
} from '../../src/engine/timeline.ts';
import { openTemplates } from '../../src/renderers/formats/template.ts';

export type Written = readonly [
  at: string,
  body: RunEventBody | IncidentEventBody,
  header?: object,
];

/** Lines of a chained log. Times are `HH:MM:SS` of 2026-11-20, UTC, or whole. */
export function chained(run: string, written: readonly Written[]): RawLine[] {
  let prev = '0'.repeat(64);
  return written.map(([at, body, header], seq) => {
    const { type, ...rest } = body;
    const sealed = type === 'run.sealed' ? { events: seq, head: prev } : {};
    const whole = at.includes('T') ? at : `2026-11-20T${at}${at.includes('.') ? '' : '.000'}Z`;
    const event = {
      seq,
      at: whole,
      monoMs: 0,
      run,
      attempt: 1,
      type,
      prev,
      ...rest,
      ...sealed,
      ...header,
    };
    const raw = Buffer.from(JSON.stringify(event));
    prev = hash('sha256', raw, 'hex');
    return { line: seq + 1, raw, complete: true };
  });
}

export const SEAL = { type: 'run.sealed', events: 0, head: '' } as const;

export function runLog(
  run: string,
  lines: readonly RawLine[],
  manual: TimelineLog['manual'] = null,
): TimelineLog {
  return { type: 'run', id: run, path: `runs/${run}/log.jsonl`, lines: () => each(lines), manual };
}

export function incidentLog(incident: string, lines: readonly RawLine[]): TimelineLog {
  const path = `incidents/${incident}/log.jsonl`;
  return { type: 'note', id: incident, path, lines: () => each(lines), manual: null };
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

export const inMemory: SpillRoom = {
  keep(lines) {
    const kept = [...lines];
    return Promise.resolve(async function* read() {
      for (let at = 0; at < kept.length; at += 100) yield kept.slice(at, at + 100);
    });
  },
};

export function timelineOf(
  logs: readonly TimelineLog[],
  request: Partial<TimelineRequest> = {},
  imports: readonly TimelineImport[] = [],
): Promise<Timeline> {
  const whole: TimelineRequest = {
    title: null,
    incident: 'INC-7',
    timezone: 'UTC',
    since: null,
    until: null,
    gapMs: null,
    all: false,
    blameless: false,
    ...request,
  };
  return buildTimeline(logs, imports, whole, inMemory);
}

export async function eventsOf(timeline: Timeline, collapsed = false): Promise<TimelineEvent[]> {
  const events: TimelineEvent[] = [];
  for await (const batch of timeline.batches({ collapsed })) events.push(...batch);
  return events;
}

const template = openTemplates({ folder: null });

export async function rendered(
  renderer: TimelineRenderer,
  timeline: Timeline,
  context: Partial<TimelineContext> = {},
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const whole = { template, evidence: () => [], ...context };
  for await (const piece of renderer.render(timeline, whole)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** A timeline of events that never went through a log, for tests of what renderers do with their texts. */
export async function timelineWith(
  texts: readonly string[],
  timezone = 'Europe/Zagreb',
): Promise<Timeline> {
  const written = texts.map(
    (text, at): Written => [
      `02:${String(at % 60).padStart(2, '0')}:00`,
      {
        type: 'note.added',
        by: text,
        host: text,
        text,
        body: text,
        ...(at % 2 === 0 ? { milestone: text } : { kind: 'decision' as const }),
      },
    ],
  );
  return timelineOf([incidentLog('INC-7', chained('INC-7', written))], {
    timezone,
    title: texts[0] ?? null,
  });
}
