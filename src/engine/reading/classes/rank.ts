import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Explains a priority or level. */
export const rank: BlockClass<ItemFeatures, 'rank'> = {
  name: 'rank',
  summary: 'explains a priority or level',
  evidence: [
    { weight: 'rank/name', says: 'is named for a priority or level', holds: (f) => f.rank },
  ],
  examples: ['# Response\n\n1. **P1**: call the manager\n2. **P2**: write a ticket'],
  counterExamples: ['# Response\n\n1. Call the manager for a P1'],
};
