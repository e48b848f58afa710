import type { Rule } from './rule.ts';

export const crlf: Rule = {
  name: 'crlf',
  summary: 'Lines that end in CR LF.',
  why: 'They are read as LF here; a shell that is handed the file would see the CR. Save it with LF.',
  unattended: 'The run goes on: commands get LF.',
  foundBy: 'reading',
  examples: { finds: ['# T\r\n'], leaves: ['# T\n'] },
};
