import { defineStepType } from '../engine/contracts/step-type.ts';

/** How the box stands in the text. */
export interface ChecklistBody {
  /** The box is ticked in the runbook as it stands. */
  readonly ticked: boolean;
}

/** A box for a person to tick. */
export const checklist = defineStepType<ChecklistBody>({
  name: 'checklist',
  summary: 'A task item that a person confirms, skips or calls not applicable.',
  quoting: 'none',
  human: true,
  called: 'an item of a checklist',
  takes: ['doing'],
  isTicked: true,
  detect(block) {
    if (block.kind !== 'item' || block.checked === null) return undefined;
    return {
      body: { ticked: block.checked },
      why: block.checked ? 'task item `- [x]`' : 'task item `- [ ]`',
      effect: 'asks',
    };
  },
  examples: [
    { markdown: '- [ ] Backup completed', body: { ticked: false } },
    { markdown: '- Backups run at night', body: null },
  ],
});
