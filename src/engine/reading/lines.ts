import type { Diagnostic } from '../model/diagnostic.ts';
import type { FenceExtent } from '../model/runbook.ts';
import {
  closes,
  columnsOf,
  indentOf,
  type Marker,
  nestedExtent,
  opensInside,
  readMarker,
} from './fence-markers.ts';
import { unfold } from './furniture/unfold.ts';
import { isShown, isTemplate, looksLikeRunbook } from './nested.ts';

/** An open fence of the line pass. */
interface OpenFence extends Marker {
  readonly index: number;
  readonly columns: number;
}

/** A runbook inside a markdown fence: 1-based lines of its fences. */
export interface NestedRange {
  readonly line: number;
  readonly endLine: number;
}

/** What the line pass found. Lines are 0-based here; every line keeps its number. */
export interface LineReading {
  /** The lines, mended so that a CommonMark reading finds what the author meant. */
  readonly lines: readonly string[];
  /** Index of the first line after the frontmatter; its text between the `---` lines. */
  readonly bodyStart: number;
  readonly frontmatter: string | null;
  /** Where the text may be cut without changing the tree: top-level headings, paragraphs and list items outside fences. */
  readonly cuts: readonly number[];
  readonly nested: readonly NestedRange[];
  /** Link reference definitions by lower-case label, as written. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** The outermost fences, in order. */
  readonly fences: readonly FenceExtent[];
  /** What would close the HTML that is still open at the end. */
  readonly openHtml: string;
}

const CONTAINERS = /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){32}/;
const DEEPEST_INDENT = 160;
const MOST_MARKS = 3000;
const HTML_OPEN = /^ {0,3}<(?:(!--)|(pre|script|style|textarea)(?=[\s>]|$))/i;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;

/**
 * Mends what CommonMark would read otherwise than its author meant: a runbook in a markdown fence is
 * unwrapped, an inner fence does not end the outer one, a fence in a list item is not ended by
 * unindented text. No line is added or taken away. Linear.
 */
export function readLines(text: string): LineReading {
  const lines = text.split('\n');
  const { lines: unfolded, takenIn, filledIn } = unfold(lines, frontmatterEnd(lines));
  const reading = new LinePass(unfolded).read();
  if (takenIn.length + filledIn.length === 0) return reading;
  const diagnostics = [...reading.diagnostics, ...takenIn.map(notRead), ...filledIn.map(notFilled)];
  return { ...reading, diagnostics };
}

/** What another tool fills in stands as it is written, or is taken out where it is alone: nobody here knows what it would be. */
const notFilled = ({
  line,
  code,
  alone = false,
}: {
  readonly line: number;
  readonly code: string;
  readonly alone?: boolean;
}): Diagnostic => ({
  rule: 'left-out',
  severity: 'info',
  line,
  column: 1,
  message: `Another tool puts something of its own in the place of \`${code}\`; here it is ${alone ? 'left out' : 'shown as it is written'}.`,
  hint: 'Write what it stands for.',
});

/** What another tool takes in is text of another file: its steps are nobody's here. */
const notRead = ({ line, file }: { readonly line: number; readonly file: string }): Diagnostic => ({
  rule: 'left-out',
  severity: 'info',
  line,
  column: 1,
  message: `Another tool puts the text of \`${file}\` here; it is not read, and no step of it is one of this page.`,
  hint: `Link to it in an item of its own (\`1. [What it does](${file})\`), or write its steps here.`,
});

/** Columns of a table; more are read as text, which costs less than anybody would read of it. */
const MOST_COLUMNS = 400;

/** Whether a line is the rule below the head of a table that nobody could read. */
function isWideRule(line: string): boolean {
  if (line.length < MOST_COLUMNS * 2) return false;
  let bars = 0;
  for (const char of line) {
    if (char === '|') bars += 1;
    else if (!' \t>:-'.includes(char)) return false;
  }
  return bars > MOST_COLUMNS;
}

const wideTable = (line: number): Diagnostic => ({
  rule: 'wide-table',
  severity: 'warning',
  line,
  column: 1,
  message: `This table has more than ${MOST_COLUMNS} columns: it is read as text.`,
  hint: 'Keep it in a file of its own, and link to it.',
});

