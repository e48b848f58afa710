import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { onlyReads } from '../../engine/model/effect.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { effectOf, wantsApproval } from '../../engine/planning/part-effect.ts';
import { shellFacts } from '../../engine/shell/facts.ts';
import { type Canvas, fold, numbered } from './canvas.ts';
import { clocksAt } from './clock.ts';
import { COMMON_KEYS, commonKey } from './common-keys.ts';
import { type Choosing, type Desk, leadOnce, reasonFor, showStop } from './desk.ts';
import { type Choice, keyLine } from './keys.ts';
import { partText } from './part-text.ts';
import { isPartByPart, nextPart, noteTried, partsRun } from './parts.ts';
import { approvalWords, isCut, stepScreen } from './step-screen.ts';

/** Asks what to do with a step that a machine carries out. */
export async function stepMenu(situation: Situation, desk: Desk): Promise<Decision> {
  const part = nextPart(situation, desk.mode);
  const { passed } = partsRun(situation, desk.mode);
  const known = { ...desk.lore(situation), lead: leadOnce(situation, desk), part, passed };
  const longest = keyLine(keysOf(situation, part, true), desk.canvas()).length;
  const lore = { ...known, keyLines: longest };
  const keys = keysOf(situation, part, isCut(situation, lore, desk.canvas()));
  if (desk.mode.shown !== situation.planned.id)
    await showStop(desk, {
      lead: lore.lead,
      stop: stepScreen(situation, lore, desk.canvas()),
      keyLines: longest,
    });
  desk.mode.shown = null;
  const clocks = clocksAt(situation, desk);
  for (;;) {
    const key = await desk.asker.choose(keys, { ...enterOf(situation, part), clocks });
    const decision = await carryOut(key, situation, desk, { part, keys });
    if (decision === null) continue;
    if (decision.do === 'note') desk.mode.shown = situation.planned.id;
    return decision;
  }
}

/** Whether what the person made of a step's text visibly destroys, whatever the page's own text does. */
const destroys = ({ step }: PlannedStep, edited: string | undefined): boolean =>
  edited !== undefined && step.shell !== undefined && shellFacts(edited).effect === 'destroys';

/**
 * Asks for the approval of a step, or one part of it, that destroys or wants to be confirmed, in the page's text or as it
 * was `edited`: `undefined` when it was not given.
 */
export async function approve(
  situation: Situation,
  desk: Desk,
  part?: number,
  edited?: string,
): Promise<string | undefined> {
  const { planned } = situation;
  if (effectOf(planned, part) !== 'destroys' && !destroys(planned, edited)) {
    const { title } = (part === undefined ? undefined : planned.step.parts[part]) ?? planned.step;
    const sure = await desk.asker.questions.confirm(`Run "${title}"?`);
    return sure ? 'confirmed at the terminal' : undefined;
  }
  const whole = part === undefined ? situation.text : partText(planned.step, situation.text, part);
  const words = approvalWords({ planned, text: edited ?? whole });
  return (await typesTargets(desk, words)) ? `typed ${words.join(', ')}` : undefined;
}

/** More than these are named on the screen, and their number is typed behind the first of them. */
const MOST_TYPED = 3;

/** Whether a person types the targets of what destroys, each of them. */
export async function typesTargets(desk: Desk, words: readonly string[]): Promise<boolean> {
  const { asker, canvas } = desk;
  const count = words.length;
  if (count > 1) {
    const named = words.flatMap((word, at) => fold(`${at + 1}. ${word}`, canvas().width, '  '));
    await asker.say([`It destroys ${count} things:`, ...named]);
  }
  const typed = count > MOST_TYPED ? [...words.slice(0, 1), String(count)] : words;
  for (const [at, word] of typed.entries()) {
    const how = count === 1 ? `It destroys. Type ${word} to run it:` : `Type ${word} to go on:`;
    const which = word === String(count) && at > 0 ? `Type ${word}, for all of them:` : how;
    await asker.say(fold(which, canvas().width));
    if ((await asker.questions.text('Target:'))?.trim() === word) continue;
    await asker.say([`Not run: that was not "${word}".`]);
    return false;
  }
  return true;
}

const MOST_PARTS = 9;

