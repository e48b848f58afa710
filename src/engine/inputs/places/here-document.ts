import { applyEdits, type Edit, fill, type Hole } from '../hole.ts';
import type { HereDocument, ShellPlace } from './shell-place.ts';

interface Filled {
  readonly hole: Hole;
  readonly place: ShellPlace;
  readonly text: string;
}

/**
 * What must change around values in here-documents: a line of a value could be the document's tag, and
 * `<<-` would take tabs away from a value's lines. Such documents get another tag, or lose their own
 * tabs beforehand. Others are left as they are.
 */
export function hereDocumentEdits(text: string, filled: readonly Filled[]): readonly Edit[] {
  const documents = new Set(filled.flatMap(({ place }) => place.hereDocuments));
  const edits: Edit[] = [];
  for (const document of documents) {
    const inside = filled.filter(({ place }) => place.hereDocuments.includes(document));
    if (document.operator === '<<-' && inside.some((one) => hasLeadingTab(text, one)))
      edits.push(...withoutTabs(text, document, inside));
    if (endsEarly(text, document, inside)) edits.push(...withTag(document, freshTag(text, filled)));
  }
  return mergeEdits(edits);
}

/** A tab of the value at the beginning of a line. */
function hasLeadingTab(text: string, { hole, text: value }: Filled): boolean {
  const line = text.slice(text.lastIndexOf('\n', hole.start - 1) + 1, hole.start);
  return value.includes('\n\t') || (value.startsWith('\t') && /^\t*$/.test(line));
}

/** Turns `<<-` into `<<` and takes the tabs of the author's own lines away, as `<<-` would have. */
function withoutTabs(
  text: string,
  document: HereDocument,
  inside: readonly Filled[],
): readonly Edit[] {
  const operator = text.indexOf('<<-', document.pos);
  const edits = [plain(operator, operator + 3, '<<')];
  const body = document.body;
  const isInHole = (offset: number): boolean =>
    inside.some(({ hole }) => hole.start < offset && offset < hole.end);
  for (
    let at = body.pos;
    at >= body.pos && at < body.end;
    at = text.indexOf('\n', at) + 1 || body.end
  ) {
    const tabs = /^\t*/.exec(text.slice(at, body.end))?.[0].length ?? 0;
    if (tabs > 0 && !isInHole(at)) edits.push(plain(at, at + tabs, ''));
  }
  const closing = document.closing;
  if (closing !== undefined) {
    const lineStart = text.lastIndexOf('\n', closing.pos - 1) + 1;
    if (lineStart < closing.pos && lineStart >= body.end)
      edits.push(plain(lineStart, closing.pos, ''));
  }
  return edits;
}

/** Whether the filled body has a line that would end the document. */
function endsEarly(text: string, document: HereDocument, inside: readonly Filled[]): boolean {
  const tag = document.delimiter?.value ?? '';
  const { pos, end } = document.body;
  const edits = inside.map((one) => {
    const edit = fill(one.hole, one.text);
    return { ...edit, start: edit.start - pos, end: edit.end - pos };
  });
  const before = text.slice(pos, end);
  // Inside `$(…)` bash takes even `EOF)` for the end, so the beginning of a line counts.
  const count = (body: string): number =>
    body.split('\n').filter((line) => line.replace(/^\t+/, '').startsWith(tag)).length;
  return count(applyEdits(before, edits).text) > count(before);
}

function withTag(document: HereDocument, tag: string): readonly Edit[] {
  const { delimiter, closing } = document;
  if (delimiter === undefined) return [];
  const start = plain(delimiter.pos, delimiter.end, delimiter.quoted ? `'${tag}'` : tag);
  return closing === undefined ? [start] : [start, plain(closing.pos, closing.end, tag)];
}

function freshTag(text: string, filled: readonly Filled[]): string {
  const all = [text, ...filled.map((one) => one.text)];
  let tag = 'HANDRAIL_END';
  while (all.some((one) => one.includes(tag))) tag += '_';
  return tag;
}

function plain(start: number, end: number, text: string): Edit {
  return { start, end, text, masked: text };
}

/** The same line may be part of two nested documents. */
function mergeEdits(edits: readonly Edit[]): readonly Edit[] {
  const seen = new Map(edits.map((edit) => [edit.start, edit]));
  return [...seen.values()];
}
