import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';
import { dated } from './dated.ts';
import { definition } from './definition.ts';
import { fact } from './fact.ts';
import { instruction } from './instruction.ts';
import { link } from './link.ts';
import { name } from './name.ts';
import { question } from './question.ts';
import { rank } from './rank.ts';
import { rule } from './rule.ts';

/** Every class of list items; of equal sums the first wins. */
export const ITEM_CLASSES = [
  instruction,
  fact,
  question,
  definition,
  link,
  name,
  dated,
  rank,
  rule,
] as const satisfies readonly BlockClass<ItemFeatures>[];

/** What a list item may be. */
export type ItemClass = (typeof ITEM_CLASSES)[number]['name'];
