import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Leads elsewhere and says nothing else. */
export const link: BlockClass<ItemFeatures, 'link'> = {
  name: 'link',
  summary: 'is only a link',
  evidence: [
    { weight: 'link/only', says: 'is only a link', holds: (f) => f.link },
    { weight: 'link/most', says: 'stands among links', holds: (f) => f.mostLinks },
  ],
  examples: ['# Guide\n\n1. [Backup](#backup)\n2. [Restore](#restore)'],
  counterExamples: ['# Steps\n\n1. Make a backup\n2. [Restore it](https://example.com/restore)'],
};
