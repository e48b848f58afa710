import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { timelineCsv } from './timeline-csv.ts';
import { timelineEvidence } from './timeline-evidence.ts';
import { timelineHtml } from './timeline-html.ts';
import { timelineIcs } from './timeline-ics.ts';
import { timelineJson } from './timeline-json.ts';
import { timelineMarkdown } from './timeline-markdown.ts';
import { timelineMermaid } from './timeline-mermaid.ts';
import { timelineNdjson } from './timeline-ndjson.ts';
import { timelineOtlp } from './timeline-otlp.ts';
import { timelinePostmortem } from './timeline-postmortem.ts';

/** Every renderer of timelines. A new one is a file beside this one, an import and an entry here. */
export const TIMELINE_RENDERERS: readonly TimelineRenderer[] = [
  timelineMarkdown,
  timelinePostmortem,
  timelineJson,
  timelineNdjson,
  timelineCsv,
  timelineHtml,
  timelineMermaid,
  timelineIcs,
  timelineOtlp,
  timelineEvidence,
];
