import type { LedgerHead } from '../contracts/run-store.ts';
import type { LedgerReading } from './ledger.ts';

/** Where the chain of all runs of a host stood, as it was written down somewhere else. */
export interface Checkpoint extends LedgerHead {
  /** Whose chain it is; see `originOf`. */
  readonly origin: string;
  /** Armoured SSH signature of its three lines, `null` when it has none. */
  readonly signature: string | null;
  /** When it was written down (ISO 8601), where the place that keeps it says so. */
  readonly at: string | null;
}

/** How many hex digits of a head a notice carries. */
export const WITNESS_DIGITS = 12;

/** Whose chain a checkpoint is of. */
export function originOf(host: string): string {
  return `handrail/${host}`;
}

/** The three lines of a checkpoint: what is signed. Their shape is that of a C2SP checkpoint (the hash in base64). */
export function checkpointText({ origin, size, head }: LedgerHead & { readonly origin: string }) {
  return `${origin}\n${size}\n${Buffer.from(head, 'hex').toString('base64')}\n`;
}

/** A checkpoint with its signature behind a blank line, as it is kept and sent. */
export function checkpointNote(text: string, signature: string | null): string {
  return signature === null ? text : `${text}\n${signature}`;
}

const SIZE = /^\d{1,15}$/;
const HEAD = /^[A-Za-z0-9+/]{43}=$/;
const SIGNATURE_BEGINS = '-----BEGIN SSH SIGNATURE-----';
const SIGNATURE_ENDS = '-----END SSH SIGNATURE-----';
const MOST_SIGNATURE_LINES = 100;

/** The checkpoints in a text, in its order; what stands between them (headers of a mail, remarks) is passed over. */
export function readCheckpoints(text: string, at: string | null = null): readonly Checkpoint[] {
  const lines = text.split(/\r?\n/);
  const found: Checkpoint[] = [];
  for (const [index, origin] of lines.entries()) {
    const [size = '', head = ''] = [lines[index + 1], lines[index + 2]];
    if (origin === '' || !SIZE.test(size) || !HEAD.test(head)) continue;
    found.push({
      origin,
      size: Number(size),
      head: Buffer.from(head, 'base64').toString('hex'),
      signature: signatureAt(lines, index + 4),
      at,
    });
  }
  return found;
}

function signatureAt(lines: readonly string[], from: number): string | null {
  if (lines[from] !== SIGNATURE_BEGINS) return null;
  const block = lines.slice(from, from + MOST_SIGNATURE_LINES);
  const end = block.indexOf(SIGNATURE_ENDS);
  return end < 0 ? null : `${block.slice(0, end + 1).join('\n')}\n`;
}

/** Whether the chain still holds what was anchored: its line of that number, with all before it. */
export function stands({ size, head }: LedgerHead, { headAt }: Pick<LedgerReading, 'headAt'>) {
  return headAt(size) === head;
}
