import type { LedgerEntry } from '../contracts/run-store.ts';
import { NO_HEAD } from './chain.ts';

/** A log whose own chain holds, as far as the chain of all incidents has to fit it. */
export interface IncidentReading {
  readonly lines: number;
  /** 1-based line of a hash that the chain of all incidents speaks of; absent: it belongs to no line. */
  readonly lineOf: ReadonlyMap<string, number>;
  /** 1-based lines of its seals, oldest first. */
  readonly seals: readonly number[];
}

/**
 * What is wrong with an incident's log that holds by itself, held against what the chain of all incidents says of it, as
 * a word of `verdict.ts` and a phrase; `undefined`: nothing. Each time something was said it knows where that went on,
 * and the seal behind it: both are entered before they are done, so that whoever is lost in between leaves the end open,
 * and what somebody else wrote or took away is seen also once others have gone on behind it.
 */
export function wrongIncident(
  reading: IncidentReading,
  entries: readonly LedgerEntry[],
): string | undefined {
  const placeOf = (hash: string | undefined): number | undefined =>
    hash === NO_HEAD ? 0 : reading.lineOf.get(hash ?? '');
  let end = 0;
  let isOpen = false;
  const known = new Set<number>();
  for (const { what, head, after } of entries) {
    const place = placeOf(head);
    if (what === 'sealed' && place !== undefined) {
      known.add(place);
      end = place;
      isOpen = false;
      continue;
    }
    const from = what === 'sealed' ? placeOf(after) : place;
    if (from === undefined || from < end)
      return `truncated: incidents.jsonl knows ${what === 'sealed' ? 'a later seal' : 'more'} than the ${reading.lines} lines`;
    if (from > end && !isOpen) return addedBehind(end);
    end = from;
    isOpen = true;
  }
  const stranger = reading.seals.find((line) => !known.has(line));
  const isSealed = reading.seals.at(-1) === reading.lines;
  if (stranger !== undefined && stranger < end) return addedBehind(stranger - 1);
  if (stranger !== undefined || (reading.lines > end && !isOpen))
    return `unlisted: incidents.jsonl does not know what stands behind line ${end}`;
  if (isOpen || !isSealed) return `unsealed: whoever wrote was lost behind line ${reading.lines}`;
  return undefined;
}

function addedBehind(line: number): string {
  return `altered at line ${line + 1}: incidents.jsonl does not know what stands there`;
}
