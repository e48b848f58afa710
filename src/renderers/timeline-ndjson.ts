import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { jsonText } from './formats/json.ts';

/** One event a line. */
export const timelineNdjson: TimelineRenderer = {
  name: 'ndjson',
  summary: 'one event a line, as JSON',
  extension: 'ndjson',
  binary: false,
  block: false,
  async *render(timeline) {
    for await (const batch of timeline.batches()) {
      yield batch.map((event) => `${jsonText(event)}\n`).join('');
    }
  },
};
