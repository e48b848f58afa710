import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import type { SiteIncident, SiteRun, SiteSubject } from '../../engine/contracts/site.ts';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { INCIDENTS } from '../../engine/record/files.ts';
import { readLedger } from '../../engine/record/ledger.ts';
import { newestReports } from '../../engine/record/runs.ts';
import { messageBehind } from '../../engine/record/verdict.ts';
import { verifyRun } from '../../engine/record/verify.ts';
import { hasLines } from '../run-summaries.ts';
import type { Records } from '../timeline/logs.ts';

const MOST_RUNS = 500;
const EXCERPT_BYTES = 8 * 1024;
const MOST_EVENTS = 1000;
const GAP_MS = 30 * 60_000;

/** The newest runs of the store that are of runbooks in the folder, newest first, and which were left out. */
export async function siteRuns(
  store: RunStore,
  folder: string,
  newest = MOST_RUNS,
): Promise<Pick<SiteSubject, 'runs' | 'leftOut'>> {
  const { byRun } = await readLedger(store.ledger());
  const older = Math.max(0, (await store.runs()).length - newest);
  const found: SiteRun[] = [];
  const unreadable: string[] = [];
  for await (const { reader, report } of newestReports(store, newest)) {
    if (!report) {
      if (await hasLines(reader)) unreadable.push(reader.run);
      continue;
    }
    const { who, runbook } = report.started;
    const page = path
      .relative(folder, path.resolve(who.cwd, runbook.path))
      .split(path.sep)
      .join('/');
    if (page.startsWith('..')) continue;
    const verdict = await verifyRun(reader, byRun.get(reader.run) ?? []);
    found.push({
      report,
      page,
      verdict: {
        sound: verdict.name === 'sound',
        message: verdict.name === 'sound' ? 'sound' : `${verdict.name}: ${messageBehind(verdict)}`,
      },
      output: (name) => reader.excerpt(name, EXCERPT_BYTES, EXCERPT_BYTES),
    });
  }
  if (older === 0 && unreadable.length === 0) return { runs: found };
  return { runs: found, leftOut: { older, newest, unreadable } };
}

/** The incidents of the store, each with its timeline; newest first. */
export async function siteIncidents(
  store: RunStore,
  state: string,
): Promise<readonly SiteIncident[]> {
  if (store.scheme === 'file' && !existsSync(path.join(store.where, INCIDENTS))) return [];
  const { ownRecords } = await import('../timeline/logs.ts');
  const records = ownRecords(store.scheme === 'file' ? store.where : state);
  const found: SiteIncident[] = [];
  const entries = (await records.incidents?.incidents()) ?? [];
  for (const name of new Set(entries.map((entry) => entry.of ?? entry.name)))
    found.push(await incidentOf(name, records));
  return found.toSorted((a, b) =>
    (a.events[0]?.occurredAt ?? '') < (b.events[0]?.occurredAt ?? '') ? 1 : -1,
  );
}

async function incidentOf(incident: string, records: Records): Promise<SiteIncident> {
  const { gather } = await import('../timeline/gather.ts');
  const { withTimeline } = await import('../../timelines.ts');
  const none = { since: null, until: null };
  const gathered = await gather([records], { ...none, incident, runs: [], verifyWith: undefined });
  const request = {
    ...none,
    incident,
    title: null,
    timezone: 'UTC',
    gapMs: GAP_MS,
    all: false,
    blameless: false,
  };
  const sources = { logs: gathered.map(({ log }) => log), imports: [] };
  return withTimeline(sources, request, tmpdir(), async ({ head, batches }) => {
    const events: TimelineEvent[] = [];
    let more = 0;
    for await (const batch of batches({ collapsed: true })) {
      const room = MOST_EVENTS - events.length;
      events.push(...batch.slice(0, room));
      more += Math.max(0, batch.length - room);
    }
    return { name: incident, head, events, more };
  });
}
