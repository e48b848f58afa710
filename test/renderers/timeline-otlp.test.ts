import fc from 'fast-check';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import type { Timeline } from '../../src/engine/model/timeline.ts';
import { timelineOtlp } from '../../src/renderers/timeline-otlp.ts';
import { hostileText } from '../support/hostile.ts';
import { incidentSeven, RUN_A } from '../support/incident-seven.ts';
import { eventsOf, rendered, timelineOf, timelineWith } from '../support/timelines.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, string> }[];
  readonly links?: readonly { readonly traceId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}
interface Traces {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const traces = async (timeline: Timeline): Promise<Traces> =>
  JSON.parse((await rendered(timelineOtlp, timeline)).toString());
const spansOf = (all: Traces): Span[] =>
  all.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
const attributes = (span: Span | undefined): Record<string, string> =>
  Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0] ?? '']),
  );

/** The messages of OTLP traces: names, numbers and types of the protocol's fields. */
const TracesData = protobuf.Root.fromJSON({
  nested: {
    TracesData: { fields: { resourceSpans: list('ResourceSpans', 1) } },
    ResourceSpans: {
      fields: {
        resource: one('Resource', 1),
        scopeSpans: list('ScopeSpans', 2),
        schemaUrl: one('string', 3),
      },
    },
    Resource: {
      fields: { attributes: list('KeyValue', 1), droppedAttributesCount: one('uint32', 2) },
    },
    ScopeSpans: {
      fields: { scope: one('Scope', 1), spans: list('Span', 2), schemaUrl: one('string', 3) },
    },
    Scope: {
      fields: {
        name: one('string', 1),
        version: one('string', 2),
        attributes: list('KeyValue', 3),
      },
    },
    KeyValue: { fields: { key: one('string', 1), value: one('AnyValue', 2) } },
    AnyValue: {
      oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue'] } },
      fields: {
        stringValue: one('string', 1),
        boolValue: one('bool', 2),
        intValue: one('int64', 3),
        doubleValue: one('double', 4),
      },
    },
    Span: {
      fields: {
        traceId: one('bytes', 1),
        spanId: one('bytes', 2),
        traceState: one('string', 3),
        parentSpanId: one('bytes', 4),
        name: one('string', 5),
        kind: one('SpanKind', 6),
        startTimeUnixNano: one('fixed64', 7),
        endTimeUnixNano: one('fixed64', 8),
        attributes: list('KeyValue', 9),
        droppedAttributesCount: one('uint32', 10),
        links: list('Link', 13),
        status: one('Status', 15),
      },
    },
    Link: {
      fields: {
        traceId: one('bytes', 1),
        spanId: one('bytes', 2),
        traceState: one('string', 3),
        attributes: list('KeyValue', 4),
      },
    },
    Status: { fields: { message: one('string', 2), code: one('StatusCode', 3) } },
    SpanKind: {
      values: { UNSPECIFIED: 0, INTERNAL: 1, SERVER: 2, CLIENT: 3, PRODUCER: 4, CONSUMER: 5 },
    },
    StatusCode: { values: { UNSET: 0, OK: 1, ERROR: 2 } },
  },
}).lookupType('TracesData');

function one(type: string, id: number): protobuf.IField {
  return { type, id };
}
function list(type: string, id: number): protobuf.IField {
  return { rule: 'repeated', type, id };
}

/** Ids are hex in OTLP's JSON, where other protocol buffers have base64. */
const withBytes = (all: Traces): object =>
  JSON.parse(JSON.stringify(all), (key, value) =>
    /^(?:traceId|spanId|parentSpanId)$/.test(key)
      ? Buffer.from(value, 'hex').toString('base64')
      : value,
  );
const withHex = (all: object): object =>
  JSON.parse(JSON.stringify(all), (key, value) =>
    /^(?:traceId|spanId|parentSpanId)$/.test(key)
      ? Buffer.from(value, 'base64').toString('hex')
      : value,
  );

test('a run is a trace, its id the trace id; a step is a span in it', async () => {
  const spans = spansOf(await traces(await timelineOf(incidentSeven)));
  const run = spans.filter(({ traceId }) => traceId === RUN_A.replaceAll('-', ''));
  const root = run.find(({ parentSpanId }) => parentSpanId === undefined);
  expect(root).toMatchObject({
    name: 'RUN Fix',
    kind: 2,
    startTimeUnixNano: `${Date.parse('2026-11-20T02:10:00Z')}000000`,
  });
  expect(attributes(root)).toMatchObject({
    'cicd.pipeline.name': 'Fix',
    'cicd.pipeline.run.id': RUN_A,
    'cicd.pipeline.result': 'error',
  });
  const failed = run.find(({ name }) => name === 'Step a2');
  expect(failed).toMatchObject({
    parentSpanId: root?.spanId,
    status: { code: 2, message: 'exit 3, expected 0' },
  });
  expect(attributes(failed)).toMatchObject({
    'cicd.pipeline.task.name': 'Step a2',
    'cicd.pipeline.task.run.result': 'failure',
    'error.type': 'failed',
    'process.exit.code': '3',
  });
});

test('the incident is a trace of its own that links to its runs', async () => {
  const spans = spansOf(await traces(await timelineOf(incidentSeven)));
  const incident = spans.find(({ links }) => links !== undefined);
  expect(incident?.links).toHaveLength(2);
  expect(
    spans.filter(({ traceId }) => traceId === incident?.traceId).map(({ name }) => name),
  ).toContain('detected: alert: logins fail');
});

test('every span has its own id, every parent exists, no span ends before it begins', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileText, { minLength: 1, maxLength: 4 }), async (texts) => {
      const timeline = await timelineWith(texts);
      const all = await traces(timeline);
      const spans = spansOf(all);
      expect(spans).toHaveLength((await eventsOf(timeline)).length + 1);
      const ids = new Set(spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`));
      expect(ids.size).toBe(spans.length);
      for (const { traceId, spanId, parentSpanId, startTimeUnixNano, endTimeUnixNano } of spans) {
        expect(traceId).toMatch(/^[0-9a-f]{32}$/);
        expect(spanId).toMatch(/^[0-9a-f]{16}$/);
        if (parentSpanId !== undefined) expect(ids.has(`${traceId} ${parentSpanId}`)).toBe(true);
        expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test('it is the JSON mapping of the OTLP messages: nothing is lost on the way through their binary form', async () => {
  for (const timeline of [
    await timelineOf(incidentSeven, { gapMs: 60_000, all: true }),
    await timelineWith(['\ud800 | x', '"']),
  ]) {
    const all = await traces(timeline);
    const message = TracesData.fromObject(withBytes(all));
    expect(TracesData.verify(message)).toBeNull();
    const back = TracesData.toObject(TracesData.decode(TracesData.encode(message).finish()), {
      longs: String,
      bytes: String,
    });
    expect(withHex(back)).toEqual(all);
  }
});
