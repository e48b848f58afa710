import { readdirSync } from 'node:fs';
import type { LedgerEntry, RunReader, RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import {
  CHAIN,
  INCIDENT_CHAIN,
  INCIDENT_END,
  INCIDENTS,
  RENDERED,
} from '../../engine/record/files.ts';
import { findRun } from '../../engine/record/runs.ts';
import { messageBehind, type Verdict, verdict } from '../../engine/record/verdict.ts';
import {
  exitCodeOf,
  isEarlierRendering,
  isRenderingKnown,
  type Ledger,
  ledgerOf,
  verifyLedger,
  verifyRun,
} from '../../engine/record/verify.ts';
import { systemClock } from '../../host/system-clock.ts';
import { whyOf } from '../../stores/files/disk.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { openStore } from '../open-store.ts';
import { allowedSignersFile } from '../proof/allowed-signers.ts';
import { anchorsVerdict } from '../proof/anchors.ts';
import { isRendering, renderingOf, verifyRendering } from '../proof/rendering.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';
import { jsonOption, ofTeamOption, runArgument, signersOption } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import type { Records } from '../timeline/logs.ts';
import type { IncidentChain } from '../timeline/verdicts.ts';

export const spec: CommandWords = {
  name: 'verify',
  summary: 'say whether the record of a run can be trusted',
  brief: [],
  arguments: [
    {
      ...runArgument,
      many: true,
      summary: 'runs, incidents, or rendered run logs (run.md); without any, all',
    },
  ],
  options: [
    { name: 'anchors', summary: 'and against what `handrail anchor` wrote down elsewhere' },
    { name: 'git', value: 'REMOTE', summary: 'anchors of a git remote, as it has them now' },
    { name: 'file', value: 'FILE', completes: 'file', summary: 'anchors in a text file' },
    { name: 'host', value: 'NAME', summary: 'the name they are under (default: this host)' },
    ofTeamOption,
    signersOption,
    jsonOption,
  ],
  examples: [
    ['handrail verify last', 'sound, altered, truncated, interrupted …'],
    ['handrail verify --anchors --git origin', 'finds a record that was written anew'],
  ],
};

/** A verdict on one run, or on the project-wide chain (`runs.jsonl`). */
interface Verified extends Verdict {
  readonly of: string;
}

/** `handrail verify`: the verdict on runs, or on all of them. The first verdict that is not sound gives the exit code. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const store = openStore(context);
  const ledger = await ledgerOf(store);
  const runs = await store.runs();
  const given = invocation.text('allowed-signers');
  const signers = allowedSignersFile(given, context.env, store.where);
  const incidents = await incidentsOf(store, stateFolder(context));
  const place = { store, ledger, runs: new Set(runs), signers, incidents, context };
  const onRuns =
    invocation.words.length > 0
      ? await verdictsOn(place, invocation.words)
      : await verdictsOnAll(place);
  const nowMs = systemClock.nowMs();
  const demanded = given === undefined ? null : signers;
  const against = { ledger, signers: demanded, nowMs };
  const anchored = await anchorsVerdict(invocation, context, against);
  const found = anchored === null ? onRuns : [{ of: 'anchors', ...anchored }, ...onRuns];
  const text = invocation.flag('json')
    ? `${JSON.stringify({ verdicts: found }, null, 2)}\n`
    : verdictsText(found, context.style);
  await context.out.write(text);
  return exitCodeOf(found);
};

/** The records of incidents; `null`: there are none, and nothing is loaded for them. */
async function incidentsOf(store: RunStore, state: string): Promise<Records | null> {
  if (store.scheme === 'file' && !filesIn(store.where).some((name) => OF_INCIDENTS.has(name)))
    return null;
  return (await import('../timeline/logs.ts')).ownRecords(state);
}

/** Their logs, and the chain of all of them with its remembered end: what is left when somebody took the rest away. */
const OF_INCIDENTS: ReadonlySet<string> = new Set([INCIDENTS, INCIDENT_CHAIN, INCIDENT_END]);

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What verdicts are found with. */
interface Place {
  readonly store: RunStore;
  readonly incidents: Records | null;
  readonly ledger: Ledger;
  /** Runs that are there, oldest first. */
  readonly runs: ReadonlySet<string>;
  readonly signers: string | null;
  readonly context: Pick<CliContext, 'cwd' | 'env'>;
}

async function verdictsOn(place: Place, words: readonly string[]): Promise<readonly Verified[]> {
  const { incidents } = place;
  const names = await incidentNames(incidents);
  const chain = await chainOfIncidents(incidents);
  const found: Verified[] = [...chainVerdict(place)];
  if (words.some((word) => names.includes(word) || chain?.ledger.byRun.has(word)))
    found.push(...incidentChainVerdict(chain));
  for (const word of words) {
    if (incidents !== null && names.includes(word))
      found.push(await onIncident(incidents, word, chain));
    else if (chain?.ledger.byRun.has(word))
      found.push({ of: word, ...verdict('deleted', 0, INCIDENT_GONE) });
    else found.push(isRendering(word) ? await onRendering(place, word) : await onRun(place, word));
  }
  return found;
}

async function onRun(place: Place, word: string): Promise<Verified> {
  const { store, ledger, runs, signers } = place;
  const gone = goneRun(ledger, runs, word);
  const isElsewhere = gone !== null && (await elsewhereOf(place)).has(gone.of);
  if (isElsewhere) throw new HandrailError('RUN_NOT_FOUND', { name: word, state: store.where });
  if (gone !== null) return gone;
  const reader = await (runs.has(word) ? store.read(word) : findRun(store, word));
  if (reader === undefined) return { of: word, ...verdict('deleted', 0, DELETED) };
  const entries = entriesOf(reader.run, ledger);
  const record = await renderingToo(place, await recordOf(place, reader), reader, entries);
  if (record.name !== 'sound') return { of: reader.run, ...record };
  const { saySeal, verifySeal } = await import('../proof/seal-signature.ts');
  const signature = await verifySeal(reader, signers);
  if (signature === null) return { of: reader.run, ...record };
  const said = saySeal(signature);
  return signature.verdict === 'good'
    ? { of: reader.run, ...record, message: `${record.message}, ${said}` }
    : { of: reader.run, ...verdict('signature', record.events, said) };
}

/** An engine may have written to both between the one look and the other: what disagrees is looked at again. */
async function recordOf(place: Place, reader: RunReader): Promise<Verdict> {
  try {
    return await recordAsItIs(place, reader);
  } catch (error) {
    // One run that may not be read, or whose folder is odd, hides no other.
    if (error instanceof HandrailError) throw error;
    return verdict('output', 0, `it cannot be read: ${whyOf(error)}`);
  }
}

async function recordAsItIs({ store, ledger }: Place, reader: RunReader): Promise<Verdict> {
  const found = await verifyRun(reader, entriesOf(reader.run, ledger));
  if (!AT_ODDS.has(found.name) || (await store.remembered())?.size === ledger.end.size)
    return found;
  return verifyRun(reader, entriesOf(reader.run, await ledgerOf(store)));
}

const AT_ODDS: ReadonlySet<string> = new Set(['altered', 'truncated', 'unlisted', 'output']);

/** A rendering that the chain of all runs does not vouch for is derived anew, where there is one. */
async function renderingToo(
  { store, context }: Place,
  record: Verdict,
  reader: RunReader,
  entries: readonly LedgerEntry[],
): Promise<Verdict> {
  if (record.name !== 'sound' || isRenderingKnown(entries)) return record;
  const bytes = await reader.file(RENDERED);
  if (bytes === undefined) return record;
  if (await isEarlierRendering(reader, entries))
    return {
      ...record,
      message: `${record.message}; ${RENDERED} is from before it was gone on with`,
    };
  const text = Buffer.from(bytes).toString();
  const found = await verifyRendering(text, reader.run, store, record, context.env);
  return found.name === 'sound' ? record : { ...found, message: `${RENDERED} is ${found.message}` };
}

/** Runs of other hosts, which a host's login does not read: nobody can say here how they are. */
async function elsewhereOf({ store }: Place, isAsked = true): Promise<ReadonlySet<string>> {
  return (isAsked ? await store.elsewhere?.() : undefined) ?? new Set();
}

/** A run that only the chain of all runs still knows; `null` where there is none by that name. */
function goneRun(
  { entries, byRun }: Ledger,
  runs: ReadonlySet<string>,
  word: string,
): Verified | null {
  if (word === '' || runs.has(word) || [...runs].some((id) => id.startsWith(word))) return null;
  const of = byRun.has(word) ? word : entries.findLast(({ run: id }) => id.startsWith(word))?.run;
  const last = of === undefined ? undefined : byRun.get(of)?.at(-1);
  if (of === undefined || last === undefined) return null;
  const { what, at, head } = last;
  if (what !== 'pruned') return { of, ...verdict('deleted', 0, DELETED) };
  return { of, ...verdict('pruned', 0, `pruned at ${at}; its last seal was ${head}`) };
}

const STRANGER = 'it stands among the runs, and no run is called so: somebody else put it there';
const INCIDENT_GONE = `${INCIDENT_CHAIN} knows this incident, and its folder is gone`;
const DELETED = `${CHAIN} knows this run, and its folder is gone`;

/** A rendered run log (`run.md`, or a copy of it) is derived anew from the stored events. */
async function onRendering(place: Place, word: string): Promise<Verified> {
  const { store, context } = place;
  const { run: id, text } = await renderingOf(word, context, store.where);
  const record = await onRun(place, id);
  return { of: word, ...(await verifyRendering(text, id, store, record, context.env)) };
}

async function chainOfIncidents(records: Records | null): Promise<IncidentChain | null> {
  if (records === null) return null;
  return (await import('../timeline/verdicts.ts')).incidentChainOf(records);
}

function incidentChainVerdict(chain: IncidentChain | null): readonly Verified[] {
  const found = chain?.verdict ?? null;
  return found === null ? [] : [{ of: INCIDENT_CHAIN, ...found }];
}

async function onIncident(
  records: Records,
  name: string,
  chain: IncidentChain | null,
): Promise<Verified> {
  const { verifyIncident } = await import('../timeline/verdicts.ts');
  const { events, line, ...found } = await verifyIncident(records, name, chain);
  const kind = found.sound ? 'sound' : kindOf(found.verdict);
  const message = found.sound
    ? `${events} events, chained and sealed`
    : found.verdict.replace(`${kind}: `, '');
  return { of: name, ...verdict(kind, events, message, line) };
}

function kindOf(words: string): Verdict['name'] {
  const kinds = ['altered', 'truncated', 'crash tail', 'unsealed', 'unlisted'] as const;
  return kinds.find((kind) => words.startsWith(kind)) ?? 'altered';
}

async function incidentNames(records: Records | null): Promise<readonly string[]> {
  const entries = await records?.incidents?.incidents();
  return (entries ?? []).map(({ name }) => name);
}

async function verdictsOnAll(place: Place): Promise<readonly Verified[]> {
  const { ledger, runs } = place;
  const isPruned = (id: string): boolean => ledger.byRun.get(id)?.at(-1)?.what === 'pruned';
  const unseen = [...ledger.byRun.keys()].filter((id) => !runs.has(id) && !isPruned(id));
  const elsewhere = await elsewhereOf(place, unseen.length > 0);
  const deleted = unseen.filter((id) => !elsewhere.has(id));
  const onRuns: Verified[] = [];
  for (const id of runs) onRuns.push(await onRun(place, id));
  const onIncidents = place.incidents === null ? [] : await verdictsOnIncidents(place.incidents);
  const strangers = await place.store.strangers();
  return [
    ...chainVerdict(place),
    ...onRuns,
    ...strangers.map((of) => ({ of, ...verdict('unlisted', 0, STRANGER) })),
    ...deleted.map((of) => ({ of, ...verdict('deleted', 0, DELETED) })),
    ...onIncidents,
  ];
}

/** Verdicts on the chain of all incidents where something is wrong with it, on every incident, and on those that are gone. */
export async function verdictsOnIncidents(records: Records): Promise<readonly Verified[]> {
  // In this order: one that is opened meanwhile is not taken for one that is gone.
  const chain = await chainOfIncidents(records);
  const names = await incidentNames(records);
  const found: Verified[] = [...incidentChainVerdict(chain)];
  for (const name of names) found.push(await onIncident(records, name, chain));
  for (const of of chain?.ledger.byRun.keys() ?? [])
    if (!names.includes(of)) found.push({ of, ...verdict('deleted', 0, INCIDENT_GONE) });
  return found;
}

function chainVerdict({ ledger }: Place): readonly Verified[] {
  const found = verifyLedger(ledger);
  return found === null ? [] : [{ of: CHAIN, ...found }];
}

function entriesOf(id: string, { byRun }: Ledger): readonly LedgerEntry[] {
  return byRun.get(id) ?? [];
}

function verdictsText(found: readonly Verified[], style: Style): string {
  if (found.length === 0) return 'There is no run to verify.\n';
  const rows = found.map(({ of, ...one }) => {
    const word = style(one.name === 'sound' ? 'good' : 'bad', one.name);
    return `${screenLine(of)}  ${word}: ${screenLine(messageBehind(one))}`;
  });
  return `${rows.join('\n')}\n`;
}
