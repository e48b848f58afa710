import type { Expectation } from '../model/runbook.ts';
import { saysNothing } from './expectations.ts';
import { namesOutput } from './languages/leads.ts';
import { loneValue } from './said-value.ts';

/** A row of a table as its cells are read. */
interface Row {
  readonly header: readonly string[];
  readonly cells: readonly string[];
  /** Per cell: the inline code it consists of. */
  readonly codes: readonly (string | undefined)[];
}

const EXPECTED =
  /^\W{0,4}(?:expect(?:ed|s|ation)?(?: (?:output|results?|values?|response|answer|status|state|to see))?|(?:should|must) (?:be|show|print|return|say|read|contain)|erwartet(?:es?)?(?: (?:ausgabe|ergebnis|wert))?|soll(?:wert)?|(?:sortie|résultat|valeur) attendue?|attendu|(?:salida|resultado|valor) esperad[oa]|esperado|(?:saída|resultado|valor) esperad[oa]|(?:risultato|output|valore) attes[oa]|atteso|verwachte? (?:uitvoer|resultaat|waarde)|verwacht|förväntat(?: \p{L}{1,20})?|forventet(?: \p{L}{1,20})?|oczekiwan[eya](?: \p{L}{1,20})?|očekávan[ýáé](?: \p{L}{1,20})?|ожидаемый (?:вывод|результат)|ожидается|очікуваний (?:вивід|результат)|очікується|beklenen(?: \p{L}{1,20})?|odotettu(?: \p{L}{1,20})?|várt(?: \p{L}{1,20})?|期待値|期待される(?:出力|結果)|期待结果|预期(?:输出|结果|值)?|預期(?:輸出|結果)?|예상(?: (?:출력|결과|값))?)\W{0,4}$/iu;
/** Whether a column is called so: in the words above, or in those that a pack has for a sentence over output. */
export const isExpectedHeader = (name: string): boolean =>
  EXPECTED.test(name) || namesOutput(name.trim());

const NOTHING_SAID = /^(?:[-–—?]|n\/a|tbd|todo|)$/i;
const LIMIT =
  /^(?:[<>≤≥=]|(?:less|more|fewer|greater|lower|higher|smaller|larger|at (?:least|most)|below|above|under|over|between|up to|no (?:more|less)|not (?:more|less)|max|min)\b|\d[\d.,]{0,12} ?%? ?[-–] ?\d)/i;

/**
 * What a column "Expected" says of the command in its row: a value that is in the output, a limit to compare its number
 * with, or words that nothing can be compared with. `null`: there is no such column, or nothing stands in it.
 */
export function expectedCell(
  { header, cells, codes }: Row,
  line: number,
):
  | { readonly is: 'value'; readonly expectation: Expectation }
  | { readonly is: 'limit' | 'words'; readonly text: string }
  | null {
  const at = header.findIndex(isExpectedHeader);
  const text = (cells[at] ?? '').trim();
  if (at < 0 || NOTHING_SAID.test(text)) return null;
  const code = codes[at];
  if (code === undefined && saysNothing(`Expected output: ${text}`))
    return { is: 'value', expectation: { line, match: 'text', text: '', advisory: false } };
  if (LIMIT.test(text)) return { is: 'limit', text };
  const expectation = loneValue(code === undefined ? text : `\`${code}\``, line);
  return expectation === null ? { is: 'words', text } : { is: 'value', expectation };
}

/** What a row is called: its first cell that is no number of it and no command. */
export function nameOfRow({ cells, codes }: Pick<Row, 'cells' | 'codes'>): string {
  const isName = (cell: string, at: number): boolean =>
    codes[at] === undefined && !/^[^\p{L}\p{N}]{0,3}\d{0,4}[^\p{L}\p{N}]{0,3}$/u.test(cell);
  return (cells.find(isName) ?? cells[0] ?? '').trim();
}

const WHEN =
  /^\W{0,4}(?:when|only when|only if|if|condition|applies (?:to|if|when)|wann|wenn|bedingung|quand|condition|cuándo|condición|quando|condição|条件|조건)\W{0,4}$/iu;
/** A cell that names no case. */
export const ALWAYS =
  /^(?:[^\p{L}\p{N}]*|always|n\/a|none|all|any|immer|toujours|siempre|sempre)$/iu;

/** Where a row says when it is done: in a column "When", whatever its words, else perhaps in its name ("Only on lb2"). */
export interface RowWhen {
  readonly words: string;
  readonly isColumn: boolean;
}

export function whenOfRow(header: readonly string[], row: Pick<Row, 'cells' | 'codes'>): RowWhen {
  const cell = (row.cells[header.findIndex((name) => WHEN.test(name))] ?? '').trim();
  return ALWAYS.test(cell)
    ? { words: nameOfRow(row), isColumn: false }
    : { words: cell, isColumn: true };
}
