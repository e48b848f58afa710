import { type CronFields, readCron } from './cron-fields.ts';

/** When something is due. */
export interface Due {
  readonly cron: string;
  /** IANA zone. */
  readonly timezone: string;
}

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;
/** After 28 years the weekdays of all dates come round again. */
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);
const CYCLE_DAYS = 28 * 365 + 7;
const WINTER_MS = Date.UTC(2026, 0, 15);
const SUMMER_MS = Date.UTC(2026, 6, 15);

/** Whether two expressions ever name the same minute; in two zones, whether they do in winter or in summer. */
export function inOneMinute(one: Due, other: Due): boolean {
  const fields = readCron(one.cron);
  const others = readCron(other.cron);
  if (!fields || !others) return false;
  if (one.timezone === other.timezone) return shares(fields, others, 0, 0);
  return [WINTER_MS, SUMMER_MS].some((atMs) => {
    const minutesApart = offsetMinutes(one.timezone, atMs) - offsetMinutes(other.timezone, atMs);
    return [-1, 0, 1].some((daysApart) => shares(fields, others, minutesApart, daysApart));
  });
}

/** Whether a minute of `one` is, so much earlier on the other clock, a minute of `other`. */
function shares(
  one: CronFields,
  other: CronFields,
  minutesApart: number,
  daysApart: number,
): boolean {
  const isOthers = (minute: number): boolean => {
    const there = minute - minutesApart - daysApart * DAY_MINUTES;
    return there >= 0 && there < DAY_MINUTES && isMinuteOf(other, there);
  };
  let meets = false;
  for (let minute = 0; minute < DAY_MINUTES && !meets; minute++)
    meets = isMinuteOf(one, minute) && isOthers(minute);
  if (!meets) return false;
  for (let day = 0; day < CYCLE_DAYS; day++) {
    const atMs = FIRST_DAY_MS + day * DAY_MS;
    if (isDayOf(one, atMs) && isDayOf(other, atMs + daysApart * DAY_MS)) return true;
  }
  return false;
}

function isMinuteOf({ hours, minutes }: CronFields, minute: number): boolean {
  return has(minutes, minute % 60) && has(hours, Math.floor(minute / 60));
}

/** Either fits where both the day of the month and the weekday are limited. */
function isDayOf({ days, months, weekdays }: CronFields, atMs: number): boolean {
  const date = new Date(atMs);
  if (!has(months, date.getUTCMonth() + 1)) return false;
  const isDay = has(days, date.getUTCDate());
  const isWeekday = has(weekdays, date.getUTCDay());
  return days !== null && weekdays !== null ? isDay || isWeekday : isDay && isWeekday;
}

const has = (values: readonly number[] | null, value: number): boolean =>
  values === null || values.includes(value);

/** How far a zone's clock is ahead of UTC; none for a zone that is none. */
function offsetMinutes(timeZone: string, atMs: number): number {
  try {
    const parts = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(atMs);
    return Math.round((Date.parse(`${parts.replace(' ', 'T')}Z`) - atMs) / 60_000);
  } catch {
    return 0;
  }
}
