import type { IncidentStore } from '../contracts/incident-store.ts';
import type { LedgerEntry, RememberedHead, RunReader, RunStore } from '../contracts/run-store.ts';
import { commandAbout } from '../model/command-about.ts';
import { EXIT } from '../model/outcome.ts';
import { disagreement, isCutBeginning } from './disagreement.ts';
import {
  type INCIDENTS,
  isBeforeAnything,
  isEvidence,
  isOutput,
  LOG,
  RENDERED,
  RUNBOOK,
  RUNS,
} from './files.ts';
import { endsAsRemembered, type LedgerReading, readLedger } from './ledger.ts';
import { type ChainReading, isUnbegun, readChain } from './read-chain.ts';
import { type Verdict, verdict } from './verdict.ts';
import {
  strayFiles,
  strayOutputs,
  strayState,
  wrongBeginning,
  wrongCapture,
  wrongFile,
} from './wrong-file.ts';

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
  const tombstone = pruned(chain, entries);
  if (tombstone !== undefined && isUnbegun(chain)) return tombstone;
  const wrong = alteration(chain) ?? disagreement(chain, entries) ?? tombstone;
  if (wrong !== undefined) return wrong;
  return (await unfinished(reader, chain, entries)) ?? ending(reader, chain, entries);
}

/** The exit code of verdicts: of the first one that is not sound; see `verdict.ts` for the table. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  return verdicts.find(({ name }) => name !== 'sound')?.exitCode ?? EXIT.passed;
}

/** The chain of all runs with where it was remembered to end before it was read, and after: engines may be at work. */
export interface Ledger extends LedgerReading {
  readonly remembered: RememberedHead | null;
  readonly rememberedThen: RememberedHead | null;
  /** Runs that have a line, counted where the chain has none. */
  readonly begun: number;
}

/** Reads the chain of all runs of a store, and where it is remembered to end. */
export async function ledgerOf(store: RunStore): Promise<Ledger> {
  return ledgerWith(store, () => begunRuns(store));
}

/** The chain of all incidents of a store; `undefined`: it keeps none of its own. */
export async function incidentLedgerOf(store: IncidentStore): Promise<Ledger | undefined> {
  return store.chain && ledgerWith(store.chain, () => begunIncidents(store));
}

async function ledgerWith(
  chain: Pick<RunStore, 'ledger' | 'remembered'>,
  begunIn: () => Promise<number>,
): Promise<Ledger> {
  const remembered = await chain.remembered();
  const reading = await readLedger(chain.ledger());
  const begun = reading.end.size > 0 ? 0 : await begunIn();
  return { ...reading, remembered, rememberedThen: await chain.remembered(), begun };
}

async function begunIncidents(store: IncidentStore): Promise<number> {
  let begun = 0;
  for (const { name } of await store.incidents())
    for await (const _ of store.lines(name)) {
      begun += 1;
      break;
    }
  return begun;
}

/** How many runs have a line: each was entered in the chain of all runs before that. */
async function begunRuns(store: RunStore): Promise<number> {
  let begun = 0;
  for (const run of await store.runs()) {
    const lines = await (await store.read(run))?.lastLines(1);
    if (lines !== undefined && lines.length > 0) begun += 1;
  }
  return begun;
}

