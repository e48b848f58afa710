import type { LedgerEntry } from '../contracts/run-store.ts';
import { NO_HEAD } from './chain.ts';
import { INCIDENT_CHAIN } from './files.ts';
import { entersFirst } from './ledger.ts';
import { type ChainReading, isCutOpening, isUnbegun, type Mark } from './read-chain.ts';
import { type Verdict, verdict } from './verdict.ts';

type What = LedgerEntry['what'];

/** What the chain of all runs may say of a run behind what it said before. */
const BEHIND: Readonly<Record<What | 'nothing', readonly What[]>> = {
  nothing: ['created'],
  created: ['resumed', 'sealed', 'pruned'],
  resumed: ['resumed', 'sealed', 'pruned'],
  sealed: ['rendered', 'resumed', 'pruned'],
  rendered: ['resumed', 'pruned'],
  // What could not be removed stays, and may be gone on with.
  pruned: ['resumed', 'pruned'],
};

/**
 * Where the log and the chain of all runs say different things: their seals and resumes are gone through side by side.
 * An engine that is lost between the two leaves an entry without its line, at the very end or right before a resume.
 */
export function disagreement(
  chain: ChainReading,
  entries: readonly LedgerEntry[],
): Verdict | undefined {
  const { events } = chain;
  // A run is entered before its first line is written, so that one without a line may not be there yet.
  if (entries.length === 0)
    return isUnbegun(chain)
      ? undefined
      : verdict('unlisted', events, 'runs.jsonl does not know this run');
  if (isOtherBeginning(chain, entries))
    return added(chain, 1, 'runs.jsonl knows that the run began otherwise');
  const marks = [...chain.seals.map(asSeal), ...chain.resumes.map(asResume)].toSorted(
    (one, other) => one.line - other.line,
  );
  const facts = entries.filter(({ what }) => what === 'sealed' || what === 'resumed');
  let at = 0;
  for (const [index, fact] of facts.entries()) {
    const next = facts[index + 1];
    const mark = marks[at];
    if (next !== undefined && isRepeated(fact, next)) continue;
    if (fits(mark, fact)) at += 1;
    else if (next !== undefined && isSkipped(fact, next)) continue;
    else if (next === undefined && mark === undefined && isUnwritten(fact, chain, entries))
      continue;
    else if (isLateSeal(mark, marks[at + 1], fact) && !isOfNow(entries, fact)) at += 2;
    else return missing(chain, fact, mark);
  }
  const [more, another] = marks.slice(at);
  return (
    (more === undefined ? undefined : unknown(chain, more, another, entries)) ??
    order(chain, entries)
  );
}

/**
 * A run is entered with the hash of the write that it begins with, before that is written: an engine that is lost in
 * between leaves nothing of it, or a part. Earlier editions entered no hash.
 */
function isOtherBeginning(chain: ChainReading, entries: readonly LedgerEntry[]): boolean {
  const known = entries.find(isBound);
  const { opening } = chain;
  if (known === undefined || opening === null || isCutOpening(chain)) return false;
  return opening.head !== known.head;
}

const isBound = ({ what, head }: LedgerEntry): boolean => what === 'created' && head !== NO_HEAD;

/** Whether the chain of all runs knows how the run began, and its log ends in the middle of that. */
export function isCutBeginning(chain: ChainReading, entries: readonly LedgerEntry[]): boolean {
  return isCutOpening(chain) && entries.some(isBound);
}

/** A seal, or a resume with the hash of the line before it, as it stands in the log. */
interface Told extends Mark {
  readonly what: 'sealed' | 'resumed';
}

const asSeal = (mark: Mark): Told => ({ ...mark, what: 'sealed' });
const asResume = (mark: Mark): Told => ({ ...mark, what: 'resumed' });

function fits(mark: Told | undefined, { what, head }: LedgerEntry): boolean {
  return mark?.what === what && mark.head === head;
}

/** An engine was lost after it had entered its resume, and the next one found the log as it had been. */
function isRepeated(fact: LedgerEntry, next: LedgerEntry): boolean {
  return fact.what === 'resumed' && next.what === 'resumed' && next.head === fact.head;
}

/** An engine was lost after it had entered what it was about to write, and the run went on from there. */
function isSkipped(fact: LedgerEntry, next: LedgerEntry): boolean {
  if (next.what !== 'resumed') return false;
  return fact.what === 'sealed' ? next.head === (fact.after ?? next.head) : next.head === fact.head;
}

