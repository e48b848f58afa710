import { asRead, isFilled } from './filled.ts';
import type { Json } from './sample-json.ts';
import { isStateWord, saysTheSame, textKind } from './text-kind.ts';

/** One place where observed JSON is not as expected. */
export interface JsonDifference {
  /** Such as `$.services[0].status`. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  /** What the element of an array calls itself: its first text; `''` outside of arrays. */
  readonly of: string;
}

/** How strictly JSON is compared. */
export type JsonMatch = 'state' | 'similar' | 'shape' | 'subset' | 'exact';

const MAX_DIFFERENCES = 20;
const MAX_DEPTH = 200;
const STATE_KEY = /(?:state|status|health|phase|result)$/i;
const ERROR_KEY = /errors?$/i;
/** A number under it is a name, and no amount: 200 is not 500. */
const CODE_KEY = /code$/i;

/**
 * Compares JSON with a sample.
 *
 * - `state`: every expected key is there. Booleans and null are equal; texts are equal, unless both are times, ids, hashes,
 *   versions, addresses or paths; numbers are zero or not, of the same sign, and whole where the sample's is; an array is
 *   empty where the sample's is, else not, and each of its items is similar to one of the sample's.
 * - `similar`: every expected key is there with the same type; booleans are equal, and so are values under keys that end in
 *   state, status, health, phase or result, and words that say how something is. A sample's `null` takes anything, but
 *   under a state key or a key that ends in `error` it means null.
 * - `shape`: every expected key is there with the same type.
 * - `subset`: every expected key is there with an equal value; of an array, every expected element is found, in order.
 * - `exact`: equal, whatever the order of keys.
 *
 * Holes hold in all of them: `"<any>"`, `"<text>"`, and the kinds that `fillsHole` lists. But for `exact` and `subset`, a text written
 * as `<…>` or `...` takes any text, and `a | b` either. A text that the value of an input was filled into is compared as it
 * is, but for `shape`.
 */
export function compareJson(
  expected: Json,
  observed: Json | undefined,
  match: JsonMatch,
): readonly JsonDifference[] {
  const found: JsonDifference[] = [];
  compare({ match, found, key: '', path: '$', depth: 0, of: '' }, expected, observed);
  return found;
}

interface At {
  readonly match: JsonMatch;
  readonly found: JsonDifference[];
  /** The key the value stands under; elements of an array keep the array's. */
  readonly key: string;
  readonly path: string;
  readonly depth: number;
  readonly of: string;
}

function compare(at: At, expected: Json, observed: Json | undefined): void {
  if (at.found.length >= MAX_DIFFERENCES || at.depth > MAX_DEPTH) return;
  const filled = fillsHole(expected, observed);
  if (filled !== undefined) {
    if (!filled) differ(at, expected, observed);
  } else if (expected === null && isLoose(at) && observed !== undefined) compareNull(at, observed);
  else if (isArray(expected) && isArray(observed)) compareArrays(at, expected, observed);
  else if (isObject(expected) && isObject(observed)) compareObjects(at, expected, observed);
  else if (typeOf(expected) !== typeOf(observed) || !sameScalar(at, expected, observed)) {
    differ(at, expected, observed);
  }
}

const isLoose = ({ match }: At): boolean => match === 'similar' || match === 'shape';

/** Whether a value fits the hole that the sample has in its place; `undefined`: it has none. */
function fillsHole(expected: Json, observed: Json | undefined): boolean | undefined {
  if (typeof expected !== 'string') return undefined;
  const isText = typeof observed === 'string';
  switch (expected.toLowerCase()) {
    case '<any>':
      return observed !== undefined;
    case '<number>':
    case '<float>':
    case '<double>':
      return typeof observed === 'number' || (isText && /^[-+]?\d+(?:\.\d+)?$/.test(observed));
    case '<integer>':
    case '<int>':
      return Number.isInteger(observed) || (isText && /^[-+]?\d+$/.test(observed));
    case '<boolean>':
    case '<bool>':
      return typeof observed === 'boolean' || (isText && /^(?:true|false)$/i.test(observed));
    case '<null>':
      return observed === null;
    case '<array>':
    case '<list>':
      return isArray(observed);
    case '<object>':
      return isObject(observed);
    case '<time>':
    case '<date>':
    case '<datetime>':
    case '<timestamp>':
      return (
        (isText && textKind(observed) === 'time') ||
        (typeof observed === 'number' && observed >= 1e8)
      );
    case '<uuid>':
      return isText && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(observed);
    case '<version>':
      return isText && textKind(observed, 'version') === 'version';
    case '<url>':
      return isText && /^[a-z][\w+.-]{1,20}:\/\/\S+$/i.test(observed);
    case '<text>':
    case '<string>':
      return isText;
    default:
      return undefined;
  }
}

function compareNull(at: At, observed: Json): void {
  const meant = at.match === 'similar' && (STATE_KEY.test(at.key) || ERROR_KEY.test(at.key));
  if (meant && observed !== null) differ(at, null, observed);
}

