import { clip, clipStart, displayWidth, flowed } from '../screen/layout.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Asker } from './asker.ts';
import type { Board } from './board.ts';
import { type Canvas, sideWidth } from './canvas.ts';
import type { Questions } from './questions.ts';

/** One line that can be chosen, or a heading between them. */
export interface ListRow<Value> {
  /** `null`: a heading. */
  readonly value: Value | null;
  /** In front of the text, already safe and toned; takes `markWidth` columns. */
  readonly mark: string;
  readonly markWidth: number;
  readonly text: string;
  /** At the right end; stays where the text is cut. */
  readonly aside: string;
  /** Lines about it, shown below the list while it is pointed at. */
  readonly about?: readonly string[];
  /** The text is already of less weight than others. */
  readonly isDim?: boolean;
}

/** What a list is drawn with. */
export interface ListDesk {
  readonly asker: Pick<Asker, 'key'>;
  readonly board: Board;
  readonly canvas: () => Canvas;
}

/** What stands around the list. */
export interface ListFrame {
  readonly title: string;
  readonly aside: string;
  /** What Enter does. */
  readonly enter: string;
  /** Index of the row that is pointed at first. */
  readonly start: number;
  /** Keys besides, with what they are said to do; pressing one chooses the row with it. */
  readonly keys?: readonly { readonly key: string; readonly says: string }[];
}

/** What was chosen, and by which key. */
export interface Picked<Value> {
  readonly value: Value;
  readonly key: string;
}

/**
 * Lets a person choose a line: arrows move, letters filter, Enter takes it, Esc leaves. The list fills the screen and is
 * drawn in its place. `undefined`: left.
 */
export async function pickFromList<Value>(
  rows: readonly ListRow<Value>[],
  frame: ListFrame,
  desk: ListDesk,
): Promise<Picked<Value> | undefined> {
  let filter = '';
  let at = Math.max(0, frame.start);
  for (;;) {
    const shown = matching(rows, filter);
    at = nearestChoice(shown, at);
    const key = await desk.asker.key(Number.NEGATIVE_INFINITY, () =>
      desk.board.draw(listLines(shown, rows, { filter, at }, frame, desk.canvas())),
    );
    if (key === 'return' || frame.keys?.some((one) => one.key === key)) {
      const value = shown[at]?.value;
      if (value === undefined || value === null) continue;
      await desk.board.leave();
      return { value, key };
    }
    if (key === 'end' || key === 'ctrl-c' || (key === 'escape' && filter === '')) {
      await desk.board.leave();
      return undefined;
    }
    if (key === 'escape') filter = '';
    else if (key === 'backspace') filter = filter.slice(0, -1);
    else if (key === 'space') filter += ' ';
    else if ([...key].length === 1) {
      filter += key;
      at = 0;
    } else at = moved(shown, at, key, desk.canvas());
  }
}

/** The same in plain mode: numbered lines, and one answer. */
export async function pickInWords<Value>(
  rows: readonly ListRow<Value>[],
  { title }: ListFrame,
  questions: Pick<Questions, 'pick'>,
): Promise<Picked<Value> | undefined> {
  const choices = rows.filter((row) => row.value !== null);
  const picked = await questions.pick(
    `${title}:`,
    choices.map(({ text, aside }, at) => ({
      value: String(at),
      label: aside === '' ? text.trim() : `${text.trim()} (${aside})`,
    })),
  );
  const value = picked === undefined ? undefined : choices[Number(picked)]?.value;
  return value === undefined || value === null ? undefined : { value, key: 'return' };
}

