import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timelineMermaid } from '../../src/renderers/timeline-mermaid.ts';
import { safeText } from '../../src/text/safe-text.ts';
import { startBrowser } from '../support/browser.ts';
import { hostileText } from '../support/hostile.ts';
import { incidentSeven } from '../support/incident-seven.ts';
import {
  chained,
  eventsOf,
  incidentLog,
  rendered,
  timelineOf,
  timelineWith,
} from '../support/timelines.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.newPage();
  await page.setContent('<!doctype html><meta charset="utf-8"><body></body>');
  await page.addScriptTag({
    path: createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js'),
  });
});

afterAll(() => browser.close());

interface Drawn {
  readonly sections: readonly string[];
  readonly tasks: readonly string[];
  readonly title: string;
  readonly alien: number;
}

function draw(source: string): Promise<Drawn> {
  // The function runs in the browser, where mermaid is.
  return page.evaluate(`(async (source) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
    const { svg } = await mermaid.render('drawn', source);
    const host = document.createElement('div');
    host.innerHTML = svg;
    const texts = (selector) => [...host.querySelectorAll(selector)].map((node) => node.textContent);
    return {
      title: texts('.titleText').join(''),
      sections: texts('.sectionTitle'),
      tasks: texts('.taskText, .taskTextOutsideRight, .taskTextOutsideLeft'),
      alien: host.querySelectorAll('a, script, img, foreignObject, iframe').length,
    };
  })(${JSON.stringify(source)})`);
}

/** Where a chart's tasks lead, as mermaid has read it. */
function linksIn(source: string): Promise<readonly string[]> {
  return page.evaluate(`(async (source) => {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    return [...db.getLinks().values()].map((link) => new URL(link).href);
  })(${JSON.stringify(source)})`);
}

const keyword = fc
  .tuple(
    fc.constantFrom(
      'gantt',
      'dateFormat',
      'inclusiveEndDates',
      'topAxis',
      'axisFormat',
      'tickInterval',
      'includes',
      'excludes',
      'todayMarker',
      'weekday',
      'weekend',
      'title',
      'section',
      'click',
      'accTitle',
      'accDescr',
      'href',
      'call',
      'end',
      '2026-11-20',
      'vert',
      'milestone',
      'crit',
    ),
    fc.constantFrom('', ' x', ': x', ' monday', ' "x"', '\n', 's'),
  )
  .map((words) => words.join(''));
const shown = (text: string): string => {
  const line = [...safeText(text).replace(/\s+/g, ' ').trim()];
  return line.length > 80 ? `${line.slice(0, 79).join('')}…` : line.join('') || '-';
};
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

test('an incident is drawn: lanes for milestones and runs, a bar for every step', async () => {
  const source = (
    await rendered(timelineMermaid, await timelineOf(incidentSeven, { timezone: 'Europe/Zagreb' }))
  ).toString();
  expect(source).toMatch(/^gantt\n/);
  const { title, sections, tasks } = await draw(source);
  expect(title).toBe('Logins fail (UTC)');
  expect(sections).toEqual(['Milestones', 'Fix 0193a000', 'Verify 0193a000', 'Notes']);
  expect(tasks.map(tidy)).toEqual(
    expect.arrayContaining([
      'detected: alert: logins fail',
      'Step a1',
      'Step a4',
      'edited "Step b2"',
    ]),
  );
});

test('whatever a text holds, a real browser draws it as the text of one task', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(hostileText, keyword).filter((text) => text.trim() !== ''),
        { minLength: 1, maxLength: 3 },
      ),
      async (texts) => {
        const timeline = await timelineWith(texts);
        const events = await eventsOf(timeline, true);
        const drawn = await draw((await rendered(timelineMermaid, timeline)).toString());
        expect(drawn.alien).toBe(0);
        expect(drawn.tasks.map(tidy)).toEqual(
          expect.arrayContaining(
            events.map(({ title, milestone }) =>
              tidy(shown(milestone === null ? title : `${milestone}: ${title}`)),
            ),
          ),
        );
        expect(drawn.tasks).toHaveLength(events.length);
      },
    ),
    { numRuns: 40 },
  );
});

test('an action says who does it and until when, however long it is, and what was linked leads there', async () => {
  const url = 'https://jira.example.com/X-1?a="b";c:d,e#f';
  const lines = chained('INC-8', [
    ['10:00:00', { type: 'incident.opened', title: 'Slow', by: 'ana', host: 'web1' }],
    [
      '10:01:00',
      {
        type: 'note.added',
        text: `${'Alert earlier. '.repeat(20)}See ${url}`,
        kind: 'action',
        owner: 'Ana: "Horvat"',
        due: '2026-12-24',
        url,
        by: 'ana',
        host: 'web1',
      },
    ],
    ['10:02:00', { type: 'note.added', text: 'See https://x.example/y.', by: 'ana', host: 'web1' }],
  ]);
  const timeline = await timelineOf([incidentLog('INC-8', lines)]);
  const source = (await rendered(timelineMermaid, timeline)).toString();
  const { tasks } = await draw(source);
  expect(tasks.filter((task) => task.includes('… (Ana: "Horvat", due 2026-12-24)'))).toHaveLength(
    1,
  );
  expect(await linksIn(source)).toEqual([
    'https://jira.example.com/X-1?a=%22b%22;c:d,e#f',
    'https://x.example/y',
  ]);
});

test('a chart stays within what Mermaid takes, and says what it leaves out', async () => {
  const timeline = await timelineWith(
    Array.from({ length: 2000 }, (_, at) => `entry ${at} ${'x'.repeat(40)}`),
  );
  const source = (await rendered(timelineMermaid, timeline)).toString();
  expect(source.length).toBeLessThan(50_000);
  expect(source).toMatch(/%% \d+ more events are left out/);
});
