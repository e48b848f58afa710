import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import { createRedactor } from '../redact.ts';
import type { RunDeps, Session } from './session.ts';

/** The first event of a run, or of its next attempt: who, what, where, how. */
export function openingEvent(plan: Plan, deps: RunDeps, timeoutMs: number | null): RunEvent {
  const { past, who } = deps;
  if (past !== null)
    return {
      type: 'run.resumed',
      pid: who.pid,
      who,
      runbookSha256: plan.runbook.sha256,
      changed: past.changed,
      forced: past.forced,
    };
  const { runbook, request } = plan;
  const { inputs, incident } = request;
  const mask = maskOf(plan, deps);
  const [reason, ticket] = [request.reason, request.ticket].map(mask);
  return {
    type: 'run.started',
    pid: who.pid,
    who,
    runbook: { path: runbook.path, title: runbook.title, sha256: runbook.sha256, ...deps.git },
    linked: linkedOf(plan),
    procedures: plan.procedures.map(({ id }) => id),
    planHash: plan.hash,
    steps: plan.steps.map(({ id, step, phase }) => ({
      id,
      type: step.type,
      title: step.title,
      line: step.line,
      procedure: step.procedure,
      phase,
    })),
    attended: request.attended,
    budgetMs: timeoutMs ?? budgetOf(plan),
    ...(reason == null ? {} : { reason }),
    ...(ticket == null ? {} : { ticket }),
    ...(incident === null ? {} : { incident }),
    request: {
      ...request,
      reason: reason ?? null,
      ticket: ticket ?? null,
      inputs: Object.keys(inputs),
    },
  };
}

/** What a person said about the run may quote a secret. */
function maskOf(plan: Plan, { secrets }: RunDeps): (text: string | null) => string | null {
  const known = [...secrets, ...plan.values.filter(({ secret }) => secret)];
  const redactor = createRedactor(known.map(({ value }) => value));
  return (text) => (text === null ? null : redactor.mask(text));
}

/** Values as they are bound; of secrets their names. A resumed run records only what is new. */
export async function* inputEvents(session: Session): AsyncGenerator<RunEvent, void> {
  const before = session.deps.past?.report.inputs ?? [];
  for (const { name, value, secret, source } of session.plan.values) {
    const known = before.findLast((input) => input.name === name);
    if (known !== undefined && !secret && known.source === source && known.value === value)
      continue;
    const shown = secret ? {} : { value: session.mask(value) };
    yield { type: 'input.bound', name, source, secret, ...shown };
  }
}

function linkedOf(plan: Plan): readonly { readonly path: string; readonly sha256: string }[] {
  const linked = new Map<string, string>();
  for (const { from } of plan.steps) if (from !== null) linked.set(from.path, from.sha256);
  return [...linked].map(([path, sha256]) => ({ path, sha256 }));
}

/** The budgets that the picked procedures state, together. */
function budgetOf({ procedures }: Plan): number | null {
  const budgets = procedures.flatMap(({ budgetMs }) => (budgetMs === null ? [] : [budgetMs]));
  return budgets.length === 0 ? null : budgets.reduce((sum, budgetMs) => sum + budgetMs, 0);
}
