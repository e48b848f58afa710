import { spawnSync } from 'node:child_process';
import { asShown } from '../../text/as-shown.ts';
import { linesCompared } from '../screen/difference.ts';
import { flowed } from '../screen/layout.ts';
import { type Canvas, clip, screenLines, spread } from './canvas.ts';
import { clipboard } from './clipboard.ts';
import type { Desk, OutputSource } from './desk.ts';

const MOST_COMPARED = 200_000;

/**
 * Shows what a step printed: this try, the one before, the last run; their difference; words to find; a copy for the
 * clipboard; or all of it in the person's pager.
 */
export async function viewOutput(
  title: string,
  sources: readonly OutputSource[],
  desk: Desk,
): Promise<void> {
  if (sources.length === 0) return desk.asker.say(['', 'There is no output yet.', '']);
  if (desk.canvas().plain) return sayOutput(title, sources, desk);
  await desk.asker.say(['']);
  let view: View = { source: 0, isDifference: false, top: null, term: '', isLost: false };
  // Much output is laid out once, not with every key.
  const lay = remembered(linesOf);
  for (;;) {
    const canvas = desk.canvas();
    const lines = lay(sources, view, canvas);
    const keys = keyLines(sources, view, canvas);
    const room = Math.max(3, canvas.rows - 5 - keys.length);
    const top = Math.max(0, Math.min(view.top ?? lines.length, lines.length - room));
    const drawn = viewLines(
      title,
      sources,
      { ...view, top },
      lines.slice(top, top + room),
      lines.length,
      keys,
      canvas,
    );
    const key = await desk.asker.key(Number.NEGATIVE_INFINITY, () => desk.board.draw(drawn));
    if (LEAVE.has(key)) break;
    if (key === 'y') {
      process.stdout.write(clipboard(sources[view.source]?.text ?? ''));
      await desk.asker.say(['', 'Copied to the clipboard, where the terminal allows it.']);
    } else if (key === 'p') await page(sources[view.source]?.text ?? '', desk);
    else if (key === '/') view = { ...view, ...(await find(lines, top, desk)) };
    else view = { ...view, ...moved(key, { ...view, top }, sources, lines, room) };
  }
  await desk.board.leave();
}

const LEAVE: ReadonlySet<string> = new Set(['escape', 'q', 'v', 'return', 'end', 'ctrl-c']);

interface View {
  readonly source: number;
  readonly isDifference: boolean;
  /** First line that is shown; `null`: as far down as there is. */
  readonly top: number | null;
  readonly term: string;
  /** What was looked for stands nowhere. */
  readonly isLost: boolean;
}

/** Lines of what is looked at, kept until something else is or the screen has another width. */
function remembered(lay: typeof linesOf): typeof linesOf {
  let of: readonly [source: number, isDifference: boolean, width: number] | null = null;
  let lines: readonly string[] = [];
  return (sources, view, canvas) => {
    const now = [view.source, view.isDifference, canvas.width] as const;
    if (of?.every((part, at) => part === now[at]) !== true) lines = lay(sources, view, canvas);
    of = now;
    return lines;
  };
}

function keyLines(
  sources: readonly OutputSource[],
  { source, term, isLost }: View,
  { width, marks, style }: Canvas,
): readonly string[] {
  const words = [
    `${marks.up}${marks.down} scroll`,
    ...(sources[source + 1] === undefined ? [] : ['d difference']),
    ...(sources.length > 1 ? [`1-${sources.length} which`] : []),
    '/ find',
    'y copy',
    'p pager',
    'Esc back',
  ];
  const lost = isLost ? [style('careful', clip(`“${term}” stands nowhere in it`, width))] : [];
  return [...lost, ...flowed(words, width).map((line) => style('dim', line))];
}

