/** What a number counts. */
export type Dimension = 'time' | 'bytes' | 'percent' | 'plain';

/** A number with its unit. */
export interface Quantity {
  /** In the base of its dimension: seconds, bytes, percent, or as written. */
  readonly base: number;
  readonly dimension: Dimension;
  /** As written, such as `85` of `85%`. */
  readonly amount: number;
  /** As written; `''` when there is none. */
  readonly unit: string;
}

interface Unit {
  readonly dimension: Dimension;
  readonly factor: number;
}

const seconds = (factor: number): Unit => ({ dimension: 'time', factor });
const bytes = (factor: number): Unit => ({ dimension: 'bytes', factor });

const TIME: Readonly<Record<string, Unit>> = {
  ns: seconds(1e-9),
  us: seconds(1e-6),
  µs: seconds(1e-6),
  μs: seconds(1e-6),
  ms: seconds(1e-3),
  msec: seconds(1e-3),
  msecs: seconds(1e-3),
  millisecond: seconds(1e-3),
  milliseconds: seconds(1e-3),
  s: seconds(1),
  sec: seconds(1),
  secs: seconds(1),
  second: seconds(1),
  seconds: seconds(1),
  m: seconds(60),
  min: seconds(60),
  mins: seconds(60),
  minute: seconds(60),
  minutes: seconds(60),
  h: seconds(3600),
  hr: seconds(3600),
  hrs: seconds(3600),
  hour: seconds(3600),
  hours: seconds(3600),
  d: seconds(86_400),
  day: seconds(86_400),
  days: seconds(86_400),
  w: seconds(604_800),
  wk: seconds(604_800),
  wks: seconds(604_800),
  week: seconds(604_800),
  weeks: seconds(604_800),
  month: seconds(2_592_000),
  months: seconds(2_592_000),
  yr: seconds(31_536_000),
  yrs: seconds(31_536_000),
  year: seconds(31_536_000),
  years: seconds(31_536_000),
};

const SIZES = 'KMGTPE';

/** `K` and `KiB` are 1024 bytes, as df, du and free mean them; `kB` and `KB` are 1000. `M` is never minutes, `m` never mega. */
function unitOf(text: string): Unit | undefined {
  if (/^(?:%|percent|pct)$/i.test(text)) return { dimension: 'percent', factor: 1 };
  const time = TIME[text] ?? (text.length > 1 ? TIME[text.toLowerCase()] : undefined);
  if (time) return time;
  if (/^(?:b|bytes?)$/i.test(text)) return bytes(1);
  const size = /^([kKMGTPE])(i?)(B|b|bytes)?$/.exec(text);
  if (!size) return undefined;
  const power = SIZES.indexOf((size[1] ?? '').toUpperCase()) + 1;
  return bytes((size[2] === 'i' || size[3] === undefined ? 1024 : 1000) ** power);
}

const NUMBER = String.raw`[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?`;
const QUANTITY = new RegExp(`^(${NUMBER})\\s?([%A-Za-zµμ]*)$`);

/** Reads one quantity, such as `85%`, `0.1s`, `1,024`, `2.5 GiB`; `undefined` when the text is something else. */
export function parseQuantity(text: string): Quantity | undefined {
  const spans = parseSpans(text);
  if (spans) return spans;
  const found = QUANTITY.exec(text.trim());
  const digits = found?.[1] ?? '';
  if (!found || !/\d/.test(digits)) return undefined;
  const amount = Number(digits.replaceAll(',', ''));
  const written = found[2] ?? '';
  const unit = written === '' ? { dimension: 'plain' as const, factor: 1 } : unitOf(written);
  if (!unit || !Number.isFinite(amount)) return undefined;
  return { base: amount * unit.factor, dimension: unit.dimension, amount, unit: written };
}

/** Times in several parts, such as `1m2.5s` and `2h30m`. */
function parseSpans(text: string): Quantity | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:d|h|m|min|s|ms)){2,6}$/.test(text.trim())) return undefined;
  let base = 0;
  for (const [, amount, unit] of text.matchAll(
    /(?<![\d.])(\d{1,15}(?:\.\d{1,15})?)(d|h|min|ms|m|s)/g,
  )) {
    base += Number(amount) * (TIME[unit ?? '']?.factor ?? 0);
  }
  return { base, dimension: 'time', amount: base, unit: 's' };
}

/** Whether the word alone is a unit (`12 ms`, `40 percent`). */
export function isUnit(word: string): boolean {
  return unitOf(word) !== undefined;
}
