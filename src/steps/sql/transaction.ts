import { type DatabaseProblem, type DatabaseSession, READ_ONLY } from './database.ts';

/** How a fence is kept together on its session. */
export interface FenceRules {
  readonly session: DatabaseSession;
  readonly readonly: boolean;
  /** One transaction around everything. */
  readonly wrapped: boolean;
  readonly signal: AbortSignal;
  /** `null`: none. */
  readonly timeoutMs: number | null;
}

/** A fence that has begun. */
export interface BegunFence {
  /** Commits, or after a failure rolls back what is open. */
  end(
    failed: boolean,
  ): Promise<{ readonly problem?: DatabaseProblem; readonly rolledBack: boolean }>;
}

const ROLLBACK_TIMEOUT_MS = 10_000;

/** Sets the statement timeout and the read-only mode and opens the transaction; the problem when that fails. */
export async function beginFence(rules: FenceRules): Promise<BegunFence | DatabaseProblem> {
  const { session, readonly, signal } = rules;
  const wrapped = rules.wrapped && session.state() === 'idle';
  const restore = await setTimeoutOf(rules);
  if (readonly && session.state() === 'idle') {
    // An earlier fence may have found a way to lift it; every fence begins with it anew.
    const problem = await tell(session, READ_ONLY, signal);
    if (problem) return problem;
  }
  if (wrapped) {
    const problem = await tell(session, readonly ? 'BEGIN READ ONLY' : 'BEGIN', signal);
    if (problem) return problem;
    if (readonly) await fixReadOnly(session, signal);
  }
  return {
    async end(failed) {
      const problem = wrapped && !failed ? await tell(session, 'COMMIT', signal) : undefined;
      const rolledBack = (failed || problem !== undefined) && (await rollBack(session));
      await restore();
      return { rolledBack, ...(problem ? { problem } : {}) };
    },
  };
}

/** After its first query a transaction cannot be made to write any more: the server refuses it. */
export async function fixReadOnly(session: DatabaseSession, signal: AbortSignal): Promise<void> {
  await tell(session, 'SET TRANSACTION READ ONLY', signal);
  await tell(session, 'SELECT 1', signal);
}

async function rollBack(session: DatabaseSession): Promise<boolean> {
  const state = session.state();
  if (state === 'lost') return true;
  if (state === 'idle') return false;
  // Even after an abort: else the session would stay inside the transaction.
  await tell(session, 'ROLLBACK', AbortSignal.timeout(ROLLBACK_TIMEOUT_MS));
  return true;
}

/** Lowers the session's `statement_timeout` to the step's, never above what the runbook set; returns the undo. */
async function setTimeoutOf(rules: FenceRules): Promise<() => Promise<void>> {
  const { session, timeoutMs, signal } = rules;
  if (timeoutMs === null || session.state() === 'failed') return async () => {};
  const before = await timeoutSetting(session, signal);
  if (before === undefined || (before > 0 && before <= timeoutMs)) return async () => {};
  const own = Math.min(Math.ceil(timeoutMs), 2_147_483_647);
  await tell(session, `SET statement_timeout = ${own}`, signal);
  return async () => {
    const bounded = AbortSignal.timeout(ROLLBACK_TIMEOUT_MS);
    if (session.state() === 'lost' || (await timeoutSetting(session, bounded)) !== own) return;
    await tell(session, `SET statement_timeout = ${before}`, bounded);
  };
}

async function timeoutSetting(
  session: DatabaseSession,
  signal: AbortSignal,
): Promise<number | undefined> {
  let setting: number | undefined;
  const text = "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'";
  await session.run({ text, values: [], signal, onRow: ([value]) => (setting = Number(value)) });
  return setting;
}

async function tell(
  session: DatabaseSession,
  text: string,
  signal: AbortSignal,
): Promise<DatabaseProblem | undefined> {
  const end = await session.run({ text, values: [], signal });
  return end.ok ? undefined : end.error;
}
