import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Asks something. */
export const question: BlockClass<ItemFeatures, 'question'> = {
  name: 'question',
  summary: 'asks something',
  evidence: [
    { weight: 'question/mark', says: 'ends in a question mark', holds: (f) => f.question },
    { weight: 'question/word', says: 'begins with a question word', holds: (f) => f.asks },
    { weight: 'question/most', says: 'stands among questions', holds: (f) => f.mostQuestions },
  ],
  examples: ['# Scope\n\n1. Which hosts are affected?\n2. What data was lost?'],
  counterExamples: ['# Scope\n\n1. Ask which hosts are affected'],
};