class LinePass {
  readonly #original: readonly string[];
  readonly #lines: string[];
  readonly #cuts: number[] = [];
  readonly #nested: NestedRange[] = [];
  readonly #definitions = new Map<string, string>();
  readonly #diagnostics: Diagnostic[] = [];
  #fence: OpenFence | null = null;
  #html: { readonly end: RegExp; readonly closing: string } | null = null;
  readonly #fences: FenceExtent[] = [];
  #inList = false;
  #inOrdered = false;
  #marks = 0;
  #afterBlank = true;
  #ends: number[] = [];

  constructor(lines: string[]) {
    this.#original = [...lines];
    this.#lines = lines;
  }

  read(): LineReading {
    const bodyStart = frontmatterEnd(this.#lines);
    const frontmatter = bodyStart > 0 ? this.#lines.slice(1, bodyStart - 1).join('\n') : null;
    let index = bodyStart;
    while (index < this.#lines.length || this.#fence) {
      if (index < this.#lines.length) index = this.#line(index);
      else if (this.#fence) index = this.#unclosed(this.#fence, index);
    }
    return {
      lines: this.#lines,
      bodyStart,
      frontmatter,
      cuts: this.#cuts,
      nested: this.#nested,
      definitions: this.#definitions,
      diagnostics: this.#diagnostics,
      fences: this.#fences,
      openHtml: this.#html?.closing ?? '',
    };
  }

  /** Reads a line; returns the index of the line to read next. */
  #line(index: number): number {
    const line = this.#lines[index] ?? '';
    if (this.#ends.at(-1) === index) {
      if (this.#fence) return this.#unclosed(this.#fence, index);
      this.#ends.pop();
      this.#lines[index] = '';
    } else if (this.#fence) {
      const next = this.#inFence(index, line, this.#fence);
      if (next !== index + 1) return next;
    } else if (this.#html) this.#html = this.#html.end.test(line) ? null : this.#html;
    else this.#outside(index, line);
    this.#afterBlank = line.trim() === '';
    return index + 1;
  }

  #outside(index: number, line: string): void {
    if (line.trim() === '') return;
    if (isWideRule(line)) {
      this.#lines[index] = line.replaceAll('|', ' ');
      this.#diagnostics.push(wideTable(index + 1));
      return;
    }
    const html = HTML_OPEN.exec(line);
    if (html) {
      const end = html[1] ? /-->/ : new RegExp(`</${html[2]}>`, 'i');
      const closing = html[1] ? '-->' : `</${html[2]?.toLowerCase() ?? ''}>`;
      if (!end.test(line.slice(html[0].length))) this.#html = { end, closing };
      return;
    }
    const marker = readMarker(line);
    if (marker && (this.#inList || indentOf(line) < 4)) {
      this.#open(index, marker);
      return;
    }
    this.#noteShape(index, line);
  }

  #noteShape(index: number, line: string): void {
    const item = LIST_ITEM.exec(line);
    if (/^#{1,6}(?:[ \t]|$)/.test(line)) {
      this.#cuts.push(index);
      this.#inList = false;
    } else if (item) {
      const ordered = /\d/.test(item[0]);
      const goesOn = this.#inList && ordered === this.#inOrdered;
      if (goesOn && /^\S/.test(line) && !/^ *1[.)]/.test(line)) this.#cuts.push(index);
      this.#inList = true;
      this.#inOrdered = ordered;
    } else if (this.#afterBlank && /^\S/.test(line)) {
      this.#inList = false;
      this.#cuts.push(index);
    } else if (!this.#inList && /^(?:=+|-+)[ \t]*$/.test(line)) this.#cuts.push(index + 1);
    if (CONTAINERS.test(line) || indentOf(line) > DEEPEST_INDENT) this.#flatten(index, line);
    this.#boundMarkup(index, item !== null || /^\s*(?:[>|#]|\[[^\]]*\]:)/.test(line));
    const definition = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S/.exec(line);
    if (definition?.[1]) this.#definitions.set(definition[1].toLowerCase(), line);
  }

  /** Takes markup out of a paragraph that has thousands of marks: telling them apart is quadratic. */
  #boundMarkup(index: number, opensBlock: boolean): void {
    const line = this.#lines[index] ?? '';
    if (this.#afterBlank || opensBlock) this.#marks = 0;
    let bounded = /[*_]{40}/.test(line)
      ? line.replace(/\*{40,}/g, '***').replace(/_{40,}/g, '___')
      : line;
    const before = this.#marks;
    if (/[*_[\]<&~]/.test(line)) this.#marks += line.match(/[*_[\]<&~]/g)?.length ?? 0;
    if (this.#marks > MOST_MARKS) bounded = bounded.replace(/[*_[\]<&~]/g, ' ');
    if (bounded === line) return;
    this.#lines[index] = bounded;
    if (this.#marks > MOST_MARKS && before <= MOST_MARKS) {
      this.#say('too-deep', 'warning', index, {
        message: 'This paragraph has more markup than can be read.',
        hint: 'Write it as a fence.',
      });
    }
  }

  #open(index: number, marker: Marker): void {
    if (/^(?:markdown|md)\b/i.test(marker.info) && this.#openNested(index, marker)) return;
    const columns = columnsOf(marker.prefix);
    this.#fence = { ...marker, index, columns };
  }

  /** A markdown fence: unwrapped when it holds a runbook; else kept whole, its inner fences hidden. */
  #openNested(index: number, marker: Marker): boolean {
    const { end, inner } = nestedExtent(this.#lines, index, marker);
    if (end < 0) return false;
    const content = this.#lines.slice(index + 1, end);
    if (inner.length > 0 && inner.some((at) => closes(this.#lines[at] ?? '', marker))) {
      this.#say('nested-fence', 'warning', index, {
        message: 'A fence inside this markdown fence ends it early for other readers.',
        hint: 'Open and close the outer fence with four backticks.',
      });
    }
    const above = headingAbove(this.#lines, index);
    if (looksLikeRunbook(content) && !isTemplate(content, above) && !isShown(above)) {
      this.#nested.push({ line: index + 1, endLine: end + 1 });
      this.#note({ ...marker, index }, end, true);
      this.#lines[index] = '';
      this.#dedent(index + 1, end, columnsOf(marker.prefix));
      this.#ends.push(end);
      this.#inList = false;
      return true;
    }
    for (const at of inner) this.#hide(at, marker);
    return false;
  }

  #inFence(index: number, line: string, fence: OpenFence): number {
    const quoted = fence.prefix.includes('>');
    if (closes(line, fence)) {
      this.#fence = null;
      this.#note(fence, index, true);
      if (!quoted) this.#indent(index, fence);
      return index + 1;
    }
    const marker = readMarker(line);
    if (marker && opensInside(marker, fence) && !this.#isSample(index, fence)) {
      return this.#unclosed(fence, index);
    }
    if (fence.columns > 0 && !quoted) this.#indent(index, fence);
    return index + 1;
  }

  /** A tagged fence line in an untagged fence is a sample of markup when the fences below pair up; else the outer was never closed. */
  #isSample(index: number, fence: OpenFence): boolean {
    if (fence.info !== '' && !/^te?xt\b/.test(fence.info)) return false;
    const { end, inner } = nestedExtent(this.#lines, fence.index, fence);
    if (end < 0 || !inner.includes(index)) return false;
    for (const at of inner) this.#hide(at, fence);
    this.#say('nested-fence', 'warning', fence.index, {
      message: 'A fence inside this fence ends it early for other readers.',
      hint: 'Open and close the outer fence with four backticks.',
    });
    return true;
  }

