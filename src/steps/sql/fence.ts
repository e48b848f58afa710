import { HandrailError } from '../../engine/model/errors.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { withoutCopyData } from '../../text/copy-data.ts';
import { metaCommandOf } from '../../text/psql-command.ts';
import type { DatabaseProblem } from './database.ts';
import { type ShownProblem, showProblem } from './error.ts';
import { readStatements, type SqlStatement } from './statements.ts';

/** A fence whose statements may run. */
export interface SqlFence {
  readonly statements: readonly SqlStatement[];
  /** One transaction around the whole fence: nothing in it forbids that or brings its own. */
  readonly wrapped: boolean;
}

/** What is to run, and under which rules. */
export interface SqlFenceRequest {
  readonly step: Pick<Step, 'text' | 'textLine'>;
  /** The text with `$1` … in the places of values. */
  readonly text: string;
  readonly binds: readonly string[];
  readonly readonly: boolean;
}

/** Reads and judges a fence before anything of it runs. Throws STEP_CANNOT_RUN for commands that only psql knows. */
export async function readFence(request: SqlFenceRequest): Promise<SqlFence | ShownProblem> {
  const { step, text, binds, readonly } = request;
  const meta = metaProblem({ text, textLine: step.textLine });
  if (meta) throw new HandrailError('STEP_CANNOT_RUN', { message: meta });
  const statements = await readStatements(text);
  if ('message' in statements) {
    const problem = { ...PROBLEM, code: '42601', message: statements.message };
    return showProblem(problem, step, text, statements.position);
  }
  for (const statement of statements) {
    const message = refusalOf(statement, binds, readonly, rowsOf(text) !== rowsOf(step.text));
    if (message) return showProblem({ ...PROBLEM, message }, step, text, statement.start);
  }
  const own = statements.some((statement) => statement.transaction !== null);
  const alone = statements.some((one) => one.standsAlone && !(readonly && one.kind === 'CallStmt'));
  return { statements, wrapped: !own && !alone && statements.length > 0 };
}

/** The sentence about a command that only psql knows, when there is one in the text. */
export function metaProblem(step: Pick<Step, 'text' | 'textLine'>): string | undefined {
  const meta = metaCommandOf(step.text);
  if (!meta) return undefined;
  return `\`${meta.command}\` in line ${step.textLine + meta.line} is a command of psql, which a database connection does not know. Write it as a query, or run psql in a shell fence.`;
}

/** All rows for `COPY` in a text. */
function rowsOf(text: string): string {
  return withoutCopyData(text)
    .data.map(({ rows }) => rows)
    .join('');
}

const PROBLEM: DatabaseProblem = { code: '', message: '', detail: '', hint: '', position: null };

function refusalOf(
  statement: SqlStatement,
  binds: readonly string[],
  readonly: boolean,
  /** Whether the rows for `COPY` are others than the author wrote. */
  isFilledIn: boolean,
): string | undefined {
  if (statement.copiesIn && statement.copied === '')
    return '`COPY … FROM STDIN` has no rows behind it: write them below it, up to a line `\\.`, or use INSERT';
  if (statement.copiesIn && isFilledIn)
    return 'the rows of `COPY … FROM STDIN` are taken as they stand: a value cannot be filled in there; use INSERT';
  if (readonly && statement.switchesToWriting) {
    return 'the connection is read-only for this runbook, and this statement would lift that';
  }
  if (readonly && statement.reachesOut)
    return 'the connection is read-only for this runbook, and this statement would reach programs or files of the server, or another server';
  const values = statement.parameters.map((parameter) => binds[parameter.number - 1] ?? '');
  return values.some((value) => value.includes('\0'))
    ? 'a value holds the character NUL, which PostgreSQL cannot store in text'
    : undefined;
}