/** What is wrong with the chain of all runs, or of all incidents, itself; `null` when nothing is. */
export function verifyLedger(
  ledger: Ledger,
  name: typeof RUNS | typeof INCIDENTS = RUNS,
): Verdict | null {
  const { alteredAt, breaks, end, remembered, rememberedThen, remembers, headAt } = ledger;
  const known = remembered?.size ?? 0;
  if (end.size === 0 && (ledger.begun > 0 || known > 0)) {
    const one = name === RUNS ? 'run' : 'incident';
    const what =
      known > 0
        ? `${known} ${known === 1 ? 'line is' : 'lines are'} remembered`
        : `there ${ledger.begun === 1 ? `is 1 ${one}` : `are ${ledger.begun} ${name}`}`;
    return verdict('no chain', 0, `${name}.jsonl is missing or empty, and ${what}`);
  }
  if (alteredAt !== null)
    return verdict(
      'altered',
      end.size,
      `altered at line ${alteredAt}: the chain of all ${name} breaks there`,
      alteredAt,
    );
  const [found] = breaks;
  if (found !== undefined) {
    const there = found.line - 1;
    const how = found.size > there ? 'was cut' : 'was another';
    if (found.size === 0)
      return verdict(
        'cut chain',
        end.size,
        `${name}.head was missing when it was gone on with behind line ${there} at ${found.at}: nobody can say whether ${name}.jsonl ended there`,
        found.line,
      );
    const message = `${name}.jsonl ${how}: line ${there} was the last one when it was gone on with at ${found.at}, and ${found.size} lines were remembered`;
    return verdict('cut chain', end.size, message, found.line);
  }
  if (remembered === null)
    return remembers
      ? verdict(
          'cut chain',
          end.size,
          `${name}.head is missing: nobody can say where ${name}.jsonl ended`,
        )
      : null;
  if (known > end.size) {
    const lines = known - end.size;
    const missing = `${lines} ${lines === 1 ? 'line is' : 'lines are'} missing`;
    return verdict(
      'cut chain',
      end.size,
      `${name}.jsonl was cut: ${missing} behind line ${end.size}`,
    );
  }
  if (headAt(known) !== remembered.head)
    return verdict(
      'altered',
      end.size,
      `altered up to line ${known}: ${name}.head remembers another chain`,
      known,
    );
  const then = rememberedThen ?? remembered;
  if (end.size > then.size && !endsAsRemembered(end, then)) {
    const message = `altered at line ${then.size + 1}: ${name}.head knows nothing of what is added there`;
    return verdict('altered', end.size, message, then.size + 1);
  }
  if (ledger.isTorn && end.size >= then.size)
    return verdict(
      'crash tail',
      end.size,
      `line ${end.size + 1} of ${name}.jsonl was cut off while it was written; the lines before it are chained`,
      end.size + 1,
    );
  return null;
}

function alteration(chain: ChainReading): Verdict | undefined {
  const { alteredAt, events, why } = chain;
  if (alteredAt === null) return undefined;
  return verdict('altered', events, `altered at line ${alteredAt}: ${why}`, alteredAt);
}

/** A tombstone is entered before the run is removed: whoever is lost in between leaves a part of its files. */
function pruned({ events }: ChainReading, entries: readonly LedgerEntry[]): Verdict | undefined {
  const last = entries.at(-1);
  if (last?.what !== 'pruned') return undefined;
  return verdict('pruned', events, `pruned at ${last.at}, and its folder is still there`);
}

