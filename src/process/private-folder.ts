import {
  accessSync,
  constants,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder (0700) for this run, in memory where there is such a place, and removes old ones of killed engines. */
export function makePrivateFolder(): string {
  const place = memoryFolder();
  sweep(place);
  return mkdtempSync(join(place, `handrail-${pidNamespace()}-${process.pid}-`));
}

function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK | constants.X_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}

/** The last processes of a killed engine may need its folder for a while. */
const OLD_MS = 24 * 60 * 60 * 1000;

/** Removes folders whose engine is gone since long. */
function sweep(place: string): void {
  const own = new RegExp(`^handrail-${pidNamespace()}-(\\d+)-`);
  for (const name of readdirSync(place)) {
    const pid = own.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(place, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat || stat.uid !== process.getuid?.() || Date.now() - stat.mtimeMs < OLD_MS) continue;
    if (isRunning(Number(pid))) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/** Containers may share a folder and not their process ids. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
