const QUARTER_MS = 900_000;
const names = new Map<string, string>();
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** The zone as `Intl` knows it, or `undefined` when there is none of that name. */
export function knownZone(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Minutes east of UTC that a zone's clocks show at an instant. Remembered by quarter of an hour. */
export function offsetMinutes(atMs: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(atMs / QUARTER_MS);
  let known = offsets.get(zone);
  if (!known || known.size > 10_000) {
    known = new Map();
    offsets.set(zone, known);
  }
  const found = known.get(quarter);
  if (found !== undefined) return found;
  const minutes = Math.round((wallMs(quarter * QUARTER_MS, zone) - quarter * QUARTER_MS) / 60_000);
  known.set(quarter, minutes);
  return minutes;
}

/** An instant as a zone's clocks show it, ISO 8601 with milliseconds and offset. */
export function localTime(atMs: number, zone: string): string {
  const minutes = offsetMinutes(atMs, zone);
  const wall = new Date(atMs + minutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${wall}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The same of an instant as it is written in UTC, with milliseconds. */
export function localTimeOf(at: string, zone: string): string {
  return zone === 'UTC' ? `${at.slice(0, -1)}+00:00` : localTime(Date.parse(at), zone);
}

/** What a zone's clocks are called at an instant: `CEST`, `EDT`, or their offset where they have no short name. */
export function zoneName(atMs: number, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  const key = `${zone} ${offsetMinutes(atMs, zone)}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const name =
    ['en-GB', 'en-US', 'en-AU'].map((language) => nameIn(language, atMs, zone)).find(isShort) ??
    localTime(atMs, zone).slice(-6);
  names.set(key, name);
  return name;
}

function nameIn(language: string, atMs: number, zone: string): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
  return format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function isShort(name: string): boolean {
  return /^[A-Z]{2,5}$/.test(name);
}

/**
 * The instants at which a zone's clocks show a wall time (given as if it were UTC): none when they
 * skip it, two when they show it twice.
 */
export function instantsOfWall(asUtcMs: number, zone: string): readonly number[] {
  const candidates = new Set<number>();
  for (const aroundMs of [asUtcMs - 86_400_000, asUtcMs, asUtcMs + 86_400_000]) {
    candidates.add(asUtcMs - offsetMinutes(aroundMs, zone) * 60_000);
  }
  return [...candidates]
    .filter((atMs) => atMs + offsetMinutes(atMs, zone) * 60_000 === asUtcMs)
    .sort((left, right) => left - right);
}

function wallMs(atMs: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const {
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
  } = part as {
    [name in 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second']?: number;
  };
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
