import type { ArgumentSpec, CommandSpec, CommandTable, OptionSpec } from './command.ts';

/** The screen of `handrail --help`. */
export function mainHelp({ commands }: CommandTable): string {
  const asides = commands.filter(({ aside }) => aside === true);
  const named = commands.filter(({ aside }) => aside !== true);
  return [
    'handrail — the runbook you already have, run for real',
    '',
    ...columns(named.map(({ name, summary }) => [name, summary])),
    ...also(asides.map(({ name }) => name)),
    '',
    'Begin with `handrail show FILE`, then `handrail run FILE`, then `handrail log`.',
    '`handrail help COMMAND` shows one command; `--version` prints the version.',
    '',
  ].join('\n');
}

const WIDEST_LINE = 80;

/** Names of what is seldom typed, on as few lines as they fit. */
function also(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [at, name] of names.entries()) {
    const word = at === names.length - 1 ? name : `${name},`;
    const last = lines.at(-1);
    if (last === undefined) lines.push(`  Also: ${word}`);
    else if (last.length + 1 + word.length <= WIDEST_LINE)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`        ${word}`);
  }
  return lines;
}

/** The screen of one command. */
export function commandHelp(command: CommandSpec, { common }: CommandTable): string {
  const parts = [
    `handrail ${command.name} — ${command.summary}`,
    '',
    `Usage: ${usageLine(command)}`,
    ...section('', command.arguments.map(argumentRow)),
    ...section('Options', [...command.options, ...common].map(optionRow)),
    ...section(
      'Examples',
      command.examples.map(([line, purpose]) => [line, purpose]),
    ),
  ];
  return `${parts.join('\n')}\n`;
}

/** How a command is called, in one line. */
export function usageLine(command: CommandSpec): string {
  const words = command.arguments.map((spec) => {
    const name = spec.many ? `${spec.name}…` : spec.name;
    return spec.required ? name : `[${name}]`;
  });
  return ['handrail', command.name, ...words, '[options]'].join(' ');
}

function argumentRow(spec: ArgumentSpec): [string, string] {
  return [spec.name, spec.summary];
}

function optionRow(spec: OptionSpec): [string, string] {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  const value =
    spec.value === undefined ? '' : ` ${spec.optional ? `[${spec.value}]` : spec.value}`;
  return [
    `${short}--${spec.name}${value}`,
    spec.many ? `${spec.summary}; repeatable` : spec.summary,
  ];
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  return ['', ...(title === '' ? [] : [`${title}:`]), ...columns(rows)];
}

const WIDEST_NAME = 44;

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const wide = Math.min(WIDEST_NAME, Math.max(...rows.map(([name]) => name.length)));
  return rows.map(([name, text]) => `  ${name.padEnd(wide)}  ${text}`);
}
