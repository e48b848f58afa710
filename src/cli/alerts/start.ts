import { hash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Called, nameOf } from '../../alerts/called.ts';
import { whyNotOnAlert } from '../../alerts/may-start.ts';
import type { FiringAlert } from '../../alerts/webhook.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { DEFAULT_REQUEST } from '../../engine/model/plan.ts';
import { createHandrail } from '../../handrail.ts';
import { makeFolder, readOwn } from '../../stores/files/disk.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { measured } from '../metrics/after-run.ts';
import { runUnattended } from '../running/unattended.ts';
import { makeUnattendedOperator } from '../running/unattended-operator.ts';
import { mirrored } from '../team/mirrored.ts';

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
  const once = noteOnce(notes, what, new Date().toISOString());
  if (once.since !== null)
    return { exitCode: EXIT.passed, why: `it was started before, at ${once.since}` };
  try {
    const planned = await handrail.plan(runbook, { ...request, incident: await incident() });
    const operator = makeUnattendedOperator();
    const plan = await handrail.prepare(planned, operator);
    const exitCode = await runUnattended(
      handrail,
      operator,
      (attendance) => handrail.run(plan, source, attendance),
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

/** A note on disk that something was begun: whoever makes it first may begin. */
interface Once {
  /** `null`: it is made, go on. Else when somebody else made it. */
  readonly since: string | null;
  /** Takes it away again: nothing came of it. */
  forget(): void;
}

/** Notes in `<state>/alerts` that what these words stand for is begun, unless that is noted there. */
function noteOnce(state: string, words: readonly string[], at: string): Once {
  const folder = path.join(state, 'alerts');
  makeFolder(folder);
  const file = path.join(folder, `${hash('sha256', JSON.stringify(words), 'hex')}.json`);
  const forget = (): void => rmSync(file, { force: true });
  try {
    writeFileSync(file, `${JSON.stringify({ at, words })}\n`, { flag: 'wx', mode: 0o600 });
    return { since: null, forget };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return { since: sinceIn(file), forget: () => undefined };
  }
}

function sinceIn(file: string): string {
  try {
    const note: { at?: unknown } = JSON.parse(readOwn(file) ?? '');
    return typeof note.at === 'string' ? note.at : 'before';
  } catch {
    return 'before';
  }
}
