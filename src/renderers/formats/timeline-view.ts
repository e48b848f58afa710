import { WITH_EXCEPTIONS } from '../../engine/model/outcome.ts';
import type { Metric, TimelineEvent, TimelineHead } from '../../engine/model/timeline.ts';
import { localTime, zoneName } from '../../engine/timeline/zone.ts';
import { formatDuration } from '../../text/duration.ts';
import { furtherLink, isSaid, webAddress } from './web-link.ts';

/** How a kind of file takes untrusted text, and the addresses that people gave. */
export interface Print {
  text(text: string): string;
  /** The same, with the addresses in it as links. */
  linked(text: string): string;
  link(url: string): string;
}

const MINUTE_MS = 60_000;

/** An event as templates print it: every text already harmless. */
export function eventView(event: TimelineEvent, timezone: string, printer: Print): object {
  const print = spoken(printer);
  const said = isSaid(event) ? spoken({ text: printer.linked }) : print;
  const title = said(event.title) || '(nothing to see)';
  const body = event.body === null ? '' : said(event.body);
  const utc = clock(event.occurredAt, event.precision);
  const link = furtherLink(event);
  return {
    id: print(event.id),
    anchor: anchorOf(event),
    at: event.occurredAt,
    utc,
    local: timezone === 'UTC' ? '' : localClock(event, timezone),
    until: untilOf(event),
    kind: event.milestone === null ? event.kind : print(event.milestone),
    rank: event.kind,
    title,
    body,
    link: link === null ? '' : printer.link(link),
    owner: event.owner === null ? '' : print(event.owner),
    due: event.due ?? '',
    actor: print(event.actor.name),
    actorType: event.actor.type,
    outcome: outcomeOf(event, print),
    mark: markOf(event),
    late: isLate(event) ? `${event.recordedAt.slice(0, 16).replace('T', ' ')} UTC` : '',
    supersedes: event.supersedes === null ? '' : print(event.supersedes),
    supersededBy: event.supersededBy === null ? '' : print(event.supersededBy),
    evidence: evidenceView(event.evidence, printer),
  };
}

const printedBefore = new WeakMap<Print, WeakMap<TimelineEvent['evidence'], object>>();

/** Messages of one file have the same evidence, which is printed once. */
function evidenceView(evidence: TimelineEvent['evidence'], printer: Print): object {
  const printed = printedBefore.get(printer) ?? new WeakMap<TimelineEvent['evidence'], object>();
  printedBefore.set(printer, printed);
  const known = printed.get(evidence);
  if (known !== undefined) return known;
  const print = spoken(printer);
  const view = evidence.map(({ label, path, url, sha256, line }) => ({
    label: print(label),
    where: evidencePlace(path, url, line, printer),
    hash: sha256?.slice(0, 12) ?? '',
    sha256: sha256 ?? '',
  }));
  printed.set(evidence, view);
  return view;
}

/** The head of a timeline as templates print it: every text already harmless. */
export function headView(head: TimelineHead, printer: Print): object {
  const { timezone } = head;
  const print = spoken(printer);
  return {
    ...standingView(head, print),
    title: print(head.title),
    incident: head.incident === null ? '' : print(head.incident),
    timezone: print(timezone),
    hasLocal: timezone !== 'UTC',
    blameless: head.blameless,
    from: head.from === null ? '' : clock(head.from, 'second'),
    to: head.to === null ? '' : clock(head.to, 'second'),
    hidden: head.hidden,
    metrics: head.metrics
      .filter(({ value }) => value !== null)
      .map((metric) => metricView(metric, print)),
    counts: countsView(head),
    attention: head.attention.events.map((event) => eventView(event, timezone, printer)),
    actions: head.attention.events
      .filter(({ kind }) => kind === 'step')
      .map((event) => eventView(event, timezone, printer)),
    runs: head.runs.map((run) => ({
      id: print(run.run),
      title: print(run.title),
      path: print(run.path),
      host: print(run.host),
      actor: print(run.actor.name),
      started: clock(run.startedAt, 'second'),
      ended: run.endedAt === null ? '' : clock(run.endedAt, 'second'),
      outcome: print(run.exceptions > 0 ? WITH_EXCEPTIONS : run.outcome),
      why: run.why === null ? '' : print(run.why),
      sha256: print(run.sha256.slice(0, 12)),
      steps: run.steps,
      notReached: run.notReached,
    })),
    clocks: head.clocks.map(({ where, line, message }) => ({
      where: print(line === null ? where : `${where}:${line}`),
      message: print(message),
    })),
    sources: head.sources.map((source) => ({
      type: source.type,
      path: print(source.path),
      events: source.events,
      verdict: print(source.verdict),
      sound: source.sound,
      hash: source.sha256?.slice(0, 12) ?? '',
    })),
    unsound: head.sources
      .filter(({ sound }) => !sound)
      .map(({ path, verdict }) => ({ path: print(path), verdict: print(verdict) })),
  };
}

