import type { TimelineContext, TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { Timeline } from '../engine/model/timeline.ts';
import { around, EVENTS_GO_HERE } from './formats/around.ts';
import { blockName, markedBlock } from './formats/marked-block.ts';
import { IN_MARKDOWN } from './formats/prints.ts';
import { storyView } from './formats/story.ts';
import { eventView, headView } from './formats/timeline-view.ts';

/** GitHub markdown between markers, so that what people write around it survives the next export. */
export const timelineMarkdown: TimelineRenderer = {
  name: 'markdown',
  summary: 'GitHub markdown between markers; exporting again keeps what people wrote around it',
  extension: 'md',
  binary: false,
  block: true,
  async *render(timeline, context) {
    yield* timelineBlock(timeline, context, await storyView(timeline, IN_MARKDOWN));
  },
};

/** What a file says whose own first screen is for people already. */
const TOLD_ABOVE = { story: [], storyMore: 0, decisions: [], communications: [], todos: [] };

/** The evidence as a block, behind what people want first: for a file of its own, or without that as an appendix. */
export async function* timelineBlock(
  timeline: Timeline,
  context: TimelineContext,
  story: object = TOLD_ABOVE,
): AsyncGenerator<string> {
  yield* markedBlock(blockName(timeline, ''), pieces(timeline, context, story));
}

async function* pieces(
  timeline: Timeline,
  context: TimelineContext,
  story: object,
): AsyncGenerator<string> {
  const page = await context.template('timeline');
  const row = await context.template('timeline-event');
  const { head } = timeline;
  const facts = { ...headView(head, IN_MARKDOWN), ...story, alone: story !== TOLD_ABOVE };
  const [before, after] = around(page({ ...facts, events: EVENTS_GO_HERE }));
  yield before;
  for await (const batch of timeline.batches({ collapsed: true })) {
    yield batch
      .map((event) => `${row(eventView(event, head.timezone, IN_MARKDOWN)).trim()}\n`)
      .join('');
  }
  yield after.replace(/(?<!\n)\n*$/, '\n');
}
