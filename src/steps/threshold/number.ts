import { stripVTControlCharacters } from 'node:util';
import { plainLine, withPointThousands } from './numerals.ts';
import { type Dimension, isUnit, parseQuantity, type Quantity } from './quantity.ts';

/** What the number in an output is wanted for. */
export interface Wanted {
  /** Of the limits; `null` when there are none. */
  readonly dimension: Dimension | null;
  /** Units of the limits of that dimension, those without one left out. */
  readonly units: readonly string[];
  /** Lower is worse: of several lines the lowest number counts. */
  readonly lowIsBad: boolean;
  readonly command: string;
  /** `12.000` means twelve thousand. */
  readonly pointThousands?: boolean;
  /** `200` beside `5k` means two hundred, and no two hundred thousand. */
  readonly inOnes?: boolean;
}

/** Output that is looked at. */
const MAX_CHARS = 256 * 1024;
const MAX_LINE_CHARS = 4096;

/**
 * Finds the number that an output reports: in each line the first with the wanted unit, else the first at all; of several lines
 * the worst. Dates, times, versions, addresses and names with digits are no numbers. Knows the lines of `top`, `free` and
 * `uptime`. A number without a unit is read in the limits' own unit (a whole number in the smaller one), but seconds for curl's times, and bytes when it is large.
 */
export function findNumber(output: string, wanted: Wanted): Quantity | undefined {
  const lines = output
    .slice(0, MAX_CHARS)
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE_CHARS));
  const found = lines.flatMap((written) => {
    const plainly = plainLine(written);
    const line = wanted.pointThousands === true ? withPointThousands(plainly) : plainly;
    const number =
      known(stripVTControlCharacters(written), wanted) ?? pick(quantitiesOf(line, wanted), wanted);
    return number ? [inUnit(number, wanted)] : [];
  });
  const fitting = found.filter((number) => fits(number, wanted));
  return worst(fitting.length > 0 ? fitting : found.filter((number) => number.unit === ''), wanted);
}

function fits(number: Quantity, wanted: Wanted): boolean {
  return (
    wanted.dimension === null ||
    wanted.dimension === 'plain' ||
    number.dimension === wanted.dimension
  );
}

function worst(numbers: readonly Quantity[], wanted: Wanted): Quantity | undefined {
  const [first, ...others] = numbers;
  if (!first || wanted.dimension === null) return first;
  const value = (one: Quantity): number => (wanted.dimension === 'plain' ? one.amount : one.base);
  return others.reduce(
    (bad, one) => (wanted.lowIsBad === value(one) < value(bad) ? one : bad),
    first,
  );
}

/** Lines whose number has to be worked out. */
function known(line: string, wanted: Wanted): Quantity | undefined {
  const load = /load averages?:\s{0,8}(\d{1,6}[.,]\d{1,6})/i.exec(line);
  if (load) return plain(Number((load[1] ?? '').replace(',', '.')), '');
  if (wanted.dimension !== 'percent') return undefined;
  const idle = /cpu/i.test(line)
    ? /(\d{1,3}(?:[.,]\d{1,3})?)\s{0,3}%?\s{0,3}id\b/i.exec(line)
    : null;
  if (idle) return plain(round(100 - Number((idle[1] ?? '').replace(',', '.'))), '%');
  const memory = /^(?:Mem|Swap):\s{1,40}\d[\w.]{0,20}\s{1,40}\d/.exec(line);
  const total = parseQuantity(memory ? (line.split(/\s+/)[1] ?? '') : '');
  const used = parseQuantity(memory ? (line.split(/\s+/)[2] ?? '') : '');
  if (!total || !used) return undefined;
  return plain(total.base === 0 ? 0 : round((used.base / total.base) * 100), '%');
}