/** When an incident reached which milestone, and how long it was felt. */
export function momentsOf({ metrics }: TimelineHead): {
  readonly moments: readonly { readonly name: string; readonly at: string }[];
  readonly lastedMs: number | null;
} {
  const known = new Map<string, string>();
  for (const { name, value } of metrics.flatMap(({ operands }) => operands))
    if (typeof value === 'string') known.set(name, value);
  const moments = ['started', 'detected', 'acknowledged', 'mitigated', 'resolved'].flatMap(
    (name) => {
      const at = known.get(name);
      return at === undefined ? [] : [{ name: capital(name), at }];
    },
  );
  const lastedMs = Date.parse(known.get('resolved') ?? '') - Date.parse(known.get('started') ?? '');
  return { moments, lastedMs: lastedMs >= 0 ? lastedMs : null };
}

/** What stands in the head of a post-mortem: how bad, who, and when it began, was seen, and ended. */
function standingView(head: TimelineHead, print: (text: string) => string): object {
  const { timezone } = head;
  const { moments, lastedMs } = momentsOf(head);
  return {
    status: head.status ?? '',
    severity: head.severity === null ? '' : print(head.severity.text),
    severityFrom: head.severity?.from === 'runbook' ? print(`as ${head.severity.where} says`) : '',
    roles: head.roles.map(({ role, name, since }) => ({
      role: print(capital(role)),
      name: print(name),
      since: momentIn(since, timezone),
    })),
    moments: moments.map(({ name, at }) => ({ name, at, when: momentIn(at, timezone) })),
    lasted: lastedMs === null ? '' : formatDuration(lastedMs),
  };
}

/** With a capital, as it begins a line. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** What backticks enclose is said without them: in prose they are marks on paper. */
export function withoutTicks(text: string): string {
  if (!text.includes('`')) return text;
  return text.replace(/(`+)([^`]+)\1/g, '$2');
}

/** A moment as people speak of it: on the clocks of the zone, with what these are called. */
export function momentIn(at: string, timezone: string): string {
  const atMs = Date.parse(at);
  const local = timezone === 'UTC' ? at : localTime(atMs, timezone);
  return `${clock(local, 'minute')} ${zoneName(atMs, timezone)}`;
}

/** The name that an event's row has within a page. */
export function anchorOf({ id }: Pick<TimelineEvent, 'id'>): string {
  return `event-${id.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

function spoken({ text: print }: Pick<Print, 'text'>): (text: string) => string {
  return (text) => print(withoutTicks(text));
}

function localClock(event: TimelineEvent, timezone: string): string {
  const text = clock(event.occurredLocal, event.precision);
  return `${text} ${zoneName(Date.parse(event.occurredAt), timezone)}`;
}

/** When it ended, with the date where that is another. */
function untilOf({ occurredAt, endedAt }: TimelineEvent): string {
  if (endedAt === null) return '';
  const isSameDay = endedAt.slice(0, 10) === occurredAt.slice(0, 10);
  return isSameDay ? endedAt.slice(11, 19) : clock(endedAt, 'second');
}

function evidencePlace(
  path: string | null,
  url: string | null,
  line: number | null,
  { text, link }: Print,
): string {
  const address = url === null ? null : webAddress(url);
  if (path === null && address !== null) return link(address);
  return text(`${path ?? url ?? ''}${line === null ? '' : `:${line}`}`);
}

function countsView({ attention: { counts } }: TimelineHead): object {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return { ...counts, none: total === 0 };
}

function metricView(metric: Metric, print: (text: string) => string): object {
  const { target } = metric;
  return {
    title: print(metric.title),
    text: print(metric.text),
    formula: print(metric.formula),
    operands: print(metric.operands.map(sayOperand).join('; ')),
    target: target === null ? '' : print(`${target.text} (${target.where})`),
    met: target === null || target.met === null ? '' : target.met ? 'met' : 'missed',
  };
}

/** An operand with its value: `detected = 2026-11-20 02:00:00 UTC`, `steps by people = not recorded`. */
function sayOperand({ name, value }: Metric['operands'][number]): string {
  if (value === null) return `${name} = not recorded`;
  return `${name} = ${typeof value === 'number' ? value : `${value.slice(0, 19).replace('T', ' ')} UTC`}`;
}

/** Date and time of day as exactly as they are known. */
function clock(at: string, precision: TimelineEvent['precision']): string {
  const [day, time] = [at.slice(0, 10), at.slice(11)];
  if (precision === 'day') return day;
  return `${day} ${time.slice(0, precision === 'minute' || precision === 'hour' ? 5 : 8)}`;
}

function outcomeOf(event: TimelineEvent, print: (text: string) => string): string {
  if (event.outcome === null) return '';
  const code = event.exitCode === null || event.exitCode === 0 ? '' : ` (exit ${event.exitCode})`;
  return `${print(`${event.outcome}${code}`)}${event.handled ? ', handled' : ''}`;
}

/** How an outcome is to be shown, in one word for a style sheet. */
function markOf({ outcome, kind, handled }: TimelineEvent): string {
  if (kind === 'gap') return 'gap';
  if (kind === 'milestone') return 'milestone';
  if (kind === 'deviation' || handled) return 'caution';
  if (outcome === null) return 'plain';
  if (/^(?:passed|confirmed|done)$/.test(outcome)) return 'good';
  return /^(?:failed|timed-out|cancelled|unknown|declined|interrupted|refused)$/.test(outcome)
    ? 'bad'
    : 'caution';
}

function isLate({ occurredAt, recordedAt, kind }: TimelineEvent): boolean {
  if (recordedAt === occurredAt) return false;
  return kind !== 'gap' && Date.parse(recordedAt) - Date.parse(occurredAt) > MINUTE_MS;
}
