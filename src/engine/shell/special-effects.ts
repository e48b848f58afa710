import { operands, optionValue } from './arguments.ts';
import { ONLY_READ } from './effect-table.ts';
import { isHarmlessFile, type Judgement, NOTHING, verdict } from './judgement.ts';
import { judgeSql } from './sql-effect.ts';

type JudgeArguments = (args: readonly string[]) => Judgement | undefined;

/** Judges commands whose arguments need more than rules; `undefined`: the tables know. */
export function judgeSpecially(name: string, args: readonly string[]): Judgement | undefined {
  return Object.hasOwn(SPECIAL, name) ? SPECIAL[name]?.(args) : undefined;
}

const SPECIAL: Readonly<Record<string, JudgeArguments>> = {
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
    operands(args).every((file) => isHarmlessFile(file))
      ? NOTHING
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
    (file !== undefined && !isHarmlessFile(file)) ||
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