/** An engine was lost after it had entered what it was about to write; a run that was rendered had its seal. */
function isUnwritten(
  fact: LedgerEntry,
  { head, events }: ChainReading,
  entries: readonly LedgerEntry[],
): boolean {
  if (fact.what === 'sealed') return fact.after === head && entries.at(-1) === fact;
  return fact.head === head || (events === 0 && fact.head === NO_HEAD);
}

/** Earlier editions wrote a seal before they entered it, and could be lost in between: the next resume vouches for it. */
function isLateSeal(mark: Told | undefined, next: Told | undefined, fact: LedgerEntry): boolean {
  return fact.what === 'resumed' && fits(mark, { ...fact, what: 'sealed' }) && fits(next, fact);
}

/** Whether what came before a resume was written by an engine that enters a seal first: its seals are never late. */
function isOfNow(entries: readonly LedgerEntry[], fact: LedgerEntry): boolean {
  const before = entries[entries.indexOf(fact) - 1];
  return before !== undefined && entersFirst(before);
}

/** The chain of all runs knows what the log does not hold. */
function missing(chain: ChainReading, fact: LedgerEntry, mark: Told | undefined): Verdict {
  const { events, found, isSealed } = chain;
  if (mark !== undefined && found.has(fact.head))
    return added(chain, mark.line, 'runs.jsonl tells its seals and resumes otherwise');
  if (mark?.what === 'resumed' && fact.what === 'sealed')
    return added(chain, mark.line, 'runs.jsonl does not know that the run was resumed here');
  if (mark?.what === 'sealed' && (fact.what === 'sealed' || isSealed))
    return added(chain, mark.line, 'its seal is not the one in runs.jsonl');
  const what =
    fact.what === 'sealed'
      ? `runs.jsonl knows a seal that is missing after line ${events}`
      : `runs.jsonl knows that the run was resumed after a line that is missing behind line ${events}`;
  return verdict('truncated', events, `truncated: ${what}`);
}

/** The log holds what the chain of all runs does not know. */
function unknown(
  chain: ChainReading,
  mark: Told,
  another: Told | undefined,
  entries: readonly LedgerEntry[],
): Verdict {
  if (mark.what === 'resumed')
    return added(chain, mark.line, 'runs.jsonl does not know that the run was resumed here');
  const last = entries.findLast(({ what }) => what !== 'rendered');
  if (another !== undefined || last === undefined || last.what === 'sealed' || entersFirst(last))
    return added(chain, mark.line, 'runs.jsonl does not know this seal');
  return verdict(
    'unlisted',
    chain.events,
    'runs.jsonl does not know its seal: its engine was lost just then, or somebody else wrote the end',
    mark.line,
  );
}

/** Whether the entries about a run could have been made one after the other. */
function order(chain: ChainReading, entries: readonly LedgerEntry[]): Verdict | undefined {
  let last: What | 'nothing' = 'nothing';
  for (const { what } of entries) {
    if (!BEHIND[last].includes(what)) {
      const message = `altered: runs.jsonl says \`${what}\` of this run after \`${last}\``;
      return verdict('altered', chain.events, message);
    }
    last = what;
  }
  return undefined;
}

function added({ events }: ChainReading, line: number, why: string): Verdict {
  return verdict('altered', events, `altered at line ${line}: ${why}`, line);
}

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
    if (from === undefined && isRebuilt(reading, end, entries)) return addedBehind(end);
    if (from === undefined || from < end)
      return `truncated: ${INCIDENT_CHAIN} knows ${what === 'sealed' ? 'a later seal' : 'more'} than the ${reading.lines} lines`;
    if (from > end && !isOpen) return addedBehind(end);
    end = from;
    isOpen = true;
  }
  const stranger = reading.seals.find((line) => !known.has(line));
  const isSealed = reading.seals.at(-1) === reading.lines;
  if (stranger !== undefined && stranger < end) return addedBehind(stranger - 1);
  if (stranger !== undefined || (reading.lines > end && !isOpen))
    return `unlisted: ${INCIDENT_CHAIN} does not know what stands behind line ${end}`;
  if (isOpen || !isSealed) return `unsealed: whoever wrote was lost behind line ${reading.lines}`;
  return undefined;
}

/** Whoever only cuts leaves no seal behind that the chain does not know: this log was written anew. */
function isRebuilt(
  { seals, lineOf }: IncidentReading,
  end: number,
  entries: readonly LedgerEntry[],
): boolean {
  const known = new Set(
    entries.filter(({ what }) => what === 'sealed').map(({ head }) => lineOf.get(head)),
  );
  return seals.some((line) => line > end && !known.has(line));
}

function addedBehind(line: number): string {
  return `altered at line ${line + 1}: ${INCIDENT_CHAIN} does not know what stands there`;
}
