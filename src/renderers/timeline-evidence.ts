import { createHash } from 'node:crypto';
import type { TimelineContext, TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { Timeline } from '../engine/model/timeline.ts';
import { ZipWriter } from './formats/zip.ts';
import { timelineHtml } from './timeline-html.ts';
import { timelineJson } from './timeline-json.ts';
import { timelineBlock } from './timeline-markdown.ts';

/** Everything that proves a timeline in one zip; the same record gives the same bytes. */
export const timelineEvidence: TimelineRenderer = {
  name: 'evidence',
  summary: 'a zip with the timeline, logs, runbooks, outputs, signatures and what verify says',
  extension: 'zip',
  binary: true,
  block: false,
  async *render(timeline, context) {
    const zip = await ZipWriter.open();
    const sums: string[] = [];
    for await (const { path, bytes } of filesOf(timeline, context)) {
      const sum = createHash('sha256');
      zip.begin(path);
      for await (const chunk of bytes()) {
        sum.update(chunk);
        zip.write(chunk);
        yield* zip.taken();
      }
      zip.end();
      yield* zip.taken();
      sums.push(`${sum.digest('hex')}  ${path}\n`);
    }
    zip.begin('SHA256SUMS');
    zip.write(Buffer.from(sums.join('')));
    zip.end();
    zip.close();
    yield* zip.taken();
  },
};

interface Entry {
  readonly path: string;
  readonly bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

async function* filesOf(timeline: Timeline, context: TimelineContext): AsyncGenerator<Entry> {
  yield { path: 'timeline.md', bytes: () => bytesOf(timelineBlock(timeline, context)) };
  yield { path: 'timeline.html', bytes: () => bytesOf(timelineHtml.render(timeline, context)) };
  yield { path: 'timeline.json', bytes: () => bytesOf(timelineJson.render(timeline, context)) };
  yield* context.evidence();
}

async function* bytesOf(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
