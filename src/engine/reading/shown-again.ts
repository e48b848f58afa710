import type { FenceContent } from '../model/block.ts';
import { logicalLines } from './logical-lines.ts';
import type { Reading } from './shell-words.ts';

/** A fence that shows commands which stand in the one above it, with what they put out. */
export interface ShownAgain {
  /** What the repeated commands put out. */
  readonly output: string;
  /** It surely holds nothing else that was typed. */
  readonly isWhole: boolean;
}

/**
 * Whether a fence begins with a command of the fence above, and shows what that puts out: a session, or, where no prompt
 * stands, the command and lines that are none. Such a fence is a copy of somebody's screen.
 */
export function shownAgain(
  { text, transcript }: Pick<FenceContent, 'text' | 'transcript'>,
  typedAbove: readonly string[],
  readsAs: (line: string) => Reading,
): ShownAgain | undefined {
  const isKnown = (command: string): boolean => typedAbove.some((each) => isSame(each, command));
  const [first] = transcript;
  if (first !== undefined) {
    const known = transcript.filter(({ command }) => isKnown(command));
    const output = known.map((entry) => entry.output).filter((each) => each !== '');
    if (!isKnown(first.command) || output.length === 0) return undefined;
    return { output: output.join('\n'), isWhole: known.length === transcript.length };
  }
  const lines = text.trimEnd().split('\n');
  if (!isKnown(lines[0] ?? '')) return undefined;
  const shown = lines.filter((line) => !isKnown(line));
  const said = shown.filter((line) => line.trim() !== '');
  if (said.length === 0 || said.some((line) => readsAs(line.trim()) === 'sure')) return undefined;
  const all = typedAbove.every((each) => lines.some((line) => isSame(each, line)));
  const isWhole = all || said.every((line) => readsAs(line) === 'no');
  return { output: shown.join('\n').trim(), isWhole };
}

/** The commands of a fence, as they would be typed. */
export const typedIn = ({ text, transcript }: FenceContent): readonly string[] =>
  transcript.length > 0 ? transcript.map(({ command }) => command) : logicalLines(text);

/** A word for which each reader has another: `<pod>`, `$NAME`, `{id}`, `[host]`, `YOUR_TOKEN`. */
const HOLE = /[<$[{]|^[A-Z][A-Z\d_-]{2,}$/;

/** The same words, whatever stands where the first has a hole. */
function isSame(above: string, command: string): boolean {
  const words = wordsOf(above);
  const others = wordsOf(command);
  return (
    words[0] !== '' &&
    words.length === others.length &&
    words.every((word, at) => word === others[at] || (at > 0 && HOLE.test(word)))
  );
}

const wordsOf = (command: string): readonly string[] =>
  command
    .trim()
    .replace(/^(?:sudo|doas)\s+/, '')
    .split(/\s+/);
