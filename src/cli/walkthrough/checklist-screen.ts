import type { PlannedStep } from '../../engine/model/plan.ts';
import { fold } from '../screen/layout.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Tone } from '../screen/style.ts';
import { type Canvas, capital, fold as foldText, sentences, spread } from './canvas.ts';
import { insideLines } from './step-screen.ts';

/** How one item of a checklist stands while the person goes through it. */
export interface ItemState {
  readonly planned: PlannedStep;
  readonly mark: 'open' | 'done' | 'not-applicable' | 'declined' | 'skipped';
  /** Who and when, or why not. */
  readonly remark: string;
}

/** Where the person is in a checklist. */
export interface ListView {
  /** Index of the item that keys go to. */
  readonly cursor: number;
  /** Lines that the items may take. */
  readonly room: number;
  /** What is looked for; `''` for nothing. */
  readonly term: string;
}

const WORDS: Readonly<Record<ItemState['mark'], string>> = {
  open: 'open',
  done: 'done',
  'not-applicable': 'not applicable',
  declined: 'not so',
  skipped: 'skipped',
};
const TONES: Readonly<Record<ItemState['mark'], Tone>> = {
  open: 'strong',
  done: 'good',
  'not-applicable': 'careful',
  declined: 'bad',
  skipped: 'careful',
};

/** A group of checklist items in words, for plain mode. */
export function checklistInWords(
  title: string,
  items: readonly ItemState[],
  canvas: Canvas,
): readonly string[] {
  return [
    ...foldText(
      sentences(`Checklist: ${title}`, `${answered(items)} of ${items.length} answered`),
      canvas.width,
    ),
    ...items.flatMap(({ planned, mark, remark }, at) => [
      ...foldText(
        `${at + 1}. ${sentences(planned.step.title, `${capital(WORDS[mark])}${remark && `, ${remark}`}`)}`,
        canvas.width,
      ),
      ...insideLines(planned, canvas, canvas.width),
    ]),
  ];
}

/** A group of checklist items with their boxes, as many as there is room for around the cursor. */
export function checklistScreen(
  title: string,
  items: readonly ItemState[],
  view: ListView | null,
  canvas: Canvas,
): readonly string[] {
  const { style } = canvas;
  const count = `${answered(items)} of ${items.length}`;
  const head = spread(title, `checklist  ${count}`, canvas.width);
  const blocks = items.map((item, at) => itemLines(item, at, items.length, view, canvas));
  const window = view === null ? { from: 0, to: items.length } : windowOf(blocks, view);
  const above =
    window.from === 0 ? [] : [style('dim', `     ${canvas.marks.up} ${window.from} more`)];
  const below =
    window.to === items.length
      ? []
      : [style('dim', `     ${canvas.marks.down} ${items.length - window.to} more`)];
  return [
    style('strong', head),
    '',
    ...above,
    ...blocks.slice(window.from, window.to).flat(),
    ...below,
  ];
}

/** Lines that an item shows of what stands within it; all of what is longer stands above the list. */
const mostInside = ({ rows }: Canvas): number => Math.max(3, Math.floor(rows / 3));

/** What stands within items and is too long for the list: whole, each below its item's title. */
export function longInsides(items: readonly ItemState[], canvas: Canvas): readonly string[] {
  return items.flatMap(({ planned }, at) => {
    const lines = insideLines(planned, canvas, canvas.width - 4);
    if (lines.length <= mostInside(canvas)) return [];
    const title = foldText(`${at + 1}. ${planned.step.title}`, canvas.width);
    return ['', ...title, ...lines.map((line) => `    ${line}`)];
  });
}

function insideOfItem(planned: PlannedStep, indent: string, canvas: Canvas): readonly string[] {
  const lines = insideLines(planned, canvas, canvas.width - indent.length);
  const most = mostInside(canvas);
  const shown = lines.length <= most ? lines : lines.slice(0, most - 1);
  const more = lines.length - shown.length;
  const rest = more === 0 ? [] : [canvas.style('dim', `… ${more} more lines: they stand above`)];
  return [...shown, ...rest].map((line) => indent + line);
}

const answered = (items: readonly ItemState[]): number =>
  items.filter(({ mark }) => mark !== 'open').length;

/** Items from and up to which fit the room, the cursor's among them. */
function windowOf(
  blocks: readonly (readonly string[])[],
  { cursor, room }: ListView,
): { readonly from: number; readonly to: number } {
  let from = cursor;
  let to = cursor + 1;
  let lines = blocks[cursor]?.length ?? 0;
  // Two lines say what stands above and below.
  const fits = (block: readonly string[] | undefined): boolean =>
    block !== undefined && lines + block.length <= Math.max(1, room - 2);
  for (let grew = true; grew; ) {
    grew = false;
    for (const next of [blocks[to], blocks[from - 1]]) {
      if (!fits(next) || next === undefined) continue;
      if (next === blocks[to]) to += 1;
      else from -= 1;
      lines += next.length;
      grew = true;
    }
  }
  return { from, to };
}

function itemLines(
  { planned, mark, remark }: ItemState,
  at: number,
  count: number,
  view: ListView | null,
  canvas: Canvas,
): readonly string[] {
  const { style, marks, width } = canvas;
  const isHere = view?.cursor === at;
  const number = String(at + 1).padStart(Math.max(2, String(count).length));
  const lead = `${isHere ? marks.cursor : ' '} ${number} `;
  const box = `[${boxOf(mark, canvas)}] `;
  const tone = TONES[mark];
  const indent = ' '.repeat(lead.length + box.length);
  const said = remark === '' ? '' : `   ${remark}`;
  const room = width - indent.length;
  const lines = fold(screenLine(planned.step.title) + screenLine(said), room);
  const own = lines.map((line, part) => {
    const text = isHere ? style('strong', line) : mark === 'open' ? line : style('dim', line);
    if (part > 0) return indent + text;
    return `${isHere ? style('here', lead) : style('dim', lead)}${style(tone, box)}${text}`;
  });
  return [...own, ...insideOfItem(planned, indent, canvas)];
}

function boxOf(mark: ItemState['mark'], { marks }: Canvas): string {
  switch (mark) {
    case 'done':
      return marks.tick;
    case 'declined':
      return marks.no;
    case 'not-applicable':
      return marks.none;
    case 'skipped':
      return marks.skipped;
    case 'open':
      return ' ';
    default:
      return mark satisfies never;
  }
}

/** The next item from the cursor on, round the end, that holds the words; `undefined`: none does. */
export function findItem(
  items: readonly ItemState[],
  term: string,
  from: number,
): number | undefined {
  const words = term
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = ({ planned }: ItemState): boolean =>
    words.every((word) => planned.step.title.toLowerCase().includes(word));
  const order = items.map((_, at) => (from + at) % items.length);
  return order.find((at) => {
    const item = items[at];
    return item !== undefined && has(item);
  });
}
