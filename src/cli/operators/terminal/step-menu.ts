import type { Decision, Situation } from '../../../engine/contracts/operator.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, reasonFor } from './desk.ts';
import type { Choice } from './keys.ts';
import { approvalWord, needsApproval, stepScreen } from './step-screen.ts';

/** Asks what to do with a step that a machine carries out. */
export async function stepMenu(situation: Situation, desk: Desk): Promise<Decision> {
  await desk.asker.say(stepScreen(situation, desk.lore(situation), desk.canvas()));
  for (;;) {
    const key = await desk.asker.choose(keysOf(situation), enterOf(situation));
    const decision = await carryOut(key, situation, desk);
    if (decision !== null) return decision;
  }
}

/** Asks for the approval of a step that destroys or wants to be confirmed: `undefined` when it was not given. */
export async function approve(situation: Situation, desk: Desk): Promise<string | undefined> {
  const { planned } = situation;
  if (planned.step.effect !== 'destroys') {
    const sure = await desk.asker.questions.confirm(`Run "${planned.step.title}"?`);
    return sure ? 'confirmed at the terminal' : undefined;
  }
  const word = approvalWord(planned);
  const typed = await desk.asker.questions.text(`It destroys. Type ${word} to run it:`);
  if (typed?.trim() === word) return `typed ${word}`;
  await desk.asker.say([`Not run: that was not "${word}".`]);
  return undefined;
}

function keysOf({ planned }: Situation): readonly Choice[] {
  const runs = planned.step.effect === 'destroys' ? 'run (asks for its target)' : 'run';
  const parts = planned.step.parts.slice(0, 9).map(({ title }, at) => ({
    key: String(at + 1),
    word: `part ${at + 1}`,
    says: `only "${title.slice(0, 24)}"`,
  }));
  return [
    { key: 'r', word: 'run', says: reads(planned.step.effect) ? 'run (Enter)' : runs },
    ...parts,
    { key: 's', word: 'skip', says: 'skip' },
    { key: 'e', word: 'edit', says: 'edit' },
    { key: 'm', word: 'done', says: 'done by hand' },
    ...(planned.probe === null ? [] : [{ key: 'v', word: 'probe', says: 'probe' }]),
    { key: 'a', word: 'on', says: 'run on' },
    ...COMMON_KEYS,
  ];
}

function enterOf({ planned }: Situation): { enter?: string; remark?: string } {
  if (needsApproval(planned)) return { remark: 'Enter is off here.' };
  return reads(planned.step.effect) ? { enter: 'r' } : {};
}

const reads = (effect: string): boolean => effect === 'reads' || effect === 'none';

async function carryOut(key: string, situation: Situation, desk: Desk): Choosing {
  switch (key) {
    case 'r':
      return runIt(situation, desk, {});
    case 'a':
      desk.mode.runOn = true;
      return runIt(situation, desk, {});
    case 's':
      return skip(desk);
    case 'e':
      return editIt(situation, desk);
    case 'm':
      return byHand(desk);
    case 'v':
      return { do: 'probe' };
    default:
      return /^[1-9]$/.test(key)
        ? runIt(situation, desk, { part: Number(key) - 1 })
        : commonKey(key, situation, desk);
  }
}

/** Runs the step, after its approval where one is needed. */
export async function runIt(
  situation: Situation,
  desk: Desk,
  how: { readonly text?: string; readonly part?: number },
): Choosing {
  if (!needsApproval(situation.planned)) return { do: 'run', ...how };
  const approval = await approve(situation, desk);
  return approval === undefined ? null : { do: 'run', approval, ...how };
}

/** Lets the person change the command; it runs only when it was changed and they say so. */
export async function editIt(situation: Situation, desk: Desk): Choosing {
  const { text } = situation.planned.step;
  const edited = await desk.asker.questions.edit('Edit the command:', text);
  if (edited === undefined || edited.trim() === '' || edited.trimEnd() === text.trimEnd()) {
    await desk.asker.say(['Nothing was changed.']);
    return null;
  }
  await desk.asker.say([
    '',
    ...edited
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
  ]);
  const sure = await desk.asker.questions.confirm('Run this instead?');
  return sure ? runIt(situation, desk, { text: edited }) : null;
}

export async function skip(desk: Desk): Choosing {
  const why = await reasonFor(desk, 'Why skip it?');
  return why === undefined ? null : { do: 'skip', why };
}

export async function byHand(desk: Desk): Choosing {
  const note = await reasonFor(desk, 'How was it done?');
  return note === undefined ? null : { do: 'confirm', note };
}
