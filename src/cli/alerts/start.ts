import { linkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Called, nameOf } from '../../alerts/called.ts';
import { whyNotAsFilled, whyNotOnAlert } from '../../alerts/may-start.ts';
import type { FiringAlert } from '../../alerts/webhook.ts';
import { commandAbout } from '../../engine/model/command-about.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { DEFAULT_REQUEST } from '../../engine/model/plan.ts';
import { createHandrail } from '../../handrail.ts';
import { newRunId } from '../../host/run-id.ts';
import type { Handrail } from '../../library.ts';
import { FILE_MODE, makeFolder, readOwn } from '../../stores/files/disk.ts';
import {
  type Engine,
  engineFrom,
  isAlive,
  isOfHere,
  thisEngine,
} from '../../stores/files/engine.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { measured } from '../metrics/after-run.ts';
import { runUnattended } from '../running/unattended.ts';
import { makeUnattendedOperator } from '../running/unattended-operator.ts';
import { namedState } from '../state-folder.ts';
import { mirrored } from '../team/mirrored.ts';
import { worldOf } from '../world-of.ts';

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
 * Carries out what an alert calls for, if it only reads and says so, once for each time that the alert fires. What was
 * refused, or skipped because another holds the lock, may be tried again.
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
    ...worldOf(context, state),
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
  const why = whyNotOnAlert(looked) ?? (await whyNotAsFilled(looked, Object.keys(context.env)));
  if (why !== undefined) return { exitCode: EXIT.denied, why };
  const what = [alert.fingerprint, alert.startsAt, page.path, procedure?.id ?? ''];
  const now = new Date();
  const run = newRunId(now.getTime());
  const once = await noteOnce(
    path.join(notes, 'alerts'),
    { words: what, run, at: now.toISOString() },
    (id) => hasBegun(id, handrail),
  );
  if (once.before !== null) return startedBefore(once.before, handrail, context);
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
    const idle = await whyNothingRan(run, handrail);
    if (idle !== null) once.forget();
    return { exitCode, why: idle };
  } catch (error) {
    once.forget();
    throw error;
  }
}

/** Whether a run carried anything out, or may yet: before its first line is written, and where it was refused, it did not. */
async function hasBegun(run: string, handrail: Handrail): Promise<boolean> {
  const reader = await handrail.store.read(run);
  if (!reader) return false;
  for await (const _ of reader.lines()) return (await whyNothingRan(run, handrail)) === null;
  return false;
}

/** A run that is over before its first step is none that was started; `null`: it is not so. */
async function whyNothingRan(run: string, handrail: Handrail): Promise<string | null> {
  const reader = await handrail.store.read(run);
  if (!reader) return null;
  const { outcome, exitCode } = await handrail.report(reader);
  if (outcome === 'refused') return `its checks refused run ${run} before the first step`;
  return exitCode === EXIT.locked ? 'another run holds the lock' : null;
}

/** That it was started is no answer where its engine was lost on the way: somebody has to look at it. */
async function startedBefore(
  { at, run }: NonNullable<Once['before']>,
  handrail: Handrail,
  context: CliContext,
): Promise<Started> {
  const why = `it was started before, at ${at}`;
  const reader = run === null ? undefined : await handrail.store.read(run);
  if (!reader || (await reader.live())) return { exitCode: EXIT.passed, why };
  const { outcome } = await handrail.report(reader);
  if (outcome !== 'interrupted') return { exitCode: EXIT.passed, why };
  return {
    exitCode: EXIT.unknown,
    why: `${why}, and that run was interrupted: \`${commandAbout('resume', run ?? '', namedState(handrail.store.where, context))}\` goes on with it`,
  };
}

/** What is about to be begun. */
interface Beginning {
  /** What it is known by: whoever notes these words first may begin. */
  readonly words: readonly string[];
  /** Id of the run that it will be. */
  readonly run: string;
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** A note on disk that something was begun. */
interface Once {
  /** `null`: it is made, go on. Else what was begun before. */
  readonly before: { readonly at: string; readonly run: string | null } | null;
  /** Takes it away again: nothing came of it. */
  forget(): void;
}

/** From a note to the first line of its run it takes seconds; whoever cannot be seen from here has this long. */
const UNSEEN_MS = 10 * 60_000;
const MOST_TRIES = 1000;

/**
 * Notes in a folder that something is begun, unless that is noted there. A note names its run and its engine: where the
 * engine is gone and its run is in no record, nothing was begun, and the next note counts. Notes are only ever added,
 * so that of two who find a lost one only one goes on.
 */
export async function noteOnce(
  folder: string,
  { words, run, at }: Beginning,
  isRecorded: (run: string) => Promise<boolean>,
): Promise<Once> {
  makeFolder(folder);
  const name = sha256Of(JSON.stringify(words));
  const text = `${JSON.stringify({ at, words, run, engine: thisEngine() })}\n`;
  let before: Once['before'] = { at: 'before', run: null };
  for (let nth = 1; nth <= MOST_TRIES; nth += 1) {
    const file = path.join(folder, nth === 1 ? `${name}.json` : `${name}-${nth}.json`);
    if (putWhole(file, text)) return { before: null, forget: () => rmSync(file, { force: true }) };
    const note = noteIn(file);
    before = { at: note.at, run: note.run };
    if (!(await isLost(note, Date.parse(at), isRecorded))) break;
  }
  return { before, forget: () => undefined };
}

interface Note {
  readonly at: string;
  readonly run: string | null;
  readonly engine: Engine | null;
}

async function isLost(
  { at, run, engine }: Note,
  nowMs: number,
  isRecorded: (run: string) => Promise<boolean>,
): Promise<boolean> {
  if (run === null || engine === null || isAlive(engine)) return false;
  if (!isOfHere(engine) && !(nowMs - Date.parse(at) > UNSEEN_MS)) return false;
  return !(await isRecorded(run));
}

/** Makes a file with all of its text, or not at all; `false` where there is one. */
function putWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.tmp`;
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { flag: 'wx', mode: FILE_MODE });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A note that cannot be read, or of an earlier edition, says that something was begun and no more. */
function noteIn(file: string): Note {
  try {
    const note: { at?: unknown; run?: unknown; engine?: unknown } = JSON.parse(readOwn(file) ?? '');
    return {
      at: typeof note.at === 'string' ? note.at : 'before',
      run: typeof note.run === 'string' ? note.run : null,
      engine: engineFrom(JSON.stringify(note.engine ?? null)),
    };
  } catch {
    return { at: 'before', run: null, engine: null };
  }
}
