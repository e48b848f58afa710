import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/text/duration.ts';

describe('a duration', () => {
  test.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1.5', 1500],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', 'soon', '5 parsecs', '-3s', '1h 30'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each([
    [340, '340 ms'],
    [2100, '2.1 s'],
    [59_990, '1 m 00 s'],
    [102_000, '1 m 42 s'],
    [7_500_000, '2 h 05 m'],
  ])('%i ms is said as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
