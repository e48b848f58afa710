import { nearest } from '../../text/nearest.ts';
import { HandrailError, isSaid } from '../model/errors.ts';
import { type Fields, type Guard, kindOf, type Misfit, saidBy } from '../model/guard.ts';

/** Somebody else's code that does not do as the contract says: `kind` is what it is, `name` which one. */
export function brokenContract(
  kind: 'step type' | 'operator' | 'renderer' | 'run store' | 'clock',
  name: string,
  { is, expected }: { readonly is: string; readonly expected: string },
  cause?: unknown,
): HandrailError {
  const message = `The ${kind} \`${name}\` does not keep its contract: ${is}, where ${expected} was expected. Mend the ${kind}.`;
  const code = kind === 'step type' ? 'STEP_CANNOT_RUN' : 'USAGE';
  return new HandrailError(code, { message }, { cause });
}

/** A step type that does not do as the contract says. */
export function brokenPromise(
  type: string,
  is: string,
  expected: string,
  cause?: unknown,
): HandrailError {
  return brokenContract('step type', type, { is, expected }, cause);
}

/**
 * The members that somebody else's code may say, each asked once: what was looked at is what is done. Of an object of a
 * class, too, which keeps its members where nobody lists them.
 */
export function heardOf(said: object, known: Fields): object {
  const all = Object.keys(known).map((name) => [name, Reflect.get(said, name)] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/**
 * What nobody hears is said for nothing: an approval or an exit code by a slip of the pen would be none. `first`: the member
 * that is there in any case.
 */
export function unknownIn(said: object, known: Fields, first: string): Misfit | undefined {
  const name = Object.keys(said).find(
    (one) => !Object.hasOwn(known, one) && Reflect.get(said, one) !== undefined,
  );
  if (name === undefined) return undefined;
  const names = Object.keys(known).filter((one) => one !== first);
  const near = nearest(name, names);
  const all = names.length === 0 ? `nothing besides \`${first}\`` : `one of ${names.join(', ')}`;
  return { is: `\`${name}\` is said`, expected: near === undefined ? all : `\`${near}\`` };
}

/** What a function of a step type answers, held to the contract. Throws STEP_CANNOT_RUN, which names the type. */
export function answerOf<T>(type: string, member: string, is: Guard, ask: () => T): T {
  let answer: T;
  try {
    answer = ask();
    // What its members throw is thrown by its owner, too.
    if (is(answer)) return answer;
  } catch (cause) {
    throw thrown(type, member, is, cause);
  }
  throw otherwise(type, member, is, answer);
}

/** The same of a promise. */
export async function promisedBy<T>(
  type: string,
  member: string,
  is: Guard,
  ask: () => Promise<T>,
): Promise<T> {
  let answer: T;
  try {
    answer = await ask();
    if (is(answer)) return answer;
  } catch (cause) {
    throw thrown(type, member, is, cause);
  }
  throw otherwise(type, member, is, answer);
}

function otherwise(type: string, member: string, is: Guard, answer: unknown): HandrailError {
  return brokenPromise(type, `\`${member}\` answered ${kindOf(answer)}`, is.says);
}

/** What is said on purpose goes on as it is. */
function thrown(type: string, member: string, is: Guard, cause: unknown): unknown {
  if (isSaid(cause)) return cause;
  return brokenPromise(type, `\`${member}\` threw "${saidBy(cause)}"`, is.says, cause);
}
