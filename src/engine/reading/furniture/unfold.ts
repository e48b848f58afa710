import { closes, columnsOf, indentOf, type Marker, readMarker } from '../fence-markers.ts';
import { boxOf, labelled, withIndentedBlocks } from './boxes.ts';
import { type CodeBelow, codeBelow, codedLine, dedented } from './indented-code.ts';
import { MarkedItems } from './marked-items.ts';
import { aroundTabs, beginsGroup, labelledFence } from './tabs.ts';
import {
  closesComponent,
  directiveOf,
  filledIn,
  listingOf,
  opensComponent,
  type Tag,
  tagOf,
  tagsOn,
  withOrgHeadings,
  withoutComponent,
} from './tags.ts';

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

/**
 * Lines of other tools' page furniture as markdown: tabs of MkDocs, MDX, Hugo and Jekyll under their label, boxes as
 * GitHub's alerts, code shortcodes as fences, items numbered by markers alone, and meanings that hold more than words below their terms,
 * as lists; imports and other tags are taken out. Every line keeps its number.
 * Linear.
 */
export function unfold(lines: readonly string[], from: number): Unfolded {
  const indented = withIndentedBlocks(lines, from);
  if (!indented.some((line, index) => index >= from && mayBe(line)))
    return { lines: [...indented], takenIn: [], filledIn: [] };
  const read = new Unfolding(withOrgHeadings(indented, from), from).read();
  return unfoldQuotes(read, from, MOST_QUOTES);
}

const mayBe = (line: string): boolean =>
  FURNITURE.test(line) || isHugo(line) || /<\/[A-Z]/.test(line);

/** Whether a shortcode may stand in a line. */
const isHugo = (line: string): boolean => line.includes('{{<') || line.includes('{{%');

