import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import { counted } from '../progress/words.ts';
import { clockTime, leadLines } from './canvas.ts';
import {
  checklistInWords,
  checklistScreen,
  findItem,
  type ItemState,
  type ListView,
  longInsides,
} from './checklist-screen.ts';
import { clocksAt } from './clock.ts';
import { clockLine } from './clock-line.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, leadOnce, type OpenList, reasonFor } from './desk.ts';
import { itsCommand } from './instruction-menu.ts';
import { type Choice, keyLine } from './keys.ts';
import { headLines } from './step-screen.ts';

const CARET = '> ';

/**
 * Goes through a checklist as a group: every answer is a decision of its own, on disk before the screen shows it. The
 * list stands at the bottom of the screen and is drawn again in its place.
 */
export async function checklistMenu(situation: Situation, desk: Desk): Promise<Decision> {
  const list = openList(situation, desk);
  // Something else was shown since: whoever is here again wants to see it.
  if (desk.mode.led !== list.first) list.isPassed = false;
  const outcome = list.outcomes.get(situation.planned.id);
  if (list.isPassed && outcome !== undefined) return standing(situation.planned, outcome);
  if (desk.canvas().plain) return inWords(situation, desk, list);
  if (!desk.board.isOpen) {
    const text = above(situation, list, desk);
    await desk.asker.tell(text, Math.min(desk.canvas().rows, list.group.length + LIST_AROUND));
  }
  // Keys typed while an answer was stored count: the list stood on the screen.
  let openedAt = desk.board.isOpen ? Number.NEGATIVE_INFINITY : performance.now();
  let typed = '';
  const clocks = clocksAt(situation, desk);
  for (;;) {
    const items = itemsOf(list);
    const now = typed;
    const status = (): string => clockLine(clocks(), desk.canvas(), openInWords(items));
    const key = await desk.asker.key(
      openedAt,
      () => draw(desk, list, items, { typed: now, status: status() }),
      () => desk.board.rewrite(1, status()),
    );
    openedAt = Number.NEGATIVE_INFINITY;
    if (/^\d$/.test(key)) {
      typed = toNumber(typed + key, list);
      continue;
    }
    typed = '';
    if (moves(key, list, items.length, desk)) continue;
    if (key === '/') await find(desk, list, items);
    else {
      const decision = await answer(key, { situation, desk, list, items });
      if (decision !== null) return decision;
      openedAt = desk.board.isOpen ? openedAt : performance.now();
    }
  }
}

/** An answer is on disk: the list shows it; with the last one it is done. */
export async function showAnswer(event: RunEvent, desk: Desk): Promise<boolean> {
  const { list } = desk.mode;
  if (list === null || !('stepId' in event) || event.stepId === undefined) return false;
  if (!list.group.some(({ id }) => id === event.stepId)) return false;
  const { stepId } = event;
  if (event.type === 'step.finished' && event.by !== undefined) {
    list.outcomes.set(stepId, event.outcome);
    const when = `${clockTime(new Date())} ${event.by}`;
    list.remarks.set(stepId, event.note === undefined ? when : `${when}: ${event.note}`);
  } else if (event.type === 'step.skipped') {
    list.outcomes.set(stepId, 'skipped');
    list.remarks.set(stepId, event.why);
  } else if (event.type === 'step.resolved') {
    list.outcomes.delete(stepId);
    list.remarks.delete(stepId);
  } else return false;
  if (!desk.board.isOpen) return false;
  const items = itemsOf(list);
  if (items.some(({ mark }) => mark === 'open')) return true;
  await desk.board.draw(checklistScreen(list.title, items, null, desk.canvas()));
  await desk.board.leave();
  return true;
}

/** Items of the same list that follow one another in the plan: same procedure, label and type. */
function groupOf({ plan, position, planned }: Situation): readonly PlannedStep[] {
  const same = (other: PlannedStep | undefined): other is PlannedStep =>
    other !== undefined &&
    other.step.type === planned.step.type &&
    other.step.procedure === planned.step.procedure &&
    other.step.label === planned.step.label &&
    other.phase === planned.phase;
  let from = position - 1;
  let to = position - 1;
  while (same(plan.steps[from - 1])) from -= 1;
  while (same(plan.steps[to + 1])) to += 1;
  return plan.steps.slice(from, to + 1);
}

