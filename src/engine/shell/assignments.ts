import type { ShellCommand } from '../model/shell-facts.ts';

const NAME = /^[A-Za-z_]\w*$/;
const READ_WITH_VALUE = new Set(['-d', '-i', '-n', '-N', '-p', '-t', '-u']);
const MAPFILE_WITH_VALUE = new Set(['-d', '-n', '-O', '-s', '-u', '-C', '-c']);

/** The variables that a builtin sets by being called. */
export function assignedByCommand(command: ShellCommand): readonly string[] {
  const { name, args } = command;
  switch (name) {
    case 'read':
      return readNames(args);
    case 'mapfile':
    case 'readarray':
      return [operands(args, MAPFILE_WITH_VALUE)[0] ?? 'MAPFILE'];
    case 'getopts':
      return [args[1] ?? '', 'OPTARG', 'OPTIND'];
    case 'printf':
      return args[0] === '-v' ? [args[1] ?? ''] : [];
    case 'wait': {
      const at = args.indexOf('-p');
      return at < 0 ? [] : [args[at + 1] ?? ''];
    }
    case 'let':
      return args.flatMap((arg) => /^([A-Za-z_]\w*)\s*(?:\W?=|\+\+|--)/.exec(arg)?.[1] ?? []);
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
      return args.flatMap(declared);
    case 'export':
      return args.filter((arg) => arg.includes('=')).flatMap(declared);
    case 'set':
      return args.some((arg) => arg === '--' || !/^[-+]/.test(arg)) ? positionals(args) : [];
    default:
      return [];
  }
}

/** Whether what the command sets cannot be told from its text. */
export function mayAssignAnything(command: ShellCommand): boolean {
  return /^(?:source|\.|eval)$/.test(command.name);
}

function readNames(args: readonly string[]): readonly string[] {
  const names = operands(args, READ_WITH_VALUE).filter((arg) => NAME.test(arg));
  return names.length > 0 ? names : ['REPLY'];
}

function operands(args: readonly string[], withValue: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (withValue.has(arg.replace(/^-[ersat]+(?=[dinNptu]$)/, '-'))) at += 1;
    else if (!arg.startsWith('-')) found.push(arg);
  }
  return found;
}

function declared(arg: string): readonly string[] {
  const name = /^([A-Za-z_]\w*)(?:$|\[|\+?=)/.exec(arg)?.[1];
  return name === undefined ? [] : [name];
}

function positionals(args: readonly string[]): readonly string[] {
  const values = args.slice(args.indexOf('--') + 1);
  return Array.from({ length: Math.max(values.length, 9) }, (_, index) => String(index + 1));
}
