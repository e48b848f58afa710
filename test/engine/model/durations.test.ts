import { expect, test } from 'vitest';
import { median, quantile } from '../../../src/engine/model/durations.ts';

test.each([
  [[], null],
  [[7], 7],
  [[9, 1], 5],
  [[100, 9, 20], 20],
  [[4, 100, 1, 2], 3],
])('the middle of %j is %j', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test.each([
  [[], 0.95, null],
  [[7], 0.95, 7],
  [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9, 9],
  [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.95, 10],
  [[3, 1, 2], 0, 1],
])('of %j, the share %d lies at or below %j', (values, share, value) => {
  expect(quantile(values, share)).toBe(value);
});