function openList(situation: Situation, desk: Desk): OpenList {
  const group = groupOf(situation);
  const first = group[0]?.id ?? situation.planned.id;
  const { mode } = desk;
  const at = group.findIndex(({ id }) => id === situation.planned.id);
  if (mode.list?.first !== first)
    mode.list = {
      first,
      title: titleOf(situation),
      group,
      cursor: Math.max(0, at),
      remarks: new Map(mode.answered),
      outcomes: new Map(),
      isPassed: false,
    };
  mode.list.outcomes.clear();
  for (const { id } of group) {
    const outcome = situation.outcomes.get(id);
    if (outcome !== undefined && outcome !== 'unknown') mode.list.outcomes.set(id, outcome);
  }
  return mode.list;
}

/** Lines around the items of a list: its title, its keys, what is typed. */
const LIST_AROUND = 10;

function titleOf({ plan, planned }: Situation): string {
  const procedure = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
  return planned.step.label || procedure?.title || plan.runbook.title;
}

function itemsOf(list: OpenList): readonly ItemState[] {
  return list.group.map((planned) => {
    const outcome = list.outcomes.get(planned.id);
    const remark = list.remarks.get(planned.id) ?? (outcome === undefined ? '' : 'recorded');
    return { planned, mark: markOf(outcome), remark };
  });
}

function markOf(outcome: string | undefined): ItemState['mark'] {
  if (outcome === undefined) return 'open';
  if (outcome === 'confirmed' || outcome === 'passed') return 'done';
  if (outcome === 'declined' || outcome === 'failed') return 'declined';
  return outcome === 'skipped' ? 'skipped' : 'not-applicable';
}

function above(situation: Situation, list: OpenList, desk: Desk): readonly string[] {
  const canvas = desk.canvas();
  const lore = desk.lore(situation);
  const isNew = desk.mode.led !== list.first;
  const isFirst = situation.plan.steps.indexOf(situation.planned) === 0;
  const lead = leadLines(leadOnce(situation, desk, list.first), canvas);
  return [
    ...lead,
    ...(isNew ? longInsides(itemsOf(list), canvas) : []),
    ...(isFirst && lead.length === 0 ? [''] : []),
    ...headLines(situation, lore, canvas),
  ];
}

/** Why Enter does nothing here. */
function openInWords(items: readonly ItemState[]): string {
  const open = items.filter(({ mark }) => mark === 'open').length;
  return open === 0 ? '' : `Enter is off: ${counted(open, 'item')} open.`;
}

async function draw(
  desk: Desk,
  list: OpenList,
  items: readonly ItemState[],
  { typed, status }: { readonly typed: string; readonly status: string },
): Promise<void> {
  const canvas = desk.canvas();
  const keys = ['', ...keyLine(keysOf(items, codesOf(list, desk)), canvas)];
  const room = Math.max(3, canvas.rows - keys.length - 5);
  const view: ListView = { cursor: list.cursor, room, term: '' };
  await desk.board.draw([
    ...checklistScreen(list.title, items, view, canvas),
    ...keys,
    status,
    `${CARET}${typed}`,
  ]);
}

/** The number typed so far, and the cursor there; what is no item's begins anew. */
function toNumber(digits: string, list: OpenList): string {
  for (const typed of [digits, digits.slice(-1)]) {
    const at = Number(typed) - 1;
    if (at < 0 || at >= list.group.length) continue;
    list.cursor = at;
    return typed;
  }
  return '';
}

function moves(key: string, list: OpenList, count: number, desk: Desk): boolean {
  const page = Math.max(1, desk.canvas().rows - 12);
  const by: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    pageup: -page,
    pagedown: page,
    home: -count,
    end: 0,
  };
  const step = key === 'end-of-list' ? count : by[key];
  if (step === undefined || key === 'end') return false;
  list.cursor = Math.min(count - 1, Math.max(0, list.cursor + step));
  return true;
}

