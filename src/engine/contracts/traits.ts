import { fields, flag, text } from '../model/guard.ts';
import type { StepTraits } from '../model/runbook.ts';
import { answerOf } from './broken-promise.ts';
import type { AnyStepType } from './step-type.ts';

const LINK = fields({ path: text, procedure: text });

/** What a step with that body brings along of its type. Throws STEP_CANNOT_RUN where the type does not keep its contract. */
export function traitsOf(type: AnyStepType, body: unknown): StepTraits {
  const { name, human, quoting, run } = type;
  const asserts =
    type.asserts !== undefined && answerOf(name, 'asserts', flag, () => type.asserts?.(body));
  const link = type.link && answerOf(name, 'link', LINK, () => type.link?.(body));
  return {
    isRun: !human && run !== undefined,
    quoting,
    ...(type.reachesOut ? { reachesOut: true } : {}),
    ...(type.preflightsConnection ? { usesConnection: true } : {}),
    // What a transcript printed is compared, and not taken.
    ...(type.captures && !asserts ? { captures: type.captures } : {}),
    ...(type.isTicked ? { isTicked: true } : {}),
    ...(asserts ? { asserts: true } : {}),
    ...(link ? { link } : {}),
  };
}