function keysOf(situation: Situation, part: number | null, isLong: boolean): readonly Choice[] {
  const { planned } = situation;
  const effect = effectOf(planned, part);
  const what = part === null ? 'run' : `run part ${part + 1}`;
  const how =
    effect === 'destroys' ? ' (asks for its target)' : onlyReads(effect) ? ' (Enter)' : '';
  return [
    { key: 'r', word: 'run', says: `${what}${how}` },
    ...(part === null ? [] : partKeys(planned.step)),
    ...(isLong ? [{ key: '+', word: 'all', says: 'show all of it' }] : []),
    skipKey(situation),
    {
      key: 'e',
      word: 'edit',
      says: 'edit',
      more: 'edit the command, then run it, with a reason',
    },
    byHandKey(situation),
    ...(planned.probe === null
      ? []
      : [
          {
            key: 'k',
            word: 'probe',
            says: 'check: is it done?',
            more: 'run its probe: is it done already?',
          },
        ]),
    {
      key: 'f',
      word: 'not right',
      says: 'not right: what now?',
      more: 'something is not right: again, go on, roll back or end, as after a failure',
    },
    {
      key: 'a',
      word: 'on',
      says: runOnInWords(situation, part),
      more: `${runOnInWords(situation, part)}: until something needs you`,
    },
    ...COMMON_KEYS,
  ];
}

/** Parts that are behind stay so: what is skipped, or done by hand, is the rest of the step. */
export const skipKey = ({ partsBehind }: Situation): Choice =>
  partsBehind.length === 0
    ? { key: 's', word: 'skip', says: 'skip', more: 'skip it, with a reason' }
    : { key: 's', word: 'skip', says: 'skip the rest', more: 'skip the rest of it, with a reason' };

export const byHandKey = ({ partsBehind }: Situation): Choice =>
  partsBehind.length === 0
    ? {
        key: 'm',
        word: 'done',
        says: 'done by hand',
        more: 'it was done by hand, with a reason',
      }
    : {
        key: 'm',
        word: 'done',
        says: 'the rest is done by hand',
        more: 'the rest of it was done by hand, with a reason',
      };

/** Keys that run one part of a fence, or all of it. */
export function partKeys({ parts }: Step): readonly Choice[] {
  const most = Math.min(parts.length, MOST_PARTS);
  const numbers = Array.from({ length: most }, (_, at) => String(at + 1));
  return [
    // Where a part is done under a condition, that is asked when it comes to it.
    ...(isPartByPart(parts) ? [] : [{ key: 'w', word: 'whole', says: 'run it whole' }]),
    { key: `1-${most}`, word: `a part from 1 to ${most}`, says: 'run one part' },
    ...numbers.map((key) => ({ key, word: key, says: '', hidden: true })),
  ];
}

function enterOf({ planned }: Situation, part: number | null): { enter?: string; remark?: string } {
  if (wantsApproval(planned, part)) return { remark: 'Enter is off here.' };
  return onlyReads(effectOf(planned, part)) ? { enter: 'r' } : {};
}

/** What of the step ran last: the same edited text, the same part. */
export function asBefore(
  situation: Situation,
  { mode }: Desk,
): { readonly text?: string; readonly part?: number } {
  const { tried } = partsRun(situation, mode);
  const edited = mode.ran?.id === situation.planned.id ? mode.ran.edited : undefined;
  return {
    ...(edited === undefined ? {} : { text: edited }),
    ...(tried === null ? {} : { part: tried }),
  };
}

async function carryOut(
  key: string,
  situation: Situation,
  desk: Desk,
  { part, keys }: { readonly part: number | null; readonly keys: readonly Choice[] },
): Choosing {
  switch (key) {
    case 'r':
      return runIt(situation, desk, part === null ? {} : { part });
    case 'w':
      return runIt(situation, desk, {});
    case 'a':
      return runOn(situation, desk, part);
    case 's':
      return skip(desk);
    case 'e': {
      const isUnderWay = part !== null && situation.partsBehind.length > 0;
      return editIt(situation, desk, isUnderWay ? { part } : {});
    }
    case 'm':
      return byHand(desk);
    case '+':
      await desk.asker.say(['', ...wholeText(situation, desk.canvas()), '']);
      return null;
    case 'k':
      return { do: 'probe' };
    case 'f':
      return notRight(desk);
    default:
      return /^[1-9]$/.test(key)
        ? runIt(situation, desk, { part: Number(key) - 1 })
        : commonKey(key, situation, desk, keys);
  }
}

