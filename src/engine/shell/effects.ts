import type { Effect } from '../model/effect.ts';
import type { ShellCommand } from '../model/shell-facts.ts';
import {
  ALWAYS_DESTROY,
  CHANGE_NOTHING,
  type CommandRules,
  ONLY_READ,
  RULES,
} from './effect-table.ts';
import { judgeSql } from './sql-effect.ts';
import type { FileWrite } from './walk.ts';
import { innerScript, unwrapped } from './wrappers.ts';

/** What a text visibly does, why it is judged so, and what it would destroy. */
export interface Judgement {
  readonly effect: Exclude<Effect, 'asks'>;
  readonly why: string;
  readonly target: string;
}

const NONE: Judgement = { effect: 'none', why: '', target: '' };
const WEIGHT = { none: 0, reads: 1, writes: 2, destroys: 3 } as const;
const HARMLESS_FILE =
  /^(?:\/dev\/(?:null|stdout|stderr|stdin|tty|fd\/\d+|tcp\/.*|udp\/.*)|&?\d+|-)$/;

/** The worse of two judgements, the first when they are alike. */
export function worse(one: Judgement, other: Judgement): Judgement {
  return WEIGHT[other.effect] > WEIGHT[one.effect] ? other : one;
}

/**
 * Judges one command by the tables; a command they do not know writes. `judgeScript` judges the text
 * of a script handed to another shell (`bash -c`, `ssh host '…'`).
 */
export function judgeCommand(
  command: ShellCommand,
  ownFunctions: readonly string[],
  judgeScript: (text: string) => Judgement,
): Judgement {
  const inner = innerScript(command);
  if (inner !== undefined)
    return inner === ''
      ? verdict('writes', `\`${command.name}\` opens another shell`)
      : judgeScript(inner);
  const { name, args } = unwrapped(command);
  if (ownFunctions.includes(name)) return NONE;
  if (name === '') return verdict('writes', 'what it runs is only known when it runs');
  const special = SPECIAL[name]?.(args);
  if (special !== undefined) return special;
  if (CHANGE_NOTHING.has(name)) return NONE;
  if (/^(?:--version|--help|-V)$/.test(args[0] ?? '') && args.length === 1)
    return verdict('reads', `\`${name} ${args[0]}\` only prints`);
  const destroys = Object.hasOwn(ALWAYS_DESTROY, name) ? ALWAYS_DESTROY[name] : undefined;
  if (destroys !== undefined)
    return verdict('destroys', `\`${name}\` ${destroys}`, operands(args).join(' '));
  if (ONLY_READ.has(name)) return verdict('reads', `\`${name}\` only reads`);
  const rules = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rules !== undefined) return judgeByRules(name, args, rules);
  if (/^mkfs(?:\.|$)/.test(name))
    return verdict('destroys', `\`${name}\` formats`, operands(args).join(' '));
  return verdict('writes', `\`${name}\` may change something`);
}

/** Judges what a redirection does to its file. */
export function judgeWrite(write: FileWrite): Judgement {
  if (HARMLESS_FILE.test(write.file)) return NONE;
  if (write.file.startsWith('/dev/') && !write.file.startsWith('/dev/shm/'))
    return verdict(
      'destroys',
      `\`${write.operator} ${write.file}\` overwrites a device`,
      write.file,
    );
  if (write.empties)
    return verdict('destroys', `\`${write.operator} ${write.file}\` empties the file`, write.file);
  return verdict('writes', `\`${write.operator} ${write.file}\` writes a file`);
}

function verdict(effect: Judgement['effect'], why: string, target = ''): Judgement {
  return { effect, why, target: target.replaceAll(/"([^"]*)"/g, '$1') };
}

