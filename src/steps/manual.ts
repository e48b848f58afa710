import { defineStepType } from '../engine/contracts/step-type.ts';

/** Where the instruction was found. */
export interface ManualBody {
  /** `instruction`: a list item or paragraph; `comments`: a fence that holds comments or chat commands only. */
  readonly from: 'instruction' | 'comments';
}

/** What a fence holds that no program of ours runs. */
const BY_HAND: ReadonlySet<string> = new Set(['comments', 'chat', 'console']);

/** Something that a person does by hand. */
export const manual = defineStepType<ManualBody>({
  name: 'manual',
  summary: 'An ordered item that tells a person what to do; done by hand and confirmed.',
  quoting: 'none',
  human: true,
  called: 'an instruction to a person',
  takes: ['doing'],
  detect(block) {
    if (block.kind === 'fence') {
      if (!BY_HAND.has(block.content.kind)) return undefined;
      return { body: { from: 'comments' }, why: block.content.why, effect: 'asks' };
    }
    if (block.kind !== 'item' || block.instruction === '') return undefined;
    return { body: { from: 'instruction' }, why: block.instruction, effect: 'asks' };
  },
  examples: [
    {
      markdown: '1. Call the on-call engineer\n2. Open an incident channel',
      body: { from: 'instruction' },
    },
    {
      markdown: '## Contacts\n\n1. **Primary**: Team lead\n2. **Secondary**: Operations',
      body: null,
    },
    {
      markdown: '```bash\n# Look at the backup page of the console\n```',
      body: { from: 'comments' },
    },
  ],
});
