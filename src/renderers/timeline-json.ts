import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { jsonText } from './formats/json.ts';

/** One JSON document; its schema is published as `docs/schema/timeline.schema.json`. */
export const timelineJson: TimelineRenderer = {
  name: 'json',
  summary: 'one JSON document, by the published schema',
  extension: 'json',
  binary: false,
  block: false,
  async *render(timeline) {
    yield `${jsonText(timeline.head).slice(0, -1)},"events":[`;
    let separator = '\n';
    for await (const batch of timeline.batches()) {
      yield batch
        .map((event) => {
          const text = `${separator}${jsonText(event)}`;
          separator = ',\n';
          return text;
        })
        .join('');
    }
    yield '\n]}\n';
  },
};
