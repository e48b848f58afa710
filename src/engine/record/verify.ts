import type { LedgerEntry, LedgerHead, RunReader, RunStore } from '../contracts/run-store.ts';
import { EXIT } from '../model/outcome.ts';
import { RENDERED } from './files.ts';
import { type LedgerReading, readLedger } from './ledger.ts';
import { type ChainReading, readChain } from './read-chain.ts';
import { type Verdict, verdict } from './verdict.ts';
import { strayOutputs, wrongFile } from './wrong-file.ts';

/**
 * Says which holds of a run's record. `entries` are those of the chain of all runs about this run, oldest first. A log
 * that was cut anywhere, that says more than the chain of all runs or less, or whose files are not those it vouches for,
 * is never called sound. Linear, in constant memory.
 */
export async function verifyRun(
  reader: RunReader,
  entries: readonly LedgerEntry[],
): Promise<Verdict> {
  const heads = entries.filter(({ what }) => what === 'sealed' || what === 'resumed');
  const wanted = new Set(heads.map(({ head }) => head));
  const chain = await readChain(reader.run, reader.lines(), wanted);
  const wrong = alteration(chain) ?? disagreement(chain, entries);
  if (wrong !== undefined) return wrong;
  return (await unfinished(reader, chain)) ?? ending(reader, chain, entries);
}

/** The exit code of verdicts: of the first one that is not sound; see `verdict.ts` for the table. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  return verdicts.find(({ name }) => name !== 'sound')?.exitCode ?? EXIT.passed;
}

/** The chain of all runs with where it is remembered to end. */
export interface Ledger extends LedgerReading {
  readonly remembered: LedgerHead | null;
}

/** Reads the chain of all runs of a store, and where it is remembered to end. */
export async function ledgerOf(store: RunStore): Promise<Ledger> {
  const remembered = await store.remembered();
  return { ...(await readLedger(store.ledger())), remembered };
}

/** What is wrong with the chain of all runs itself, where `runs` are kept; `null` when nothing is. */
export function verifyLedger(ledger: Ledger, runs: number): Verdict | null {
  const { alteredAt, end, remembered, remembers, headAt } = ledger;
  const known = remembered?.size ?? 0;
  if (end.size === 0 && (runs > 0 || known > 0)) {
    const what = runs === 0 ? `${known} lines are remembered` : `there are ${runs} runs`;
    return verdict('no chain', 0, `runs.jsonl is missing or empty, and ${what}`);
  }
  if (alteredAt !== null)
    return verdict(
      'altered',
      end.size,
      `altered at line ${alteredAt}: the chain of all runs breaks there`,
      alteredAt,
    );
  if (remembered === null)
    return remembers
      ? verdict(
          'cut chain',
          end.size,
          'runs.head is missing: nobody can say where runs.jsonl ended',
        )
      : null;
  if (known > end.size) {
    const lines = known - end.size;
    const missing = `${lines} ${lines === 1 ? 'line is' : 'lines are'} missing`;
    return verdict('cut chain', end.size, `runs.jsonl was cut: ${missing} behind line ${end.size}`);
  }
  if (headAt(known) !== remembered.head)
    return verdict(
      'altered',
      end.size,
      `altered up to line ${known}: runs.head remembers another chain`,
      known,
    );
  return null;
}

function alteration(chain: ChainReading): Verdict | undefined {
  const { alteredAt, events, why } = chain;
  if (alteredAt === null) return undefined;
  return verdict('altered', events, `altered at line ${alteredAt}: ${why}`, alteredAt);
}

