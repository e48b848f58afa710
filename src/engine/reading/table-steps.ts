import type { Doubt, RowBlock } from '../model/block.ts';
import type { Step } from '../model/runbook.ts';
import { type Decision, decisionsOf } from './decisions.ts';
import { expectedCell, nameOfRow, whenOfRow } from './expected-cell.ts';
import { asksToRun, tellsEach } from './leads.ts';
import { shown } from './marks/condition-mark.ts';
import type { TablePiece } from './pieces.ts';
import type { Sayings } from './sayings.ts';
import { readScript } from './shell-reader.ts';
import type { Page, StepMaker } from './step-maker.ts';
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
  const decisions = decisionsOf(piece, lines, outline.guesses);
  for (const [at, row] of rows.entries()) {
    const decision = decisions?.isNamed === true ? decisions.rows[at] : undefined;
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
    const does = decision?.command || undefined;
    const found = takenAs(maker, block, does, decision?.isFirm === true);
    if (!found) continue;
    if (row.repaired) {
      says.say(
        'split-cell',
        row.line,
        'A `|` inside inline code splits this table row for other readers.',
        'Write `\\|` inside the code.',
      );
    }
    const text = commandOf(found.detection.body) || (does ?? '');
    const shell = await readScript(text);
    const judged = maker.detect({ ...found.block, shell }) ?? found;
    const acts = judged.detection.effect === 'writes' || judged.detection.effect === 'destroys';
    // "Task | Command": a list to look things up in has the same head as one to work off.
    const doubt = acts && !told && listsDoings(header, outline.guesses) ? LOOKED_UP : null;
    const doubted = doubt === null ? found.block : { ...found.block, doubt };
    const expected = judged.type.human ? null : expectedCell({ header, ...row }, row.line);
    maker.add(doubted, judged.type, judged.detection, index, {
      title: toTitle(nameOfRow(row)) || 'Check',
      language: null,
      text,
      textLine: row.line,
      shell,
      when:
        found.block.does !== undefined && decision?.when
          ? { words: decision.when, isColumn: true }
          : whenOfRow(header, row),
      ...(expected?.is === 'value' ? { expectation: expected.expectation } : {}),
    });
    says.rowBeside(row, text);
    if (expected?.is === 'words')
      says.say(
        'unread-limit',
        row.line,
        `The expectation \`${expected.text}\` is compared with nothing: it is no value that the command prints.`,
        'Write what the command prints, in backticks, or a limit such as `> 80%`.',
      );
  }
  const made = maker.steps.slice(before);
  const dropped = decisions?.isNamed !== true ? [] : droppedOf(decisions.rows, made, maker);
  if (dropped.length > 0) sayDropped(says, dropped);
  if (made.length > 0) sayTorn(says, rows, made);
  else if (dropped.length > 0) return;
  else if (holdsCommands(header, rows))
    says.leaveOut(
      piece.line,
      'This table holds commands, and nothing above it asks to run them.',
      'Write "Run these commands:" above it, or call their column "Check", if they are to be run.',
    );
}

/** What takes a row: a check by its limits comes before what is only done in a case. */
function takenAs(
  maker: StepMaker,
  block: RowBlock,
  does: string | undefined,
  isFirm: boolean,
): (NonNullable<ReturnType<StepMaker['detect']>> & { readonly block: RowBlock }) | undefined {
  const checked =
    does !== undefined && isFirm
      ? undefined
      : maker.detect(does === undefined ? block : { ...block, asked: false });
  const taken = does === undefined || checked !== undefined ? block : { ...block, does };
  const found = checked ?? maker.detect(taken);
  return found && { ...found, block: taken };
}

/** Rows that say what to do in a case, and are neither a step nor lead to a section. */
function droppedOf(
  rows: readonly Decision[],
  made: readonly Step[],
  maker: StepMaker,
): readonly Decision[] {
  const taken = new Set(made.map(({ line }) => line));
  const left = rows.filter(({ row: { line } }) => !taken.has(line) && !maker.isLed(line));
  const isAsked = left.length < rows.length;
  return left.filter(({ isCommanding, action }) => isCommanding || (isAsked && SAYS.test(action)));
}

/** "Nothing", "-" and "OK" ask for nothing. */
const SAYS = /\p{L}\P{L}+\p{L}/u;

function sayDropped(says: Sayings, [first, ...others]: readonly Decision[]): void {
  if (first === undefined) return;
  const rest = others.length === 0 ? '' : `, and so are ${others.length} more of its rows`;
  says.leaveOut(
    first.row.line,
    `This row says what to do in one case ("${shown(first.when || first.action)}"), and is shown, not done${rest}.`,
    'Let its cell be one command in backticks or a link to a section of this page, or write it as a heading with its steps, if it is to be asked.',
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
