/**
 * The next times of a cron expression after `from`, in the given IANA zone (croner decides: a time
 * that a change to summer time skips runs when the gap ends, one that occurs twice runs once).
 * Throws when the expression or the zone is none.
 */
export async function nextTimes(
  expression: string,
  timezone: string,
  from: Date,
  count: number,
): Promise<readonly Date[]> {
  const { Cron } = await import('croner');
  return new Cron(expression, { timezone, mode: '5-part' }).nextRuns(count, from);
}

/** The last time at or before `at` that the expression named; `undefined` when there was none. */
export async function previousTime(
  expression: string,
  timezone: string,
  at: Date,
): Promise<Date | undefined> {
  const { Cron } = await import('croner');
  const cron = new Cron(expression, { timezone, mode: '5-part' });
  return cron.previousRuns(1, new Date(at.getTime() + 1))[0];
}
