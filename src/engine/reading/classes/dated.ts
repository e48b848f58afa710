import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Says what was changed when. */
export const dated: BlockClass<ItemFeatures, 'dated'> = {
  name: 'dated',
  summary: 'says what was done when',
  evidence: [
    { weight: 'dated/item', says: 'begins with a date or version', holds: (f) => f.dated },
    { weight: 'dated/most', says: 'stands among dates', holds: (f) => f.mostDated },
  ],
  examples: ['# Steps\n\n1. 2024-05-01: Add the matrix\n2. 2024-06-02: Rename the host'],
  counterExamples: ['# Steps\n\n1. Check the backup of 2024-05-01'],
};
