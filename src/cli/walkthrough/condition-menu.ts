import type { Decision, OpenCondition, Situation } from '../../engine/contracts/operator.ts';
import { askedOf, type StepCondition } from '../../engine/model/step-condition.ts';
import { heldUp } from '../../engine/planning/conditions.ts';
import { counted } from '../progress/words.ts';
import { type Canvas, fold, leadLines, numbered, sentences } from './canvas.ts';
import { clocksAt } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { countedTitle } from './counted-title.ts';
import { type Choosing, type Desk, leadOnce, reasonFor, showStop } from './desk.ts';
import { type Choice, keyLine } from './keys.ts';
import { pickFromList } from './list-board.ts';
import { partText } from './part-text.ts';
import { effectTone, effectWord, headLines, plainTitle, titled } from './step-screen.ts';

const MOST_LINES = 12;
const MOST_ALTERNATIVES = 9;

/** Asks whether a step's condition holds, or which of several alternatives is the one to be done. */
export async function conditionMenu(
  situation: Situation,
  open: OpenCondition,
  desk: Desk,
): Promise<Decision> {
  desk.mode.runOn = false;
  const lead = leadOnce(situation, desk);
  const stop = conditionScreen(situation, open, lead, desk);
  const keys = keysOf(situation, open, desk.canvas());
  const keyLines = keyLine(keys, desk.canvas()).length + 1;
  // What does not fit the screen is read a screenful at a time, up to its end.
  const isText = stop.length + keyLines > desk.canvas().rows;
  await showStop(desk, { lead, stop, keyLines, isText });
  const clocks = clocksAt(situation, desk);
  for (;;) {
    const remark = 'Enter is off here: only you can tell.';
    const key = await desk.asker.choose(keys, { remark, clocks });
    const decision = await answer(key, situation, open, desk);
    if (decision === null) continue;
    if (decision.do === 'holds') {
      desk.mode.judged.add(decision.condition ?? open.condition.id);
      desk.mode.agreed = stepUnder(situation, open, decision.condition);
    }
    return decision;
  }
}

/** The step that "yes, run it" was said of: this one, or the first that stands under what was chosen. */
function stepUnder(
  { planned }: Situation,
  { condition, alternatives }: OpenCondition,
  chosen = condition.id,
): string | null {
  const under = alternatives.find((one) => one.condition.id === chosen)?.under ?? [];
  const own = under.find((one) => one.planned.id === planned.id) ?? under[0];
  return own?.planned.id ?? null;
}

const LOOK: Choice = { key: '!', word: 'look', says: 'look first (a command of your own)' };
const OTHERS = COMMON_KEYS.filter(({ key }) => key !== '!');
const KEYS: readonly Choice[] = [
  { key: 'y', word: 'yes', says: 'yes, run it' },
  { key: 'x', word: 'no', says: 'no, it does not apply' },
  LOOK,
  ...OTHERS,
];

const GATE_KEYS: readonly Choice[] = [
  { key: 'y', word: 'yes', says: 'yes, go on' },
  { key: 'x', word: 'no', says: 'no, stop: what it holds up is left' },
  LOOK,
  ...OTHERS,
];

function keysOf(
  { planned: here }: Situation,
  open: OpenCondition,
  { plain }: Canvas,
): readonly Choice[] {
  if (open.alternatives.length > 1) return alternativeKeys(open, plain);
  if (open.condition.gate !== undefined) return GATE_KEYS;
  const isByPerson = here.by === 'person';
  // Nothing runs where a person does it.
  return isByPerson ? KEYS.map((one) => (one.key === 'y' ? { ...one, says: 'yes' } : one)) : KEYS;
}

/** A key is one digit: where there are more, they are chosen from a list. In plain words any number can be said. */
function alternativeKeys({ alternatives }: OpenCondition, plain: boolean): readonly Choice[] {
  const isMany = alternatives.length > MOST_ALTERNATIVES && !plain;
  const choices = alternatives.map(({ condition }, at) => ({
    key: String(at + 1),
    word: String(at + 1),
    says: condition.text,
  }));
  return [
    ...(isMany
      ? [{ key: 'c', word: 'choose', says: `choose from the list (${choices.length})` }]
      : choices),
    { key: 'x', word: 'none', says: 'none of them' },
    LOOK,
    ...OTHERS,
  ];
}

/** The alternative that a person takes from a list that scrolls. */
async function fromList({ alternatives }: OpenCondition, desk: Desk): Choosing {
  await desk.asker.say(['']);
  const rows = alternatives.map(({ condition: { id, text } }, at) => ({
    value: id,
    mark: '',
    markWidth: 0,
    text: countedTitle(at + 1, text),
    aside: '',
  }));
  const frame = { title: WHICH, aside: `${rows.length}`, enter: 'do this one', start: 0 };
  const picked = await pickFromList(rows, frame, desk);
  return picked === undefined ? null : { do: 'holds', condition: picked.value };
}

