import type { CharTest } from './regex-class.ts';
import { type Assertion, parseRegex, type RegexNode } from './regex-syntax.ts';

/** A regular expression that is matched in linear time. */
export interface LinearRegex {
  /** Whether the whole text is matched: `^(?:…)$`. */
  matches(text: string): boolean;
  /** Whether any part of the text is matched. */
  finds(text: string): boolean;
}

/**
 * Compiles a regular expression for matching in time proportional to text × pattern, whatever both are: all ways through
 * the pattern are followed at once (Thompson 1968), so an expectation can never hang a run, and no clock decides
 * a verdict. Throws a SyntaxError with one phrase for what the pattern may not hold.
 */
export function compileRegex(source: string): LinearRegex {
  const program: Instruction[] = [];
  emit(program, parseRegex(source));
  program.push({ op: 'accept' });
  return {
    matches: (text) => simulate(program, text, true),
    finds: (text) => simulate(program, text, false),
  };
}

type Instruction =
  | { readonly op: 'char'; readonly test: CharTest }
  | { readonly op: 'split'; readonly to: readonly number[] }
  | { readonly op: 'assert'; readonly what: Assertion }
  | { readonly op: 'accept' };

const MAX_INSTRUCTIONS = 20_000;

function emit(program: Instruction[], node: RegexNode): void {
  if (program.length > MAX_INSTRUCTIONS)
    throw new SyntaxError('too many repetitions of repetitions');
  if (node.kind === 'char') program.push({ op: 'char', test: node.test });
  else if (node.kind === 'assert') program.push({ op: 'assert', what: node.what });
  else if (node.kind === 'all') for (const item of node.items) emit(program, item);
  else if (node.kind === 'any') emitAny(program, node.items);
  else emitRepeat(program, node);
}

function emitAny(program: Instruction[], items: readonly RegexNode[]): void {
  const fork = program.push({ op: 'split', to: [] }) - 1;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const item of items) {
    starts.push(program.length);
    emit(program, item);
    ends.push(program.push({ op: 'split', to: [] }) - 1);
  }
  program[fork] = { op: 'split', to: starts };
  for (const end of ends) program[end] = { op: 'split', to: [program.length] };
}

function emitRepeat(
  program: Instruction[],
  node: Extract<RegexNode, { readonly kind: 'repeat' }>,
): void {
  for (let count = 0; count < node.min; count += 1) emit(program, node.item);
  if (node.max === Number.POSITIVE_INFINITY) {
    const fork = program.push({ op: 'split', to: [] }) - 1;
    emit(program, node.item);
    program.push({ op: 'split', to: [fork] });
    program[fork] = { op: 'split', to: [fork + 1, program.length] };
    return;
  }
  const forks: number[] = [];
  for (let count = node.min; count < node.max; count += 1) {
    forks.push(program.push({ op: 'split', to: [] }) - 1);
    emit(program, node.item);
  }
  for (const fork of forks) program[fork] = { op: 'split', to: [fork + 1, program.length] };
}

function simulate(program: readonly Instruction[], text: string, whole: boolean): boolean {
  const seen = new Int32Array(program.length).fill(-1);
  let waiting: number[] = [];
  let before = -1;
  let index = 0;
  for (let step = 0; ; step += 1) {
    const after = index < text.length ? (text.codePointAt(index) ?? -1) : -1;
    if (step === 0 || !whole) waiting.push(0);
    const chars = reach(program, waiting, seen, step, before, after);
    if (chars.accepted && (!whole || after === -1)) return true;
    if (after === -1 || (whole && chars.at.length === 0)) return false;
    waiting = [];
    for (const at of chars.at) {
      const instruction = program[at];
      if (instruction?.op === 'char' && instruction.test(after)) waiting.push(at + 1);
    }
    before = after;
    index += after > 0xffff ? 2 : 1;
  }
}

/** Follows everything that takes no character; returns the instructions that wait for one. */
function reach(
  program: readonly Instruction[],
  from: number[],
  seen: Int32Array,
  step: number,
  before: number,
  after: number,
): { readonly at: readonly number[]; readonly accepted: boolean } {
  const at: number[] = [];
  let accepted = false;
  while (from.length > 0) {
    const next = from.pop() ?? 0;
    const instruction = program[next];
    if (!instruction || seen[next] === step) continue;
    seen[next] = step;
    if (instruction.op === 'char') at.push(next);
    else if (instruction.op === 'accept') accepted = true;
    else if (instruction.op === 'split') from.push(...instruction.to);
    else if (holds(instruction.what, before, after)) from.push(next + 1);
  }
  return { at, accepted };
}

const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  (code >= 97 && code <= 122);

function holds(what: Assertion, before: number, after: number): boolean {
  if (what === 'start') return before === -1;
  if (what === 'end') return after === -1;
  if (what === 'line-start') return before === -1 || before === 10;
  if (what === 'line-end') return after === -1 || after === 10;
  return (isWord(before) !== isWord(after)) === (what === 'word-edge');
}
