import {
  type JudgedBy,
  judgeCondition,
  namesCompared,
  namesInCondition,
  parseCondition,
} from '../model/condition.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { BoundInput } from '../model/plan.ts';

type Values = ReadonlyMap<string, BoundInput>;
/** How the inputs of a runbook are declared. */
type Declared = Frontmatter['inputs'];

/** Whether `when` holds now, with the values it was judged by; or why it cannot be judged. */
export type JudgedWhen =
  | { readonly holds: boolean; readonly by: string; readonly problem?: undefined }
  | { readonly problem: string };

/**
 * Judges `when` where the step is due: every value that will ever be there is there. An input that is compared and has
 * no value leaves nothing to judge by; one that is only asked for (`when=changed`) is then not there.
 */
export function judgeWhen(when: string, values: Values, declared: Declared): JudgedWhen {
  const by = judgedBy(values, declared);
  const read = parseCondition(when);
  if (!read.ok) return { problem: `\`when=${when}\` cannot be read: it ${read.why}` };
  const missing = namesCompared(read.condition).find((name) => !values.has(name));
  try {
    const found = judgeCondition(read.condition, by);
    if (found === 'unknown' && missing !== undefined)
      return { problem: `\`when=${when}\` cannot be judged: \`${missing}\` has no value here` };
    const holds =
      found === 'unknown'
        ? judgeCondition(read.condition, { ...by, valueFor: (name) => by.valueFor(name) ?? '' }) ===
          'true'
        : found === 'true';
    const known = namesInCondition(read.condition).map((name) => {
      const bound = values.get(name);
      return `${name} is ${bound === undefined ? 'not there' : bound.secret ? 'secret' : `\`${bound.value}\``}`;
    });
    return { holds, by: known.join(', ') };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problem: `\`when=${when}\` cannot be judged: ${error.message}` };
  }
}

/** What can be said of `when` before the first step: `unknown` where it asks for what a step will give. */
export function foreseeWhen(
  when: string,
  values: Values,
  declared: Declared,
): 'true' | 'false' | 'unknown' {
  const read = parseCondition(when);
  if (!read.ok) return 'unknown';
  try {
    return judgeCondition(read.condition, judgedBy(values, declared));
  } catch (error) {
    if (error instanceof RangeError) return 'unknown';
    throw error;
  }
}

const judgedBy = (values: Values, declared: Declared = {}): JudgedBy => ({
  valueFor: (name) => values.get(name)?.value,
  isNumber: (name) => declared[name]?.type === 'number',
});
