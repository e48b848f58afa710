import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StandIn } from './test-words.ts';

/** Where stand-ins stand, and where they say what was asked of them. */
export interface StandInFolder {
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
export function writeStandIn(
  name: string,
  entries: readonly StandIn[],
  bash: string,
  where: StandInFolder,
): void {
  const script = [
    `#!${bash}`,
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

/** A command that runs as it is. */
export function linkReal(name: string, target: string, { bin }: StandInFolder): void {
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
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
