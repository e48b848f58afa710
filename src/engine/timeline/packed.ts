import type { DraftEvent } from './draft.ts';

/**
 * An event as one line of text for the way to disk and back: a list without names, for a million events
 * are written and read twice. Only `unpack` reads it.
 */
export function pack(event: DraftEvent): string {
  const { source, actor } = event;
  return JSON.stringify([
    event.id,
    event.occurredAt,
    event.recordedAt === event.occurredAt ? 0 : event.recordedAt,
    event.endedAt,
    event.precision,
    event.kind,
    event.title,
    event.body,
    event.command,
    actor.name,
    actor.type,
    [source.type, source.run, source.step, source.procedure, source.host, source.file],
    event.evidence.map(({ label, path, url, sha256, line }) => [label, path, url, sha256, line]),
    event.outcome,
    event.exitCode,
    event.handled,
    event.milestone,
    event.pinned,
    event.visibility,
    event.supersedes,
    event.owner,
    event.due,
  ]);
}

type Source = DraftEvent['source'];
type Packed = readonly [
  id: string,
  occurredAt: string,
  recordedAt: string | 0,
  endedAt: string | null,
  precision: DraftEvent['precision'],
  kind: DraftEvent['kind'],
  title: string,
  body: string | null,
  command: string | null,
  actorName: string,
  actorType: DraftEvent['actor']['type'],
  source: readonly [Source['type'], ...(string | null)[]],
  evidence: readonly (readonly [
    string,
    string | null,
    string | null,
    string | null,
    number | null,
  ])[],
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

/** The event that `pack` wrote down. */
export function unpack(line: string): DraftEvent {
  // Nothing but `pack` writes these lines, into a folder for the owner alone.
  const packed: Packed = JSON.parse(line);
  const [type, run = null, step = null, procedure = null, host = null, file = null] = packed[11];
  return {
    id: packed[0],
    occurredAt: packed[1],
    recordedAt: packed[2] === 0 ? packed[1] : packed[2],
    endedAt: packed[3],
    precision: packed[4],
    kind: packed[5],
    title: packed[6],
    body: packed[7],
    command: packed[8],
    actor: { name: packed[9], type: packed[10] },
    source: { type, run, step, procedure, host, file },
    evidence: packed[12].map(([label, path, url, sha256, at]) => ({
      label,
      path,
      url,
      sha256,
      line: at,
    })),
    outcome: packed[13],
    exitCode: packed[14],
    handled: packed[15],
    milestone: packed[16],
    pinned: packed[17],
    visibility: packed[18],
    supersedes: packed[19],
    owner: packed[20],
    due: packed[21],
  };
}
