import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import { rewriteExpected } from '../expecting/rewrite.ts';
import { screenText } from '../screen/safe-text.ts';
import { type Desk, reasonFor } from './desk.ts';
import type { Choice } from './keys.ts';

/** It ran to its end, and printed something else than the page expects. */
export function differs({ failure }: Situation): boolean {
  return (
    failure !== null &&
    (failure.exitCode ?? 0) === 0 &&
    (failure.expectations?.some(({ passed }) => !passed) ?? false)
  );
}

/** What can be done about a difference, besides what can be done about any failure. */
export function differenceKeys(situation: Situation): readonly Choice[] {
  if (!differs(situation)) return [];
  const { planned } = situation;
  const isOwn = planned.from === null && planned.step.expectation !== null;
  return [
    { key: 'd', word: 'accept', says: 'accept the difference (asks why)' },
    ...(isOwn ? [{ key: 'w', word: 'expect', says: 'expect this from now on' }] : []),
  ];
}

/** The difference is as it should be, this time: the step counts as carried out, its failed try stays in the record. */
export async function acceptDifference(desk: Desk): Promise<Decision | null> {
  const why = await reasonFor(desk, 'Why is the difference right?');
  return why === undefined ? null : { do: 'confirm', note: `difference accepted: ${why}` };
}

/** Writes what came into the page's expected fence, once the person has seen what that changes; this run keeps its text. */
export async function expectFromNow(situation: Situation, desk: Desk): Promise<null> {
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
  await desk.asker.say(['', ...screenText(patch.trimEnd(), { colour: false }).split('\n'), '']);
  if (!(await desk.asker.questions.confirm(`Write this into ${basename(file)}?`))) return null;
  writeFileSync(file, after.text);
  return say(desk, 'Written. This run goes on with the text it began with: d accepts it here.');
}

async function say(desk: Desk, line: string): Promise<null> {
  await desk.asker.say(['', line, '']);
  return null;
}
