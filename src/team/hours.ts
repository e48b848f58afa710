/** When something may be started: days of the week, and from when to when. */
export interface Hours {
  /** 0 is Sunday. */
  readonly days: ReadonlySet<number>;
  readonly fromMinute: number;
  /** After midnight when it is not later than `fromMinute`. */
  readonly toMinute: number;
  /** IANA zone; `undefined`: that of the machine. */
  readonly timezone: string | undefined;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY = '(?:sun|mon|tue|wed|thu|fri|sat)';
const HOURS = new RegExp(
  `^(?:(${DAY})(?:-(${DAY}))? )?(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)(?: ([A-Za-z0-9_+/-]+))?$`,
);

/** Reads `mon-fri 08:00-18:00 Europe/Zagreb`; days and zone may be left out. `undefined`: it is something else. */
export function readHours(text: string): Hours | undefined {
  const [found, from, to, ...rest] = HOURS.exec(text.trim().toLowerCase()) ?? [];
  if (found === undefined) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = rest.slice(0, 4).map(Number);
  const timezone = /[A-Za-z0-9_+/-]+$/.exec(text.trim())?.[0];
  const isZoned = rest[4] !== undefined;
  if (isZoned && !isZone(timezone ?? '')) return undefined;
  const minutes = [minuteOf(fromHour, fromMinute), minuteOf(toHour, toMinute)] as const;
  if (minutes.some((minute) => minute === undefined)) return undefined;
  return {
    days: daysBetween(from, to ?? from),
    fromMinute: minutes[0] ?? 0,
    toMinute: minutes[1] ?? 0,
    timezone: isZoned ? timezone : undefined,
  };
}

/** Whether a moment is within the hours. */
export function isWithin(hours: Hours, moment: Date): boolean {
  const { weekday, minute } = localTime(moment, hours.timezone);
  const { days, fromMinute, toMinute } = hours;
  if (fromMinute < toMinute) return days.has(weekday) && minute >= fromMinute && minute < toMinute;
  const yesterday = (weekday + 6) % 7;
  return (days.has(weekday) && minute >= fromMinute) || (days.has(yesterday) && minute < toMinute);
}

function localTime(
  moment: Date,
  timezone: string | undefined,
): { readonly weekday: number; readonly minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timezone === undefined ? {} : { timeZone: timezone }),
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return {
    weekday: DAYS.indexOf((parts.get('weekday') ?? '').toLowerCase()),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

function daysBetween(from: string | undefined, to: string | undefined): ReadonlySet<number> {
  if (from === undefined || to === undefined) return new Set([0, 1, 2, 3, 4, 5, 6]);
  const first = DAYS.indexOf(from);
  const count = (DAYS.indexOf(to) - first + 7) % 7;
  return new Set(Array.from({ length: count + 1 }, (_, index) => (first + index) % 7));
}

function minuteOf(hour: number | undefined, minute: number | undefined): number | undefined {
  if (hour === undefined || minute === undefined || hour > 24 || minute > 59) return undefined;
  const all = hour * 60 + minute;
  return all > 24 * 60 ? undefined : all;
}

function isZone(timezone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: timezone });
    return true;
  } catch {
    return false;
  }
}
