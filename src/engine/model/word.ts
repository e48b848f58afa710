import { parseDuration } from '../../text/duration.ts';
import { parseEach } from './each.ts';

/** What a text stands for, beyond being text: judged by `check` where the runbook is known. */
export type TextForm =
  | 'condition'
  | 'connection'
  | 'cron'
  | 'date'
  | 'each'
  | 'env'
  | 'input'
  | 'on-fail'
  | 'pattern'
  | 'place'
  | 'regex'
  | 'rules'
  | 'timezone';

/** How a word's value is written, and so what it is read as. */
export type Value =
  | { readonly kind: 'text'; readonly form?: TextForm }
  /** Alone, or `true`/`false`; or one of the words. */
  | { readonly kind: 'flag'; readonly or?: readonly string[] }
  /** Read as milliseconds. */
  | { readonly kind: 'duration' }
  /** A duration that is kept as it is written. */
  | { readonly kind: 'span' }
  | { readonly kind: 'count' }
  | { readonly kind: 'number' }
  | { readonly kind: 'codes' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  /** One text, number, `true` or `false`; with `list` several of them too, which are read as one text. */
  | { readonly kind: 'scalar'; readonly list?: true }
  | { readonly kind: 'scalars' }
  /** One text, or several. */
  | { readonly kind: 'texts'; readonly of?: readonly string[] }
  /** Names of the author's own, each with a value. */
  | { readonly kind: 'map'; readonly of: Value; readonly bare?: boolean }
  | { readonly kind: 'group'; readonly words: Words }
  | { readonly kind: 'groups'; readonly words: Words };

/**
 * Annotations that mean something at the same steps, by what they are about: how the machine runs a step, a step that is done
 * once for itself, a fence's output, a process, a script, its shell, a database connection, a link to a runbook.
 */
export type WordGroup =
  | 'run'
  | 'doing'
  | 'fence'
  | 'process'
  | 'script'
  | 'bash'
  | 'connection'
  | 'link';

/** Places of annotations that are no steps: a heading, expected output, a fence that never runs. */
export type PlaceBeside = 'heading' | 'output' | 'shown';

/** One word that an author may write: all that reading, help, hints, schema and documentation say of it. */
export interface Word {
  /** One sentence: what it does. */
  readonly meaning: string;
  readonly value: Value;
  /** What holds where it is not written. */
  readonly default?: string;
  /** Where an annotation means something: at step types that take its group, or beside the steps. Absent: at every step. */
  readonly at?: readonly (WordGroup | PlaceBeside)[];
  /** The word without which it says nothing. */
  readonly beside?: string;
  readonly required?: true;
  /** A runbook in which it stands; a test carries it out. */
  readonly example?: string;
  /** What carrying the example out ends with, where that is not 0. */
  readonly exitCode?: number;
}

/** Words by name. */
export type Words = Readonly<Record<string, Word>>;

/** What a value is read as. */
export type ReadAs<Kind extends Value> = Kind extends { readonly kind: 'text' | 'span' }
  ? string
  : Kind extends { readonly kind: 'flag'; readonly or: readonly (infer One)[] }
    ? boolean | One
    : Kind extends { readonly kind: 'flag' }
      ? boolean
      : Kind extends { readonly kind: 'duration' | 'count' | 'number' }
        ? number
        : Kind extends { readonly kind: 'codes' }
          ? readonly number[]
          : Kind extends { readonly kind: 'choice'; readonly of: readonly (infer One)[] }
            ? One
            : Kind extends { readonly kind: 'scalar' }
              ? Scalar
              : Kind extends { readonly kind: 'scalars' }
                ? readonly Scalar[]
                : Kind extends { readonly kind: 'texts' }
                  ? readonly string[]
                  : Kind extends {
                        readonly kind: 'map';
                        readonly bare: true;
                        readonly of: infer Of;
                      }
                    ? { readonly [name: string]: (Of extends Value ? ReadAs<Of> : never) | null }
                    : Kind extends { readonly kind: 'map'; readonly of: infer Of extends Value }
                      ? { readonly [name: string]: ReadAs<Of> }
                      : Kind extends { readonly kind: 'group'; readonly words: infer Inner }
                        ? Inner extends Words
                          ? ReadWords<Inner>
                          : never
                        : Kind extends { readonly kind: 'groups'; readonly words: infer Inner }
                          ? Inner extends Words
                            ? readonly ReadWords<Inner>[]
                            : never
                          : never;

type Scalar = string | number | boolean;
type RequiredOf<Table extends Words> = {
  [Name in keyof Table]: Table[Name] extends { readonly required: true } ? Name : never;
}[keyof Table];

/** What a table of words is read as. */
export type ReadWords<Table extends Words> = {
  readonly [Name in RequiredOf<Table>]: ReadAs<Table[Name]['value']>;
} & {
  readonly [Name in Exclude<keyof Table, RequiredOf<Table>>]?:
    | ReadAs<Table[Name]['value']>
    | undefined;
};

/** One thing that is wrong with a value. */
export interface WrongValue {
  /** Names and places below the value; empty for the value itself. */
  readonly path: readonly (string | number)[];
  /** The end of the sentence "It …". */
  readonly why: string;
  /** A name that stands below and is not known. */
  readonly unknown?: string;
  /** What could stand there instead of it. */
  readonly known?: readonly string[];
}

/** A value as it was read, or all that is wrong with it. */
export type ReadValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly wrong: readonly WrongValue[] };

