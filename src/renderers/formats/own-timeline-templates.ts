import postmortem from '../../../templates/postmortem.hbs';
import postmortemSummary from '../../../templates/postmortem-summary.hbs';
import timeline from '../../../templates/timeline.hbs';
import timelineEvent from '../../../templates/timeline-event.hbs';
import timelinePage from '../../../templates/timeline-page.hbs';
import timelinePageEvent from '../../../templates/timeline-page-event.hbs';

/** Our own templates of timelines, apart from those that every run needs. Only the built program can load this file. */
export const OWN_TIMELINE_TEMPLATES: Readonly<Record<string, unknown>> = {
  postmortem,
  'postmortem-summary': postmortemSummary,
  timeline,
  'timeline-event': timelineEvent,
  'timeline-page': timelinePage,
  'timeline-page-event': timelinePageEvent,
};
