import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { around, EVENTS_GO_HERE } from './formats/around.ts';
import { IN_HTML } from './formats/prints.ts';
import { storyView } from './formats/story.ts';
import { timelineSvg } from './formats/timeline-svg.ts';
import { eventView, headView } from './formats/timeline-view.ts';

/** One HTML file without script: reads anywhere, prints, the timeline drawn in SVG. */
export const timelineHtml: TimelineRenderer = {
  name: 'html',
  summary: 'one HTML file without script, the timeline drawn, ready to print',
  extension: 'html',
  binary: false,
  block: false,
  async *render(timeline, context) {
    const page = await context.template('timeline-page');
    const row = await context.template('timeline-page-event');
    const { head } = timeline;
    const drawing = await timelineSvg(timeline);
    const data = {
      ...headView(head, IN_HTML),
      ...(await storyView(timeline, IN_HTML)),
      drawing,
      events: EVENTS_GO_HERE,
    };
    const [before, after] = around(page(data));
    yield before;
    for await (const batch of timeline.batches({ collapsed: true })) {
      yield batch.map((event) => row(eventView(event, head.timezone, IN_HTML))).join('');
    }
    yield after;
  },
};
