import type { CarriedState } from '../contracts/step-type.ts';
import { givenBehind } from '../literal-secrets.ts';
import { refuseArguments, text as someText } from '../model/guard.ts';
import type { BoundInput } from '../model/plan.ts';
import { betweenMarks, learntName, markedSecrets } from '../model/secret-mark.ts';
import { createRedactor } from '../redact.ts';
import { environmentSecrets, isSecretName } from '../secrets.ts';

/** State that steps share, and what has to be kept of it for a resume. */
export interface Carried extends CarriedState {
  /** What steps computed and nobody may see. */
  bound(): readonly BoundInput[];
  /** These were set at a place (`null`: this machine) by a step whose shell is gone: what the state there says of them is older. */
  supersede(names: readonly string[], place: string | null): void;
  /**
   * The state as text without secrets, when that of a place (`null`: this machine) changed since the last time; else
   * `undefined`. Of other places it is what was taken last: their steps may be at work.
   */
  takeChanges(
    after: StateMark,
    secrets: Iterable<BoundInput>,
    place: string | null,
  ): string | undefined;
}

/** The attempt after which a kept state held. */
export interface StateMark {
  readonly stepId: string;
  readonly try: number;
}

/** A kept state as it is read back. */
export interface KeptState {
  readonly after: StateMark;
  readonly entries: Readonly<Record<string, string>>;
  /** Secrets that steps computed, by the names of their marks: the variable that held each, `''` where none did any more. */
  readonly learnt?: Readonly<Record<string, string>>;
}

/**
 * Variables whose secrets a kept state needs and nobody knows now: steps had computed them, and values of secrets are not
 * kept. `''`: a secret that no variable held any more.
 */
export function lostSecrets(
  { entries, learnt = {} }: KeptState,
  secrets: { has(name: string): boolean },
): readonly string[] {
  const marked = new Set(Object.values(entries).flatMap((text) => [...markedSecrets(text)]));
  const needed = Object.entries(learnt).filter(([name]) => marked.has(learntName(name)));
  return needed.flatMap(([, holder]) => (secrets.has(holder) ? [] : [holder]));
}

/** Other secrets whose values a kept state needs and that are not known now: inputs, and what was written into the page. */
export function unknownSecrets(
  { entries }: KeptState,
  known: { has(name: string): boolean },
): readonly string[] {
  const marked = Object.values(entries).flatMap((text) => [
    ...[...markedSecrets(text)].map((name) => Buffer.from(name, 'latin1').toString()),
    ...[...text.matchAll(CONCEALED)].map(([, , name = '']) => name),
  ]);
  return [...new Set(marked)].filter(
    (name) => !name.startsWith(learntName('')) && !known.has(name),
  );
}

const CONCEALED = /\u{F0001}secret:(\w{1,200}):([^\u{F0001}\u{F0002}]*)\u{F0002}/gu;

/** Brackets from a private use area of Unicode: no shell listing holds them by itself. */
const BEGIN = '\u{F0001}secret:';
const END = '\u{F0002}';

