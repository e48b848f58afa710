import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWhen, sayWhen } from '../../../src/engine/timeline/when.ts';
import { localTime } from '../../../src/engine/timeline/zone.ts';

const now = Date.parse('2026-11-20T13:30:00.000Z');
const at = (text: string, zone = 'Europe/Zagreb') => parseWhen(text, now, zone).at;

test.each([
  ['2026-11-20T02:05:00Z', '2026-11-20T02:05:00.000Z', 'second'],
  ['2026-11-20T02:05:00.5+02:00', '2026-11-20T00:05:00.500Z', 'millisecond'],
  ['2026-11-20 02:05 America/New_York', '2026-11-20T07:05:00.000Z', 'minute'],
  ['2026-11-20T02:05', '2026-11-20T01:05:00.000Z', 'minute'],
  ['2026-11-20', '2026-11-19T23:00:00.000Z', 'day'],
  ['14:05', '2026-11-20T13:05:00.000Z', 'minute'],
  ['14:05 UTC', '2026-11-19T14:05:00.000Z', 'minute'],
  ['yesterday 9:15', '2026-11-19T08:15:00.000Z', 'minute'],
  ['23:59', '2026-11-19T22:59:00.000Z', 'minute'],
  ['5 minutes ago', '2026-11-20T13:25:00.000Z', 'minute'],
  ['1 hour and 30 min ago', '2026-11-20T12:00:00.000Z', 'minute'],
  ['90s ago', '2026-11-20T13:28:30.000Z', 'second'],
  ['now', '2026-11-20T13:30:00.000Z', 'second'],
  ['@1763604000', '2025-11-20T02:00:00.000Z', 'second'],
])('%s is a time', (text, expected, precision) => {
  expect(parseWhen(text, now, 'Europe/Zagreb')).toMatchObject({ at: expected, precision });
});

test.each([
  'soon',
  '',
  '25:00',
  '12:60',
  '2026-02-30',
  '5 ago',
  'minutes ago',
  '2026-13-01T00:00:00Z',
  '14:05 Mars/Olympus',
  '5 minutes ago rm',
  '-3 minutes ago',
  '10:00+99:00',
])('%j is no time, and the error shows how to write one', (text) => {
  expect(() => at(text)).toThrow(/is not a time.*5 minutes ago/);
});

test('a wall time that the clocks skip or show twice is refused, with both offsets to choose from', () => {
  expect(() => at('2026-03-29T02:30')).toThrow(/skipped it/);
  expect(() => at('2026-10-25T02:30')).toThrow(/twice, write \+02:00 or \+01:00/);
  expect(at('2026-10-25T02:30+02:00')).toBe('2026-10-25T00:30:00.000Z');
});

test('the answer states the zone', () => {
  expect(sayWhen(parseWhen('14:05', now, 'Europe/Zagreb'))).toBe(
    '2026-11-20T13:05:00.000Z (2026-11-20 14:05 Europe/Zagreb)',
  );
});

test('the local time of any instant, read back as ISO 8601, is that instant', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Zagreb', 'Asia/Kathmandu', 'America/St_Johns');
  fc.assert(
    fc.property(zone, fc.integer({ min: 0, max: 4_102_444_800_000 }), (name, atMs) => {
      expect(Date.parse(localTime(atMs, name))).toBe(atMs);
    }),
  );
});
