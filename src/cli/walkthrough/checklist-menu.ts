import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import { clockTime } from './canvas.ts';
import { checklistScreen, type ItemState } from './checklist-screen.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, reasonFor } from './desk.ts';
import type { Choice } from './keys.ts';
import { headLines, stepScreen } from './step-screen.ts';

/** Answers for items of a checklist that were ticked before their turn, by planned id. */
export type Ahead = Map<
  string,
  Extract<Decision, { do: 'confirm' | 'not-applicable' | 'decline' }>
>;

const PAGE = 9;
const MAX_LEAD_LINES = 14;

/**
 * Goes through a checklist as a group. The item whose turn it is gets recorded as soon as it is
 * ticked; others that are ticked early are kept in `ahead` until their turn, a moment later.
 */
export async function checklistMenu(
  situation: Situation,
  desk: Desk,
  ahead: Ahead,
): Promise<Decision> {
  const group = groupOf(situation);
  for (;;) {
    const items = group.map((planned) => stateOf(planned, situation, ahead, desk));
    await desk.asker.say([
      ...(ahead.size === 0 ? headLines(situation, desk.lore(situation).user, desk.canvas()) : ['']),
      ...lead(situation, desk, ahead),
      ...checklistScreen(titleOf(situation), items, desk.canvas()),
    ]);
    const codes = codesOf({ situation, desk, items });
    const key = await desk.asker.choose(keysOf(items, codes), {
      remark: 'Enter is off: an item is ticked by its number, or the next one by d.',
    });
    const decision = await carryOut(key, { situation, desk, ahead, group, items });
    if (decision !== null) return decision;
    const own = ahead.get(situation.planned.id);
    if (own !== undefined) {
      ahead.delete(situation.planned.id);
      return own;
    }
  }
}

/** A step that a person carries out and that stands alone, such as an instruction. */
export async function instructionMenu(situation: Situation, desk: Desk): Promise<Decision> {
  await desk.asker.say(stepScreen(situation, desk.lore(situation), desk.canvas()));
  for (;;) {
    const key = await desk.asker.choose([
      { key: 'd', word: 'done', says: 'done' },
      { key: 'x', word: 'not applicable', says: 'not applicable' },
      { key: 'f', word: 'failed', says: 'could not be done' },
      { key: 's', word: 'skip', says: 'skip' },
      ...commandKey(desk.lore(situation).codes),
      ...COMMON_KEYS,
    ]);
    const decision = await answer(key, situation, desk);
    if (decision !== null) return decision;
  }
}

async function answer(key: string, situation: Situation, desk: Desk): Choosing {
  if (key === 'd') return { do: 'confirm' };
  if (key === 'x') return withReason(desk, 'Why does it not apply?', 'not-applicable');
  if (key === 'f') return withReason(desk, 'What stood in the way?', 'decline');
  if (key === 's') return withReason(desk, 'Why skip it?', 'skip');
  if (key === 'c') return itsCommand(desk, desk.lore(situation).codes);
  return commonKey(key, situation, desk);
}

function commandKey(codes: readonly string[]): readonly Choice[] {
  return codes.length === 0 ? [] : [{ key: 'c', word: 'command', says: 'run its command' }];
}

/** Runs a command that stands in the words of what a person is to do, once they said so. */
async function itsCommand(desk: Desk, codes: readonly string[]): Choosing {
  const [only] = codes;
  if (codes.length > 1) {
    const choices = codes.map((code) => ({ value: code, label: code }));
    const text = await desk.asker.questions.pick('Run which command?', choices);
    return text === undefined ? null : { do: 'command', text };
  }
  if (only === undefined) return null;
  const sure = await desk.asker.questions.confirm(`Run \`${only}\`?`);
  return sure ? { do: 'command', text: only } : null;
}

async function withReason(
  desk: Desk,
  question: string,
  what: 'not-applicable' | 'decline' | 'skip',
): Choosing {
  const why = await reasonFor(desk, question);
  return why === undefined ? null : { do: what, why };
}

interface Going {
  readonly situation: Situation;
  readonly desk: Desk;
  readonly ahead: Ahead;
  readonly group: readonly PlannedStep[];
  readonly items: readonly ItemState[];
}

async function carryOut(key: string, going: Going): Choosing {
  const { situation, desk, ahead, items } = going;
  if (key === 'd' || key === 'space') {
    const next = items.find(({ mark }) => mark === 'open');
    if (next) ahead.set(next.planned.id, { do: 'confirm' });
    return null;
  }
  if (/^[1-9]$/.test(key)) return toggle(items[Number(key) - 1], going);
  if (key === 'x') return answerOne(going, 'Which one does not apply?', 'Why?', 'not-applicable');
  if (key === 'f') return answerOne(going, 'Which one is not so?', 'What is the case?', 'decline');
  if (key === 's') return withReason(desk, 'Why skip this item?', 'skip');
  const leaves = key === 'q' || key === 'end';
  if (key === 'c') return itsCommand(desk, codesOf(going));
  if (leaves && ahead.size > 0) return keepTicks(going);
  return commonKey(key, situation, desk);
}

