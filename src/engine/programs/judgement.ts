import type { Effect } from '../model/effect.ts';

/** What a text visibly does, why it is judged so, and what it would destroy. */
export interface Judgement {
  readonly effect: Exclude<Effect, 'asks'>;
  readonly why: string;
  readonly target: string;
}

/** Nothing at all. */
export const NOTHING: Judgement = { effect: 'none', why: '', target: '' };

const WEIGHT = { none: 0, reads: 1, writes: 2, destroys: 3 } as const;
const HARMLESS_FILE =
  /^(?:\/dev\/(?:null|stdout|stderr|stdin|tty|fd\/\d+|tcp\/.*|udp\/.*)|&?\d+|-)$/;

/** A judgement; quotes around parts of the target are taken off. */
export function verdict(effect: Judgement['effect'], why: string, target = ''): Judgement {
  return { effect, why, target: target.replaceAll(/"([^"]*)"/g, '$1') };
}

/** The worse of two judgements, the first when they are alike. */
export function worse(one: Judgement, other: Judgement): Judgement {
  return WEIGHT[other.effect] > WEIGHT[one.effect] ? other : one;
}

/** Files that writing to changes nothing, such as `/dev/null`. */
export function isHarmlessFile(file: string): boolean {
  return HARMLESS_FILE.test(file);
}