function judgeByRules(name: string, args: readonly string[], rules: CommandRules): Judgement {
  const valued = new Set((rules.valued ?? '').split(' '));
  const words = operands(args, valued);
  const options = args.filter((arg) => arg.startsWith('-') || arg.includes('='));
  const matched = (list: readonly string[] | undefined): string | undefined =>
    list?.find((rule) => matches(rule, words, options, args));
  const destroys = matched(rules.destroys);
  const dryRun = options.some((option) => /^--?dry-run(?:=(?:client|server|true))?$/.test(option));
  if (destroys !== undefined && !dryRun) {
    const shown = shownAs(name, destroys, words);
    const depth = destroys.split(' ').filter((word) => !word.startsWith('-')).length;
    const namespace = /^(?:kubectl|oc|k|helm)$/.test(name) ? namespaceOf(args) : '';
    const named = words.slice(depth);
    return verdict(
      'destroys',
      `\`${shown}\` takes away or interrupts`,
      [...(named.length > 0 ? named : args.slice(1, 4)), namespace].filter(Boolean).join(' '),
    );
  }
  if (matched(rules.none) !== undefined) return NONE;
  const reads = matched(rules.reads);
  if (
    reads !== undefined ||
    dryRun ||
    (words.length === 0 &&
      args.every((arg) => /^--?(?:help|version|v|V|h)$/.test(arg)) &&
      args.length > 0)
  )
    return verdict(
      'reads',
      `\`${reads === undefined ? [name, ...words.slice(0, 1)].join(' ') : shownAs(name, reads, words)}\` only reads`,
    );
  const otherwise = rules.otherwise ?? 'writes';
  const shown = [name, ...words.slice(0, 1)].join(' ');
  if (otherwise === 'none') return NONE;
  return verdict(
    otherwise,
    otherwise === 'reads' ? `\`${name}\` only reads` : `\`${shown}\` changes something`,
  );
}

function matches(
  rule: string,
  words: readonly string[],
  options: readonly string[],
  args: readonly string[],
): boolean {
  const parts = rule.split(' ');
  let at = 0;
  let previousOption = '';
  return parts.every((part) => {
    if (part.startsWith('-') || part.includes('=')) {
      previousOption = part;
      return options.some((option) => fits(part, option) || fits(part, option.split('=')[0] ?? ''));
    }
    if (previousOption !== '') {
      const value = args[args.indexOf(previousOption) + 1] ?? '';
      return part.split('|').some((alternative) => fits(alternative, value));
    }
    const word = words[at] ?? '';
    at += 1;
    return (
      word !== '' && part.split('|').some((alternative) => fits(alternative, word.toLowerCase()))
    );
  });
}

function fits(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : pattern === text;
}

function shownAs(name: string, rule: string, words: readonly string[]): string {
  const parts = rule.split(' ');
  const depth = parts.filter((part) => !/^-|=/.test(part)).length;
  return [name, ...words.slice(0, depth), ...parts.filter((part) => part.startsWith('-'))].join(
    ' ',
  );
}

function operands(
  args: readonly string[],
  valued: ReadonlySet<string> = new Set(),
): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') return [...found, ...args.slice(at + 1)];
    if (valued.has(arg)) at += 1;
    else if (!arg.startsWith('-')) found.push(arg);
  }
  return found;
}

function namespaceOf(args: readonly string[]): string {
  const at = args.findIndex((arg) => /^(?:-n|--namespace)$/.test(arg));
  const inline = args.find((arg) => /^--namespace=/.test(arg));
  return at >= 0
    ? `-n ${args[at + 1] ?? ''}`
    : inline === undefined
      ? ''
      : `-n ${inline.split('=')[1]}`;
}

function optionValue(args: readonly string[], options: RegExp): string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (options.test(arg)) return args[at + 1] ?? '';
    const inline = /^(--[\w-]+)=(.*)$/s.exec(arg);
    if (inline?.[1] !== undefined && options.test(inline[1])) return inline[2] ?? '';
  }
  return undefined;
}

