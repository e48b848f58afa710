/** Signs that are drawn: as characters of their own where the locale has them, else in ASCII. Each is one column wide. */
export interface Marks {
  readonly rule: string;
  readonly bar: string;
  readonly corner: string;
  readonly cursor: string;
  readonly done: string;
  readonly bad: string;
  /** Done, but not as the page says. */
  readonly partly: string;
  readonly skipped: string;
  readonly open: string;
  readonly unknown: string;
  readonly here: string;
  readonly bullet: string;
  readonly tick: string;
  readonly box: string;
  readonly none: string;
  readonly no: string;
  readonly closed: string;
  readonly unfolded: string;
  readonly up: string;
  readonly down: string;
}

const DRAWN: Marks = {
  rule: '─',
  bar: '│',
  corner: '╰',
  cursor: '❯',
  done: '✓',
  bad: '✗',
  partly: '~',
  skipped: '»',
  open: '·',
  unknown: '?',
  here: '▸',
  bullet: '•',
  tick: '✓',
  box: '☐',
  none: '–',
  no: '✗',
  closed: '▸',
  unfolded: '▾',
  up: '↑',
  down: '↓',
};

export const ASCII: Marks = {
  rule: '-',
  bar: '|',
  corner: '`',
  cursor: '>',
  done: '+',
  bad: 'x',
  partly: '~',
  skipped: '/',
  open: '.',
  unknown: '?',
  here: '>',
  bullet: '-',
  tick: 'x',
  box: ' ',
  none: '-',
  no: '!',
  closed: '+',
  unfolded: '-',
  up: '^',
  down: 'v',
};

/** The signs for an environment: drawn where its locale is one of UTF-8. */
export function marksFor(env: Readonly<Record<string, string | undefined>>): Marks {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) && env['TERM'] !== 'dumb' ? DRAWN : ASCII;
}

/** The sign of an outcome, one column wide; `instead`: what ran is not what the page says. */
export function outcomeMark(outcome: string | undefined, marks: Marks, instead = false): string {
  switch (outcome) {
    case undefined:
      return marks.open;
    case 'passed':
      return instead ? marks.partly : marks.done;
    case 'confirmed':
      return marks.done;
    case 'skipped':
    case 'not-applicable':
      return marks.skipped;
    case 'unknown':
      return marks.unknown;
    default:
      return marks.bad;
  }
}
