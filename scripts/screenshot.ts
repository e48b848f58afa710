/** Builds a small site with runs and an incident, and keeps pictures of it: `docs/images/site-light.png` and `site-dark.png`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';
import { shopFolder } from '../test/support/site-folder.ts';

const root = path.dirname(import.meta.dirname);
const folder = shopFolder();

function handrail(...args: readonly string[]): void {
  const env = { ...process.env, HANDRAIL_HOME: path.join(folder, '.handrail') };
  execFileSync(process.execPath, [path.join(root, 'dist/handrail.js'), ...args], {
    cwd: folder,
    env,
  });
}

handrail('run', 'runbooks/daily/morning.md#is-the-shop-open', '--unattended');
handrail('run', 'runbooks/daily/morning.md#is-the-shop-open', '--unattended');
handrail('run', 'runbooks/database/failover.md#check-replication-lag', '--unattended');
handrail('site', 'build', 'runbooks', '--title', 'Shop runbooks');

const executablePath = await chromium.executablePath();
const browser = await playwright.launch({
  executablePath,
  args: [...chromium.args, '--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
const images = path.join(root, 'docs/images');
mkdirSync(images, { recursive: true });
for (const [colorScheme, file] of [
  ['light', 'daily/morning.html'],
  ['dark', 'database/failover.html'],
] as const) {
  await page.emulateMedia({ colorScheme });
  await page.goto(pathToFileURL(path.join(folder, 'site', file)).href);
  await page.screenshot({ path: path.join(images, `site-${colorScheme}.png`) });
}
await browser.close();
