import { resolve } from 'node:path';
import { check, withColumns } from './engine/check.ts';
import { proseLinks } from './engine/checks/broken-link.ts';
import type { CheckDoors, LinkedInputs } from './engine/checks/rule.ts';
import { isWanted } from './engine/checks/unbound-input.ts';
import type { Diagnostic } from './engine/model/diagnostic.ts';
import { cannotWork, flag, kindOf } from './engine/model/guard.ts';
import type { Procedure, Runbook } from './engine/model/runbook.ts';
import { sequenceOf } from './engine/planning/sequence.ts';
import { hasAnchor } from './engine/reading/anchors.ts';
import { refuseGiven } from './given.ts';
import { watchedDoors } from './host/found-before.ts';
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
  const watched = watchedDoors(source, asked(options.hasCommand));
  const pages = linkedTo(runbook, watched.leadsTo);
  const linked = await linkedPages(runbook, pages);
  const hasAnchorThere = await linkedAnchors(runbook, pages);
  const doors = Object.assign(watched.doors, linked, { hasAnchor: hasAnchorThere });
  const found = withColumns(check(runbook, doors), source.text);
  watched.keep(found, process.env);
  if (options.unattended === undefined) return found;
  const { refusals, withRefusals } = await import('./engine/judge.ts');
  const { createHandrail } = await import('./handrail.ts');
  const judging = createHandrail(options.unattended);
  return withRefusals(found, await refusals(runbook, options.procedure, judging));
}

/** A promise is as good as `true`: every command would be here. */
function asked(hasCommand: (name: string) => boolean): (name: string) => boolean {
  return (name) => {
    const is: unknown = hasCommand(name);
    if (typeof is === 'boolean') return is;
    throw cannotWork('checkRunbook', `\`hasCommand\` answered ${kindOf(is)}`, flag.says);
  };
}

type Linked = (link: string) => Promise<Runbook | undefined>;

/** Pages beside one, each read once; that one cannot be read is said where the link is, what is wrong in it where it is checked. */
function linkedTo(
  { folder }: Runbook,
  leadsTo: (link: string, sha256: string | null) => void,
): Linked {
  const read = new Map<string, Runbook | undefined>();
  return async (link) => {
    if (read.has(link)) return read.get(link);
    const page = await readRunbook(resolve(folder, link)).catch(() => undefined);
    leadsTo(link, page?.source.sha256 ?? null);
    read.set(link, page?.runbook);
    return page?.runbook;
  };
}

/** What can be said of the runbooks that one links to. */
async function linkedPages(
  runbook: Runbook,
  linked: Linked,
): Promise<Required<Pick<CheckDoors, 'hasProcedure' | 'linkedInputs'>>> {
  const { pickProcedures } = await import('./engine/planning/pick-procedures.ts');
  const pages = new Map<string, Runbook | undefined>([['', runbook]]);
  for (const { body } of runbook.steps) {
    const link = typeof body === 'object' && body !== null && 'path' in body ? body.path : '';
    if (typeof link !== 'string' || link === '' || pages.has(link)) continue;
    pages.set(link, await linked(link));
  }
  const picked = (page: Runbook, name: string): readonly Procedure[] | undefined => {
    try {
      return pickProcedures(page, name === '' ? [] : [name]);
    } catch {
      return undefined;
    }
  };
  return {
    hasProcedure: (link, procedure) => {
      const page = pages.get(link);
      return page && (picked(page, procedure) ?? []).length > 0;
    },
    linkedInputs: (link, procedure) => {
      const page = pages.get(link);
      const procedures = page && picked(page, procedure);
      return procedures && inputsOf(page, procedures);
    },
  };
}

function inputsOf(page: Runbook, procedures: readonly Procedure[]): LinkedInputs {
  const steps = sequenceOf(page, procedures).map(({ step }) => step);
  const isUsed = (at: number): boolean =>
    steps.some(({ line, endLine }) => line <= at && at <= endLine);
  const inUse = page.inputs.filter((input) => input.lines.some(isUsed));
  const wanted = inUse.filter(isWanted);
  const used = inUse.map(({ name }) => name);
  const names = page.inputs.map(({ name }) => name);
  return { names, declared: page.frontmatter.inputs ?? {}, wanted, used };
}

/** Whether the pages that one's prose links to have the places that are linked to. */
async function linkedAnchors(
  runbook: Runbook,
  linked: Linked,
): Promise<(path: string, anchor: string) => boolean | undefined> {
  const wanted = proseLinks(runbook).filter(({ path, anchor }) => path !== '' && anchor !== '');
  const pages = new Map<string, Runbook | undefined>();
  for (const { path } of wanted) pages.set(path, await linked(path));
  return (path, anchor) => {
    const page = pages.get(path);
    return page === undefined ? undefined : hasAnchor(page, anchor);
  };
}
