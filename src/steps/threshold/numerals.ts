import { stripVTControlCharacters } from 'node:util';

const BLANKS = /[\u00a0\u2007\u2009\u202f]/g;
/** `12'000`, `12_000`, `12 000` with a blank that does not break. */
const MARKED = /(?<![\w.,'’])(\d{1,3}(?:['’_\u00a0\u2007\u2009\u202f]\d{3}){1,7})(?![\d'’_])/g;
/** `1.234.567` and `1.234,5`. */
const POINTED = /(?<![\w.,])(\d{1,3}(?:\.\d{3}){1,7})(?:,(\d{1,9}))?(?![\w.,]{0,40}\d)/g;
/** `95,5` and `0,950`: no thousands, so the comma stands for the point. */
const DECIMAL_COMMA = /(?<![\w.,])(\d{1,15}),(\d{1,9})(?![\d.]|,\d)/g;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}';
/** Dates and times of day: points in time are no quantities. */
const DATES: readonly RegExp[] = [
  /(?<![\w.])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?:\s?(?:Z|UTC|GMT|[-+]\d{2}:?\d{2}))?(?![\w])/g,
  new RegExp(
    String.raw`(?<![\w])${MONTH}\.?\s{1,3}\d{1,2}(?:st|nd|rd|th)?(?:,?\s{1,3}\d{1,2}:\d{2}(?::\d{2})?)?(?:,?\s{1,3}\d{4})?(?![\w:])`,
    'gi',
  ),
  new RegExp(
    String.raw`(?<![\w])\d{1,2}(?:st|nd|rd|th|\.)?[ -]{1,3}${MONTH}\.?(?:[ -,]{1,3}\d{4})?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?(?![\w])`,
    'gi',
  ),
  /(?<![\w.])\d{1,2}\/\d{1,2}\/\d{2,4}(?![\w/])/g,
  /(?<![\w.])\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?![\w.])/g,
];
const CLOCK = /(?<![\w.:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?![\w:])/g;
const SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  mo: 2_592_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  mi: 60,
  m: 60,
  s: 1,
  ms: 0.001,
};
const SPAN_UNIT =
  '(?:years?|yrs?|y|months?|mos?|weeks?|wks?|w|days?|d|hours?|hrs?|hr|h|minutes?|mins?|m|seconds?|secs?|s|milliseconds?|msecs?|ms)';
/** "1 day, 2 hours and 5 minutes", "1h 30m", "1h30m", "up 2 days, 3:04:05". */
const SPAN = new RegExp(
  String.raw`(?<![\w.,])\d{1,9}(?:\.\d{1,9})?\s?${SPAN_UNIT}(?:(?:,|\s|and\b){0,6}\d{1,9}(?:\.\d{1,9})?\s?${SPAN_UNIT}(?![A-Za-z])){1,7}(?![\w])`,
  'gi',
);
const SPAN_CLOCK = /(?<![\w.,])(\d{1,6}) days?,?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\w:])/gi;

/** Names of units behind a number, in the other languages of the packs, by their English name. */
const UNIT_NAMES: Readonly<Record<string, string>> = {
  years:
    'jahre?n?|ans?|années?|años?|anos?|ann[oi]|jaar|jaren|lata?|rok[uy]?|år|год(?:а|ов)?|лет|рік|роки|років|yıl|vuotta|év|年|년',
  months:
    'monate?n?|mois|mes(?:es)?|mês|mes[ei]|maand(?:en)?|miesiąc[ea]?|miesięcy|månad(?:er)?|måned(?:er)?|měsíc[eů]?|месяц(?:а|ев)?|місяц(?:ь|і|ів)|kuukautta|hónap|か月|ヶ月|个月|個月|개월',
  weeks:
    'wochen?|semaines?|semanas?|settiman[ae]|weken|tydzień|tygodni[ea]?|veck(?:a|or)|uker?|uger?|týd(?:en|ny|nů)|недел(?:я|и|ь)|тиж(?:день|ні|нів)|hafta|viikkoa|hét|週間|周|주',
  days: 'tage?n?|jours?|días?|dias?|giorn[oi]|dag(?:en|ar|e)?|dni|dzień|dny|дн(?:я|ей|і|ів)|день|gün|päivää|nap|日間?|天|일',
  hours:
    'stunden?|std|heures?|horas?|or[ae]|uur|uren|godzin[ay]?|timm(?:e|ar)|timer?|hodin[ay]?|час(?:а|ов)?|годин[аи]?|saat|tuntia|óra|時間|小时|小時|시간',
  minutes:
    'minuten|minutos?|minut[oi]|minut[ay]?|minuter|минут[аы]?|хвилин[аи]?|dakika|minuuttia|perc|分钟|分鐘|分|분',
  seconds:
    'sekunden?|secondes?|segundos?|second[oi]|seconden|sekund[ay]?|sekunder|секунд[аы]?|saniye|sekuntia|másodperc|秒|초',
  percent:
    'prozent|pour cent|por ciento|por cento|per cento|procent|procenta?|prosent|процент(?:а|ов)?|відсотк(?:и|ів)|パーセント',
};
const NAMED_UNITS = Object.entries(UNIT_NAMES).map(
  ([unit, names]) =>
    [new RegExp(String.raw`(?<=\d)\s?(?:${names})(?![\p{L}\p{N}])\.?`, 'giu'), ` ${unit}`] as const,
);

