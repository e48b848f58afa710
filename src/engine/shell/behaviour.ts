import type { ShellCommand } from '../model/shell-facts.ts';
import { innerScript, unwrapped } from './wrappers.ts';

const EDITORS =
  /^(?:vi|vim|nvim|nano|pico|emacs|joe|mcedit|visudo|vipw|less|more|man|top|htop|iotop|iftop|atop|nethogs|glances|k9s|mc|tmux|screen|ncdu|cfdisk|passwd|mysql_secure_installation|dialog|whiptail|fzf|slabtop|bmon|alsamixer|nmtui|tig|lazydocker|ctop|gdb|adduser|ssh-keygen|gpg-agent|cfdisk)$/;
const DATABASE_SHELLS =
  /^(?:psql|mysql|mariadb|sqlite3|mongo|mongosh|redis-cli|cqlsh|clickhouse-client|sqlplus|influx|iredis|pgcli|mycli|ftp|sftp|telnet)$/;

/** Whether the command never ends by itself: `tail -f`, `--follow`, `watch`. */
export function isEndless(command: ShellCommand): boolean {
  const outer = command.name;
  // `timeout 30 tail -f` ends.
  if (outer === 'timeout') return false;
  const { name, args } = outer === 'watch' ? command : unwrapped(command);
  const has = (pattern: RegExp): boolean => args.some((arg) => pattern.test(arg));
  switch (name) {
    case 'watch':
      return !has(/^(?:-g|--chgexit|-e|--errexit)$/);
    case 'tail':
      return has(/^(?:-[A-Za-z0-9]*[fF][A-Za-z0-9]*|--follow(?:=.*)?|--retry)$/) && !has(/^--pid/);
    case 'journalctl':
      return has(/^(?:-[A-Za-z]*f[A-Za-z]*|--follow)$/) && !isValueOfUnit(args);
    case 'docker':
    case 'podman':
    case 'docker-compose':
    case 'nerdctl':
      return (
        (args.includes('logs') &&
          has(/^(?:-[A-Za-z]*f[A-Za-z]*|--follow)$/) &&
          followsAfter(args, 'logs')) ||
        (args[0] === 'stats' && !has(/^--no-stream/)) ||
        args[0] === 'events'
      );
    case 'kubectl':
    case 'oc':
    case 'k':
      return (
        (args.includes('logs') &&
          has(/^(?:-f|--follow)(?:=true)?$/) &&
          followsAfter(args, 'logs')) ||
        (args.includes('get') && has(/^(?:-w|--watch|--watch-only)(?:=true)?$/)) ||
        args.includes('port-forward') ||
        args[0] === 'proxy'
      );
    case 'aws':
      return args[0] === 'logs' && args[1] === 'tail' && has(/^--follow$/);
    case 'stern':
    case 'kubetail':
      return !has(/^--no-follow/);
    case 'ping':
    case 'ping6':
      return !has(/^-[A-Za-z0-9]*[cwW]/);
    case 'dmesg':
      return has(/^(?:-[A-Za-z]*w[A-Za-z]*|--follow)$/);
    case 'vmstat':
    case 'iostat':
    case 'mpstat':
    case 'sar':
    case 'pidstat':
      return numbers(args) === 1 && name !== 'sar';
    case 'tcpdump':
      return !has(/^-[A-Za-z]*[cr]/);
    case 'redis-cli':
      return has(/^(?:monitor|subscribe|psubscribe|--stat|--latency)$/i);
    case 'yes':
      return true;
    case 'inotifywait':
      return has(/^(?:-[A-Za-z]*m[A-Za-z]*|--monitor)$/);
    case 'ceph':
      return has(/^(?:-w|--watch.*)$/);
    case 'sleep':
      return args[0] === 'infinity';
    case 'git':
      return false;
    default:
      // `vercel logs --follow`, `heroku logs --tail`: the words that every tool has taken over.
      return has(/^--follow(?:=true)?$/) || (args.includes('logs') && has(/^--tail$/));
  }
}

/**
 * Whether the command talks to a person: `read -p`, editors, pagers, prompts. `fed`: its standard input
 * comes from a pipe or a file, so only what asks the terminal itself does.
 */
export function isInteractive(command: ShellCommand, fed: boolean): boolean {
  const { name, args } = unwrapped(command);
  if (fed) return /^(?:less|more|vi|vim|nano|top|htop|fzf)$/.test(name);
  if (name === 'read') return !args.some((arg) => /^-[a-z]*u/.test(arg));
  if (name === 'top') return !args.some((arg) => /^-[A-Za-z]*b/.test(arg));
  if (name === 'passwd')
    return !args.some((arg) =>
      /^(?:--stdin|-[SldueEx]|--status|--lock|--unlock|--delete)$/.test(arg),
    );
  if (name === 'ssh-keygen')
    return !args.includes('-N') && !args.some((arg) => /^-[lyRFyBH]/.test(arg));
  if (name === 'adduser')
    return !args.some((arg) => /^--(?:disabled-password|system|gecos)$/.test(arg));
  if (name === 'visudo') return !args.includes('-c');
  if (name === 'systemctl') return args[0] === 'edit' && !args.includes('--stdin');
  if (name === 'crontab') return args.includes('-e');
  if (name === 'git')
    return (
      (args[0] === 'rebase' && args.some((arg) => /^(?:-i|--interactive)$/.test(arg))) ||
      (args[0] === 'add' && args.some((arg) => /^(?:-p|-i|--patch)$/.test(arg)))
    );
  if (/^(?:kubectl|oc)$/.test(name)) return args[0] === 'edit';
  return EDITORS.test(name);
}

/** Whether the command opens a shell that later blocks may be meant for. */
export function isSession(command: ShellCommand): boolean {
  const { name, args } = unwrapped(command);
  if (/^(?:ssh|mosh)$/.test(name)) return innerScript(command) === '';
  if (/^(?:kubectl|oc|k|docker|podman|docker-compose|nerdctl|su)$/.test(name))
    return innerScript(command) === '';
  if (/^(?:ba|z|k|da|)sh$/.test(name)) return innerScript(command) === '';
  if (name === 'sudo') return args.some((arg) => /^-(?:i|s|su)$/.test(arg)) || args[0] === 'su';
  if (/^(?:gcloud|aws)$/.test(name)) return args.includes('ssh') || args.includes('start-session');
  return DATABASE_SHELLS.test(name) && !hasQuery(name, args);
}

function hasQuery(name: string, args: readonly string[]): boolean {
  if (
    args.some((arg) =>
      /^(?:-[A-Za-z]*[cefl]|-[ce].+|--(?:command|execute|file|eval|query|list|version|scan|stat|bigkeys|latency|pipe)(?:=.*)?|-V|-b|-q|-Q)$/.test(
        arg,
      ),
    )
  )
    return true;
  const words = args.filter(
    (arg, at) => !arg.startsWith('-') && !/^-[hpnaudUDPs]$/.test(args[at - 1] ?? ''),
  );
  return name === 'redis-cli' ? words.length > 0 : name === 'sqlite3' ? words.length > 1 : false;
}

function followsAfter(args: readonly string[], word: string): boolean {
  return args
    .slice(args.indexOf(word))
    .some((arg) => /^(?:-[A-Za-z]*f[A-Za-z]*|--follow(?:=true)?)$/.test(arg));
}

function isValueOfUnit(args: readonly string[]): boolean {
  return args.length === 1 && /^-[uU]f$/.test(args[0] ?? '');
}

function numbers(args: readonly string[]): number {
  return args.filter((arg) => /^\d+$/.test(arg)).length;
}
