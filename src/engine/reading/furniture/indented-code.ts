import { columnsOf, indentOf } from '../fence-markers.ts';

/** Indented code, as lines from 0: where its fence opens and closes, and by how much it and its directive are indented. */
export interface CodeBelow {
  readonly opens: number;
  readonly closes: number;
  readonly base: number;
  readonly columns: number;
  readonly language: string;
}

/** A line of such code, with the marks of a fence in the lines around it. */
export function codedLine(index: number, text: string, code: CodeBelow): string {
  if (index < code.opens) return '';
  if (index === code.opens) return `${' '.repeat(code.base)}\`\`\`${code.language}`;
  if (index === code.closes) return `${' '.repeat(code.base)}\`\`\``;
  return ' '.repeat(code.base) + dedented(text, code.columns);
}

/** The code below `.. code-block:: bash`: its options and a blank line stand in front; `null` where there is none. */
export function codeBelow(
  index: number,
  text: string,
  below: { readonly end: number; readonly textAt: (at: number) => string },
): CodeBelow | null {
  const { end: pageEnd, textAt } = below;
  const directive = /^([ \t]*)\.\. (?:code-block|code|sourcecode|prompt)::[ \t]*(\S*)/.exec(text);
  if (directive === null) return null;
  const base = columnsOf(directive[1] ?? '');
  const isBlank = (at: number): boolean => textAt(at).trim() === '';
  let first = index + 1;
  while (first < pageEnd && (isBlank(first) || /^[ \t]+:[a-z-]+:/.test(textAt(first)))) first += 1;
  if (first >= pageEnd || indentOf(textAt(first)) <= base || first === index + 1) return null;
  let end = first;
  let last = first;
  while (end < pageEnd && (isBlank(end) || indentOf(textAt(end)) > base)) {
    if (!isBlank(end)) last = end;
    end += 1;
  }
  const columns = indentOf(textAt(first));
  return { opens: first - 1, closes: last + 1, base, columns, language: directive[2] ?? '' };
}

/** Takes so many columns of indentation off. */
export function dedented(text: string, columns: number): string {
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const left = columnsOf(indent) - columns;
  return ' '.repeat(Math.max(0, left)) + text.slice(indent.length);
}

/**
 * Sessions that are indented by two or three columns, as cram has them: too few for markdown to know them as code. Each
 * begins with a prompt, below an empty line and no list.
 */
export class TypedSession {
  #isOpen = false;

  /** Whether a line is of one; `isApart`: it stands below an empty line and no list. */
  has(text: string, isApart: () => boolean): boolean {
    const columns = indentOf(text);
    if (text.trim() === '' || columns < 2) this.#isOpen = false;
    if (this.#isOpen && columns >= 2) return true;
    if (columns < 2 || columns > 3) return false;
    this.#isOpen = /^ {2,3}\$ \S/.test(text) && isApart();
    return this.#isOpen;
  }
}
