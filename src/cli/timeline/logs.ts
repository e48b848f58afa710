import { existsSync } from 'node:fs';
import path from 'node:path';
import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import type { RunReader, RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { INCIDENTS, LOG, RUNBOOK, RUNS } from '../../engine/record/files.ts';
import { instantOf, textOf } from '../../engine/timeline/draft.ts';
import { isObject } from '../../engine/timeline/log-lines.ts';
import { systemClock } from '../../host/system-clock.ts';
import { openStore } from '../../stores/index.ts';
import { isTeamUrl } from '../../stores/team/connection.ts';
import { openIncidents } from '../../timelines.ts';

/** A folder that runs and incidents are read from. */
export interface Records {
  /** What paths of evidence begin with: `''` for the own state folder, else the folder's name and `/`. */
  readonly prefix: string;
  readonly store: RunStore;
  readonly incidents: IncidentStore | null;
  /** Of a single run folder: that run alone. */
  readonly only: string | null;
}

/** What is known of a run before it is read. */
export interface RunHead {
  readonly reader: RunReader;
  readonly startedAt: string | null;
  readonly incident: string | null;
  /** Path of its runbook. */
  readonly path: string;
}

/** The records of the state folder itself, or of all hosts in a team's record. */
export function ownRecords(state: string): Records {
  const store = openStore(state, systemClock);
  const where = isTeamUrl(state) ? state : store.where;
  const isKept = store.scheme === 'file' || isTeamUrl(state);
  return {
    prefix: '',
    store,
    incidents: isKept ? openIncidents(where, systemClock) : null,
    only: null,
  };
}

/** The records of a folder copied from elsewhere: a state folder, its `runs`, or one run. Throws USAGE. */
export function copiedRecords(folder: string, taken: ReadonlySet<string>): Records {
  const name = prefixFor(folder, taken);
  if (existsSync(path.join(folder, LOG))) {
    const state = path.dirname(path.dirname(path.resolve(folder)));
    return { ...recordsAt(state, name), only: path.basename(path.resolve(folder)) };
  }
  if (path.basename(path.resolve(folder)) === RUNS)
    return recordsAt(path.dirname(path.resolve(folder)), name);
  const holds = [RUNS, INCIDENTS].some((part) => existsSync(path.join(folder, part)));
  if (holds) return recordsAt(folder, name);
  const message = `\`${folder}\` holds no runs. Give a state folder, its \`runs\` folder or the folder of one run with --from.`;
  throw new HandrailError('USAGE', { message });
}

function recordsAt(state: string, prefix: string): Records {
  const own = ownRecords(state);
  return { ...own, prefix };
}

function prefixFor(folder: string, taken: ReadonlySet<string>): string {
  const name = path.basename(path.resolve(folder)).replace(/^\.+/, '') || 'records';
  for (let count = 1; ; count += 1) {
    const prefix = count === 1 ? `${name}/` : `${name}-${count}/`;
    if (!taken.has(prefix)) return prefix;
  }
}

/** Runs of a folder with what their first lines say, oldest first. */
export async function* runHeads({ store, only }: Records): AsyncGenerator<RunHead> {
  for (const run of await store.runs()) {
    if (only !== null && run !== only) continue;
    const reader = await store.read(run).catch(() => undefined);
    if (reader) yield { reader, ...(await firstLine(reader)) };
  }
}

async function firstLine(reader: RunReader): Promise<Omit<RunHead, 'reader'>> {
  for await (const { raw } of reader.lines()) {
    const event = parsed(raw);
    const runbook = isObject(event['runbook']) ? event['runbook'] : {};
    return {
      startedAt: instantOf(event['at']) ?? null,
      incident: textOf(event['incident']) || null,
      path: textOf(runbook['path']) || RUNBOOK,
    };
  }
  return { startedAt: null, incident: null, path: RUNBOOK };
}

function parsed(raw: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(raw).toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
