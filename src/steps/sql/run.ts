import type {
  PreflightProblem,
  StepContext,
  StepOutput,
  StepResult,
} from '../../engine/contracts/step-type.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Attachment } from '../../engine/model/event.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { bindStatement } from './binds.ts';
import type { DatabaseProblem, DatabaseSession } from './database.ts';
import { showProblem } from './error.ts';
import { metaProblem, readFence, type SqlFence } from './fence.ts';
import { observedFor, rowCollector, type SqlResult } from './result.ts';
import { sharedSession, targetOf, tryConnection } from './session.ts';
import { type SqlStatement, utf16Offset } from './statements.ts';
import { renderTable } from './table.ts';
import { beginFence, fixReadOnly } from './transaction.ts';

/**
 * Runs the statements of a fence on one connection: in one transaction unless a statement forbids it or the author
 * writes their own; values bound, rows shown as bounded tables. Stops at the first statement that fails.
 */
export async function* runSql(
  step: Step,
  body: { readonly connection: string },
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  const target = targetOf(body.connection, context.connections);
  const { text, binds } = context;
  const fence = await readFence({ step, text, binds, readonly: target.readonly });
  if ('why' in fence) {
    yield output('stderr', fence.text);
    return { outcome: 'failed', why: fence.why };
  }
  const { session, reopened } = await sharedSession(target, context.resources);
  const job: Job = {
    ...fence,
    step,
    context,
    session,
    readonly: target.readonly,
    results: [],
    attachments: [],
  };
  const failure = yield* runFence(job);
  const ending = {
    facts: factsOf(job, target.name),
    warnings: warningsOf(session, reopened),
    attachments: job.attachments,
  };
  if (failure) return { ...failure, ...ending };
  const observed = observedFor(step.expectation?.text, job.results);
  return {
    outcome: 'passed',
    ...ending,
    ...(observed === undefined ? {} : { observed }),
    ...capturedBy(step, job.results),
  };
}

/** Says whether the fence could run at all: a connection that answers, and nothing that only psql understands. */
export async function preflightSql(
  step: Step,
  body: { readonly connection: string },
  context: Pick<StepContext, 'connections'>,
): Promise<PreflightProblem | undefined> {
  const meta = metaProblem(step);
  if (meta) return { code: 'STEP_CANNOT_RUN', message: meta };
  try {
    const wrong = await tryConnection(body.connection, context.connections);
    return wrong === null ? undefined : { code: 'UNREACHABLE', message: wrong };
  } catch (error) {
    if (!(error instanceof HandrailError) || error.code !== 'STEP_CANNOT_RUN') throw error;
    return { code: 'STEP_CANNOT_RUN', message: error.message };
  }
}

interface Job extends SqlFence {
  readonly step: Step;
  readonly context: StepContext;
  readonly session: DatabaseSession;
  readonly readonly: boolean;
  readonly results: SqlResult[];
  readonly attachments: Attachment[];
}

type Failure = Pick<StepResult, 'outcome' | 'why'>;

async function* runFence(job: Job): AsyncGenerator<StepOutput, Failure | undefined> {
  const { session, readonly, wrapped, context } = job;
  const { signal, timeoutMs } = context;
  const begun = await beginFence({ session, readonly, wrapped, signal, timeoutMs });
  if ('message' in begun) return yield* shownFailure(job, begun, null);
  let failure: Failure | undefined;
  let done = false;
  try {
    for (const statement of job.statements) {
      failure = yield* runGuarded(job, statement);
      if (failure) break;
    }
    done = true;
  } finally {
    // Whoever reads the output has gone: nothing half done may stay open.
    if (!done) await begun.end(true);
  }
  const ended = await begun.end(failure !== undefined);
  if (ended.problem) failure = yield* shownFailure(job, ended.problem, null);
  if (ended.rolledBack)
    yield output('stderr', 'Rolled back: nothing of the transaction was kept.\n');
  return failure;
}

/** On a read-only connection a statement outside of transactions gets its own, so that no code in it can leave the mode. */
async function* runGuarded(
  job: Job,
  statement: SqlStatement,
): AsyncGenerator<StepOutput, Failure | undefined> {
  const { session, readonly, context } = job;
  const { signal } = context;
  if (!readonly || session.state() !== 'idle') return yield* runStatement(job, statement);
  const wrapped =
    statement.transaction === null && (!statement.standsAlone || statement.kind === 'CallStmt');
  const own = await beginFence({ session, readonly, wrapped, signal, timeoutMs: null });
  if ('message' in own) return yield* shownFailure(job, own, null);
  const failure = yield* runStatement(job, statement);
  if (statement.transaction === 'begin' && !failure) {
    await fixReadOnly(session, signal);
    return undefined;
  }
  const { problem } = await own.end(failure !== undefined);
  return problem ? yield* shownFailure(job, problem, null) : failure;
}

