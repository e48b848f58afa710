import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { type WayBack, type WaysBack, waysBack } from '../../engine/planning/ways-back.ts';
import { screenCode } from '../screen/safe-text.ts';
import { rewriteExpected } from '../writing/rewrite.ts';
import { clocksAt } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, type Ran, reasonFor } from './desk.ts';
import { type FailedAt, failedAt } from './failed-line.ts';
import { failureScreen } from './failure-screen.ts';
import type { Choice } from './keys.ts';
import {
  asBefore,
  byHand,
  byHandKey,
  editIt,
  partKeys,
  runIt,
  skip,
  skipKey,
} from './step-menu.ts';

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
    const key = await desk.asker.choose(keysOf(situation, failed, desk), { clocks });
    const decision = await carryOut(key, situation, desk, failed);
    if (decision === null) continue;
    if (decision.do === 'note') desk.mode.shown = situation.planned.id;
    return decision;
  }
}

/** A person said that it is not so, or could not be done: nothing ran that could run again. */
const isByHand = ({ planned, outcomes }: Situation): boolean =>
  outcomes.get(planned.id) === 'declined';

function keysOf(situation: Situation, failed: FailedAt | null, desk: Desk): readonly Choice[] {
  const back = backKeys(waysBackFrom(situation));
  const end: Choice = { key: 'x', word: 'stop', says: 'end the run as failed' };
  if (isByHand(situation))
    return [
      { key: 'r', word: 'again', says: 'take it back, ask again' },
      { key: 'g', word: 'go on', says: 'leave it so, go on' },
      ...back,
      end,
      ...COMMON_KEYS,
    ];
  return [...runKeys(situation, failed, desk), ...back, end, ...COMMON_KEYS];
}

function runKeys(situation: Situation, failed: FailedAt | null, desk: Desk): readonly Choice[] {
  const { planned, failure } = situation;
  const next = failed?.next ?? null;
  const isShell = planned.step.shell !== undefined;
  const hadTerminal = failure?.facts?.['terminal'] === true;
  const before = asBefore(situation, desk);
  const again = before.part === undefined ? 'retry' : `retry part ${before.part + 1}`;
  return [
    { key: 'r', word: 'retry', says: before.text === undefined ? again : `${again} as edited` },
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
    ...differenceKeys(situation, desk),
    // What comes behind a part that failed can be done all the same.
    ...(before.part === undefined ? [] : partKeys(planned.step).filter(({ key }) => key !== 'w')),
    { key: 'e', word: 'edit', says: 'edit and retry' },
    ...(planned.probe === null
      ? []
      : [{ key: 'k', word: 'probe', says: 'check again without running it' }]),
    byHandKey(situation),
    skipKey(situation),
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
      return runIt(situation, desk, asBefore(situation, desk));
    case 'c':
      return goOnBehind(situation, desk, failed);
    case 't':
      return runIt(situation, desk, {
        ...asBefore(situation, desk),
        terminal: situation.failure?.facts?.['terminal'] !== true,
      });
    case 'e':
      return editIt(situation, desk, asBefore(situation, desk));
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
      return /^[1-9]$/.test(key)
        ? runIt(situation, desk, { part: Number(key) - 1 })
        : commonKey(key, situation, desk, keysOf(situation, failed, desk));
  }
}

async function goOnBehind(situation: Situation, desk: Desk, failed: FailedAt | null): Choosing {
  if (failed?.next == null) return null;
  return runIt(situation, desk, { ...asBefore(situation, desk), fromLine: failed.next + 1 });
}

async function leaveSo(desk: Desk): Choosing {
  const why = await reasonFor(desk, 'Why can it go on?');
  return why === undefined ? null : { do: 'go-on', why };
}

const waysBackFrom = ({ plan, planned, outcomes }: Situation): WaysBack =>
  waysBack(plan, planned, outcomes);

/** What undoes this step, or else another procedure that the run has been in: the key says which of the two. */
function backKeys({ own, others }: WaysBack): readonly Choice[] {
  if (own.length > 0) return [{ key: 'u', word: 'rollback', says: 'roll back' }];
  const says = 'roll back another procedure';
  return others.length === 0 ? [] : [{ key: 'u', word: 'rollback', says }];
}

