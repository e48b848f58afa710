import type { Rule } from './rule.ts';

export const nulByte: Rule = {
  name: 'nul-byte',
  summary: 'A NUL byte.',
  why: 'No shell can be handed one. Take it out.',
  unattended: 'The step that it stands in fails.',
  foundBy: 'reading',
  examples: {
    finds: ['# T\n\nAnd \0 here, in a text that is long enough to be one all the same.\n'],
    leaves: ['# T\n'],
  },
};
