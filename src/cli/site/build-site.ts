import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import type {
  BrokenLink,
  RenderedSite,
  SiteAlert,
  SiteContext,
  SitePage,
} from '../../engine/contracts/site.ts';
import { BUILD } from '../../engine/model/build.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { INCIDENT_CHAIN } from '../../engine/record/files.ts';
import { readOwn, replaceFile } from '../../stores/files/disk.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { CliContext } from '../context.ts';
import { markdownFiles } from '../find-runbooks.ts';
import { openStore } from '../open-store.ts';
import { stateFolder } from '../state-folder.ts';
import { bodyCache } from './body-cache.ts';
import { writeFiles } from './write-files.ts';

/** What a site is asked to be. Paths are absolute. */
export interface BuildRequest {
  readonly folder: string;
  readonly out: string;
  readonly title: string;
  readonly url: string | null;
  readonly editUrl: string | null;
  readonly templates: string | null;
  /** Runs and incidents too. */
  readonly withRuns: boolean;
}

/** What a build came to. */
export interface BuiltSite {
  readonly pages: number;
  readonly written: number;
  readonly removed: number;
  readonly broken: readonly BrokenLink[];
  readonly problems: RenderedSite['problems'];
}

/** A build that is remembered: as long as nothing it saw has changed, there is nothing to do. */
interface Remembered {
  readonly seen: string;
  readonly made: string;
  readonly files: readonly string[];
  readonly pages: number;
  readonly broken: readonly BrokenLink[];
  readonly problems: RenderedSite['problems'];
}

/**
 * Builds the site: writes files whose bytes differ, and takes away those of an earlier build that are no more.
 * When no file that it read or wrote has changed since, nothing is loaded. Throws USAGE without a folder.
 */
export async function buildSite(request: BuildRequest, context: CliContext): Promise<BuiltSite> {
  if (!statSync(request.folder, { throwIfNoEntry: false })?.isDirectory())
    throw new HandrailError('USAGE', {
      message: `\`${request.folder}\` is no folder. Give one with runbooks in it.`,
    });
  const store = openStore(context, request.folder);
  const state = store.scheme === 'file' ? store.where : null;
  const isOwn = (file: string): boolean => !file.startsWith(`${request.out}${path.sep}`);
  const files = (await markdownFiles(request.folder)).filter(isOwn);
  const note =
    state === null
      ? null
      : path.join(state, 'cache', 'site', `${digest([request.folder, request.out])}.json`);
  const today = new Date().toISOString().slice(0, 10);
  const seen = digest([
    BUILD ?? context.version,
    // A review may be overdue since yesterday.
    today,
    request,
    stamps([...files, path.join(request.folder, ALERTS_FILE)]),
    state === null ? '' : await runStamps(store),
  ]);
  const known = remembered(note);
  if (
    known &&
    known.seen === seen &&
    known.made === stamps(known.files.map((file) => path.join(request.out, file)))
  )
    return {
      pages: known.pages,
      written: 0,
      removed: 0,
      broken: known.broken,
      problems: known.problems,
    };
  const { renderSite, readPage, existsFrom, openTemplates } = await import('../../site.ts');
  const { siteRuns, siteIncidents } = await import('./gather.ts');
  const pages = files.map((file): SitePage => {
    const bytes = readFileSync(file);
    const relative = path.relative(request.folder, file).split(path.sep).join('/');
    return { path: relative, sha256: sha256Of(bytes), read: () => readPage(file) };
  });
  const cache = bodyCache(state === null ? null : path.join(state, 'cache', 'site'), BUILD);
  const door: SiteContext = {
    template: openTemplates({ folder: request.templates }),
    file: async (name) => readInside(request.folder, name),
    exists: (name) => existsFrom(request.folder, name),
    cache,
  };
  const ran = request.withRuns ? await siteRuns(store, request.folder) : { runs: [] };
  const incidents = request.withRuns
    ? await siteIncidents(store, stateFolder(context, request.folder))
    : [];
  const { title, url, editUrl } = request;
  const alerts = siteAlerts(request.folder);
  const subject = { title, url, editUrl, today, pages, ...ran, incidents, alerts };
  const site = await renderSite(subject, door);
  const done = writeFiles(request.out, site.files);
  cache.sweep();
  remember(note, {
    seen,
    made: stamps(done.files.map((file) => path.join(request.out, file))),
    files: done.files,
    pages: site.pages,
    broken: site.broken,
    problems: site.problems,
  });
  return {
    pages: site.pages,
    written: done.written,
    removed: done.removed,
    broken: site.broken,
    problems: site.problems,
  };
}

/** Sizes and times of files, as one text. */
function stamps(files: readonly string[]): string {
  const parts = files.map((file) => {
    const facts = lstatSync(file, { throwIfNoEntry: false });
    return facts ? `${file}\0${facts.size}\0${facts.mtimeMs}` : `${file}\0none`;
  });
  return digest(parts);
}

async function runStamps(store: RunStore): Promise<string> {
  const runs = [...(await store.stamps())];
  return digest([runs, stamps([path.join(store.where, INCIDENT_CHAIN)]), await store.remembered()]);
}

function digest(value: unknown): string {
  return sha256Of(JSON.stringify(value));
}

function remembered(note: string | null): Remembered | undefined {
  const text = note === null ? undefined : readOwn(note);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function remember(note: string | null, build: Remembered): void {
  if (note === null) return;
  try {
    replaceFile(note, JSON.stringify(build));
  } catch {
    // Built again next time.
  }
}

/** A file of the folder; `undefined` for what a link or `..` would fetch from elsewhere. */
function readInside(folder: string, name: string): Uint8Array | undefined {
  const file = realpathSync(path.join(folder, name));
  const inside = path.relative(realpathSync(folder), file);
  return inside.startsWith('..') || path.isAbsolute(inside) ? undefined : readFileSync(file);
}

/** What `handrail alerts --format json` says, as far as the site is concerned. */
const alertsSchema = z.object({
  alerts: z.array(
    z.object({
      name: z.string(),
      targets: z.array(z.object({ path: z.string(), procedure: z.string() })),
    }),
  ),
});

/** Name of the file beside the runbooks. */
const ALERTS_FILE = 'alerts.json';

/** Where alerts lead, as `handrail alerts --json` left it in the folder; none without such a file. Throws CONFIGURATION. */
function siteAlerts(folder: string): readonly SiteAlert[] {
  const file = path.join(folder, ALERTS_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const read = alertsSchema.safeParse(parsed(text));
  if (!read.success)
    throw new HandrailError('CONFIGURATION', {
      message: `\`${file}\` is not what \`handrail alerts --json\` writes. Write it anew, or take it away.`,
    });
  return read.data.alerts.flatMap(({ name, targets }) =>
    targets.map(({ path: page, procedure }) => ({ name, page, procedure })),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
