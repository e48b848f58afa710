import { setFlagsFromString } from 'node:v8';
import type { Node } from 'libpg-query';
import { withoutCopyData } from '../../text/copy-data.ts';
import { isSwitchToWriting, reachesOut } from './read-only.ts';

/** One statement of a fence, as PostgreSQL's own parser reads it. Offsets are UTF-16 units within the fence's text. */
export interface SqlStatement {
  readonly start: number;
  readonly text: string;
  /** The parser's name for it, such as `SelectStmt`. */
  readonly kind: string;
  /** Where its parameters stand, within `text`. */
  readonly parameters: readonly Parameter[];
  /** The server takes bind parameters in it; others need literals. */
  readonly bindable: boolean;
  /** The server refuses it in a transaction block (`VACUUM`, `CREATE INDEX CONCURRENTLY` …). */
  readonly standsAlone: boolean;
  /** What it does to the transaction, when that is what it is for. */
  readonly transaction: 'begin' | 'end' | null;
  /** It would lift the read-only mode. */
  readonly switchesToWriting: boolean;
  /** It would start a program, touch files of the server or speak to another one. */
  readonly reachesOut: boolean;
  /** It reads rows from standard input. */
  readonly copiesIn: boolean;
  /** The rows that stand behind it in the fence. */
  readonly copied: string;
}

/** A `$3` in a statement. */
export interface Parameter {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Why a text is not SQL. */
export interface SqlSyntaxError {
  readonly message: string;
  /** UTF-16 offset within the text, `null` when unknown. */
  readonly position: number | null;
}

/** Splits and judges statements with the parser of PostgreSQL 18 itself; loads it (WASM) at first use. */
export async function readStatements(
  whole: string,
): Promise<readonly SqlStatement[] | SqlSyntaxError> {
  const { hasSqlDetails, parse, scan } = await loadParser();
  const { text, data } = withoutCopyData(whole);
  const offsets = offsetsOf(text);
  try {
    const tree = await parse(text);
    const { tokens } = await scan(text);
    const parameters = tokens
      .filter((token) => token.tokenName === 'PARAM')
      .map((token) => ({
        number: Number(token.text.slice(1)),
        start: offsets.ofByte(token.start),
        end: offsets.ofByte(token.end),
      }));
    return (tree.stmts ?? []).map((raw) => {
      const startByte = raw.stmt_location ?? 0;
      const start = offsets.ofByte(startByte);
      const end = raw.stmt_len ? offsets.ofByte(startByte + raw.stmt_len) : text.length;
      const statement = statementOf(raw.stmt, text.slice(start, end), start, parameters);
      const rows = data.find((one) => one.start >= end);
      return statement.copiesIn ? { ...statement, copied: rows?.rows ?? '' } : statement;
    });
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    const at = error.sqlDetails?.cursorPosition;
    const position = at === undefined || at < 0 ? null : offsets.ofCharacter(at);
    return { message: error.message, position };
  }
}

/**
 * A fence is read once: making the parser's code fast would take a quarter of a second and half a gigabyte for the one
 * huge function in it. V8 does so when code has run for as long as its budget.
 */
async function loadParser(): Promise<typeof import('libpg-query')> {
  setFlagsFromString('--wasm-tiering-budget=100000000');
  return import('libpg-query');
}

function statementOf(
  node: Node | undefined,
  text: string,
  start: number,
  all: readonly Parameter[],
): SqlStatement {
  const [kind = '', body] = Object.entries(node ?? {})[0] ?? [];
  const fields = asRecord(body);
  const end = start + text.length;
  return {
    start,
    text,
    kind,
    parameters: all
      .filter((one) => one.start >= start && one.end <= end)
      .map((one) => ({ number: one.number, start: one.start - start, end: one.end - start })),
    bindable: BINDABLE.has(kind),
    standsAlone: standsAlone(kind, fields),
    transaction: kind === 'TransactionStmt' ? transactionOf(String(fields['kind'])) : null,
    switchesToWriting: isSwitchToWriting(kind, fields),
    reachesOut: reachesOut(kind, fields),
    copiesIn: kind === 'CopyStmt' && fields['is_from'] === true && fields['filename'] === undefined,
    copied: '',
  };
}

const BINDABLE = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'ExplainStmt',
  'DeclareCursorStmt',
  'CreateTableAsStmt',
  'CallStmt',
]);
const ALONE = new Set([
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'AlterSystemStmt',
  'CreateSubscriptionStmt',
  'DropSubscriptionStmt',
  'CallStmt',
]);

function standsAlone(kind: string, fields: Readonly<Record<string, unknown>>): boolean {
  if (ALONE.has(kind)) return true;
  if (kind === 'VacuumStmt') return fields['is_vacuumcmd'] === true;
  if (kind === 'ClusterStmt') return fields['relation'] === undefined;
  if (kind === 'ReindexStmt') {
    const whole = /SCHEMA|DATABASE|SYSTEM/.test(String(fields['kind']));
    return whole || JSON.stringify(fields['params'] ?? '').includes('"concurrently"');
  }
  if (kind === 'AlterDatabaseStmt') return JSON.stringify(fields).includes('"tablespace"');
  const concurrent =
    kind === 'AlterTableStmt' && JSON.stringify(fields['cmds']).includes('"concurrent":true');
  return (
    concurrent || ((kind === 'IndexStmt' || kind === 'DropStmt') && fields['concurrent'] === true)
  );
}

function transactionOf(kind: string): SqlStatement['transaction'] {
  if (/_(?:BEGIN|START)$/.test(kind)) return 'begin';
  return /_(?:COMMIT|ROLLBACK|PREPARE|COMMIT_PREPARED|ROLLBACK_PREPARED)$/.test(kind)
    ? 'end'
    : null;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The parser counts bytes of UTF-8 in its tree and characters in its errors. */
function offsetsOf(text: string): {
  ofByte(byte: number): number;
  ofCharacter(character: number): number;
} {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is where all three counts agree.
  if (/^[\x00-\x7f]*$/.test(text)) return { ofByte: (byte) => byte, ofCharacter: (at) => at };
  const bytes = Buffer.from(text);
  return {
    ofByte: (byte) => bytes.subarray(0, byte).toString().length,
    ofCharacter: (at) => utf16Offset(text, at),
  };
}

/** The UTF-16 offset of a character counted as PostgreSQL counts: by code points, from 0. */
export function utf16Offset(text: string, character: number): number {
  let offset = 0;
  for (let left = character; left > 0 && offset < text.length; left -= 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
