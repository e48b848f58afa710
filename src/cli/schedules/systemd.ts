import { HandrailError } from '../../engine/model/errors.ts';
import { readCron } from '../../engine/schedule/cron-fields.ts';
import { type CallLine, commandWords, type Scheduled } from './scheduled.ts';
import { systemdWord } from './systemd-word.ts';

/** A unit file by its name. */
export interface UnitFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Service and timer units for each entry (systemd.service(5), systemd.timer(5)), and one template
 * unit that is started when a service fails. `Persistent=` catches up on a time the machine was off.
 */
export function systemdUnits(entries: readonly Scheduled[], call: CallLine): readonly UnitFile[] {
  const own = entries.flatMap((entry) => [
    { name: `${unitName(entry)}.service`, content: service(entry, call) },
    { name: `${unitName(entry)}.timer`, content: timer(entry) },
  ]);
  return [...own, { name: 'handrail-failed@.service', content: failed(call) }];
}

const unitName = (entry: Scheduled): string => `handrail-${entry.name}`;

function service(entry: Scheduled, call: CallLine): string {
  return lines([
    '[Unit]',
    `Description=handrail: ${oneLine(entry.title)}`,
    'OnFailure=handrail-failed@%n.service',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${commandWords(entry, call).map(systemdWord).join(' ')}`,
    '# 5 waits for a person and 75 found the lock held: neither is a failure of the unit.',
    'SuccessExitStatus=5 75',
    '# handrail ends its own processes on TERM; the rest are ended after this time.',
    'KillMode=mixed',
    'TimeoutStopSec=30',
  ]);
}

function timer(entry: Scheduled): string {
  const calendars = onCalendar(entry.cron, entry.timezone);
  if (!calendars)
    throw new HandrailError('CONFIGURATION', {
      message: `\`${entry.cron}\` in the schedule of ${entry.path} is no cron expression of five fields, such as \`30 2 * * 1-5\`.`,
    });
  return lines([
    '[Unit]',
    `Description=Times of handrail: ${oneLine(entry.title)}`,
    '',
    '[Timer]',
    ...calendars.map((calendar) => `OnCalendar=${calendar}`),
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ]);
}

function failed(call: CallLine): string {
  const words = [...call.program, 'runs', '--outcome', 'failed', '--limit', '1', '--state'];
  return lines([
    '[Unit]',
    'Description=handrail: %i failed',
    '',
    '[Service]',
    'Type=oneshot',
    '# Replace this with what should hear of it; the newest failed run is said in the journal.',
    `ExecStart=${[...words, call.state].map(systemdWord).join(' ')}`,
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('%', '%%');

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A cron expression as systemd calendar expressions (systemd.time(7)); `undefined` when it is no cron
 * expression. Two are needed when both the day of the month and the weekday are limited: cron runs
 * when either fits, one calendar expression only when both do.
 */
export function onCalendar(expression: string, timezone: string): readonly string[] | undefined {
  const fields = readCron(expression);
  if (!fields) return undefined;
  const time = `${list(fields.hours)}:${list(fields.minutes)}:00 ${timezone}`;
  const date = (days: readonly number[] | null): string =>
    `*-${list(fields.months)}-${list(days)} ${time}`;
  const weekdays = fields.weekdays?.map((weekday) => WEEKDAYS[weekday]).join(',');
  if (!weekdays) return [date(fields.days)];
  if (!fields.days) return [`${weekdays} ${date(null)}`];
  return [date(fields.days), `${weekdays} ${date(null)}`];
}

const list = (values: readonly number[] | null): string => values?.map(two).join(',') ?? '*';
