import { parseDuration } from '../../text/duration.ts';
import { isRecord } from './guard.ts';
import { either, FORMS } from './value-in-words.ts';
import type { Scalar, Value, Words } from './word.ts';

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
      return count(kind, said);
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

function count({ most }: Extract<Value, { kind: 'count' }>, said: unknown): ReadValue {
  if (!isScalar(said) || !/^\d{1,6}$/.test(String(said)))
    return bad('has to be a whole number, such as 3');
  return most !== undefined && Number(said) > most
    ? bad(`has to be a whole number up to ${most}`)
    : good(Number(said));
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
  // What is missing may stand there under a name that is nearly it: both are said.
  const needed = missing.length > 0 ? [{ path: [], why: `needs ${either(missing)}` }] : [];
  const whole = collected(Object.entries(said), (name, value) => {
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
  if (needed.length === 0) return whole;
  return { ok: false, wrong: [...needed, ...(whole.ok ? [] : whole.wrong)] };
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
