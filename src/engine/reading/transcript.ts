import type { TranscriptEntry } from '../model/block.ts';
import { readsOn } from '../shell/reads-on.ts';
import { type Prompt, promptOf, type ReadsAs } from './prompts.ts';

/** A fence's text with its prompts taken off; every line keeps its number. */
export interface Transcript {
  /** Commands only: lines of output are empty. */
  readonly text: string;
  readonly entries: readonly TranscriptEntry[];
  /** 0-based line of a command that never finishes: nothing of the session may be run as it stands. */
  readonly unfinished: number | undefined;
}

/** Lines that one command may have, and letters of a fence that are read to find where its commands end. */
const MAX_COMMAND_LINES = 400;
const MAX_READ_CHARS = 4_000_000;

/** Lines without the indentation that all of them have: a session may stand indented as a whole, as cram's do. */
function undented(lines: readonly string[]): readonly string[] {
  const said = lines.filter((line) => line.trim() !== '');
  const depth = Math.min(...said.map((line) => line.length - line.trimStart().length));
  if (said.length === 0 || depth === 0) return lines;
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(depth)));
}

/**
 * Takes a session apart: a line is a command behind the fence's prompt, or where bash itself still reads the command in
 * front of it; all else is output. A prompt without a command ends the output above it. `undefined` when the text has no
 * prompt.
 */
export function readTranscript(
  text: string,
  readsAs: ReadsAs,
  isSession = false,
  isShell = isSession,
): Transcript | undefined {
  const lines = undented(text.split('\n'));
  const prompt = promptOf(lines, readsAs, isSession, isShell);
  if (prompt === undefined) return undefined;
  const typed = lines.map((line) => prompt.typed(line));
  const beforePrompt = leadsToPrompt(lines, typed);
  const finish = commandFinisher(lines, typed, prompt);
  const out = lines.map(() => '');
  const entries: TranscriptEntry[] = [];
  let output: string[] | undefined;
  let unfinished: number | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const command = typed[index];
    if (command === undefined) {
      const isComment = beforePrompt[index] === true && /^\s*#/.test(line);
      if (isComment) out[index] = line;
      if (!isComment) output?.push(line);
      else if ((output?.at(-1) ?? '').trim() !== '') output?.push(`${line} (?)`);
      continue;
    }
    closeEntry(entries, output);
    output = undefined;
    if (command.trim() === '') continue;
    const { parts, finished } = finish(index, command);
    if (!finished) unfinished ??= index;
    for (const [at, part] of parts.entries()) out[index + at] = part;
    entries.push({ line: index, command: parts.join('\n'), output: '', exitCode: null });
    output = [];
    index += parts.length - 1;
  }
  closeEntry(entries, output);
  if (entries.length === 0) return undefined;
  return { text: out.join('\n').replace(/(?<!\n)\n+$/, ''), entries, unfinished };
}

/** Which lines are comments or blank and have nothing else between them and the next prompt. */
function leadsToPrompt(
  lines: readonly string[],
  typed: readonly (string | undefined)[],
): readonly boolean[] {
  const leads = lines.map(() => false);
  for (let at = lines.length - 2; at >= 0; at -= 1) {
    const isNext = typed[at + 1] !== undefined || leads[at + 1] === true;
    leads[at] = isNext && typed[at] === undefined && /^\s*(?:#(?:\s.*)?)?$/.test(lines[at] ?? '');
  }
  return leads;
}

interface Command {
  readonly parts: readonly string[];
  readonly finished: boolean;
}

/** Finds the lines of the command that begins at a line, second prompts taken off. */
function commandFinisher(
  lines: readonly string[],
  typed: readonly (string | undefined)[],
  prompt: Prompt,
): (start: number, command: string) => Command {
  let readable = MAX_READ_CHARS;
  const goesOn = (text: string): boolean => {
    readable -= text.length;
    return readable < 0 || readsOn(text);
  };
  return (start, command) => {
    const parts = [command];
    if (!goesOn(command)) return { parts, finished: true };
    const arrows = !prompt.isArrow && isArrow(lines[start + 1] ?? '');
    const until = Math.min(lines.length, start + MAX_COMMAND_LINES);
    for (let at = start + 1; at < until && typed[at] === undefined; at += 1) {
      const line = lines[at] ?? '';
      parts.push(arrows && isArrow(line) ? line.replace(/^\s*> ?/, '') : line);
      if (!goesOn(parts.join('\n'))) return { parts, finished: true };
    }
    return { parts, finished: false };
  };
}

const isArrow = (line: string): boolean => /^\s*>(?: |$)/.test(line);

function closeEntry(entries: TranscriptEntry[], output: readonly string[] | undefined): void {
  const last = entries.at(-1);
  if (last === undefined || output === undefined) return;
  const lines = [...output];
  // The first line of a prompt of two.
  while (/^\s*(?:[┌╭]─.*)?$/.test(lines.at(-1) ?? 'x')) lines.pop();
  const exit = /^\[(\d{1,3})\]$/.exec(lines.at(-1) ?? '');
  if (exit) lines.pop();
  entries[entries.length - 1] = {
    ...last,
    output: lines.join('\n'),
    exitCode: exit ? Number(exit[1]) : null,
  };
}