/** Asks for words and goes to the next item that holds them, again and again until Enter or Esc. */
async function find(desk: Desk, list: OpenList, items: readonly ItemState[]): Promise<void> {
  let term = '';
  let isFound = true;
  for (;;) {
    const canvas = desk.canvas();
    const room = Math.max(3, canvas.rows - 6);
    const hint = isFound
      ? 'type to find, Enter goes there, Esc leaves'
      : 'nothing matches: Backspace takes a letter back';
    const lines = [
      ...checklistScreen(list.title, items, { cursor: list.cursor, room, term }, canvas),
      '',
      canvas.style(isFound ? 'dim' : 'careful', hint),
      `/${term}`,
    ];
    const key = await desk.asker.key(Number.NEGATIVE_INFINITY, () => desk.board.draw(lines));
    if (key === 'return' || key === 'escape' || key === 'end' || key === 'ctrl-c') return;
    if (key === 'backspace') term = term.slice(0, -1);
    else if (key === 'space') term += ' ';
    else if ([...key].length === 1) term += key;
    const found = term === '' ? undefined : findItem(items, term, list.cursor);
    isFound = term === '' || found !== undefined;
    if (found !== undefined) list.cursor = found;
  }
}

interface Going {
  readonly situation: Situation;
  readonly desk: Desk;
  readonly list: OpenList;
  readonly items: readonly ItemState[];
}

async function answer(key: string, going: Going): Choosing {
  const { situation, desk, list, items } = going;
  const item = items[list.cursor];
  const choices = desk.canvas().plain
    ? wordsOf(items, desk, list)
    : keysOf(items, codesOf(list, desk));
  if (item === undefined) return commonKey(key, situation, desk, choices);
  switch (key) {
    case 'space':
      return toggle(item, going);
    case 'd':
      return tickNext(item, going);
    case 'x':
      return withReason(item, going, `Why does “${short(item)}” not apply?`, 'not-applicable');
    case 'f':
      return withReason(item, going, `“${short(item)}” is not so: what is the case?`, 'declined');
    case 'n':
      return noteAt(item, desk);
    case 'c':
      if (codesOf(list, desk).length === 0) return null;
      await desk.board.leave();
      return itsCommand(desk, desk.lore({ ...situation, planned: item.planned }).codes);
    case 'return':
      return nextOpen(going) === undefined ? tickNext(item, going) : null;
    case 'escape':
      return null;
    default:
      if (!COMMON_KEYS.some((one) => one.key === key) && !LEAVING.has(key)) return null;
      await desk.board.leave();
      return commonKey(key, situation, desk, choices);
  }
}

const LEAVING: ReadonlySet<string> = new Set(['end', 'ctrl-c', 'ctrl-d', 'suspended']);
const short = ({ planned }: ItemState): string =>
  planned.step.title.length > 40 ? `${planned.step.title.slice(0, 39)}…` : planned.step.title;

function nextOpen({ items, list }: Going): ItemState | undefined {
  const order = items.map((_, at) => items[(list.cursor + at) % items.length]);
  return order.find((item) => item?.mark === 'open');
}

/** Ticks an item, or the next that is open; where none is, the list was come back to, and is left as it stands. */
async function tickNext(item: ItemState, going: Going): Choosing {
  const { situation, desk, list } = going;
  const next = item.mark === 'open' ? item : nextOpen(going);
  if (next !== undefined) return tick(next, going);
  const outcome = list.outcomes.get(situation.planned.id);
  if (outcome === undefined) return null;
  list.isPassed = true;
  await desk.board.leave();
  return standing(situation.planned, outcome);
}

/** What was answered is answered once more: whoever went back to it leaves it so. */
function standing({ id }: PlannedStep, outcome: string): Decision {
  const why = 'left as it was answered before';
  const mark = markOf(outcome);
  if (mark === 'done') return { do: 'settle', stepId: id, outcome: 'confirmed' };
  if (mark === 'not-applicable') return { do: 'settle', stepId: id, outcome: mark, note: why };
  return mark === 'skipped' ? { do: 'skip', why } : { do: 'go-on', why };
}

async function toggle(item: ItemState, going: Going): Choosing {
  if (item.mark === 'open') return tick(item, going);
  return { do: 'reopen', stepId: item.planned.id, why: 'unticked' };
}

