import type { LedgerEntry, RunStore } from '../../engine/contracts/run-store.ts';
import { findRun } from '../../engine/find-run.ts';
import { exitCodeOf, verifyRun } from '../../engine/verify.ts';
import { type LedgerReading, readLedger } from '../../engine/verifying/ledger.ts';
import { type Verdict, verdict } from '../../engine/verifying/verdict.ts';
import type { CommandBody } from '../command.ts';
import { openStore } from '../open-store.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';

/** A verdict on one run, or on the project-wide chain (`runs.jsonl`). */
interface Verified extends Verdict {
  readonly of: string;
}

/** `handrail verify`: the verdict on runs, or on all of them. The first verdict that is not sound gives the exit code. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const store = openStore(context);
  const ledger = await readLedger(store.ledger());
  const found =
    invocation.words.length > 0
      ? await verdictsOn(store, invocation.words, ledger)
      : await verdictsOnAll(store, ledger);
  const text = invocation.flag('json')
    ? `${JSON.stringify({ verdicts: found }, null, 2)}\n`
    : verdictsText(found, context.style);
  await context.out.write(text);
  return exitCodeOf(found);
};

async function verdictsOn(
  store: RunStore,
  words: readonly string[],
  ledger: LedgerReading,
): Promise<readonly Verified[]> {
  const found: Verified[] = [];
  for (const word of words) {
    const reader = await findRun(store, word);
    found.push({ of: reader.run, ...(await verifyRun(reader, sealsOf(reader.run, ledger))) });
  }
  return found;
}

async function verdictsOnAll(store: RunStore, ledger: LedgerReading): Promise<readonly Verified[]> {
  const runs = await store.runs();
  const known = new Set(ledger.entries.map((entry) => entry.run));
  const deleted = [...known].filter((id) => !runs.includes(id));
  return [
    ...chainVerdict(ledger),
    ...(await verdictsOn(store, runs, ledger)),
    ...deleted.map((of) => ({
      of,
      ...verdict('deleted', 0, 'runs.jsonl knows this run, and its folder is gone'),
    })),
  ];
}

function chainVerdict({ alteredAt, entries }: LedgerReading): readonly Verified[] {
  if (alteredAt === null) return [];
  const message = `altered at line ${alteredAt}: the chain of all runs breaks there`;
  return [{ of: 'runs.jsonl', ...verdict('altered', entries.length, message, alteredAt) }];
}

function sealsOf(id: string, { entries }: LedgerReading): readonly LedgerEntry[] {
  return entries.filter((entry) => entry.run === id && entry.what === 'sealed');
}

function verdictsText(found: readonly Verified[], style: Style): string {
  if (found.length === 0) return 'There is no run to verify.\n';
  const rows = found.map(({ of, name, message }) => {
    const word = style(name === 'sound' ? 'good' : 'bad', name);
    return `${screenLine(of)}  ${word}: ${screenLine(message)}`;
  });
  return `${rows.join('\n')}\n`;
}
