import { parse as parseCsv } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineCsv } from '../../src/renderers/timeline-csv.ts';
import { timelineHtml } from '../../src/renderers/timeline-html.ts';
import { timelineIcs } from '../../src/renderers/timeline-ics.ts';
import { timelineMarkdown } from '../../src/renderers/timeline-markdown.ts';
import { timelineMermaid } from '../../src/renderers/timeline-mermaid.ts';
import { timelinePostmortem } from '../../src/renderers/timeline-postmortem.ts';
import { chained, incidentLog, rendered, timelineOf, type Written } from '../support/timelines.ts';

/** Zones with the instants at which their clocks change, forth and back, and what the clocks are called. */
const ZONES = [
  {
    zone: 'Europe/Zagreb',
    changes: ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'],
    minutes: { CET: 60, CEST: 120 },
  },
  {
    zone: 'America/New_York',
    changes: ['2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z'],
    minutes: { EST: -300, EDT: -240 },
  },
  {
    zone: 'Australia/Lord_Howe',
    changes: ['2026-10-03T15:30:00Z', '2026-04-04T15:00:00Z'],
    minutes: { LHST: 630, LHDT: 660 },
  },
] as const;

const scene = fc.record({
  of: fc.constantFrom(...ZONES),
  change: fc.constantFrom(0, 1),
  around: fc.uniqueArray(fc.integer({ min: -7200, max: 7200 }), { minLength: 2, maxLength: 6 }),
});

test('around both changes of the clocks every export says the same instants, in their order', () =>
  fc.assert(
    fc.asyncProperty(scene, async ({ of: { zone, changes, minutes }, change, around }) => {
      const changeMs = Date.parse(changes[change] ?? '');
      const instants = around
        .toSorted((left, right) => left - right)
        .map((seconds) => new Date(changeMs + seconds * 1000).toISOString());
      const written = instants.map(
        (at, index): Written => [
          at,
          {
            type: 'note.added',
            by: 'Mira',
            host: 'h',
            text: `event ${index}`,
            milestone: `m${index}`,
          },
        ],
      );
      const timeline = await timelineOf([incidentLog('INC-7', chained('INC-7', written))], {
        timezone: zone,
      });
      const as = async (renderer: Parameters<typeof rendered>[0]): Promise<string> =>
        (await rendered(renderer, timeline)).toString();

      const instantOf = (day: string, time: string, name: string): string => {
        const offset = Object.entries(minutes).find(([known]) => known === name)?.[1];
        return new Date(
          Date.parse(`${day}T${time}Z`) - (offset ?? Number.NaN) * 60_000,
        ).toISOString();
      };
      const called = '([A-Z]{3,4}|[+-]\\d\\d:\\d\\d)';
      for (const renderer of [timelineMarkdown, timelineHtml]) {
        const locals = new RegExp(`(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d) ${called}`, 'g');
        const found = [...(await as(renderer)).matchAll(locals)]
          .filter(([, , , zoneName]) => zoneName !== 'UTC')
          .map(([, day = '', time = '', zoneName = '']) => instantOf(day, time, zoneName));
        expect(found).toEqual(instants);
      }
      const minute = new RegExp(
        `\\| (\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d) ${called} \\| \\*\\*`,
        'g',
      );
      expect(
        [...(await as(timelinePostmortem)).matchAll(minute)].map(
          ([, day = '', time = '', zoneName = '']) =>
            instantOf(day, `${time}:00`, zoneName).slice(0, 16),
        ),
      ).toEqual(instants.map((at) => at.slice(0, 16)));
      const rows: Record<string, string>[] = parseCsv(await as(timelineCsv), { columns: true });
      expect(rows.map((row) => new Date(row['occurred_local'] ?? '').toISOString())).toEqual(
        instants,
      );
      expect(
        [...(await as(timelineMermaid)).matchAll(/(\d{4}-\d\d-\d\dT[\d:.]+)/g)].map(
          ([at]) => `${at}Z`,
        ),
      ).toEqual(instants);
      expect(
        [...(await as(timelineIcs)).matchAll(/DTSTART:(\d+T\d+)Z/g)].map(([, at]) => at),
      ).toEqual(instants.map((at) => at.slice(0, 19).replace(/[-:]/g, '')));
    }),
    { numRuns: 60 },
  ));

test('a link that somebody gave is a link in every format, whatever it holds', async () => {
  const { addresses, linksOf } = await import('../support/links.ts');
  for (const url of addresses) {
    const written: Written = [
      '02:00:00',
      { type: 'note.added', by: 'Mira', host: 'h', text: 'see there', milestone: 'detected', url },
    ];
    const timeline = await timelineOf([incidentLog('INC-7', chained('INC-7', [written]))]);
    const text = async (renderer: Parameters<typeof rendered>[0]): Promise<string> =>
      (await rendered(renderer, timeline)).toString();
    const want = new URL(url).href;
    expect(linksOf.html(await text(timelineHtml))).toContain(want);
    expect(linksOf.markdown(await text(timelineMarkdown))).toContain(want);
    expect(linksOf.markdown(await text(timelinePostmortem))).toContain(want);
    expect((await text(timelineIcs)).replace(/\r\n /g, '')).toMatch(/URL:https?:\/\//);
    expect(await text(timelineCsv)).toContain(url.replaceAll('"', '""'));
  }
});

test('an address that somebody wrote is a link in every format, and no more of the words than it', async () => {
  const { addresses, linksOf } = await import('../support/links.ts');
  const around = [
    ['told them on ', '.'],
    ['(see ', ')'],
    ['', ', then restarted'],
    ['it says "', '"'],
  ] as const;
  const plainly = addresses.filter((url) => !/[{`"]/.test(url));
  for (const [before, after] of around) {
    const written = plainly.map(
      (url, at): Written => [
        `02:0${at}:00`,
        {
          type: 'note.added',
          by: 'Mira',
          host: 'h',
          text: `${before}${url}${after}`,
          kind: 'communication',
        },
      ],
    );
    const timeline = await timelineOf([incidentLog('INC-7', chained('INC-7', written))]);
    const text = async (renderer: Parameters<typeof rendered>[0]): Promise<string> =>
      (await rendered(renderer, timeline)).toString();
    const want = plainly.map((url) => new URL(url).href);
    const web = (links: readonly string[]) =>
      new Set(links.filter((each) => each.startsWith('http')));
    for (const [renderer, kind] of [
      [timelineHtml, 'html'],
      [timelineMarkdown, 'markdown'],
      [timelinePostmortem, 'markdown'],
    ] as const)
      expect(web(linksOf[kind](await text(renderer)))).toEqual(new Set(want));
    const ics = (await text(timelineIcs)).replace(/\r\n /g, '');
    const rows: Record<string, string>[] = parseCsv(await text(timelineCsv), { columns: true });
    for (const url of plainly)
      expect(rows.map((row) => row['title'])).toContainEqual(expect.stringContaining(url));
    expect(rows.every((row) => URL.canParse(row['url'] ?? ''))).toBe(true);
    expect(ics).not.toMatch(/URL:[^h]/);
  }
});

test('what a program printed or a runbook says makes no link', async () => {
  const { linkedParts } = await import('../../src/renderers/formats/web-link.ts');
  expect(linkedParts('see https://a.example/x…').every(({ url }) => url === null)).toBe(true);
  expect(linkedParts('javascript:alert(1) ftp://a.example data:text/html,x').length).toBe(1);
});