/** Reads a value by its kind. Pure; nothing is judged that the runbook must be known for. */
export function readValue(kind: Value, said: unknown): ReadValue {
  switch (kind.kind) {
    case 'text':
      if (!isScalar(said)) return bad('has to be a text');
      if (kind.form === 'on-fail' && !ON_FAIL.test(String(said)))
        return bad(`has to be ${FORMS['on-fail']}`);
      return kind.form === 'each' && parseEach(String(said)) === undefined
        ? bad(`has to be ${FORMS['each']}`)
        : good(String(said));
    case 'flag':
      return flag(said, kind.or ?? []);
    case 'duration':
    case 'span':
      return duration(kind.kind, said);
    case 'count':
      return isScalar(said) && /^\d{1,6}$/.test(String(said))
        ? good(Number(said))
        : bad('has to be a whole number, such as 3');
    case 'number':
      return isScalar(said) && /^\d{1,6}(?:\.\d{1,6})?$/.test(String(said))
        ? good(Number(said))
        : bad('has to be a number, such as 2');
    case 'codes':
      return codes(said);
    case 'choice':
      return kind.of.includes(String(said)) && isScalar(said)
        ? good(String(said))
        : bad(`has to be ${either(kind.of)}`);
    case 'scalar':
      if (kind.list === true && Array.isArray(said) && said.every(isScalar))
        return good(asOneText(said.map(String)));
      return isScalar(said) ? good(said) : bad('has to be a text, a number, true or false');
    case 'scalars':
      return Array.isArray(said) && said.every(isScalar)
        ? good(said)
        : bad('has to be a list of texts or numbers, such as [a, b]');
    case 'texts':
      return texts(said, kind.of);
    case 'map':
      return map(kind, said);
    case 'group':
      return group(kind.words, said);
    case 'groups':
      return groups(kind.words, said);
    default:
      return kind satisfies never;
  }
}

/** What may be written, in words: "`stop` or `continue`", "a duration such as `30s`". */
export function valueInWords(kind: Value): string {
  switch (kind.kind) {
    case 'text':
      return FORMS[kind.form ?? 'none'] ?? 'a text';
    case 'flag':
      return `alone, or ${either(['true', 'false', ...(kind.or ?? [])])}`;
    case 'duration':
    case 'span':
      return 'a duration such as `30s`, `5m`, `1h30m` or `2d`; a number alone is seconds';
    case 'count':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'codes':
      return 'exit codes such as `0,3`';
    case 'choice':
      return either(kind.of);
    case 'scalar':
      return `a text, a number, \`true\` or \`false\`${kind.list === true ? ', or a list of them' : ''}`;
    case 'scalars':
      return 'a list of texts or numbers';
    case 'texts':
      return kind.of === undefined ? 'a text, or a list of them' : `a list of ${either(kind.of)}`;
    case 'map':
      return `names, each with ${valueInWords(kind.of)}`;
    case 'group':
      return `fields: ${Object.keys(kind.words)
        .map((name) => `\`${name}\``)
        .join(', ')}`;
    case 'groups':
      return `a list of entries with the fields ${Object.keys(kind.words)
        .map((name) => `\`${name}\``)
        .join(', ')}`;
    default:
      return kind satisfies never;
  }
}

const ON_FAIL = /^(?:stop|continue|rollback|goto #\S{1,200})$/;

const FORMS: Readonly<Record<string, string>> = {
  condition: 'a condition such as `environment = production and days < 21`',
  connection: 'the name of a connection',
  cron: 'five fields such as `0 2 * * 1-5`, or `@daily`',
  date: 'a date such as `2027-03-31`',
  each: 'a name and a list, such as `host in hosts`',
  env: 'the name of an environment variable',
  input: 'the name of an input',
  'on-fail': '`stop`, `continue`, `rollback` or `goto #procedure`',
  pattern: 'a regular expression that the whole value has to match',
  place: '`container:NAME` or `pod:NAMESPACE/NAME`',
  regex: 'a regular expression',
  rules: 'names of rules of `check`',
  timezone: 'a time zone such as `Europe/Zagreb`',
};

