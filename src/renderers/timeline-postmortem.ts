import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { around, EVENTS_GO_HERE } from './formats/around.ts';
import { cell } from './formats/cell.ts';
import { headView } from './formats/timeline-view.ts';
import { timelineBlock } from './timeline-markdown.ts';

/** A post-mortem to fill in, with the timeline and the action items that the record suggests in it. */
export const timelinePostmortem: TimelineRenderer = {
  name: 'postmortem',
  summary:
    'a post-mortem to fill in, the timeline in it, action items from failed and skipped steps',
  extension: 'md',
  binary: false,
  block: true,
  async *render(timeline, context) {
    const page = await context.template('postmortem');
    const [before, after] = around(
      page({ ...headView(timeline.head, cell), events: EVENTS_GO_HERE }),
    );
    yield before;
    yield* timelineBlock(timeline, context);
    yield after;
  },
};