function linesOf(
  sources: readonly OutputSource[],
  { source, isDifference }: View,
  canvas: Canvas,
): readonly string[] {
  const text = asShown(sources[source]?.text ?? '');
  const before = sources[source + 1];
  const { width, style } = canvas;
  if (!isDifference || before === undefined)
    return screenLines(text, width - 2).map((line) => `  ${line}`);
  const parts = linesCompared(
    asShown(before.text).slice(0, MOST_COMPARED),
    text.slice(0, MOST_COMPARED),
  );
  return parts.flatMap(({ value, added, removed }) =>
    screenLines(value, width - 2).map((line) => {
      if (added) return style('good', `+ ${line}`);
      return removed ? style('bad', `- ${line}`) : `  ${line}`;
    }),
  );
}

function viewLines(
  title: string,
  sources: readonly OutputSource[],
  view: View & { readonly top: number },
  shown: readonly string[],
  count: number,
  keys: readonly string[],
  canvas: Canvas,
): readonly string[] {
  const { style, width, marks } = canvas;
  const label = sources[view.source]?.label ?? '';
  const other = sources[view.source + 1]?.label;
  const what = view.isDifference && other !== undefined ? `${label}, against ${other}` : label;
  const place =
    count === 0 ? 'no output' : `${view.top + 1}-${view.top + shown.length} of ${count}`;
  const names = sources.map((source, at) => `${at + 1} ${source.label}`).join('   ');
  return [
    style('strong', spread(`Output of ${title}: ${what}`, place, width)),
    style('dim', marks.rule.repeat(width)),
    ...shown.map((line) => highlighted(line, view.term, canvas)),
    style('dim', marks.rule.repeat(width)),
    style('dim', clip(names, width)),
    ...keys,
    '> ',
  ];
}

/** A line with the words that are looked for set off; a line that is coloured already stays as it is. */
function highlighted(line: string, term: string, { style }: Canvas): string {
  if (term === '' || line.includes('\u001b')) return line;
  const at = line.toLowerCase().indexOf(term.toLowerCase());
  if (at < 0) return line;
  return `${line.slice(0, at)}${style('here', line.slice(at, at + term.length))}${line.slice(at + term.length)}`;
}

function moved(
  key: string,
  { top, isDifference }: View & { readonly top: number },
  sources: readonly OutputSource[],
  lines: readonly string[],
  room: number,
): Partial<View> {
  const by: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    pageup: -room,
    pagedown: room,
    space: room,
    home: -lines.length,
    g: -lines.length,
    G: lines.length,
  };
  const number = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
  if (number >= 0 && number < sources.length)
    return { source: number, top: null, isDifference: false };
  if (key === 'd' && sources.length > 1) return { isDifference: !isDifference, top: 0 };
  return { top: Math.max(0, top + (by[key] ?? 0)) };
}

async function find(lines: readonly string[], from: number, desk: Desk): Promise<Partial<View>> {
  await desk.board.leave();
  const term = (await desk.asker.questions.text('Find:'))?.trim() ?? '';
  if (term === '') return { term: '', isLost: false };
  const order = lines.map((_, at) => (from + 1 + at) % lines.length);
  const found = order.find((at) => (lines[at] ?? '').toLowerCase().includes(term.toLowerCase()));
  return found === undefined
    ? { term, isLost: true }
    : { term, isLost: false, top: Math.max(0, found - 2) };
}

async function page(text: string, desk: Desk): Promise<void> {
  await desk.board.leave();
  const pager = process.env['PAGER'] || 'less';
  spawnSync('/bin/sh', ['-c', pager], {
    input: asShown(text),
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, LESS: process.env['LESS'] ?? 'R' },
  });
}

function sayOutput(title: string, sources: readonly OutputSource[], desk: Desk): Promise<void> {
  const { width } = desk.canvas();
  return desk.asker.say(
    sources.flatMap(({ label, text }) => [
      '',
      `Output of ${title}, ${label}:`,
      ...screenLines(asShown(text), width),
    ]),
  );
}
