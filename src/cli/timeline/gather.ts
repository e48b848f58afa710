import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { INCIDENT_CHAIN, LOG, RUNBOOK, RUNS } from '../../engine/record/files.ts';
import type { TimelineLog } from '../../engine/timeline.ts';
import { nearest } from '../../text/nearest.ts';
import { manualOf } from '../../timelines.ts';
import { type Records, type RunHead, runHeads } from './logs.ts';
import { incidentChainOf, runVerifier, type SourceVerdict, verifyIncident } from './verdicts.ts';

/** Which runs and incidents are wanted. */
export interface Wanted {
  readonly incident: string | null;
  /** Run ids. */
  readonly runs: readonly string[];
  readonly since: string | null;
  readonly until: string | null;
  /** Verify every source, with this allowed-signers file; `undefined`: only their chains are followed. */
  readonly verifyWith: string | null | undefined;
}

/** A source with everything that is needed to prove it. */
export interface Gathered {
  readonly log: TimelineLog;
  readonly records: Records;
  readonly reader: RunReader | null;
  readonly verdict: SourceVerdict | null;
}

/** Finds the logs of everything wanted. Throws INCIDENT_NOT_FOUND when nothing at all is recorded of an incident. */
export async function gather(
  all: readonly Records[],
  wanted: Wanted,
): Promise<readonly Gathered[]> {
  const found: Gathered[] = [];
  for (const records of all) found.push(...(await fromRecords(records, wanted)));
  if (found.length === 0 && wanted.incident !== null)
    throw await unknownIncident(wanted.incident, all);
  return found;
}

async function fromRecords(records: Records, wanted: Wanted): Promise<readonly Gathered[]> {
  const { verifyWith } = wanted;
  const verify = verifyWith === undefined ? null : await runVerifier(records, verifyWith);
  const found: Gathered[] = [];
  const notesOf = new Set<string>();
  if (wanted.incident !== null) notesOf.add(wanted.incident);
  const manuals = new Map<string, TimelineLog['manual']>();
  for await (const head of runHeads(records)) {
    if (!takes(wanted, head, records)) continue;
    const { reader } = head;
    notesOf.add(reader.run);
    const verdict = verify === null ? null : await verify(reader);
    found.push({ log: await runLog(records, head, verdict, manuals), records, reader, verdict });
  }
  const chain = verifyWith === undefined ? null : await incidentChainOf(records);
  for (const { name, path, of = name } of (await records.incidents?.incidents()) ?? []) {
    if (!notesOf.has(of) && !isWantedByTime(wanted)) continue;
    const proof = verifyWith === undefined ? null : await verifyIncident(records, name, chain);
    const broken = chain?.verdict ?? null;
    const chainNote = broken === null ? '' : `; ${INCIDENT_CHAIN}: ${broken.message}`;
    const verdict = proof && {
      sound: proof.sound && broken === null,
      verdict: `${proof.verdict}${chainNote}`,
    };
    const log: TimelineLog = {
      type: 'note',
      id: name,
      path: `${records.prefix}${path}`,
      lines: () => records.incidents?.lines(name) ?? nothing(),
      manual: null,
      ...(verdict === null ? {} : { verdict }),
    };
    found.push({ log, records, reader: null, verdict });
  }
  return found;
}

/** Runs that were named or belong to the incident; else those of the time that was asked for, else of a single folder. */
function takes(
  wanted: Wanted,
  { reader, incident, startedAt }: RunHead,
  { only }: Records,
): boolean {
  if (wanted.runs.includes(reader.run)) return true;
  if (wanted.incident !== null) return incident === wanted.incident || only === reader.run;
  if (only !== null) return true;
  if (!isWantedByTime(wanted) || startedAt === null) return false;
  return wanted.until === null || startedAt <= wanted.until;
}

function isWantedByTime({ incident, runs, since, until }: Wanted): boolean {
  return incident === null && runs.length === 0 && (since !== null || until !== null);
}

async function runLog(
  { prefix }: Records,
  { reader, path }: RunHead,
  verdict: SourceVerdict | null,
  manuals: Map<string, TimelineLog['manual']>,
): Promise<TimelineLog> {
  const bytes = await reader.file(RUNBOOK);
  const key = bytes === undefined ? '' : `${path}\n${Buffer.from(bytes).toString('latin1')}`;
  const known = manuals.get(key);
  const manual = known ?? (bytes === undefined ? null : await manualOf(bytes, path));
  if (manuals.size < 50) manuals.set(key, manual);
  return {
    type: 'run',
    id: reader.run,
    path: `${prefix}${RUNS}/${reader.run}/${LOG}`,
    lines: () => reader.lines(),
    manual,
    ...(verdict === null ? {} : { verdict }),
  };
}

async function unknownIncident(name: string, all: readonly Records[]): Promise<HandrailError> {
  const names = new Set<string>();
  for (const records of all) {
    for (const entry of (await records.incidents?.incidents()) ?? []) names.add(entry.name);
    for await (const { incident } of runHeads(records)) if (incident !== null) names.add(incident);
  }
  const state = all.map(({ store }) => store.where).join(', ');
  return new HandrailError('INCIDENT_NOT_FOUND', {
    name,
    state,
    nearest: nearest(name, [...names]),
  });
}

async function* nothing(): AsyncGenerator<never> {}
