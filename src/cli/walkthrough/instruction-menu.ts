import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { onlyReads } from '../../engine/model/effect.ts';
import { shellFacts } from '../../engine/shell/facts.ts';
import { clocksAt } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, leadOnce, reasonFor, showStop } from './desk.ts';
import { type Choice, keyLine } from './keys.ts';
import { typesTargets } from './step-menu.ts';
import { stepScreen, typable } from './step-screen.ts';

/** A step that a person carries out and that stands alone: an instruction, or text to be read. */
export async function instructionMenu(situation: Situation, desk: Desk): Promise<Decision> {
  const lore = { ...desk.lore(situation), lead: leadOnce(situation, desk) };
  if (desk.mode.shown !== situation.planned.id)
    await showStop(desk, {
      lead: lore.lead,
      stop: stepScreen(situation, lore, desk.canvas()),
      keyLines: keyLine(keysOf(situation, lore.codes), desk.canvas()).length,
      isText: true,
    });
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

/** Runs a command that stands in the words of what a person is to do, once they said so as its effect asks for. */
export async function itsCommand(desk: Desk, codes: readonly string[]): Choosing {
  const text = await chosen(desk, codes);
  if (text === undefined) return null;
  const { effect, targets } = shellFacts(text);
  if (effect === 'destroys') {
    const named = targets.filter(typable);
    const words = named.length > 0 ? named : [text.trim().split(/\s/, 1)[0] ?? ''];
    return (await typesTargets(desk, words)) ? { do: 'command', text } : null;
  }
  const isAsked = codes.length > 1 && onlyReads(effect);
  const sure = isAsked || (await desk.asker.questions.confirm(`Run \`${text}\`?`));
  return sure ? { do: 'command', text } : null;
}

async function chosen(desk: Desk, codes: readonly string[]): Promise<string | undefined> {
  const choices = codes.map((code) => ({ value: code, label: code }));
  return codes.length > 1 ? desk.asker.questions.pick('Run which command?', choices) : codes[0];
}

async function withReason(
  desk: Desk,
  question: string,
  what: 'not-applicable' | 'decline' | 'skip',
): Choosing {
  const why = await reasonFor(desk, question);
  return why === undefined ? null : { do: what, why };
}