/** A log without its end. */
async function unfinished(
  reader: RunReader,
  chain: ChainReading,
  entries: readonly LedgerEntry[],
): Promise<Verdict | undefined> {
  const { events, torn, isSealed } = chain;
  if (isSealed && torn === null) return undefined;
  const isLive = await reader.live();
  if (isUnbegun(chain) && !isLive) return unbegun(reader, entries);
  // What keeps state moves on while a run is carried out, and new files come before what was read says so.
  const files = isLive ? chain.files.filter(({ path }) => isEvidence(path)) : chain.files;
  const wrong =
    (await wrongFile(reader, files)) ?? (await wrongBeginning(reader, chain.beginnings));
  if (wrong !== undefined) return verdict('output', events, wrong);
  const other = isLive ? undefined : await otherCapture(reader, chain);
  if (other !== undefined) return other;
  const [stray] = isLive
    ? []
    : [...(await strayOutputs(reader, chain)), ...listed(await strayState(reader, chain))];
  if (stray !== undefined)
    return verdict('truncated', events, `truncated: ${stray} is of an attempt that is missing`);
  const [unknown] = isLive ? [] : await strayFiles(reader, chain);
  if (unknown !== undefined) return addedFile(chain, unknown);
  if (torn === null && !isLive && isCutBeginning(chain, entries))
    return verdict(
      'crash tail',
      events,
      `the write that the run begins with was cut off behind line ${events}; the ${events} events are chained`,
      events + 1,
    );
  // A passed run has nothing else to be gone on with for.
  const then =
    chain.hasPassed && !isLive ? `; \`${commandAbout('resume', reader.run, null)}\` seals it` : '';
  if (torn !== null)
    return verdict(
      'crash tail',
      events,
      `line ${torn} was cut off while it was written; the ${events} events before it are chained${then}`,
      torn,
    );
  const entered = entries.findLast(({ what }) => what === 'sealed' || what === 'resumed');
  if (entered?.what === 'sealed' && entered.after === chain.head)
    return verdict(
      'unsealed',
      events,
      `no seal: its engine was lost as it sealed, or the seal was taken away; the ${events} events before it are those that runs.jsonl knows${then}`,
    );
  const why = isLive ? 'its engine is at work' : 'its engine was lost, or the end was cut off';
  return verdict('unsealed', events, `no seal: ${why}; the ${events} events are chained${then}`);
}

const listed = (found: string | undefined): readonly string[] =>
  found === undefined ? [] : [found];

/**
 * A folder without a line: its engine was lost before the first one, and nothing was begun. The log is made before the
 * run is entered in the chain of all runs, and nothing but the text that was to run is there before it.
 */
async function unbegun(reader: RunReader, entries: readonly LedgerEntry[]): Promise<Verdict> {
  if (entries.length > 0 && (await reader.excerpt(LOG, 0, 0)) === undefined)
    return verdict('truncated', 0, `truncated: ${LOG} is gone`);
  const names = await reader.names();
  const output = names.find(isOutput);
  if (output !== undefined)
    return verdict('truncated', 0, `truncated: ${output} is of an attempt that is missing`);
  const more = names.find((name) => name !== RUNBOOK && !isBeforeAnything(name));
  if (more !== undefined)
    return entries.length === 0
      ? verdict('unlisted', 0, 'runs.jsonl does not know this run')
      : verdict('truncated', 0, `truncated: ${more} is there, and no line of the log`);
  return verdict('unsealed', 0, 'no event: its engine was lost before anything was begun');
}

function addedFile({ events }: ChainReading, path: string): Verdict {
  const what = isOutput(path) ? 'output file added' : 'file added';
  return verdict('output', events, `${what}: ${path} is in no event`);
}

/** Whether a step captured something else than it printed: its output on disk is what it is held against. */
async function otherCapture(
  reader: Pick<RunReader, 'lines' | 'output' | 'isBehind'>,
  { events, captures }: ChainReading,
): Promise<Verdict | undefined> {
  const wrong = await wrongCapture(reader, captures);
  if (wrong === undefined) return undefined;
  return verdict('altered', events, `altered at line ${wrong.line}: ${wrong.why}`, wrong.line);
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
  const wrong =
    (await wrongFile(reader, chain.files)) ?? (await wrongBeginning(reader, chain.beginnings));
  if (wrong !== undefined) return verdict('output', events, wrong);
  const other = await otherCapture(reader, chain);
  if (other !== undefined) return other;
  const [stray] = await strayFiles(reader, chain);
  if (stray !== undefined) return addedFile(chain, stray);
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

/** Whether it is what was rendered before the run was gone on with: an engine may be lost behind its seal. */
export async function isEarlierRendering(
  reader: Pick<RunReader, 'digest'>,
  entries: readonly LedgerEntry[],
): Promise<boolean> {
  const earlier = entries.findLast(({ what }) => what === 'rendered');
  return earlier !== undefined && (await reader.digest(RENDERED))?.sha256 === earlier.head;
}
