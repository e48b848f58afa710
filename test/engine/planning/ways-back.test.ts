import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepOutcome } from '../../../src/engine/model/outcome.ts';
import type { PlannedStep } from '../../../src/engine/model/plan.ts';
import { waysBack } from '../../../src/engine/planning/ways-back.ts';
import { requestOf, workplace } from '../../support/engine.ts';

const step = (name: string): string => `~~~bash name=${name}\ntrue\n~~~\n`;
const MANUAL = `---
kind: manual
---
# Operations

## Deploy

### Ship

${step('ship')}
#### Rollback of the ship

${step('unship')}
### Rollback of the deploy

${step('undeploy')}
## Database

### Move

${step('move')}
### Rollback of the move

${step('unmove')}
## Backups

${step('back-up')}
`;

/** The titles of what is offered at a step once those steps have ended so. */
async function offered(
  name: string,
  outcomes: Readonly<Record<string, StepOutcome>> = {},
): Promise<{ readonly own: readonly string[]; readonly others: readonly string[] }> {
  const { handrail, folder } = workplace(MANUAL);
  const { runbook } = await handrail.read(join(folder, 'ops.md'));
  const plan = await handrail.plan(runbook, requestOf({ all: true }));
  const planned = plan.steps.find(({ id }) => id === name);
  const found = waysBack(plan, planned as PlannedStep, new Map(Object.entries(outcomes)));
  const of = (ways: typeof found.own): readonly string[] => ways.map(({ rollback: { id } }) => id);
  return { own: of(found.own), others: of(found.others) };
}

describe('the ways back from a step of a whole manual', () => {
  test('undo what stands around it, the nearest first', async () => {
    expect((await offered('ship')).own).toEqual(['rollback-of-the-ship', 'rollback-of-the-deploy']);
    expect((await offered('move')).own).toEqual(['rollback-of-the-move']);
  });

  test('are none where no procedure around it has one', async () => {
    expect(await offered('back-up')).toEqual({ own: [], others: [] });
  });

  test('name apart what undoes another procedure that the run has been in', async () => {
    expect(await offered('back-up', { move: 'passed' })).toEqual({
      own: [],
      others: ['rollback-of-the-move'],
    });
    expect((await offered('move', { ship: 'skipped' })).others).toEqual([]);
  });
});
