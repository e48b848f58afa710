import type { Feed, Option, Program, Runs, Use } from './program.ts';

/** Words of a list that is separated by blanks, read once. */
export function listOf(text: string | undefined): ReadonlySet<string> {
  if (text === undefined || text === '') return NONE;
  let list = lists.get(text);
  if (list === undefined) {
    list = new Set(text.split(/\s+/).filter(Boolean));
    lists.set(text, list);
  }
  return list;
}

const NONE: ReadonlySet<string> = new Set();
const lists = new Map<string, ReadonlySet<string>>();

/** An assignment in front of a command. */
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/** Reads the arguments of a program as that program does. */
export function readArguments(
  program: Program,
  name: string,
  args: readonly string[],
  feed?: Feed,
): Use {
  const values = listOf(program.values);
  const words: string[] = [];
  const options: Option[] = [];
  let runs: Runs | undefined;
  let at = 0;
  for (; at < args.length; at += 1) {
    const arg = unquoted(args[at] ?? '');
    if (arg === '--') {
      at += 1;
      runs = runsBehind(program, words, options, true);
      if (runs === undefined) words.push(...args.slice(at));
      break;
    }
    runs = isOption(arg) ? undefined : runsBehind(program, words, options, false);
    if (runs?.environment === true && ASSIGNMENT.test(arg)) options.push({ name: '=', value: arg });
    else if (runs !== undefined) break;
    else if (!isOption(arg)) words.push(args[at] ?? '');
    else if (listOf(program.pairs).has(arg)) {
      options.push({ name: arg, value: args[at + 2] ?? '' });
      at += 2;
    } else at += readOption(arg, args[at + 1], program, values, options) ? 1 : 0;
  }
  const rest = runs === undefined ? [] : args.slice(at);
  const opened = runs ?? (rest.length > 0 ? undefined : runsBehind(program, words, options, true));
  const inner = opened === undefined ? undefined : rest;
  return { program, name, args, words, options, inner, runs: opened, feed };
}

/** Whether an argument is an option; a variable that is named for options may be one. */
function isOption(arg: string): boolean {
  return arg.length > 1 && arg.startsWith('-');
}

/** Reads one option; `true` when it took the argument behind it as its value. */
function readOption(
  arg: string,
  next: string | undefined,
  program: Program,
  values: ReadonlySet<string>,
  options: Option[],
): boolean {
  const takes = (name: string): boolean => values.has(name);
  const equals = arg.indexOf('=');
  const isLong = arg.startsWith('--') || program.longDash === true;
  if (isLong && equals > 0) {
    options.push({ name: arg.slice(0, equals), value: unquoted(arg.slice(equals + 1)) });
    return false;
  }
  if (isLong || takes(arg)) {
    const valued = takes(arg);
    options.push({ name: arg, value: valued ? unquoted(next ?? '') : '' });
    return valued;
  }
  for (let at = 1; at < arg.length; at += 1) {
    const name = `-${arg[at]}`;
    if (listOf(program.secrets).has(`${name}…`)) {
      options.push({ name, value: unquoted(arg.slice(at + 1)) });
      return false;
    }
    if (!takes(name)) {
      options.push({ name, value: '' });
      continue;
    }
    const glued = arg.slice(at + 1);
    options.push({ name, value: unquoted(glued === '' ? (next ?? '') : glued) });
    return glued === '';
  }
  return false;
}

function runsBehind(
  program: Program,
  words: readonly string[],
  options: readonly Option[],
  atDashes: boolean,
): Runs | undefined {
  const has = (list: string | undefined): boolean =>
    options.some(({ name }) => listOf(list).has(name));
  return program.runs?.find((runs) => {
    const { under = '', after = 0, option, dashes } = runs;
    if (option !== undefined || (dashes === true && !atDashes)) return false;
    if (has(runs.unless) || (runs.with !== undefined && !has(runs.with))) return false;
    const path = under === '' ? [] : under.split(' ');
    if (!path.every((part, at) => part.split('|').includes(words[at] ?? ''))) return false;
    return atDashes ? words.length >= path.length : words.length === path.length + after;
  });
}

/** A word without the quotes around it: what holds an expansion keeps its source text. */
export function unquoted(arg: string): string {
  return /^"[^"]*"$/.test(arg) ? arg.slice(1, -1) : arg;
}
