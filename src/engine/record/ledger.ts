import { hash } from 'node:crypto';
import type { LedgerEntry, RawLine } from '../contracts/run-store.ts';

/** The project-wide chain as it stands. */
export interface LedgerReading {
  readonly entries: readonly LedgerEntry[];
  /** 1-based line at which the chain breaks, `null` when it does not. */
  readonly alteredAt: number | null;
}

/** Reads the project-wide chain. A line cut off at the end is left out. */
export async function readLedger(lines: AsyncIterable<RawLine>): Promise<LedgerReading> {
  const entries: LedgerEntry[] = [];
  let head = '0'.repeat(64);
  let alteredAt: number | null = null;
  for await (const { line, raw, complete } of lines) {
    if (!complete) break;
    const entry = entryFrom(raw);
    if (entry === undefined || entry.prev !== head)
      alteredAt ??= entry === undefined ? line : Math.max(1, line - 1);
    head = hash('sha256', raw, 'hex');
    if (entry !== undefined) entries.push(entry);
  }
  return { entries, alteredAt };
}

function entryFrom(raw: Uint8Array): (LedgerEntry & { readonly prev: string }) | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(raw).toString());
    return isEntry(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(data: unknown): data is LedgerEntry & { readonly prev: string } {
  if (typeof data !== 'object' || data === null) return false;
  const names = ['run', 'what', 'head', 'at', 'prev'];
  return names.every((name) => typeof Reflect.get(data, name) === 'string');
}
