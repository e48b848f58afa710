import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { TimelineEvent, TimelineHead, TimelineRun } from '../engine/model/timeline.ts';
import { sha256Of } from '../text/sha256.ts';
import { jsonText } from './formats/json.ts';
import { linkOf } from './formats/web-link.ts';

/** Span kinds and status codes of the OTLP protocol buffers. */
const INTERNAL = 1;
const SERVER = 2;
const STATUS_OK = 1;
const STATUS_ERROR = 2;

/**
 * Traces as OTLP/JSON: a run is a trace (its id is the trace id), its steps are spans; the incident is a
 * trace of its own, with links to its runs and what was said as spans without length. Attributes are
 * those of OpenTelemetry's conventions for pipelines. Ids follow from the record alone.
 */
export const timelineOtlp: TimelineRenderer = {
  name: 'otlp',
  summary: 'OpenTelemetry traces (OTLP/JSON): a run is a trace, a step is a span',
  extension: 'otlp.json',
  binary: false,
  block: false,
  async *render({ head, batches }) {
    yield '{"resourceSpans":[\n';
    yield jsonText(resourceSpans(null, [incidentSpan(head)]));
    for (const run of head.runs) yield `,\n${jsonText(resourceSpans(run.host, [runSpan(run)]))}`;
    for await (const batch of batches()) yield ofBatch(batch, head);
    yield '\n]}\n';
  },
};

/** Neighbours from the same host share a resource. */
function ofBatch(batch: readonly TimelineEvent[], head: TimelineHead): string {
  let out = '';
  let host: string | null = null;
  let spans: object[] = [];
  const flush = (): void => {
    if (spans.length > 0) out += `,\n${jsonText(resourceSpans(host, spans))}`;
    spans = [];
  };
  for (const event of batch) {
    if (event.kind === 'gap') continue;
    if (event.source.host !== host) flush();
    host = event.source.host;
    spans.push(eventSpan(event, head));
  }
  flush();
  return out;
}

function resourceSpans(host: string | null, spans: readonly object[]): object {
  const attributes = [attribute('service.name', 'handrail')];
  if (host !== null) attributes.push(attribute('host.name', host));
  return { resource: { attributes }, scopeSpans: [{ scope: { name: 'handrail' }, spans }] };
}

function incidentSpan(head: TimelineHead): object {
  const from = head.from ?? head.runs[0]?.startedAt ?? '1970-01-01T00:00:00.000Z';
  return {
    ...ids(incidentTrace(head), 'root', null),
    name: head.title.toWellFormed(),
    kind: INTERNAL,
    ...times(from, head.to),
    attributes: given({ 'handrail.incident': head.incident }),
    ...(head.runs.length > 0 ? { links: head.runs.map(linkTo) } : {}),
    status: {},
  };
}

function linkTo({ run }: TimelineRun): object {
  return { traceId: traceOf(run), spanId: spanOf(traceOf(run), 'root') };
}

function runSpan(run: TimelineRun): object {
  return {
    ...ids(traceOf(run.run), 'root', null),
    name: `RUN ${run.title}`,
    kind: SERVER,
    ...times(run.startedAt, run.endedAt),
    attributes: given({
      'cicd.pipeline.name': run.title,
      'cicd.pipeline.run.id': run.run,
      'cicd.pipeline.action.name': 'RUN',
      'cicd.pipeline.result': resultOf(run.outcome),
      'error.type': errorOf(run.outcome),
      'handrail.runbook.path': run.path,
      'handrail.runbook.sha256': run.sha256,
      'handrail.outcome': run.outcome,
      'user.name': run.actor.name,
    }),
    status: statusOf(run.outcome, run.why),
  };
}

