import type { TranscriptEntry } from '../model/block.ts';

/** A fence's text with its prompts taken off; every line keeps its number. */
export interface Transcript {
  /** Commands only: lines of output are empty. */
  readonly text: string;
  readonly entries: readonly TranscriptEntry[];
}

const USER_HOST =
  /^\s*(?:\([\w.-]+\)\s*)?(?:\[[\w.-]+@[\w.-]+[^\]\n]{0,60}\]|[\w.-]+@[\w.-]+(?::?[^\s$#%]{0,80}|\s~|:?\s\S{1,40}))\s?[$#%]\s+(?=\S)/;
const PROMPTS: readonly RegExp[] = [
  /^\s*\$[ \t]+(?=\S)/,
  USER_HOST,
  /^\s*(?:sh|bash|ash|zsh)-[\d.]+[$#]\s+(?=\S)/,
  /^\s*[❯➜»›]\s+(?=\S)/,
  /^(?:[\w.-]{1,30}|\([\w.-]+\)) ?\$[ \t]+(?=[a-z./~])/,
];
const ROOT_PROMPT = /^#[ \t]+(?=[a-z./])/;
const OTHER_PROMPTS: readonly RegExp[] = [/^%[ \t]+(?=[a-z./])/, /^>[ \t]+(?=[a-z./])/];

/**
 * Takes a transcript apart: prompted lines and their continuations are commands, the lines below
 * their output. `undefined` when the text has no prompts. `isCommand` judges text behind a bare `#`,
 * `%` or `>`, which are comments, quotes and redirections elsewhere.
 */
export function readTranscript(
  text: string,
  isCommand: (line: string) => boolean,
): Transcript | undefined {
  const lines = text.split('\n');
  const prompts = promptsOf(lines, isCommand);
  if (prompts.length === 0) return undefined;
  const out = lines.map(() => '');
  const entries: TranscriptEntry[] = [];
  let output: string[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const command = stripped(line, prompts);
    if (command === undefined) {
      if (isCommentBetween(lines, index, prompts)) out[index] = line;
      else if (entries.length > 0) output.push(line);
      index += 1;
      continue;
    }
    closeEntry(entries, output);
    output = [];
    const end = commandEnd(lines, index, command, prompts);
    const parts = [
      command,
      ...lines.slice(index + 1, end).map((part) => continuation(part, prompts)),
    ];
    for (const [at, part] of parts.entries()) out[index + at] = part;
    entries.push({ line: index, command: parts.join('\n'), output: '', exitCode: null });
    index = end;
  }
  closeEntry(entries, output);
  return { text: out.join('\n').replace(/\n+$/, ''), entries };
}

function promptsOf(
  lines: readonly string[],
  isCommand: (line: string) => boolean,
): readonly RegExp[] {
  const sure = PROMPTS.filter((prompt) => lines.some((line) => prompt.test(line)));
  if (sure.length > 0) return sure;
  const filled = lines.filter((line) => line.trim() !== '');
  const other = OTHER_PROMPTS.filter((prompt) => {
    const first = filled[0] ?? '';
    return prompt.test(first) && isCommand(first.replace(prompt, ''));
  });
  if (other.length > 0) return other;
  return rootPrompted(filled, isCommand) ? [ROOT_PROMPT] : [];
}

/** `# cmd` lines are prompts only when each reads as a command and none of the other lines does. */
function rootPrompted(filled: readonly string[], isCommand: (line: string) => boolean): boolean {
  if (!ROOT_PROMPT.test(filled[0] ?? '')) return false;
  const prompted = filled.filter((line) => line.startsWith('#'));
  const others = filled.filter((line) => !line.startsWith('#'));
  return (
    others.length > 0 &&
    prompted.every((line) => ROOT_PROMPT.test(line) && isCommand(line.replace(ROOT_PROMPT, ''))) &&
    !others.some((line) => isCommand(line))
  );
}

function stripped(line: string, prompts: readonly RegExp[]): string | undefined {
  for (const prompt of prompts) {
    const match = prompt.exec(line);
    if (match) return line.slice(match[0].length);
  }
  return undefined;
}

function isCommentBetween(
  lines: readonly string[],
  index: number,
  prompts: readonly RegExp[],
): boolean {
  if (!/^\s*#(?:\s|$)/.test(lines[index] ?? '')) return false;
  let next = index + 1;
  while (next < lines.length && /^\s*(?:#.*)?$/.test(lines[next] ?? '')) next += 1;
  return next < lines.length && stripped(lines[next] ?? '', prompts) !== undefined;
}

/** Index after the last line of a command: backslashes, open quotes and here-documents go on. */
function commandEnd(
  lines: readonly string[],
  start: number,
  command: string,
  prompts: readonly RegExp[],
): number {
  let text = command;
  let end = start + 1;
  while (end < lines.length && end - start < 400) {
    const next = lines[end] ?? '';
    if (stripped(next, prompts) !== undefined) break;
    const document = /<<-?\s*\\?["']?(\w+)["']?/.exec(text);
    const goesOn =
      /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ||
      /^\s*> /.test(next) ||
      (document !== null &&
        !new RegExp(`^\\s*(?:> )?${document[1]}\\s*$`, 'm').test(
          text.slice(document.index + document[0].length),
        )) ||
      (hasOpenQuote(text) && closesLater(lines, end, text, prompts));
    if (!goesOn) break;
    text += `\n${continuation(next, prompts)}`;
    end += 1;
  }
  return end;
}

function closesLater(
  lines: readonly string[],
  from: number,
  text: string,
  prompts: readonly RegExp[],
): boolean {
  let whole = text;
  for (let at = from; at < Math.min(lines.length, from + 40); at += 1) {
    if (stripped(lines[at] ?? '', prompts) !== undefined) return false;
    whole += `\n${lines[at]}`;
    if (!hasOpenQuote(whole)) return true;
  }
  return false;
}

function continuation(line: string, prompts: readonly RegExp[]): string {
  return prompts.some((prompt) => prompt.source.startsWith('^>'))
    ? line
    : line.replace(/^\s*> /, '');
}

/** Whether a quote is still open at the end of the text. */
export function hasOpenQuote(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /(?:^|\s)$/.test(text.slice(Math.max(0, at - 1), at))) {
      const newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length : newline;
    }
  }
  return quote !== '';
}

function closeEntry(entries: TranscriptEntry[], output: readonly string[]): void {
  const last = entries.pop();
  if (!last) return;
  const lines = [...output];
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  const exit = /^\[(\d{1,3})\]$/.exec(lines.at(-1) ?? '');
  if (exit) lines.pop();
  while (lines.length > 0 && lines[0]?.trim() === '') lines.shift();
  entries.push({ ...last, output: lines.join('\n'), exitCode: exit ? Number(exit[1]) : null });
}