  /** Ends a fence that nobody closed where its author most likely meant to, and reads on from there. */
  #unclosed(fence: OpenFence, before: number): number {
    this.#say('unclosed-fence', 'error', fence.index, {
      message: 'This fence is never closed.',
      hint: `Close it with ${fence.char.repeat(fence.length)} on a line of its own.`,
    });
    this.#fence = null;
    const at = likelyEnd(this.#original, fence, before);
    this.#note(fence, at < 0 || at >= before ? before - 1 : at, false);
    if (at < 0 || at >= before) {
      // No line of it can close it: the end of the text does, else its text is shown and what follows read as it stands.
      if (before < this.#lines.length) this.#lines[fence.index] = '';
      return before;
    }
    for (let index = at; index < before; index += 1) {
      this.#lines[index] = this.#original[index] ?? '';
    }
    const indent = fence.prefix.replace(/[^>\s]/g, ' ');
    this.#lines[at] = indent + fence.char.repeat(fence.length);
    this.#afterBlank = true;
    return at + 1;
  }

  /** Fences within a runbook that itself stands in one are part of that. */
  #note(fence: Marker & { readonly index: number }, end: number, closed: boolean): void {
    const around = this.#fences.at(-1);
    if (around !== undefined && fence.index < around.endLine) return;
    this.#fences.push({
      line: fence.index + 1,
      endLine: end + 1,
      closed,
      prefix: fence.prefix.replace(/[^>\t]/g, ' '),
      mark: fence.char.repeat(fence.length),
    });
  }

  /** Text and closing fences that stand left of their fence in a list item belong to it all the same. */
  #indent(index: number, fence: OpenFence): void {
    const line = this.#lines[index] ?? '';
    if (line.trim() === '') return;
    const missing = fence.columns - columnsOf(/^[ \t]*/.exec(line)?.[0] ?? '');
    if (missing > 0) this.#lines[index] = ' '.repeat(missing) + line;
  }

  #hide(index: number, outer: Marker): void {
    const line = this.#lines[index] ?? '';
    const other = outer.char === '`' ? '\u02cb' : '\u02dc';
    this.#lines[index] = line.replace(/`{3,}|~{3,}/, (mark) => other.repeat(mark.length));
  }

  #dedent(from: number, to: number, columns: number): void {
    if (columns === 0) return;
    const indent = new RegExp(`^ {0,${columns}}`);
    for (let index = from; index < to; index += 1) {
      this.#lines[index] = (this.#lines[index] ?? '')
        .replace(/^\t+/, (tabs) => ' '.repeat(4 * tabs.length))
        .replace(indent, '');
    }
  }

  #flatten(index: number, line: string): void {
    this.#lines[index] = line.replace(
      /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$))+[ \t]*|^[ \t]+/,
      '',
    );
    this.#say('too-deep', 'warning', index, {
      message: 'This line opens more lists or quotes than can be read.',
      hint: 'Write it with fewer levels.',
    });
  }

  #say(
    rule: string,
    severity: Diagnostic['severity'],
    index: number,
    says: { readonly message: string; readonly hint: string },
  ): void {
    this.#diagnostics.push({ rule, severity, line: index + 1, column: 1, ...says });
  }
}

