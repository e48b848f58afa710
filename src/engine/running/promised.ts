import { brokenPromise } from '../contracts/detected.ts';
import type { StepOutput, StepResult } from '../contracts/step-type.ts';
import { outcomeFacts, STEP_OUTCOMES } from '../model/outcome.ts';

const STREAMS: readonly unknown[] = ['stdout', 'stderr'] satisfies StepOutput['stream'][];
const OUTCOMES: readonly unknown[] = STEP_OUTCOMES.filter(
  (outcome) => outcomeFacts(outcome).ofAttempt,
);

/**
 * What a step's type hands over, held to the contract: what is none would be recorded all the same, and a record that
 * nobody can read looks altered. Throws STEP_CANNOT_RUN, which names the type.
 */
export async function* asPromised(
  type: string,
  running: AsyncGenerator<StepOutput, StepResult>,
): AsyncGenerator<StepOutput, StepResult> {
  if (typeof running?.next !== 'function')
    throw brokenPromise(type, '`run` is no generator', '`async *run(…)`');
  let isOver = false;
  try {
    for (;;) {
      isOver = true;
      const next = await running.next();
      isOver = next.done === true;
      if (next.done) return resultOf(type, next.value);
      yield outputOf(type, next.value);
    }
  } finally {
    if (!isOver) await running.return({ outcome: 'cancelled' });
  }
}

function outputOf(type: string, output: StepOutput | undefined): StepOutput {
  if (STREAMS.includes(output?.stream) && output?.chunk instanceof Uint8Array) return output;
  const expected = "`{ stream: 'stdout' | 'stderr', chunk: Uint8Array }`";
  throw brokenPromise(type, '`run` yielded what is no output', expected);
}

function resultOf(type: string, result: StepResult | undefined): StepResult {
  if (result === undefined || !OUTCOMES.includes(result.outcome))
    throw brokenPromise(type, '`run` returned no outcome', `one of ${OUTCOMES.join(', ')}`);
  try {
    JSON.stringify(result);
  } catch (cause) {
    throw brokenPromise(
      type,
      '`run` returned what is no JSON',
      'plain data without circles',
      cause,
    );
  }
  return result;
}
