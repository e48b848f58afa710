/** A cron expression's five fields, each as the sorted values it names; `null` stands for every value. */
export interface CronFields {
  readonly minutes: readonly number[] | null;
  readonly hours: readonly number[] | null;
  readonly days: readonly number[] | null;
  readonly months: readonly number[] | null;
  /** 0 is Sunday. */
  readonly weekdays: readonly number[] | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Reads a cron expression of five fields (POSIX crontab with the common additions: names, ranges,
 * steps, lists, nicknames such as `@daily`). Returns `undefined` when it is none.
 */
export function readCron(expression: string): CronFields | undefined {
  const written = expression.trim().toLowerCase();
  const fields = (NICKNAMES[written] ?? written).split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) return undefined;
  const read = [
    values(minute, 0, 59, []),
    values(hour, 0, 23, []),
    values(day, 1, 31, []),
    values(month, 1, 12, MONTHS),
    values(weekday, 0, 7, WEEKDAYS),
  ] as const;
  const [minutes, hours, days, months, weekdays] = read;
  if (
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  )
    return undefined;
  return { minutes, hours, days, months, weekdays: weekdays && sundayFirst(weekdays) };
}

/** Days of each month where it has most. */
const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar ever has such a day: nothing is due on the 31st of February. With a weekday beside it, either counts. */
export function everComes({ days, months, weekdays }: CronFields): boolean {
  const first = days?.[0];
  if (first === undefined || weekdays !== null) return true;
  return MOST_DAYS.some((most, at) => first <= most && (months?.includes(at + 1) ?? true));
}

/** The expression with its nickname spelled out and its white space folded. */
export function spellOut(expression: string): string {
  const written = expression.trim().replace(/\s+/g, ' ');
  return NICKNAMES[written.toLowerCase()] ?? written;
}

function values(
  field: string,
  least: number,
  most: number,
  names: readonly string[],
): readonly number[] | null | undefined {
  if (field === '*') return null;
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const range = rangeOf(part, least, most, names);
    if (!range) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function rangeOf(
  part: string,
  least: number,
  most: number,
  names: readonly string[],
): { from: number; to: number; step: number } | undefined {
  const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/.exec(part);
  if (!match) return undefined;
  const [, first = '', last, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  const from = first === '*' ? least : numberOf(first, least, names);
  const open = first === '*' || (last === undefined && stepText !== undefined);
  const to = last === undefined ? (open ? most : from) : numberOf(last, least, names);
  const sound = step > 0 && from >= least && to <= most && from <= to;
  return sound ? { from, to, step } : undefined;
}

/** `NaN` for what is neither a number nor a known name: every comparison with it fails. */
function numberOf(text: string, least: number, names: readonly string[]): number {
  const named = names.indexOf(text);
  if (named >= 0) return named + least;
  return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
}

function sundayFirst(weekdays: readonly number[]): readonly number[] {
  return [...new Set(weekdays.map((weekday) => weekday % 7))].sort((a, b) => a - b);
}
