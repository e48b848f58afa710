import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, reasonFor } from './desk.ts';
import { failureScreen } from './failure-screen.ts';
import type { Choice } from './keys.ts';
import { byHand, editIt, runAgain, skip } from './step-menu.ts';

/** Asks what to do about an attempt that did not pass. Enter decides nothing here. */
export async function failureMenu(situation: Situation, desk: Desk): Promise<Decision> {
  desk.mode.runOn = false;
  await desk.asker.say(failureScreen(situation, desk.history(situation), desk.canvas()));
  for (;;) {
    const key = await desk.asker.choose(keysOf(situation));
    const decision = await carryOut(key, situation, desk);
    if (decision !== null) return decision;
  }
}

function keysOf(situation: Situation): readonly Choice[] {
  const { planned, plan } = situation;
  if (isByHand(situation))
    return [
      { key: 'r', word: 'again', says: 'take the answer back, ask again' },
      { key: 'g', word: 'go on', says: 'leave it so and go on' },
      ...(plan.rollbacks.length === 0 ? [] : [{ key: 'u', word: 'rollback', says: 'roll back' }]),
      { key: 'x', word: 'stop', says: 'end the run as failed' },
      ...COMMON_KEYS,
    ];
  return [
    { key: 'r', word: 'retry', says: 'retry' },
    { key: 'e', word: 'edit', says: 'edit and retry' },
    ...(planned.probe === null
      ? []
      : [{ key: 'v', word: 'probe', says: 'check again without running it' }]),
    { key: 'm', word: 'done', says: 'done by hand' },
    { key: 's', word: 'skip', says: 'skip' },
    ...(plan.rollbacks.length === 0 ? [] : [{ key: 'u', word: 'rollback', says: 'roll back' }]),
    { key: 'x', word: 'stop', says: 'end the run as failed' },
    ...COMMON_KEYS,
  ];
}

/** A person said that it is not so, or could not be done: nothing ran that could run again. */
const isByHand = ({ planned, outcomes }: Situation): boolean =>
  outcomes.get(planned.id) === 'declined';

async function leaveSo(desk: Desk): Choosing {
  const why = await reasonFor(desk, 'Why can it go on?');
  return why === undefined ? null : { do: 'go-on', why };
}

async function carryOut(key: string, situation: Situation, desk: Desk): Choosing {
  switch (key) {
    case 'g':
      return leaveSo(desk);
    case 'r':
      if (isByHand(situation))
        return { do: 'reopen', stepId: situation.planned.id, why: 'asked again' };
      return runAgain(situation, desk);
    case 'e':
      return editIt(situation, desk);
    case 'v':
      return { do: 'probe' };
    case 'm':
      return byHand(desk);
    case 's':
      return skip(desk);
    case 'u':
      return rollBack(situation, desk);
    case 'x':
      return { do: 'stop' };
    default:
      return commonKey(key, situation, desk);
  }
}

async function rollBack({ plan }: Situation, desk: Desk): Choosing {
  const [only] = plan.rollbacks;
  if (only === undefined) return null;
  if (plan.rollbacks.length === 1) {
    const sure = await desk.asker.questions.confirm(`Roll back with "${only.title}"?`);
    return sure ? { do: 'rollback', procedure: only.id } : null;
  }
  const procedure = await desk.asker.questions.pick(
    'Roll back with:',
    plan.rollbacks.map(({ id, title }) => ({ value: id, label: title })),
  );
  return procedure === undefined ? null : { do: 'rollback', procedure };
}
