import { hash } from 'node:crypto';
import type { RawLine } from '../contracts/run-store.ts';
import type { StoredEvent } from '../model/event.ts';
import { readEvent } from '../replay.ts';

const NO_HEAD = '0'.repeat(64);

/** A file that the log vouches for. */
export interface Vouched {
  readonly path: string;
  readonly bytes: number | null;
  readonly sha256: string;
}

/** What the lines of a log say of themselves. */
export interface ChainReading {
  /** Whole lines read. */
  readonly events: number;
  /** Hash of the last whole line. */
  readonly head: string;
  readonly isSealed: boolean;
  readonly alteredAt: number | null;
  readonly why: string;
  /** 1-based number of a last line without its newline. */
  readonly torn: number | null;
  readonly files: readonly Vouched[];
  /** Which of the looked-for hashes belong to seals of this log. */
  readonly found: ReadonlySet<string>;
}

/** Follows the chain line by line; `wanted` are hashes of seals to be found on the way. */
export async function readChain(
  lines: AsyncIterable<RawLine>,
  wanted: ReadonlySet<string>,
): Promise<ChainReading> {
  let events = 0;
  let head = NO_HEAD;
  let isSealed = false;
  let torn: number | null = null;
  const files: Vouched[] = [];
  const found = new Set<string>();
  for await (const line of lines) {
    if (!line.complete) {
      torn = line.line;
      break;
    }
    if (isNextOutput(line, events, head)) {
      events += 1;
      head = hash('sha256', line.raw, 'hex');
      isSealed = false;
      continue;
    }
    const event = readEvent(line);
    const why = event === undefined ? 'it is no event' : wrongWith(event, events, head);
    if (event === undefined || why !== '') {
      const alteredAt =
        event !== undefined && event.prev !== head ? Math.max(1, line.line - 1) : line.line;
      return { events, head, isSealed: false, alteredAt, why, torn, files, found };
    }
    events += 1;
    head = hash('sha256', line.raw, 'hex');
    isSealed = event.type === 'run.sealed';
    if (isSealed && wanted.has(head)) found.add(head);
    files.push(...vouchedBy(event));
  }
  return { events, head, isSealed, alteredAt: null, why: '', torn, files, found };
}

const HEADER_BYTES = 400;
const OUTPUT_HEADER =
  /^\{"seq":(\d+),"at":"[^"]{1,40}","monoMs":[\d.]+,"run":"[^"]{1,40}","attempt":\d+,"type":"step\.output","prev":"([0-9a-f]{64})",/;

/** Most lines of a long log say where output stands: their header is enough, the hash vouches for the rest. */
function isNextOutput({ raw }: RawLine, events: number, head: string): boolean {
  const { buffer, byteOffset, length } = raw;
  const start = Buffer.from(buffer, byteOffset, Math.min(length, HEADER_BYTES));
  const header = OUTPUT_HEADER.exec(start.toString('latin1'));
  return header !== null && header[2] === head && Number(header[1]) === events;
}

/** What is wrong with an event at its place, `''` when nothing is. */
function wrongWith(event: StoredEvent, events: number, head: string): string {
  if (event.prev !== head) return 'the line after it carries another hash';
  if (event.seq !== events) return `its number is ${event.seq}, expected ${events}`;
  if (event.type === 'run.sealed' && (event.events !== events || event.head !== head))
    return 'the seal counts other events than there are';
  return '';
}

function vouchedBy(event: StoredEvent): readonly Vouched[] {
  if (event.type === 'step.finished')
    return [...(event.output ? [event.output] : []), ...(event.attachments ?? [])];
  if (event.type === 'run.started')
    return [{ path: 'runbook.md', bytes: null, sha256: event.runbook.sha256 }];
  if (event.type === 'run.resumed' && event.changed)
    return [{ path: `runbook-${event.attempt}.md`, bytes: null, sha256: event.runbookSha256 }];
  return [];
}