function headingAbove(lines: readonly string[], index: number): string {
  for (let at = index - 1; at >= Math.max(0, index - 8); at -= 1) {
    const line = lines[at] ?? '';
    if (line.trim() !== '') return line;
  }
  return '';
}

/** A broken closing fence, else the blank line before a heading or before text outside the list item; -1 when none. */
function likelyEnd(lines: readonly string[], fence: OpenFence, before: number): number {
  let lastBlank = -1;
  for (let at = fence.index + 1; at < before; at += 1) {
    const line = lines[at] ?? '';
    if (/^\s*(?:`{1,2}|~{2})\s*$/.test(line)) return at;
    if (line.trim() !== '') continue;
    lastBlank = at;
    const next = lines[at + 1] ?? '';
    if (/^#{2,6} \S/.test(next) || /^ {0,3}\d{1,2}[.)] \S/.test(next)) return at;
    if (fence.columns > 0 && next.trim() !== '' && indentOf(next) < fence.columns) return at;
  }
  return lastBlank;
}

/** 0 without frontmatter, else the index after its closing line. */
function frontmatterEnd(lines: readonly string[]): number {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return 0;
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    // No YAML has a line that begins with a fence: the page begins with a rule, and another one follows.
    if (/^(?:```|~~~)/.test(line)) return 0;
    if (/^(?:---|\.\.\.)[ \t]*$/.test(line)) return index + 1;
  }
  return 0;
}
