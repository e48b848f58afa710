import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { makeFolder } from '../../stores/files/disk.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { crontab } from '../schedules/crontab.ts';
import { callLine, findScheduled } from '../schedules/find-scheduled.ts';
import type { Scheduled } from '../schedules/scheduled.ts';
import { systemdUnits } from '../schedules/systemd.ts';
import { screenLine } from '../screen/safe-text.ts';
import { jsonOption } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'schedule',
  summary: 'next times of scheduled runbooks, as crontab or systemd units',
  arguments: [
    {
      name: 'FORM',
      required: true,
      choices: ['list', 'crontab', 'systemd'],
      summary: 'list, crontab or systemd',
    },
    {
      name: 'PATH',
      completes: 'folder',
      summary: 'a folder or a runbook, this folder by default',
    },
  ],
  options: [
    jsonOption,
    {
      name: 'out',
      value: 'DIR',
      completes: 'folder',
      summary: 'write unit files into this folder',
    },
  ],
  examples: [
    ['handrail schedule list runbooks', 'the next three times of each'],
    ['handrail schedule crontab /srv/runbooks | crontab -', 'let cron run them'],
    ['handrail schedule systemd --out ~/.config/systemd/user', 'or systemd'],
  ],
};

const NEXT_TIMES = 3;

/** `handrail schedule`: next times, crontab lines, or systemd units of the runbooks' schedules. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [form, where = '.'] = invocation.words;
  const folder = path.resolve(context.cwd, where);
  if (!existsSync(folder)) throw new HandrailError('RUNBOOK_NOT_FOUND', { path: where });
  const { entries, ...found } = await findScheduled(folder);
  const wrong = [...found.wrong];
  const call = callLine(context, folder);
  // What names a host is started there by its worker.
  const called = entries.filter(({ host }) => host === null);
  if (form === 'crontab') await context.out.write(crontab(called, call, (why) => wrong.push(why)));
  else if (form === 'systemd') await systemd(called, call, invocation.text('out'), context);
  else if (entries.length > 0 || wrong.length === 0)
    await list(entries, invocation.flag('json'), context);
  for (const why of wrong) await context.err.write(`handrail: ${screenLine(why)}\n`);
  for (const why of found.skipped) await context.err.write(`warning: ${screenLine(why)}\n`);
  return wrong.length > 0 ? EXIT.configuration : EXIT.passed;
};

async function list(
  entries: readonly Scheduled[],
  asJson: boolean,
  { out, style }: CliContext,
): Promise<void> {
  const { nextTimes } = await import('../../engine/schedule/times.ts');
  const now = new Date();
  const rows = await Promise.all(
    entries.map(async (entry) => ({
      entry,
      next: await nextTimes(entry.cron, entry.timezone, now, NEXT_TIMES),
    })),
  );
  if (asJson) {
    const scheduled = rows.map(({ entry, next }) => ({
      ...entry,
      next: next.map((date) => date.toISOString()),
    }));
    await out.write(`${JSON.stringify({ scheduled }, null, 2)}\n`);
    return;
  }
  if (rows.length === 0) {
    await out.write('No runbook here has a `schedule` in its frontmatter.\n');
    return;
  }
  const blocks = rows.map(({ entry, next }) => {
    const address = entry.procedure ? `${entry.path}#${entry.procedure}` : entry.path;
    const times = next.map(
      (date) => `    ${localTime(date, entry.timezone)}   ${date.toISOString()}`,
    );
    return [
      `${style('strong', screenLine(entry.title))}  ${style('dim', screenLine(address))}`,
      `  ${entry.cron}  ${entry.timezone}${entry.host === null ? '' : `  on ${screenLine(entry.host)}, by its worker`}`,
      ...times,
    ].join('\n');
  });
  await out.write(`${blocks.join('\n\n')}\n`);
}

function localTime(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(date);
}

/** Units on standard output one after another, or as files of a folder with `--out`. */
async function systemd(
  entries: readonly Scheduled[],
  call: Parameters<typeof systemdUnits>[1],
  out: string | undefined,
  context: CliContext,
): Promise<void> {
  const units = systemdUnits(entries, call);
  if (out === undefined) {
    const text = units.map(({ name, content }) => `# ${name}\n${content}`).join('\n');
    await context.out.write(text);
    return;
  }
  const folder = path.resolve(context.cwd, out);
  makeFolder(folder, 0o777);
  for (const { name, content } of units) await writeFile(path.join(folder, name), content);
  await context.out.write(`${units.length} unit files in ${folder}\n`);
}
