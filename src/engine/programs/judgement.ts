import type { Effect } from '../model/effect.ts';

/** What a text visibly does, why it is judged so, and what it would destroy. */
export interface Judgement {
  readonly effect: Exclude<Effect, 'asks'>;
  readonly why: string;
  readonly target: string;
  /** Everything that it would destroy, in order, as far as it is known. */
  readonly targets: readonly string[];
  /** The text proves it: nobody's word makes less of it. Else it is what is to be feared where nothing is known. */
  readonly sure: boolean;
  /** The program's record says it of this very use, though an author may know better. */
  readonly recorded: boolean;
}

/** Nothing at all. */
export const NOTHING: Judgement = {
  effect: 'none',
  why: '',
  target: '',
  targets: [],
  sure: false,
  recorded: false,
};

const WEIGHT = { none: 0, reads: 1, writes: 2, destroys: 3 } as const;
const HARMLESS_FILE = /^(?:\/dev\/(?:null|stdout|stderr|stdin|tty|fd\/\d+)|&?\d+|-)$/;

/** A judgement; quotes around parts of the target are taken off. */
export function verdict(
  effect: Judgement['effect'],
  why: string,
  target = '',
  sure = effect === 'destroys',
): Judgement {
  const named = target.replaceAll(/"([^"]*)"/g, '$1');
  const targets = effect === 'destroys' && named.trim() !== '' ? [named.trim()] : [];
  return { effect, why, target: named, targets, sure, recorded: sure };
}

/** A use that changes something by the record of its program. */
export function recorded(why: string): Judgement {
  return { ...verdict('writes', why), recorded: true };
}

/** The worse of two judgements; where they are alike the one that is known better, else the first. What both destroy stays. */
export function worse(one: Judgement, other: Judgement): Judgement {
  const more = WEIGHT[other.effect] - WEIGHT[one.effect];
  const worst = more > 0 || (more === 0 && knownBy(other) > knownBy(one)) ? other : one;
  const further = other.targets.filter((target) => !one.targets.includes(target));
  return further.length === 0 && worst === one
    ? one
    : { ...worst, targets: [...one.targets, ...further] };
}

const knownBy = (one: Judgement): number => Number(one.sure) + Number(one.recorded);

/** Files that writing to changes nothing, such as `/dev/null`. */
export function isHarmlessFile(file: string): boolean {
  return HARMLESS_FILE.test(file);
}
