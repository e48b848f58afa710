import { parseDuration } from '../../text/duration.ts';
import { parseEach } from './each.ts';

/** What a text stands for, beyond being text: judged by `check` where the runbook is known. */
export type TextForm =
  | 'command'
  | 'condition'
  | 'connection'
  | 'cron'
  | 'database'
  | 'date'
  | 'each'
  | 'env'
  | 'host'
  | 'input'
  | 'on-fail'
  | 'pattern'
  | 'place'
  | 'regex'
  | 'rules'
  | 'timezone'
  | 'words'
  | 'webhook';

/** How a word's value is written, and so what it is read as. */
export type Value =
  /** Never empty, unless that means something too. */
  | { readonly kind: 'text'; readonly form?: TextForm; readonly empty?: true }
  /** Alone, or `true`/`false`; or one of the words. */
  | { readonly kind: 'flag'; readonly or?: readonly string[] }
  /** Read as milliseconds; `some`: 0 would leave no time at all. */
  | { readonly kind: 'duration'; readonly some?: true }
  /** A duration that is kept as it is written. */
  | { readonly kind: 'span'; readonly some?: true }
  | { readonly kind: 'count' }
  /** Over 0. */
  | { readonly kind: 'number' }
  | { readonly kind: 'codes' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  /** One text, number, `true` or `false`; with `list` several of them too, which are read as one text. */
  | { readonly kind: 'scalar'; readonly list?: true }
  | { readonly kind: 'scalars' }
  /** One text, or several; `some`: an empty list would say the same as none, which its author did not mean. */
  | {
      readonly kind: 'texts';
      readonly of?: readonly string[];
      readonly form?: TextForm;
      readonly some?: true;
    }
  /** Names of the author's own, each with a value. */
  | {
      readonly kind: 'map';
      readonly of: Value;
      readonly bare?: boolean;
      /** What the names are, beyond being there. */
      readonly names?: TextForm;
    }
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
  /** It is said of one step: a heading does not pass it on, and it is no default of all. */
  readonly own?: true;
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

/** The words of a table that may hold for several steps. */
type SharedWords<Table extends Words> = {
  readonly [Name in keyof Table as Table[Name] extends { readonly own: true }
    ? never
    : Name]: Table[Name];
};

/** A table without what is said of one step alone. */
export function sharedWords<const Table extends Words>(table: Table): SharedWords<Table> {
  const shared = Object.entries(table).filter(([, { own }]) => own !== true);
  // Entries of the table that were not left out, under their own names.
  return Object.fromEntries(shared) as SharedWords<Table>;
}

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
  | {
      readonly ok: false;
      readonly wrong: readonly WrongValue[];
      /** Of names with values, those that are right, as far as they are. */
      readonly rest?: unknown;
    };

/** Reads a value by its kind. Pure; nothing is judged that the runbook must be known for. */
export function readValue(kind: Value, said: unknown): ReadValue {
  switch (kind.kind) {
    case 'text':
      return textOf(kind, said);
    case 'flag':
      return flag(said, kind.or ?? []);
    case 'duration':
    case 'span':
      return duration(kind, said);
    case 'count':
      return isScalar(said) && /^\d{1,6}$/.test(String(said))
        ? good(Number(said))
        : bad('has to be a whole number, such as 3');
    case 'number':
      return isScalar(said) && /^\d{1,6}(?:\.\d{1,6})?$/.test(String(said)) && Number(said) > 0
        ? good(Number(said))
        : bad('has to be a number over 0, such as 2');
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
      return Array.isArray(said) && said.length > 0 && said.every(isScalar)
        ? good(said)
        : bad('has to be a list of texts or numbers, such as [a, b]');
    case 'texts':
      return texts(kind, said);
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
      return kind.form === undefined ? 'a text' : FORMS[kind.form].words;
    case 'flag':
      return `alone, or ${either(['true', 'false', ...(kind.or ?? [])])}`;
    case 'duration':
    case 'span':
      return `a duration${kind.some ? ' over 0,' : ''} such as \`30s\`, \`5m\`, \`1h30m\` or \`2d\`; a number alone is seconds`;
    case 'count':
      return 'a whole number';
    case 'number':
      return 'a number over 0';
    case 'codes':
      return 'exit codes such as `0,3`';
    case 'choice':
      return either(kind.of);
    case 'scalar':
      return `a text, a number, \`true\` or \`false\`${kind.list === true ? ', or a list of them' : ''}`;
    case 'scalars':
      return 'a list of texts or numbers';
    case 'texts':
      if (kind.of !== undefined) return `a list of ${either(kind.of)}`;
      return kind.form === undefined
        ? 'a text, or a list of them'
        : `${FORMS[kind.form].words}, or a list of them`;
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

/** What texts of a form are called, and which are of it where that can be seen without the runbook. */
const FORMS: Readonly<
  Record<TextForm, { readonly words: string; readonly fits?: (text: string) => boolean }>
> = {
  command: { words: 'the name of one command', fits: (text) => /^[^\s,]+$/.test(text) },
  condition: { words: 'a condition such as `environment = production and days < 21`' },
  connection: { words: 'the name of a connection' },
  cron: { words: 'five fields such as `0 2 * * 1-5`, or `@daily`' },
  database: {
    words: 'the address of a PostgreSQL database, such as `postgres://db1/shop` or `$DATABASE_URL`',
    // `DATABASE_URL` is a variable whose `$` was forgotten.
    fits: (text) =>
      /^(?:postgres(?:ql)?|socket):/i.test(text) ||
      !(/^[a-z][a-z\d+.-]*:/i.test(text) || /^[A-Z][A-Z\d_]*$/.test(text)),
  },
  date: { words: 'a date such as `2027-03-31`' },
  each: {
    words: 'a name and a list, such as `host in hosts`',
    fits: (text) => parseEach(text) !== undefined,
  },
  env: {
    words: 'the name of an environment variable, such as `DB_HOST`',
    fits: (text) => /^[A-Za-z_]\w{0,127}$/.test(text),
  },
  host: {
    words: 'the name of one host as `ssh` knows it, such as `db1` or `ada@db1`',
    fits: (text) => /^[^\s,-][^\s,]*$/.test(text),
  },
  input: {
    words: 'a name of letters, digits, `_`, `-` and `.`, such as `version`',
    fits: (text) => /^[A-Za-z_][\w.-]{0,127}$/.test(text),
  },
  'on-fail': {
    words: '`stop`, `continue`, `rollback` or `goto #procedure`',
    fits: (text) => /^(?:stop|continue|rollback|goto #\S{1,200})$/.test(text),
  },
  pattern: { words: 'a regular expression that the whole value has to match' },
  place: { words: '`container:NAME` or `pod:NAMESPACE/NAME`' },
  regex: { words: 'a regular expression' },
  rules: { words: 'names of rules of `check`' },
  timezone: { words: 'a time zone such as `Europe/Zagreb`' },
  words: {
    words: 'words, split by commas',
    fits: (text) => text.split(',').every((word) => word.trim() !== ''),
  },
  webhook: {
    words: 'an address that begins with `https://` or `http://`, or a variable such as `$HOOK_URL`',
    fits: (text) => /^\$(?:\w+$|\{\w+\}$)/.test(text) || isWebAddress(text),
  },
};

/** Whether a notice can be sent there, with whatever its variables are. */
function isWebAddress(text: string): boolean {
  const filled = text.replace(/\$(?:\{\w+\}|\w+)/g, 'x');
  return /^https?:\/\/[^/\s]/i.test(filled) && URL.canParse(filled) && !/\s/.test(filled);
}

/** "`a`, `b` or `c`". */
export function either(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** What is wrong with a list that holds nothing, where that is no way to say anything. */
const NEEDS_ONE = 'is empty, and needs at least one';

/** A list as it would be given on the command line: its words, or its lines where an item is no word. */
function asOneText(items: readonly string[]): string {
  return items.join(items.some((item) => /[\s,]/.test(item)) ? '\n' : ' ');
}

/** One text: not empty where that says nothing, and of its form as far as that can be seen here. */
function textOf(kind: Extract<Value, { kind: 'text' | 'texts' }>, said: unknown): ReadValue {
  if (!isScalar(said)) return bad('has to be a text');
  const written = String(said);
  const { form } = kind;
  if (written.trim() === '' && !(kind.kind === 'text' && kind.empty === true))
    return bad(
      form === undefined
        ? 'is empty; write something, or take it out'
        : `is empty, and has to be ${FORMS[form].words}`,
    );
  const fits = form === undefined ? undefined : FORMS[form].fits;
  if (form === undefined || fits === undefined || fits(written)) return good(written);
  return bad(`has to be ${FORMS[form].words}`);
}

function flag(said: unknown, or: readonly string[]): ReadValue {
  if (typeof said === 'string' && or.includes(said)) return good(said);
  if (said === true || said === 'true' || said === 'yes') return good(true);
  if (said === false || said === 'false' || said === 'no') return good(false);
  return bad(`has to be ${either(['true', 'false', ...or])}`);
}

function duration(
  { kind, some }: Extract<Value, { kind: 'duration' | 'span' }>,
  said: unknown,
): ReadValue {
  const ms =
    typeof said === 'string' || typeof said === 'number' ? parseDuration(`${said}`) : undefined;
  if (ms === undefined) return bad('has to be a duration such as 30s, 5m, 1h30m or 2d');
  if (some === true && ms === 0) return bad('leaves no time at all, and has to be over 0');
  return good(kind === 'span' ? String(said) : ms);
}

function codes(said: unknown): ReadValue {
  const list = Array.isArray(said) ? said : String(said).split(/[\s,]+/);
  const read = list.map((one: unknown) => (/^\d{1,3}$/.test(String(one)) ? Number(one) : -1));
  return read.length > 0 && read.every((code) => code >= 0 && code <= 255)
    ? good(read)
    : bad('has to be a list of exit codes from 0 to 255, such as 0,3');
}

function texts(kind: Extract<Value, { kind: 'texts' }>, said: unknown): ReadValue {
  const { of } = kind;
  const list: readonly unknown[] = Array.isArray(said) ? said : [said];
  if (!list.every(isScalar)) return bad('has to be a text, or a list of texts such as [a, b]');
  if (list.length === 0 && kind.some === true) return bad(NEEDS_ONE);
  const path = (index: number): readonly number[] => (Array.isArray(said) ? [index] : []);
  const wrong = list.flatMap((one, index): readonly WrongValue[] => {
    if (of !== undefined)
      return of.includes(String(one))
        ? []
        : [{ path: path(index), why: `says \`${one}\` and has to be ${either(of)}`, known: of }];
    const read = textOf(kind, one);
    if (read.ok) return [];
    const isList = !Array.isArray(said) && /[\s,]/.test(String(one).trim());
    const hint = isList ? `; several are a list: [${asWords(String(one))}]` : '';
    return read.wrong.map(({ why }) => ({ path: path(index), why: `${why}${hint}` }));
  });
  return wrong.length > 0 ? { ok: false, wrong: wrong.slice(0, 1) } : good(list.map(String));
}

const asWords = (written: string): string =>
  written
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .join(', ');

function map(kind: Extract<Value, { kind: 'map' }>, said: unknown): ReadValue {
  if (!isRecord(said)) return bad('has to be names with values, such as { name: … }');
  return collected(Object.entries(said), (name, value) => {
    const called = textOf({ kind: 'text', ...(kind.names && { form: kind.names }) }, name);
    if (!called.ok) return bad(`cannot be called so: the name ${called.wrong[0]?.why}`);
    return kind.bare === true && value === null ? good(null) : readValue(kind.of, value);
  });
}

function group(table: Words, said: unknown): ReadValue {
  const names = Object.keys(table);
  if (!isRecord(said)) return bad(`has to be a group of fields: ${names.join(', ')}`);
  const missing = names.filter((name) => table[name]?.required === true && !(name in said));
  if (missing.length > 0) return bad(`needs ${either(missing)}`);
  return collected(Object.entries(said), (name, value) => {
    const word = Object.hasOwn(table, name) ? table[name] : undefined;
    if (word !== undefined) {
      const read = readValue(word.value, value);
      const isEmpty = read.ok && Array.isArray(read.value) && read.value.length === 0;
      return isEmpty && word.required === true ? bad(NEEDS_ONE) : read;
    }
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
    const kept = one.ok ? one.value : one.rest;
    if (kept !== undefined) values[name] = kept;
  }
  return wrong.length > 0 ? { ok: false, wrong, rest: values } : good(values);
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
