import type { Block } from '../model/block.ts';
import { EFFECTS } from '../model/effect.ts';
import { HandrailError } from '../model/errors.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { AnyStepType, Detection } from './step-type.ts';

const KNOWN_EFFECTS: readonly unknown[] = EFFECTS;

/**
 * What a step type finds in a block, held to the contract: what is none would be a step that nobody can judge. Throws
 * STEP_CANNOT_RUN, which names the type and the block's line.
 */
export function detected(
  type: AnyStepType,
  block: Block,
  frontmatter?: Frontmatter,
): Detection<unknown> | undefined {
  const at = `\`detect\`, asked about line ${block.line},`;
  let found: Detection<unknown> | undefined;
  try {
    found = type.detect(block, frontmatter);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw brokenPromise(type.name, `${at} threw "${what}"`, '`undefined` or a detection', cause);
  }
  if (found === undefined) return undefined;
  if (
    typeof found?.why !== 'string' ||
    found.body === undefined ||
    !KNOWN_EFFECTS.includes(found.effect)
  )
    throw brokenPromise(
      type.name,
      `${at} answered what is no detection`,
      `\`undefined\` or \`{ body, why, effect }\` with an effect of ${EFFECTS.join(', ')}`,
    );
  return found;
}

/** A step type that somebody else wrote, and that does not do as the contract says. */
export function brokenPromise(
  type: string,
  is: string,
  expected: string,
  cause?: unknown,
): HandrailError {
  const message = `The step type \`${type}\` does not keep its contract: ${is}, where ${expected} was expected. Mend the step type.`;
  return new HandrailError('STEP_CANNOT_RUN', { message }, { cause });
}
