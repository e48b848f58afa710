import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LedgerEntry, RunStore } from '../../engine/contracts/run-store.ts';
import { type LedgerReading, readLedger } from '../../engine/record/ledger.ts';
import { findRun } from '../../engine/record/runs.ts';
import { type Verdict, verdict } from '../../engine/record/verdict.ts';
import { exitCodeOf, verifyRun } from '../../engine/record/verify.ts';
import type { CommandBody } from '../command.ts';
import type { CliContext } from '../context.ts';
import { openStore } from '../open-store.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { allowedSignersFile } from '../signing/allowed-signers.ts';
import { isRendering, renderingOf, verifyRendering } from '../verifying/rendering.ts';

/** A verdict on one run, or on the project-wide chain (`runs.jsonl`). */
interface Verified extends Verdict {
  readonly of: string;
}

/** `handrail verify`: the verdict on runs, or on all of them. The first verdict that is not sound gives the exit code. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const store = openStore(context);
  const ledger = await readLedger(store.ledger());
  const given = invocation.text('allowed-signers');
  const signers = allowedSignersFile(given, context.env, store.where);
  const place = { store, ledger, signers, context };
  const found =
    invocation.words.length > 0
      ? await verdictsOn(place, invocation.words)
      : await verdictsOnAll(place);
  const text = invocation.flag('json')
    ? `${JSON.stringify({ verdicts: found }, null, 2)}\n`
    : verdictsText(found, context.style);
  await context.out.write(text);
  return exitCodeOf(found);
};

/** What verdicts are found with. */
interface Place {
  readonly store: RunStore;
  readonly ledger: LedgerReading;
  readonly signers: string | null;
  readonly context: Pick<CliContext, 'cwd' | 'env'>;
}

async function verdictsOn(place: Place, words: readonly string[]): Promise<readonly Verified[]> {
  const incidents = await incidentNames(place);
  const found: Verified[] = [...chainVerdict(place.ledger)];
  for (const word of words) {
    if (incidents.includes(word)) found.push(await onIncident(place, word));
    else found.push(isRendering(word) ? await onRendering(place, word) : await onRun(place, word));
  }
  return found;
}

async function onRun({ store, ledger, signers }: Place, word: string): Promise<Verified> {
  const gone = goneRun(ledger, await store.runs(), word);
  if (gone !== null) return gone;
  const reader = await findRun(store, word);
  const record = await verifyRun(reader, entriesOf(reader.run, ledger));
  if (record.name !== 'sound') return { of: reader.run, ...record };
  const { saySeal, verifySeal } = await import('../signing/seal-signature.ts');
  const signature = await verifySeal(reader, signers);
  if (signature === null) return { of: reader.run, ...record };
  const said = saySeal(signature);
  return signature.verdict === 'good'
    ? { of: reader.run, ...record, message: `${record.message}, ${said}` }
    : { of: reader.run, ...verdict('signature', record.events, said) };
}

/** A run that only the project-wide chain still knows; `null` where there is none by that name. */
function goneRun(
  { entries }: LedgerReading,
  runs: readonly string[],
  word: string,
): Verified | null {
  if (word === '' || runs.some((id) => id.startsWith(word))) return null;
  const last = entries.findLast(({ run: id }) => id.startsWith(word));
  if (last === undefined) return null;
  const { run: of, what, at, head } = last;
  if (what !== 'pruned') return { of, ...verdict('deleted', 0, DELETED) };
  return { of, ...verdict('pruned', 0, `pruned at ${at}; its last seal was ${head}`) };
}

const DELETED = 'runs.jsonl knows this run, and its folder is gone';

/** A rendered run log (`run.md`, or a copy of it) is derived anew from the stored events. */
async function onRendering(place: Place, word: string): Promise<Verified> {
  const { store, context } = place;
  const { run: id, text } = await renderingOf(word, context, store.where);
  const record = await onRun(place, id);
  return { of: word, ...(await verifyRendering(text, id, store, record, context.env)) };
}

async function onIncident({ store }: Place, name: string): Promise<Verified> {
  const { verifyIncident } = await import('../timeline/verdicts.ts');
  const { ownRecords } = await import('../timeline/logs.ts');
  const { events, line, ...found } = await verifyIncident(ownRecords(store.where), name);
  const kind = found.sound ? 'sound' : kindOf(found.verdict);
  const message = found.sound ? `${events} events, chained and sealed` : found.verdict;
  return { of: name, ...verdict(kind, events, message, line) };
}

function kindOf(words: string): Verdict['name'] {
  const kinds = ['altered', 'truncated', 'crash tail', 'unsealed'] as const;
  return kinds.find((kind) => words.startsWith(kind)) ?? 'altered';
}

async function incidentNames({ store }: Place): Promise<readonly string[]> {
  if (!existsSync(path.join(store.where, 'incidents'))) return [];
  const { ownRecords } = await import('../timeline/logs.ts');
  const entries = await ownRecords(store.where).incidents?.incidents();
  return (entries ?? []).map(({ name }) => name);
}

async function verdictsOnAll(place: Place): Promise<readonly Verified[]> {
  const { store, ledger } = place;
  const runs = await store.runs();
  const known = new Set(ledger.entries.map((entry) => entry.run));
  for (const { run: id, what } of ledger.entries) if (what === 'pruned') known.delete(id);
  const deleted = [...known].filter((id) => !runs.includes(id));
  const onRuns: Verified[] = [];
  for (const id of runs) onRuns.push(await onRun(place, id));
  const onIncidents: Verified[] = [];
  for (const name of await incidentNames(place)) onIncidents.push(await onIncident(place, name));
  return [
    ...chainVerdict(ledger),
    ...onRuns,
    ...deleted.map((of) => ({
      of,
      ...verdict('deleted', 0, DELETED),
    })),
    ...onIncidents,
  ];
}

function chainVerdict({ alteredAt, entries }: LedgerReading): readonly Verified[] {
  if (alteredAt === null) return [];
  const message = `altered at line ${alteredAt}: the chain of all runs breaks there`;
  return [{ of: 'runs.jsonl', ...verdict('altered', entries.length, message, alteredAt) }];
}

function entriesOf(id: string, { entries }: LedgerReading): readonly LedgerEntry[] {
  return entries.filter((entry) => entry.run === id);
}

function verdictsText(found: readonly Verified[], style: Style): string {
  if (found.length === 0) return 'There is no run to verify.\n';
  const rows = found.map(({ of, name, message }) => {
    const word = style(name === 'sound' ? 'good' : 'bad', name);
    return `${screenLine(of)}  ${word}: ${screenLine(message)}`;
  });
  return `${rows.join('\n')}\n`;
}
