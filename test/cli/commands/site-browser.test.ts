import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../../support/browser.ts';
import { handrail } from '../../support/handrail.ts';
import { shopFolder } from '../../support/site-folder.ts';

let browser: Browser;
let page: Page;
let out: string;
let run: string;
const complaints: string[] = [];
/** A phone, a tablet, a screen. What a tablet shows has the colours of one of the others, so it is looked at by day alone. */
const WIDTHS = [320, 768, 1440] as const;
const kinds = (): readonly string[] => [
  'index.html',
  'daily/morning.html',
  'database/failover.html',
  'database/restore.html',
  'database/index.html',
  'odd/long.html',
  `_/runs/${run}`,
  '_/incidents/INC-7.html',
  '_/incidents.html',
  '_/runs.html',
  '_/tags.html',
  '_/drills.html',
  '404.html',
  // An incident sent to somebody as one file.
  'timeline.html',
];

/** Names that offer no place to break a line, and steps of every kind that is no card. */
const LONG = `# Long \`names\`

## \`drain_${'every_pool_'.repeat(8)}now\`

\`\`\`bash
rm -f /var/tmp/handrail-${'x'.repeat(90)}
\`\`\`

## Close the shop

1. Lock the door.
2. Put out the lights.

- [ ] Tell the baker

| Check | Command | Threshold |
|---|---|---|
| Load | \`cut -d' ' -f1 /proc/loadavg\` | < 500 |
`;

const at = (file: string): string => pathToFileURL(path.join(out, file)).href;
const open = (file: string): Promise<unknown> => page.goto(at(file));

beforeAll(async () => {
  const folder = shopFolder({ 'odd/long.md': LONG });
  const call = (...args: readonly string[]) => handrail({ folder, args });
  await call('incident', 'open', 'INC-7', '--title', 'Orders are \u202e`slow`');
  await call('note', 'alert: orders are slow', '--milestone', 'detected');
  await call('run', 'runbooks/daily/morning.md#is-the-shop-open', '--unattended');
  await call('run', 'runbooks/database/restore.md#emergency-restore', '--unattended');
  const built = await call('site', 'build', 'runbooks', '--title', 'The shop');
  expect(built.exitCode).toBe(0);
  await call('timeline', '--incident', 'INC-7', '--format', 'html', '--out', 'site/timeline.html');
  out = path.join(folder, 'site');
  run = readdirSync(path.join(out, '_/runs'))[0] ?? '';
  browser = await startBrowser();
  const context = await browser.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = await context.newPage();
  // The page for addresses that are not there names its files from the top of a server.
  await page.route('file:///_/**', (route) =>
    route.fulfill({ path: path.join(out, new URL(route.request().url()).pathname) }),
  );
  await page.addInitScript(
    'globalThis.shifted = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) globalThis.shifted += each.value; }).observe({ type: "layout-shift", buffered: true });',
  );
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(?:file|data):/.test(request.url())) complaints.push(`loads ${request.url()}`);
  });
});

afterAll(() => browser.close());

