/** A fence marker line, taken apart. */
export interface Marker {
  readonly prefix: string;
  readonly char: string;
  readonly length: number;
  readonly info: string;
}

const MARKER =
  /^((?:[ \t]{0,12}(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]))*[ \t]*)(```+|~~~+)(?![`~])([^\n]*)$/;
const CODE_TAG =
  /^(?:bash|sh|shell|zsh|console|terminal|sql|ya?ml|json|python|py|js|javascript|ts|typescript|go|ruby|php|java|text|ini|toml|xml|html|hcl|terraform|dockerfile|powershell|http|diff|nginx|properties)\b/i;

/** The marker that a line is, whatever lists and quotes stand before it; `null` when it is none. */
export function readMarker(line: string): Marker | null {
  if (!line.includes('```') && !line.includes('~~~')) return null;
  const match = MARKER.exec(line);
  if (!match) return null;
  const [, prefix = '', mark = '', rest = ''] = match;
  if (mark[0] === '`' && rest.includes('`')) return null;
  return { prefix, char: mark[0] ?? '`', length: mark.length, info: rest.trim() };
}

/** Whether a line closes a fence. */
export function closes(line: string, fence: Marker): boolean {
  const match = /^[\s>]*(`{3,}|~{3,})[ \t]*$/.exec(line);
  const mark = match?.[1] ?? '';
  return mark.startsWith(fence.char) && mark.length >= fence.length;
}

/** Whether a marker inside a fence would be taken for text, though its author opens another fence. */
export function opensInside(marker: Marker, fence: Marker): boolean {
  return marker.char === fence.char && marker.length >= fence.length && CODE_TAG.test(marker.info);
}

/** Where the author meant a fence to end whose content has fences: a tagged one opens, a bare one closes the innermost. */
export function nestedExtent(
  lines: readonly string[],
  start: number,
  outer: Marker,
): { readonly end: number; readonly inner: readonly number[] } {
  const open: Marker[] = [];
  const inner: number[] = [];
  for (let index = start + 1; index < lines.length; index += 1) {
    const marker = readMarker(lines[index] ?? '');
    if (!marker) continue;
    const top = open.at(-1);
    if (marker.info === '' && closes(lines[index] ?? '', top ?? outer)) {
      if (!top) return { end: index, inner };
      open.pop();
      inner.push(index);
    } else if (marker.info !== '' || !top) {
      open.push(marker);
      inner.push(index);
    }
    if (open.length > 16) break;
  }
  return { end: -1, inner };
}

/** Columns that a line is indented by. */
export const indentOf = (line: string): number => columnsOf(/^[ \t]*/.exec(line)?.[0] ?? '');

/** Width in columns, tabs to the next multiple of four. */
export function columnsOf(prefix: string): number {
  let columns = 0;
  for (const char of prefix) columns += char === '\t' ? 4 - (columns % 4) : 1;
  return columns;
}
