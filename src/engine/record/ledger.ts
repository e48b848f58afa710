import type { LedgerEntry, LedgerHead, RawLine, RememberedHead } from '../contracts/run-store.ts';
import { count, maybe, oneOf, refuse, sha256, text, word } from '../model/guard.ts';
import { hashOfLine, NO_HEAD } from './chain.ts';

/** The chain of all runs as it stands. */
export interface LedgerReading {
  readonly entries: readonly LedgerEntry[];
  /** The entries about each run, oldest first. */
  readonly byRun: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** 1-based line at which the chain breaks, `null` when it does not. */
  readonly alteredAt: number | null;
  /** Where engines found the chain to end elsewhere than it was remembered to. */
  readonly breaks: readonly LedgerBreak[];
  /** A last line without its newline is there. */
  readonly isTorn: boolean;
  /** Where it stands after its last whole line. */
  readonly end: LedgerHead;
  /** Where it stood after each line, for asking whether another head is one of its own. */
  readonly headAt: (size: number) => string | undefined;
  /** It was written by an edition that remembers its end apart from it. */
  readonly remembers: boolean;
}

/** Where the chain of all runs did not end as it was remembered to, noted in the chain itself by whoever went on with it. */
export interface LedgerBreak {
  /** 1-based. */
  readonly line: number;
  /** How many lines were remembered. */
  readonly size: number;
  readonly at: string;
}

type Kind = LedgerEntry['what'];
const KINDS: ReadonlySet<string> = new Set<Kind>([
  'created',
  'resumed',
  'sealed',
  'rendered',
  'pruned',
]);

/** From the second edition on the end is remembered apart; from the third on a seal is entered before it is written. */
const EDITION = 3;
const REMEMBERS = 2;

const ENTRY = {
  run: word,
  what: oneOf(['created', 'resumed', 'sealed', 'rendered', 'pruned']),
  head: sha256,
  after: maybe(sha256),
  at: text,
};

/** The line that goes behind `end`, without its newline, and where the chain stands with it. */
export function ledgerLine(
  entry: LedgerEntry,
  end: LedgerHead,
): { readonly line: string; readonly end: LedgerHead } {
  refuse('ledgerLine', 'its entry', entry, ENTRY);
  refuse('ledgerLine', 'its end', end, { size: count, head: sha256 });
  const { run, what, head, after, at } = entry;
  return lineBehind({ run, what, head, ...(after === undefined ? {} : { after }), at }, end);
}

/** The line that says, behind `end`, that the chain was remembered to end elsewhere. */
export function breakLine(
  remembered: LedgerHead,
  end: LedgerHead,
  at: string,
): { readonly line: string; readonly end: LedgerHead } {
  return lineBehind({ what: BREAK, head: remembered.head, size: remembered.size, at }, end);
}

function lineBehind(
  { at, ...fact }: LedgerEntry | (LedgerHead & { readonly at: string; readonly what: string }),
  end: LedgerHead,
): { readonly line: string; readonly end: LedgerHead } {
  const line = JSON.stringify({ seq: end.size, at, ...fact, edition: EDITION, prev: end.head });
  return { line, end: { size: end.size + 1, head: hashOfLine(line) } };
}

/** Whether the chain ends where it is remembered to: with the line that was being appended, or without it. */
export function endsAsRemembered({ size, head }: LedgerHead, remembered: RememberedHead): boolean {
  if (size === remembered.size) return head === remembered.head;
  return size === remembered.size + 1 && head === remembered.next;
}

/** Where a chain stands whose last whole line that is, and whether its end has to be remembered apart from it. */
export function ledgerEnd(raw: Uint8Array): LedgerHead & { readonly isRemembered: boolean } {
  const { seq = -1, edition = REMEMBERS } = readLine(raw) ?? {};
  return { size: seq + 1, head: hashOfLine(raw), isRemembered: edition >= REMEMBERS };
}

/** What stands for an end that should be remembered and is not. */
export const NOT_REMEMBERED: LedgerHead = { size: 0, head: NO_HEAD };

/** Reads the chain of all runs. A line cut off at the end is left out. */
export async function readLedger(lines: AsyncIterable<RawLine>): Promise<LedgerReading> {
  const entries: LedgerEntry[] = [];
  const byRun = new Map<string, LedgerEntry[]>();
  const heads: string[] = [NO_HEAD];
  let head = NO_HEAD;
  let alteredAt: number | null = null;
  let remembers = false;
  let isTorn = false;
  const breaks: LedgerBreak[] = [];
  for await (const { line, raw, complete } of lines) {
    if (!complete) {
      isTorn = true;
      break;
    }
    const entry = readLine(raw);
    if (entry === undefined) alteredAt ??= line;
    else if (entry.prev !== head) alteredAt ??= Math.max(1, line - 1);
    else if (entry.seq !== heads.length - 1) alteredAt ??= line;
    head = hashOfLine(raw);
    heads.push(head);
    if (entry === undefined) continue;
    remembers ||= entry.edition >= REMEMBERS;
    if (entry.what === BREAK) {
      breaks.push({ line, size: entry.size, at: entry.at });
      continue;
    }
    entries.push(entry);
    const own = byRun.get(entry.run);
    if (own === undefined) byRun.set(entry.run, [entry]);
    else own.push(entry);
  }
  const end = { size: heads.length - 1, head };
  const headAt = (size: number): string | undefined => heads[size];
  return { entries, byRun, alteredAt, breaks, isTorn, end, headAt, remembers };
}

/** Writes down where the chain stands, and which line is going to be behind it, to be kept apart from it. */
export function rememberedText({ size, head, next }: RememberedHead): string {
  return `${size}\n${head}\n${next === undefined ? '' : `${next}\n`}`;
}

/** Reads what `rememberedText` wrote; `null` for anything else. */
export function readRemembered(kept: string): RememberedHead | null {
  const [, size, head, next] =
    /^(\d{1,15})\n([0-9a-f]{64})\n(?:([0-9a-f]{64})\n)?$/.exec(kept) ?? [];
  if (size === undefined || head === undefined) return null;
  return { size: Number(size), head, ...(next === undefined ? {} : { next }) };
}

/** What every line of the chain has. */
interface Place {
  readonly seq: number;
  readonly prev: string;
  readonly edition: number;
}

interface EntryLine extends LedgerEntry, Place {}

interface BreakLine extends Place, Omit<LedgerBreak, 'line'> {
  readonly what: typeof BREAK;
}

const BREAK = 'broken';

/** Whether a run's entry was made by an engine that enters a seal before it writes it. */
export function entersFirst(entry: LedgerEntry): boolean {
  return 'edition' in entry && Number(entry.edition) >= EDITION;
}

function readLine(raw: Uint8Array): EntryLine | BreakLine | undefined {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString());
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null) return undefined;
  const field = (name: string): unknown => Reflect.get(data, name);
  const [run, what, head, at, prev] = ['run', 'what', 'head', 'at', 'prev'].map(field);
  const seq = field('seq');
  const [edition, size, after] = ['edition', 'size', 'after'].map(field);
  if (typeof at !== 'string' || !isHash(head) || !isHash(prev)) return undefined;
  if (typeof seq !== 'number') return undefined;
  const place = { at, prev, seq, edition: typeof edition === 'number' ? edition : 1 };
  if (what === BREAK) return typeof size === 'number' ? { ...place, what, size } : undefined;
  if (typeof run !== 'string' || !isKind(what)) return undefined;
  return { ...place, run, what, head, ...(isHash(after) ? { after } : {}) };
}

function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && KINDS.has(value);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
