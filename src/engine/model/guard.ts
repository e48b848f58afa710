import { HandrailError } from './errors.ts';

/** Whether a value is what it has to be; `says` is what that is, for whoever gave another one. */
export interface Guard {
  (value: unknown): boolean;
  readonly says: string;
  /** What its members have to be, whatever they are called, or each by its name; absent: it has none that matter. */
  readonly members?: Guard | Fields;
}

/** What the members of an object have to be. */
export type Fields = Readonly<Record<string, Guard>>;

/** A guard and its words. */
export function guard(
  says: string,
  holds: (value: unknown) => boolean,
  members?: Guard | Fields,
): Guard {
  return Object.assign(holds, { says, ...(members === undefined ? {} : { members }) });
}

export const text = guard('a text', (value) => typeof value === 'string');
export const word = guard('a text that is not empty', (value) => text(value) && value !== '');
export const flag = guard('true or false', (value) => typeof value === 'boolean');
export const figure = guard('a number', (value) => Number.isFinite(value));
export const count = guard('a number from 0 on', (value) => figure(value) && Number(value) >= 0);
export const bytes = guard('a Uint8Array', (value) => value instanceof Uint8Array);
export const signal = guard('an AbortSignal', (value) => value instanceof AbortSignal);
export const whole = guard('a whole number', (value) => Number.isInteger(value));
export const sha256 = guard(
  'a SHA-256 in 64 small hexadecimal digits',
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
);
/** An object of a class is one too: its members are asked for by name. */
export const membersOf = (says: string, all: Fields): Guard =>
  guard(says, (value) => misfitOf(value, all, 'it') === undefined);
export const record = guard('an object', (value) => isRecord(value));
export const call = guard('a function', (value) => typeof value === 'function');

export const maybe = (is: Guard): Guard =>
  guard(`${is.says} or nothing`, (value) => value === undefined || is(value), is.members);

export const orNull = (is: Guard): Guard =>
  guard(`${is.says} or null`, (value) => value === null || is(value), is.members);

export const list = (is: Guard): Guard =>
  guard(
    `a list, each of its items ${is.says}`,
    (value) => Array.isArray(value) && allOf(value, is),
    is,
  );

/** What was left out of a list is nothing, and no item that holds: `every` passes it over. */
function allOf(all: readonly unknown[], is: Guard): boolean {
  for (const one of all) if (!is(one)) return false;
  return true;
}

/** An object whose members, whatever they are called, are all of one kind. */
export const recordOf = (is: Guard): Guard =>
  guard(
    `a plain object, each of its members ${is.says}`,
    (value) => isRecord(value) && !isKept(value) && Object.values(value).every((one) => is(one)),
    is,
  );

/**
 * What keeps something elsewhere than in members that can be listed (a Map, a promise, a Date, a class with getters, an object
 * behind another one): whoever lists those finds less in it than was said.
 */
export function isKept(value: object): boolean {
  if (Symbol.iterator in value || typeof Reflect.get(value, 'then') === 'function') return true;
  const listed = new Set(['constructor', ...Object.keys(value)]);
  for (let at: object | null = value; at !== null && !isRoot(at); at = Object.getPrototypeOf(at))
    if (Object.getOwnPropertyNames(at).some((name) => !listed.has(name))) return true;
  return false;
}

/** What stands behind every object, also of another realm. */
function isRoot(at: object): boolean {
  return Object.getPrototypeOf(at) === null && Object.hasOwn(at, 'isPrototypeOf');
}

export const fields = (guards: Fields): Guard =>
  guard(
    `an object with ${Object.keys(guards).join(', ')}`,
    (value) => isRecord(value) && fits(value, guards),
    guards,
  );

export const oneOf = (words: readonly string[]): Guard => {
  const known = new Set(words);
  return guard(
    `one of ${words.join(', ')}`,
    (value) => typeof value === 'string' && known.has(value),
  );
};

const listsOf = new Map<Fields, readonly (readonly [string, Guard])[]>();

