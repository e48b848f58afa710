import { withoutItem } from '../model/each.ts';
import { outcomeFacts } from '../model/outcome.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { RunReport } from '../model/report.ts';
import { asOnPage, type ListedStep, listSteps } from './identity.ts';

/** One step that is not what it was when the run began. */
export interface StepChange {
  readonly id: string;
  /** `renamed`: it does the same under other words. */
  readonly what: 'edited' | 'renamed' | 'added' | 'removed' | 'moved';
  /** Relative to the step that the run goes on with. */
  readonly where: 'before' | 'at' | 'after';
  /** Line in the text as it is now; of a removed step, where it was. */
  readonly line: number;
  /** Its text as it was, `''` where that is not known. */
  readonly before: string;
  readonly now: string;
}

/** The steps of a run as its log listed them last. */
export function listedSteps({ started, resumes }: RunReport): readonly ListedStep[] {
  return asOnPage(resumes.findLast(({ steps }) => steps !== undefined)?.steps ?? started.steps);
}

/** Compares the steps that a run had with those of its text as it is now, under the ids that the run knows. */
export function changesSince(
  before: readonly ListedStep[],
  now: Plan,
  report: RunReport,
  textOf: (id: string) => string,
): readonly StepChange[] {
  const cursor = cursorOf(before, report);
  const at = (index: number): StepChange['where'] => {
    if (index === cursor) return 'at';
    return index < cursor ? 'before' : 'after';
  };
  const old = new Map(before.map((step, index) => [step.id, { step, index }]));
  const listed = listSteps(now);
  const current = new Map(
    now.steps.map((planned, index) => [planned.id, { planned, listed: listed[index] }]),
  );
  const changes: StepChange[] = [];
  for (const { step, index } of old.values()) {
    if (step.own === undefined) continue;
    const twin = current.get(step.id);
    const text = { before: textOf(step.id), now: twin?.planned.step.text ?? '' };
    const change = {
      id: step.id,
      where: at(index),
      line: twin?.planned.step.line ?? step.line,
      ...text,
    };
    if (twin === undefined) {
      const isElsewhere =
        isSettled(report, step.id) && isBegunAnew(text.before, now, report, textOf);
      changes.push({ ...change, what: isElsewhere ? 'moved' : 'removed' });
    } else if (twin.listed?.content !== step.content) changes.push({ ...change, what: 'edited' });
    else if (step.words !== undefined && twin.listed?.words !== step.words)
      changes.push({ ...change, what: 'renamed' });
  }
  return [...changes, ...placesOf(now.steps, old, cursor, at)];
}

function placesOf(
  steps: readonly PlannedStep[],
  old: ReadonlyMap<string, { readonly index: number }>,
  cursor: number,
  at: (index: number) => StepChange['where'],
): readonly StepChange[] {
  const changes: StepChange[] = [];
  let last = -1;
  for (const { id, step, reading } of steps) {
    const known = old.get(id);
    const text = { id, line: step.line, before: '', now: step.text };
    if (known === undefined && reading !== true)
      changes.push({ ...text, what: 'added', where: last + 1 < cursor ? 'before' : 'after' });
    else if (known !== undefined && known.index < last)
      changes.push({ ...text, what: 'moved', where: at(known.index) });
    else if (known !== undefined) last = known.index;
  }
  return changes;
}

/** Index of the first step that is still to be done. */
function cursorOf(steps: readonly ListedStep[], report: RunReport): number {
  const index = steps.findIndex(({ id }) => !isSettled(report, id));
  return index < 0 ? steps.length : index;
}

function isSettled({ steps }: RunReport, id: string): boolean {
  // Of a step that is done for each item of a list all of them.
  const own = steps.filter((one) => one.id === id || withoutItem(one.id) === id);
  return own.length > 0 && own.every(({ outcome }) => outcomeFacts(outcome).settled);
}

/** Whether a step that is still to be done holds the whole of one that is gone, and did not before: it would be done twice. */
function isBegunAnew(
  text: string,
  { steps }: Plan,
  report: RunReport,
  textOf: (id: string) => string,
): boolean {
  return steps.some(
    ({ id, step }) =>
      !isSettled(report, id) && isPartOf(text, step.text) && !isPartOf(text, textOf(id)),
  );
}

/**
 * The plan with those of its new steps marked whose commands were part of a step that passed, and are so no longer: a fence
 * that was split is not done again.
 */
export function withPartsOfPassed(
  plan: Plan,
  before: readonly ListedStep[],
  report: RunReport,
  textOf: (id: string) => string,
): Plan {
  const isOld = new Set(before.map(({ id }) => id));
  const now = new Map(plan.steps.map(({ id, step }) => [id, step.text]));
  const passed = report.steps.filter(({ id, outcome }) => outcome === 'passed' && isOld.has(id));
  const steps = plan.steps.map((planned) => {
    const { id, step, reading } = planned;
    if (isOld.has(id) || reading === true) return planned;
    const whole = passed.find(
      (one) => isPartOf(step.text, textOf(one.id)) && !isPartOf(step.text, now.get(one.id) ?? ''),
    );
    return whole === undefined ? planned : { ...planned, partOf: whole.id };
  });
  return { ...plan, steps };
}

/** Whether the commands of one script stand in another, one behind the other. */
function isPartOf(part: string, whole: string): boolean {
  const [lines, among] = [commandLines(part), commandLines(whole)];
  return (
    lines.length > 0 &&
    among.some((_, from) => lines.every((line, at) => isSaid(line, among[from + at])))
  );
}

const commandLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** What a log holds of a linked runbook's step has its values filled in. */
function isSaid(written: string, said: string | undefined): boolean {
  if (said === undefined || written === said) return written === said;
  const [first = '', ...rest] = written.split(/\{\{[\w.-]{1,128}\}\}/);
  if (rest.length === 0 || !said.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = said.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return rest.at(-1) === '' || at === said.length;
}
