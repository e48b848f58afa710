import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const source = path.join(import.meta.dirname, '../../src/process/guard.ts');

/** An engine that starts a process, and is lost at once: `watches` before it, or without having told its guard of it. */
function lost(watches: boolean, marks: readonly string[]): number {
  const program = `
    import { spawn } from 'node:child_process';
    import { writeSync } from 'node:fs';
    const { openGuard } = await import(${JSON.stringify(source)});
    const guard = openGuard(1000, ${JSON.stringify(marks)});
    const env = Object.fromEntries(${JSON.stringify(marks)}.map((mark) => mark.split('=')));
    const { pid } = spawn('/bin/sh', ['-c', 'sleep 300 & wait'], { detached: true, stdio: 'ignore', env: { PATH: process.env.PATH, ...env } });
    ${watches ? 'guard.watch(pid);' : ''}
    writeSync(1, String(pid));
    ${watches ? 'setTimeout(() => process.kill(process.pid, "SIGKILL"), 300);' : 'process.kill(process.pid, "SIGKILL");'}
  `;
  return Number(
    spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
      .stdout,
  );
}

const isThere = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) &&
  !execFileSync('cat', [`/proc/${pid}/stat`], { encoding: 'utf8' }).includes(') Z ');

test.each([
  ['that it was told of', true],
  ['that it was not told of yet', false],
])('the guard of a lost engine ends the group %s', async (_, watches) => {
  const pid = lost(watches, [`HANDRAIL_RUN=${randomUUID()}`, 'HANDRAIL_STEP=one']);
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isThere(pid)).toBe(false);
});