/** Where the log and the chain of all runs say different things. */
function disagreement(chain: ChainReading, entries: readonly LedgerEntry[]): Verdict | undefined {
  const { events, seals, resumes, found } = chain;
  const known = entries.filter(({ what }) => what === 'sealed').map(({ head }) => head);
  const latest = known.at(-1);
  if (latest !== undefined && !found.has(latest)) return lostSeal(chain, known);
  const lost = entries.find(({ what, head }) => what === 'resumed' && !found.has(head));
  if (lost !== undefined && !/^0+$/.test(lost.head))
    return verdict(
      'truncated',
      events,
      `truncated: runs.jsonl knows that the run was resumed after a line that is missing behind line ${events}`,
    );
  if (entries.length === 0) return verdict('unlisted', events, 'runs.jsonl does not know this run');
  const resumed = new Set(entries.filter(({ what }) => what === 'resumed').map((one) => one.head));
  const forged = resumes.find(({ head }) => !resumed.has(head));
  if (forged !== undefined)
    return added(chain, forged.line, 'runs.jsonl does not know that the run was resumed here');
  const own = seals.map(({ head }) => head);
  if (own.slice(0, known.length).join() !== known.join())
    return added(chain, seals[0]?.line ?? 1, 'runs.jsonl knows other seals');
  const [unknown, second] = seals.slice(known.length);
  if (unknown === undefined) return undefined;
  const last = entries.findLast(({ what }) => what !== 'rendered');
  if (second !== undefined || last?.what === 'sealed')
    return added(chain, unknown.line, 'runs.jsonl does not know this seal');
  return verdict(
    'unlisted',
    events,
    'runs.jsonl does not know its seal: its engine was lost just then, or somebody else wrote the end',
    unknown.line,
  );
}

function added({ events }: ChainReading, line: number, why: string): Verdict {
  return verdict('altered', events, `altered at line ${line}: ${why}`, line);
}

/** The chain of all runs knows a seal that the log does not hold. */
function lostSeal(chain: ChainReading, known: readonly string[]): Verdict {
  const endsAtOlderSeal = known.slice(0, -1).includes(chain.head);
  if (chain.isSealed && !endsAtOlderSeal)
    return added(chain, chain.events, 'its seal is not the one in runs.jsonl');
  return verdict(
    'truncated',
    chain.events,
    `truncated: runs.jsonl knows a seal that is missing after line ${chain.events}`,
  );
}

/** A log without its end. */
async function unfinished(reader: RunReader, chain: ChainReading): Promise<Verdict | undefined> {
  const { events, torn, isSealed } = chain;
  if (isSealed && torn === null) return undefined;
  const [stray] = await strayOutputs(reader, chain);
  if (stray !== undefined)
    return verdict('truncated', events, `truncated: ${stray} is of an attempt that is missing`);
  if (torn !== null)
    return verdict(
      'crash tail',
      events,
      `line ${torn} was cut off while it was written; the ${events} events before it are chained`,
      torn,
    );
  const why = (await reader.live())
    ? 'its engine is at work'
    : 'its engine was lost, or the end was cut off';
  return verdict('unsealed', events, `no seal: ${why}; the ${events} events are chained`);
}

/** A log with its seal: is it the end, and are the files what it says? */
async function ending(
  reader: RunReader,
  chain: ChainReading,
  entries: readonly LedgerEntry[],
): Promise<Verdict> {
  const { events } = chain;
  const last = entries.at(-1);
  if (last?.what === 'resumed' && last.head === chain.head)
    return verdict(
      'unsealed',
      events,
      'no seal: the run was resumed after this one, and nothing of that is here',
    );
  if (last?.what === 'pruned')
    return verdict('pruned', events, `pruned at ${last.at}, and its folder is still there`);
  const wrong = await wrongFile(reader, chain.files);
  if (wrong !== undefined) return verdict('output', events, wrong);
  const [stray] = await strayOutputs(reader, chain);
  if (stray !== undefined)
    return verdict('output', events, `output file added: ${stray} is in no event`);
  const rendered = entries.findLast(({ what }) => what === 'rendered');
  if (rendered !== undefined && last?.what === 'rendered') {
    const found = await reader.digest(RENDERED);
    if (found === undefined) return verdict('output', events, `output file missing: ${RENDERED}`);
    if (found.sha256 !== rendered.head)
      return verdict('altered', events, `${RENDERED} is not what was rendered`);
  }
  return verdict('sound', events, `${events} events, chained and sealed`);
}

/** Whether the rendering beside a sound log is vouched for; where it is not, it can only be derived anew. */
export function isRenderingKnown(entries: readonly LedgerEntry[]): boolean {
  return entries.at(-1)?.what === 'rendered';
}
