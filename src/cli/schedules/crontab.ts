import { spellOut } from '../../engine/schedule/cron-fields.ts';
import { shellWord } from '../../text/shell-word.ts';
import { type CallLine, commandWords, type Scheduled } from './scheduled.ts';

const HEAD = [
  '# Made by `handrail schedule crontab`: add it to `crontab -e`, or make it anew after a change.',
  '# CRON_TZ is honoured by cronie and systemd-cron. Where cron ignores it, the times are read in the',
  "# machine's own zone: use `handrail schedule systemd` there, or set the zone of the machine.",
  '# A good run says nothing. A failed one says everything, which cron sends to MAILTO; every run is in the run log.',
];

/**
 * The schedules as crontab(5) lines, grouped by zone; `wrong` is told of an entry that cannot be one, because a `%`
 * means a newline in a crontab.
 */
export function crontab(
  given: readonly Scheduled[],
  call: CallLine,
  wrong: (why: string) => void,
): string {
  const entries = given.filter((entry) => {
    const isOne = !/[%\n\r]/.test(commandOf(entry, call));
    if (!isOne)
      wrong(
        `The crontab line of ${entry.path} would hold a \`%\` or a line break, which cron reads as the end of the command. Rename the file or give that value in the runbook's frontmatter as a default.`,
      );
    return isOne;
  });
  const zones = [...new Set(entries.map((entry) => entry.timezone))].sort();
  const groups = zones.map((zone) => {
    const own = entries.filter((entry) => entry.timezone === zone);
    return [
      `CRON_TZ=${zone}`,
      ...own.map((entry) => `${spellOut(entry.cron)} ${commandOf(entry, call)}`),
    ].join('\n');
  });
  return `${[HEAD.join('\n'), ...groups].join('\n\n')}\n`;
}

function commandOf(entry: Scheduled, call: CallLine): string {
  return commandWords(entry, call).map(shellWord).join(' ');
}
