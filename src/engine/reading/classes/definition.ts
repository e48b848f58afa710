import type { ItemFeatures } from '../items/item-features.ts';
import type { BlockClass } from './class.ts';

/** Names something and says what it is. */
export const definition: BlockClass<ItemFeatures, 'definition'> = {
  name: 'definition',
  summary: 'names something and says what it is',
  evidence: [
    { weight: 'definition/form', says: 'is a name with what it means', holds: (f) => f.definition },
    {
      weight: 'definition/bold',
      says: 'its name stands apart from what it means',
      holds: (f) => f.definition && !f.verb && !f.verbForm,
    },
    {
      weight: 'definition/glossed',
      says: 'is a name with what it means, as the items beside it are',
      holds: (f) => f.glossed,
    },
    {
      weight: 'definition/contact',
      says: 'names a person and how to reach them',
      holds: (f) => f.contact,
    },
    {
      weight: 'definition/tells',
      says: 'what it names is to be done',
      holds: (f) => f.definitionTells || f.labelled,
    },
    {
      weight: 'fact/never-above',
      says: 'stands under words for what is never to be done',
      holds: (f) => f.definition && f.overNever,
    },
  ],
  examples: [
    '# Levels\n\n1. **Primary**: Team lead\n2. **Secondary**: Operations',
    '# Options\n\n1. start - starts the service\n2. stop - stops the service\n3. wait - waits for the lock',
    '# Дежурство\n\n1. Дежурный: Иван',
  ],
  counterExamples: [
    '# Steps\n\n1. Restart the server - it takes a minute\n2. Check the log - it lists errors',
    '# Steps\n\n1. **Restart**: restart the primary\n2. **Look**: check the log',
  ],
};
