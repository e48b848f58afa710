import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import type { Choosing, Desk } from './desk.ts';
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

function keysOf({ planned, plan }: Situation): readonly Choice[] {
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

async function carryOut(key: string, situation: Situation, desk: Desk): Choosing {
  switch (key) {
    case 'r':
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
