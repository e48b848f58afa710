import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';

const PAGE = '# P\n\n## One\n\n```bash\necho hi\n```\n';

/** Every command that writes where a person says, with the place in the place of `OUT`. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  timeline: ['timeline', '--since', '2020-01-01', '--out', 'OUT'],
  'timeline as a page': ['timeline', '--since', '2020-01-01', '-f', 'html', '--out', 'OUT'],
  'evidence of a timeline': ['timeline', '--since', '2020-01-01', '-f', 'evidence', '--out', 'OUT'],
  'a copy of the run log': ['run', 'p.md', '--all', '--unattended', '--quiet', '--out', 'OUT'],
  'a test of a run': ['test', '--record', 'last', 'OUT'],
  'a new page': ['new', 'OUT'],
  'unit files': ['schedule', 'systemd', '--out', 'OUT'],
  'a site': ['site', 'build', 'pages', '--out', 'OUT'],
  metrics: ['metrics', '--textfile', 'OUT'],
};

const isRoot = process.getuid?.() === 0;

test.each(Object.entries(WRITERS))(
  '%s replaces nothing that is no file, and says in a sentence what cannot be',
  async (_, args) => {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-named-'));
    const at = (place: string): string => join(folder, place);
    const call = (...words: readonly string[]) => handrail({ folder, args: words });
    mkdirSync(at('pages'));
    for (const page of ['p.md', 'pages/p.md']) writeFileSync(at(page), PAGE);
    expect((await call('run', 'p.md', '--all', '--unattended')).exitCode).toBe(0);
    mkdirSync(at('folder.md'));
    symlinkSync('nothing.md', at('link.md'));
    if (isRoot) execFileSync('mknod', [at('device.md'), 'c', '1', '3']);
    for (const place of ['folder.md', 'link.md', ...(isRoot ? ['device.md'] : [])]) {
      const { mode, ino, rdev } = lstatSync(at(place));
      const told = await call(...args.map((word) => (word === 'OUT' ? place : word)));
      const after = lstatSync(at(place));
      expect([after.mode, after.ino, after.rdev], place).toEqual([mode, ino, rdev]);
      if (told.exitCode === 0) continue;
      expect([64, 78], `${place}: ${told.stderr}`).toContain(told.exitCode);
      expect(told.stderr).toMatch(/^handrail: .+\.\n$/);
      expect(told.stderr).not.toMatch(/\bat \S+:\d+|\b(?:EISDIR|EEXIST)\b|\.(?:tmp|draft)\b/);
    }
    expect(readlinkSync(at('link.md'))).toBe('nothing.md');
  },
);

test('what is no file in the place of a page of a site is refused, and not waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-named-'));
  for (const name of ['pages', 'site']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'pages/p.md'), PAGE);
  execFileSync('mkfifo', [join(folder, 'site/index.html')]);
  const told = await handrail({ folder, args: ['site', 'build', 'pages', '--out', 'site'] });
  expect([told.exitCode, told.stderr]).toEqual([
    78,
    expect.stringContaining('something that is no file stands there'),
  ]);
  expect(lstatSync(join(folder, 'site/index.html')).isFIFO()).toBe(true);
});
