import type { CarriedState } from '../contracts/step-type.ts';
import type { BoundInput } from '../model/plan.ts';
import { createRedactor } from '../redact.ts';

/** State that steps share, and what has to be kept of it for a resume. */
export interface Carried extends CarriedState {
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
}

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
  const taken = new Map(entries);
  return {
    get: (key) => entries.get(key),
    set: (key, value) => void entries.set(key, value),
    takeChanges(after, bound, place) {
      const isOwn = (key: string): boolean =>
        place === null ? !key.includes('@') : key.endsWith(`@${place}`);
      const changed = [...entries].filter(([key, value]) => isOwn(key) && taken.get(key) !== value);
      if (changed.length === 0) return undefined;
      for (const [key, value] of changed) taken.set(key, value);
      const hidden = [...taken].map(([key, value]) => [key, concealed(value, bound)]);
      return JSON.stringify({ after, entries: Object.fromEntries(hidden) });
    },
  };
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
  return isMark && typeof entries === 'object' && entries !== null;
}

/**
 * Secrets leave their names behind, in every spelling that a shell's own listing gives them. What was made of
 * one (its base64, its URL encoding …) cannot be brought back on resume, and is masked.
 */
function concealed(text: string, secrets: Iterable<BoundInput>): string {
  let hidden = text;
  const longestFirst = [...secrets].sort((a, b) => b.value.length - a.value.length);
  for (const { name, value } of longestFirst)
    for (const [way, spell] of Object.entries(SPELLINGS))
      hidden = hidden.replaceAll(spell(value), `${BEGIN}${way}:${name}${END}`);
  return createRedactor(longestFirst.map(({ value }) => value)).mask(hidden);
}

function revealed(text: string, secrets: ReadonlyMap<string, BoundInput>): string {
  return text.replace(
    /\u{F0001}secret:(\w{1,200}):([^\u{F0001}\u{F0002}]*)\u{F0002}/gu,
    (_, way: string, name: string) => SPELLINGS[way]?.(secrets.get(name)?.value ?? '') ?? '',
  );
}

const SPELLINGS: Readonly<Record<string, (value: string) => string>> = {
  raw: (value) => value,
  double: (value) => value.replace(/["$`\\]/g, '\\$&'),
  single: (value) => value.replaceAll("'", "'\\''"),
  json: (value) => JSON.stringify(value).slice(1, -1),
};
