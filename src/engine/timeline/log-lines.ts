import { sha256Of } from '../../text/sha256.ts';
import type { RawLine } from '../contracts/run-store.ts';
import { instantOf } from './draft.ts';

/** A line of a chained log, read. */
export interface LogLine {
  /** Counts from 1. */
  readonly line: number;
  /** SHA-256 of the raw line without its newline, hex. */
  readonly sha256: string;
  readonly seq: number;
  readonly at: string;
  readonly monoMs: number;
  readonly type: string;
  /** The whole line's object. Its fields are whatever the file holds. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** What a chain turned out to be worth. */
export interface ChainVerdict {
  readonly lines: number;
  readonly head: string | null;
  readonly sealed: boolean;
  /** `sound`, or what is wrong in a few words. */
  readonly verdict: string;
  readonly sound: boolean;
}

const NO_HEAD = '0'.repeat(64);
const decoder = new TextDecoder();

/** Reads a chained log line by line and follows its chain; the verdict stands after the last line. */
export class LogLines {
  #head = NO_HEAD;
  #seq = 0;
  #sealed = false;
  #wrong: string | null = null;

  /** One line; `undefined` when it cannot be read as an event. */
  take(raw: RawLine): LogLine | undefined {
    const before = { head: this.#head, seq: this.#seq };
    const sha256 = sha256Of(raw.raw);
    const event = objectOf(raw.raw);
    const at = instantOf(event?.['at']);
    if (!event || at === undefined || typeof event['type'] !== 'string') {
      this.#wrong ??= raw.complete ? `altered at line ${raw.line}` : 'crash tail';
      return undefined;
    }
    if (event['prev'] !== before.head || event['seq'] !== before.seq) {
      this.#wrong ??= `altered at line ${raw.line}`;
    }
    this.#sealed = event['type'] === 'run.sealed';
    if (this.#sealed && (event['events'] !== before.seq || event['head'] !== before.head)) {
      this.#wrong ??= `altered at line ${raw.line}`;
    }
    this.#head = sha256;
    this.#seq = before.seq + 1;
    const monoMs = typeof event['monoMs'] === 'number' ? event['monoMs'] : 0;
    return { line: raw.line, sha256, seq: before.seq, at, monoMs, type: event['type'], event };
  }

  verdict(): ChainVerdict {
    const verdict = this.#wrong ?? (this.#sealed ? 'sound' : 'unsealed');
    return {
      lines: this.#seq,
      head: this.#seq === 0 ? null : this.#head,
      sealed: this.#sealed,
      verdict,
      sound: verdict === 'sound',
    };
  }
}

function objectOf(raw: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(raw));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An object that is no array and no `null`. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a line as they were written; nothing is known of their types. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object at a field; one without fields where there is none. */
export function objectAt(of: Fields, name: string): Fields {
  const value = of[name];
  return isObject(value) ? value : {};
}

/** The whole number that a field holds; `null`: none. */
export function integer(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

/** Ids of the entries that an incident's log has imported already. */
export async function importedIds(lines: AsyncIterable<RawLine>): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { raw, complete } of lines) {
    const text = complete ? Buffer.from(raw).toString() : '';
    if (!text.includes('"imported":{')) continue;
    const event: unknown = JSON.parse(text);
    const mark = isObject(event) ? event['imported'] : undefined;
    if (isObject(mark) && typeof mark['id'] === 'string') ids.add(mark['id']);
  }
  return ids;
}
