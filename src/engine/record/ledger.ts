import type { LedgerEntry, LedgerHead, RawLine } from '../contracts/run-store.ts';
import { hashOfLine, NO_HEAD } from './chain.ts';

/** The chain of all runs as it stands. */
export interface LedgerReading {
  readonly entries: readonly LedgerEntry[];
  /** The entries about each run, oldest first. */
  readonly byRun: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** 1-based line at which the chain breaks, `null` when it does not. */
  readonly alteredAt: number | null;
  /** Where it stands after its last whole line. */
  readonly end: LedgerHead;
  /** Where it stood after each line, for asking whether another head is one of its own. */
  readonly headAt: (size: number) => string | undefined;
  /** It was written by an edition that remembers its end apart from it. */
  readonly remembers: boolean;
}

type Kind = LedgerEntry['what'];
const KINDS: ReadonlySet<string> = new Set<Kind>([
  'created',
  'resumed',
  'sealed',
  'rendered',
  'pruned',
]);

/** The line that goes behind `end`, without its newline, and where the chain stands with it. */
export function ledgerLine(
  { run, what, head, at }: LedgerEntry,
  end: LedgerHead,
): { readonly line: string; readonly end: LedgerHead } {
  const line = JSON.stringify({ seq: end.size, at, run, what, head, edition: 2, prev: end.head });
  return { line, end: { size: end.size + 1, head: hashOfLine(line) } };
}

/** Where a chain stands whose last whole line that is. */
export function ledgerEnd(raw: Uint8Array): LedgerHead {
  const seq = readLine(raw)?.seq;
  return { size: (seq ?? -1) + 1, head: hashOfLine(raw) };
}

/** Reads the chain of all runs. A line cut off at the end is left out. */
export async function readLedger(lines: AsyncIterable<RawLine>): Promise<LedgerReading> {
  const entries: LedgerEntry[] = [];
  const byRun = new Map<string, LedgerEntry[]>();
  const heads: string[] = [NO_HEAD];
  let head = NO_HEAD;
  let alteredAt: number | null = null;
  let remembers = false;
  for await (const { line, raw, complete } of lines) {
    if (!complete) break;
    const entry = readLine(raw);
    if (entry === undefined) alteredAt ??= line;
    else if (entry.prev !== head) alteredAt ??= Math.max(1, line - 1);
    else if (entry.seq !== heads.length - 1) alteredAt ??= line;
    head = hashOfLine(raw);
    heads.push(head);
    if (entry === undefined) continue;
    remembers ||= entry.edition === 2;
    entries.push(entry);
    const own = byRun.get(entry.run);
    if (own === undefined) byRun.set(entry.run, [entry]);
    else own.push(entry);
  }
  const end = { size: heads.length - 1, head };
  return { entries, byRun, alteredAt, end, headAt: (size) => heads[size], remembers };
}

/** Writes down where the chain stands, to be kept apart from it. */
export function rememberedText({ size, head }: LedgerHead): string {
  return `${size}\n${head}\n`;
}

/** Reads what `rememberedText` wrote; `null` for anything else. */
export function readRemembered(text: string): LedgerHead | null {
  const [, size, head] = /^(\d{1,15})\n([0-9a-f]{64})\n$/.exec(text) ?? [];
  return size === undefined || head === undefined ? null : { size: Number(size), head };
}

interface Line extends LedgerEntry {
  readonly seq: number;
  readonly prev: string;
  readonly edition: number;
}

function readLine(raw: Uint8Array): Line | undefined {
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
  if (typeof run !== 'string' || !isKind(what) || typeof at !== 'string') return undefined;
  if (!isHash(head) || !isHash(prev) || typeof seq !== 'number') return undefined;
  return { run, what, head, at, prev, seq, edition: field('edition') === 2 ? 2 : 1 };
}

function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && KINDS.has(value);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
