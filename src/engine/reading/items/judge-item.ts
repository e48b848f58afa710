import type { Doubt } from '../../model/block.ts';
import { classify, clauseFor, DOUBTFUL_MARGIN, reasonFor, type Verdict } from '../classes/class.ts';
import { ITEM_CLASSES, type ItemClass } from '../classes/items.ts';
import type { ItemPiece } from '../pieces.ts';
import { featuresOf, type ItemFeatures } from './item-features.ts';
import { countsOn, explainsNumber, type ListReading } from './read-list.ts';

/** What an item was taken for. */
export interface JudgedItem {
  readonly verdict: Verdict<ItemClass>;
  /** Why it is an instruction; `''` when it is none. */
  readonly instruction: string;
  readonly doubt: Doubt | null;
  /** Why it is none though it stands where steps are expected; `''` when nothing is to be said. */
  readonly leftOut: string;
}

/** What may well be a step that was not seen as one; a link or a date is plainly none. */
const SILENT = new Set<ItemClass>(['fact', 'definition', 'name']);

/** A question among instructions may well ask for something to be done, in whatever language. */
const asksAmongSteps = (item: ItemPiece, { mostQuestions, othersTell }: ItemFeatures): boolean =>
  item.list.ordered && !mostQuestions && othersTell === 'nearly all';

/** Weighs an item of a list. Pure. */
export function judgeItem(item: ItemPiece, list: ListReading, toldInFence: boolean): JudgedItem {
  const features = featuresOf(item, list, toldInFence);
  const verdict = classify(features, ITEM_CLASSES);
  const is = verdict.class === 'instruction';
  const why = is ? `ordered item that ${reasonFor(verdict, 'instruction')}` : '';
  const doubt =
    is && verdict.margin < DOUBTFUL_MARGIN
      ? {
          as: clauseFor(verdict, 'instruction'),
          or: clauseFor(verdict, verdict.second),
        }
      : null;
  const expected =
    features.overSteps ||
    features.headingTells ||
    features.asked ||
    countsOn(item) ||
    features.othersTell !== 'few' ||
    // Nobody can say what a heading of unknown words is over: a list with numbers may well be worked off.
    (item.list.ordered && list.above.over === null && verdict.class !== 'definition');
  const silent =
    !is &&
    !(countsOn(item) && explainsNumber(item.text)) &&
    !features.quoted &&
    !features.describes &&
    expected &&
    (SILENT.has(verdict.class) ||
      (verdict.class === 'question' && asksAmongSteps(item, features))) &&
    !features.overNever;
  const leftOut = silent ? clauseFor(verdict, verdict.class) : '';
  return { verdict, instruction: why, doubt, leftOut };
}
