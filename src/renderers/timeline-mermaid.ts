import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { TimelineEvent } from '../engine/model/timeline.ts';
import { safeText } from '../text/safe-text.ts';
import { isByHand } from './formats/by-hand.ts';
import { linkOf } from './formats/web-link.ts';

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
    const links: string[] = [];
    const names = new Map(head.runs.map(({ run, title }) => [run, `${title} ${run.slice(0, 8)}`]));
    let characters = 0;
    let leftOut = 0;
    for await (const batch of batches({ collapsed: true })) {
      for (const event of batch) {
        if (!KINDS_SHOWN.has(event.kind) && !event.pinned && !isByHand(event)) continue;
        const link = linkOf(event);
        const id =
          link === null || link.length > MOST_OF_ADDRESS ? null : `link${links.length + 1}`;
        const task = taskOf(event, id);
        const click = id === null ? '' : `  click ${id} href "${link}"\n`;
        characters += task.length + click.length;
        if (characters > MOST_CHARACTERS) {
          leftOut += 1;
          continue;
        }
        if (click !== '') links.push(click);
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
    yield links.join('');
  },
};

function laneOf(event: TimelineEvent, names: ReadonlyMap<string, string>): string {
  if (event.kind === 'milestone') return 'Milestones';
  const { run } = event.source;
  return run === null ? 'Notes' : (names.get(run) ?? run);
}

function taskOf(event: TimelineEvent, id: string | null): string {
  // UTC: a zone's own clocks show an hour twice, and then the end stands before the beginning.
  const from = event.occurredAt.slice(0, 23);
  const lengthMs =
    event.endedAt === null ? 0 : Date.parse(event.endedAt) - Date.parse(event.occurredAt);
  const title = ganttText(
    event.milestone === null ? event.title : `${event.milestone}: ${event.title}`,
    toBeDone(event),
  );
  const tags = lengthMs === 0 ? [...tagsOf(event), 'milestone'] : tagsOf(event);
  const facts = [...tags, ...(id === null ? [] : [id]), from, `${lengthMs}ms`];
  return `    ${title} :${facts.join(', ')}\n`;
}

/** By whom and until when an action is to be done. */
function toBeDone({ kind, owner, due }: TimelineEvent): string {
  if (kind !== 'action') return '';
  const said = [owner ?? '', due === null ? '' : `due ${due}`].filter((each) => each !== '');
  return said.length === 0 ? '' : ` (${oneLine(said.join(', '))})`;
}

function tagsOf({ kind, outcome }: TimelineEvent): readonly string[] {
  if (kind === 'deviation' || /^(?:failed|timed-out|cancelled|unknown)$/.test(outcome ?? ''))
    return ['crit'];
  return outcome === 'passed' || outcome === 'confirmed' ? ['done'] : [];
}

const MOST_OF_LABEL = 80;
const MOST_BEHIND = 60;
/** Longer ones would leave no room for what happened. */
const MOST_OF_ADDRESS = 500;

/** Words that Mermaid takes for its own at the beginning of a line. */
const KEYWORD =
  /^(?:gantt|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|includes|excludes|todaymarker|weekday|weekend|title|section|click|acctitle|accdescr|href|call)/i;

/**
 * Untrusted text as a name in a Mermaid gantt chart. What Mermaid's grammar or its HTML reads is spelled
 * as `#NN;`; whatever else is not a letter, a figure or tame punctuation, too.
 */
function ganttText(text: string, behind = ''): string {
  const line = oneLine(text);
  // `due 2026-12-24` is not what a long text is cut for.
  const shown = [...shortened(line, MOST_OF_LABEL), ...shortened(behind, MOST_BEHIND)];
  const isKeyword = KEYWORD.test(line);
  const spelled = shown
    .map((each, at) => (at === 0 && isKeyword ? figures(each) : spell(each)))
    .join('');
  return spelled === '' ? '-' : spelled;
}

const oneLine = (text: string): string => safeText(text).replace(/\s+/g, ' ').trim();

function shortened(text: string, most: number): readonly string[] {
  const characters = [...text];
  return characters.length > most ? [...characters.slice(0, most - 1), '…'] : characters;
}

function spell(character: string): string {
  return /[\p{L}\p{N} .()/'…]/u.test(character) ? character : figures(character);
}

/** Mermaid reads `#35;` as `#`: the code point in figures, between `#` and `;`. */
function figures(character: string): string {
  return `#${character.codePointAt(0)};`;
}
