import { expect, test } from 'vitest';
import { plannedStep } from '../../../src/engine/planning/sequence.ts';
import { saidStep } from '../../../src/engine/running/said.ts';
import { read } from '../../support/read.ts';

test.each(['lead', 'inside'])(
  'values stand in the %s of what a person does, also where nothing else has one',
  async (where) => {
    const { steps } = await read('# A\n\n1. Call the lead\n2. Tell the team\n');
    const [step] = steps;
    if (step === undefined) throw new Error('no step');
    const planned = { ...plannedStep(step), [where]: '- at {{depot}}' };
    const values = new Map([
      [
        'depot',
        {
          name: 'depot',
          value: 'north',
          secret: false,
          source: 'default' as const,
          from: 'default',
        },
      ],
    ]);
    expect(saidStep(planned, values)).toMatchObject({ [where]: '- at north' });
  },
);