async function* runStatement(
  job: Job,
  statement: SqlStatement,
): AsyncGenerator<StepOutput, Failure | undefined> {
  const bound = bindStatement(statement, job.context.binds);
  const rows = rowCollector(job.context.attach !== undefined);
  const copied = copyCollector();
  const end = await job.session.run({
    text: bound.text,
    values: bound.values,
    ...(statement.copiesIn ? { copied: statement.copied } : {}),
    signal: job.context.signal,
    onRow: rows.take,
    onCopy: copied.take,
  });
  const notices = job.session.takeNotices();
  if (notices.length > 0) yield output('stderr', `${notices.join('\n')}\n`);
  if (!end.ok) {
    const { position } = end.error;
    const sent = position === null ? null : utf16Offset(bound.text, position - 1);
    const offset = sent === null ? null : statement.start + bound.originalOffset(sent);
    return yield* shownFailure(job, end.error, offset);
  }
  yield* copied.outputs();
  const result = rows.result(end.tag, end.columns);
  job.results.push(result);
  const table = result.columns.length > 0 ? renderTable(result) : undefined;
  yield output('stdout', table?.text ?? `${result.tag}\n`);
  if (table?.complete === false && result.csv === null && job.context.attach)
    yield output('stderr', 'The result is too large to be kept whole.\n');
  if (table?.complete === false && result.csv && job.context.attach) {
    const name = `result-${job.results.length}.csv`;
    const kept = await job.context.attach(name, result.csv);
    job.attachments.push(kept);
    yield output('stderr', `The complete result is in ${kept.path}.\n`);
  }
  return undefined;
}

const MAX_COPIED_BYTES = 8 * 1024 * 1024;

/** What `COPY … TO STDOUT` sends, bounded. */
function copyCollector(): {
  readonly take: (chunk: Uint8Array) => void;
  readonly outputs: () => Generator<StepOutput, void>;
} {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    take(chunk) {
      bytes += chunk.length;
      if (bytes <= MAX_COPIED_BYTES) chunks.push(Buffer.from(chunk));
    },
    *outputs() {
      if (chunks.length > 0) yield { stream: 'stdout', chunk: Buffer.concat(chunks) };
      if (bytes <= MAX_COPIED_BYTES) return;
      yield output(
        'stderr',
        `COPY sent ${bytes} bytes; the first ${MAX_COPIED_BYTES} are shown.\n`,
      );
    },
  };
}

async function* shownFailure(
  job: Job,
  problem: DatabaseProblem,
  offset: number | null,
): AsyncGenerator<StepOutput, Failure> {
  const shown = showProblem(hinted(problem), job.step, job.context.text, offset);
  yield output('stderr', shown.text);
  return { ...failed(job, problem), why: shown.why };
}

function hinted(problem: DatabaseProblem): DatabaseProblem {
  if (problem.code !== '42P18' || problem.hint) return problem;
  return { ...problem, hint: 'Give the value a type: write {{name}}::text.' };
}

function failed(job: Job, problem: DatabaseProblem): Failure {
  const { signal } = job.context;
  if (signal.aborted) return { outcome: isTimeout(signal.reason) ? 'timed-out' : 'cancelled' };
  const tooLong = problem.code === '57014' && /statement timeout/.test(problem.message);
  return tooLong ? { outcome: 'timed-out' } : { outcome: 'failed' };
}

function isTimeout(reason: unknown): boolean {
  return reason === 'timeout' || (reason instanceof Error && reason.name === 'TimeoutError');
}

function warningsOf(session: DatabaseSession, reopened: boolean): readonly string[] {
  const lost =
    'the database session had been lost; settings and temporary tables of earlier steps are gone';
  const open = 'the fence leaves its transaction open; nothing of it lasts until COMMIT';
  return [...(reopened ? [lost] : []), ...(session.state() === 'open' ? [open] : [])];
}

function factsOf(job: Job, connection: string): Readonly<Record<string, unknown>> {
  return {
    connection,
    server: job.session.where,
    statements: job.statements.length,
    rows: job.results.map((result) =>
      result.columns.length > 0 ? result.total : affected(result.tag),
    ),
    transaction: job.wrapped,
  };
}

function affected(tag: string): number {
  return Number(/ (\d+)$/.exec(tag)?.[1] ?? 0);
}

/** The first value of the last result that has one. */
function capturedBy(step: Step, results: readonly SqlResult[]): Pick<StepResult, 'captured'> {
  const name = step.annotations.capture;
  const last = results.findLast((result) => result.columns.length > 0);
  if (name === undefined || !last) return {};
  return { captured: { [name]: last.rows[0]?.[0] ?? '' } };
}

function output(stream: StepOutput['stream'], text: string): StepOutput {
  return { stream, chunk: Buffer.from(text) };
}
