import { createHash } from 'node:crypto';
import type { TimelineContext, TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { Timeline } from '../engine/model/timeline.ts';
import { around, EVENTS_GO_HERE } from './formats/around.ts';
import { cell } from './formats/cell.ts';
import { eventView, headView } from './formats/timeline-view.ts';

/** GitHub markdown between markers, so that what people write around it survives the next export. */
export const timelineMarkdown: TimelineRenderer = {
  name: 'markdown',
  summary: 'GitHub markdown between markers; exporting again keeps what people wrote around it',
  extension: 'md',
  binary: false,
  block: true,
  render: timelineBlock,
};

/**
 * The block with its markers. The end marker holds the SHA-256 of what stands between them, so that the
 * next export sees whether somebody wrote inside.
 */
export async function* timelineBlock(
  timeline: Timeline,
  context: TimelineContext,
): AsyncGenerator<string> {
  const name = encodeURIComponent(timeline.head.incident ?? timeline.head.title).replaceAll(
    '--',
    '%2D-',
  );
  yield `<!-- handrail:timeline:begin ${name} -->\n`;
  const hash = createHash('sha256');
  for await (const piece of pieces(timeline, context)) {
    hash.update(piece);
    yield piece;
  }
  yield `<!-- handrail:timeline:end ${name} sha256=${hash.digest('hex')} -->\n`;
}

async function* pieces(timeline: Timeline, context: TimelineContext): AsyncGenerator<string> {
  const page = await context.template('timeline');
  const row = await context.template('timeline-event');
  const { head } = timeline;
  const [before, after] = around(page({ ...headView(head, cell), events: EVENTS_GO_HERE }));
  yield before;
  for await (const batch of timeline.batches({ collapsed: true })) {
    yield batch.map((event) => `${row(eventView(event, head.timezone, cell)).trim()}\n`).join('');
  }
  yield after.replace(/\n*$/, '\n');
}
