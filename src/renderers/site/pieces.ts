import type { Element, ElementContent } from 'hast';
import {
  type RunOutcome,
  type StepOutcome,
  saidOutcome,
  WITH_EXCEPTIONS,
} from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { OUTCOME_WORDS } from '../formats/outcome-words.ts';
import { element } from './element.ts';

/** A moment; a small script adds how long ago it is. */
export function moment(at: string): Element {
  return element('time', { dateTime: at }, `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`);
}

/** A moment that stays as it is written. */
export function exactMoment(at: string): Element {
  const text = `${at.slice(0, 10)} ${at.slice(11, 19)}\u00a0UTC`;
  return element('time', { dateTime: at, className: ['exact'] }, ...withWholeDates(text));
}

/** A text in which no date is broken, and none is parted from its time, however narrow the page is. */
export function withWholeDates(text: string): readonly (Element | string)[] {
  return text
    .split(/(\b\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\b)/)
    .map((piece, at) => (at % 2 === 0 ? piece : element('span', { className: ['whole'] }, piece)))
    .filter((piece) => piece !== '');
}

/** An outcome: a sign and a word, never a colour alone. */
export function outcomeBadge(outcome: StepOutcome | RunOutcome | null): Element {
  const word = outcome === null ? 'not reached' : OUTCOME_WORDS[outcome].toLowerCase();
  return badge(toneOf(outcome), word);
}

/** How a run came out, as harshly as every other listing says it. */
export function runBadge(report: RunReport): Element {
  const said = saidOutcome(report);
  return said === WITH_EXCEPTIONS ? badge('careful', said) : outcomeBadge(said);
}

function badge(tone: ReturnType<typeof toneOf>, word: string): Element {
  return element('span', { className: ['outcome', tone] }, SIGNS[tone], ' ', word);
}

/** Over in a good way, or in need of a look, in a word and a sign. */
export function statusBadge(isGood: boolean, word: string): Element {
  return badge(isGood ? 'good' : 'careful', word);
}

/** Drawn, since not every machine's fonts have such signs. */
const SIGNS = {
  good: drawn('M3 8.5 6.5 12 13 4.5'),
  bad: drawn('M4 4 12 12 M12 4 4 12'),
  careful: drawn('M8 3 8 9 M8 12.5 8 13'),
  none: drawn('M4 8 12 8'),
  down: drawn('M8 3 8 13 M4 9 8 13 12 9'),
} as const;

/** An arrow downwards. */
export const DOWN = SIGNS.down;

function drawn(path: string): ElementContent {
  const value = `<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
  return { type: 'raw', value };
}

/** A table that scrolls by keyboard where it is wide. */
export function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly (ElementContent | string)[])[],
): Element {
  return element(
    'div',
    { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: label },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name))),
      ),
      element(
        'tbody',
        {},
        ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
      ),
    ),
  );
}

/** A link; both ends are paths of files of the site. */
export function link(href: string, text: string): Element {
  return element('a', { href }, text || href);
}

function toneOf(outcome: StepOutcome | RunOutcome | null): 'good' | 'bad' | 'careful' | 'none' {
  switch (outcome) {
    case 'passed':
    case 'confirmed':
      return 'good';
    case 'failed':
    case 'timed-out':
    case 'cancelled':
    case 'declined':
    case 'refused':
      return 'bad';
    case null:
      return 'none';
    default:
      return 'careful';
  }
}
