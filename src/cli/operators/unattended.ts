import type { Decision, Operator, Situation } from '../../engine/contracts/operator.ts';
import type { RunEvent } from '../../engine/model/event.ts';

/** What the policy needs besides the plan. */
export interface UnattendedSetting {
  readonly show: (event: RunEvent) => Promise<void> | void;
}

/**
 * The policy of a run without a person: commands run, human steps suspend the run, what must be confirmed waits
 * for `--approve`, and nothing is ever asked. Annotations (`unattended`, `confirm`) refine it.
 */
export function makeUnattendedOperator({ show }: UnattendedSetting): Operator {
  return {
    name: 'policy',
    decide: (situation) => Promise.resolve(decide(situation)),
    input: () => Promise.resolve(undefined),
    resolve: () => Promise.resolve(undefined),
    terminal: () => null,
    show,
  };
}

function decide(situation: Situation): Decision {
  if (situation.failure) return { do: 'stop' };
  const { step } = situation.planned;
  const isHuman = step.effect === 'asks';
  const policy = step.annotations.unattended ?? (isHuman ? 'stop' : 'run');
  if (policy === 'skip') return { do: 'skip', why: 'unattended=skip in the runbook' };
  if (policy === 'stop')
    return {
      do: 'wait',
      why: isHuman ? 'a person has to do this' : 'unattended=stop in the runbook',
    };
  return isHuman ? { do: 'wait', why: 'a person has to do this' } : confirmed(situation);
}

function confirmed({ planned, plan }: Situation): Decision {
  const { step, id } = planned;
  const needsApproval = step.annotations.confirm ?? step.effect === 'destroys';
  if (!needsApproval) return { do: 'run' };
  if (plan.request.approve.includes(id) || plan.request.approve.includes(step.id))
    return { do: 'run', approval: '--approve' };
  const what = step.effect === 'destroys' ? 'it destroys' : 'the runbook says confirm';
  return { do: 'wait', why: `${what}, and nobody approved it (--approve ${id})` };
}
