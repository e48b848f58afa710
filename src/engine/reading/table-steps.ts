import type { Doubt, RowBlock } from '../model/block.ts';
import type { Step } from '../model/runbook.ts';
import { expectedCell, nameOfRow, whenOfRow } from './expected-cell.ts';
import { asksToRun, tellsEach } from './leads.ts';
import type { TablePiece } from './pieces.ts';
import type { Sayings } from './sayings.ts';
import { readScript } from './shell-reader.ts';
import type { Page } from './step-maker.ts';
import { leadOf } from './surroundings.ts';
import { headerOf, holdsCommands, listsDoings, rowsOf, type TableRow } from './tables.ts';
import { toTitle } from './titles.ts';

/** Makes steps of the rows of a table that hold something to do. */
export async function readTable(
  { outline, lines, says, blocks, maker }: Page,
  piece: TablePiece,
  index: number,
): Promise<void> {
  const header = headerOf(piece.node);
  const around = blocks.around(piece, index);
  if (around.annotations.ignore) return;
  const lead = leadOf(outline, index) || around.label;
  const told = asksToRun(lead, outline.guesses) || tellsEach(lead);
  const asked = told || listsDoings(header, outline.guesses);
  const before = maker.steps.length;
  const rows = rowsOf(piece.node, piece.rowLines, lines);
  for (const row of rows) {
    const block: RowBlock = {
      ...around,
      kind: 'row',
      line: row.line,
      endLine: row.line,
      header,
      cells: row.cells,
      codes: row.codes,
      asked,
    };
    const found = maker.detect(block);
    if (!found) continue;
    if (row.repaired) {
      says.say(
        'split-cell',
        row.line,
        'A `|` inside inline code splits this table row for other readers.',
        'Write `\\|` inside the code.',
      );
    }
    const text = commandOf(found.detection.body);
    const shell = await readScript(text);
    const judged = maker.detect({ ...block, shell }) ?? found;
    const acts = judged.detection.effect === 'writes' || judged.detection.effect === 'destroys';
    // "Task | Command": a list to look things up in has the same head as one to work off.
    const doubt = acts && !told && listsDoings(header, outline.guesses) ? LOOKED_UP : null;
    const doubted = doubt === null ? block : { ...block, doubt };
    const expected = judged.type.human ? null : expectedCell({ header, ...row }, row.line);
    maker.add(doubted, judged.type, judged.detection, index, {
      title: toTitle(nameOfRow(row)) || 'Check',
      language: null,
      text,
      textLine: row.line,
      shell,
      when: whenOfRow(header, row),
      ...(expected?.is === 'value' ? { expectation: expected.expectation } : {}),
    });
    if (expected?.is === 'words')
      says.say(
        'unread-limit',
        row.line,
        `The expectation \`${expected.text}\` is compared with nothing: it is no value that the command prints.`,
        'Write what the command prints, in backticks, or a limit such as `> 80%`.',
      );
  }
  if (maker.steps.length > before) sayTorn(says, rows, maker.steps.slice(before));
  else if (holdsCommands(header, rows))
    says.leaveOut(
      piece.line,
      'This table holds commands, and nothing above it asks to run them.',
      'Write "Run these commands:" above it, or call their column "Check", if they are to be run.',
    );
}

const LOOKED_UP: Doubt = {
  as: 'its table says what is done',
  or: 'nothing above it asks to do it: its rows may only be there to be looked up',
};

/** Rows beside steps that lost a part, or are no step although their code was put together. */
function sayTorn(says: Sayings, rows: readonly TableRow[], steps: readonly Step[]): void {
  const taken = new Set(steps.map(({ line }) => line));
  for (const { line, excess, repaired } of rows)
    if (excess || (repaired && !taken.has(line)))
      says.say(
        'split-cell',
        line,
        'This row has more cells than its table has columns: what stands in the others is read by nobody.',
        'Write `\\|` where a `|` is part of a cell.',
      );
}

/** The command of a row's body; its step type names it so. */
function commandOf(body: unknown): string {
  const command =
    typeof body === 'object' && body !== null && 'command' in body ? body.command : '';
  return typeof command === 'string' ? command : '';
}