/** State that begins with what an earlier attempt of the run left. */
export function carriedState(
  kept: KeptState | null,
  secrets: ReadonlyMap<string, BoundInput>,
): Carried {
  const entries = new Map<string, string>();
  for (const [key, value] of Object.entries(kept?.entries ?? {}))
    entries.set(key, revealed(value, secrets));
  const again = new Map<string, string>();
  for (const [name, holder] of Object.entries(kept?.learnt ?? {})) {
    const value = secrets.get(holder)?.value;
    if (value !== undefined) again.set(name, value);
  }
  const learnt = learntSecrets(again, secrets);
  const taken = new Map(entries);
  const superseded = new Map<string | null, ReadonlySet<string>>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      refuseArguments('carried.set', { key, value }, { key: someText, value: someText });
      entries.set(key, value);
      superseded.delete(placeOf(key));
    },
    superseded: (key) => superseded.get(placeOf(key)) ?? NONE,
    supersede(names, place) {
      superseded.set(place, new Set([...(superseded.get(place) ?? []), ...names]));
    },
    isSecret: isSecretName,
    learnt: learnt.known,
    learn: learnt.learn,
    bound: learnt.bound,
    takeChanges(after, bound, place) {
      const changed = [...entries].filter(
        ([key, value]) => placeOf(key) === place && taken.get(key) !== value,
      );
      if (changed.length === 0) return undefined;
      for (const [key, value] of changed) taken.set(key, value);
      const hidden = [...taken].map(([key, value]) => [key, concealed(value, bound)]);
      return JSON.stringify({
        after,
        entries: Object.fromEntries(hidden),
        ...(learnt.known.size === 0 ? {} : { learnt: learnt.holders() }),
      });
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Where the state of that key is: what stands behind the first `@`, or this machine. */
function placeOf(key: string): string | null {
  const at = key.indexOf('@');
  return at < 0 ? null : key.slice(at + 1);
}

/** Reads what `takeChanges` wrote; `null` when it is something else. */
export function readKeptState(text: string): KeptState | null {
  try {
    const data: unknown = JSON.parse(text);
    return isKeptState(data) ? data : null;
  } catch {
    return null;
  }
}

function isKeptState(data: unknown): data is KeptState {
  if (typeof data !== 'object' || data === null || !('after' in data) || !('entries' in data))
    return false;
  const { after, entries } = data;
  const isMark = typeof after === 'object' && after !== null && 'stepId' in after && 'try' in after;
  if ('learnt' in data && (typeof data.learnt !== 'object' || data.learnt === null)) return false;
  return isMark && typeof entries === 'object' && entries !== null;
}

/**
 * Secrets leave their names behind, in every spelling that a shell's own listing gives them. What was made of
 * one (its base64, its URL encoding …) cannot be brought back on resume, and is masked.
 */
function concealed(text: string, secrets: Iterable<BoundInput>): string {
  const longestFirst = [...secrets].sort((a, b) => b.value.length - a.value.length);
  const redactor = createRedactor(longestFirst);
  return betweenMarks(text, (piece) => {
    let hidden = piece;
    for (const { name, value, behind = [''] } of longestFirst)
      for (const [way, spell] of Object.entries(SPELLINGS))
        for (const before of behind)
          hidden = hidden.replaceAll(
            before + spell(value),
            `${before}${BEGIN}${way}:${name}${END}`,
          );
    return redactor.mask(hidden);
  });
}

function revealed(text: string, secrets: ReadonlyMap<string, BoundInput>): string {
  return text.replace(
    CONCEALED,
    (_, way: string, name: string) => SPELLINGS[way]?.(secrets.get(name)?.value ?? '') ?? '',
  );
}

const SPELLINGS: Readonly<Record<string, (value: string) => string>> = {
  raw: (value) => value,
  double: (value) => value.replace(/["$`\\]/g, '\\$&'),
  single: (value) => value.replaceAll("'", "'\\''"),
  json: (value) => JSON.stringify(value).slice(1, -1),
};

/** Secrets that steps computed themselves: `API_KEY=$(…)`, `read -s PASSWORD`. */
interface Learnt {
  /** All there were so far, by the variable's name; a second value of one has a name of its own, which no variable has. */
  readonly known: ReadonlyMap<string, string>;
  /** Looks for secrets among variables that a step has set, by the same judgement as in the environment. */
  learn(variables: Readonly<Record<string, string>>): void;
  /** By the same names, the variable that holds it now: who gives that again gives it; `''`: none does any more. */
  holders(): Readonly<Record<string, string>>;
  /** The same as secrets of the run. */
  bound(): readonly BoundInput[];
}

/** Begins with those that are known again; `others` are secrets that the run has besides, by their names. */
function learntSecrets(
  known: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, BoundInput>,
): Learnt {
  const all = new Map(known);
  const words = new Map(
    [...others.values()].flatMap((one) => (one.behind ? [[one.value, one] as const] : [])),
  );
  const namedWords = new Map<string, BoundInput>();
  const values = new Set([...all.values(), ...[...others.values()].map(({ value }) => value)]);
  const now = new Map(known);
  return {
    known: all,
    learn(variables) {
      for (const { name, value } of environmentSecrets(variables)) {
        now.set(name, value);
        const word = words.get(value);
        // A word of the page that is a secret where it is given: this variable gives it once more.
        if (word !== undefined) namedWords.set(name, { ...word, behind: givenBehind(name) });
        if (values.has(value)) continue;
        values.add(value);
        all.set(
          freeName(name, (one) => all.has(one) || others.has(one)),
          value,
        );
      }
    },
    holders() {
      const holderOf = (value: string): string =>
        [...now].find(([, held]) => held === value)?.[0] ?? '';
      return Object.fromEntries([...all].map(([name, value]) => [name, holderOf(value)]));
    },
    bound: () => [
      ...[...all].map(([name, value]) => ({ name, value, secret: true, source: 'a step' })),
      ...namedWords.values(),
    ],
  };
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let count = 2; ; count += 1) if (!isTaken(`${name} ${count}`)) return `${name} ${count}`;
}
