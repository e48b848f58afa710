import { describe, expect, test } from 'vitest';
import { readCron, spellOut } from '../../../src/engine/schedule/cron-fields.ts';

describe('a cron expression', () => {
  test('names values by lists, ranges, steps and names', () => {
    expect(readCron('30 2 * * 1-5')).toEqual({
      minutes: [30],
      hours: [2],
      days: null,
      months: null,
      weekdays: [1, 2, 3, 4, 5],
    });
    expect(readCron('*/20 8-18/5 1,15 jan,MAR mon-wed')).toEqual({
      minutes: [0, 20, 40],
      hours: [8, 13, 18],
      days: [1, 15],
      months: [1, 3],
      weekdays: [1, 2, 3],
    });
  });

  test('has Sunday as 0 and as 7', () => {
    expect(readCron('0 0 * * 5-7')?.weekdays).toEqual([0, 5, 6]);
  });

  test('starts a step without a range where it says', () => {
    expect(readCron('10/25 * * * *')?.minutes).toEqual([10, 35]);
  });

  test('may be a nickname', () => {
    expect(spellOut('@daily')).toBe('0 0 * * *');
    expect(readCron('@weekly')?.weekdays).toEqual([0]);
  });

  test.each([
    '',
    '* * * *',
    '60 * * * *',
    '* * 0 * *',
    '5-2 * * * *',
    '*/0 * * * *',
    'a b c d e',
    '* * * foo *',
  ])('%j is none', (text) => {
    expect(readCron(text)).toBeUndefined();
  });
});
