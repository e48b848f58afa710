import type { LedgerEntry, RunReader } from '../contracts/run-store.ts';
import { EXIT } from '../model/outcome.ts';
import { readChain } from './read-chain.ts';
import { type Verdict, verdict } from './verdict.ts';
import { wrongFile } from './wrong-file.ts';

/**
 * Says which holds of a run's record. `entries` are those of the project-wide chain about this run, oldest
 * first. A log that was cut anywhere is never called sound. Linear, in constant memory.
 */
export async function verifyRun(
  reader: RunReader,
  entries: readonly LedgerEntry[],
): Promise<Verdict> {
  const heads = entries.filter(({ what }) => what === 'sealed').map(({ head }) => head);
  const chain = await readChain(reader.lines(), new Set(heads));
  const { events } = chain;
  if (chain.alteredAt !== null)
    return verdict(
      'altered',
      events,
      `altered at line ${chain.alteredAt}: ${chain.why}`,
      chain.alteredAt,
    );
  const latest = heads.at(-1);
  if (latest !== undefined && !chain.found.has(latest)) return lostSeal(chain, heads);
  if (chain.torn !== null)
    return verdict(
      'crash tail',
      events,
      `line ${chain.torn} was cut off while it was written; the ${events} events before it are chained`,
      chain.torn,
    );
  if (!chain.isSealed) {
    const isLive = await reader.live();
    const why = isLive ? 'its engine is at work' : 'its engine was lost, or the end was cut off';
    return verdict('unsealed', events, `no seal: ${why}; the ${events} events are chained`);
  }
  const last = entries.at(-1);
  if (last?.what === 'resumed' && last.head === chain.head)
    return verdict(
      'unsealed',
      events,
      'no seal: the run was resumed after this one, and nothing of that is here',
    );
  const wrong = await wrongFile(reader, chain.files);
  if (wrong !== undefined) return verdict('output', events, wrong);
  const alone = heads.length === 0 ? '; runs.jsonl does not know this seal' : '';
  return verdict('sound', events, `${events} events, chained and sealed${alone}`);
}

/** The project-wide chain knows a seal that the log does not hold. */
function lostSeal(chain: Awaited<ReturnType<typeof readChain>>, heads: readonly string[]): Verdict {
  const endsAtOlderSeal = heads.slice(0, -1).includes(chain.head);
  if (chain.isSealed && !endsAtOlderSeal)
    return verdict(
      'altered',
      chain.events,
      `altered at line ${chain.events}: its seal is not the one in runs.jsonl`,
      chain.events,
    );
  return verdict(
    'truncated',
    chain.events,
    `truncated: runs.jsonl knows a seal that is missing after line ${chain.events}`,
  );
}

/** The exit code of a verdict; see `verdict.ts` for the table. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  return verdicts.find(({ name }) => name !== 'sound')?.exitCode ?? EXIT.passed;
}
