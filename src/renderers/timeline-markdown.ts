import type { TimelineContext, TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { Timeline } from '../engine/model/timeline.ts';
import { around, EVENTS_GO_HERE } from './formats/around.ts';
import { blockName, markedBlock } from './formats/marked-block.ts';
import { IN_MARKDOWN } from './formats/prints.ts';
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

/** The evidence as a block, for a file of its own or as the appendix of another. */
export async function* timelineBlock(
  timeline: Timeline,
  context: TimelineContext,
): AsyncGenerator<string> {
  yield* markedBlock(blockName(timeline, ''), pieces(timeline, context));
}

async function* pieces(timeline: Timeline, context: TimelineContext): AsyncGenerator<string> {
  const page = await context.template('timeline');
  const row = await context.template('timeline-event');
  const { head } = timeline;
  const [before, after] = around(page({ ...headView(head, IN_MARKDOWN), events: EVENTS_GO_HERE }));
  yield before;
  for await (const batch of timeline.batches({ collapsed: true })) {
    yield batch
      .map((event) => `${row(eventView(event, head.timezone, IN_MARKDOWN)).trim()}\n`)
      .join('');
  }
  yield after.replace(/(?<!\n)\n*$/, '\n');
}
