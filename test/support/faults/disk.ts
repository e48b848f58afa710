/**
 * Loaded before the real command line (`node --import`): breaks the disk or ends the engine at a chosen point of a
 * run. The product knows nothing of it: Node's own file functions are replaced, by `HANDRAIL_FAULT`, a JSON object.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { Fault, FaultPoint, SinglePoint } from './points.ts';

const fault: Fault = JSON.parse(process.env['HANDRAIL_FAULT'] ?? '{}');
const real = { ...fs };
let isBroken = false;
let isTearing = false;
let writes = 0;

fs.writeSync = ((fd: number, bytes: Uint8Array, offset?: number | null) => {
  if (fd < 3) return real.writeSync(fd, bytes, offset ?? 0);
  const from = offset ?? 0;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  const point = pointOf(fd, text);
  if (point === 'before') strike();
  const isHalf = isDoneByHalf() && isInState(pathOf(fd));
  countWrite();
  if (isHalf || (isTearing && pathOf(fd).endsWith('log.jsonl'))) tear(fd, bytes, from);
  if (isBroken) refuse(fd, bytes, from);
  const written = real.writeSync(fd, bytes, from);
  if (point === 'after') strike();
  return written;
}) as typeof fs.writeSync;

fs.fdatasyncSync = (fd) => {
  countWrite();
  if (isBroken && fault.kind === 'EIO') throw systemError('EIO');
  real.fdatasyncSync(fd);
};

fs.writeFileSync = (file, data, options) => {
  const isHalf = isDoneByHalf() && isInState(String(file));
  countWrite();
  if (isHalf) {
    const bytes = Buffer.from(data as string | Uint8Array);
    real.writeFileSync(file, bytes.subarray(0, half(bytes, 0)), options);
    end('SIGKILL');
  }
  if (isBroken && isInState(String(file))) throw systemError(codeOf());
  real.writeFileSync(file, data, options);
};

fs.renameSync = (from, to) => {
  countWrite();
  refuseReadOnly(to);
  real.renameSync(from, to);
};

fs.linkSync = (existing, link) => {
  countWrite();
  refuseReadOnly(link);
  real.linkSync(existing, link);
};

fs.rmSync = (path, options) => {
  countWrite();
  if (fs.existsSync(path)) refuseReadOnly(path);
  real.rmSync(path, options);
};

fs.mkdirSync = ((path: fs.PathLike, options?: fs.MakeDirectoryOptions) => {
  countWrite();
  refuseReadOnly(path);
  return real.mkdirSync(path, options);
}) as typeof fs.mkdirSync;

fs.ftruncateSync = (fd, length) => {
  countWrite();
  real.ftruncateSync(fd, length);
};

fs.appendFileSync = (file, data, options) => {
  countWrite();
  real.appendFileSync(file, data, options);
};

fs.openSync = ((file: fs.PathLike, flags?: fs.OpenMode, mode?: fs.Mode | null) => {
  const isWriting = typeof flags === 'number' && (flags & 3) !== 0;
  if (isWriting) countWrite();
  if (isWriting || (typeof flags === 'string' && flags !== 'r')) refuseReadOnly(file);
  return real.openSync(file, flags ?? 'r', mode);
}) as typeof fs.openSync;

syncBuiltinESMExports();
if (fault.point === 'after spawn') watchFor(fault.file ?? '');

/** Every change of the disk has a number: a kill may be asked for before any of them. */
function countWrite(): void {
  if (fault.write === writes && fault.half !== true) end('SIGKILL');
  writes += 1;
}

/** The write that comes now is the one that is done by half. */
function isDoneByHalf(): boolean {
  return fault.write === writes && fault.half === true;
}

/** Where a write stands to the fault's point. */
function pointOf(fd: number, text: string): 'before' | 'after' | null {
  if (fault.point === undefined) return null;
  const { when, holds } = POINTS[fault.point];
  return holds(text, fd) ? when : null;
}

const TWO = '"stepId":"two"';
const has =
  (...words: readonly string[]) =>
  (text: string): boolean =>
    text
      .split('\n')
      .some((line) => words.every((word) => line.includes(word)) && !line.includes('"probe":true'));

interface Meaning {
  readonly when: 'before' | 'after';
  holds(text: string, fd: number): boolean;
}

const POINTS: Readonly<Record<FaultPoint | SinglePoint, Meaning>> = {
  'holding the lock': { when: 'after', holds: (_text, fd) => pathOf(fd).includes('/locks/') },
  'before the start record': { when: 'before', holds: has('"type":"step.started"', TWO) },
  'after the start record': { when: 'after', holds: has('"type":"step.started"', TWO) },
  'after spawn': { when: 'after', holds: () => false },
  'mid-output': { when: 'after', holds: (_text, fd) => pathOf(fd).includes('/output/two-') },
  'after exit, before its record': { when: 'before', holds: has('"type":"step.finished"', TWO) },
  'after its record': { when: 'after', holds: has('"type":"step.finished"', TWO) },
  'before the seal is entered': { when: 'before', holds: has('"what":"sealed"') },
  'before the seal': { when: 'before', holds: has('"type":"run.sealed"') },
  'after the seal': { when: 'after', holds: has('"type":"run.sealed"') },
  waiting: { when: 'after', holds: has('"type":"run.waiting"') },
};

/** The fault comes as soon as the step's process has left its mark. */
function watchFor(file: string): void {
  const timer = setInterval(() => {
    if (!fs.existsSync(file) || !real.readFileSync(file, 'utf8').includes('two')) return;
    clearInterval(timer);
    strike();
  }, 1);
  timer.unref();
}

function strike(): void {
  fault.point = undefined;
  if (fault.kind === 'SIGKILL' || fault.kind === 'SIGTERM') end(fault.kind);
  else if (fault.kind === 'torn write') isTearing = true;
  else if (fault.kind === 'clock back') setBack();
  else isBroken = true;
}

const HOUR_MS = 3_600_000;

function setBack(): void {
  const { now } = Date;
  Date.now = () => now() - HOUR_MS;
}

/** Nothing in the state folder can be made, written, renamed or removed. */
function refuseReadOnly(path: fs.PathLike): void {
  if (isBroken && fault.kind === 'EROFS' && isInState(String(path))) throw systemError('EROFS');
}

/** What a full disk does first is to take a part. */
function refuse(fd: number, bytes: Uint8Array, offset: number): never {
  if (fault.kind === 'ENOSPC') real.writeSync(fd, bytes, offset, half(bytes, offset));
  throw systemError(codeOf());
}

/** The machine is lost in the middle of a line. */
function tear(fd: number, bytes: Uint8Array, offset: number): void {
  real.writeSync(fd, bytes, offset, half(bytes, offset));
  end('SIGKILL');
}

const half = (bytes: Uint8Array, offset: number): number => (bytes.length - offset) >> 1;

function end(signal: NodeJS.Signals): void {
  process.kill(process.pid, signal);
  if (signal === 'SIGKILL') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function codeOf(): string {
  return fault.kind === 'EIO' || fault.kind === 'EROFS' ? fault.kind : 'ENOSPC';
}

const WORDS: Readonly<Record<string, string>> = {
  EIO: 'i/o error',
  EROFS: 'read-only file system',
};

function systemError(code: string): Error {
  const words = WORDS[code] ?? 'no space left on device';
  return Object.assign(new Error(`${code}: ${words}, write`), { code });
}

function isInState(path: string): boolean {
  return path.startsWith(process.env['HANDRAIL_HOME'] ?? '\0');
}

function pathOf(fd: number): string {
  try {
    return real.readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}
