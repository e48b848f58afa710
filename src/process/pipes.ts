import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where a process writes its output, and where it is read. */
export interface OutputPipes {
  /** Descriptors for the process; closed with `closeWriters` once it has started. */
  readonly writers: readonly [number, number];
  readonly readers: readonly [Readable, Readable];
  closeWriters(): void;
}

/** Makes pairs of real pipes, one pair at a time. */
export interface PipeMaker {
  /** `undefined`: this machine makes none here. */
  open(): OutputPipes | undefined;
  close(): void;
}

/** Linux's O_PATH: a handle on a file that neither reads nor writes it. */
const O_PATH = 0o10000000;

/**
 * Real pipes. Node hands a process sockets, and opening `/dev/stderr` or `/dev/stdout` fails on a socket; on a pipe it
 * works as in a terminal. The two pipes are made by `mkfifo` in the private folder, unlinked at once and opened anew
 * through `/proc` for each process, so that no process sees another one's.
 */
export function pipeMaker(folder: string): PipeMaker {
  const handles = makeHandles(folder);
  return {
    open() {
      if (!handles) return undefined;
      const [out, error] = handles.map((handle) => openBoth(handle));
      if (!out || !error) return undefined;
      return {
        writers: [out.writer, error.writer],
        readers: [out.reader, error.reader],
        closeWriters() {
          closeSync(out.writer);
          closeSync(error.writer);
        },
      };
    },
    close() {
      for (const handle of handles ?? []) closeSync(handle);
    },
  };
}

function makeHandles(folder: string): readonly number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const paths = ['out', 'err'].map((name) => join(folder, `pipe-${name}-${pipesMade++}`));
  const made = spawnSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' });
  if (made.status !== 0) return undefined;
  const handles = paths.map((path) => openSync(path, O_PATH));
  for (const path of paths) unlinkSync(path);
  return handles;
}

let pipesMade = 0;

function openBoth(handle: number): { readonly reader: Socket; readonly writer: number } {
  const path = `/proc/self/fd/${handle}`;
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  return { reader: new Socket({ fd: readEnd, readable: true, writable: false }), writer };
}
