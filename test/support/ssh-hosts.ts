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
import { type SwallowingProxy, swallowingProxy } from './swallowing-proxy.ts';

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
  /** Puts a way to a host in front of it that can be made half-open; lines that are there stay as they are. */
  through(host: string): Promise<SwallowingProxy>;
  /** How a login is there from now on. */
  login(host: string, login: Partial<SshLogin>): void;
  /** Gives the host another key, as a machine has that was set up anew; who knew the old one is told so. */
  changeKey(host: string): Promise<void>;
  close(): Promise<void>;
}

/** What a host does with a command. */
export interface SshLogin {
  /** The login shell, which gets the line behind `-c`. */
  readonly shell: string;
  /** What its start-up files print, on standard output and on standard error. */
  readonly greeting: string;
  readonly env: Readonly<Record<string, string>>;
}

interface SshHost {
  server: ssh2.Server;
  readonly sockets: Set<Socket>;
  readonly home: string;
  isShut: boolean;
  login: SshLogin;
}

const PLAIN: SshLogin = { shell: 'bash', greeting: '', env: {} };

/** Starts an SSH server for each name. */
export async function sshHosts(...names: readonly string[]): Promise<SshHosts> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-ssh-'));
  const key = path.join(folder, 'host_key');
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const hosts = new Map<string, SshHost>();
  const ports = new Map<string, number>();
  for (const name of names) {
    const home = path.join(folder, name);
    mkdirSync(home);
    const host = await listening(readFileSync(key), name, home);
    hosts.set(name, host);
    const { port }: AddressInfo = Object(host.server.address());
    ports.set(name, port);
  }
  const options =
    'Host *\n  User ops\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n';
  const writeConfig = (first = ''): void => {
    const entries = [...ports].map(
      ([name, port]) => `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n`,
    );
    const text = `${first}${entries.join('')}${options}`;
    writeFileSync(path.join(folder, 'config'), text, { mode: 0o600 });
  };
  writeConfig();
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
    async through(name) {
      const proxy = await swallowingProxy(ports.get(name) ?? 0);
      ports.set(name, proxy.port);
      writeConfig();
      return proxy;
    },
    login(name, login) {
      of(name).login = { ...PLAIN, ...login };
    },
    async changeKey(name) {
      const host = of(name);
      const { port }: AddressInfo = Object(host.server.address());
      cut(name);
      await new Promise<void>((resolve) => host.server.close(() => resolve()));
      const other = path.join(folder, `${name}_key`);
      spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
      await listen(host, readFileSync(other), name, port);
      const known = `[127.0.0.1]:${port} ${readFileSync(`${key}.pub`, 'utf8')}`;
      writeFileSync(path.join(folder, 'known'), known);
      const strict = `Host ${name}\n  StrictHostKeyChecking yes\n  UserKnownHostsFile ${folder}/known\n`;
      writeConfig(strict);
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
  const host: SshHost = {
    server: new ssh2.Server({ hostKeys: [hostKey] }),
    sockets: new Set(),
    home,
    isShut: false,
    login: PLAIN,
  };
  await listen(host, hostKey, name, 0);
  return host;
}

async function listen(host: SshHost, hostKey: Buffer, name: string, port: number): Promise<void> {
  host.server = new ssh2.Server({ hostKeys: [hostKey] });
  // The sockets stand below what the library shows.
  const {
    _srv: net,
  }: { _srv: { on(event: 'connection', listener: (socket: Socket) => void): void } } = Object(
    host.server,
  );
  net.on('connection', (socket) => {
    if (host.isShut) socket.destroy();
    host.sockets.add(socket);
    socket.once('close', () => host.sockets.delete(socket));
  });
  host.server.on('connection', (connection: Connection) => {
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      const session = accept();
      let onTerminal = false;
      session.on('pty', (allow) => {
        onTerminal = true;
        allow?.();
      });
      session.on('env', (allow) => allow?.());
      session.on('exec', (allow, _reject, { command }) =>
        carry(allow(), command, { name, host, onTerminal }),
      );
    });
  });
  await new Promise<void>((resolve) => host.server.listen(port, '127.0.0.1', resolve));
}

interface Carried {
  readonly name: string;
  readonly host: SshHost;
  readonly onTerminal: boolean;
}

/** As OpenSSH does: a line that breaks closes the command's pipes and ends nothing; a terminal is hung up. */
function carry(channel: ServerChannel, command: string, { name, host, onTerminal }: Carried): void {
  const { home, login } = host;
  const path_ = process.env['PATH'] ?? '';
  const env = { HOME: home, PATH: path_, HOST_NAME: name, USER: 'ops', SHELL: login.shell };
  const words = [login.shell, '-c', command] as const;
  const [program, ...args] = onTerminal ? throughTerminal(words) : words;
  channel.write(login.greeting);
  if (!onTerminal) channel.stderr.write(login.greeting);
  const child: ChildProcess = spawn(program, args, {
    cwd: home,
    env: { ...env, ...login.env },
    detached: true,
  });
  channel.on('data', (bytes: Buffer) => child.stdin?.write(bytes));
  channel.on('end', () => child.stdin?.end());
  channel.on('error', () => undefined);
  channel.on('close', () => {
    // Its terminal goes with it, which hangs up what runs there.
    if (onTerminal) child.kill('SIGKILL');
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  });
  child.stdin?.on('error', () => undefined);
  child.stdout?.on('data', (bytes: Buffer) => channel.write(bytes));
  child.stderr?.on('data', (bytes: Buffer) => channel.stderr.write(bytes));
  child.once('error', () => channel.exit(BROKEN));
  child.once('close', (code) => {
    if (channel.destroyed) return;
    channel.exit(code ?? BROKEN);
    channel.end();
  });
}

/** A terminal of its own, by util-linux's `script`: what is written to it stands behind its prompt. */
function throughTerminal(words: readonly string[]): readonly [string, ...string[]] {
  const line = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  return ['script', '-qfec', line, '/dev/null'];
}

const BROKEN = 255;
