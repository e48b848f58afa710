import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { around, EVENTS_GO_HERE } from './formats/around.ts';
import { blockName, markedBlock } from './formats/marked-block.ts';
import { IN_MARKDOWN } from './formats/prints.ts';
import { storyView } from './formats/story.ts';
import { headView } from './formats/timeline-view.ts';
import { timelineBlock } from './timeline-markdown.ts';

/**
 * A post-mortem in two layers: one screen for people, and the evidence behind it as an appendix. Both stand between
 * markers; the questions for people stand outside, and exporting again keeps their answers.
 */
export const timelinePostmortem: TimelineRenderer = {
  name: 'postmortem',
  summary:
    'a post-mortem: what happened on one screen, questions to answer, the evidence as an appendix',
  extension: 'md',
  binary: false,
  block: true,
  async *render(timeline, context) {
    const page = await context.template('postmortem');
    const summary = await context.template('postmortem-summary');
    const data = {
      ...headView(timeline.head, IN_MARKDOWN),
      ...(await storyView(timeline, IN_MARKDOWN)),
    };
    const [top, rest] = around(page({ ...data, summary: EVENTS_GO_HERE, events: APPENDIX }));
    const [middle = '', after = ''] = rest.split(APPENDIX);
    yield top;
    yield* markedBlock(blockName(timeline, 'summary'), [`${summary(data).trim()}\n`]);
    yield middle;
    yield* timelineBlock(timeline, context);
    yield after;
  },
};

/** As `EVENTS_GO_HERE`, for the second place. */
const APPENDIX = '\u0000appendix\u0000';
