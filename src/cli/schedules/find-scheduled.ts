import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Frontmatter } from '../../engine/model/frontmatter.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { readCron } from '../../engine/schedule/cron-fields.ts';
import { inOneMinute } from '../../engine/schedule/same-minute.ts';
import type { CliContext } from '../context.ts';
import { markdownFiles } from '../find-runbooks.ts';
import { stateFolder } from '../state-folder.ts';
import { ownCommand } from '../team/own-command.ts';
import type { CallLine, Scheduled, Schedules } from './scheduled.ts';

type Entry = NonNullable<Frontmatter['schedule']>[number];

/** Every entry of every `schedule` in and below a folder (or of one file), in order of path. */
export async function findScheduled(where: string): Promise<Schedules> {
  const { readRunbook } = await import('../../host/read-page.ts');
  const isFile = /\.(?:md|markdown|mdx|erb)$/i.test(where);
  const files = isFile ? [where] : await markdownFiles(where);
  const entries: Scheduled[] = [];
  const wrong: string[] = [];
  const skipped: string[] = [];
  const shares: Share[] = [];
  for (const file of files) {
    const read = await readRunbook(file).catch((error: unknown) => {
      if (isFile || !(error instanceof HandrailError)) throw error;
      return undefined;
    });
    if (!read) continue;
    const { frontmatter, diagnostics } = read.runbook;
    for (const entry of frontmatter.schedule ?? []) {
      const judged = scheduledOf(entry, read.runbook, file);
      if (typeof judged === 'string') wrong.push(`In the schedule of ${file}: ${judged}.`);
      else {
        entries.push(judged);
        shares.push({ ...judged, lock: frontmatter.lock });
      }
    }
    for (const { rule, message, hint } of diagnostics)
      if (rule === 'same-minute') skipped.push(`In the schedule of ${file}: ${message} ${hint}`);
  }
  return { entries: named(entries), wrong, skipped: [...skipped, ...passedOver(shares)] };
}

/** An entry, and what its runbook says of the lock. */
export interface Share extends Scheduled {
  readonly lock: Frontmatter['lock'];
}

/**
 * A sentence for each entry that is due in the same minute as one of another runbook under a lock of the same name, where a
 * policy makes one of them go by. Without a policy, and with `wait`, each waits for the other.
 */
export function passedOver(all: readonly Share[]): readonly string[] {
  return all.flatMap((own, index) => {
    const meets = (each: Share): boolean =>
      each.path !== own.path &&
      each.lock?.name === own.lock?.name &&
      (each.host === null || own.host === null || each.host === own.host) &&
      [own, each].some(goesBy) &&
      inOneMinute(own, each);
    const other = own.lock?.name === undefined ? undefined : all.slice(0, index).find(meets);
    const late = [own, other].find((each) => each !== undefined && goesBy(each));
    if (other === undefined || late === undefined) return [];
    const what = late.lock?.policy === 'skip' ? 'be skipped' : 'fail';
    return [
      `${other.path} and ${own.path} share the lock \`${own.lock?.name}\` and are due in the same minute, and \`policy: ${late.lock?.policy}\` of ${late.path} makes it ${what} where it comes second. Leave \`policy\` out or write \`policy: wait\`, so that one waits for the other, or set them apart.`,
    ];
  });
}

function goesBy({ lock }: Share): boolean {
  return lock?.policy === 'skip' || lock?.policy === 'fail';
}

/** How handrail is called from cron or systemd: by absolute paths, with the state folder spelled out. */
export function callLine(context: CliContext, folder: string): CallLine {
  return {
    program: ownCommand(),
    state: stateFolder(context, folder),
  };
}

/** An entry as it is carried out, or why it cannot be. */
function scheduledOf(entry: Entry, runbook: Runbook, file: string): Scheduled | string {
  const { timezone } = runbook.frontmatter;
  const zone = entry.timezone ?? timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const procedure = entry.procedure?.replace(/^#/, '') ?? null;
  const known = runbook.procedures.find(({ id }) => id === procedure);
  if (!readCron(entry.cron))
    return `\`${entry.cron}\` is no cron expression of five fields, such as \`30 2 * * 1-5\``;
  if (!isZone(zone)) return `\`${zone}\` is no time zone such as \`Europe/Zagreb\``;
  if (procedure !== null && !known)
    return `there is no procedure \`${procedure}\`; \`handrail show ${file}\` lists them`;
  const bare = path.basename(file).replace(/\.[^.]*(?:\.erb)?$/, '');
  return {
    name: `${bare}${procedure ? `-${procedure}` : ''}`.replace(/[^A-Za-z0-9_-]+/g, '-'),
    path: path.resolve(file),
    title: known?.title ?? runbook.title,
    procedure,
    cron: entry.cron,
    timezone: zone,
    host: entry.host ?? null,
    inputs: Object.fromEntries(
      Object.entries(entry.inputs ?? {}).map(([name, value]) => [name, String(value)]),
    ),
  };
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
