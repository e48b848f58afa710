import type { Block } from '../model/block.ts';
import { carriedOutBy, EFFECTS } from '../model/effect.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import {
  count,
  type Fields,
  fields,
  flag,
  guard,
  list,
  type Misfit,
  maybe,
  misfitOf,
  oneOf,
  saidBy,
  text,
} from '../model/guard.ts';
import { brokenPromise, heardOf, unknownIn } from './broken-promise.ts';
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
  effectSure: maybe(flag),
  effectRecorded: maybe(flag),
  unread: maybe(list(unread)),
};

/** All that a detection may say. */
const KNOWN: Fields = {
  body: guard('anything', () => true),
  why: text,
  effect: oneOf(EFFECTS),
  ...BESIDES,
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

/**
 * A step type of somebody else's: each of its `members` asked once, and what it is shown of a page not to be changed, since
 * the types that are asked after it, and the reader, look at the same.
 */
export function keptType(type: AnyStepType, members: Fields): AnyStepType {
  const said = Object.entries(heardOf(type, members)).map(([name, member]) => [
    name,
    typeof member === 'function' ? member.bind(type) : member,
  ]);
  const own: AnyStepType = Object.fromEntries(said);
  const seen = new WeakMap<object, object>();
  return {
    ...own,
    detect: (block, frontmatter) => own.detect(frozen(block, seen), frozen(frontmatter, seen)),
  };
}

/** The same, which nobody can change: a copy, since the reader's own is not done yet. */
function frozen<Value>(value: Value, seen: WeakMap<object, object>): Value {
  if (typeof value !== 'object' || value === null || !isListed(value)) return value;
  const known = seen.get(value);
  // What was made of it is of its kind.
  if (known !== undefined) return known as Value;
  const all = Object.entries(value).map(([name, one]) => [name, frozen(one, seen)] as const);
  const copy = Object.freeze(
    Array.isArray(value) ? all.map(([, one]) => one) : Object.fromEntries(all),
  );
  seen.set(value, copy);
  return copy as Value;
}

/** A list, or an object without a class. */
function isListed(value: object): boolean {
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
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
  const misfit = misfitOf(found, BESIDES, 'it') ?? unknownIn(found, KNOWN, 'body');
  return misfit && { ...misfit, is: `: ${misfit.is}` };
}
