import type { ShellCommand } from '../model/shell-facts.ts';
import { behindSudo } from './sudo.ts';

type Named = Pick<ShellCommand, 'name' | 'args'>;

const SHELLS = /^(?:ba|z|k|da|a|)sh$/;
/** Options with a value of commands that run the command behind them; `operands`: words of their own first. */
const WRAPPERS: Readonly<Record<string, { readonly valued: string; readonly operands: number }>> = {
  builtin: { valued: '', operands: 0 },
  chroot: { valued: '', operands: 1 },
  chrt: { valued: '', operands: 1 },
  command: { valued: '', operands: 0 },
  env: { valued: '-u -C -S', operands: 0 },
  exec: { valued: '-a', operands: 0 },
  flock: { valued: '-w -E', operands: 1 },
  gosu: { valued: '', operands: 1 },
  ionice: { valued: '-c -n -p', operands: 0 },
  nice: { valued: '-n', operands: 0 },
  nohup: { valued: '', operands: 0 },
  numactl: { valued: '', operands: 0 },
  setsid: { valued: '', operands: 0 },
  stdbuf: { valued: '-i -o -e', operands: 0 },
  taskset: { valued: '-c', operands: 1 },
  time: { valued: '-f -o', operands: 0 },
  timeout: { valued: '-s -k --signal --kill-after', operands: 1 },
  unbuffer: { valued: '', operands: 0 },
  watch: { valued: '-n --interval', operands: 0 },
  xargs: { valued: '-I -n -P -L -d -a -s -E --max-args --max-procs', operands: 0 },
};

/** The command that really runs behind `timeout 5`, `env A=b`, `nohup`, `xargs` and their kin. */
export function unwrapped(command: Named): Named {
  let name = command.name;
  let args = command.args;
  for (let depth = 0; depth < 8; depth += 1) {
    const base =
      name.includes('/') && /^\/(?:usr\/)?(?:local\/)?s?bin\//.test(name)
        ? name.slice(name.lastIndexOf('/') + 1)
        : name;
    const wrapper = Object.hasOwn(WRAPPERS, base) ? WRAPPERS[base] : undefined;
    const rest = wrapper === undefined ? [] : behind(args, wrapper);
    const words = behindSudo(rest).words;
    if (words[0] === undefined) return { name: base, args };
    name = words[0];
    args = words.slice(1);
  }
  return { name, args };
}

/**
 * The text that a command hands to another shell: `bash -c TEXT`, `ssh host TEXT`, `kubectl exec pod --
 * COMMAND`. `''`: it opens that shell and waits. `undefined`: it is no such command.
 */
export function innerScript(command: Named): string | undefined {
  const { name, args } = unwrapped(command);
  if (SHELLS.test(name)) {
    const at = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
    return at < 0
      ? args.some((arg) => !arg.startsWith('-'))
        ? undefined
        : ''
      : (args[at + 1] ?? '');
  }
  if (name === 'su') {
    const at = args.findIndex((arg) => /^(?:-c|--command)$/.test(arg));
    return at < 0 ? '' : (args[at + 1] ?? '');
  }
  if (name === 'ssh') return remoteCommand(args, SSH_VALUED);
  if (/^(?:kubectl|oc|k)$/.test(name) && args.includes('exec')) return afterDashes(args) ?? '';
  if (/^(?:docker|podman|nerdctl|docker-compose)$/.test(name)) {
    const at = args.indexOf('exec');
    return at < 0 || at > 3 ? undefined : remoteCommand(args.slice(at + 1), EXEC_VALUED);
  }
  return undefined;
}

const SSH_VALUED = new Set(
  '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w'.split(' '),
);
const EXEC_VALUED = new Set('-e --env -u --user -w --workdir --env-file --index'.split(' '));

function behind(
  args: readonly string[],
  wrapper: { readonly valued: string; readonly operands: number },
): readonly string[] {
  const valued = new Set(wrapper.valued.split(' '));
  let skip = wrapper.operands;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (valued.has(arg)) at += 1;
    else if (arg.startsWith('-') || (skip === wrapper.operands && /^[A-Za-z_]\w*=/.test(arg)))
      continue;
    else if (skip > 0) skip -= 1;
    else return args.slice(at);
  }
  return [];
}

function remoteCommand(args: readonly string[], valued: ReadonlySet<string>): string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (/^-(?:N|f|fN|Nf|V|G|Q|O)$/.test(arg) && valued === SSH_VALUED) return undefined;
    if (valued.has(arg)) at += 1;
    else if (!arg.startsWith('-')) return shell(args.slice(at + 1));
  }
  return '';
}

function afterDashes(args: readonly string[]): string | undefined {
  const at = args.indexOf('--');
  if (at >= 0) return shell(args.slice(at + 1));
  const pod = args.slice(args.indexOf('exec') + 1).filter((arg) => !arg.startsWith('-'));
  return pod.length > 1 ? pod.slice(1).join(' ') : undefined;
}

/** Words as one command line; a lone shell is that shell waiting for input. */
function shell(words: readonly string[]): string {
  const [first, ...rest] = words;
  if (
    first !== undefined &&
    SHELLS.test(first.replace(/^.*\//, '')) &&
    !rest.some((word) => /^-[a-z]*c$/.test(word))
  )
    return rest.some((word) => !word.startsWith('-')) ? words.join(' ') : '';
  if (words.length > 1 && /^-[a-z]*c$/.test(words[1] ?? '')) return words[2] ?? '';
  return words.join(' ');
}
