import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { hasCommand } from '../../process/commands-on-path.ts';
import type { RunbookTest, StandIn, TestFile } from './test-words.ts';

/** The folder in which one test runs, and nothing outside of it. */
export interface Scratch extends StandInFolder {
  /** Where the runbook stands and its steps run. */
  readonly page: string;
  readonly runbook: string;
  readonly state: string;
  /** The whole environment of the test. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets commands that nothing stands in for be there: each refuses the call that is made of it, and names it. */
  refuseCalls(names: readonly string[]): void;
  remove(): void;
}

/** Makes the folder: the runbook and what it links to, the test's files, its stand-ins and a PATH of nothing else. */
export function makeScratch(
  runbook: string,
  linked: readonly string[],
  shared: TestFile,
  test: RunbookTest,
  path_: string,
): Scratch {
  const root = mkdtempSync(path.join(tmpdir(), 'handrail-try-'));
  const at = (name: string): string => path.join(root, name);
  for (const name of ['page', 'bin', 'home', 'tmp', 'state', 'counts']) mkdirSync(at(name));
  const folder = path.dirname(runbook);
  for (const file of [runbook, ...linked]) copyInto(at('page'), folder, file);
  for (const [name, text] of Object.entries(test.files ?? {})) writeInto(at('page'), name, text);
  const where = {
    bin: at('bin'),
    calls: at('calls'),
    missing: at('missing'),
    counts: at('counts'),
  };
  const bash = realOf('bash', path_);
  for (const name of ['bash', 'sh']) writeShell(name, bash, root, where);
  for (const [name, entries] of standInsOf(shared, test)) writeStandIn(name, entries, bash, where);
  for (const name of new Set([...(shared.real ?? []), ...(test.real ?? [])]))
    if (!existsSync(path.join(where.bin, name))) linkReal(name, realOf(name, path_), where);
  if (Object.hasOwn(test.env ?? {}, 'PATH'))
    throw new HandrailError('CONFIGURATION', {
      message:
        'A test has a PATH of its own, with stand-ins alone: write commands that may run as they are under `real`.',
    });
  const own = Object.entries(test.env ?? {}).map(([name, value]) => [name, String(value)] as const);
  return {
    ...where,
    page: at('page'),
    runbook: path.join(at('page'), path.basename(runbook)),
    state: at('state'),
    env: {
      PATH: where.bin,
      HOME: at('home'),
      TMPDIR: at('tmp'),
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      USER: 'tester',
      ...Object.fromEntries(own),
    },
    refuseCalls: (names) => {
      for (const name of new Set(names))
        if (!hasCommand(name, { PATH: where.bin })) writeStandIn(name, [], bash, where);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A test's own entries answer before those of all tests. */
function standInsOf(shared: TestFile, test: RunbookTest): ReadonlyMap<string, readonly StandIn[]> {
  const entries = new Map<string, readonly StandIn[]>();
  for (const commands of [test.commands ?? {}, shared.commands ?? {}])
    for (const [name, list] of Object.entries(commands))
      entries.set(name, [...(entries.get(name) ?? []), ...list]);
  return entries;
}

function realOf(name: string, path_: string): string {
  const found = commandOnPath(name, path_);
  if (found !== undefined) return found;
  throw new HandrailError('CONFIGURATION', {
    message: `\`${name}\` is to run as it is, and is not on the PATH of this machine.`,
  });
}

function copyInto(page: string, folder: string, file: string): void {
  const relative = path.relative(folder, file);
  if (relative.startsWith('..'))
    throw new HandrailError('CONFIGURATION', {
      message: `\`${file}\` stands outside of \`${folder}\`: a test runs what is below the folder of its runbook.`,
    });
  mkdirSync(path.dirname(path.join(page, relative)), { recursive: true });
  copyFileSync(file, path.join(page, relative));
}

function writeInto(page: string, name: string, text: string): void {
  const file = path.resolve(page, name);
  if (path.relative(page, file).startsWith('..'))
    throw new HandrailError('CONFIGURATION', {
      message: `The file \`${name}\` would stand outside of the scratch folder.`,
    });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Where a command of that name stands on a PATH, links followed; `undefined` when it is not there. */
function commandOnPath(name: string, path_: string): string | undefined {
  for (const folder of path_.split(path.delimiter)) {
    if (folder === '') continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return realpathSync(file);
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/** Where stand-ins stand, and where they say what was asked of them. */
interface StandInFolder {
  /** All that is on the PATH. */
  readonly bin: string;
  /** Every call of a stand-in, one a line, as it would be typed. */
  readonly calls: string;
  /** Calls that nothing stands in for. */
  readonly missing: string;
  /** How often an entry has answered. */
  readonly counts: string;
}

/** Writes one stand-in: a bash script of builtins alone, that answers its calls and writes them down. */
function writeStandIn(
  name: string,
  entries: readonly StandIn[],
  bash: string,
  where: StandInFolder,
): void {
  const script = [
    // It takes over neither functions nor start-up files of who calls it.
    `#!${bash} -p`,
    `printf -v said '%q ' ${quoted(name)} "$@"; said=\${said% }`,
    `printf '%s\\n' "$said" >> ${quoted(where.calls)}`,
    ...entries.flatMap((entry, at) => answerOf(entry, `${name}-${at}`, where)),
    `printf '%s\\n' "$said" >> ${quoted(where.missing)}`,
    `printf 'nothing stands in for: %s\\n' "$said" >&2`,
    'exit 127',
    '',
  ].join('\n');
  const file = path.join(where.bin, name);
  writeFileSync(file, script);
  chmodSync(file, 0o700);
}

/**
 * Bash as it is, but for what would lead it off its PATH: that is read-only, whichever way a script comes to set it, and
 * no table of names has another place for a command.
 */
function writeShell(name: string, bash: string, root: string, { bin }: StandInFolder): void {
  const guard = path.join(root, `guard-${name}`);
  const settings = [
    'unset -v BASH_ENV',
    'set +h',
    'readonly PATH',
    'enable -n enable',
    ...(name === 'sh' ? ['set -o posix'] : []),
  ];
  writeFileSync(guard, `${settings.join('\n')}\n`);
  const file = path.join(bin, name);
  writeFileSync(file, `#!${bash} -p\nBASH_ENV=${quoted(guard)} exec ${quoted(bash)} "$@"\n`);
  chmodSync(file, 0o700);
}

/** A command that runs as it is. */
function linkReal(name: string, target: string, { bin }: StandInFolder): void {
  symlinkSync(target, path.join(bin, name));
}

function answerOf(
  { args, output = '', error = '', exit = 0, times, files = {} }: StandIn,
  id: string,
  { counts }: StandInFolder,
): readonly string[] {
  const counter = quoted(path.join(counts, id));
  const isOpen =
    times === undefined
      ? ''
      : `; n=0; [ -e ${counter} ] && n=$(< ${counter}); [ "$n" -lt ${times} ]`;
  return [
    `if ${matching(args)}${isOpen}; then`,
    ...(times === undefined ? [] : [`  printf '%s' $((n + 1)) > ${counter}`]),
    ...Object.entries(files).map(
      ([file, text]) => `  printf '%s' ${quoted(text)} > ${quoted(file)}`,
    ),
    ...(output === '' ? [] : [`  printf '%s' ${quoted(withEnd(output))}`]),
    ...(error === '' ? [] : [`  printf '%s' ${quoted(withEnd(error))} >&2`]),
    `  exit ${exit}`,
    'fi',
  ];
}

/** A command prints whole lines. */
const withEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** `*` stands for any one argument, `...` at the end for any more. */
function matching(args: StandIn['args']): string {
  if (args === undefined) return 'true';
  const wanted = args.map(String);
  const isOpen = wanted.at(-1) === '...';
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  const each = fixed.flatMap((one, at) =>
    one === '*' ? [] : [`[[ \${${at + 1}-} == ${quoted(one)} ]]`],
  );
  return [`[ $# ${isOpen ? '-ge' : '-eq'} ${fixed.length} ]`, ...each].join(' && ');
}

/** A word that bash reads as that text and nothing else. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
