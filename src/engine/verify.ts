import type { LedgerEntry, RunReader } from './contracts/run-store.ts';
import { EXIT } from './model/outcome.ts';
import { readChain } from './verifying/chain.ts';
import { wrongFile } from './verifying/files.ts';
import { type Verdict, verdict } from './verifying/verdict.ts';

/**
 * Says which holds of a run's record. `sealed` are the project-wide chain's entries about this run's seals, oldest
 * first. A log that was cut anywhere is never called sound. Linear, in constant memory.
 */
export async function verifyRun(
  reader: RunReader,
  sealed: readonly LedgerEntry[],
): Promise<Verdict> {
  const heads = sealed.map(({ head }) => head);
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