function eventSpan(event: TimelineEvent, head: TimelineHead): object {
  const { run, step } = event.source;
  const trace = run === null ? incidentTrace(head) : traceOf(run);
  const isStep = event.kind === 'step';
  return {
    ...ids(trace, event.id, 'root'),
    name: isStep ? event.title : `${event.milestone ?? event.kind}: ${event.title}`,
    kind: INTERNAL,
    ...times(event.occurredAt, event.endedAt),
    attributes: given({
      'cicd.pipeline.task.name': isStep ? event.title : null,
      'cicd.pipeline.task.run.id': isStep ? event.id : null,
      'cicd.pipeline.task.run.result':
        isStep && event.outcome !== null ? resultOf(event.outcome) : null,
      'error.type': isStep ? errorOf(event.outcome) : null,
      'process.exit.code': event.exitCode,
      'handrail.kind': event.kind,
      'handrail.milestone': event.milestone,
      'handrail.step': step,
      'handrail.outcome': event.outcome,
      'handrail.recorded_at': event.recordedAt,
      'handrail.owner': event.owner,
      'handrail.due': event.due,
      'url.full': linkOf(event),
      'handrail.evidence.path': event.evidence[0]?.path ?? null,
      'handrail.evidence.line': event.evidence[0]?.line ?? null,
      'handrail.evidence.sha256': event.evidence[0]?.sha256 ?? null,
      'user.name': event.actor.name,
    }),
    status: isStep ? statusOf(event.outcome, event.body) : {},
  };
}

function ids(traceId: string, name: string, parent: string | null): object {
  const parentSpanId = parent === null ? {} : { parentSpanId: spanOf(traceId, parent) };
  return { traceId, spanId: spanOf(traceId, name), ...parentSpanId };
}

function incidentTrace(head: TimelineHead): string {
  return digest(`incident ${head.incident ?? head.runs.map(({ run }) => run).join(' ')}`, 32);
}

/** A run id is a UUID: 32 hex digits without its hyphens. */
function traceOf(run: string): string {
  const digits = run.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) && !/^0+$/.test(digits) ? digits : digest(`run ${run}`, 32);
}

function spanOf(traceId: string, name: string): string {
  return digest(`${traceId} ${name}`, 16);
}

function digest(text: string, digits: number): string {
  return sha256Of(text).slice(0, digits);
}

/** Nanoseconds as decimal text: they do not fit in a JSON number. */
function times(from: string, to: string | null): object {
  return {
    startTimeUnixNano: nano(from),
    endTimeUnixNano: nano(to !== null && to > from ? to : from),
  };
}

function nano(at: string): string {
  return `${BigInt(Date.parse(at)) * 1_000_000n}`;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string };
}

function given(values: Readonly<Record<string, string | number | null>>): readonly Attribute[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null ? [] : attribute(key, value),
  );
}

/** 64-bit whole numbers are text in the JSON mapping. */
function attribute(key: string, value: string | number): Attribute {
  return typeof value === 'number'
    ? { key, value: { intValue: String(value) } }
    : { key, value: { stringValue: value.toWellFormed() } };
}

/** `cicd.pipeline.result` and `cicd.pipeline.task.run.result`. */
function resultOf(outcome: string): string | null {
  if (outcome === 'waiting' || outcome === 'running') return null;
  if (/^(?:passed|confirmed|done)$/.test(outcome)) return 'success';
  if (outcome === 'timed-out') return 'timeout';
  if (outcome === 'cancelled') return 'cancellation';
  if (/^(?:skipped|not-applicable)$/.test(outcome)) return 'skip';
  return outcome === 'failed' || outcome === 'declined' ? 'failure' : 'error';
}

function errorOf(outcome: string | null): string | null {
  return outcome !== null && /^(?:error|timeout|failure)$/.test(resultOf(outcome) ?? '')
    ? outcome
    : null;
}

function statusOf(outcome: string | null, why: string | null): object {
  if (outcome === null) return {};
  const result = resultOf(outcome);
  if (result === 'success') return { code: STATUS_OK };
  if (result === 'skip' || result === null) return {};
  return { code: STATUS_ERROR, message: (why ?? outcome).toWellFormed() };
}
