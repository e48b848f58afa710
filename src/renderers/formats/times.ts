/** Writes the moments of one run, in UTC and in local time. */
export interface Times {
  /** `2026-11-21 02:14:31 UTC (2026-11-21 03:14:31 +01:00, Europe/Amsterdam)`. */
  full(at: string): string;
  /** The same without zone name, and without the date on the day the run started: `02:14:31 UTC (03:14:31 +01:00)`. */
  short(at: string): string;
}

/** Minutes east of UTC at a moment; `undefined` when it cannot be told. */
export type Offset = (at: string) => number | undefined;

/**
 * Times in an IANA zone; an unknown zone counts as UTC. `startedAt` is an ISO 8601 moment. Without an `offset` the
 * zone is looked up with Intl. Pure.
 */
export function timesIn(zone: string, startedAt: string, offset?: Offset): Times {
  const inUtc = /^(?:etc\/)?(?:utc|gmt|zulu|universal|uct)$/i.test(zone) || zone === '';
  const minutes = inUtc ? undefined : (offset ?? offsetByIntl(zone));
  const [startDate] = split(startedAt);
  return {
    full(at) {
      const [date, time] = split(at);
      const there = localTime(at, minutes);
      return `${date} ${time} UTC${there ? ` (${there.date} ${there.time} ${there.offset}, ${zone})` : ''}`;
    },
    short(at) {
      const [date, time] = split(at);
      const there = localTime(at, minutes);
      return `${date === startDate ? '' : `${date} `}${time} UTC${there ? ` (${there.time} ${there.offset})` : ''}`;
    },
  };
}

function localTime(
  at: string,
  offset: Offset | undefined,
): { readonly date: string; readonly time: string; readonly offset: string } | undefined {
  const minutes = offset?.(at);
  if (minutes === undefined || Number.isNaN(minutes)) return undefined;
  const [date, time] = split(new Date(Date.parse(at) + minutes * 60_000).toISOString());
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return { date, time, offset: `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}` };
}

function offsetByIntl(zone: string): Offset | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    return (at) => {
      const moment = Date.parse(at);
      if (Number.isNaN(moment)) return undefined;
      const name = format.formatToParts(moment).find((part) => part.type === 'timeZoneName')?.value;
      const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
      const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
      return sign === '-' ? -size : size;
    };
  } catch {
    return undefined;
  }
}

function split(at: string): readonly [date: string, time: string] {
  return [at.slice(0, 10), at.slice(11, 19)];
}
