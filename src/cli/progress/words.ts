import { outcomeFacts, type RunOutcome, type StepOutcome } from '../../engine/model/outcome.ts';
import type { StepReport } from '../../engine/model/report.ts';
import type { Tone } from '../screen/style.ts';

/** How an outcome is told on the screen. */
export function toneOf(outcome: StepOutcome | RunOutcome | null): Tone {
  const { mark } = outcomeFacts(outcome);
  return mark === undefined ? 'dim' : mark === 'caution' ? 'careful' : mark;
}

/** Whether a step's outcome lets the run go on. */
export function isPass(outcome: StepOutcome): boolean {
  return outcomeFacts(outcome).settled === true;
}

type Attempt = StepReport['attempts'][number];

/** What ran: a probe does nothing, and what a person answers is no try, however often it is taken back. */
const ranOf = <Tried extends Pick<Attempt, 'probe' | 'text'>>(attempts: readonly Tried[]) =>
  attempts.filter(({ probe, text }) => !probe && text !== '');

/** How often one thing was tried: parts of a fence that ran one after the other are one try each. */
export function triesOf(attempts: readonly Pick<Attempt, 'part' | 'probe' | 'text'>[]): number {
  const own = ranOf(attempts);
  const counts = Map.groupBy(own, ({ part }) => part?.number ?? 0);
  return Math.max(0, ...[...counts.values()].map(({ length }) => length));
}

/** How long its last try took, in which parts of a fence ran one after the other; `null`: nothing ran, or nobody knows. */
export function tookOf(attempts: readonly Attempt[]): number | null {
  const last = attempts.at(-1);
  if (last?.part == null) return last?.durationMs ?? null;
  const byPart = new Map(ranOf(attempts).map(({ part, durationMs }) => [part?.number, durationMs]));
  return [...byPart.values()].reduce<number>((sum, tookMs) => sum + (tookMs ?? 0), 0);
}

/** `1 step`, `3 steps`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
