import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineSvg } from '../../../src/renderers/formats/timeline-svg.ts';
import { chained, incidentLog, timelineOf, type Written } from '../../support/timelines.ts';

/** How high the letters of a name are; names lean by 30 degrees. */
const LETTERS = 11;

test('no name of a milestone is drawn over another, however close they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3599 }), { minLength: 2, maxLength: 12 }),
      async (seconds) => {
        const written = seconds
          .toSorted((left, right) => left - right)
          .map((second, nth): Written => {
            const clock = new Date(second * 1000).toISOString().slice(11, 19);
            const note = { type: 'note.added', by: 'Ana', host: 'web1', text: 'x' } as const;
            return [clock, { ...note, milestone: `milestone ${nth}` }];
          });
        const drawn = await timelineSvg(
          await timelineOf([incidentLog('INC-7', chained('INC-7', written))]),
        );
        const heights = [...drawn.matchAll(/translate\((\S+) (\S+)\) rotate\(30\)/g)].map(
          ([, x, y]) => Number(x) * Math.tan(Math.PI / 6) - Number(y),
        );
        const gaps = heights
          .toSorted((a, b) => a - b)
          .map((at, nth, all) => at - (all[nth - 1] ?? -1e9));
        expect(Math.min(...gaps) * Math.cos(Math.PI / 6)).toBeGreaterThanOrEqual(LETTERS);
        expect(drawn.match(/class="milestone"/g)).toHaveLength(seconds.length);
      },
    ),
    { numRuns: 60 },
  );
});