/** Who takes back what was typed for the first step has not asked for those behind it either. */
async function runOn(situation: Situation, desk: Desk, part: number | null): Choosing {
  const isWhole = part === null || (part === 0 && !isPartByPart(situation.planned.step.parts));
  const decision = await runIt(situation, desk, isWhole ? {} : { part });
  desk.mode.runOn = decision !== null;
  return decision;
}

/** How a step is run: all of it, or what of it, and with what kind of terminal. */
export type How = Omit<Extract<Decision, { do: 'run' }>, 'do' | 'approval'>;

/** Runs the step, after its approval where one is needed. */
export async function runIt(situation: Situation, desk: Desk, how: How): Choosing {
  // Edited text may do anything: it is approved as the whole step is.
  const asked = how.text === undefined ? how.part : undefined;
  const approval =
    wantsApproval(situation.planned, asked) || destroys(situation.planned, how.text)
      ? await approve(situation, desk, asked, how.text)
      : '';
  if (approval === undefined) return null;
  noteTried(situation, desk.mode, how.part ?? null);
  const part = how.part === undefined ? undefined : situation.planned.step.parts[how.part];
  desk.mode.ran = {
    id: situation.planned.id,
    ...(how.text === undefined ? {} : { edited: how.text }),
    ...(part === undefined ? {} : { part }),
    ...(how.fromLine === undefined ? {} : { fromLine: how.fromLine }),
  };
  return { do: 'run', ...(approval === '' ? {} : { approval }), ...how };
}

const MOST_LINES = 40;

/** Lets the person change the command, or one part of it; it runs only when it was changed and they say so. */
export async function editIt(
  situation: Situation,
  desk: Desk,
  { text: before, part }: { readonly text?: string; readonly part?: number },
): Choosing {
  const { step } = situation.planned;
  const own = part === undefined ? undefined : step.parts[part]?.text;
  const text = before ?? own ?? step.text;
  const edited = await desk.asker.questions.edit('Edit the command:', text);
  if (edited === undefined || edited.trim() === '' || edited.trimEnd() === text.trimEnd()) {
    await desk.asker.say(['Nothing was changed.']);
    return null;
  }
  await desk.asker.say(['', ...numbered(edited, desk.canvas(), { most: MOST_LINES }), '']);
  const sure = await desk.asker.questions.confirm('Run this instead?');
  const why = sure ? await reasonFor(desk, 'Why the edit?') : undefined;
  const which = part === undefined ? {} : { part };
  return why === undefined ? null : runIt(situation, desk, { text: edited, why, ...which });
}

function wholeText({ text, planned }: Situation, canvas: Canvas): readonly string[] {
  return numbered(text, canvas, {
    most: Number.POSITIVE_INFINITY,
    language: planned.step.language,
  });
}

/** Where running on without asking would stop, and whether it asks for targets before it runs what destroys, here or there. */
function runOnInWords({ planned, plan, position }: Situation, part: number | null): string {
  if (position === 0) return 'run on, until it asks';
  const next = plan.steps
    .slice(position)
    .findIndex(
      ({ by, needsApproval, condition, step }) =>
        by === 'person' || needsApproval || condition !== null || step.inferred || step.doubtful,
    );
  const there = next < 0 ? undefined : plan.steps[position + next];
  const isAsked = effectOf(planned, part) === 'destroys' || there?.step.effect === 'destroys';
  const to = next < 0 ? 'the end' : `step ${position + next + 1}`;
  return `run on, to ${to}${isAsked ? ' (asks for targets)' : ''}`;
}

/** Something is not right although nothing failed: the same card as after a failure. */
async function notRight(desk: Desk): Choosing {
  const why = await reasonFor(desk, 'What is not right?');
  return why === undefined ? null : { do: 'decline', why };
}

export async function skip(desk: Desk): Choosing {
  const why = await reasonFor(desk, 'Why skip it?');
  return why === undefined ? null : { do: 'skip', why };
}

export async function byHand(desk: Desk): Choosing {
  const note = await reasonFor(desk, 'How was it done?');
  return note === undefined ? null : { do: 'confirm', note };
}
