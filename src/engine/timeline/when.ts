import { HandrailError } from '../model/errors.ts';
import type { TimelineEvent } from '../model/timeline.ts';
import { instantsOfWall, knownZone, localTime, offsetMinutes } from './zone.ts';

/** A time that a person gave, understood. */
export interface When {
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly precision: TimelineEvent['precision'];
  /** The zone it was read in: an IANA name or an offset. */
  readonly zone: string;
}

const AGO_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const AMOUNT =
  /(?<![\d.])(\d{1,9}(?:\.\d{1,9})?)\s?(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?|rs?)?|d(?:ays?)?)\b/gi;
const MOMENT = new RegExp(
  [
    /^(?:(?<day>\d{4}-\d\d-\d\d|today|yesterday)(?:[T ]|$))?/,
    /(?:(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?)?/,
    /\s*(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[A-Za-z]+(?:\/[A-Za-z0-9_+-]+)+)?$/,
  ]
    .map((part) => part.source)
    .join(''),
  'i',
);

/**
 * Reads a time as a person writes it: ISO 8601, `14:05`, `yesterday 14:05`, `5 minutes ago`, `now`,
 * `@1763604000`; a zone may stand behind it. A bare time of day is the last time it was that time.
 * Throws TIME_UNREADABLE, also for a wall time that the zone's clocks skip or show twice.
 */
export function parseWhen(text: string, nowMs: number, zone: string): When {
  const trimmed = text.trim();
  if (/^now$/i.test(trimmed)) return { at: iso(nowMs), precision: 'second', zone };
  const epoch = /^@(\d{1,11})(?:\.(\d{1,9}))?$/.exec(trimmed);
  if (epoch) {
    const atMs = Number(epoch[1]) * 1000 + fractionMs(epoch[2]);
    return { at: checked(atMs, text), precision: 'second', zone: 'UTC' };
  }
  const ago = /^(.*\S)(?<!\s)\s*ago$/i.exec(trimmed);
  if (ago?.[1] !== undefined) return { ...timeAgo(ago[1], nowMs, text), zone };
  return moment(trimmed, nowMs, zone, text);
}

/** Says a time in UTC and on the clock of its zone, for the answer to `--at`. */
export function sayWhen(when: When): string {
  const atMs = Date.parse(when.at);
  if (when.zone === 'UTC' || /^[+-]/.test(when.zone)) return when.at;
  return `${when.at} (${localTime(atMs, when.zone).slice(0, 16).replace('T', ' ')} ${when.zone})`;
}

function timeAgo(text: string, nowMs: number, whole: string): Omit<When, 'zone'> {
  if (text.replace(AMOUNT, '').replace(/\band\b|an?\b|[\s,]/gi, '') !== '') throw unreadable(whole);
  let totalMs = 0;
  let finest = 'd';
  for (const [, amount, unit] of text.matchAll(AMOUNT)) {
    const letter = (unit ?? 's').charAt(0).toLowerCase();
    totalMs += Number(amount) * (AGO_MS[letter] ?? 0);
    finest = letter;
  }
  if (totalMs === 0) throw unreadable(whole);
  const precision = finest === 's' ? 'second' : finest === 'm' ? 'minute' : 'hour';
  return { at: checked(nowMs - totalMs, whole), precision };
}

function moment(text: string, nowMs: number, zone: string, whole: string): When {
  const found = MOMENT.exec(text)?.groups;
  if (!found || (found['day'] === undefined && found['hour'] === undefined))
    throw unreadable(whole);
  const stated = found['zone'] === undefined ? zone : statedZone(found['zone'], whole);
  const { hour = '0', minute = '0', second = '0', fraction } = found;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw unreadable(whole);
  const dayMs = dayOf(found['day'], nowMs, stated, whole);
  const inDayMs =
    Number(hour) * 3_600_000 +
    Number(minute) * 60_000 +
    Number(second) * 1000 +
    fractionMs(fraction);
  let atMs = oneInstant(dayMs + inDayMs, stated, whole);
  if (found['day'] === undefined && atMs > nowMs + 60_000) {
    atMs = oneInstant(dayMs + inDayMs - 86_400_000, stated, whole);
  }
  return { at: checked(atMs, whole), precision: precisionOf(found), zone: stated };
}

function precisionOf(found: Readonly<Record<string, string | undefined>>): When['precision'] {
  if (found['hour'] === undefined) return 'day';
  if (found['second'] === undefined) return 'minute';
  return found['fraction'] === undefined ? 'second' : 'millisecond';
}

/** Midnight of the day, as if the zone's wall clock were UTC. */
function dayOf(day: string | undefined, nowMs: number, zone: string, whole: string): number {
  if (day !== undefined && /^\d/.test(day)) {
    const dayMs = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(dayMs) || iso(dayMs).slice(0, 10) !== day) throw unreadable(whole);
    return dayMs;
  }
  const wall = nowMs + zoneOffset(nowMs, zone) * 60_000;
  const midnight = Math.floor(wall / 86_400_000) * 86_400_000;
  return day?.toLowerCase() === 'yesterday' ? midnight - 86_400_000 : midnight;
}

function statedZone(text: string, whole: string): string {
  if (/^(?:z|utc|gmt)$/i.test(text)) return 'UTC';
  if (/^[+-]/.test(text)) {
    if (Number(text.slice(1, 3)) > 14 || Number(text.slice(-2)) > 59) throw unreadable(whole);
    return `${text.slice(0, 3)}:${text.slice(-2)}`;
  }
  const known = knownZone(text);
  if (known === undefined) {
    throw new HandrailError('TIME_UNREADABLE', { text: whole, why: `there is no zone ${text}` });
  }
  return known;
}

function zoneOffset(atMs: number, zone: string): number {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (!fixed) return offsetMinutes(atMs, zone);
  return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]));
}

function oneInstant(wallAsUtcMs: number, zone: string, whole: string): number {
  if (/^[+-]/.test(zone)) return wallAsUtcMs - zoneOffset(0, zone) * 60_000;
  const [first, second] = instantsOfWall(wallAsUtcMs, zone);
  if (first === undefined) {
    throw new HandrailError('TIME_UNREADABLE', {
      text: whole,
      why: `clocks in ${zone} skipped it`,
    });
  }
  if (second === undefined) return first;
  const both = [first, second].map((atMs) => localTime(atMs, zone).slice(-6)).join(' or ');
  throw new HandrailError('TIME_UNREADABLE', {
    text: whole,
    why: `clocks in ${zone} showed it twice, write ${both} behind it`,
  });
}

function fractionMs(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function checked(atMs: number, whole: string): string {
  if (!(atMs >= 0 && atMs < 253_402_300_800_000)) throw unreadable(whole);
  return iso(atMs);
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

function unreadable(text: string): HandrailError {
  return new HandrailError('TIME_UNREADABLE', { text, why: '' });
}
