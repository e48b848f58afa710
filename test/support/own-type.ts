import { defineStepType, type StepType } from '../../src/engine/contracts/step-type.ts';

/** A step type of somebody else's: fences `own`, which do what the test says. */
export function ownType(
  run: NonNullable<StepType<null>['run']> = saysDone,
  effect: 'reads' | 'writes' = 'reads',
): StepType<null> {
  return defineStepType<null>({
    name: 'own',
    summary: 'Does what the test does.',
    quoting: 'none',
    human: false,
    detect: (block) =>
      block.kind === 'fence' && block.language === 'own'
        ? { body: null, why: 'fence `own`', effect }
        : undefined,
    run,
    examples: [],
  });
}

async function* saysDone() {
  yield { stream: 'stdout', chunk: Buffer.from('done\n') } as const;
  return { outcome: 'passed' } as const;
}