function plain(amount: number, unit: '' | '%'): Quantity {
  return { base: amount, amount, unit, dimension: unit === '%' ? 'percent' : 'plain' };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Every quantity of a line, in order; a unit may stand apart ("12 ms"). */
function quantitiesOf(line: string, wanted: Wanted): readonly Quantity[] {
  const words = line
    .split(/[\s=;()[\]{}|"'<>]+|,(?!\d)|(?<!\d),|:(?=\s|$|[-+]?\d+(?:\.\d+)?(?:%|$))/)
    .map((word) => word.replace(/[.:,]$/, ''))
    .filter((word) => word !== '');
  return words.flatMap((word, index) => {
    const next = words[index + 1] ?? '';
    const alone = parseQuantity(word);
    if (alone && alone.unit === '' && isUnit(next))
      return [parseQuantity(`${word}${next}`) ?? alone];
    if (alone === undefined) return [];
    if (alone.unit === '' && isStrangeUnit(next, wanted)) return [];
    return [asCount(alone, wanted)];
  });
}

/** `1.2k` where a count is wanted is 1200, not 1.2. */
function asCount(quantity: Quantity, { dimension }: Wanted): Quantity {
  const power = /^[kKMGT]$/.exec(quantity.unit)?.[0].toUpperCase();
  if (dimension !== 'plain' || power === undefined) return quantity;
  const amount = quantity.amount * 1000 ** ('KMGT'.indexOf(power) + 1);
  return { base: amount, amount, unit: '', dimension: 'plain' };
}

/** A word that says what the number counts where a time or size is wanted: "2 moons" are no 2 days. */
function isStrangeUnit(word: string, { dimension }: Wanted): boolean {
  return (dimension === 'time' || dimension === 'bytes') && STRANGE.test(word);
}

const STRANGE =
  /^(?!(?:ago|left|remaining|old|elapsed|total|avg|average|max|min|mean|median|used|free|available|until|since|of|in|on|at|to|for|and|or|is|was|until|total)$)\p{L}{3,}$/iu;

function pick(quantities: readonly Quantity[], wanted: Wanted): Quantity | undefined {
  if (wanted.dimension === null || wanted.dimension === 'plain') return quantities[0];
  return (
    quantities.find((quantity) => quantity.dimension === wanted.dimension) ??
    quantities.find((quantity) => quantity.unit === '')
  );
}

/** Gives a number without a unit the one it is meant in. */
function inUnit(number: Quantity, wanted: Wanted): Quantity {
  if (number.unit !== '' || wanted.dimension === null || wanted.units.length === 0) return number;
  if (isCount(number.amount, wanted)) return asAmount(number.amount);
  const unit = meantUnit(number.amount, wanted);
  return parseQuantity(`${number.amount}${unit}`) ?? number;
}

/** Beside limits such as `5k` a number of thousands is counted in ones: nobody writes 1500 k. */
function isCount(amount: number, { units, inOnes = false }: Wanted): boolean {
  return areThousands(units) && (amount >= 1000 || inOnes) && amount < LARGE;
}

/** Whether limits are written in thousands alone: of what, nobody says. */
export const areThousands = (units: readonly string[]): boolean =>
  units.length > 0 && units.every((unit) => /^[kK]$/.test(unit));

const asAmount = (amount: number): Quantity => ({
  base: amount,
  dimension: 'bytes',
  amount,
  unit: '',
});

const LARGE = 1024 * 1024;

function meantUnit(amount: number, wanted: Wanted): string {
  if (wanted.dimension === 'time' && /%\{time_\w+\}/.test(wanted.command)) return 's';
  const base = (name: string): number => parseQuantity(`1${name}`)?.base ?? 1;
  const units = wanted.units.toSorted((one, other) => base(one) - base(other));
  // Of `500ms` and `2s`, 0.7 is meant in seconds and 700 in milliseconds.
  const unit = (Number.isInteger(amount) ? units[0] : units.at(-1)) ?? '';
  return wanted.dimension === 'bytes' && amount >= Math.max(base(unit), LARGE) ? 'B' : unit;
}
