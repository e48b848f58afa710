import type { Block } from '../model/block.ts';
import { carriedOutBy, EFFECTS } from '../model/effect.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import {
  count,
  type Fields,
  fields,
  flag,
  list,
  type Misfit,
  maybe,
  misfitOf,
  oneOf,
  saidBy,
  text,
} from '../model/guard.ts';
import { brokenPromise } from './broken-promise.ts';
import type { AnyStepType, Detection } from './step-type.ts';

const KNOWN_EFFECTS: readonly unknown[] = EFFECTS;

const unread = fields({
  rule: oneOf(['unread-limit', 'psql-command']),
  line: maybe(count),
  word: text,
  message: text,
  hint: text,
});
/** What a detection may say besides. */
const BESIDES: Fields = {
  inferred: maybe(flag),
  effectWhy: maybe(text),
  effectRecorded: maybe(flag),
  unread: maybe(list(unread)),
};

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
  const { human } = type;
  let found: Detection<unknown> | undefined;
  let misfit: Misfit | undefined;
  try {
    found = type.detect(block, frontmatter);
    // What its members throw is thrown by its owner, too.
    misfit = found === undefined ? undefined : misfitIn(found, human);
  } catch (cause) {
    const is = `${at} threw "${saidBy(cause)}"`;
    throw brokenPromise(type.name, is, '`undefined` or a detection', cause);
  }
  if (misfit === undefined) return found;
  const is = `${at} answered what is no detection${misfit.is}`;
  throw brokenPromise(type.name, is, misfit.expected);
}

function misfitIn(found: Detection<unknown>, isHuman: boolean): Misfit | undefined {
  if (
    typeof found?.why !== 'string' ||
    found.body === undefined ||
    !KNOWN_EFFECTS.includes(found.effect)
  )
    return {
      is: '',
      expected: `\`undefined\` or \`{ body, why, effect }\` with an effect of ${EFFECTS.join(', ')}`,
    };
  // By the effect it is known who carries a step out.
  if (isHuman && carriedOutBy(found.effect) !== 'person')
    return { is: `: its \`effect\` is \`${found.effect}\``, expected: '`asks` (it is `human`)' };
  const misfit = misfitOf(found, BESIDES, 'it');
  return misfit && { ...misfit, is: `: ${misfit.is}` };
}
