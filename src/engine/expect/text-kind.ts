/** Kinds of texts that differ from run to run while nothing else does. */
export type TextKind = 'time' | 'id' | 'hash' | 'version' | 'address' | 'path';

const MAX_CHARS = 2000;
const TIME = [
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[-+]\d\d:?(?:\d\d)?))?)?$/i,
  /^\d{4}\/\d\d\/\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$/,
  /^\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?[ap]m)?$/i,
  /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? .{1,8}\d.{0,30}\d\d:\d\d/i,
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}(?:, \d{4})?(?:,? \d\d:\d\d(?::\d\d)?)?$/i,
  /^\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{4}$/i,
  /^\d{8}T\d{6}Z?$/,
  /^(?:\d{10}|\d{13})$/,
];
const ID = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i,
  /^\d{5,}$/,
  /^x{3,}(?:-x{3,})*$/i,
];
const HASH = /^(?:sha(?:1|256|384|512)[:-])?(?=[^\s]*\d)[0-9a-f]{7,128}$/i;
const DIGEST = /^(?:sha(?:256|384|512)|md5)[:-][A-Za-z0-9+/]{20,128}={0,2}$/;
const VERSION = /^v?\d{1,8}(?:\.\d{1,8}){1,4}(?:[-+][\w.+-]{1,60})?$/i;
/** A decimal number, unless something says that it is a version. */
const DECIMAL = /^\d{1,8}\.\d{1,8}$/;
const VERSION_KEY = /version|release|tag\b|revision/i;
const ADDRESS = [
  /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?:\/\d{1,2})?$/,
  /^\[?(?=[^\s]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{2,45}(?:\]:\d{1,5})?(?:\/\d{1,3})?$/i,
  /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i,
  /^[a-z][\w+.-]{1,20}:\/\/\S+$/i,
  /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+$/,
  /^(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z][a-z-]{1,20}(?::\d{1,5})?$/i,
  /^(?=[^:]{0,62}[a-z])[a-z0-9-]{1,63}:\d{4,5}$/i,
];
const PATH = [
  /^(?:~|\.{1,2})?\/[^\s]*$/,
  /^[A-Za-z]:\\/,
  /^(?=[^a-z]{0,99}[a-z])[\w.@-]+(?:\/[\w.@:-]+){2,}$/i,
];

/**
 * What kind of changing text it is; `undefined` for words, which mean what they say. `key` is the name that it stands
 * under: `16.4` is a version under `server_version`, and a number elsewhere.
 */
export function textKind(text: string, key = ''): TextKind | undefined {
  if (text.length > MAX_CHARS || text === '') return undefined;
  const is = (patterns: readonly RegExp[]): boolean => patterns.some((one) => one.test(text));
  if (is(TIME)) return 'time';
  if (DECIMAL.test(text)) return VERSION_KEY.test(key) ? 'version' : undefined;
  if (VERSION.test(text)) return is(ADDRESS.slice(0, 1)) ? 'address' : 'version';
  if (is(ID)) return 'id';
  if (HASH.test(text) || DIGEST.test(text)) return 'hash';
  if (is(ADDRESS)) return 'address';
  return is(PATH) ? 'path' : undefined;
}

/**
 * Whether two texts say the same: the same words, or both the same kind of changing text. In a sentence every word counts
 * on its own. A name with a random end (`web-7d9f8`) is like another with the same beginning. Words that say how something
 * is have to be the same wherever they stand, also inside an address or a path.
 */
export function saysTheSame(one: string, other: string, key = ''): boolean {
  if (one === other) return true;
  if (one.length > MAX_CHARS || other.length > MAX_CHARS) return false;
  const kind = textKind(one, key);
  const isSpelled = kind === undefined || kind === 'address' || kind === 'path';
  if (isSpelled && statesIn(one) !== statesIn(other)) return false;
  if (kind !== undefined && kind === textKind(other, key)) return true;
  const [words, others] = [one.split(/\s+/), other.split(/\s+/)];
  if (words.length > 1)
    return (
      words.length === others.length &&
      words.every((word, index) => isSameWord(word, others[index] ?? ''))
    );
  return isSameName(one, other);
}

const statesIn = (text: string): string =>
  text
    .split(/[^a-zA-Z]+/)
    .filter(isStateWord)
    .join(' ')
    .toLowerCase();

function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [bare(one), bare(other)];
  const kind = textKind(a);
  return (kind !== undefined && kind === textKind(b)) || isSameName(a, b);
}

const bare = (word: string): string => word.replace(/^[("'[]|[)"'\],.;:!]$/g, '');

/** `i-0a1b2c` and `i-9f8e7d`, `pod/web-5f7c-x2x9` and `pod/web-6b8d-k4k1`: the same beginning, then something random. */
function isSameName(one: string, other: string): boolean {
  const [a, b] = [randomEnd(one), randomEnd(other)];
  return a !== undefined && a === b;
}

/** What stands before a random end: letters mixed with digits, of four or more; `undefined` when there is none. */
function randomEnd(text: string): string | undefined {
  const parts = text.split(/([-_./:])/);
  const at = parts.findIndex(isRandom);
  return at <= 0 ? undefined : parts.slice(0, at).join('');
}

/** `west1` and `15min` are words: what is random goes from letters to digits, or back, more than once. */
const isRandom = (part: string): boolean =>
  /^[0-9a-z]{4,64}$/i.test(part) && /\d[a-z]{1,64}\d|[a-z]\d{1,64}[a-z]/i.test(part);

/** Words that say how something is: one is never like another, wherever they stand. */
const STATES = new Set(
  `ok okay good bad up down yes no on off true false healthy unhealthy degraded ready unready notready running stopped
  stopping starting started pending waiting queued active inactive enabled disabled open opened closed online offline
  available unavailable success succeeded successful fail failed failing failure error errored warning critical fatal
  passed passing done complete completed incomplete progressing inprogress creating created deleting deleted updating
  updated terminating terminated crashed crashloopbackoff evicted unknown alive dead primary secondary replica master
  slave leader follower standby connected disconnected synced syncing outofsync locked unlocked valid invalid expired
  revoked issued present absent missing found notfound full empty idle busy paused resumed suspended cancelled canceled
  aborted timeout timedout accepted rejected refused approved denied allow deny allowed green yellow orange red pass none
  live draining drained maintenance bound unbound mounted unmounted attached detached reachable unreachable`.split(
    /\s+/,
  ),
);

/** Whether a text is a word that says how something is. */
export function isStateWord(text: string): boolean {
  return text.length <= 40 && STATES.has(text.toLowerCase().replace(/[\s_-]/g, ''));
}
