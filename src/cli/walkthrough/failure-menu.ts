import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { clocksAt } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, reasonFor } from './desk.ts';
import { acceptDifference, differenceKeys, expectFromNow } from './expect-from-now.ts';
import { type FailedAt, failedAt } from './failed-line.ts';
import { failureScreen } from './failure-screen.ts';
import type { Choice } from './keys.ts';
import { byHand, editIt, runAgain, runIt, skip } from './step-menu.ts';

/** Asks what to do about an attempt that did not pass, or what a person says is not right. Enter decides nothing here. */
export async function failureMenu(situation: Situation, desk: Desk): Promise<Decision> {
  desk.mode.runOn = false;
  await desk.board.leave();
  const failed = failedAt(situation, desk.mode.ran);
  const lore = {
    failed,
    tail: desk.tail(),
    history: desk.history(situation),
    usually: desk.lore(situation).usually,
  };
  if (desk.mode.shown !== situation.planned.id)
    await desk.asker.say(failureScreen(situation, lore, desk.canvas()));
  desk.mode.shown = null;
  const clocks = clocksAt(situation, desk);
  for (;;) {
    const key = await desk.asker.choose(keysOf(situation, failed), { clocks });
    const decision = await carryOut(key, situation, desk, failed);
    if (decision === null) continue;
    if (decision.do === 'note') desk.mode.shown = situation.planned.id;
    return decision;
  }
}

/** A person said that it is not so, or could not be done: nothing ran that could run again. */
const isByHand = ({ planned, outcomes }: Situation): boolean =>
  outcomes.get(planned.id) === 'declined';

function keysOf(situation: Situation, failed: FailedAt | null): readonly Choice[] {
  const { plan } = situation;
  const back: readonly Choice[] =
    plan.rollbacks.length === 0 ? [] : [{ key: 'u', word: 'rollback', says: 'roll back' }];
  const end: Choice = { key: 'x', word: 'stop', says: 'end the run as failed' };
  if (isByHand(situation))
    return [
      { key: 'r', word: 'again', says: 'take it back, ask again' },
      { key: 'g', word: 'go on', says: 'leave it so, go on' },
      ...back,
      end,
      ...COMMON_KEYS,
    ];
  return [...runKeys(situation, failed), ...back, end, ...COMMON_KEYS];
}

function runKeys(situation: Situation, failed: FailedAt | null): readonly Choice[] {
  const { planned, failure } = situation;
  const next = failed?.next ?? null;
  const isShell = planned.step.shell !== undefined;
  const hadTerminal = failure?.facts?.['terminal'] === true;
  return [
    { key: 'r', word: 'retry', says: 'retry' },
    ...(next === null ? [] : [{ key: 'c', word: 'go on', says: `go on at line ${next + 1}` }]),
    ...(isShell
      ? [
          {
            key: 't',
            word: 'terminal',
            says: `retry ${hadTerminal ? 'without' : 'with'} a terminal`,
          },
        ]
      : []),
    ...differenceKeys(situation),
    { key: 'e', word: 'edit', says: 'edit and retry' },
    ...(planned.probe === null
      ? []
      : [{ key: 'k', word: 'probe', says: 'check again without running it' }]),
    { key: 'm', word: 'done', says: 'done by hand' },
    { key: 's', word: 'skip', says: 'skip' },
    { key: 'g', word: 'leave', says: 'leave it failed, go on' },
  ];
}

async function carryOut(
  key: string,
  situation: Situation,
  desk: Desk,
  failed: FailedAt | null,
): Choosing {
  switch (key) {
    case 'r':
      if (isByHand(situation))
        return { do: 'reopen', stepId: situation.planned.id, why: 'asked again' };
      return runAgain(situation, desk);
    case 'c':
      return goOnBehind(situation, desk, failed);
    case 't':
      return runIt(situation, desk, {
        ...asBefore(situation, desk),
        terminal: situation.failure?.facts?.['terminal'] !== true,
      });
    case 'e':
      return editIt(situation, desk);
    case 'd':
      return acceptDifference(desk);
    case 'w':
      return expectFromNow(situation, desk);
    case 'k':
      return { do: 'probe' };
    case 'm':
      return byHand(desk);
    case 's':
      return skip(desk);
    case 'g':
      return leaveSo(desk);
    case 'u':
      return rollBack(situation, desk);
    case 'x':
      return { do: 'stop' };
    default:
      return commonKey(key, situation, desk);
  }
}

/** What ran last: the same edited text, the same part. */
function asBefore({ planned }: Situation, { mode }: Desk): { text?: string; part?: number } {
  const { ran } = mode;
  if (ran?.id !== planned.id) return {};
  const part = ran.part === undefined ? -1 : planned.step.parts.indexOf(ran.part);
  return {
    ...(ran.edited === undefined ? {} : { text: ran.edited }),
    ...(part < 0 ? {} : { part }),
  };
}

async function goOnBehind(situation: Situation, desk: Desk, failed: FailedAt | null): Choosing {
  if (failed?.next == null) return null;
  return runIt(situation, desk, { ...asBefore(situation, desk), fromLine: failed.next + 1 });
}

async function leaveSo(desk: Desk): Choosing {
  const why = await reasonFor(desk, 'Why can it go on?');
  return why === undefined ? null : { do: 'go-on', why };
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
