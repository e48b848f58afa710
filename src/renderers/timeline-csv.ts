import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { TimelineEvent } from '../engine/model/timeline.ts';
import { csvRecord } from './formats/csv.ts';
import { linkOf } from './formats/web-link.ts';

type Column = readonly [name: string, value: (event: TimelineEvent) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['id', ({ id }) => id],
  ['occurred_at', ({ occurredAt }) => occurredAt],
  ['occurred_local', ({ occurredLocal }) => occurredLocal],
  ['recorded_at', ({ recordedAt }) => recordedAt],
  ['ended_at', ({ endedAt }) => endedAt],
  ['precision', ({ precision }) => precision],
  ['kind', ({ kind }) => kind],
  ['milestone', ({ milestone }) => milestone],
  ['title', ({ title }) => title],
  ['body', ({ body }) => body],
  ['actor', ({ actor }) => actor.name],
  ['actor_type', ({ actor }) => actor.type],
  ['outcome', ({ outcome }) => outcome],
  ['exit_code', ({ exitCode }) => exitCode],
  ['handled', ({ handled }) => String(handled)],
  ['source', ({ source }) => source.type],
  ['run', ({ source }) => source.run],
  ['step', ({ source }) => source.step],
  ['procedure', ({ source }) => source.procedure],
  ['host', ({ source }) => source.host],
  ['command', ({ command }) => command],
  ['evidence_path', ({ evidence }) => evidence[0]?.path ?? null],
  ['evidence_line', ({ evidence }) => evidence[0]?.line ?? null],
  ['evidence_sha256', ({ evidence }) => evidence[0]?.sha256 ?? null],
  ['owner', ({ owner }) => owner],
  ['due', ({ due }) => due],
  ['url', (event) => event.evidence.find(({ url }) => url !== null)?.url ?? linkOf(event)],
  ['supersedes', ({ supersedes }) => supersedes],
  ['superseded_by', ({ supersededBy }) => supersededBy],
];

/** CSV as RFC 4180 has it, with a header; no cell can be calculated by a spreadsheet. */
export const timelineCsv: TimelineRenderer = {
  name: 'csv',
  summary: 'CSV (RFC 4180) with a header, safe to open in a spreadsheet',
  extension: 'csv',
  binary: false,
  block: false,
  async *render(timeline) {
    yield csvRecord(COLUMNS.map(([name]) => name));
    for await (const batch of timeline.batches()) {
      yield batch.map((event) => csvRecord(COLUMNS.map(([, value]) => value(event)))).join('');
    }
  },
};
