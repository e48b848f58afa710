import { expect, test } from 'vitest';
import { sideWidth, spread } from '../../../src/cli/walkthrough/canvas.ts';

test.each([
  [40, 'Restart', 'writes', 40],
  [100, 'Restart', 'writes', 100],
  [200, 'Restart', 'writes', 100],
  [200, 'x'.repeat(120), 'writes', 132],
  [130, 'x'.repeat(120), 'writes', 130],
])(
  'on %i columns two ends of a line are as near as a usual screen has them',
  (width, left, right, columns) => {
    expect(sideWidth(width, [left], [right])).toBe(columns);
    expect(spread(left, right, width)).toHaveLength(columns);
  },
);
