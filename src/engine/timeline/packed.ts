import type { DraftEvent } from './draft.ts';

/** Beyond so many different ones what is alike in many events is written down with each. */
const MOST_LISTED = 5000;

/**
 * An event as one line of text for the way to disk and back, for a million events are written once and read three times:
 * what is its own as a list without names, and numbers of its evidence and of what many events have alike, which are kept
 * here: messages of one chat differ in time and words alone. Reading a line takes a third of the time that it takes
 * to read all of it as JSON.
 */
export class Packing {
  readonly #alikes = new Listed<Alike>();
  readonly #evidences = new Listed<DraftEvent['evidence']>();

  pack(event: DraftEvent): string {
    const own: Own = [
      event.id,
      event.occurredAt,
      event.recordedAt === event.occurredAt ? 0 : event.recordedAt,
      event.endedAt,
      event.title,
      event.body,
      event.command,
    ];
    const alike: Alike = [
      event.precision,
      event.kind,
      event.actor,
      event.source,
      event.outcome,
      event.exitCode,
      event.handled,
      event.milestone,
      event.pinned,
      event.visibility,
      event.supersedes,
      event.owner,
      event.due,
    ];
    // JSON holds no tab as it stands.
    return `${this.#alikes.nameOf(alike)}\t${this.#evidences.nameOf(event.evidence)}\t${JSON.stringify(own)}`;
  }

  /** The event that `pack` wrote down. */
  unpack(line: string): DraftEvent {
    const alikeEnd = line.indexOf('\t');
    const evidenceEnd = line.indexOf('\t', alikeEnd + 1);
    const alike = this.#alikes.of(line.slice(0, alikeEnd));
    // Nothing but `pack` writes these lines, into a folder for the owner alone.
    const own: Own = JSON.parse(line.slice(evidenceEnd + 1));
    return {
      id: own[0],
      occurredAt: own[1],
      recordedAt: own[2] === 0 ? own[1] : own[2],
      endedAt: own[3],
      precision: alike[0],
      kind: alike[1],
      title: own[4],
      body: own[5],
      command: own[6],
      actor: alike[2],
      source: alike[3],
      evidence: this.#evidences.of(line.slice(alikeEnd + 1, evidenceEnd)),
      outcome: alike[4],
      exitCode: alike[5],
      handled: alike[6],
      milestone: alike[7],
      pinned: alike[8],
      visibility: alike[9],
      supersedes: alike[10],
      owner: alike[11],
      due: alike[12],
    };
  }
}

/** Values by number; those for which there is no room are told as they are. */
class Listed<Value> {
  readonly #numbers = new Map<string, string>();
  readonly #values: Value[] = [];

  nameOf(value: Value): string {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#values.length >= MOST_LISTED) return text;
    const number = String(this.#values.length);
    this.#numbers.set(text, number);
    this.#values.push(value);
    return number;
  }

  of(name: string): Value {
    return this.#values[Number(name)] ?? JSON.parse(name);
  }
}

type Own = readonly [
  id: string,
  occurredAt: string,
  recordedAt: string | 0,
  endedAt: string | null,
  title: string,
  body: string | null,
  command: string | null,
];

type Alike = readonly [
  precision: DraftEvent['precision'],
  kind: DraftEvent['kind'],
  actor: DraftEvent['actor'],
  source: DraftEvent['source'],
  outcome: string | null,
  exitCode: number | null,
  handled: boolean,
  milestone: string | null,
  pinned: boolean,
  visibility: DraftEvent['visibility'],
  supersedes: string | null,
  owner: string | null,
  due: string | null,
];
