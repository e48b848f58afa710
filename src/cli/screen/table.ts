import type { AlignType, Table } from 'mdast';
import { type InlineTools, type Span, spansOf, styled } from './inlines.ts';
import { displayWidth, foldPieces } from './layout.ts';
import type { Style } from './style.ts';

const GAP = 2;

/** A table on the screen: in columns where they fit, else each row as `Header: value` lines. */
export function tableLines(
  table: Table,
  columns: number,
  tools: InlineTools,
  style: Style,
  rule = '-',
): readonly string[] {
  const rows = table.children.map((row) =>
    row.children.map((cell) =>
      spansOf(cell.children, tools).map(({ text, mark }) => ({
        text: text.replaceAll('\n', ' '),
        mark,
      })),
    ),
  );
  const [header = [], ...body] = rows;
  const widths = header.map((_, at) => Math.max(1, ...rows.map((row) => widthOf(row[at] ?? []))));
  const total = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  if (total > columns) return asFacts(header, body, columns, style);
  const align = table.align ?? [];
  const line = (row: readonly (readonly Span[])[]): string =>
    widths
      .map((width, at) => aligned(row[at] ?? [], width, align[at] ?? null, style))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    line(header.map(inBold)),
    style('dim', widths.map((width) => rule.repeat(width)).join(' '.repeat(GAP))),
    ...body.map(line),
  ];
}

function asFacts(
  header: readonly (readonly Span[])[],
  body: readonly (readonly (readonly Span[])[])[],
  columns: number,
  style: Style,
): readonly string[] {
  return body.flatMap((row, index) => {
    const facts = row.flatMap((cell, at) => {
      const name = header[at] ?? [];
      const named = widthOf(name) > 0 ? [...inBold(name), { text: ': ', mark: [] }, ...cell] : cell;
      if (widthOf(cell) === 0) return [];
      return foldPieces(named, columns - 2).map(
        (line, part) => (part > 0 ? '  ' : '') + styled(line, style),
      );
    });
    return index > 0 ? ['', ...facts] : facts;
  });
}

const inBold = (cell: readonly Span[]): readonly Span[] =>
  cell.map(({ text, mark }) => ({ text, mark: ['strong', ...mark] }));

const widthOf = (cell: readonly Span[]): number =>
  cell.reduce((sum, span) => sum + displayWidth(span.text), 0);

function aligned(cell: readonly Span[], width: number, align: AlignType, style: Style): string {
  const room = Math.max(0, width - widthOf(cell));
  const before = align === 'right' ? room : align === 'center' ? Math.floor(room / 2) : 0;
  return ' '.repeat(before) + styled(cell, style) + ' '.repeat(room - before);
}