/** "`a`, `b` or `c`". */
export function either(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** A list as it would be given on the command line: its words, or its lines where an item is no word. */
function asOneText(items: readonly string[]): string {
  return items.join(items.some((item) => /[\s,]/.test(item)) ? '\n' : ' ');
}

function flag(said: unknown, or: readonly string[]): ReadValue {
  if (typeof said === 'string' && or.includes(said)) return good(said);
  if (said === true || said === 'true' || said === '' || said === 'yes') return good(true);
  if (said === false || said === 'false' || said === 'no') return good(false);
  return bad(`has to be ${either(['true', 'false', ...or])}`);
}

function duration(kind: 'duration' | 'span', said: unknown): ReadValue {
  const ms =
    typeof said === 'string' || typeof said === 'number' ? parseDuration(`${said}`) : undefined;
  if (ms === undefined) return bad('has to be a duration such as 30s, 5m, 1h30m or 2d');
  return good(kind === 'span' ? String(said) : ms);
}

function codes(said: unknown): ReadValue {
  const list = Array.isArray(said) ? said : String(said).split(/[\s,]+/);
  const read = list.map((one: unknown) => (/^\d{1,3}$/.test(String(one)) ? Number(one) : -1));
  return read.length > 0 && read.every((code) => code >= 0 && code <= 255)
    ? good(read)
    : bad('has to be a list of exit codes from 0 to 255, such as 0,3');
}

function texts(said: unknown, of: readonly string[] | undefined): ReadValue {
  const list: readonly unknown[] = Array.isArray(said) ? said : [said];
  if (!list.every(isScalar)) return bad('has to be a text, or a list of texts such as [a, b]');
  const read = list.map(String);
  const strange = of === undefined ? -1 : read.findIndex((one) => !of.includes(one));
  if (of === undefined || strange < 0) return good(read);
  return {
    ok: false,
    wrong: [
      {
        path: Array.isArray(said) ? [strange] : [],
        why: `says \`${read[strange]}\` and has to be ${either(of)}`,
        known: of,
      },
    ],
  };
}

function map(kind: Extract<Value, { kind: 'map' }>, said: unknown): ReadValue {
  if (!isRecord(said)) return bad('has to be names with values, such as { name: … }');
  return collected(Object.entries(said), (_, value) =>
    kind.bare === true && value === null ? good(null) : readValue(kind.of, value),
  );
}

function group(table: Words, said: unknown): ReadValue {
  const names = Object.keys(table);
  if (!isRecord(said)) return bad(`has to be a group of fields: ${names.join(', ')}`);
  const missing = names.filter((name) => table[name]?.required === true && !(name in said));
  if (missing.length > 0) return bad(`needs ${either(missing)}`);
  return collected(Object.entries(said), (name, value) => {
    const word = Object.hasOwn(table, name) ? table[name] : undefined;
    if (word !== undefined) return readValue(word.value, value);
    if (name.startsWith('x-')) return good(undefined);
    return {
      ok: false,
      wrong: [{ path: [], why: 'is not known', unknown: name, known: names }],
    };
  });
}

function groups(table: Words, said: unknown): ReadValue {
  if (!Array.isArray(said)) return bad('has to be a list, each entry behind a dash');
  const read = said.map((one: unknown) => group(table, one));
  const wrong = read.flatMap((one, index) => (one.ok ? [] : below(one.wrong, index)));
  return wrong.length > 0
    ? { ok: false, wrong }
    : good(read.map((one) => (one.ok ? one.value : undefined)));
}

function collected(
  entries: readonly (readonly [string, unknown])[],
  read: (name: string, value: unknown) => ReadValue,
): ReadValue {
  const values: Record<string, unknown> = {};
  const wrong: WrongValue[] = [];
  for (const [name, value] of entries) {
    const one = read(name, value);
    if (!one.ok) wrong.push(...below(one.wrong, name));
    else if (one.value !== undefined) values[name] = one.value;
  }
  return wrong.length > 0 ? { ok: false, wrong } : good(values);
}

const below = (wrong: readonly WrongValue[], step: string | number): readonly WrongValue[] =>
  wrong.map((one) => ({ ...one, path: [step, ...one.path] }));
const good = (value: unknown): ReadValue => ({ ok: true, value });
const bad = (why: string): ReadValue => ({ ok: false, wrong: [{ path: [], why }] });
const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