async function tick(item: ItemState, { list, items }: Going): Choosing {
  if (item.mark !== 'open') return null;
  const at = items.indexOf(item);
  const after = items.findIndex(({ mark }, index) => index > at && mark === 'open');
  list.cursor = after < 0 ? at : after;
  return { do: 'settle', stepId: item.planned.id, outcome: 'confirmed' };
}

async function withReason(
  item: ItemState,
  { desk }: Going,
  question: string,
  outcome: 'not-applicable' | 'declined',
): Choosing {
  await desk.board.leave();
  const note = await reasonFor(desk, question);
  return note === undefined ? null : { do: 'settle', stepId: item.planned.id, outcome, note };
}

async function noteAt(item: ItemState, desk: Desk): Choosing {
  await desk.board.leave();
  const text = await desk.asker.questions.text(`Note on “${short(item)}”:`);
  return text?.trim() ? { do: 'note', text: `${item.planned.step.title}: ${text.trim()}` } : null;
}

function codesOf(list: OpenList, desk: Desk): readonly string[] {
  const item = list.group[list.cursor];
  return item === undefined ? [] : desk.codesOf(item);
}

function keysOf(items: readonly ItemState[], codes: readonly string[]): readonly Choice[] {
  return [
    { key: 'Space', word: 'tick', says: 'tick or untick' },
    { key: 'd', word: 'done', says: 'done, next' },
    { key: items.length > 1 ? `1-${items.length}` : '1', word: 'a number', says: 'go to' },
    { key: '/', word: 'find', says: 'find' },
    { key: 'x', word: 'not applicable', says: 'does not apply' },
    { key: 'f', word: 'not so', says: 'is not so: what now?' },
    ...(codes.length === 0 ? [] : [{ key: 'c', word: 'command', says: 'run its command' }]),
    ...COMMON_KEYS,
  ];
}

/** Plain mode: the list in words, a number to tick or untick, words for the rest. */
async function inWords(situation: Situation, desk: Desk, list: OpenList): Promise<Decision> {
  for (;;) {
    const items = itemsOf(list);
    const lead = leadLines(leadOnce(situation, desk, list.first), desk.canvas());
    await desk.asker.say([...lead, '', ...checklistInWords(list.title, items, desk.canvas())]);
    const key = await desk.asker.choose(wordsOf(items, desk, list), {});
    const number = /^\d+$/.test(key) ? Number(key) - 1 : -1;
    if (number >= 0) list.cursor = number;
    const going = { situation, desk, list, items };
    const decision = number >= 0 ? await toggleAt(number, going) : await answerInWords(key, going);
    if (decision !== null) return decision;
  }
}

async function toggleAt(at: number, going: Going): Choosing {
  const item = going.items[at];
  return item === undefined ? null : toggle(item, going);
}

async function answerInWords(key: string, going: Going): Choosing {
  if (key === 'x' || key === 'f') {
    const index = await whichOne(key, going);
    if (index < 0) return null;
    going.list.cursor = index;
  }
  return answer(key, going);
}

/** The only open item, or the one that is picked; -1: none. */
async function whichOne(key: 'x' | 'f', { items, desk }: Going): Promise<number> {
  const open = items.filter(({ mark }) => mark === 'open');
  const [only] = open;
  if (only !== undefined && open.length === 1) return items.indexOf(only);
  const id = await desk.asker.questions.pick(
    key === 'x' ? 'Which one does not apply?' : 'Which one is not so?',
    open.map(({ planned }) => ({ value: planned.id, label: planned.step.title })),
  );
  return items.findIndex(({ planned }) => planned.id === id);
}

function wordsOf(items: readonly ItemState[], desk: Desk, list: OpenList): readonly Choice[] {
  const numbers = items.map((_, at) => String(at + 1));
  return [
    { key: 'd', word: 'done', says: 'tick the next' },
    {
      key: `1-${items.length}`,
      word: items.length > 1 ? `a number from 1 to ${items.length} ticks or unticks` : '1',
      says: '',
    },
    ...keysOf(items, codesOf(list, desk)).filter(({ key }) => 'xfc'.includes(key)),
    ...COMMON_KEYS,
    ...numbers.map((key) => ({ key, word: key, says: '', hidden: true })),
  ];
}
