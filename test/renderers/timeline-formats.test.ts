import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import ICAL from 'ical.js';
import type { Nodes, Root } from 'mdast';
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import type { Timeline, TimelineEvent } from '../../src/engine/model/timeline.ts';
import { timelineCsv } from '../../src/renderers/timeline-csv.ts';
import { timelineHtml } from '../../src/renderers/timeline-html.ts';
import { timelineIcs } from '../../src/renderers/timeline-ics.ts';
import { timelineJson } from '../../src/renderers/timeline-json.ts';
import { timelineMarkdown } from '../../src/renderers/timeline-markdown.ts';
import { timelineNdjson } from '../../src/renderers/timeline-ndjson.ts';
import { timelinePostmortem } from '../../src/renderers/timeline-postmortem.ts';
import { safeText } from '../../src/text/safe-text.ts';
import { hostileText } from '../support/hostile.ts';
import { incidentSeven } from '../support/incident-seven.ts';
import { eventsOf, rendered, timelineOf, timelineWith } from '../support/timelines.ts';

const visible = hostileText.filter((each) => safeText(each).trim() !== '');
const texts = fc.array(visible, { minLength: 1, maxLength: 4 });
const RUNS = { numRuns: 120 };
const text = async (
  renderer: Parameters<typeof rendered>[0],
  timeline: Timeline,
): Promise<string> => (await rendered(renderer, timeline)).toString();

function hostile(check: (timeline: Timeline, events: readonly TimelineEvent[]) => Promise<void>) {
  return fc.assert(
    fc.asyncProperty(texts, async (given) => {
      const timeline = await timelineWith(given);
      await check(timeline, await eventsOf(timeline));
    }),
    RUNS,
  );
}

const oneLine = (value: string): string =>
  safeText(value)
    .trim()
    .replace(/[\s⏎]*\n[\s⏎]*/g, ' ⏎ ')
    .replace(/\s/g, ' ')
    .trim();

/** What backticks enclose is said without them. */
const spoken = (value: string): string => value.replace(/(`+)([^`]+)\1/g, '$2');

/** As many different texts as there are, every one of them harmless. */
const calmed = (events: readonly TimelineEvent[]): string[] => {
  const seen = events.map(({ title, actor }) => `${title} ${actor.name}`);
  return seen.map((each) => `calm${seen.indexOf(each)}`);
};

const nodesOf = (root: Nodes): Nodes[] => [
  root,
  ...('children' in root ? root.children.flatMap(nodesOf) : []),
];
const plain = (node: Nodes): string =>
  nodesOf(node)
    .map((each) =>
      each.type === 'text' ? each.value : each.type === 'html' && each.value === '<br>' ? '\n' : '',
    )
    .join('');
/** Links that lead elsewhere show where, whole. */
const showsItself = (node: Nodes): boolean =>
  node.type === 'link' && /^https?:/.test(node.url) && plain(node) === node.url;
/** An address may be spelled in figures where a sign of it would end it. */
const unspelled = (value: string): string =>
  value.replace(/(?:%[0-9A-F]{2})+/gi, (figures) => {
    try {
      return decodeURIComponent(figures);
    } catch {
      return figures;
    }
  });
const markdown = (source: string): Root => unified().use(remarkParse).use(remarkGfm).parse(source);

for (const renderer of [timelineMarkdown, timelinePostmortem]) {
  test(`${renderer.name}: no text adds a heading, list, link, cell or row, and all of it can be read`, () =>
    hostile(async (timeline, events) => {
      const tree = markdown(await text(renderer, timeline));
      const found = nodesOf(tree);
      const calm = markdown(await text(renderer, await timelineWith(calmed(events))));
      const shape = (root: Root): string[] =>
        nodesOf(root)
          .filter((node) => !showsItself(node))
          .map(({ type }) => type)
          .filter((type) => !/^(?:text|html)$/.test(type));
      expect(shape(tree)).toEqual(shape(calm));
      for (const node of found) {
        if (node.type === 'html')
          expect(node.value).toMatch(
            /^(?:<br>|<a id="event-[A-Za-z0-9-]+">|<\/a>|<!-- -->|<!-- handrail:timeline:(?:begin|end) [^ ]+(?: sha256=[0-9a-f]{64})? -->)$/,
          );
      }
      const table = found
        .filter(({ type }) => type === 'table')
        .find((each) => plain(each).startsWith('UTC'));
      const rows = table?.type === 'table' ? table.children.slice(1) : [];
      expect(rows.map((row) => row.children.length)).toEqual(events.map(() => 7));
      expect(
        rows.map((row) =>
          unspelled(
            plain(row.children[3] as Nodes)
              .split('\n')[0]
              ?.trim() ?? '',
          ),
        ),
      ).toEqual(events.map(({ title }) => unspelled(oneLine(spoken(title))) || '(nothing to see)'));
    }));
}