const SPECIAL: Readonly<Record<string, (args: readonly string[]) => Judgement | undefined>> = {
  curl: judgeCurl,
  http: judgeHttpie,
  https: judgeHttpie,
  wget: (args) =>
    args.some((arg) => /^(?:--spider|-O-|-qO-)$/.test(arg)) || optionValue(args, /^-q?O$/) === '-'
      ? verdict('reads', '`wget` only reads')
      : verdict('writes', '`wget` saves a file'),
  psql: (args) => judgeQuery('psql', args, /^(?:-[A-Za-z]*c|--command)$/),
  mysql: (args) => judgeQuery('mysql', args, /^(?:-[A-Za-z]*e|--execute)$/),
  mariadb: (args) => judgeQuery('mariadb', args, /^(?:-[A-Za-z]*e|--execute)$/),
  sqlite3: (args) =>
    operands(args)[1] === undefined
      ? undefined
      : judgeSql(operands(args).slice(1).join(';'), 'sqlite3'),
  cqlsh: (args) => judgeQuery('cqlsh', args, /^(?:-e|--execute)$/),
  'clickhouse-client': (args) => judgeQuery('clickhouse-client', args, /^(?:-q|--query)$/),
  find: (args) =>
    args.includes('-delete') ||
    args.some(
      (arg, at) =>
        /^-(?:exec|execdir|ok)$/.test(arg) && /^(?:rm|shred|unlink)$/.test(args[at + 1] ?? ''),
    )
      ? verdict(
          'destroys',
          '`find` deletes what it finds',
          args
            .filter((arg) => !arg.startsWith('-'))
            .slice(0, 1)
            .join(' '),
        )
      : args.some((arg) => /^-(?:exec|execdir|ok|fprint|fls)/.test(arg)) &&
          !args.some((arg, at) => /^-exec(?:dir)?$/.test(arg) && ONLY_READ.has(args[at + 1] ?? ''))
        ? verdict('writes', '`find -exec` runs commands')
        : undefined,
  sed: (args) =>
    args.some((arg) => /^(?:-[A-Za-z]*i|--in-place)/.test(arg) && !/^-[ne]/.test(arg))
      ? verdict('writes', '`sed -i` changes files')
      : undefined,
  yq: (args) =>
    args.some((arg) => /^(?:-i|--inplace)$/.test(arg))
      ? verdict('writes', '`yq -i` changes files')
      : undefined,
  tee: (args) =>
    operands(args).every((file) => HARMLESS_FILE.test(file))
      ? NONE
      : verdict('writes', `\`tee ${operands(args)[0]}\` writes a file`),
  journalctl: (args) =>
    args.some((arg) => /^--(?:vacuum|rotate)/.test(arg))
      ? verdict('destroys', '`journalctl --vacuum` deletes logs')
      : undefined,
  dmesg: (args) =>
    args.some((arg) => /^(?:-[Cc]|--clear|--read-clear)$/.test(arg))
      ? verdict('destroys', '`dmesg --clear` empties the kernel log')
      : undefined,
  kill: (args) =>
    args[0] === '-0' || args[0] === '-l'
      ? verdict('reads', `\`kill ${args[0]}\` only looks`)
      : undefined,
  rsync: (args) =>
    args.some((arg) => /^--(?:delete|remove-source-files)/.test(arg))
      ? verdict('destroys', '`rsync --delete` deletes', operands(args).at(-1) ?? '')
      : args.some((arg) => /^(?:-[A-Za-z]*n[A-Za-z]*|--dry-run)$/.test(arg))
        ? verdict('reads', '`rsync --dry-run` only reads')
        : undefined,
  tar: (args) =>
    /^-?[A-Za-z]*t/.test(args[0] ?? '') || args.includes('--list')
      ? verdict('reads', '`tar t` only reads')
      : undefined,
  unzip: (args) =>
    /^-[lptZv]/.test(args[0] ?? '') ? verdict('reads', '`unzip -l` only reads') : undefined,
  date: (args) =>
    args.some((arg) => /^(?:-s|--set)/.test(arg))
      ? verdict('writes', '`date --set` changes the clock')
      : undefined,
  hostname: (args) =>
    operands(args).length > 0 ? verdict('writes', '`hostname` with a name changes it') : undefined,
  sysctl: (args) =>
    args.some((arg) => /^(?:-w|--write|-p|--system)/.test(arg) || /=/.test(arg))
      ? verdict('writes', '`sysctl -w` changes the kernel')
      : undefined,
  mount: (args) => (args.length === 0 ? verdict('reads', '`mount` only lists') : undefined),
  git: (args) =>
    args.length === 1 && /^(?:branch|tag|remote|stash)$/.test(args[0] ?? '') && args[0] !== 'stash'
      ? verdict('reads', `\`git ${args[0]}\` only lists`)
      : args[0] === 'checkout' && (args.includes('--') || args[1] === '.')
        ? verdict(
            'destroys',
            '`git checkout --` discards changes',
            args.slice(args.indexOf('--') + 1).join(' '),
          )
        : args[0] === 'push' && args.slice(1).some((arg) => /^[+:]\S/.test(arg))
          ? verdict(
              'destroys',
              '`git push` with `+` or `:` overwrites or deletes',
              args.slice(1).join(' '),
            )
          : undefined,
  source: () => verdict('writes', '`source` runs another file'),
  '.': () => verdict('writes', '`.` runs another file'),
  eval: () => verdict('writes', '`eval` runs a text made at run time'),
  cp: (args) =>
    operands(args)[0] === '/dev/null'
      ? verdict('destroys', '`cp /dev/null` empties the file', operands(args).slice(1).join(' '))
      : undefined,
};

