import type { Timeline, TimelineEvent, TimelineHead } from '../../engine/model/timeline.ts';
import { escapeHtml } from './html.ts';

const WIDTH = 1000;
const LEFT = 170;
const LANE = 26;
const TOP = 96;
/** How a milestone's name leans, as its height over its width, and how far from another it is still read. */
const LEAN = Math.tan(Math.PI / 6);
const APART = 15;
const MOST_LEVELS = 2;
const MOST_EVENTS = 600;
const MOST_LANES = 24;

/**
 * The timeline drawn: milestones across everything, a lane for each run, one for what people said. Draws at
 * most 600 events. A picture only: everything in it stands in the table, too.
 */
export async function timelineSvg({ head, batches }: Timeline): Promise<string> {
  if (head.from === null || head.to === null) return '';
  const drawing = new Drawing(head, Date.parse(head.from), Date.parse(head.to));
  for await (const batch of batches({ collapsed: true })) {
    for (const event of batch) drawing.take(event);
    if (drawing.full) break;
  }
  return drawing.svg();
}

class Drawing {
  readonly #fromMs: number;
  readonly #toMs: number;
  readonly #lanes: string[];
  readonly #names: ReadonlyMap<string, string>;
  readonly #head: TimelineHead;
  #marks = '';
  #lines = '';
  #count = 0;
  #highest = Number.NEGATIVE_INFINITY;

  constructor(head: TimelineHead, fromMs: number, toMs: number) {
    this.#head = head;
    this.#fromMs = fromMs;
    this.#toMs = Math.max(toMs, fromMs + 1000);
    this.#names = new Map(head.runs.map(({ run, title }) => [run, title]));
    this.#lanes = head.runs.slice(0, MOST_LANES).map(({ run }) => run);
    this.#lanes.push('');
  }

  get full(): boolean {
    return this.#count >= MOST_EVENTS;
  }

  take(event: TimelineEvent): void {
    const lane = this.#lanes.indexOf(event.source.run ?? '');
    if (this.full || (lane < 0 && event.kind !== 'milestone')) return;
    if (event.kind === 'system' && event.source.run !== null) return;
    this.#count += 1;
    if (event.kind === 'milestone') this.#lines += this.#milestone(event);
    else this.#marks += this.#mark(event, lane);
  }

  svg(): string {
    const height = TOP + this.#lanes.length * LANE + 30;
    const label = escapeHtml(`${this.#head.title}: drawn timeline`);
    const lanes = this.#lanes.map((run, at) => this.#lane(run, at)).join('');
    return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${lanes}${this.#axis(height)}${this.#marks}${this.#lines}</svg>`;
  }

  #x(at: string): number {
    const share = (Date.parse(at) - this.#fromMs) / (this.#toMs - this.#fromMs);
    return Math.round((LEFT + Math.min(1, Math.max(0, share)) * (WIDTH - LEFT - 20)) * 10) / 10;
  }

  #lane(run: string, at: number): string {
    const y = TOP + at * LANE;
    const name = run === '' ? 'Notes' : (this.#names.get(run) ?? run);
    const short = name.length > 24 ? `${name.slice(0, 23)}…` : name;
    return `<rect class="lane" x="${LEFT}" y="${y}" width="${WIDTH - LEFT - 20}" height="${LANE - 4}"/><text class="name" x="0" y="${y + 15}">${escapeHtml(short)}</text>`;
  }

  #axis(height: number): string {
    const ticks = 5;
    return Array.from({ length: ticks + 1 }, (_, tick) => {
      const atMs = this.#fromMs + ((this.#toMs - this.#fromMs) * tick) / ticks;
      const at = new Date(atMs).toISOString();
      const x = this.#x(at);
      const anchor = tick === 0 ? 'start' : tick === ticks ? 'end' : 'middle';
      return `<text class="tick" text-anchor="${anchor}" x="${x}" y="${height - 8}">${at.slice(11, 19)}${tick === 0 ? ' UTC' : ''}</text>`;
    }).join('');
  }

  #mark(event: TimelineEvent, lane: number): string {
    const y = TOP + lane * LANE;
    const from = this.#x(event.occurredAt);
    const width = Math.max(event.endedAt === null ? 0 : this.#x(event.endedAt) - from, 3);
    const title = escapeHtml(
      `${event.occurredAt} ${event.title}${event.outcome ? ` (${event.outcome})` : ''}`,
    );
    const shape = `<rect class="${classOf(event)}" x="${from}" y="${y + 3}" width="${Math.round(width * 10) / 10}" height="${LANE - 10}" rx="2">`;
    return `${shape}<title>${title}</title></rect>`;
  }

  #milestone(event: TimelineEvent): string {
    const x = this.#x(event.occurredAt);
    const bottom = TOP + this.#lanes.length * LANE;
    const title = escapeHtml(`${event.occurredAt} ${event.milestone}: ${event.title}`);
    const level = this.#level(x);
    const top = TOP - Math.max(0, level) * APART;
    const name = escapeHtml((event.milestone ?? '').slice(0, 20));
    const label =
      level < 0
        ? ''
        : `<text text-anchor="end" transform="translate(${x + 4} ${top - 8}) rotate(30)">${name}</text>`;
    return `<g class="milestone"><title>${title}</title><line x1="${x}" x2="${x}" y1="${top - 6}" y2="${bottom}"/>${label}</g>`;
  }

  /** How many names down to the lanes are free below a new one at `x`, so that none lies on another; -1: there is no room. */
  #level(x: number): number {
    const flat = x * LEAN;
    const needed = Math.max(0, Math.ceil((this.#highest + APART - flat) / APART - 1e-6));
    if (needed > MOST_LEVELS) return -1;
    this.#highest = flat + needed * APART;
    return needed;
  }
}

function classOf({ kind, outcome, handled }: TimelineEvent): string {
  if (kind === 'gap') return 'gap';
  if (kind === 'deviation' || handled) return 'caution';
  if (outcome === null) return 'note';
  if (outcome === 'passed' || outcome === 'confirmed') return 'good';
  return /^(?:failed|timed-out|cancelled|unknown|declined)$/.test(outcome) ? 'bad' : 'caution';
}
