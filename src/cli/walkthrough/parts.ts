import type { Decision, Situation } from '../../engine/contracts/operator.ts';
import type { DeskMode, PartsRun } from './desk.ts';

const NONE: PartsRun = { passed: new Set(), tried: null };

/** Which parts of the step's fence were run. */
export function partsRun({ planned }: Situation, { parts }: DeskMode): PartsRun {
  return parts.get(planned.id) ?? NONE;
}

/** The part to offer first (from 0): the one behind the last that passed; `null` when the fence has no parts. */
export function nextPart(situation: Situation, mode: DeskMode): number | null {
  const { parts } = situation.planned.step;
  if (parts.length < 2) return null;
  const { passed } = partsRun(situation, mode);
  return parts.findIndex((_, at) => !passed.has(at));
}

/** A part is being tried. */
export function noteTried({ planned }: Situation, mode: DeskMode, part: number): void {
  mode.parts.set(planned.id, { ...(mode.parts.get(planned.id) ?? NONE), tried: part });
}

/** The step is asked about again and nothing failed: the part that was tried last has passed. */
export function notePassed({ planned }: Situation, mode: DeskMode): void {
  const run = mode.parts.get(planned.id);
  if (run === undefined || run.tried === null) return;
  mode.parts.set(planned.id, { passed: new Set([...run.passed, run.tried]), tried: null });
}

/** Runs what is next without asking: the next part where parts were begun one by one, else the whole step. */
export function runNext(situation: Situation, mode: DeskMode): Decision {
  const part = nextPart(situation, mode);
  if (part === null || partsRun(situation, mode).passed.size === 0) return { do: 'run' };
  noteTried(situation, mode, part);
  return { do: 'run', part };
}
