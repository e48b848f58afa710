import { defineStepType } from '../engine/contracts/step-type.ts';

/** The text itself is all there is to it. */
export const read = defineStepType<Record<string, never>>({
  name: 'read',
  summary:
    'Text under a heading that asks for something and holds no step; a person at a terminal reads it and says so.',
  quoting: 'none',
  human: true,
  called: 'a text to be read',
  takes: [],
  // Found in what the other types leave, once the whole page is known.
  detect: () => undefined,
  examples: [
    { markdown: '## Tell the team\n\nCall the on-call lead.', body: {} },
    { markdown: '- [ ] Backup completed', body: null },
  ],
});
