import { listOf, readArguments, unquoted } from './arguments.ts';
import { baseName, findProgram } from './find.ts';
import { type Layer, layersOf } from './layers.ts';
import type { Program, Use } from './program.ts';

/** A program that reads a text once more, as code. */
export interface CodeReader {
  readonly program: string;
  readonly reads: 'shell' | 'code' | 'sed';
}

/** Which program reads the word at `index` of a command as code; `undefined` when none does. */
export function readerOfWord(words: readonly string[], index: number): CodeReader | undefined {
  for (const layer of layersOf(words)) {
    const from = words.length - own(layer).length;
    if (index <= from || layer.use === undefined) continue;
    const reads = readsArgument(layer.use, own(layer).slice(1), index - from - 1);
    if (reads !== undefined) return { program: layer.use.name, reads };
  }
  return behindUnknown(words, index);
}

/** Which program reads the standard input of a command as code; `undefined` when none does. */
export function readerOfInput(words: readonly string[]): CodeReader | undefined {
  const readers = layersOf(words).flatMap(({ use }) =>
    use?.program.code?.input === true ? [{ program: use.name, reads: use.program.code.reads }] : [],
  );
  return readers.at(-1);
}

/** What really stands in the layer: without what will be put behind it. */
function own({ words }: Layer): readonly string[] {
  return words.at(-1) === '$_' ? words.slice(0, -1) : words;
}

function readsArgument(
  { program, name }: Use,
  args: readonly string[],
  at: number,
): CodeReader['reads'] | undefined {
  const [arg = '', before = ''] = [args[at], args[at - 1]];
  const runsOptions = (program.runs ?? []).map(({ option = '' }) => option).join(' ');
  if (isValueOf(runsOptions, before, arg)) return 'shell';
  if (program.code !== undefined && isValueOf(program.code.options, before, arg))
    return program.code.reads;
  const position = operandAt(program, name, args, at);
  if (position === undefined) return undefined;
  const inner = readArguments(program, name, args.slice(0, at + 1));
  if (inner.runs?.shell === true && inner.inner !== undefined) return 'shell';
  const { operand, rest, reads } = program.code ?? {};
  if (operand === undefined) return undefined;
  const isGiven =
    listOf(program.code?.options).size > 0 && hasCodeOption(program, args.slice(0, at));
  const fits = rest === true ? position >= operand : position === operand;
  return fits && !isGiven ? reads : undefined;
}

function hasCodeOption(program: Program, args: readonly string[]): boolean {
  return args.some((arg, at) => isValueOf(program.code?.options, args[at - 1] ?? '', arg));
}

/** Whether a word is the value of one of the options: behind it, glued to it or behind its `=`. */
function isValueOf(options: string | undefined, before: string, arg: string): boolean {
  const bare = unquoted(arg);
  for (const option of listOf(options)) {
    if (before === option || bare.startsWith(`${option}=`)) return true;
    if (option.length !== 2 || option.startsWith('--')) continue;
    const isBundle = /^-[A-Za-z]+$/.test(before) && before.endsWith(option.slice(1));
    if (isBundle || (bare.startsWith(option) && bare.length > 2)) return true;
  }
  return false;
}

/** Which operand the argument at `at` is, counted from 0; `undefined` when it is none. */
function operandAt(
  program: Program,
  name: string,
  args: readonly string[],
  at: number,
): number | undefined {
  const count = (list: readonly string[]): number => {
    const { words, inner = [] } = readArguments(program, name, list);
    return words.length + inner.length;
  };
  const before = count(args.slice(0, at));
  return count(args.slice(0, at + 1)) === before + 1 ? before : undefined;
}

/** Behind a program that nobody knows, `sh -c` and its kin still hand on code. */
function behindUnknown(words: readonly string[], index: number): CodeReader | undefined {
  for (let at = 0; at < index; at += 1) {
    const { base } = baseName(words[at] ?? '');
    const code = findProgram(base)?.code;
    if (code?.options === undefined) continue;
    if (isValueOf(code.options, words[index - 1] ?? '', words[index] ?? ''))
      return { program: base, reads: code.reads };
  }
  return undefined;
}
