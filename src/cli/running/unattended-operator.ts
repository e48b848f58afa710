import type { Decision, Operator, Situation } from '../../engine/contracts/operator.ts';
import type { RunEvent } from '../../engine/model/event.ts';

/**
 * The policy of a run without a person: commands run, human steps suspend the run, and nothing is ever asked.
 * The annotation `unattended` refines it; what must be approved the engine holds back by itself.
 */
export function makeUnattendedOperator(show: (event: RunEvent) => Promise<void> | void): Operator {
  return {
    name: 'policy',
    decide: (situation) => Promise.resolve(decide(situation)),
    input: () => Promise.resolve(undefined),
    resolve: () => Promise.resolve(undefined),
    terminal: () => null,
    show,
  };
}

function decide({ planned: { step }, failure }: Situation): Decision {
  if (failure) return { do: 'stop' };
  const isHuman = step.effect === 'asks';
  switch (step.annotations.unattended ?? (isHuman ? 'stop' : 'run')) {
    case 'skip':
      return { do: 'skip', why: 'the runbook says unattended=skip' };
    case 'stop':
      return {
        do: 'wait',
        why: isHuman ? 'a person has to do this' : 'the runbook says unattended=stop',
      };
    case 'run':
      return isHuman ? { do: 'wait', why: 'a person has to do this' } : { do: 'run' };
  }
}
