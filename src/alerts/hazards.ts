import { onlyReads } from '../engine/model/effect.ts';
import type { Step } from '../engine/model/runbook.ts';
import { carriesOutInput, layersOf, UNSEEN } from '../engine/programs/layers.ts';
import { asInputs, beginsWithLabel, type Held, isLiteral, splitsIn, usesMade } from './held.ts';

/** What could stand in a word's place, as its author did not think of it. */
export function hazardsOf(word: string, name: string, held: Held): readonly string[] {
  const isSplit = splitsIn(word, held);
  const made = usesMade(word, held) || isSplit;
  if (/^(?:xargs|parallel)$/.test(word) && word === name)
    return OPTIONS.map((one) => `xargs ${one}`);
  // A test has operators in its place, and nothing that is printed acts.
  if (!made || /^(?:\[|test|echo)$/.test(name)) return [];
  if (name === '' || (name === 'printf' && !word.startsWith('%'))) return ['touch x'];
  if (isSplit || /^["']?(?:\$|`|[-+])/.test(word)) return [...OPTIONS, ...CODE];
  return CODE;
}

/** How a script is judged. */
export type ReadFacts = (
  text: string,
) => Pick<NonNullable<Step['shell']>, 'commands' | 'effect' | 'sessions'>;

/**
 * Whether a command carries out what it is fed: a shell or what asks for commands when nobody feeds it, what puts words
 * of its input behind a command that does more than read, and what is judged by what it is fed.
 */
export function carriesOut(words: readonly string[], text: string, read: ReadFacts): boolean {
  const command = withWord(words, -1, '', text);
  const { sessions, effect } = read(command);
  if (carriesOutInput(words) && !onlyReads(effect)) return true;
  if (sessions.length > 0) return true;
  const isAppending = layersOf(words).some(({ words: inner }) => inner.at(-1) === UNSEEN);
  if (isAppending && !onlyReads(effect)) return true;
  const judged = [...MILD, ...CODE, ...ACTING].map((probe) =>
    onlyReads(read(`echo ${probe} | ${command}`).effect),
  );
  return judged.includes(true) && judged.includes(false);
}

/**
 * Whether the value of a label is the beginning of a word and says what is done: with one word there the command reads,
 * with another it does more. An author who says that it reads has not seen the value.
 */
export function choosesWhat(
  words: readonly string[],
  at: number,
  held: Held,
  read: ReadFacts,
): boolean {
  if (!beginsWithLabel(words[at] ?? '', held)) return false;
  const judged = [...MILD, ...CODE, ...ACTING].map((probe) =>
    onlyReads(read(withWord(words, at, probe)).effect),
  );
  return judged.includes(true) && judged.includes(false);
}

/** Whether a word with a label in it is read by a shell: what it says is what is judged. */
export const isScript = (
  words: readonly string[],
  at: number,
  held: Held,
  read: ReadFacts,
): boolean =>
  /\{\{/.test(asInputs(words[at] ?? '', held.same)) &&
  !beginsWithLabel(words[at] ?? '', held) &&
  onlyReads(read(withWord(words, at, 'ls')).effect);

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const OPTIONS = [
  ...LETTERS.flatMap((letter) => [`-${letter}x`, `-${letter} x`]),
  ...[
    'output',
    'output-file',
    'in-place',
    'set',
    'delete',
    'exec',
    'compress-program',
    'write',
    'out',
    'pre',
  ].map((name) => `--${name}=x`),
  '-delete',
  '-fprint x',
  "-exec touch x ';'",
  '010203042026',
  '--rotate',
  '--flush',
];
/** Words that many programs read by, and words that many act by. */
const MILD = ['ls', 'get', 'status', 'list', "'select 1'", "'{print}'", 'https://x.example/x'];

const ACTING = [
  'reboot',
  'delete',
  'restart',
  'apply',
  'set',
  'https://x.example/purge',
  '010203042026',
];

const CODE = ["'w x'", "'s/a/b/w x'", `'BEGIN{system("touch x")}'`, "'DELETE FROM x'"];

/** What is in single quotes in its text is code as it stands: `awk '{ system($0) }'`. */
export function withWord(words: readonly string[], at: number, hazard: string, text = ''): string {
  return words
    .map((word, index) =>
      index === at
        ? hazard
        : /[$`]/.test(word) && !isLiteral(word, text)
          ? 'x'
          : `'${word.replaceAll("'", `'\\''`)}'`,
    )
    .join(' ')
    .replace(/^'([\w./-]+)'/, '$1');
}