test('search finds a section by its words, mistyped too, by keyboard alone', async () => {
  await open('daily/morning.html');
  await page.keyboard.press('/');
  await page.keyboard.type('replicaton lag');
  await page.locator('.results [data-href]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await page.locator('.results [aria-selected="true"] strong').textContent()).toBe(
    'Check replication lag',
  );
  await page.keyboard.press('Enter');
  await page.waitForURL(/failover\.html#check-replication-lag$/);
});

test('what is copied is the command, without its prompt', async () => {
  await open('daily/morning.html');
  const card = page.locator('section.step', { hasText: 'Look at the disks' });
  await card.locator('.framed').hover();
  await card.locator('.framed > .copy').click();
  await page.getByRole('status').getByText('Copied').waitFor();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(copied).toBe('df -h / | tail -1');
});

test('the theme is chosen by a button and kept on the next page', async () => {
  await open('index.html');
  const ground = (): Promise<unknown> =>
    page.evaluate('getComputedStyle(document.body).backgroundColor');
  const before = await ground();
  await page.getByRole('button', { name: 'Dark or light' }).click();
  expect(await ground()).not.toBe(before);
  const chosen = await ground();
  await open('daily/morning.html');
  expect(await ground()).toBe(chosen);
  await page.evaluate('localStorage.clear()');
});

test('the text can be reached past the navigation, and code scrolls by keyboard', async () => {
  await open('database/restore.html');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(page.url()).toMatch(/#ui:content$/);
  const focusable = await page.locator('pre:not([tabindex="0"])').count();
  expect(focusable).toBe(0);
});

test('what a runbook holds never becomes script, style or a link that acts', async () => {
  await open('database/restore.html');
  expect(await page.locator('article script, article [onclick], article [onerror]').count()).toBe(
    0,
  );
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  expect(await page.locator('article').textContent()).toContain('<script>alert(1)</script>');
  await open('database/failover.html');
  expect(await page.locator('article').textContent()).toContain('ssh to <standby> first');
});

test('diagrams are drawn and admonitions stand out', async () => {
  await open('database/failover.html');
  const width = await page.evaluate(`document.querySelector('img.only-light').naturalWidth`);
  expect(width).toBeGreaterThan(100);
  expect(await page.locator('.alert-warning .alert-title').textContent()).toBe(
    'There is no way back',
  );
});

for (const width of WIDTHS) {
  const themes = width === 768 ? (['light'] as const) : (['light', 'dark'] as const);
  test(`axe finds nothing on any kind of page, ${themes.join(' and ')}, ${width} wide`, async () => {
    await page.setViewportSize({ width, height: 800 });
    const found: unknown[] = [];
    for (const file of kinds()) {
      await open(file);
      await page.evaluate(
        'for (const folded of document.querySelectorAll("details")) folded.open = true',
      );
      await page.evaluate(axe.source);
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        const violations = await page.evaluate(
          `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')))`,
        );
        if (Array.isArray(violations))
          found.push(...violations.map((each) => `${file} ${colorScheme} ${each}`));
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(found).toEqual([]);
  });

  test(`nothing jumps while a page is loaded, and none is wider than it may be, ${width} wide`, async () => {
    await page.setViewportSize({ width, height: 800 });
    for (const file of kinds()) {
      await open(file);
      await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))',
      );
      expect(await page.evaluate('globalThis.shifted'), file).toBeLessThanOrEqual(0.05);
      expect(await page.evaluate('document.documentElement.scrollWidth'), file).toBeLessThanOrEqual(
        width,
      );
      // Whether a date was seen before the script made words of it is chance: both take the same room.
      const heights: readonly number[] = await page.evaluate(
        `(() => { const height = () => document.querySelector('main').scrollHeight; const said = height(); for (const time of document.querySelectorAll('time[title]')) time.textContent = time.title; return [said, height()]; })()`,
      );
      expect(heights, file).toEqual([Math.max(...heights), Math.max(...heights)]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });
}

test('no date is broken on a phone, wherever a run is named', async () => {
  await page.setViewportSize({ width: 320, height: 800 });
  for (const file of [`_/runs/${run}`, '_/runs.html', '_/incidents/INC-7.html']) {
    await open(file);
    // A piece of text on two lines has two boxes.
    const broken = await page.evaluate(`(() => {
      const found = [];
      const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode())
        for (const { index, 0: date } of node.data.matchAll(/\\d{4}-\\d\\d-\\d\\d/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + date.length);
          if (range.getClientRects().length > 1) found.push(node.data);
        }
      return found;
    })()`);
    expect(broken, file).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

const FOUND: readonly (readonly [typed: string, first: RegExp])[] = [
  ['failover', /database\/failover\.html$/],
  ['INC-7', /_\/incidents\/INC-7\.html$/],
  ['promoted', /failover\.html#/],
];
for (const [typed, first] of FOUND) {
  test(`search for "${typed}" begins with what is called so`, async () => {
    await open('daily/morning.html');
    await page.keyboard.press('/');
    await page.keyboard.type(typed);
    const hit = page.locator('.results [data-href]').first();
    await hit.waitFor();
    expect(await hit.getAttribute('data-href')).toMatch(first);
  });
}

test('an id with a slip in it finds nothing', async () => {
  await open('daily/morning.html');
  await page.keyboard.press('/');
  // The second is made of words that one page holds, apart from one another.
  for (const typed of ['INC-8', 'BA-41']) {
    await page.locator('#ui\\:search').fill(typed);
    await page.locator('.results .none').waitFor();
    await page.locator('#ui\\:search').fill('');
  }
});

test('on a phone the next heading is one key away, and the contents fold away again', async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open('database/failover.html');
  await page.getByRole('link', { name: 'Next', exact: true }).press('Enter');
  expect(page.url()).toMatch(/#check-replication-lag$/);
  await page.locator('.contents > summary').press('Enter');
  await page.locator('.toc a').last().press('Enter');
  expect(await page.locator('.contents').getAttribute('open')).toBe(null);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('on paper every step has its place, and nothing is folded away', async () => {
  await open('daily/morning.html');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const pdf = await page.pdf();
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const shown = await page.evaluate(
    `[...document.querySelectorAll('section.step, .mark, .task')].every((step) => step.checkVisibility())`,
  );
  expect(shown).toBe(true);
  expect(await page.locator('section.step .box').first().isVisible()).toBe(true);
  expect(await page.locator('.top').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
});

test('on paper every step has one box to tick and one line to sign, whatever it is', async () => {
  await open('odd/long.html');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const places: readonly string[] =
    await page.evaluate(`[...document.querySelectorAll('[id^="step:"]')].map((step) => {
    const around = step.closest('.task') ?? step;
    const signed = [around, ...around.querySelectorAll('*')].filter((one) => /at ____/.test(getComputedStyle(one, '::after').content));
    const boxes = [...around.querySelectorAll('.box')].filter((box) => box.checkVisibility());
    return boxes.length + ' ' + signed.length;
  })`);
  expect(places).toEqual(Array.from({ length: 5 }, () => '1 1'));
  await page.emulateMedia({ media: 'screen' });
  expect(await page.locator('.mark .box').first().isVisible()).toBe(false);
});

test('no mark of markdown and nothing hidden stands in what is said of incidents and steps', async () => {
  for (const file of [
    'odd/long.html',
    'index.html',
    '_/incidents.html',
    '_/incidents/INC-7.html',
  ]) {
    await open(file);
    const said = await page.locator('main').textContent();
    expect(said, file).not.toMatch(/[`\u202e]/);
  }
});

test('without script the text is all there', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(at('daily/morning.html'));
  expect(await plain.locator('h1').textContent()).toContain('Morning round');
  expect(await plain.locator('nav.tree a').first().isVisible()).toBe(true);
  expect(await plain.locator('section.step').count()).toBe(2);
});

test('no page complained, broke its policy or loaded anything from elsewhere', () => {
  expect(complaints).toEqual([]);
});
