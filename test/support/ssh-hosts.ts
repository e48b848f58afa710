import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';

/** Hosts with nothing installed, behind the system's own ssh client; each runs real bash in a home of its own. */
export interface SshHosts {
  /** To be put in front of PATH: an `ssh` that knows these hosts. */
  readonly bin: string;
  /** What a file in a host's home holds; `''` when there is none. */
  read(host: string, file: string): string;
  home(host: string): string;
  /** Cuts every line to a host; what runs there goes on. */
  cut(host: string): void;
  /** Takes no new line until it is let in again. */
  shut(host: string): void;
  open(host: string): void;
  close(): Promise<void>;
}

interface SshHost {
  readonly server: ssh2.Server;
  readonly sockets: Set<Socket>;
  readonly home: string;
  isShut: boolean;
}

/** Starts an SSH server for each name. */
export async function sshHosts(...names: readonly string[]): Promise<SshHosts> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-ssh-'));
  const key = path.join(folder, 'host_key');
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const hosts = new Map<string, SshHost>();
  const config: string[] = [];
  for (const name of names) {
    const home = path.join(folder, name);
    mkdirSync(home);
    const host = await listening(readFileSync(key), name, home);
    hosts.set(name, host);
    const { port }: AddressInfo = Object(host.server.address());
    config.push(`Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n`);
  }
  const options =
    'Host *\n  User ops\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n';
  writeFileSync(path.join(folder, 'config'), `${config.join('')}${options}`, { mode: 0o600 });
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  const real = spawnSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(path.join(bin, 'ssh'), `#!/bin/sh\nexec ${real} -F ${folder}/config "$@"\n`);
  chmodSync(path.join(bin, 'ssh'), 0o755);
  const of = (name: string): SshHost => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(name);
    return host;
  };
  const cut = (name: string): void => {
    for (const socket of of(name).sockets) socket.destroy();
  };
  return {
    bin,
    home: (name) => of(name).home,
    read(name, file) {
      const at = path.join(of(name).home, file);
      return existsSync(at) ? readFileSync(at, 'utf8') : '';
    },
    cut,
    shut(name) {
      of(name).isShut = true;
      cut(name);
    },
    open(name) {
      of(name).isShut = false;
    },
    async close() {
      for (const [name, { server }] of hosts) {
        cut(name);
        await new Promise<void>((resolve) => server.close(() => resolve()));
      }
    },
  };
}

async function listening(hostKey: Buffer, name: string, home: string): Promise<SshHost> {
  const server = new ssh2.Server({ hostKeys: [hostKey] });
  const host: SshHost = { server, sockets: new Set(), home, isShut: false };
  // The sockets stand below what the library shows.
  const {
    _srv: net,
  }: { _srv: { on(event: 'connection', listener: (socket: Socket) => void): void } } =
    Object(server);
  net.on('connection', (socket) => {
    if (host.isShut) socket.destroy();
    host.sockets.add(socket);
    socket.once('close', () => host.sockets.delete(socket));
  });
  server.on('connection', (connection: Connection) => {
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (allow) => allow?.());
      session.on('env', (allow) => allow?.());
      session.on('exec', (allow, _reject, { command }) => carry(allow(), command, name, home));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return host;
}

/** As OpenSSH does: a line that breaks closes the command's pipes and ends nothing. */
function carry(channel: ServerChannel, command: string, name: string, home: string): void {
  const env = { HOME: home, PATH: process.env['PATH'] ?? '', HOST_NAME: name, USER: 'ops' };
  const child: ChildProcess = spawn('bash', ['-c', command], { cwd: home, env, detached: true });
  channel.on('data', (bytes: Buffer) => child.stdin?.write(bytes));
  channel.on('end', () => child.stdin?.end());
  channel.on('error', () => undefined);
  channel.on('close', () => {
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  });
  child.stdin?.on('error', () => undefined);
  child.stdout?.on('data', (bytes: Buffer) => channel.write(bytes));
  child.stderr?.on('data', (bytes: Buffer) => channel.stderr.write(bytes));
  child.once('close', (code) => {
    if (channel.destroyed) return;
    channel.exit(code ?? BROKEN);
    channel.end();
  });
}

const BROKEN = 255;