/** Ticks that were not recorded yet are kept as a note before the run is left. */
async function keepTicks({ ahead, group, desk }: Going): Choosing {
  desk.mode.leaving = true;
  const titles = group.filter(({ id }) => ahead.has(id)).map(({ step }) => step.title);
  ahead.clear();
  return { do: 'note', text: `Ticked before quitting: ${titles.join('; ')}` };
}

async function toggle(item: ItemState | undefined, { ahead, situation }: Going): Choosing {
  if (item === undefined) return null;
  const { id } = item.planned;
  if (ahead.delete(id)) return null;
  if (situation.outcomes.has(id)) return { do: 'jump', to: id, why: 'to untick it' };
  ahead.set(id, { do: 'confirm' });
  return null;
}

async function answerOne(
  { desk, ahead, items }: Going,
  which: string,
  why: string,
  what: 'not-applicable' | 'decline',
): Choosing {
  const open = items.filter(({ mark }) => mark === 'open');
  const [only] = open;
  const id =
    open.length === 1 && only
      ? only.planned.id
      : await desk.asker.questions.pick(
          which,
          open.map(({ planned }) => ({ value: planned.id, label: planned.step.title })),
        );
  const reason = id === undefined ? undefined : await reasonFor(desk, why);
  if (id !== undefined && reason !== undefined) ahead.set(id, { do: what, why: reason });
  return null;
}

function codesOf({ situation, desk, items }: Pick<Going, 'situation' | 'desk' | 'items'>) {
  const open = items.filter(({ mark }) => mark === 'open');
  return open.flatMap(({ planned }) => desk.lore({ ...situation, planned }).codes);
}

function keysOf(items: readonly ItemState[], codes: readonly string[]): readonly Choice[] {
  const numbers = items.slice(0, PAGE).map((_, at) => ({
    key: String(at + 1),
    word: String(at + 1),
    says: '',
  }));
  const [first] = numbers;
  const last = numbers.at(-1);
  return [
    ...(first && last && first !== last
      ? [
          {
            key: `${first.key}-${last.key}`,
            word: `a number from ${first.key} to ${last.key}`,
            says: 'tick or untick',
          },
        ]
      : []),
    { key: 'd', word: 'done', says: 'tick the next' },
    { key: 'x', word: 'not applicable', says: 'not applicable' },
    { key: 'f', word: 'failed', says: 'is not so' },
    { key: 's', word: 'skip', says: 'skip' },
    ...commandKey(codes),
    ...COMMON_KEYS,
    ...numbers.map((choice) => ({ ...choice, hidden: true })),
  ];
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
  const all = plan.steps.slice(from, to + 1);
  const at = position - 1 - from;
  return all.length <= PAGE
    ? all
    : all.slice(
        Math.max(0, Math.min(at, all.length - PAGE)),
        Math.max(0, Math.min(at, all.length - PAGE)) + PAGE,
      );
}

function stateOf(
  planned: PlannedStep,
  { outcomes }: Situation,
  ahead: Ahead,
  desk: Desk,
): ItemState {
  const decision = ahead.get(planned.id);
  if (decision?.do === 'confirm') return { planned, mark: 'done', remark: clockTime(new Date()) };
  if (decision !== undefined)
    return {
      planned,
      mark: decision.do === 'decline' ? 'declined' : 'not-applicable',
      remark: decision.why,
    };
  const outcome = outcomes.get(planned.id);
  if (outcome === undefined || outcome === 'unknown') return { planned, mark: 'open', remark: '' };
  const mark =
    outcome === 'confirmed' ? 'done' : outcome === 'declined' ? 'declined' : 'not-applicable';
  return {
    planned,
    mark,
    remark: mark === 'done' ? (desk.canvas().plain ? '' : 'recorded') : outcome,
  };
}

function titleOf({ plan, planned }: Situation): string {
  const procedure = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
  return planned.step.label || procedure?.title || plan.runbook.title;
}

function lead(situation: Situation, desk: Desk, ahead: Ahead): readonly string[] {
  const canvas = desk.canvas();
  const { lead: markdown } = desk.lore(situation);
  if (ahead.size > 0 || markdown.trim() === '') return [];
  const lines = canvas.prose(markdown, canvas.width);
  // The list's own label is its title just below.
  const label = `${titleOf(situation)}:`;
  const shown = lines.at(-1)?.trim() === label ? lines.slice(0, -1) : lines;
  const rest = shown.length - MAX_LEAD_LINES;
  const above = rest > 0 ? [`  (${rest} lines above: ? shows them)`] : [];
  return shown.length === 0 ? [] : [...above, ...shown.slice(-MAX_LEAD_LINES), ''];
}