/** "3 Monate", "2 heures": the same in the words by which units are known. */
const inKnownUnits = (line: string): string =>
  /\d\s?\p{L}/u.test(line)
    ? NAMED_UNITS.reduce((text, [names, unit]) => text.replace(names, unit), line)
    : line;

/** `1.5 million`, `3 thousand`: the number is what both say together. */
const SCALED =
  /(?<![\w.,])([-+]?\d{1,15}(?:\.\d{1,9})?)\s?(thousand|million|mio|mln|billion|bn|trillion)\b\.?/gi;
const SCALES: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  mio: 1e6,
  mln: 1e6,
  billion: 1e9,
  bn: 1e9,
  trillion: 1e12,
};
/** `95 °C`: the number alone is compared. */
const DEGREES = /(?<=\d)\s?°\s?[CFK]?(?![\w])/g;

/** What of an output line can be a number, every number whole and written as `1234.5`; spans of time in seconds. */
export function plainLine(line: string): string {
  const bare = stripVTControlCharacters(line).replace(/\u2212/g, '-');
  const marked = bare
    .replace(MARKED, (_, number: string) => number.replace(/\D/g, ''))
    .replace(BLANKS, ' ');
  const undated = [...DATES, CLOCK].reduce(
    (text, pattern) => (pattern === CLOCK ? clockless(text) : text.replace(pattern, ' ')),
    marked,
  );
  const numbers = undated
    .replace(POINTED, (whole: string, number: string, decimals: string | undefined) => {
      const groups = number.split('.');
      const isAddress = groups.length === 4 && groups.every((group) => Number(group) <= 255);
      if (isAddress || (groups.length === 2 && decimals === undefined)) return whole;
      return groups.join('') + (decimals === undefined ? '' : `.${decimals}`);
    })
    .replace(DECIMAL_COMMA, (whole: string, number: string, decimals: string) => {
      const isThousands = decimals.length === 3 && number.length <= 3 && !/^0/.test(number);
      return isThousands ? whole : `${number}.${decimals}`;
    });
  const scaled = oneBlankNumber(numbers)
    .replace(DEGREES, ' ')
    .replace(SCALED, (_, number: string, scale: string) =>
      String(Number(number) * (SCALES[scale.toLowerCase()] ?? 1)),
    );
  return inKnownUnits(scaled).replace(SPAN, spansInSeconds);
}

/** "1 h 30 m and 2 h" are two spans: each part of one is smaller than the part before it. */
function spansInSeconds(text: string): string {
  let written = '';
  let sum = 0;
  let before = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const { 0: part, 1: amount, 2: unit = '', index } of text.matchAll(PART)) {
    const factor = SECONDS[unitKey(unit.toLowerCase())] ?? 0;
    if (factor >= before) {
      written += `${inWhole(sum)}s${text.slice(end, index)}`;
      sum = 0;
    }
    sum += Number(amount) * factor;
    before = factor;
    end = index + part.length;
  }
  return `${written}${inWhole(sum)}s`;
}

const PART = /(?<![\d.])(\d{1,9}(?:\.\d{1,9})?)\s?([A-Za-z]+)/g;

/** "2 days, 3:04" is a span; any other clock is a time of day. */
function clockless(text: string): string {
  return text
    .replace(SPAN_CLOCK, (_, days: string, hours: string, minutes: string, seconds?: string) => {
      const sum = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60;
      return `${sum + Number(seconds ?? 0)}s`;
    })
    .replace(CLOCK, ' ');
}

/** `12 000`: groups of three behind single blanks, where the line holds no other number. */
function oneBlankNumber(line: string): string {
  const found = /(?<![\w.,-])\d{1,3}(?: \d{3}){1,7}(?:[.,]\d{1,9})?(?![\d.,])/.exec(line);
  if (found === null) return line;
  const rest = line.slice(0, found.index) + line.slice(found.index + found[0].length);
  if (/\d/.test(rest)) return line;
  const whole = found[0].replace(/ /g, '').replace(',', '.');
  return line.slice(0, found.index) + whole + line.slice(found.index + found[0].length);
}

const inWhole = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function unitKey(unit: string): string {
  if (/^(?:ms|msecs?|milliseconds?)$/.test(unit)) return 'ms';
  if (/^mo/.test(unit)) return 'mo';
  if (/^mi/.test(unit)) return 'mi';
  return unit.slice(0, 1);
}

/** The same line where `12.000` means twelve thousand. */
export function withPointThousands(line: string): string {
  return line.replace(/(?<![\w.,])([1-9]\d{0,2})\.(\d{3})(?![\d.,])/g, '$1$2');
}
