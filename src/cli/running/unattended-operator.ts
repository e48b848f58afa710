import type {
  Decision,
  OpenCondition,
  Operator,
  Situation,
} from '../../engine/contracts/operator.ts';
import { whetherWords } from '../../engine/model/step-condition.ts';

/**
 * The policy of a run without a person: commands run, human steps suspend the run, and nothing is ever asked.
 * The annotation `unattended` refines it; what must be approved the engine holds back by itself.
 */
export function makeUnattendedOperator(): Operator {
  return {
    name: 'policy',
    decide: (situation) => Promise.resolve(decide(situation)),
    input: () => Promise.resolve(undefined),
    resolve: () => Promise.resolve(undefined),
    terminal: () => null,
  };
}

function decide({ planned, failure, condition }: Situation): Decision {
  if (failure) return { do: 'stop' };
  const isHuman = planned.by === 'person';
  switch (planned.step.annotations.unattended ?? (isHuman ? 'stop' : 'run')) {
    case 'skip':
      return { do: 'skip', why: 'the runbook says unattended=skip' };
    case 'stop':
      return {
        do: 'wait',
        why: isHuman ? 'a person has to do this' : 'the runbook says unattended=stop',
      };
    case 'run':
      if (condition !== null) return { do: 'wait', why: undecided(condition) };
      return isHuman ? { do: 'wait', why: 'a person has to do this' } : { do: 'run' };
  }
}

function undecided({ condition }: OpenCondition): string {
  return `a person has to say ${whetherWords(condition)}`;
}