/** A rollback of something else is said with what it undoes. */
const undoing = ({ rollback: { title }, undoes }: WayBack): string =>
  undoes === null ? title : `${title} (undoes "${undoes.title}", not this step)`;

async function rollBack(situation: Situation, desk: Desk): Choosing {
  const { own, others } = waysBackFrom(situation);
  const ways = [
    ...own.map(({ rollback: { id, title } }) => ({ value: id, label: title })),
    ...others.map((way) => ({ value: way.rollback.id, label: undoing(way) })),
  ];
  const [only] = ways;
  if (only === undefined) return null;
  if (ways.length === 1 && own.length === 1) {
    const sure = await desk.asker.questions.confirm(`Roll back with "${only.label}"?`);
    return sure ? { do: 'rollback', procedure: only.value } : null;
  }
  const procedure = await desk.asker.questions.pick('Roll back with:', ways);
  return procedure === undefined ? null : { do: 'rollback', procedure };
}

/** It ran to its end, and printed something else than the page expects. */
function differs({ failure }: Situation): boolean {
  return (
    failure !== null &&
    (failure.exitCode ?? 0) === 0 &&
    (failure.expectations?.some(({ passed }) => !passed) ?? false)
  );
}

const isOfText = ({ part, fromLine, edited }: Ran): boolean =>
  part !== undefined || fromLine !== undefined || edited !== undefined;

/** What can be done about a difference, besides what can be done about any failure. */
function differenceKeys(situation: Situation, { mode: { ran } }: Desk): readonly Choice[] {
  if (!differs(situation)) return [];
  const { planned } = situation;
  // What a piece of the text printed, or an edited one, is not what the page's own prints.
  const isPiece = ran?.id === planned.id && isOfText(ran);
  const isOwn = planned.from === null && planned.step.expectation !== null && !isPiece;
  return [
    { key: 'd', word: 'accept', says: 'accept the difference (asks why)' },
    ...(isOwn ? [{ key: 'w', word: 'expect', says: 'expect this from now on' }] : []),
  ];
}

/** The difference is as it should be, this time: the step counts as carried out, its failed try stays in the record. */
async function acceptDifference(desk: Desk): Promise<Decision | null> {
  const why = await reasonFor(desk, 'Why is the difference right?');
  return why === undefined ? null : { do: 'confirm', note: `difference accepted: ${why}` };
}

/** Writes what came into the page's expected fence, once the person has seen what that changes; this run keeps its text. */
async function expectFromNow(situation: Situation, desk: Desk): Promise<null> {
  const { plan, planned } = situation;
  const file = join(plan.runbook.folder, basename(plan.runbook.path));
  const before = readFileSync(file, 'utf8');
  if (before !== plan.runbook.text) return say(desk, 'The page was changed since the run began.');
  const [latest] = await desk.outputs(planned.id);
  const output = stripVTControlCharacters(latest?.text ?? '').replace(/\r\n?/g, '\n');
  const after = rewriteExpected(before, plan.runbook, new Map([[planned.step.id, output]]));
  const [kept] = after.kept;
  if (kept !== undefined) return say(desk, `It stays as it is: ${kept.why}.`);
  if (after.steps.length === 0) return say(desk, 'The page expects it already.');
  const { patchBetween } = await import('../screen/difference.ts');
  const patch = patchBetween(
    basename(file),
    { text: before, is: 'as it is' },
    { text: after.text, is: 'as it ran' },
  );
  await desk.asker.say(['', ...screenCode(patch.trimEnd()).split('\n'), '']);
  if (!(await desk.asker.questions.confirm(`Write this into ${basename(file)}?`))) return null;
  writeFileSync(file, after.text);
  return say(desk, 'Written. This run goes on with the text it began with: d accepts it here.');
}

async function say(desk: Desk, line: string): Promise<null> {
  await desk.asker.say(['', line, '']);
  return null;
}
