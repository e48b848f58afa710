import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { clocksAt } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, leadOnce, reasonFor } from './desk.ts';
import type { Choice } from './keys.ts';
import { stepScreen } from './step-screen.ts';

/** A step that a person carries out and that stands alone: an instruction, or text to be read. */
export async function instructionMenu(situation: Situation, desk: Desk): Promise<Decision> {
  const lore = { ...desk.lore(situation), lead: leadOnce(situation, desk) };
  if (desk.mode.shown !== situation.planned.id)
    await desk.asker.say(stepScreen(situation, lore, desk.canvas()));
  desk.mode.shown = null;
  const clocks = clocksAt(situation, desk);
  for (;;) {
    const key = await desk.asker.choose(keysOf(situation, lore.codes), { clocks });
    const decision = await answer(key, situation, desk, lore.codes);
    if (decision === null) continue;
    if (decision.do === 'note' || decision.do === 'command') desk.mode.shown = situation.planned.id;
    return decision;
  }
}

function keysOf({ planned }: Situation, codes: readonly string[]): readonly Choice[] {
  const isText = planned.reading === true;
  return [
    { key: 'd', word: 'done', says: isText ? 'done: I have read it' : 'done' },
    ...(codes.length === 0
      ? []
      : [{ key: 'r', word: 'run', says: `run the code in it (${codes.length})` }]),
    { key: 's', word: 'skip', says: 'skip' },
    ...(isText ? [] : [{ key: 'x', word: 'not applicable', says: 'does not apply' }]),
    { key: 'f', word: 'failed', says: 'could not be done: what now?' },
    ...COMMON_KEYS,
  ];
}

async function answer(
  key: string,
  situation: Situation,
  desk: Desk,
  codes: readonly string[],
): Choosing {
  if (key === 'd') return { do: 'confirm' };
  if (key === 'x') return withReason(desk, 'Why does it not apply?', 'not-applicable');
  if (key === 'f') return withReason(desk, 'What stood in the way?', 'decline');
  if (key === 's') return withReason(desk, 'Why skip it?', 'skip');
  if (key === 'r') return itsCommand(desk, codes);
  return commonKey(key, situation, desk, keysOf(situation, codes));
}

/** Runs a command that stands in the words of what a person is to do, once they said so. */
export async function itsCommand(desk: Desk, codes: readonly string[]): Choosing {
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
