import { withoutWritten } from '../literal-secrets.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import { listSteps } from '../planning/identity.ts';
import { createRedactor } from '../redact.ts';
import { boundEvent } from './bound-event.ts';
import type { RunDeps } from './session.ts';

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
      ...(past.changes.length === 0 ? {} : { changes: past.changes }),
      ...(past.changed ? { steps: listed(plan, maskOf(plan, deps)) } : {}),
      bound: newlyBound(plan, deps).map(({ name }) => name),
      ...(past.signed && { signed: past.signed }),
      left: past.left,
    };
  const { runbook, request } = plan;
  const { inputs, incident } = request;
  const mask = maskOf(plan, deps);
  const [reason, ticket] = [request.reason, request.ticket].map((text) => text && mask(text));
  return {
    type: 'run.started',
    pid: who.pid,
    who,
    runbook: { path: runbook.path, title: runbook.title, sha256: runbook.sha256, ...deps.git },
    linked: linkedOf(plan),
    procedures: plan.procedures.map(({ id }) => id),
    planHash: plan.hash,
    steps: listed(plan, mask),
    ...(plan.leftOut.length === 0
      ? {}
      : { leftOut: plan.leftOut.map((one) => ({ ...one, message: mask(one.message) })) }),
    attended: request.attended,
    budgetMs: timeoutMs ?? budgetOf(plan),
    ...(reason == null ? {} : { reason }),
    ...(ticket == null ? {} : { ticket }),
    ...(incident === null ? {} : { incident }),
    bound: plan.values.map(({ name }) => name),
    request: {
      ...request,
      reason: reason ?? null,
      ticket: ticket ?? null,
      inputs: Object.keys(inputs),
    },
  };
}

/** A title may be the command that its step runs, with what its author wrote into it. */
function listed(plan: Plan, mask: (text: string) => string): ReturnType<typeof listSteps> {
  return listSteps(plan).map((step) => ({ ...step, title: mask(step.title) }));
}

/** What a person said about the run, and what stands on the page, may quote a secret. */
function maskOf(plan: Plan, { secrets }: RunDeps): (text: string) => string {
  const known = [...secrets, ...plan.values.filter(({ secret }) => secret)];
  const redactor = createRedactor(known);
  return (text) => redactor.mask(withoutWritten(text));
}

/** Values as they are bound, in the order that the opening names them; of secrets their names. */
export function* inputEvents(plan: Plan, deps: RunDeps): Generator<RunEvent, void> {
  const mask = maskOf(plan, deps);
  for (const input of newlyBound(plan, deps)) yield boundEvent(input, mask);
}

/** A resumed run records only what is new. */
function newlyBound(plan: Plan, { past }: RunDeps): Plan['values'] {
  const before = past?.report.inputs ?? [];
  return plan.values.filter(({ name, value, secret, source }) => {
    const known = before.findLast((input) => input.name === name);
    return secret || known === undefined || known.source !== source || known.value !== value;
  });
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
