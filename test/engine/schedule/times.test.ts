import { describe, expect, test } from 'vitest';
import { nextTimes, previousTime } from '../../../src/engine/schedule/times.ts';

const iso = (dates: readonly Date[]): string[] => dates.map((date) => date.toISOString());

describe('the times of a schedule', () => {
  test('are local to its zone, in winter and in summer', async () => {
    expect(
      iso(await nextTimes('30 2 * * *', 'Europe/Zagreb', new Date('2026-01-10T00:00:00Z'), 1)),
    ).toEqual(['2026-01-10T01:30:00.000Z']);
    expect(
      iso(await nextTimes('30 2 * * *', 'Europe/Zagreb', new Date('2026-07-10T00:00:00Z'), 1)),
    ).toEqual(['2026-07-10T00:30:00.000Z']);
  });

  test('skip no day when summer time begins: 02:30 does not exist on 29 March 2026 in Zagreb', async () => {
    const times = iso(
      await nextTimes('30 2 * * *', 'Europe/Zagreb', new Date('2026-03-28T12:00:00Z'), 2),
    );
    expect(times[0]).toMatch(/^2026-03-29T01:[03]0:00\.000Z$/);
    expect(times[1]).toBe('2026-03-30T00:30:00.000Z');
  });

  test('come once when summer time ends: 02:30 is there twice on 25 October 2026 in Zagreb', async () => {
    const times = iso(
      await nextTimes('30 2 * * *', 'Europe/Zagreb', new Date('2026-10-24T12:00:00Z'), 2),
    );
    expect(times.filter((time) => time.startsWith('2026-10-25'))).toHaveLength(1);
    expect(times[1]).toBe('2026-10-26T01:30:00.000Z');
  });

  test('before now is the one that should have run last', async () => {
    expect(
      (await previousTime('0 4 * * *', 'UTC', new Date('2026-05-05T03:59:59Z')))?.toISOString(),
    ).toBe('2026-05-04T04:00:00.000Z');
    expect(
      (await previousTime('0 4 * * *', 'UTC', new Date('2026-05-05T04:00:00Z')))?.toISOString(),
    ).toBe('2026-05-05T04:00:00.000Z');
  });

  test('are refused for a zone that does not exist', async () => {
    await expect(nextTimes('0 4 * * *', 'Mars/Olympus', new Date(0), 1)).rejects.toThrow();
  });
});
