import { closes, indentOf, type Marker, readMarker } from '../fence-markers.ts';
import { withIndentedBlocks } from './boxes.ts';
import { tagsOn } from './components.ts';
import { type Change, changeBy, INDENTED, labelledFence, makesTabs } from './tab-lines.ts';
import { directiveOf } from './tags.ts';

/** A heading; group 1 is its marks, 2 its text. */
const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;

/** A tab: the set it belongs to, and its last line. */
export interface Tab {
  readonly set: number;
  readonly endLine: number;
  /** It is a fence, and this stands in its info string. */
  readonly label?: string;
}

/** What is open around a line: a set of tabs, one tab of it, or a container of something else. */
interface Open extends Change {
  readonly set: number;
  /** Where its first line is. */
  readonly line: number;
  /** How many quotes it stands in, and how far it is indented in them. */
  readonly depth: number;
  readonly columns: number;
  /** Of a set: nothing says where it ends. */
  readonly isBare: boolean;
}

/** The tabs of a page by the line on which they begin, sets within tabs too. Lines count from 1. Linear. */
export function tabsOf(lines: readonly string[]): ReadonlyMap<number, Tab> {
  const sets = new OpenSets(neverClosed(lines));
  for (const line of withIndentedBlocks(lines, 0)) sets.take(line);
  return sets.end();
}

