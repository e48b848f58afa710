import { sha256Of } from '../../text/sha256.ts';
import type { ImportMark } from '../model/incident.ts';
import type { TimelineEvent } from '../model/timeline.ts';
import { type DraftEvent, draftEvent, titleAndBody } from './draft.ts';

/** An entry of an imported chat or alert export, read. */
export interface ImportedEntry {
  /** Its own id in the file, or a hash of its content. */
  readonly id: string;
  /** Counts from 1. */
  readonly line: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly occurredAt: string;
  readonly endedAt: string | null;
  readonly by: string;
  readonly actorType: TimelineEvent['actor']['type'];
  readonly text: string;
  readonly body: string | null;
  readonly kind: TimelineEvent['kind'];
  readonly milestone: string | null;
  readonly url: string | null;
}

/** The event id of an imported entry: the same wherever and however often it is imported. */
export function importedId(id: string): string {
  return `import-${sha256Of(id).slice(0, 24)}`;
}

/** The event of an entry that is read at export time: it stands in no chained log. */
export function importedEvent(
  entry: ImportedEntry,
  mark: Omit<ImportMark, 'id' | 'line'>,
): DraftEvent {
  const file = { label: 'import', path: mark.file, url: null, sha256: mark.sha256, line: null };
  const link = { label: 'link', path: null, url: entry.url, sha256: null, line: null };
  const { title, body } = titleAndBody(entry.text);
  return draftEvent({
    id: importedId(entry.id),
    occurredAt: entry.occurredAt,
    recordedAt: entry.occurredAt,
    endedAt: entry.endedAt,
    kind: entry.milestone === null ? entry.kind : 'milestone',
    milestone: entry.milestone,
    title,
    body: [body, entry.body].filter(Boolean).join('\n') || null,
    actor: { name: entry.by, type: entry.actorType },
    source: { type: 'import', run: null, step: null, procedure: null, host: null, file: mark.file },
    evidence: entry.url === null ? [file] : [file, link],
  });
}