const WHICH = 'At most one of these is to be done. Which one?';

async function answer(
  key: string,
  situation: Situation,
  open: OpenCondition,
  desk: Desk,
): Choosing {
  const isChoice = open.alternatives.length > 1;
  const chosen = isChoice ? open.alternatives[Number(key) - 1] : undefined;
  if (chosen !== undefined) return { do: 'holds', condition: chosen.condition.id };
  if (isChoice && key === 'c') return fromList(open, desk);
  if (key === 'y') return { do: 'holds' };
  if (key === 'x') {
    const question = isChoice
      ? 'Why none of them?'
      : open.condition.gate === undefined
        ? 'Why does it not hold?'
        : 'Why does it stop here?';
    const why = await reasonFor(desk, question);
    return why === undefined ? null : { do: 'does-not-hold', why, all: isChoice };
  }
  return commonKey(key, situation, desk, keysOf(situation, open, desk.canvas()));
}

function conditionScreen(
  situation: Situation,
  open: OpenCondition,
  lead: string,
  desk: Desk,
): readonly string[] {
  const canvas = desk.canvas();
  const { width, style, plain } = canvas;
  const { position, planned } = situation;
  const isChoice = open.alternatives.length > 1;
  const question = isChoice ? WHICH : askedOf(open.condition);
  const effect = effectWord(planned.step.effect);
  const title = countedTitle(position, planned.step.title);
  const tags = { tags: `CONDITION  ${effect}`, tone: effectTone(planned) };
  const asked = fold(question, width).map((line) => style('careful', line));
  return [
    ...(plain ? leadLines(lead, canvas) : []),
    ...headLines(situation, desk.lore(situation), canvas),
    ...(plain
      ? fold(sentences(...plainTitle(situation), 'A condition', `Effect: ${effect}`), width)
      : titled({ title, tone: 'strong' }, tags, canvas)),
    ...(isChoice ? ['', ...asked] : []),
    ...comesFirst(situation, canvas),
    ...holdsUp(open, canvas),
    ...open.alternatives.flatMap(({ condition, under }, at) => [
      ...(isChoice ? ['', ...fold(`${at + 1}  ${condition.text}`, width)] : []),
      ...shownOf(condition, under).flatMap((one) => guarded(one, condition, situation, desk)),
    ]),
    // What is asked stands right above its keys, however high the stop is.
    ...(isChoice ? [] : ['', ...asked]),
    '',
  ];
}

/** Of a gate, how far what it holds up reaches. */
function holdsUp({ condition, alternatives }: OpenCondition, canvas: Canvas): readonly string[] {
  const held = heldUp(
    condition,
    alternatives.flatMap(({ under }) => under.map(({ planned }) => ({ condition, planned }))),
  );
  if (held === null || held.steps === 1) return [];
  const last = `the last is “${held.last.step.title}”, line ${held.last.step.line}`;
  return ['', ...fold(`It holds up ${counted(held.steps, 'step')}: ${last}. First:`, canvas.width)];
}

type Under = OpenCondition['alternatives'][number]['under'];

/** What a gate holds up may be the rest of the page: the first of it is enough. */
const shownOf = ({ gate }: StepCondition, under: Under): Under =>
  gate === undefined ? under : under.slice(0, 1);

/** Parts of the same fence that stand before the condition, and are to be done in any case. */
function comesFirst(situation: Situation, canvas: Canvas): readonly string[] {
  const { partsBehind, planned, text } = situation;
  const { step } = planned;
  if (partsBehind.length > 0) return [];
  const first = step.parts.findIndex(({ condition }) => condition !== undefined);
  if (first < 1) return [];
  const before = step.parts.slice(0, first).map((_, at) => partText(step, text, at));
  return [
    '',
    'Before it, in any case:',
    '',
    ...numbered(before.join('\n'), canvas, { most: MOST_LINES }),
  ];
}

/** What is done if it holds, as far as it fits. */
function guarded(
  { planned, part }: Under[number],
  { text: said }: StepCondition,
  situation: Situation,
  desk: Desk,
): readonly string[] {
  const canvas = desk.canvas();
  const isHere = planned.id === situation.planned.id;
  const whole = isHere ? situation.text : planned.step.text;
  const text = part === null ? whole : partText(planned.step, whole, part);
  const { title } = planned.step;
  // A heading that is the condition was said already.
  if (planned.by === 'person') return title === said ? [] : fold(title, canvas.width, '  ');
  return ['', ...numbered(text, canvas, { most: MOST_LINES })];
}
