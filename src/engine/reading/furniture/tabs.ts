import { closes, indentOf, type Marker, readMarker } from '../fence-markers.ts';
import { withIndentedBlocks } from './boxes.ts';
import { directiveOf, tagsOn } from './tags.ts';

/** The head of a tab of MkDocs, whose text is indented below it; with `!` it begins a set of its own. */
const INDENTED = /^[ \t]*===([!+]{0,2}) +["'][^"'\n]/;
/** A tag of MDX around tabs, or of one; group 1 closes it, group 2 is its name, group 3 what stands in it. */
const TAG = /^[ \t]*<(\/?)(Tabs\.Tab|TabItem|TabPanel|Tabs?|CodeGroup)(?![\w.-])([^<>]*)/;
/** The same of Hugo, GitBook and Jekyll. */
const HUGO =
  /^[ \t]*\{\{[<%][ \t]*(?:(\/)[ \t]*)?(tab-?item|tabs?|tabpane|codetabs)(?![\w-])([^<>%]*)/i;
const LIQUID = /^[ \t]*\{%-?[ \t]*(end)?(tabs?)(?![\w-])/i;
/** `@tab` of VuePress, in a container of colons. */
const AT = /^[ \t]*@tab(?::active)?[ \t]/;
/** What containers are made of, and what is behind; MyST has the names in braces. */
const MARKS = /^[ \t]*(:{3,}|`{3,}|~{3,})(?![:`~])(.*)$/;

/** A heading; group 1 is its marks, 2 its text. */
const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
/** Attributes that make tabs of the headings below: `{.tabset .tabset-pills}`, `{.panel-tabset group="os"}`. */
function makesTabs(said: string): boolean {
  const open = said.lastIndexOf('{');
  const words = open < 0 || said.indexOf('}', open) < 0 ? [] : said.slice(open + 1).split(/[\s}]/);
  return words.includes('.tabset') || words.includes('.panel-tabset');
}

/** A group of fences of VitePress, each of which is a tab by the label in its info string. */
const GROUP = /^[ \t]*(?::{3,} *\{?code-group\}?|<CodeGroup)(?![\w-])/;
const IN_GROUP = /^([ \t]*(?:`{3,}|~{3,})[^[\]`~]{0,200})\[([^[\]`]{1,100})\]/;
const TITLE = /[ \t]title=(?:"([^"]{1,100})"|'([^']{1,100})')/;

/** The label of such a fence, and its line with the label as its title; `null` for any other line. */
export function labelledFence(
  line: string,
): { readonly label: string; readonly said: string } | null {
  const marker = line.length > MOST_CHARS ? null : readMarker(line);
  if (marker === null) return null;
  const titled = TITLE.exec(line);
  if (titled !== null) return { label: titled[1] ?? titled[2] ?? '', said: line };
  const match = IN_GROUP.exec(line);
  if (match === null) return ofMintlify(marker);
  const [whole, before = '', label = ''] = match;
  return { label, said: `${before.trimEnd()}${titleOf(label)}${line.slice(whole.length)}` };
}

/** The same as Mintlify has it: "```bash npm", and behind that what its site is to make of it. */
function ofMintlify({ prefix, char, length, info }: Marker): ReturnType<typeof labelledFence> {
  const [language = '', ...words] = info.split(/\s+/);
  const end = words.findIndex((word) => /[={]/.test(word));
  const label = words.slice(0, end < 0 ? undefined : end).join(' ');
  if (!/^[\w+-]{1,30}$/.test(language) || !/^[\p{L}\d][\p{L}\d ./+-]{0,60}$/u.test(label))
    return null;
  const others = words
    .slice(end < 0 ? words.length : end)
    .filter((word) => !word.startsWith('theme='));
  const said = `${prefix}${char.repeat(length)}${language}${titleOf(label)} ${others.join(' ')}`;
  return { label, said: said.trimEnd() };
}

const MOST_CHARS = 1000;
const titleOf = (label: string): string => ` title="${label.replaceAll('"', '')}"`;

/** Whether a line begins a group of fences. */
export const beginsGroup = (line: string): boolean => GROUP.test(line);

/** A tab: the set it belongs to, and its last line. */
export interface Tab {
  readonly set: number;
  readonly endLine: number;
  /** It is a fence, and this stands in its info string. */
  readonly label?: string;
}

/** What a line, or one tag of it, does to the tabs around it. */
interface Change {
  readonly does: 'set' | 'group' | 'tab' | 'other' | 'ends tab' | 'ends set' | 'ends';
  readonly by: 'indent' | 'tag' | 'shortcode' | 'liquid' | 'marks' | 'heading';
  /** Colons, marks of a fence or a heading, or the name of the tag that it is written with. */
  readonly marks?: string;
  /** Of a set: each heading in it is a tab, as R Markdown and Quarto have it. */
  readonly isHeaded?: boolean;
  /** It joins no set above. */
  readonly isNew?: boolean;
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

/** Whether a line, or one tag of it, begins a set of tabs, ends it, or begins one of its tabs. */
export function aroundTabs(tag: string): 'set' | 'ends set' | 'tab' | null {
  const does = changeBy(tag)?.does;
  return does === 'set' || does === 'ends set' || does === 'tab' ? does : null;
}

function changeBy(line: string): Change | null {
  const indented = INDENTED.exec(line);
  if (indented !== null)
    return { does: 'tab', by: 'indent', isNew: indented[1]?.includes('!') === true };
  if (AT.test(line)) return { does: 'tab', by: 'marks', marks: '' };
  const [, end, tag = '', rest = ''] = TAG.exec(line) ?? [];
  if (tag !== '') return named('tag', tag, end !== '', rest);
  const shortcode = HUGO.exec(line);
  if (shortcode !== null) {
    const [, ends, code = '', inside = ''] = shortcode;
    return named('shortcode', code, ends !== undefined, inside);
  }
  const liquid = LIQUID.exec(line);
  if (liquid !== null) return named('liquid', liquid[2] ?? '', liquid[1] !== undefined, '');
  return container(line);
}

/** What is closed in its own tag holds nothing. */
function named(by: Change['by'], name: string, isEnd: boolean, rest: string): Change | null {
  if (/\/[ \t]*$/.test(rest)) return null;
  const isTab = /^(?:tab|tab-?item|tabpanel|tabs\.tab)$/i.test(name);
  if (isEnd) return { does: isTab ? 'ends tab' : 'ends set', by, marks: name };
  return { does: isTab ? 'tab' : name === 'CodeGroup' ? 'group' : 'set', by, marks: name };
}

function container(line: string): Change | null {
  const [, marks = '', behind = ''] = MARKS.exec(line) ?? [];
  const rest = behind.trim();
  if (marks === '' || rest.endsWith(':::')) return null;
  if (rest === '') return { does: 'ends', by: 'marks', marks };
  if (makesTabs(rest)) return { does: 'set', by: 'marks', marks, isHeaded: true };
  const name = /^\{?([\w-]+)\}?(?=[ \t]|$)/.exec(rest)?.[1] ?? '';
  if (name === 'tab-set' || name === 'tabs') return { does: 'set', by: 'marks', marks };
  if (name === 'code-group') return { does: 'group', by: 'marks', marks };
  const isTab = name === 'tab' || name === 'tab-item';
  return { does: isTab ? 'tab' : 'other', by: 'marks', marks };
}