const CLOSER = /\{\{[<%] ?\/ ?([\w-]{1,60})/g;

/** As deep as anybody quotes. */
const MOST_QUOTES = 5;

/** The same in quotes, each of which is a page of its own. */
function unfoldQuotes(page: Unfolded, from: number, deep: number): Unfolded {
  const lines = [...page.lines];
  const takenIn = [...page.takenIn];
  const { filledIn: left } = page;
  let fence: Marker | null = null;
  let first = -1;
  for (let index = from; index <= lines.length; index += 1) {
    const line = lines[index] ?? '';
    const isQuoted = fence === null && QUOTE.test(line);
    if (isQuoted && first < 0) first = index;
    if (isQuoted) continue;
    if (first >= 0) {
      const prefixes = lines.slice(first, index).map((one) => QUOTE.exec(one)?.[0] ?? '');
      const texts = prefixes.map((prefix, at) => (lines[first + at] ?? '').slice(prefix.length));
      if (texts.some((text) => FURNITURE.test(text))) {
        const read = new Unfolding(texts, 0).read();
        const inner = deep > 1 ? unfoldQuotes(read, 0, deep - 1) : read;
        for (const [at, text] of inner.lines.entries())
          lines[first + at] = `${prefixes[at] ?? ''}${text}`.trimEnd();
        for (const { line: at, file } of inner.takenIn)
          if (!takenIn.some((one) => one.line === first + at))
            takenIn.push({ line: first + at, file });
      }
      first = -1;
    }
    const marker: Marker | null = fence === null ? readMarker(line) : null;
    if (fence !== null && closes(line, fence)) fence = null;
    else if (marker !== null) fence = marker;
  }
  return { lines, takenIn, filledIn: left };
}

const QUOTE = /^[ \t]*>[ \t]?/;

/** A page without other tools' furniture. */
export interface Unfolded {
  readonly lines: string[];
  /** Files whose text another tool puts into the page, with their lines, from 1. */
  readonly takenIn: readonly { readonly line: number; readonly file: string }[];
  /** What another tool puts its own in the place of, with their lines, from 1; `alone`: on a line, and taken out. */
  readonly filledIn: readonly {
    readonly line: number;
    readonly code: string;
    readonly alone?: true;
  }[];
}

/** Whether a line could be furniture at all: most pages have none. */
const FURNITURE =
  /^[ \t>]*(?:===[!+]? ["']|!!!|\?\?\?|<\/?[A-Z]|\{\{[<%]|\{%|\{:|import |@tab|@include|@\[code|-{1,6}8<|\[!INCLUDE|include::|<!--[ \t]*@?include|\{\/\*|:{3,}|[`~]{3,}\{[a-z-]+\}|#\+[a-zA-Z]|%%|#{4,6}[ \t]+[tT]ags?[ \t]*:|\$ \S|\.\. [a-z-]+::|\[source|\{(?:code|noformat)[:}]|:[ \t]+\S|(?:\.{1,5}|#\.)[ \t]+\S)/;

/** In front of a step of MDX that is shown as an item. */
const COUNTED = '1. ';

/** Where a tag that goes on over some lines ends. */
const TAG_END = /\/?>[ \t]*$/;

/** A tag of HTML alone on its line, which holds what is below it. */
const HTML_TAG =
  /^[ \t]*<\/?(?:div|section|article|center|p|span|nav|main)(?![\w-])[^<>]{0,300}>[ \t]*$/i;

/** How far above it the item of a tag is looked for. */
const MOST_LINES = 60;
const ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;

class Unfolding {
  readonly #lines: readonly string[];
  readonly #out: string[];
  readonly #from: number;
  #boxes: OpenBox[] = [];
  /** Fences that only group or frame the text in them, as MyST writes them. */
  readonly #directives: Marker[] = [];
  #fence: Marker | null = null;
  /** What ends the text of a code shortcode; the tag that a long opening tag is still to be closed by. */
  #until: RegExp | null = null;
  #isTag = false;
  /** Containers of colons around tabs that are open. */
  #colons = 0;
  /** Fences have their labels in their info strings. */
  #isGroup = false;
  /** Lines of a session as cram has them. */
  #isTyped = false;
  /** Sets of tabs that are open, with the names their tags give. */
  readonly #tabNames: { readonly names: readonly string[]; count: number }[] = [];
  /** Indented code below a directive of reStructuredText. */
  #code: CodeBelow | null = null;
  readonly #takenIn: { line: number; file: string }[] = [];
  /** Shortcodes that are closed somewhere. */
  #closers: ReadonlySet<string> | null = null;
  readonly #filledIn: { line: number; code: string; alone?: true }[] = [];
  /** Components that are closed somewhere: a name in angle brackets that is not stands for a value. */
  readonly #closed: ReadonlySet<string>;
  readonly #items: MarkedItems;

  constructor(lines: readonly string[], from: number) {
    this.#lines = lines;
    this.#out = [...lines];
    this.#from = from;
    this.#closed = new Set(lines.flatMap((line) => closesComponent(line) ?? []));
    this.#items = new MarkedItems(lines, from);
  }

  read(): Unfolded {
    for (let index = this.#from; index < this.#lines.length; index += 1) this.#line(index);
    return { lines: this.#out, takenIn: this.#takenIn, filledIn: this.#filledIn };
  }

  #line(index: number): void {
    const line = this.#lines[index] ?? '';
    const { prefix, text } = this.#within(line);
    const put = (said: string): void => {
      this.#out[index] =
        said === '' && !prefix.includes('>') ? '' : (prefix + said).replace(/(?<!\s)\s+$/, '');
    };
    if (this.#code !== null) {
      put(codedLine(index, text, this.#code));
      if (index === this.#code.closes) this.#code = null;
      return;
    }
    if (this.#until) {
      const ended = this.#until.test(text);
      if (this.#isTag) put('');
      else put(ended ? `${/^\s*/.exec(text)?.[0] ?? ''}\`\`\`` : text);
      if (ended) this.#until = null;
      return;
    }
    if (this.#fence) {
      if (closes(text, this.#fence)) this.#fence = null;
      if (prefix !== '' || text !== line) this.#out[index] = prefix + text;
      return;
    }
    const open = this.#directives.at(-1);
    if (open && closes(text, open)) {
      this.#directives.pop();
      put('');
      return;
    }
    const inGroup = this.#isGroup ? labelledFence(text) : null;
    const fence = inGroup?.said ?? text;
    const marker = readMarker(fence);
    const directive = marker && directiveOf(marker.info);
    if (marker && directive !== undefined) {
      this.#directives.push(marker);
      put(directive === '' ? '' : marker.prefix + directive);
      return;
    }
    if (marker) {
      this.#fence = marker;
      if (prefix !== '' || text !== line || inGroup !== null) this.#out[index] = prefix + fence;
      return;
    }
    if (this.#typedAt(index, text)) {
      put(`  ${text}`);
      return;
    }
    this.#furniture(index, text, put, prefix !== '' || text !== line);
  }

  /**
   * Whether a line is of a session that is indented by two or three columns, as cram has it: too few for markdown to know
   * it as code. It begins with a prompt, below an empty line and no list.
   */
  #typedAt(index: number, text: string): boolean {
    const columns = indentOf(text);
    if (text.trim() === '' || columns < 2) this.#isTyped = false;
    if (!this.#isTyped || columns < 2) {
      if (columns < 2 || columns > 3) return false;
      this.#isTyped = /^ {2,3}\$ \S/.test(text) && this.#isApart(index);
    }
    return this.#isTyped;
  }

  /** An empty line stands above, and above that neither an item nor what is indented below one. */
  #isApart(index: number): boolean {
    if ((this.#lines[index - 1] ?? '').trim() !== '') return false;
    let at = index - 1;
    while (at >= this.#from && (this.#lines[at] ?? '').trim() === '') at -= 1;
    const above = at < this.#from ? '' : (this.#lines[at] ?? '');
    return !/^(?:[ \t]|[-*+>][ \t]|\d{1,9}[.)][ \t])/.test(above) || this.#out[at] !== above;
  }

  /** A shortcode that stands around nothing: what it shows is not on the page. */
  #noteAlone(index: number, text: string): void {
    const code = filledIn(text);
    const name = /[\w-]+/.exec(code ?? '')?.[0];
    if (code === undefined || name === undefined) return;
    const isClosed = this.#closedShortcodes().has(name);
    if (!isClosed) this.#filledIn.push({ line: index + 1, code, alone: true });
  }

  #closedShortcodes(): ReadonlySet<string> {
    this.#closers ??= new Set(
      this.#lines
        .filter(isHugo)
        .flatMap((line) => [...line.matchAll(CLOSER)].map(([, name = '']) => name)),
    );
    return this.#closers;
  }

  #furniture(index: number, text: string, put: (said: string) => void, moved: boolean): void {
    const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
    this.#code = codeBelow(index, text, {
      end: this.#lines.length,
      textAt: (at) => this.#within(this.#lines[at] ?? '').text,
    });
    if (this.#code !== null) {
      put('');
      return;
    }
    const item = this.#items.read(index, text);
    if (item !== undefined) {
      put(item);
      return;
    }
    const listing = listingOf(text, this.#lines[index - 1] ?? '', this.#lines[index + 1] ?? '');
    if (listing !== undefined) {
      put(listing.said === '' ? '' : indent + listing.said);
      this.#until = listing.until ?? null;
      this.#isTag = false;
      return;
    }
    const box = boxOf(text);
    if (box) {
      this.#apart(index, box.quote);
      if (!box.quote && box.said !== '') this.#breakAbove(index);
      put(indent + box.said);
      const base = columnsOf(indent);
      this.#boxes.push({ base, inner: 4, kept: base, quote: box.quote, tagged: false, at: index });
      return;
    }
    if (this.#colons > 0 && /^[ \t]*:{3,}[ \t]*$/.test(text)) {
      this.#colons -= 1;
      this.#isGroup = false;
      put('');
      return;
    }
    const whole = this.#wholeTag(index, text);
    const tag = this.#named(whole.text, tagOf(whole.text)) ?? this.#opened(whole.text);
    if (beginsGroup(text)) this.#isGroup = true;
    if (tag?.colons) this.#colons += 1;
    if (tag?.takesIn !== undefined) this.#takenIn.push({ line: index + 1, file: tag.takesIn });
    if (!tag) {
      const bare = withoutComponent(text);
      if (bare !== undefined) put(bare);
      else if (moved) put(text);
      const code = isHugo(text) ? filledIn(text) : undefined;
      if (code !== undefined) this.#filledIn.push({ line: index + 1, code });
      return;
    }
    if (/^<\/CodeGroup>/.test(text.trim())) this.#isGroup = false;
    if (tag.said === '' && tag.takesIn === undefined && isHugo(text)) this.#noteAlone(index, text);
    const base = columnsOf(indent);
    const isTold = this.#isToldOnly(index, text, tag);
    const outer = tag.opens && !this.#isInItem(index) ? 0 : base;
    const kept = isTold ? outer + COUNTED.length : outer;
    const label = isTold ? COUNTED + tag.said : tag.said;
    const said = label === '' ? '' : ' '.repeat(outer) + label;
    const isLabel = label.endsWith('**');
    if (isLabel && !isTold) this.#breakAbove(index);
    put(isLabel && this.#isTextBelow(whole.last) ? `${said}\\` : said);
    if (tag.until) {
      this.#until = tag.until;
      this.#isTag = tag.said === '' || !tag.said.startsWith('`');
    } else if (whole.last > index) {
      this.#until = TAG_END;
      this.#isTag = true;
    }
    if (tag.opens) {
      const inner = this.#indentBelow(whole.last) - base;
      this.#boxes.push({
        base,
        inner: Math.max(0, inner),
        kept,
        quote: false,
        tagged: true,
        at: index,
      });
    } else if (tag.closes && this.#boxes.at(-1)?.tagged) this.#boxes.pop();
  }

  /** A tag of MDX that goes on over some lines, on one, and its last line. */
  #wholeTag(index: number, text: string): { readonly text: string; readonly last: number } {
    if (!/^[ \t]*<[A-Z][\w.]*(?:[ \t][^<>]*)?$/.test(text)) return { text, last: index };
    const end = Math.min(this.#lines.length, index + MOST_LINES);
    let whole = text;
    for (let at = index + 1; at < end; at += 1) {
      const line = (this.#lines[at] ?? '').replace(/^[ \t>]+(?=[^ \t>])/, '').trim();
      whole += ` ${line}`;
      if (TAG_END.test(line)) return { text: whole, last: at };
      if (line === '' || /[<>]/.test(line)) break;
    }
    return { text, last: index };
  }

  #opened(text: string): Tag | undefined {
    return this.#closed.has(opensComponent(text) ?? '') ? { said: '' } : undefined;
  }

  /** A tab that says nothing of itself has its name from the tag around it, or is counted: all are ways of one thing. */
  #named(text: string, tag: Tag | undefined): Tag | undefined {
    let name = '';
    for (const one of tagsOn(text)) {
      const does = aroundTabs(one);
      if (does === 'ends set') this.#tabNames.pop();
      if (does === 'set') this.#tabNames.push({ names: namesIn(one), count: 0 });
      if (does !== 'tab') continue;
      if (this.#tabNames.length === 0) this.#tabNames.push({ names: [], count: 0 });
      const around = this.#tabNames.at(-1) ?? { names: [], count: 0 };
      around.count += 1;
      name = around.names[around.count - 1] ?? `Tab ${around.count}`;
    }
    return tag?.said === '' && name !== '' ? { ...tag, said: labelled(name) } : tag;
  }

  /** A box right behind another is one of its own: the empty lines between them are not the first one's. */
  #apart(index: number, quote: boolean): void {
    if (!quote) return;
    for (let at = index - 1; at >= this.#from && (this.#lines[at] ?? '').trim() === ''; at -= 1)
      if (this.#boxes.every((open) => !open.quote)) this.#out[at] = '';
  }

  /** The line without what the open boxes indent it by; boxes that it does not belong to are closed. */
  #within(line: string): { readonly prefix: string; readonly text: string } {
    if (this.#boxes.length === 0) return { prefix: '', text: line };
    let text = line;
    let prefix = '';
    for (const [at, box] of this.#boxes.entries()) {
      const blank = text.trim() === '';
      if (!blank && !box.tagged && indentOf(text) < box.base + box.inner) {
        this.#boxes = this.#boxes.slice(0, at);
        this.#fence = null;
        break;
      }
      prefix += ' '.repeat(box.kept) + (box.quote ? '> ' : '');
      if (!blank) text = dedented(text, Math.min(indentOf(text), box.base + box.inner));
    }
    return { prefix, text };
  }

  /** A step of MDX that holds words alone: an item of a list that counts, which is something to do as any such item is. */
  #isToldOnly(index: number, text: string, tag: Tag): boolean {
    if (!tag.opens || tag.said === '' || !/^\s*<Step[\s>]/.test(text)) return false;
    for (let at = index + 1; at < Math.min(this.#lines.length, index + MOST_LINES); at += 1) {
      const line = (this.#lines[at] ?? '').trim();
      if (line.startsWith('</Step>')) return true;
      if (/^(?:[`~]{3}|[-*+#|<:]|\d{1,9}[.)])/.test(line)) return false;
    }
    return false;
  }

  /** Text that stands above without an empty line is no part of the label: a hard break ends it. */
  #breakAbove(index: number): void {
    // A label right below a tag of HTML would be a part of that.
    for (let at = index - 1; at > this.#from && HTML_TAG.test(this.#out[at] ?? ''); at -= 1)
      this.#out[at] = '';
    const above = this.#out[index - 1] ?? '';
    const isText = /[\p{L}\p{N}]/u.test(above) && !/^\s*[#<]/.test(above) && !above.includes('|');
    if (index <= this.#from || !isText || above.endsWith('\\')) return;
    if (readMarker(above.trim()) === null) this.#out[index - 1] = `${above}\\`;
  }

  /** Text follows without an empty line: it begins a paragraph of its own behind the label, which a hard break says. */
  #isTextBelow(index: number): boolean {
    const below = this.#lines[index + 1] ?? '';
    if (below.trim() === '' || /^[ \t]*#{1,6}[ \t]/.test(below)) return false;
    return (
      readMarker(below.trim()) === null && tagOf(below) === undefined && boxOf(below) === undefined
    );
  }

  /** Columns of the first line below that has text, within what is open. */
  #indentBelow(index: number): number {
    for (let at = index + 1; at < Math.min(this.#lines.length, index + 6); at += 1) {
      const line = this.#lines[at] ?? '';
      if (line.trim() !== '') return indentOf(this.#within(line).text);
    }
    return 0;
  }

  /** Whether an indented tag belongs to an item of a list, and is not indented by the tags around it alone. */
  #isInItem(index: number): boolean {
    const columns = indentOf(this.#lines[index] ?? '');
    if (columns === 0) return false;
    // What is kept for the item around a tag that is open is not kept for those in it once more.
    const first = Math.max(this.#from, index - MOST_LINES, (this.#boxes.at(-1)?.at ?? -1) + 1);
    for (let at = index - 1; at >= first; at -= 1) {
      const line = this.#lines[at] ?? '';
      const isLess = line.trim() !== '' && indentOf(line) < columns;
      if (isLess && ITEM.test(line)) return true;
      if (isLess && indentOf(line) === 0) return false;
    }
    return false;
  }
}

/** `items={['npm', 'yarn']}` of a tag around tabs. */
const namesIn = (tag: string): readonly string[] =>
  [...(/ items=\{\[([^[\]]*)\]\}/.exec(tag)?.[1] ?? '').matchAll(/"([^"]*)"|'([^']*)'/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
