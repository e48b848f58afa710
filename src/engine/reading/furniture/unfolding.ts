import { closes, columnsOf, indentOf, type Marker, readMarker } from '../fence-markers.ts';
import { boxOf, labelled, OpenBoxes } from './boxes.ts';
import {
  closesComponent,
  isToldOnly,
  MOST_LINES,
  moduleEnd,
  opensComponent,
  TAG_END,
  type Tag,
  tagsOn,
  wholeTag,
  withoutComponent,
} from './components.ts';
import { type CodeBelow, codeBelow, codedLine, TypedSession } from './indented-code.ts';
import { MarkedItems } from './marked-items.ts';
import { beginsGroup, labelledFence, TabNames } from './tab-lines.ts';
import { closedShortcodes, directiveOf, filledIn, isHugo, listingOf, tagOf } from './tags.ts';

/** Reads the lines of one page, or of one quote, from the top, with what is open around each. */
export class Unfolding {
  readonly #lines: readonly string[];
  readonly #out: string[];
  readonly #from: number;
  readonly #boxes = new OpenBoxes();
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
  readonly #typed = new TypedSession();
  readonly #tabNames = new TabNames();
  /** Indented code below a directive of reStructuredText. */
  #code: CodeBelow | null = null;
  /** The line stands in a quote that began right below a box. */
  #isQuoteBelow = false;
  /** The last line of what MDX takes for a program. */
  #module = -1;
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
    const { prefix, text } = this.#belowBox(index, this.#within(line));
    const put = (said: string): void => {
      this.#out[index] =
        said === '' && !prefix.includes('>') ? '' : (prefix + said).replace(/(?<!\s)\s+$/, '');
    };
    if (index <= this.#module) {
      put('');
      return;
    }
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
    if (this.#typed.has(text, () => this.#isApart(index))) {
      put(`  ${text}`);
      return;
    }
    this.#furniture(index, text, put, prefix !== '' || text !== line);
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
    this.#closers ??= closedShortcodes(this.#lines);
    if (!this.#closers.has(name)) this.#filledIn.push({ line: index + 1, code, alone: true });
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
    const isFirst = index === this.#from || (this.#out[index - 1] ?? '').trim() === '';
    const last = isFirst ? moduleEnd(this.#lines, index) : undefined;
    if (last !== undefined) {
      put('');
      this.#module = last;
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
      this.#boxes.open({ base, inner: 4, kept: base, quote: box.quote, tagged: false, at: index });
      return;
    }
    if (this.#colons > 0 && /^[ \t]*:{3,}[ \t]*$/.test(text)) {
      this.#colons -= 1;
      this.#isGroup = false;
      put('');
      return;
    }
    const whole = wholeTag(this.#lines, index, text);
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
    const isTold = isToldOnly(this.#lines, index, text, tag);
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
      this.#boxes.open({
        base,
        inner: Math.max(0, inner),
        kept,
        quote: false,
        tagged: true,
        at: index,
      });
    } else if (tag.closes) this.#boxes.closeTag();
  }

  #opened(text: string): Tag | undefined {
    return this.#closed.has(opensComponent(text) ?? '') ? { said: '' } : undefined;
  }

  #named(text: string, tag: Tag | undefined): Tag | undefined {
    const name = this.#tabNames.take(tagsOn(text));
    return tag?.said === '' && name !== '' ? { ...tag, said: labelled(name) } : tag;
  }

  /** A box right behind another is one of its own: the empty lines between them are not the first one's. */
  #apart(index: number, quote: boolean): void {
    if (!quote) return;
    for (let at = index - 1; at >= this.#from && (this.#lines[at] ?? '').trim() === ''; at -= 1)
      if (!this.#boxes.inQuote) this.#out[at] = '';
  }

  /** A quote right below a box is no text of it: with a line between it is one of its own, else one within. */
  #belowBox(index: number, { prefix, text, ends }: Within): Pick<Within, 'prefix' | 'text'> {
    this.#isQuoteBelow = QUOTED.test(text) && (this.#isQuoteBelow || (ends && prefix === ''));
    if (!this.#isQuoteBelow) return { prefix, text };
    if ((this.#lines[index - 1] ?? '').trim() !== '') return { prefix: `${prefix}> `, text };
    this.#apart(index, true);
    this.#isQuoteBelow = false;
    return { prefix, text };
  }

  /** The line without what the open boxes indent it by. */
  #within(line: string): Within {
    const within = this.#boxes.within(line);
    if (within.ends) this.#fence = null;
    return within;
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
    const first = Math.max(this.#from, index - MOST_LINES, (this.#boxes.last?.at ?? -1) + 1);
    for (let at = index - 1; at >= first; at -= 1) {
      const line = this.#lines[at] ?? '';
      const isLess = line.trim() !== '' && indentOf(line) < columns;
      if (isLess && ITEM.test(line)) return true;
      if (isLess && indentOf(line) === 0) return false;
    }
    return false;
  }
}

type Within = ReturnType<OpenBoxes['within']>;

const QUOTED = /^[ \t]{0,3}>/;

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

/** In front of a step of MDX that is shown as an item. */
const COUNTED = '1. ';

/** A tag of HTML alone on its line, which holds what is below it. */
const HTML_TAG =
  /^[ \t]*<\/?(?:div|section|article|center|p|span|nav|main)(?![\w-])[^<>]{0,300}>[ \t]*$/i;

const ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