function matching<Value>(
  rows: readonly ListRow<Value>[],
  filter: string,
): readonly ListRow<Value>[] {
  const words = filter
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  const has = ({ text, aside, about }: ListRow<Value>): boolean => {
    const all = `${text} ${aside} ${about?.join(' ') ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return rows.filter((row) => row.value !== null && has(row));
}

/** The row itself, or the next one that can be chosen. */
function nearestChoice<Value>(rows: readonly ListRow<Value>[], at: number): number {
  const inside = Math.max(0, Math.min(rows.length - 1, at));
  for (let by = 0; by < rows.length; by += 1)
    for (const index of [inside + by, inside - by]) if (rows[index]?.value != null) return index;
  return inside;
}

function moved<Value>(
  rows: readonly ListRow<Value>[],
  at: number,
  key: string,
  canvas: Canvas,
): number {
  const page = Math.max(1, canvas.rows - 8);
  const by: Readonly<Record<string, number>> = { up: -1, down: 1, pageup: -page, pagedown: page };
  const step = key === 'home' ? -rows.length : (by[key] ?? 0);
  let to = at + step;
  while (rows[to] !== undefined && rows[to]?.value === null) to += Math.sign(step);
  return rows[to] === undefined ? nearestChoice(rows, to) : to;
}

function listLines<Value>(
  shown: readonly ListRow<Value>[],
  all: readonly ListRow<Value>[],
  state: { readonly filter: string; readonly at: number },
  frame: ListFrame,
  canvas: Canvas,
): readonly string[] {
  const { style, marks, width, rows } = canvas;
  const about = (shown[state.at]?.about ?? []).slice(0, Math.max(0, Math.floor(rows / 4)));
  const keys = keyLines(frame, canvas);
  const room = Math.max(3, rows - 5 - keys.length - (about.length > 0 ? about.length + 1 : 0));
  const from = Math.max(0, Math.min(state.at - Math.floor(room / 2), shown.length - room));
  const part = shown.slice(from, from + room);
  const side = columnsOf(all, frame, width);
  const count = all.filter(({ value }) => value !== null).length;
  const found = shown.filter(({ value }) => value !== null).length;
  const aside = state.filter === '' ? frame.aside : `${found} of ${count}`;
  return [
    style('strong', between(frame.title, aside, side)),
    style('dim', marks.rule.repeat(width)),
    ...part.map((row, index) => rowLine(row, from + index === state.at, canvas, side)),
    ...(shown.length === 0
      ? [style('dim', '  nothing matches: Backspace takes a letter back')]
      : []),
    ...(about.length > 0
      ? [
          style('dim', marks.rule.repeat(width)),
          ...about.map((line) => `  ${clip(screenLine(line), width - 2)}`),
        ]
      : []),
    '',
    ...keys.map((line) => style('dim', line)),
    `filter: ${clip(state.filter, Math.max(8, width - 10))}`,
  ];
}

function keyLines({ enter, keys = [] }: ListFrame, { width, marks }: Canvas): readonly string[] {
  const words = [
    `${marks.up}${marks.down} choose`,
    `Enter ${enter}`,
    ...keys.map(({ key, says }) => `${key === 'tab' ? 'Tab' : key} ${says}`),
    'type to filter',
    'Esc leave',
  ];
  return flowed(words, width);
}

/** Those of all rows, so that a filter does not move them. */
function columnsOf<Value>(
  rows: readonly ListRow<Value>[],
  { title, aside }: ListFrame,
  width: number,
): number {
  const choices = rows.filter(({ value }) => value !== null);
  const left = choices.map(({ text, markWidth }) => ' '.repeat(2 + markWidth) + text);
  return sideWidth(width, [title, ...left], [aside, ...choices.map((row) => row.aside)]);
}

function rowLine<Value>(
  row: ListRow<Value>,
  isHere: boolean,
  canvas: Canvas,
  width: number,
): string {
  const { style, marks } = canvas;
  if (row.value === null)
    return style('dim', `  ${clipStart(screenLine(row.text), Math.max(8, width - 2))}`);
  const lead = isHere ? style('here', `${marks.cursor} `) : '  ';
  const room = Math.max(8, width - 2 - row.markWidth);
  const line = between(row.text, row.aside, room);
  const tone = isHere ? 'strong' : row.isDim === true ? 'dim' : null;
  return `${lead}${row.mark}${tone === null ? line : style(tone, line)}`;
}

/**
 * Two texts at the ends of a line. Where both do not fit, the right one loses its facts from the last on, as long as it
 * has several; then the left one keeps its beginning and its end.
 */
function between(left: string, right: string, columns: number): string {
  const safe = screenLine(left);
  const wanted = screenLine(right);
  const fits = (facts: string): boolean => displayWidth(safe) + displayWidth(facts) + 2 <= columns;
  let kept = wanted;
  for (let cut = lastFact(kept); cut > 0 && !fits(kept); cut = lastFact(kept))
    kept = kept.slice(0, cut).trimEnd();
  const aside = clip(kept, Math.max(0, Math.floor(columns / 2)));
  const room = Math.max(8, columns - displayWidth(aside) - (aside === '' ? 0 : 2));
  const text = displayWidth(safe) <= room ? safe : middleCut(safe, room);
  return (
    text +
    ' '.repeat(Math.max(aside === '' ? 0 : 1, columns - displayWidth(text) - displayWidth(aside))) +
    aside
  );
}

/** Where the last of several facts begins. */
const lastFact = (aside: string): number =>
  Math.max(aside.lastIndexOf(', '), aside.trimEnd().lastIndexOf('  '));

/** What tells rows apart stands at their end as often as at their beginning. */
function middleCut(text: string, columns: number): string {
  const characters = [...text];
  const end = Math.floor(columns / 3);
  let tail = '';
  for (const character of characters.toReversed()) {
    if (displayWidth(tail) + displayWidth(character) > end) break;
    tail = character + tail;
  }
  return clip(text, columns - displayWidth(tail)) + tail;
}
