import { FAULT_EFFECTS, FAULT_KINDS, FAULT_POINTS } from './points.ts';
import type { Combination } from './strike.ts';

/** What is promised of a combination. */
export interface Promised {
  /** Exit code of the run that is struck. */
  readonly exitCode: number;
  /** Exit codes of which `resume --unattended` ends with one. */
  readonly resumed: readonly number[];
}

/** Every combination there is: a person's step is only waited for. */
export const COMBINATIONS: readonly Combination[] = FAULT_POINTS.flatMap((point) => {
  const effects = point === 'waiting' ? [null] : FAULT_EFFECTS;
  return effects.flatMap((effect) => FAULT_KINDS.map((kind) => ({ point, effect, kind })));
});

const OVER = 64;

/** What the documentation promises. */
export function promised({ point, effect, kind }: Combination): Promised {
  return { exitCode: exitCodeOf(point, kind), resumed: resumedOf({ point, effect, kind }) };
}

const ENDS: Readonly<Record<Combination['kind'], number>> = {
  SIGKILL: 137,
  SIGTERM: 143,
  ENOSPC: 73,
  EIO: 73,
  'torn write': 137,
};

/** Once the run has its end, a signal changes nothing; and after the seal no line is left to be torn. */
function exitCodeOf(point: Combination['point'], kind: Combination['kind']): number {
  if (kind === 'SIGTERM' && point === 'waiting') return 5;
  const isSeal = point === 'before the seal' || point === 'after the seal';
  if (kind === 'SIGTERM' && isSeal) return 0;
  if (kind === 'torn write' && point === 'after the seal') return 0;
  return ENDS[kind];
}

function resumedOf({ point, effect, kind }: Combination): readonly number[] {
  const asks = effect === 'writes, without one' || (effect === 'reads' && kind !== 'SIGTERM');
  const unknown = asks ? [4] : [0];
  switch (point) {
    case 'waiting':
      return [5];
    case 'before the seal':
      // Going on with it seals it, where it was not sealed all the same.
      return [kind === 'SIGTERM' ? OVER : 0];
    case 'after the seal':
      // A flush that fails takes the seal back.
      return [kind === 'EIO' ? 0 : OVER];
    case 'holding the lock':
      // The first step has no probe: where it had begun and was ended by a signal, it is asked about.
      return kind === 'SIGTERM' ? [0, 4, OVER] : [0, OVER];
    case 'before the start record':
      return kind === 'SIGTERM' ? unknown : [0];
    case 'after the start record':
      // A flush that fails takes the record back: the step is not begun.
      return kind === 'EIO' ? [0] : unknown;
    case 'after its record':
    case 'after exit, before its record':
      // A signal may find the third step begun already.
      if (kind === 'SIGTERM') return [0, 4];
      return point === 'after its record' ? [0] : unknown;
    default:
      return unknown;
  }
}
