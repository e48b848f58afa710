import { readInfo } from './fence-info.ts';
import { programOf, WORDED } from './fences/fence-features.ts';
import { isShellTag } from './fences/tags.ts';
import { logicalLines } from './logical-lines.ts';
import type { FencePiece } from './pieces.ts';
import { readsAsCommand } from './shell-words.ts';
import type { Outline } from './surroundings.ts';

/** What the fences of a page name: programs, variables, commands; and where. */
export class PageWords {
  readonly #words: Words;

  constructor(outline: Outline) {
    this.#words = wordsOf(outline);
  }

  /** Words that lines of at least two fences begin with, as commands do. */
  get programs(): ReadonlySet<string> {
    return this.#words.programs;
  }

  /** Programs that other fences name: that a fence names something itself says nothing of it. */
  toolsBut(piece: FencePiece): Pick<ReadonlySet<string>, 'has'> {
    const { tools } = this.#words;
    return { has: (word) => tools.has(word) && tools.get(word) !== piece };
  }

  /** Shell variables that a fence behind the piece at `index` uses. */
  usedAfter(index: number): Pick<ReadonlySet<string>, 'has'> {
    return { has: (name) => (this.#words.lastUse.get(name) ?? -1) > index };
  }

  /** Words behind the piece at `index` that may be the name of a command. */
  namedAfter(index: number): Pick<ReadonlySet<string>, 'has'> {
    return { has: (name) => (this.#words.lastName.get(name) ?? -1) > index };
  }

  /** Where a command stands first; `undefined`: nowhere. */
  firstUse(line: string): number | undefined {
    return this.#words.firstUse.get(line);
  }
}

/** What the fences of a page say by name, looked for once. */
interface Words {
  /** Programs named in fences that say they are shell, with the one fence that names them; `null`: there are several. */
  readonly tools: ReadonlyMap<string, FencePiece | null>;
  /** Words that lines of at least two fences begin with, as commands do. */
  readonly programs: ReadonlySet<string>;
  /** Where commands stand first. */
  readonly firstUse: ReadonlyMap<string, number>;
  readonly lastUse: ReadonlyMap<string, number>;
  /** Where words stand last that may be the name of a command. */
  readonly lastName: ReadonlyMap<string, number>;
}

/** A word at the beginning of a command. */
const NAMED =
  /(?:^[ \t]*(?:[$#] )?|[;&|({`][ \t]?|\b(?:then|do|else|time|sudo)[ \t])([A-Za-z_][\w.-]*)(?!\(\)|=)(?![\w.-])/gm;
const NO_TOOLS: ReadonlySet<string> = new Set();
const FEWEST_USES = 2;
const MOST_LINES = 200;

const SHORTEST = 8;

/** The lines of a script that hold more than a comment or a word. */
export const commandLines = (text: string): readonly string[] =>
  text
    .split('\n', MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST && !line.startsWith('#'));

/** Programs named in fences that say they are shell, and where shell variables are used last. */
function wordsOf(outline: Outline): Words {
  const tools = new Map<string, FencePiece | null>();
  const lastUse = new Map<string, number>();
  const firstUse = new Map<string, number>();
  const lastName = new Map<string, number>();
  const begun = new Map<string, number>();
  for (const [index, piece] of outline.pieces.entries()) {
    if (piece.kind !== 'fence') continue;
    const { language } = readInfo(piece.info);
    if (isShellTag(language)) {
      for (const line of logicalLines(piece.text)) {
        const word = /^(?:sudo\s+)?([a-z][\w.-]{1,30})(?=\s+-|\s+[\w./$"'])/.exec(line)?.[1];
        if (word && readsAsCommand(line, NO_TOOLS) !== 'no')
          tools.set(word, !tools.has(word) || tools.get(word) === piece ? piece : null);
      }
    }
    if (isShellTag(language) || language === '') {
      for (const line of commandLines(piece.text))
        if (!firstUse.has(line)) firstUse.set(line, index);
      const lines = piece.text.split('\n', MOST_LINES).filter((line) => WORDED.test(line));
      for (const word of new Set(lines.map(programOf)))
        if (word !== '') begun.set(word, (begun.get(word) ?? 0) + 1);
      for (const [, name = ''] of piece.text.matchAll(/\$\{?([A-Za-z_]\w*)/g))
        lastUse.set(name, index);
      for (const [, name = ''] of piece.text.matchAll(NAMED)) lastName.set(name, index);
    }
  }
  const programs = [...begun].filter(([, count]) => count >= FEWEST_USES).map(([word]) => word);
  return { tools, programs: new Set(programs), firstUse, lastUse, lastName };
}