function judgeCurl(args: readonly string[]): Judgement {
  const method = (
    optionValue(args, /^(?:-[A-Za-z]*X|--request)$/) ??
    args.find((arg) => /^-X./.test(arg))?.slice(2) ??
    ''
  ).toUpperCase();
  const url = args.find((arg) => /^(?:https?|ftp):/.test(arg)) ?? args.at(-1) ?? '';
  if (method === 'DELETE') return verdict('destroys', '`curl -X DELETE` deletes', url);
  const sends = args.some(
    (arg) =>
      /^(?:-d|-F|-T|--data(?:-\w+)?|--form|--upload-file|--json)(?:=|$)/.test(arg) ||
      /^-[dF]./.test(arg),
  );
  if (
    /^(?:POST|PUT|PATCH)$/.test(method) ||
    (sends && !/^(?:GET|HEAD)$/.test(method) && !args.includes('-G') && !args.includes('--get'))
  )
    return verdict('writes', `\`curl\` sends a ${method === '' ? 'POST' : method}`);
  const file = optionValue(args, /^(?:-[A-Za-z]*o|--output)$/);
  if (
    (file !== undefined && !HARMLESS_FILE.test(file)) ||
    args.some((arg) => /^(?:-[A-Za-z]*O[A-Za-z]*|--remote-name)$/.test(arg))
  )
    return verdict('writes', '`curl` saves a file');
  return verdict('reads', '`curl` sends a GET');
}

function judgeHttpie(args: readonly string[]): Judgement {
  const method = operands(args)[0] ?? '';
  if (method === 'DELETE')
    return verdict('destroys', '`http DELETE` deletes', operands(args)[1] ?? '');
  return /^(?:POST|PUT|PATCH)$/.test(method) || args.some((arg) => /^[\w-]+:?=/.test(arg))
    ? verdict('writes', '`http` sends data')
    : verdict('reads', '`http` sends a GET');
}

function judgeQuery(name: string, args: readonly string[], option: RegExp): Judgement | undefined {
  const queries = args.flatMap((arg, at) =>
    option.test(arg)
      ? [args[at + 1] ?? '']
      : /^--(?:command|execute|query)=/.test(arg)
        ? [arg.slice(arg.indexOf('=') + 1)]
        : /^-[ce]./.test(arg) && !option.test(arg)
          ? [arg.slice(2)]
          : [],
  );
  if (queries.length > 0) return judgeSql(queries.join(';\n'), name);
  if (args.some((arg) => /^(?:-l|--list|--version|-V)$/.test(arg)))
    return verdict('reads', `\`${name}\` only lists`);
  return undefined;
}
