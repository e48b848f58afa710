import type { EnteredSession, TranscriptEntry } from '../model/block.ts';
import type { ShellCommand, ShellFacts } from '../model/shell-facts.ts';
import { readsAsCommand } from './shell-words.ts';

/**
 * The session that a fence goes on in: no shell of ours can say there what stands below (`ssh web-1`, then what to type on
 * that host). `undefined` when every session of it is the last of its lines, when the fence names several ways to open one,
 * and in the file of a script, whose author knows what runs where.
 */
export function enteredSession(
  text: string,
  facts: ShellFacts,
  transcript: readonly TranscriptEntry[],
): EnteredSession | undefined {
  if (facts.shebang !== null) return undefined;
  const lines = text.split('\n');
  const opening = facts.sessions.filter(({ conditional }) => !conditional);
  const isOnly = facts.commands.every((command) =>
    facts.sessions.some(({ name, line }) => name === command.name && line === command.line),
  );
  for (const command of opening) {
    const end = lastLineOf(lines, command.line);
    const below = lines.findIndex((line, at) => at > end && !/^\s*(?:#.*)?$/.test(line));
    const isAnswered = transcript.some(
      ({ line, output }) =>
        line === command.line &&
        // What is typed on a host is a shell's; the words of a store are nobody's to tell from its answers.
        (command.name === 'ssh' ? output.split('\n').some(mayBeTyped) : output !== ''),
    );
    if (
      !isAnswered &&
      (below < 0 || (isApart(lines, below) && (isOnly || opensAgain(facts, command))))
    )
      continue;
    return { line: command.line, command: textOf(command) };
  }
  return undefined;
}

/** What a host says when somebody logs in is nothing that is typed there: "Last login: …", its prompt. */
const mayBeTyped = (line: string): boolean =>
  /[$#%>]\s+\S/.test(line) || (/\p{L}/u.test(line) && readsAsCommand(line, NO_TOOLS) !== 'no');

const NO_TOOLS: ReadonlySet<string> = new Set();

/** A command goes on behind a backslash at a line's end. */
function lastLineOf(lines: readonly string[], line: number): number {
  let end = line;
  while (lines[end]?.endsWith('\\') === true) end += 1;
  return end;
}

/** What stands below goes in by the same door once more, and so is not typed inside: `docker exec db …` twice. */
function opensAgain({ commands }: ShellFacts, { name, args, line }: ShellCommand): boolean {
  const door = name === 'ssh' ? '' : args.find((arg) => !arg.startsWith('-'));
  const later = commands.filter((each) => each.line > line);
  return (
    door !== undefined &&
    later.length > 0 &&
    later.every((each) => each.name === name && (door === '' || each.args.includes(door)))
  );
}

/** A comment or blank line stands above it: another way to the same. */
const isApart = (lines: readonly string[], line: number): boolean =>
  /^\s*(?:#.*)?$/.test(lines[line - 1] ?? '');

const MAX_SHOWN_CHARS = 60;

function textOf({ name, args }: ShellCommand): string {
  const text = [name, ...args].join(' ');
  return text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
}