/** Walks a list made once: to go over the names of an object costs as much as all guards together. */
export function fits(data: Readonly<Record<string, unknown>>, guards: Fields): boolean {
  let all = listsOf.get(guards);
  if (all === undefined) {
    all = Object.entries(guards);
    listsOf.set(guards, all);
  }
  for (const [name, is] of all) if (!is(data[name])) return false;
  return true;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong, and what was expected instead. */
export interface Misfit {
  readonly is: string;
  readonly expected: string;
}

/** The first member that is not as it has to be; `undefined`: all of them are. `holder`: what has the members, in a word. */
export function misfitOf(value: unknown, guards: Fields, holder: string): Misfit | undefined {
  // A class may keep its members where nobody lists them: they are asked for by name.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    return { is: `${holder} is ${kindOf(value)}`, expected: 'an object' };
  for (const [name, is] of Object.entries(guards)) {
    const member: unknown = Reflect.get(value, name);
    if (!is(member)) return misfit(name, member, is);
  }
  return undefined;
}

/** Throws USAGE where what a program without types gave to `by` is not as it has to be; `what`: what has the members. */
export function refuse(by: string, what: string, value: unknown, all: Fields): void {
  const wrong = misfitOf(value, all, what);
  if (wrong === undefined) return;
  const isMember = wrong.is.startsWith('`') && what !== '';
  throw cannotWork(by, isMember ? `${wrong.is} in ${what}` : wrong.is, wrong.expected);
}

/** The same of what a function takes by its place. */
export function refuseArguments(by: string, given: object, all: Fields): void {
  refuse(by, '', given, all);
}

/**
 * Throws USAGE for a member that nobody knows: it would be left out of what was meant. `nearest` finds which one that may
 * have been.
 */
export function refuseUnknown(
  by: string,
  what: string,
  given: object,
  known: Fields,
  nearest?: (name: string, all: readonly string[]) => string | undefined,
): void {
  const all = Object.keys(known);
  const name = Object.keys(given).find((one) => !Object.hasOwn(known, one));
  if (name === undefined) return;
  const near = nearest?.(name, all);
  const then = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  throw cannotWork(by, `${what} says \`${name}\``, `one of ${all.join(', ')}`, then);
}

/** What somebody's program gave and nobody can work with. */
export function cannotWork(by: string, is: string, expected: string, then = ''): HandrailError {
  return new HandrailError('USAGE', {
    message: `\`${by}\` was given what it cannot work with: ${is}, where ${expected} was expected.${then}`,
  });
}

/** As deep as can be said: of a list that is one, the item that is wrong. */
function misfit(at: string, value: unknown, is: Guard): Misfit {
  const { members } = is;
  const isList = Array.isArray(value);
  if (members !== undefined && (isList || isRecord(value))) {
    const listed = isList ? [...value.keys()].map(String) : Object.keys(value);
    const names = typeof members === 'function' ? listed : Object.keys(members);
    for (const name of names) {
      const inner = typeof members === 'function' ? members : members[name];
      const member: unknown = Reflect.get(value, name);
      if (inner !== undefined && !inner(member))
        return misfit(isList ? `${at}[${name}]` : `${at}.${name}`, member, inner);
    }
  }
  return { is: `\`${at}\` is ${kindOf(value)}`, expected: is.says };
}

/** What a value is, without saying what it holds: it may be a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (value === '') return 'an empty text';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

/** Whether something is an error; a thing that nobody may ask (a Proxy that throws, or was revoked) is none. */
export function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error;
  } catch {
    return false;
  }
}

/** What was thrown, in words, whatever it is: it may throw in its turn when it is asked. */
export function saidBy(
  thrown: unknown,
  say = ({ message, name }: Error): string => message || name,
): string {
  if (typeof thrown === 'function') return 'a function';
  try {
    if (isError(thrown)) return `${say(thrown)}`;
  } catch {
    return 'an error that cannot be told';
  }
  return typeof thrown === 'object' && thrown !== null ? 'an object' : String(thrown);
}
