import path from 'node:path';
import { type Called, nameOf } from '../../alerts/called.ts';
import { whyNotOnAlert } from '../../alerts/may-start.ts';
import type { FiringAlert } from '../../alerts/webhook.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { DEFAULT_REQUEST } from '../../engine/model/plan.ts';
import { createHandrail, type Handrail } from '../../handrail.ts';
import { newRunId } from '../../host/run-id.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { measured } from '../metrics/after-run.ts';
import { runUnattended } from '../running/unattended.ts';
import { makeUnattendedOperator } from '../running/unattended-operator.ts';
import { mirrored } from '../team/mirrored.ts';
import { noteOnce, type Once } from './once.ts';

/** What became of starting one. */
export interface Started {
  readonly exitCode: number;
  /** Why nothing was started, or nothing anew; `null`: it ran. */
  readonly why: string | null;
}

/** What a start needs besides the alert. */
export interface StartRequest {
  readonly docs: string;
  /** Absolute state folder or URL. */
  readonly state: string;
  /** Folder that notes of what was started are kept in. */
  readonly notes: string;
  /** Called when it is about to start: the incident that it belongs to. */
  readonly incident: () => Promise<string | null>;
  /** An invocation of `run`, for how it is shown. */
  readonly shownAs: Invocation;
}

/**
 * Carries out what an alert calls for, if it only reads and says so, once for each time that the alert fires. A run
 * that was skipped because another holds the lock may be tried again.
 */
export async function startCalled(
  alert: FiringAlert,
  called: Called,
  request: StartRequest,
  context: CliContext,
): Promise<Started> {
  try {
    return await startOne(alert, called, request, context);
  } catch (error) {
    // What one alert leads to may be broken, and keeps no other alert from its procedure.
    if (!(error instanceof HandrailError)) throw error;
    return { exitCode: error.exitCode, why: error.message };
  }
}

async function startOne(
  alert: FiringAlert,
  { page, procedure, inputs, missing }: Called,
  { docs, state, notes, incident, shownAs }: StartRequest,
  context: CliContext,
): Promise<Started> {
  if (missing.length > 0)
    return {
      exitCode: EXIT.refused,
      why: `no label gives ${missing.map((name) => `\`${name}\``).join(', ')}`,
    };
  const handrail = createHandrail({
    ...context,
    state,
    ...mirrored(context),
    ...measured(context),
  });
  const { source, runbook } = await handrail.read(path.join(docs, page.path));
  const request = {
    ...DEFAULT_REQUEST,
    procedures: procedure === null ? [] : [procedure.id],
    all: procedure === null,
    inputs,
    reason: `alert ${nameOf(alert)}, fingerprint ${alert.fingerprint}`,
  };
  const looked = await handrail.plan(runbook, request);
  const why = whyNotOnAlert(looked);
  if (why !== undefined) return { exitCode: EXIT.denied, why };
  const what = [alert.fingerprint, alert.startsAt, page.path, procedure?.id ?? ''];
  const now = new Date();
  const run = newRunId(now.getTime());
  const once = await noteOnce(
    path.join(notes, 'alerts'),
    { words: what, run, at: now.toISOString() },
    (id) => isRecorded(id, handrail),
  );
  if (once.before !== null) return startedBefore(once.before, handrail);
  try {
    const planned = await handrail.plan(runbook, { ...request, incident: await incident() });
    const operator = makeUnattendedOperator();
    const plan = await handrail.prepare(planned, operator);
    const exitCode = await runUnattended(
      handrail,
      operator,
      (attendance) => handrail.run(plan, source, { ...attendance, run }),
      shownAs,
      context,
    );
    if (exitCode === EXIT.locked) once.forget();
    return { exitCode, why: null };
  } catch (error) {
    once.forget();
    throw error;
  }
}

/** Whether the first line of a run was written: before it, nothing is started. */
async function isRecorded(run: string, { store }: Handrail): Promise<boolean> {
  const reader = await store.read(run);
  if (!reader) return false;
  for await (const _ of reader.lines()) return true;
  return false;
}

/** That it was started is no answer where its engine was lost on the way: somebody has to look at it. */
async function startedBefore(
  { at, run }: NonNullable<Once['before']>,
  handrail: Handrail,
): Promise<Started> {
  const why = `it was started before, at ${at}`;
  const reader = run === null ? undefined : await handrail.store.read(run);
  if (!reader || (await reader.live())) return { exitCode: EXIT.passed, why };
  const { outcome } = await handrail.report(reader);
  if (outcome !== 'interrupted') return { exitCode: EXIT.passed, why };
  return {
    exitCode: EXIT.unknown,
    why: `${why}, and that run was interrupted: \`handrail resume ${run}\` goes on with it`,
  };
}
