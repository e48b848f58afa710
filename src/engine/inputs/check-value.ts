import { nearest } from '../../text/nearest.ts';
import { compileRegex } from '../expect/regex.ts';
import type { Frontmatter, InputDeclaration } from '../model/frontmatter.ts';
import { type Sayable, sayValues } from '../model/said-values.ts';
import { FOLDER, UMASK } from '../shell/bash-variables.ts';

/** A value that fits its declaration, or why it does not: the end of the sentence "The value …". */
export type CheckedValue =
  | { readonly value: string; readonly why?: undefined }
  | { readonly why: string };

const SHELL_STATE: Readonly<Record<string, InputDeclaration>> = {
  [FOLDER]: { description: 'The folder in which the steps go on.', pattern: '/.*' },
  [UMASK]: { description: 'The mask of the files that the steps make.', pattern: '[0-7]{1,4}' },
};

/** What is known of an input by its name: what the page declares, or what a shell knows it as. */
export function declarationOf(
  name: string,
  declared: Readonly<Record<string, InputDeclaration | null>>,
): InputDeclaration | null {
  if (Object.hasOwn(declared, name)) return declared[name] ?? null;
  return Object.hasOwn(SHELL_STATE, name) ? (SHELL_STATE[name] ?? null) : null;
}

/** Checks a value against type, choices and pattern. Booleans come back as `true` or `false`. */
export function checkValue(value: string, declaration: InputDeclaration | null): CheckedValue {
  const typed = ofType(value, declaration?.type ?? 'string');
  if (typed.why !== undefined) return typed;
  const choices = declaration?.choices?.map(String);
  if (choices !== undefined && !choices.includes(typed.value))
    return { why: `is none of ${choices.map((choice) => `\`${choice}\``).join(', ')}` };
  const pattern = declaration?.pattern;
  if (pattern !== undefined && !matches(pattern, typed.value))
    return { why: `does not match \`${pattern}\`` };
  return typed;
}

/** What the page with a link says of the values around it. */
type PageAround = Pick<Frontmatter, 'inputs' | 'environments'>;

/**
 * Why values cannot be given to the inputs of a page: the end of the sentence "The page …", and the input that was
 * probably meant; `undefined`: they can be. What is made of other values is judged by those that `around` says.
 */
export function whyNotGiven(
  given: Readonly<Record<string, string>>,
  names: readonly string[],
  declared: Readonly<Record<string, InputDeclaration | null>>,
  around: PageAround = {},
): { readonly why: string; readonly near?: string | undefined } | undefined {
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name))
      return { why: `has no input \`${name}\``, near: nearest(name, names) };
    if (value.includes('{{')) continue;
    const { why } = checkValue(value, declared[name] ?? null);
    if (why !== undefined) return { why: notTaken(name, value, why) };
  }
  const made = Object.entries(given).filter(([, value]) => value.includes('{{'));
  for (const { values, said } of saidAround(around))
    for (const [name, written] of made) {
      const value = sayValues(written, (one) => values.get(one));
      if (value.includes('{{')) continue;
      const { why } = checkValue(value, declared[name] ?? null);
      if (why !== undefined)
        return { why: notTaken(name, value, `${why} (\`${written}\`${said})`) };
    }
  return undefined;
}

/** Why the values that a page says are none for a linked page with inputs of the same names: the same end of that sentence. */
export function whyNotShared(
  names: readonly string[],
  declared: Readonly<Record<string, InputDeclaration | null>>,
  around: PageAround,
): string | undefined {
  for (const { values, said } of saidAround(around))
    for (const name of names) {
      const value = values.get(name)?.value;
      if (value === undefined) continue;
      const { why } = checkValue(value, declared[name] ?? null);
      if (why !== undefined) return notTaken(name, value, `${why} (this page's value${said})`);
    }
  return undefined;
}

const notTaken = (name: string, value: string, why: string): string =>
  `does not take \`${value}\` for \`${name}\`: it ${why}`;

/** Values that inputs have where nobody gives others: by their defaults, and in each environment. Secrets are not said. */
function saidAround({ inputs = {}, environments = {} }: PageAround): readonly {
  readonly values: ReadonlyMap<string, Sayable>;
  readonly said: string;
}[] {
  const entry = (name: string, value: unknown): readonly [string, Sayable][] =>
    inputs[name]?.secret === true ? [] : [[name, { value: String(value), secret: false }]];
  const defaults = Object.entries(inputs).flatMap(([name, declared]) =>
    declared?.default === undefined || declared.env !== undefined || declared.command !== undefined
      ? []
      : entry(name, declared.default),
  );
  const inEnvironments = Object.entries(environments).map(([environment, one]) => {
    const own = Object.entries(one?.values ?? {}).flatMap(([name, value]) => entry(name, value));
    return { values: new Map([...defaults, ...own]), said: `, in the environment ${environment}` };
  });
  return [{ values: new Map(defaults), said: ', by default' }, ...inEnvironments];
}

function ofType(value: string, type: 'string' | 'number' | 'boolean'): CheckedValue {
  switch (type) {
    case 'string':
      return { value };
    case 'number':
      return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)
        ? { value }
        : { why: 'is no number' };
    case 'boolean':
      if (/^(?:true|yes|on|1)$/i.test(value)) return { value: 'true' };
      if (/^(?:false|no|off|0)$/i.test(value)) return { value: 'false' };
      return { why: 'is neither `true` nor `false`' };
    default:
      return type satisfies never;
  }
}

/** A pattern must match the whole value. One that is no regular expression matches nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return compileRegex(pattern).matches(value);
  } catch {
    return false;
  }
}

/** What a shell would expand in a text, and nothing here does: `$HOME`, `$(date)`, `~/x`. */
export function expandedByShell(text: string): string | undefined {
  if (text === '~' || text.startsWith('~/')) return '~';
  const at = text.search(/\$[A-Za-z_{(]|`/);
  if (at < 0) return undefined;
  const rest = text.slice(at);
  if (rest.startsWith('`')) {
    const end = rest.indexOf('`', 1);
    return end < 0 ? undefined : rest.slice(0, end + 1);
  }
  const close = { '{': '}', '(': ')' }[rest.charAt(1)];
  if (close === undefined) return /^\$\w+/.exec(rest)?.[0];
  const end = rest.indexOf(close);
  return end < 0 ? undefined : rest.slice(0, end + 1);
}

/** What stands between the slashes of `/ready/i`, as other languages write an expression: here they are a part of it. */
export function betweenSlashes(pattern: string): string | undefined {
  return /^\/(.{1,400})\/[dgimsuvy]{0,8}$/.exec(pattern)?.[1];
}
