import path from 'node:path';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import type { SiteIncident, SiteRun } from '../../engine/contracts/site.ts';
import { replay } from '../../engine/replay.ts';
import { verifyRun } from '../../engine/verify.ts';
import { readLedger } from '../../engine/verifying/ledger.ts';
import type { CliContext } from '../context.ts';

const MOST_RUNS = 500;
const EXCERPT_BYTES = 8 * 1024;

/** The newest runs of the store that are of runbooks in the folder, newest first; one that cannot be read is left out. */
export async function siteRuns(store: RunStore, folder: string): Promise<readonly SiteRun[]> {
  const ids = (await store.runs()).toReversed().slice(0, MOST_RUNS);
  if (ids.length === 0) return [];
  const { entries } = await readLedger(store.ledger());
  const found: SiteRun[] = [];
  for (const id of ids) {
    const reader = await store.read(id);
    const report = reader && (await replay(id, reader.lines()).catch(() => undefined));
    if (!reader || !report) continue;
    const { who, runbook } = report.started;
    const page = path
      .relative(folder, path.resolve(who.cwd, runbook.path))
      .split(path.sep)
      .join('/');
    if (page.startsWith('..')) continue;
    const seals = entries.filter(({ run, what }) => run === id && what === 'sealed');
    const verdict = await verifyRun(reader, seals);
    found.push({
      report,
      page,
      verdict: {
        sound: verdict.name === 'sound',
        message: verdict.name === 'sound' ? 'sound' : `${verdict.name}: ${verdict.message}`,
      },
      output: (name) => reader.excerpt(name, EXCERPT_BYTES, EXCERPT_BYTES),
    });
  }
  return found;
}

/** The incidents of the store, each with its timeline as a page. */
export async function siteIncidents(
  _store: RunStore,
  _context: CliContext,
): Promise<readonly SiteIncident[]> {
  return [];
}
