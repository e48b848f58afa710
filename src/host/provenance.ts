import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { isatty } from 'node:tty';
import type { Provenance } from '../engine/model/event.ts';

const NO_LOGINUID = 4_294_967_295;

/** Who runs this, where and how it came to be started. Facts that cannot be told are left out. */
export function provenanceOf(world: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly version: string;
  readonly gitIdentity: string | undefined;
  /** What others call this host, where that is another name than its own. */
  readonly host?: string | undefined;
}): Provenance {
  const { env } = world;
  const machine = hostname();
  const host = world.host ?? machine;
  const loginuid = numberIn(read('/proc/self/loginuid'));
  return {
    host,
    ...(host === machine ? {} : { machine }),
    pid: process.pid,
    cwd: world.cwd,
    trigger: triggerOf(env),
    engine: world.version,
    node: process.versions.node,
    ...present({
      ...user(),
      loginuid: loginuid === NO_LOGINUID ? undefined : loginuid,
      sudoUser: env['SUDO_USER'],
      sshClient: env['SSH_CLIENT'] ?? env['SSH_CONNECTION'],
      tty: terminal(),
      gitIdentity: world.gitIdentity,
      bootId: read('/proc/sys/kernel/random/boot_id'),
      pidStart: numberIn(read('/proc/self/stat')?.split(') ').at(-1)?.split(' ')[19]),
      timezone: timezoneOf(env),
    }),
  };
}

/** IANA name of the machine's zone, without loading Intl (which costs 12 ms); `undefined` when it has none. */
export function timezoneOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env['TZ']?.replace(/^:/, '');
  if (named) return named;
  return link('/etc/localtime')?.split('/zoneinfo/')[1] ?? read('/etc/timezone');
}

function triggerOf(env: Readonly<Record<string, string | undefined>>): string {
  if (env['CI'] || env['GITHUB_ACTIONS'] || env['BUILD_NUMBER']) return 'ci';
  if (env['INVOCATION_ID'] && env['JOURNAL_STREAM']) return 'systemd';
  if (isatty(0) || isatty(1)) return 'terminal';
  return parentName()?.startsWith('cron') ? 'cron' : 'other';
}

/** cron starts a shell, which starts the engine: look two processes up. */
function parentName(): string | undefined {
  const stat = read(`/proc/${process.ppid}/stat`);
  const grandparent = stat?.split(') ').at(-1)?.split(' ')[1];
  const names = [process.ppid, grandparent].map((pid) => read(`/proc/${pid}/comm`));
  return names.find((name) => name?.startsWith('cron'));
}

function user(): { readonly user?: string; readonly uid?: number } {
  try {
    const { username, uid } = userInfo();
    return { user: username, uid };
  } catch {
    return {};
  }
}

function terminal(): string | undefined {
  return isatty(0) ? link('/proc/self/fd/0') : undefined;
}

function present<Facts extends object>(
  facts: Facts,
): { [Name in keyof Facts]?: Exclude<Facts[Name], undefined> } {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  // Entries lose their types: they are those of the facts, without what is absent.
  return Object.fromEntries(known) as { [Name in keyof Facts]?: Exclude<Facts[Name], undefined> };
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
