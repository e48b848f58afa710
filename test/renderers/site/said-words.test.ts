import { expect, test } from 'vitest';
import type { TimelineEvent } from '../../../src/engine/model/timeline.ts';
import { element } from '../../../src/renderers/site/element.ts';
import { written } from '../../../src/renderers/site/hypertext.ts';
import { leadingTitle, said } from '../../../src/renderers/site/said-words.ts';
import { notes } from '../../support/incident-seven.ts';
import { eventsOf, incidentLog, timelineOf } from '../../support/timelines.ts';

const WEB = 'https://grafana.example.net/d/1';
const outside = `<a href="${WEB}" rel="noopener noreferrer">${WEB}</a>`;

async function shown(change: Partial<TimelineEvent>): Promise<string> {
  const events = await eventsOf(await timelineOf([incidentLog('INC-7', notes)]));
  const note = events.find(({ source, kind }) => source.type === 'note' && kind !== 'system');
  if (note === undefined) throw new Error('there is no note');
  return written(element('span', {}, ...leadingTitle({ ...note, ...change }, '#event')));
}

test.each<[string, Partial<TimelineEvent>, string]>([
  [
    'in the words',
    { title: `See ${WEB}.` },
    `<a href="#event">See </a>${outside}<a href="#event">.</a>`,
  ],
  [
    'given behind them',
    { title: 'See it', evidence: [given(WEB)] },
    `<a href="#event">See it</a> ${outside}`,
  ],
  ['both', { title: `See ${WEB}`, evidence: [given(WEB)] }, `<a href="#event">See </a>${outside}`],
  ['in what is said besides', { title: 'See', body: WEB }, `<a href="#event">See</a> ${outside}`],
])('an address stands once in what happened: %s', async (_, change, html) => {
  expect(await shown(change)).toBe(`<span>${html}</span>`);
});

function given(url: string): TimelineEvent['evidence'][number] {
  return { label: 'link', path: null, url, sha256: null, line: null };
}

test.each([
  ['Say `df -h` and `w`.', '<span>Say <code>df -h</code> and <code>w</code>.</span>'],
  ['`w`', '<span><code>w</code></span>'],
  ['Write ```bash, or `w`.', '<span>Write ```bash, or <code>w</code>.</span>'],
  ['one ` alone', '<span>one ` alone</span>'],
])('of %j what stands between backticks is code, and nothing else', (text, page) => {
  expect(written(element('span', {}, ...said(text)))).toBe(page);
});
