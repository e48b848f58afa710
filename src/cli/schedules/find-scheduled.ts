import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { readCron } from '../../engine/schedule/cron-fields.ts';
import type { CliContext } from '../context.ts';
import { markdownFiles } from '../find-runbooks.ts';
import { stateFolder } from '../state-folder.ts';
import { ownCommand } from '../team/own-command.ts';
import type { CallLine, Scheduled } from './scheduled.ts';

/**
 * Every entry of every `schedule` in and below a folder (or of one file), in order of path. Throws
 * CONFIGURATION with the place for an expression, zone or procedure that is none.
 */
export async function findScheduled(where: string): Promise<readonly Scheduled[]> {
  const { readRunbook } = await import('../../host/read-page.ts');
  const isFile = /\.(?:md|markdown|mdx|erb)$/i.test(where);
  const files = isFile ? [where] : await markdownFiles(where);
  const found: Scheduled[] = [];
  for (const file of files) {
    const read = await readRunbook(file).catch((error: unknown) => {
      if (isFile || !(error instanceof HandrailError)) throw error;
      return undefined;
    });
    if (read) found.push(...scheduledOf(read.runbook, file));
  }
  return named(found);
}

/** How handrail is called from cron or systemd: by absolute paths, with the state folder spelled out. */
export function callLine(context: CliContext, folder: string): CallLine {
  return {
    program: ownCommand(),
    state: stateFolder(context, folder),
  };
}

function scheduledOf(runbook: Runbook, file: string): readonly Scheduled[] {
  const { schedule = [], timezone } = runbook.frontmatter;
  return schedule.map((entry) => {
    const zone = entry.timezone ?? timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const procedure = entry.procedure ?? null;
    const known = runbook.procedures.find(({ id }) => id === procedure);
    if (!readCron(entry.cron))
      throw wrong(
        file,
        `\`${entry.cron}\` is no cron expression of five fields, such as \`30 2 * * 1-5\``,
      );
    if (!isZone(zone)) throw wrong(file, `\`${zone}\` is no time zone such as \`Europe/Zagreb\``);
    if (procedure !== null && !known)
      throw wrong(
        file,
        `there is no procedure \`${procedure}\`; \`handrail show ${file}\` lists them`,
      );
    const bare = path.basename(file).replace(/\.[^.]*(?:\.erb)?$/, '');
    return {
      name: `${bare}${procedure ? `-${procedure}` : ''}`.replace(/[^A-Za-z0-9_-]+/g, '-'),
      path: path.resolve(file),
      title: known?.title ?? runbook.title,
      procedure,
      cron: entry.cron,
      timezone: zone,
      inputs: Object.fromEntries(
        Object.entries(entry.inputs ?? {}).map(([name, value]) => [name, String(value)]),
      ),
    };
  });
}

/** Names are unique: the second of a name is `name-2`. */
function named(entries: readonly Scheduled[]): readonly Scheduled[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const count = (seen.get(entry.name) ?? 0) + 1;
    seen.set(entry.name, count);
    return count === 1 ? entry : { ...entry, name: `${entry.name}-${count}` };
  });
}

function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function wrong(file: string, why: string): HandrailError {
  return new HandrailError('CONFIGURATION', { message: `In the schedule of ${file}: ${why}.` });
}
