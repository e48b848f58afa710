import { brokenPromise, heardOf, unknownIn } from '../contracts/broken-promise.ts';
import type { StepOutput, StepResult } from '../contracts/step-type.ts';
import {
  type Fields,
  isRecord,
  kindOf,
  list,
  maybe,
  misfitOf,
  oneOf,
  record,
  recordOf,
  text,
  whole,
} from '../model/guard.ts';
import { outcomeFacts, STEP_OUTCOMES } from '../model/outcome.ts';
import { attachment, expectation } from '../record/read-event.ts';

const STREAMS: readonly unknown[] = ['stdout', 'stderr'] satisfies StepOutput['stream'][];
const OUTCOMES = STEP_OUTCOMES.filter((outcome) => outcomeFacts(outcome).ofAttempt);

/** So many pieces of output are taken in one turn of the process. */
const PIECES_A_TURN = 32;

const GENERATOR = '`async *run(…)`';

const OUTCOME = oneOf(OUTCOMES);

/** What a result may say. */
const RESULT: Fields = {
  outcome: OUTCOME,
  exitCode: maybe(whole),
  signal: maybe(text),
  why: maybe(text),
  warnings: maybe(list(text)),
  captured: maybe(recordOf(text)),
  facts: maybe(record),
  observed: maybe(text),
  attachments: maybe(list(attachment)),
  expectations: maybe(list(expectation)),
};

/**
 * What a step's type hands over, held to the contract: what is none would be recorded all the same, and a record that
 * nobody can read looks altered. Throws STEP_CANNOT_RUN, which names the type.
 */
export async function* asPromised(
  type: string,
  running: AsyncGenerator<StepOutput, StepResult>,
): AsyncGenerator<StepOutput, StepResult> {
  if (typeof running?.next !== 'function')
    throw brokenPromise(type, '`run` is no generator', GENERATOR);
  let isOver = false;
  let pieces = 0;
  try {
    for (;;) {
      isOver = true;
      const next = await running.next();
      if (!isRecord(next))
        throw brokenPromise(
          type,
          `\`run\` is no generator: \`next\` answered ${kindOf(next)}`,
          GENERATOR,
        );
      isOver = next.done === true;
      if (next.done) return resultOf(type, next.value);
      yield outputOf(type, next.value);
      // Whoever yields without waiting for anything would keep the signal and the step's time from their turn.
      pieces++;
      if (pieces % PIECES_A_TURN === 0) await new Promise(setImmediate);
    }
  } finally {
    // Who writes the two of a generator by hand may have left the third out.
    if (!isOver) await running.return?.({ outcome: 'cancelled' });
  }
}

function outputOf(type: string, output: StepOutput | undefined): StepOutput {
  if (STREAMS.includes(output?.stream) && output?.chunk instanceof Uint8Array) return output;
  const expected = "`{ stream: 'stdout' | 'stderr', chunk: Uint8Array }`";
  throw brokenPromise(type, '`run` yielded what is no output', expected);
}

function resultOf(type: string, said: StepResult | undefined): StepResult {
  const result = isRecord(said) ? heardOf(said, RESULT) : {};
  if (!OUTCOME(Reflect.get(result, 'outcome')))
    throw brokenPromise(type, '`run` returned no outcome', `one of ${OUTCOMES.join(', ')}`);
  const misfit = misfitOf(result, RESULT, 'it') ?? unknownIn(Object(said), RESULT, 'outcome');
  if (misfit !== undefined)
    throw brokenPromise(type, `\`run\` returned a result in which ${misfit.is}`, misfit.expected);
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
  return result as StepResult;
}
