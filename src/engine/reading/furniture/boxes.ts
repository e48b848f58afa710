import { closes, indentOf, type Marker, readMarker } from '../fence-markers.ts';
import { exclaimedOf } from './callouts.ts';
import { dedented } from './indented-code.ts';

/** The head of a box whose text is indented below it. */
export interface Box {
  /** The line as markdown. */
  readonly said: string;
  readonly quote: boolean;
}

const TAB = /^[ \t]*===[!+]? +(?:"([^"\n]*)"|'([^'\n]*)')[ \t]*$/;
/** A tab or box of MkDocs that begins at this line. */
export function boxOf(line: string): Box | undefined {
  const tab = TAB.exec(line);
  if (tab) return { said: labelled(tab[1] ?? tab[2] ?? ''), quote: false };
  const box = exclaimedOf(line);
  if (box === undefined) return undefined;
  return { said: `> [!${box.word.toUpperCase()}] ${box.title}`.trimEnd(), quote: true };
}

/** A label as it stands over what belongs to it. */
export const labelled = (label: string): string => {
  const text = label.replace(/[*_`<>[\]]/g, '').trim();
  return text === '' ? '' : `**${text}**`;
};

/** The first line of a block of pymdownx: how far it is indented, its slashes, its word and its title. */
const BLOCK = /^([ \t]*)(\/{3,})[ \t]*([a-z][\w-]*)[ \t]*(?:\|(.*))?$/;
const BLOCK_END = /^[ \t]*(\/{3,})[ \t]*$/;
/** What is said of a block below its first line: `    type: warning`. */
const OPTION = /^[ \t]{4,}([\w-]+):(.*)$/;
/** Blocks that only say how their text looks. */
const LOOKS: ReadonlySet<string> = new Set(
  'html define caption figure-caption table-caption figure'.split(' '),
);

/**
 * Blocks of pymdownx (`/// tab | Debian`, `/// warning | Title`, each to its `///`) as the tabs and boxes of MkDocs, whose
 * text is indented: one way to read both. What nobody closes is text. Every line keeps its number. Linear.
 */
export function withIndentedBlocks(lines: readonly string[], from: number): readonly string[] {
  if (!lines.some((line) => /^[ \t]*\/{3}/.test(line))) return lines;
  const ends = blockEnds(lines, from);
  if (ends.size === 0) return lines;
  const open: { readonly end: number; readonly columns: number }[] = [];
  let isBelowHead = false;
  return lines.map((line, index) => {
    const before = ' '.repeat(open.at(-1)?.columns ?? 0);
    if (open.at(-1)?.end === index) {
      open.pop();
      return '';
    }
    const end = ends.get(index);
    const [, indent = '', , word = '', title = ''] = (end !== undefined && BLOCK.exec(line)) || [];
    if (end === undefined || word === '') {
      isBelowHead &&= OPTION.test(line);
      return isBelowHead || line.trim() === '' ? '' : before + line;
    }
    isBelowHead = true;
    const looks = LOOKS.has(word);
    open.push({ end, columns: before.length + (looks ? 0 : 4) });
    return looks
      ? ''
      : `${before}${indent}${headOf(word, title, OPTION.exec(lines[index + 1] ?? ''))}`;
  });
}

/** The head of a block as MkDocs has it. */
function headOf(word: string, title: string, option: RegExpExecArray | null): string {
  const said = title.trim().replaceAll('"', "'");
  if (word === 'tab') return `=== "${said || 'Tab'}"`;
  const [, name = '', value = ''] = option ?? [];
  const kind = name === 'type' && value !== '' ? value.trim() : 'note';
  const type = word === 'details' || word === 'admonition' ? kind : word;
  return `${word === 'details' ? '???' : '!!!'} ${type}${said === '' ? '' : ` "${said}"`}`;
}

/** The last line of each block by its first, from 0: as many slashes end it as began it. */
function blockEnds(lines: readonly string[], from: number): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly at: number; readonly slashes: number }[] = [];
  let fence: Marker | null = null;
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    const marker: Marker | null = fence === null ? readMarker(line) : null;
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      continue;
    }
    fence = marker;
    const slashes = (BLOCK_END.exec(line) ?? BLOCK.exec(line)?.slice(1))?.[1]?.length ?? 0;
    if (slashes === 0) continue;
    if (!BLOCK_END.test(line)) {
      if (open.length < DEEPEST) open.push({ at: index, slashes });
      continue;
    }
    const at = open.findLastIndex((one) => one.slashes === slashes);
    const block = open[at];
    if (block === undefined) continue;
    ends.set(block.at, index);
    open.length = at;
  }
  return ends;
}

/** As deep as anybody writes blocks. */
const DEEPEST = 40;

/** What is open around a line: text indented below the head of a tab or box. */
interface OpenBox {
  /** Columns that its head is indented by, within what is around it. */
  readonly base: number;
  /** Columns that its text is indented by beyond that. */
  readonly inner: number;
  /** Columns that its text keeps: those of the item that it stands in. What tags are indented by in tags means nothing. */
  readonly kept: number;
  /** It is shown as a quote, as GitHub shows its alerts. */
  readonly quote: boolean;
  /** It ends at a closing tag, however its text is indented. */
  readonly tagged: boolean;
  /** Where its head stands, from 0. */
  readonly at: number;
}

/** The tabs and boxes that are open around a line, the outermost first. */
export class OpenBoxes {
  #boxes: readonly OpenBox[] = [];

  /** The innermost. */
  get last(): OpenBox | undefined {
    return this.#boxes.at(-1);
  }

  get inQuote(): boolean {
    return this.#boxes.some((open) => open.quote);
  }

  open(box: OpenBox): void {
    this.#boxes = [...this.#boxes, box];
  }

  /** A closing tag ends the innermost, where that is one of tags. */
  closeTag(): void {
    if (this.last?.tagged === true) this.#boxes = this.#boxes.slice(0, -1);
  }

  /** The line without what they indent it by; those that it does not belong to are closed, which `ends` code in them. */
  within(line: string): {
    readonly prefix: string;
    readonly text: string;
    /** A box that was open above is not any more. */
    readonly ends: boolean;
  } {
    let text = line;
    let prefix = '';
    for (const [at, box] of this.#boxes.entries()) {
      const blank = text.trim() === '';
      if (!blank && !box.tagged && indentOf(text) < box.base + box.inner) {
        this.#boxes = this.#boxes.slice(0, at);
        return { prefix, text, ends: true };
      }
      prefix += ' '.repeat(box.kept) + (box.quote ? '> ' : '');
      if (!blank) text = dedented(text, Math.min(indentOf(text), box.base + box.inner));
    }
    return { prefix, text, ends: false };
  }
}
