import { defineStepType } from '../engine/contracts/step-type.ts';

/** What a reference says it is. */
export interface ReferenceBody {
  readonly language: string;
}

/** A fence that is shown and never run. */
export const reference = defineStepType<ReferenceBody>({
  name: 'reference',
  summary: 'A fence that is shown and never run: configuration, source, diagrams, output.',
  quoting: 'none',
  human: false,
  takes: [],
  isShown: true,
  detect(block) {
    if (block.kind !== 'fence') return undefined;
    return { body: { language: block.language }, why: block.content.why, effect: 'none' };
  },
  examples: [
    { markdown: '```yaml\nreplicas: 3\n```', body: { language: 'yaml' } },
    { markdown: '- replicas: 3', body: null },
  ],
});