/** Names of tags of tabs that a page opens more often than it closes them. */
function neverClosed(lines: readonly string[]): ReadonlySet<string> {
  const open = new Map<string, number>();
  let isCode = false;
  for (const line of lines) {
    if (/^[ \t]*(?:`{3}|~{3})/.test(line)) isCode = !isCode;
    if (isCode || !line.includes('<')) continue;
    for (const tag of tagsOn(line)) {
      const change = changeBy(tag);
      if (change?.by !== 'tag' || !['tab', 'ends tab'].includes(change.does)) continue;
      const name = change.marks ?? '';
      open.set(name, (open.get(name) ?? 0) + (change.does === 'tab' ? 1 : -1));
    }
  }
  return new Set([...open].flatMap(([name, more]) => (more > 0 ? [name] : [])));
}

/** A fence of code; `tab` is the one that it is, or stands for nothing. */
interface OpenFence {
  readonly marker: Marker;
  readonly tab: Open;
  readonly label: string;
}

/** As deep as anybody writes them. */
const MOST_OPEN = 40;

/** Goes through a page from the top, with all sets that are open. */
class OpenSets {
  readonly #unclosed: ReadonlySet<string>;
  readonly #tabs = new Map<number, Tab>();
  readonly #open: Open[] = [];
  #sets = 0;
  #line = 0;
  #fence: OpenFence | null = null;

  constructor(unclosed: ReadonlySet<string>) {
    this.#unclosed = unclosed;
  }

  take(line: string): void {
    this.#line += 1;
    const read = new QuotedLine(line);
    if (!read.isBlank) this.#leave(read);
    if (this.#fence !== null) this.#inFence(read, this.#fence);
    else this.#outside(read);
  }

  end(): ReadonlyMap<number, Tab> {
    this.#line += 1;
    this.#close(0);
    return this.#tabs;
  }

  #outside(read: QuotedLine): void {
    const marker = readMarker(read.text);
    if (marker !== null && directiveOf(marker.info) === undefined && marker.prefix.trim() === '') {
      // Bare marks may close what stands in a fence of MyST.
      if (marker.info === '' && this.#change({ does: 'ends', by: 'marks', marks: read.text }, read))
        return;
      this.#begin(marker, read);
      return;
    }
    const heading = HEADING.exec(read.text);
    if (heading !== null) this.#heading(heading[1] ?? '', heading[2] ?? '', read);
    const changes = tagsOn(read.text).flatMap((tag) => changeBy(tag) ?? []);
    for (const change of changes) this.#change(change, read);
    if (changes.length > 0 || read.isBlank) return;
    // Other text ends a set of which nothing else says where it ends.
    while (this.#open.at(-1)?.isBare === true) this.#open.pop();
  }

  #begin(marker: Marker, read: QuotedLine): void {
    const top = this.#open.at(-1);
    const tab = this.#made({ does: 'tab', by: 'marks' }, read, top?.set ?? 0);
    const isOne = top?.does === 'group';
    this.#fence = {
      marker,
      tab: isOne ? tab : { ...tab, does: 'other' },
      label: isOne ? (labelledFence(read.text.trim())?.label ?? '') : '',
    };
    while (!isOne && this.#open.at(-1)?.isBare === true) this.#open.pop();
  }

  #inFence(read: QuotedLine, { marker, tab, label }: OpenFence): void {
    const isOutside = !read.isBlank && read.depth < tab.depth;
    if (!isOutside && !closes(read.within(tab.depth), marker)) return;
    this.#fence = null;
    if (tab.does === 'tab') this.#tabs.set(tab.line, { set: tab.set, endLine: this.#line, label });
    if (isOutside) this.#outside(read);
  }

  /** What a line does not belong to, by its quotes and its indentation, has ended above it. */
  #leave(read: QuotedLine): void {
    const isHead = this.#fence === null && INDENTED.test(read.text);
    const at = this.#open.findIndex(({ by, does, depth, columns }) => {
      if (read.depth < depth) return true;
      if (by !== 'indent') return false;
      const own = read.columns(depth);
      return own < columns || (own === columns && !(isHead && does === 'set'));
    });
    if (at < 0) return;
    this.#close(at);
    this.#fence = null;
  }

  /** Whether there was anything to change. */
  #change(change: Change, read: QuotedLine): boolean {
    const { does } = change;
    if (does === 'tab') this.#tab(change, read);
    else if (does === 'set' || does === 'group') {
      this.#sets += 1;
      this.#push(this.#made(change, read, this.#sets));
    } else if (does === 'other') this.#push(this.#made(change, read, 0));
    else {
      const at = this.#open.findLastIndex((open) => endedBy(change, open));
      if (at < 0) return false;
      this.#close(at);
    }
    return true;
  }

  #tab(change: Change, read: QuotedLine): void {
    const isSibling = (one: Open | undefined): boolean =>
      one?.does === 'tab' && one.by === change.by && one.marks === change.marks;
    // A tag is closed before the next one opens, and an open one has this one in it, where the page closes its tags.
    const isClosed =
      change.by === 'indent' || (change.by === 'tag' && !this.#unclosed.has(change.marks ?? ''));
    if (!isClosed && isSibling(this.#open.at(-1))) this.#close(this.#open.length - 1);
    const top = this.#open.at(-1);
    if (top?.does !== 'set' || top.by !== change.by || change.isNew === true) {
      if (top?.isBare === true) this.#open.pop();
      this.#sets += 1;
      this.#push({
        ...this.#made({ ...change, does: 'set', marks: '' }, read, this.#sets),
        isBare: true,
      });
    }
    this.#push(this.#made(change, read, this.#open.at(-1)?.set ?? this.#sets));
  }

  /** "## Install {.tabset}", the headings below it, and the next one that is no deeper. */
  #heading(marks: string, said: string, read: QuotedLine): void {
    const at = this.#open.findIndex(
      (open) => open.by === 'heading' && (open.marks ?? '').length >= marks.length,
    );
    if (at >= 0) this.#close(at);
    const top = this.#open.at(-1);
    if (top?.isHeaded === true)
      this.#push(this.#made({ does: 'tab', by: 'heading', marks }, read, top.set));
    if (!makesTabs(said)) return;
    this.#sets += 1;
    this.#push(this.#made({ does: 'set', by: 'heading', marks, isHeaded: true }, read, this.#sets));
  }

  #made(change: Change, read: QuotedLine, set: number): Open {
    const { depth } = read;
    return { ...change, set, line: this.#line, depth, columns: read.columns(depth), isBare: false };
  }

  #push(open: Open): void {
    if (this.#open.length < MOST_OPEN) this.#open.push(open);
  }

  /** Ends what is open from there on: the line above was its last. */
  #close(from: number): void {
    for (const { does, line, set } of this.#open.splice(from))
      if (does === 'tab') this.#tabs.set(line, { set, endLine: this.#line - 1 });
  }
}

/** A line with the quotes that it stands in. */
class QuotedLine {
  readonly isBlank: boolean;
  /** Its text in each quote, the outermost first; what is in none comes before them. */
  readonly #texts: readonly string[];

  constructor(line: string) {
    const texts = [line];
    for (let text = line; texts.length <= MOST_OPEN; ) {
      const quote = /^[ \t]*>[ \t]?/.exec(text)?.[0];
      if (quote === undefined) break;
      text = text.slice(quote.length);
      texts.push(text);
    }
    this.#texts = texts;
    this.isBlank = this.text.trim() === '';
  }

  get depth(): number {
    return this.#texts.length - 1;
  }

  get text(): string {
    return this.#texts.at(-1) ?? '';
  }

  within(depth: number): string {
    return this.#texts[depth] ?? this.text;
  }

  columns(depth: number): number {
    return indentOf(this.within(depth));
  }
}

function endedBy({ does, by, marks = '' }: Change, open: Open): boolean {
  if (open.by !== by) return false;
  const own = open.marks ?? '';
  if (does === 'ends tab') return open.does === 'tab' && (by !== 'tag' || own === marks);
  if (does === 'ends set')
    return open.does === 'group' ? own === marks : open.does === 'set' && marks !== 'CodeGroup';
  const text = marks.trim();
  return own !== '' && text.length >= own.length && text.startsWith(own);
}
