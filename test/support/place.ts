import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInUse } from '../../src/process/private-folder.ts';
import { processes, textOf } from './processes.ts';

/**
 * One folder for all that the tests write, gone with them: nothing is left on the machine, and two people never meet. Its
 * name is short, since sockets stand in it, and others may pass through it: PostgreSQL is another user where root tests.
 */
export function setup(): () => void {
  const before = process.env['TMPDIR'];
  const since = Date.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'hr-'));
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    // Another suite of the same user may still go on with a run that it killed: the last one to end takes its own away.
    if (!readdirSync(tmpdir()).some((name) => /^hr-\w{6}$/.test(name))) sweepMemory(since);
  };
}

const MEMORY = '/dev/shm';

/**
 * What engines that tests killed kept in memory; handrail itself waits a day before it takes such a folder away. Runs that
 * are none of the tests' go on beside them: what a living engine has, or a process of a step speaks of, is theirs.
 */
function sweepMemory(since: number): void {
  if (!existsSync(MEMORY)) return;
  const spokenOf = processes()
    .flatMap((pid) => [textOf(`/proc/${pid}/environ`), textOf(`/proc/${pid}/cmdline`)])
    .join('\0');
  for (const name of readdirSync(MEMORY)) {
    if (!name.startsWith('handrail-')) continue;
    const place = path.join(MEMORY, name);
    if (spokenOf.includes(name) || isInUse(name)) continue;
    const { uid, birthtimeMs } = statSync(place, { throwIfNoEntry: false }) ?? {};
    if (uid === process.getuid?.() && (birthtimeMs ?? 0) >= since)
      rmSync(place, { recursive: true, force: true });
  }
}