/** Both are scalars of the same type. */
function sameScalar(at: At, expected: Json, observed: Json | undefined): boolean {
  if (expected === observed || at.match === 'shape') return true;
  if (typeof expected === 'string' && isFilled(expected)) return asRead(expected) === observed;
  if (at.match === 'exact' || at.match === 'subset' || typeof expected === 'boolean') return false;
  if (typeof expected === 'number' && typeof observed === 'number')
    return at.match === 'similar'
      ? !STATE_KEY.test(at.key)
      : !STATE_KEY.test(at.key) && !CODE_KEY.test(at.key) && sameNumber(expected, observed);
  if (typeof expected !== 'string' || typeof observed !== 'string') return false;
  if (/^(?:<[^>]*>|\.\.\.|…|\[\.\.\])$/.test(expected)) return true;
  if (expected.includes('|')) {
    const either = expected.split('|').map((one) => one.trim());
    return either.includes(observed);
  }
  if (STATE_KEY.test(at.key)) return false;
  if (at.match === 'state') return saysTheSame(expected, observed, at.key);
  return !isStateWord(expected) && !isStateWord(observed);
}

/** Zero or not, the same sign, and whole where the sample is whole. */
function sameNumber(expected: number, observed: number): boolean {
  return (
    Math.sign(expected) === Math.sign(observed) &&
    (!Number.isInteger(expected) || Number.isInteger(observed))
  );
}

function compareObjects(
  at: At,
  expected: Readonly<Record<string, Json>>,
  observed: Readonly<Record<string, Json>>,
): void {
  for (const [written, value] of Object.entries(expected)) {
    const key = asRead(written);
    const got = Object.hasOwn(observed, key) ? observed[key] : undefined;
    compare(below(at, key, member(key)), value, got);
  }
  if (at.match !== 'exact') return;
  for (const key of Object.keys(observed)) {
    if (!Object.keys(expected).some((written) => asRead(written) === key))
      differ(below(at, key, member(key)), undefined, observed[key]);
  }
}

function compareArrays(at: At, expected: readonly Json[], observed: readonly Json[]): void {
  if (at.match === 'subset') findElements(at, expected, observed);
  else if (at.match === 'exact') compareElements(at, expected, observed);
  else if (at.match === 'state' && (expected.length === 0) !== (observed.length === 0))
    differ(at, expected, observed);
  else
    likeSamples(
      at.match === 'state' ? { ...at, match: 'similar' } : at,
      distinct(expected),
      observed,
    );
}

function likeSamples(at: At, samples: readonly Json[], observed: readonly Json[]): void {
  const first = samples[0];
  if (first === undefined) return;
  for (const [index, got] of observed.entries()) {
    if (at.found.length >= MAX_DIFFERENCES) return;
    const fits = samples.some((sample) => differences(at, sample, got).length === 0);
    if (!fits) compare({ ...below(at, at.key, `[${index}]`), of: nameOf(got) }, first, got);
  }
}

function nameOf(value: Json): string {
  if (!isObject(value)) return '';
  const text = Object.values(value).find((each) => typeof each === 'string');
  return typeof text === 'string' ? text.slice(0, 60) : '';
}

/** Samples are compared with every element: the first few different ones are enough. */
function distinct(samples: readonly Json[]): readonly Json[] {
  if (samples.length < 2) return samples;
  const seen = new Map<string, Json>();
  for (const sample of samples.slice(0, 50)) seen.set(JSON.stringify(sample), sample);
  return [...seen.values()].slice(0, 10);
}

function findElements(at: At, expected: readonly Json[], observed: readonly Json[]): void {
  let from = 0;
  for (const [index, value] of expected.entries()) {
    const found = observed.findIndex(
      (got, place) => place >= from && differences(at, value, got).length === 0,
    );
    if (found < 0) {
      compare(below(at, at.key, `[${index}]`), value, observed[from]);
      return;
    }
    from = found + 1;
  }
}

function compareElements(at: At, expected: readonly Json[], observed: readonly Json[]): void {
  const length = Math.max(expected.length, observed.length);
  for (let index = 0; index < length && at.found.length < MAX_DIFFERENCES; index += 1) {
    const wanted = expected[index];
    const place = below(at, at.key, `[${index}]`);
    if (wanted === undefined) differ(place, undefined, observed[index]);
    else compare(place, wanted, observed[index]);
  }
}

function differences(at: At, expected: Json, observed: Json): readonly JsonDifference[] {
  const found: JsonDifference[] = [];
  compare({ ...at, found, depth: at.depth + 1 }, expected, observed);
  return found;
}

function below(at: At, key: string, step: string): At {
  return { ...at, key, path: `${at.path}${step}`, depth: at.depth + 1 };
}

function member(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function differ(at: At, expected: Json | undefined, got: Json | undefined): void {
  const typed = at.match !== 'exact' && at.match !== 'subset' && typeOf(expected) !== typeOf(got);
  at.found.push({
    path: at.path,
    of: at.of,
    expected:
      expected === undefined ? 'nothing' : typed ? `${describe(expected)}` : brief(expected),
    got: got === undefined ? 'nothing' : brief(got),
  });
}

function describe(value: Json): string {
  const type = typeOf(value);
  return type === 'null'
    ? 'null'
    : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type} such as ${brief(value)}`;
}

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: Json | undefined): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : value === undefined ? 'nothing' : typeof value;
}
