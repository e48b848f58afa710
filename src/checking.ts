import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { check, withColumns } from './engine/check.ts';
import { proseLinks } from './engine/checks/broken-link.ts';
import type { Diagnostic } from './engine/model/diagnostic.ts';
import type { Runbook } from './engine/model/runbook.ts';
import { hasAnchor } from './engine/reading/anchors.ts';
import { refuseGiven } from './given.ts';
import { readRunbook } from './host/read-page.ts';
import type { World } from './world.ts';

/**
 * Everything that is wrong or doubtful with the runbook at a path; links are looked up on disk, and no process is
 * started. With `unattended`, what a run without a person would refuse in that world is an error, of the whole runbook
 * or of one procedure.
 */
export async function checkRunbook(
  path: string,
  options: {
    readonly hasCommand: (name: string) => boolean;
    readonly unattended?: World | undefined;
    readonly procedure?: string | undefined;
  },
): Promise<readonly Diagnostic[]> {
  refuseGiven('checkRunbook', 'path', path);
  refuseGiven('checkRunbook', 'options', options);
  const { source, runbook } = await readRunbook(path);
  const exists = (link: string): boolean => existsSync(resolve(source.folder, link));
  const hasProcedure = await linkedProcedures(runbook);
  const hasAnchorThere = await linkedAnchors(runbook);
  const today = new Date().toISOString().slice(0, 10);
  const doors = {
    hasCommand: options.hasCommand,
    exists,
    hasProcedure,
    hasAnchor: hasAnchorThere,
    today,
  };
  const found = withColumns(check(runbook, doors), source.text);
  if (options.unattended === undefined) return found;
  const { refusals, withRefusals } = await import('./engine/judge.ts');
  const { createHandrail } = await import('./handrail.ts');
  const judging = createHandrail(options.unattended);
  return withRefusals(found, await refusals(runbook, options.procedure, judging));
}

/** Whether the runbooks that one links to have the procedures that are linked to. */
async function linkedProcedures(
  runbook: Runbook,
): Promise<(path: string, procedure: string) => boolean | undefined> {
  const { pickProcedures } = await import('./engine/planning/pick-procedures.ts');
  const pages = new Map([['', runbook]]);
  for (const { body } of runbook.steps) {
    const link = typeof body === 'object' && body !== null && 'path' in body ? body.path : '';
    if (typeof link !== 'string' || link === '' || pages.has(link)) continue;
    try {
      pages.set(link, (await readRunbook(resolve(runbook.folder, link))).runbook);
    } catch {
      // That it cannot be read is said where the link is.
    }
  }
  return (link, procedure) => {
    const page = pages.get(link);
    if (page === undefined) return undefined;
    try {
      return pickProcedures(page, [procedure]).length > 0;
    } catch {
      return false;
    }
  };
}

/** Whether the pages that one's prose links to have the places that are linked to. */
async function linkedAnchors(
  runbook: Runbook,
): Promise<(path: string, anchor: string) => boolean | undefined> {
  const wanted = proseLinks(runbook).filter(({ path, anchor }) => path !== '' && anchor !== '');
  const pages = new Map<string, Runbook>();
  for (const path of new Set(wanted.map((link) => link.path))) {
    try {
      pages.set(path, (await readRunbook(resolve(runbook.folder, path))).runbook);
    } catch {
      // That it is not there is said where the link is; what is wrong in it, where it is checked.
    }
  }
  return (path, anchor) => {
    const page = pages.get(path);
    return page === undefined ? undefined : hasAnchor(page, anchor);
  };
}
