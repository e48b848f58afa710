import type { Metric, TimelineEvent, TimelineHead } from '../../engine/model/timeline.ts';

type Print = (text: string) => string;
const MINUTE_MS = 60_000;

/** An event as templates print it: every text already harmless. */
export function eventView(event: TimelineEvent, timezone: string, print: Print): object {
  const utc = clock(event.occurredAt, event.precision);
  return {
    id: print(event.id),
    at: event.occurredAt,
    utc,
    local: timezone === 'UTC' ? '' : clock(event.occurredLocal, event.precision),
    until: event.endedAt === null ? '' : event.endedAt.slice(11, 19),
    kind: event.milestone === null ? event.kind : print(event.milestone),
    rank: event.kind,
    title: print(event.title) || '(nothing to see)',
    body: event.body === null ? '' : print(event.body),
    actor: print(event.actor.name),
    actorType: event.actor.type,
    outcome: outcomeOf(event, print),
    mark: markOf(event),
    late: isLate(event) ? `${event.recordedAt.slice(0, 16).replace('T', ' ')} UTC` : '',
    supersedes: event.supersedes === null ? '' : print(event.supersedes),
    supersededBy: event.supersededBy === null ? '' : print(event.supersededBy),
    evidence: event.evidence.map(({ label, path, url, sha256, line }) => ({
      label: print(label),
      where: print(`${path ?? url ?? ''}${line === null ? '' : `:${line}`}`),
      hash: sha256?.slice(0, 12) ?? '',
      sha256: sha256 ?? '',
    })),
  };
}

/** The head of a timeline as templates print it: every text already harmless. */
export function headView(head: TimelineHead, print: Print): object {
  const { timezone } = head;
  return {
    title: print(head.title),
    incident: head.incident === null ? '' : print(head.incident),
    timezone: print(timezone),
    hasLocal: timezone !== 'UTC',
    blameless: head.blameless,
    from: head.from === null ? '' : clock(head.from, 'second'),
    to: head.to === null ? '' : clock(head.to, 'second'),
    hidden: head.hidden,
    metrics: head.metrics.map((metric) => metricView(metric, print)),
    counts: countsView(head),
    attention: head.attention.events.map((event) => eventView(event, timezone, print)),
    actions: head.attention.events
      .filter(({ kind }) => kind === 'step')
      .map((event) => eventView(event, timezone, print)),
    runs: head.runs.map((run) => ({
      id: print(run.run),
      title: print(run.title),
      path: print(run.path),
      host: print(run.host),
      actor: print(run.actor.name),
      started: clock(run.startedAt, 'second'),
      ended: run.endedAt === null ? '' : clock(run.endedAt, 'second'),
      outcome: print(run.outcome),
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

function countsView({ attention: { counts } }: TimelineHead): object {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return { ...counts, none: total === 0 };
}

function metricView(metric: Metric, print: Print): object {
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

function outcomeOf(event: TimelineEvent, print: Print): string {
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
  return kind !== 'gap' && Date.parse(recordedAt) - Date.parse(occurredAt) > MINUTE_MS;
}
