import type { Rule } from './rule.ts';

export const invalidUtf8: Rule = {
  name: 'invalid-utf8',
  summary: 'Bytes that are not UTF-8.',
  why: 'They are shown as `\ufffd`. Save the file as UTF-8.',
  unattended: 'The run goes on with the character U+FFFD in their place.',
  foundBy: 'reading',
  examples: { finds: ['# T\u00ff\n'], leaves: ['# Tür\n'] },
};
