import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { StepPart } from '../../engine/model/runbook.ts';
import type { DeskMode, PartsRun } from './desk.ts';

/** Which parts of the step's fence are behind, and which one was tried last. */
export function partsRun({ planned, partsBehind }: Situation, { parts }: DeskMode): PartsRun {
  const passed = new Set(partsBehind.map((number) => number - 1));
  return { passed, tried: parts.get(planned.id) ?? null };
}

/** The part to offer first (from 0): the first that is not behind; `null` when the fence has no parts. */
export function nextPart(situation: Situation, mode: DeskMode): number | null {
  const { parts } = situation.planned.step;
  if (parts.length < 2) return null;
  const { passed } = partsRun(situation, mode);
  const next = parts.findIndex((_, at) => !passed.has(at));
  return next < 0 ? null : next;
}

/** A part is being tried (from 0); `null`: all of it. */
export function noteTried({ planned }: Situation, mode: DeskMode, part: number | null): void {
  if (part === null) mode.parts.delete(planned.id);
  else mode.parts.set(planned.id, part);
}

/** Runs what is next without asking: the next part where parts were begun one by one, else the whole step. */
export function runNext(situation: Situation, mode: DeskMode): Decision {
  const part = nextPart(situation, mode);
  const isWhole = partsRun(situation, mode).passed.size === 0;
  if (part === null || (isWhole && !isPartByPart(situation.planned.step.parts)))
    return { do: 'run' };
  noteTried(situation, mode, part);
  return { do: 'run', part };
}

/** Whether a part stands under a condition of its own: the parts run one by one, and it is asked when it comes to it. */
export const isPartByPart = (parts: readonly StepPart[]): boolean =>
  parts.some(({ condition }) => condition !== undefined && condition.group === undefined);
