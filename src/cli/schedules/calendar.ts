import { readCron } from '../../engine/schedule/cron-fields.ts';

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
