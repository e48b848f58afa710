import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { handrail } from '../../support/handrail.ts';

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
