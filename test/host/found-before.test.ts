import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';

let place = '';
let pages = '';

beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'handrail-found-'));
  pages = path.join(place, 'cache/handrail/pages');
  mkdirSync(path.join(place, 'bin'));
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

async function checked(folder: string, file = 'page.md'): Promise<string> {
  const env = {
    XDG_CACHE_HOME: path.join(place, 'cache'),
    PATH: `${path.join(place, 'bin')}:${process.env['PATH']}`,
  };
  return (await handrail({ folder, args: ['check', file], env })).stdout;
}

/** What is kept of findings in the page is another text from now on. */
function retold(from: string | RegExp, to: string): void {
  for (const name of readdirSync(pages)) {
    const text = readFileSync(path.join(pages, name), 'utf8');
    if (text.split('\n', 1)[0]?.includes('"check"') === true)
      writeFileSync(path.join(pages, name), text.replaceAll(from, to));
  }
}

function program(name: string): void {
  const file = path.join(place, 'bin', name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
}

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(path.join(place, 'pages-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
};

const LOOK = '# Look\n\n```bash\nls-of-nobody\n```\n';

test('findings of a page that is as it was are told as they were kept', async () => {
  const folder = folderWith({ 'page.md': LOOK });
  expect(await checked(folder)).toContain('`ls-of-nobody` is not on the PATH');
  retold('is not on the PATH', 'was not on the PATH');
  expect(await checked(folder)).toContain('`ls-of-nobody` was not on the PATH');
});

const LINKED = '# Go\n\n1. [The other one](other.md#why)\n\nSee [it](third.md#here).\n';
const OTHER = '# Other\n\n## Why\n\n```bash\ntrue\n```\n';
const THIRD = '# Here\n\n```bash\ntrue\n```\n';

test.each<[string, Readonly<Record<string, string>>, (folder: string) => void, string]>([
  [
    'a program was installed',
    { 'page.md': LOOK },
    () => program('ls-of-nobody'),
    '`ls-of-nobody` is not on the PATH',
  ],
  [
    'a page that it leads to was written',
    { 'page.md': LINKED, 'third.md': THIRD },
    (folder) => writeFileSync(path.join(folder, 'other.md'), OTHER),
    'leads nowhere',
  ],
  [
    'a procedure that it leads to was written',
    { 'page.md': LINKED, 'other.md': '# Other\n', 'third.md': THIRD },
    (folder) => writeFileSync(path.join(folder, 'other.md'), OTHER),
    'leads to no procedure',
  ],
  [
    'a heading that its prose leads to was written',
    { 'page.md': LINKED, 'other.md': OTHER, 'third.md': '# Nowhere\n' },
    (folder) => writeFileSync(path.join(folder, 'third.md'), THIRD),
    'leads to no heading',
  ],
  [
    'a page that it leads to asks for nothing any more',
    {
      'page.md': LINKED,
      'other.md': OTHER.replace('true', 'echo {{host}}'),
      'third.md': THIRD,
    },
    (folder) => writeFileSync(path.join(folder, 'other.md'), OTHER),
    'needs a value for',
  ],
  [
    'it was written anew itself',
    { 'page.md': LOOK },
    (folder) => writeFileSync(path.join(folder, 'page.md'), LOOK.replace('ls-of-nobody', 'true')),
    '`ls-of-nobody` is not on the PATH',
  ],
])('what was found before is not told once %s', async (_, files, change, told) => {
  const folder = folderWith(files);
  const before = await checked(folder);
  expect(before).toContain(told);
  expect(await checked(folder)).toBe(before);
  change(folder);
  const now = await checked(folder);
  expect(now).not.toContain(told);
  rmSync(pages, { recursive: true });
  expect(await checked(folder)).toBe(now);
});

test('of a page that is to be reviewed, what was found on another day is not told', async () => {
  const folder = folderWith({
    'page.md': `---\nreview: { by: 2020-01-01 }\n---\n${LOOK}`,
  });
  const before = await checked(folder);
  expect(before).toContain('was due on 2020-01-01');
  retold('was due on', 'is due on');
  expect(await checked(folder)).toContain('is due on 2020-01-01');
  retold(/"today","","[\d-]+"/g, '"today","","2019-12-31"');
  expect(await checked(folder)).toBe(before);
});
