import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { renderRun } from '../../../src/host/render-run.ts';
import { FileStore } from '../../../src/stores/file.ts';
import { steadyClock } from '../../support/clock.ts';
import { cleanEnv, handrail } from '../../support/handrail.ts';

it('a rendered run log is sound as it was written, and altered with one word changed', async () => {
  const ran = await handrail({ runbook: '# Look\n\n```bash\necho fine\n```\n' });
  expect(ran.exitCode).toBe(0);
  const { folder } = ran;
  const kept = path.join(ran.runs[0] ?? '', 'run.md');
  const sound = await handrail({ folder, args: ['verify', kept] });
  expect([sound.exitCode, sound.stdout]).toEqual([0, expect.stringContaining('byte for byte')]);
  const copy = path.join(folder, 'copy.md');
  writeFileSync(copy, readFileSync(kept, 'utf8').replace('fine', 'bad'));
  const altered = await handrail({ folder, args: ['verify', copy] });
  expect(altered.exitCode).toBe(20);
  expect(altered.stdout).toMatch(/altered at line \d+/);
  const nowhere = await handrail({ folder, args: ['verify', path.join(folder, 'nowhere.md')] });
  expect(nowhere.exitCode).toBe(66);
});

it('a run log that shows what the author wrote of secrets, as earlier editions rendered it, is sound', async () => {
  const ran = await handrail({
    runbook: '# Look\n\n```bash\necho --password=Wint3rCold99 >&2\n```\n',
  });
  const { folder } = ran;
  const kept = readFileSync(path.join(ran.runs[0] ?? '', 'run.md'), 'utf8');
  expect(kept).toContain('echo --password=***');
  const earlier = path.join(folder, 'earlier.md');
  const reader = await new FileStore(path.join(folder, '.handrail'), steadyClock()).read(
    path.basename(ran.runs[0] ?? ''),
  );
  if (reader === undefined) throw new Error('no run');
  const asWritten = await renderRun(reader, cleanEnv(folder), 'run-log', { asWritten: true });
  expect(asWritten).toContain('echo --password=Wint3rCold99');
  writeFileSync(earlier, asWritten);
  const sound = await handrail({ folder, args: ['verify', earlier] });
  expect([sound.exitCode, sound.stdout]).toEqual([0, expect.stringContaining('secrets')]);
  writeFileSync(earlier, asWritten.replace('Wint3rCold99', 'Wint3rCold98'));
  expect((await handrail({ folder, args: ['verify', earlier] })).exitCode).toBe(20);
});
