import {
  type IncidentRole,
  PRECISIONS,
  TIMELINE_KINDS,
  type TimelineEvent,
} from '../model/timeline.ts';
import { ClockWatch } from './clock-watch.ts';
import { type DraftEvent, draftEvent, instantOf, textOf, titleAndBody } from './draft.ts';
import { importedId } from './imported.ts';
import { isObject, type LogLine } from './log-lines.ts';

const MOST_ROLES = 50;

/** How bad somebody said that it is, and since when. */
interface SaidSeverity {
  readonly text: string;
  readonly since: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Makes timeline events of an incident's log, line by line. Ids name the log by its first line's hash. */
export class IncidentScanner {
  readonly #incident: string;
  readonly path: string;
  readonly #clocks: ClockWatch;
  readonly #roles = new Map<string, IncidentRole>();
  #title: string | null = null;
  #severity: SaidSeverity | null = null;
  #state: 'open' | 'closed' | null = null;
  #log = '';

  constructor(incident: string, path: string) {
    this.#incident = incident;
    this.path = path;
    this.#clocks = new ClockWatch(path);
  }

  get clocks(): ClockWatch['found'] {
    return this.#clocks.found;
  }

  /** What the incident is called besides its name, when somebody said. */
  get title(): string | null {
    return this.#title;
  }

  /** What somebody said how bad it is, last. */
  get severity(): SaidSeverity | null {
    return this.#severity;
  }

  /** Whether it was opened or closed last; `null` when there are notes alone. */
  get state(): 'open' | 'closed' | null {
    return this.#state;
  }

  /** Who has which role now, in order of the first word on it. */
  get roles(): readonly IncidentRole[] {
    return [...this.#roles.values()];
  }

  take(line: LogLine): readonly DraftEvent[] {
    const { event, type } = line;
    if (this.#log === '') this.#log = logName(this.#incident, line.sha256);
    this.#clocks.take({ ...line, monoMs: 0 }, textOf(event['host']) || 'unknown');
    if (type === 'incident.opened') {
      this.#title = textOf(event['title']) || this.#title;
      this.#rated(line);
      this.#state = 'open';
      return [
        this.#draft(line, {
          kind: 'system',
          title: `Incident ${this.#incident} opened`,
          body: this.#title,
        }),
      ];
    }
    if (type === 'incident.closed') {
      const body = textOf(event['why']) || null;
      this.#state = 'closed';
      return [
        this.#draft(line, { kind: 'system', title: `Incident ${this.#incident} closed`, body }),
      ];
    }
    if (type === 'incident.role') return [this.#draft(line, this.#role(line))];
    if (type === 'incident.severity') {
      this.#rated(line);
      const title = `Severity is ${textOf(event['severity'])}`;
      return [this.#draft(line, { kind: 'decision', title, body: textOf(event['why']) || null })];
    }
    return type === 'note.added' ? [this.#draft(line, noteFacts(event))] : [];
  }

  #role(line: LogLine): Pick<DraftEvent, 'kind' | 'title' | 'owner'> {
    const { event } = line;
    const [role, name, since] = [textOf(event['role']), textOf(event['who']), happenedAt(line)];
    const known = this.#roles.get(role);
    if (known ? known.since <= since : this.#roles.size < MOST_ROLES)
      this.#roles.set(role, { role, name, since });
    return { kind: 'role', title: `${name} is ${role}`, owner: name };
  }

  #rated(line: LogLine): void {
    const [text, since] = [textOf(line.event['severity']), happenedAt(line)];
    if (text !== '' && (this.#severity === null || this.#severity.since <= since))
      this.#severity = { text, since };
  }

  #draft(
    line: LogLine,
    facts: Partial<DraftEvent> & Pick<DraftEvent, 'kind' | 'title'>,
  ): DraftEvent {
    const { event } = line;
    const imported = isObject(event['imported']) ? event['imported'] : undefined;
    const log = { label: 'log', path: this.path, url: null, sha256: line.sha256, line: line.line };
    const url = textOf(event['url']);
    return draftEvent({
      id: imported ? importedId(textOf(imported['id'])) : `${this.#log}#${line.seq}`,
      occurredAt: happenedAt(line),
      precision: oneOf(PRECISIONS, event['precision']) ?? 'millisecond',
      recordedAt: line.at,
      actor: { name: textOf(event['by']), type: actorType(event['actorType']) },
      source: {
        type: imported ? 'import' : 'note',
        run: null,
        step: null,
        procedure: null,
        host: textOf(event['host']) || null,
        file: imported ? textOf(imported['file']) || null : null,
      },
      evidence:
        url === '' ? [log] : [log, { label: 'link', path: null, url, sha256: null, line: null }],
      ...facts,
    });
  }
}

/** What ids of an incident's events begin with: its name and the beginning of its first line's hash. */
export function logName(incident: string, firstLine: string): string {
  return `${incident}-${firstLine.slice(0, 8)}`;
}

function noteFacts(event: Fields): Partial<DraftEvent> & Pick<DraftEvent, 'kind' | 'title'> {
  const { title, body } = titleAndBody(textOf(event['text']));
  const milestone = textOf(event['milestone']) || null;
  return {
    kind: milestone === null ? (oneOf(TIMELINE_KINDS, event['kind']) ?? 'note') : 'milestone',
    title,
    body: [body, textOf(event['body'])].filter(Boolean).join('\n') || null,
    milestone,
    owner: textOf(event['owner']) || null,
    due: dayOf(event['due']),
    pinned: event['pinned'] === true,
    supersedes: textOf(event['supersedes']) || null,
    endedAt: instantOf(event['endedAt']) ?? null,
  };
}

function happenedAt({ event, at }: LogLine): string {
  return instantOf(event['occurredAt']) ?? at;
}

function dayOf(value: unknown): string | null {
  const day = textOf(value);
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : null;
}

function actorType(value: unknown): TimelineEvent['actor']['type'] {
  return oneOf(['human', 'engine', 'cron', 'service'] as const, value) ?? 'human';
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((known) => known === value);
}
