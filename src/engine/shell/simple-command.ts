import type { ShellCommand } from '../model/shell-facts.ts';
import { useOf } from '../programs/layers.ts';
import { FOLDER, UMASK } from './bash-variables.ts';
import { guardBy } from './expansions.ts';
import type { ShellAssignment, ShellWord, SimpleCommand } from './grammar.ts';
import { feedOf, visitRedirection } from './redirections.ts';
import { textOf, valueOfWord, type Walk } from './walk-script.ts';
import { literalValue } from './words.ts';

/** A simple command, in the order bash reads it: words first, then what stands in front of them. */
export function visitCommand(walk: Walk, node: SimpleCommand): void {
  const bare = node.name === undefined;
  if (/^(?:\[|test)$/.test(node.name?.value ?? '')) guardByTest(walk, node);
  // `: > file` empties it as `> file` does, and `echo > file` leaves no more than a line's end.
  const empties =
    bare ||
    /^(?::|true)$/.test(node.name?.value ?? '') ||
    (node.name?.value === 'echo' && node.args.length === 0);
  if (node.name) walk.visit(node.name);
  for (const item of node.suffix) {
    if (item.type === 'Word') walk.visit(item);
    else if (item.type === 'Assignment') visitValue(walk, item);
    else visitRedirection(walk, item, empties);
  }
  for (const item of node.prefix) {
    if (item.type !== 'Assignment') visitRedirection(walk, item, bare);
    else if (bare) visitAssignment(walk, item);
    else {
      visitValue(walk, item);
      noteSetting(walk, item);
    }
  }
  if (node.name !== undefined) noteCommand(walk, node, node.name);
}

/** `NAME=value`, on its own or in front of nothing. */
export function visitAssignment(walk: Walk, node: ShellAssignment): void {
  visitValue(walk, node);
  walk.variables.assign(node.name);
  if (node.name === 'PS4') noteSetting(walk, node);
}

function visitValue(walk: Walk, node: ShellAssignment): void {
  if (node.index) walk.visit(node.index);
  walk.visit(node.value);
}

function noteCommand(walk: Walk, node: SimpleCommand, name: ShellWord): void {
  const command = describe(walk, node, name);
  if (!walk.again) {
    walk.commands.push(command);
    walk.watched.push(command);
  }
  const feed = feedOf(walk, node.redirects) ?? walk.feed;
  if (feed !== undefined) walk.fed.set(command, feed);
  if (command.name === 'alias') for (const text of command.args) noteAlias(walk, text);
  const isLocal = walk.inFunction > 0 && /^(?:local|declare|typeset)$/.test(command.name);
  for (const assigned of assignedByCommand(command)) {
    if (isLocal) walk.variables.local(assigned);
    else walk.variables.assign(assigned);
  }
  if (mayAssignAnything(command)) walk.variables.anythingMayBeSet();
  if (/^(?:source|\.)$/.test(command.name)) noteSource(walk, node);
}

function describe(walk: Walk, node: SimpleCommand, name: ShellWord): ShellCommand {
  const written = [name, ...node.args].map((word) =>
    word.type === 'Word' ? valueOfWord(walk, word) : textOf(walk, word),
  );
  const { sudo, words } = behindSudo(written);
  const first = literalValue(name) === undefined ? lookedUp(written[0]) : (words[0] ?? '');
  return {
    name: /[$`]/.test(first) ? '' : first,
    args: words.slice(1),
    line: walk.frame.lineOf(name.pos),
    conditional: walk.conditional > 0,
    sudo,
    ...(sudo && words.length < written.length - 1
      ? { as: written.slice(1, written.length - words.length) }
      : {}),
    ...(sudo && written[0]?.endsWith('doas') === true ? { doas: true } : {}),
  };
}

/** Takes `sudo` and its options off the front of a command's words, where a command stands behind them. */
function behindSudo(written: readonly string[]): {
  readonly sudo: boolean;
  readonly words: readonly string[];
} {
  if (!isSudo(written[0])) return { sudo: false, words: written };
  const inner = useOf(written)?.inner ?? [];
  return { sudo: true, words: inner.length > 0 ? inner : written };
}

const isSudo = (word = ''): boolean => word.length < 64 && /^(?:.*\/)?(?:sudo|doas)$/.test(word);

/** The program that `$(which rm)` finds; `''` for other words that only bash can tell. */
function lookedUp(word = ''): string {
  if (word.length > 64) return '';
  return /^"?(?:\$\(|`)(?:which|command -v|type -P) ([\w.+-]+)[)`]"?$/.exec(word)?.[1] ?? '';
}

function noteAlias(walk: Walk, text: string): void {
  const at = text.indexOf('=');
  if (at > 0) walk.aliases.set(text.slice(0, at), text.slice(at + 1));
}

function noteSetting(walk: Walk, { name, value }: ShellAssignment): void {
  if (walk.again || value.type !== 'Word') return;
  walk.settings.push({ name, value: valueOfWord(walk, value) });
}

function noteSource(walk: Walk, node: SimpleCommand): void {
  const file = node.args[0];
  const value = file?.type === 'Word' ? literalValue(file) : undefined;
  if (value !== undefined) walk.sources.add(value);
}

function guardByTest(walk: Walk, node: SimpleCommand): void {
  const words = node.args.filter((word) => word.type === 'Word');
  words.forEach((word, index) => {
    const operand = words[index + 1];
    if (operand !== undefined) guardBy(walk, word.value, operand);
  });
}

const NAME = /^[A-Za-z_]\w*$/;
const READ_WITH_VALUE = new Set(['-d', '-i', '-n', '-N', '-p', '-t', '-u']);
const MAPFILE_WITH_VALUE = new Set(['-d', '-n', '-O', '-s', '-u', '-C', '-c']);

/** The variables that a builtin sets by being called. */
function assignedByCommand(command: ShellCommand): readonly string[] {
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
    // The folder and the mask are state of the shell as its variables are.
    case 'cd':
    case 'pushd':
    case 'popd':
      return [FOLDER];
    case 'umask':
      return args.some((arg) => !arg.startsWith('-')) ? [UMASK] : [];
    case 'set':
      return args.some((arg) => arg === '--' || !/^[-+]/.test(arg)) ? positionals(args) : [];
    default:
      return [];
  }
}

/** Whether what the command sets cannot be told from its text. */
function mayAssignAnything(command: ShellCommand): boolean {
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

/** A word with a substitution stands here with its quotes: `export "NAME=$(…)"`. */
function declared(arg: string): readonly string[] {
  const word = arg.startsWith('"') ? arg.slice(1) : arg;
  const name = /^([A-Za-z_]\w*)(?:$|\[|\+?=)/.exec(word)?.[1];
  return name === undefined ? [] : [name];
}

function positionals(args: readonly string[]): readonly string[] {
  const values = args.slice(args.indexOf('--') + 1);
  return Array.from({ length: Math.max(values.length, 9) }, (_, index) => String(index + 1));
}