test('csv: every field of every event is read back by a CSV parser, and none is a formula', () =>
  hostile(async (timeline, events) => {
    const csv = await text(timelineCsv, timeline);
    const rows: Record<string, string>[] = parseCsv(csv, {
      columns: true,
      record_delimiter: '\r\n',
    });
    const back = (value: string): string => value.replace(/^'/, '');
    expect(rows.map((row) => [row['id'], row['occurred_at']])).toEqual(
      events.map(({ id, occurredAt }) => [id, occurredAt]),
    );
    for (const [at, row] of rows.entries()) {
      const event = events[at];
      expect(back(row['title'] ?? '')).toBe(safeText(event?.title ?? ''));
      expect(back(row['body'] ?? '')).toBe(safeText(event?.body ?? ''));
      expect(back(row['milestone'] ?? '')).toBe(safeText(event?.milestone ?? ''));
      for (const value of Object.values(row)) expect(value).not.toMatch(/^\s*[=+@-]/);
    }
  }));

test('ics: an iCalendar parser finds milestones and notes with their texts, and nothing else', () =>
  hostile(async (timeline, events) => {
    const source = await text(timelineIcs, timeline);
    for (const line of source.split('\r\n'))
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const calendar = new ICAL.Component(ICAL.parse(source));
    const found = calendar.getAllSubcomponents();
    const told = events.filter((one) => one.kind === 'milestone' || one.source.type === 'note');
    expect(found.map((each) => each.name)).toEqual(told.map(() => 'vevent'));
    expect(found.map((each) => each.getFirstPropertyValue('summary'))).toEqual(
      told.map(({ milestone, title }) =>
        safeText(milestone === null ? title : `${milestone}: ${title}`),
      ),
    );
    expect(calendar.getAllProperties().map(({ name }) => name)).toEqual([
      'version',
      'prodid',
      'calscale',
      'x-wr-calname',
    ]);
    const uids = found.map((each) => each.getFirstPropertyValue('uid'));
    expect(new Set(uids).size).toBe(uids.length);
  }));

type Element = DefaultTreeAdapterTypes.Element;
type HtmlNode = DefaultTreeAdapterTypes.Node;
const elementsOf = (node: HtmlNode): Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : []),
];
const linksItself = (node: Element): boolean =>
  node.tagName === 'a' &&
  node.attrs.some(({ name, value }) => name === 'href' && value === textIn(node));
const textIn = (node: HtmlNode): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';

test('html: an HTML parser finds no element and no attribute that a text brought along', () =>
  hostile(async (timeline, events) => {
    const elements = elementsOf(parseHtml(await text(timelineHtml, timeline)));
    const calm = elementsOf(
      parseHtml(await text(timelineHtml, await timelineWith(calmed(events)))),
    );
    const shape = (all: Element[]): string[] =>
      all
        .filter((each) => !linksItself(each))
        .map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(' ')}`);
    expect(shape(elements)).toEqual(shape(calm));
    const rows = elements.filter(({ tagName }) => tagName === 'tr').slice(-events.length - 2, -2);
    expect(
      rows.map((row) =>
        unspelled(
          textIn(
            elementsOf(row).find((each) => each.attrs.some(({ value }) => value === 'said')) ?? row,
          ),
        ),
      ),
    ).toEqual(events.map(({ title }) => unspelled(safeText(spoken(title))) || '(nothing to see)'));
  }));

test('html has no script, loads nothing and says so in its policy', async () => {
  const html = await text(
    timelineHtml,
    await timelineOf(incidentSeven, { timezone: 'Europe/Zagreb' }),
  );
  expect(html).not.toMatch(/<script|<link|<img|url\(|@import|\son\w+=/i);
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(html).toMatch(/<svg .*<rect class="bad"/);
  expect(html).toContain('<time datetime="2026-11-20T02:00:00.000Z">');
});

test('json: the document and each event are what the published schema says', async () => {
  const { readFile } = await import('node:fs/promises');
  const schema = JSON.parse(await readFile('docs/schema/timeline.schema.json', 'utf8'));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const whole = JSON.parse(
    await text(timelineJson, await timelineOf(incidentSeven, { gapMs: 60_000, all: true })),
  );
  expect([validate(whole), validate.errors]).toEqual([true, null]);
  expect(whole.events.length).toBeGreaterThan(15);
  expect(validate({ ...whole, events: [{}] })).toBe(false);
  await hostile(async (timeline, events) => {
    const source = await text(timelineJson, timeline);
    expect(source).toBe(safeText(source));
    const read = JSON.parse(source);
    expect([validate(read), validate.errors]).toEqual([true, null]);
    expect(read.events).toEqual(JSON.parse(JSON.stringify(events)));
    const lines = (await text(timelineNdjson, timeline)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(read.events);
  });
});

test('the published schema is that of the model', async () => {
  const { readFile } = await import('node:fs/promises');
  const { timelineJsonSchema } = await import('../support/timeline-schema.ts');
  expect(await readFile('docs/schema/timeline.schema.json', 'utf8')).toBe(timelineJsonSchema());
});

test('every format gives the same bytes again', async () => {
  for (const renderer of [
    timelineMarkdown,
    timelinePostmortem,
    timelineCsv,
    timelineHtml,
    timelineIcs,
    timelineJson,
  ]) {
    const once = await text(renderer, await timelineOf(incidentSeven));
    expect(await text(renderer, await timelineOf(incidentSeven.toReversed()))).toBe(once);
  }
});

test('markdown shows an incident with its metrics, what went wrong first', async () => {
  const timeline = await timelineOf(incidentSeven, { timezone: 'Europe/Zagreb', gapMs: 1_200_000 });
  await expect(await text(timelineMarkdown, timeline)).toMatchFileSnapshot('fixtures/timeline.md');
  await expect(await text(timelinePostmortem, timeline)).toMatchFileSnapshot(
    'fixtures/postmortem.md',
  );
});
