import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { TimelineEvent } from '../engine/model/timeline.ts';
import { ganttText } from './formats/gantt.ts';

/** Mermaid refuses texts over 50,000 characters and nobody reads charts that long. */
const MOST_CHARACTERS = 40_000;
const KINDS_SHOWN = new Set([
  'milestone',
  'step',
  'deviation',
  'decision',
  'gap',
  'communication',
  'action',
  'role',
]);

/** A Mermaid gantt chart: a lane for milestones, one for each run, one for what people said. */
export const timelineMermaid: TimelineRenderer = {
  name: 'mermaid',
  summary: 'a Mermaid gantt chart, for markdown pages',
  extension: 'mmd',
  binary: false,
  block: false,
  async *render({ head, batches }) {
    const lanes = new Map<string, string[]>();
    const names = new Map(head.runs.map(({ run, title }) => [run, `${title} ${run.slice(0, 8)}`]));
    let characters = 0;
    let leftOut = 0;
    for await (const batch of batches({ collapsed: true })) {
      for (const event of batch) {
        if (!KINDS_SHOWN.has(event.kind) && !event.pinned) continue;
        const task = taskOf(event);
        characters += task.length;
        if (characters > MOST_CHARACTERS) {
          leftOut += 1;
          continue;
        }
        const lane = laneOf(event, names);
        const tasks = lanes.get(lane);
        if (tasks) tasks.push(task);
        else lanes.set(lane, [task]);
      }
    }
    yield `gantt\n  title ${ganttText(`${head.title} (UTC)`)}\n`;
    yield '  dateFormat YYYY-MM-DDTHH:mm:ss.SSS\n  axisFormat %H:%M\n';
    if (leftOut > 0) yield `  %% ${leftOut} more events are left out\n`;
    for (const [lane, tasks] of lanes) yield `  section ${ganttText(lane)}\n${tasks.join('')}`;
  },
};

function laneOf(event: TimelineEvent, names: ReadonlyMap<string, string>): string {
  if (event.kind === 'milestone') return 'Milestones';
  const { run } = event.source;
  return run === null ? 'Notes' : (names.get(run) ?? run);
}

function taskOf(event: TimelineEvent): string {
  // UTC: a zone's own clocks show an hour twice, and then the end stands before the beginning.
  const from = event.occurredAt.slice(0, 23);
  const lengthMs =
    event.endedAt === null ? 0 : Date.parse(event.endedAt) - Date.parse(event.occurredAt);
  const title = ganttText(
    event.milestone === null ? event.title : `${event.milestone}: ${event.title}`,
  );
  const tags = lengthMs === 0 ? [...tagsOf(event), 'milestone'] : tagsOf(event);
  return `    ${title} :${[...tags, from, `${lengthMs}ms`].join(', ')}\n`;
}

function tagsOf({ kind, outcome }: TimelineEvent): readonly string[] {
  if (kind === 'deviation' || /^(?:failed|timed-out|cancelled|unknown)$/.test(outcome ?? ''))
    return ['crit'];
  return outcome === 'passed' || outcome === 'confirmed' ? ['done'] : [];
}
