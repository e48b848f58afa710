import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const source = path.join(import.meta.dirname, '../../src/process');

/** An engine that starts a process, and is lost at once: before it told its guard of it, or with this word about when it began. */
function lost(begun: string | null, marks: readonly string[]): number {
  const program = `
    import { spawn } from 'node:child_process';
    import { writeSync } from 'node:fs';
    const { openGuard } = await import(${JSON.stringify(`${source}/guard.ts`)});
    const { startOf } = await import(${JSON.stringify(`${source}/process-stat.ts`)});
    const guard = openGuard(1000, ${JSON.stringify(marks)});
    const env = Object.fromEntries(${JSON.stringify(marks)}.map((mark) => mark.split('=')));
    const { pid } = spawn('/bin/sh', ['-c', 'sleep 300 & wait'], { detached: true, stdio: 'ignore', env: { PATH: process.env.PATH, ...env } });
    ${begun === null ? '' : `guard.watch(pid, ${begun});`}
    writeSync(1, String(pid));
    ${begun !== null ? 'setTimeout(() => process.kill(process.pid, "SIGKILL"), 300);' : 'process.kill(process.pid, "SIGKILL");'}
  `;
  return Number(
    spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
      .stdout,
  );
}

const isThere = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) &&
  !execFileSync('cat', [`/proc/${pid}/stat`], { encoding: 'utf8' }).includes(') Z ');

const newMarks = (): readonly string[] => [`HANDRAIL_RUN=${randomUUID()}`, 'HANDRAIL_STEP=one'];

test.each([
  ['that it was told of', 'startOf(pid)'],
  ['that it was not told of yet', null],
])('the guard of a lost engine ends the group %s', async (_, begun) => {
  const pid = lost(begun, newMarks());
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isThere(pid)).toBe(false);
});

test('the guard of a lost engine leaves a group alone whose number was given out anew', async () => {
  const own = newMarks();
  const pid = lost('"1"', own);
  const guards = (): boolean =>
    spawnSync('pgrep', ['-f', `handrail-guard.*${own[0]}`]).status === 0;
  await expect.poll(guards).toBe(false);
  expect(isThere(pid)).toBe(true);
  process.kill(-pid, 'SIGKILL');
});
