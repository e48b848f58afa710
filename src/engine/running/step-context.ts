import { isAbsolute, join } from 'node:path';
import { sha256Of } from '../../text/sha256.ts';
import type { AnyStepType, GuardedText, StepContext } from '../contracts/step-type.ts';
import type { Attachment } from '../model/event.ts';
import { bytes, cannotWork, refuseArguments, word } from '../model/guard.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Step } from '../model/runbook.ts';
import { attachmentFile, castFile } from '../record/files.ts';
import { FOLDER } from '../shell/bash-variables.ts';
import { placeBy } from './filler.ts';
import type { Session } from './session.ts';

const UNATTENDED_TIMEOUT_MS = 15 * 60_000;

/** Where a step runs: its runbook's folder, or the annotation `cwd` below it. */
export function cwdOf(session: Session, planned: PlannedStep, step: Step): string {
  const folder = planned.from?.folder ?? session.plan.runbook.folder;
  const cwd = step.annotations.cwd;
  if (cwd === undefined) return folder;
  const path = session.filler.fill(cwd, 'none').text;
  return isAbsolute(path) ? path : join(folder, path);
}

/** Time for one attempt; `null` when nothing bounds it. A timeout of 0 says so on purpose. */
export function timeoutOf(session: Session, planned: PlannedStep, step: Step): number | null {
  const own = step.annotations.timeout;
  const alone =
    own !== undefined ? (own === 0 ? null : own) : session.attended ? null : UNATTENDED_TIMEOUT_MS;
  const limit = limitOf(session, planned);
  return limit === null ? alone : Math.min(limit.leftMs, alone ?? Number.POSITIVE_INFINITY);
}

/** The procedure around a step whose time is over first, and what is left of it; its time begins with its first step. */
export function limitOf(
  session: Session,
  { limits = [] }: PlannedStep,
): { readonly procedure: string; readonly ms: number; readonly leftMs: number } | null {
  const nowMs = session.deps.clock.monoMs();
  const left = limits.map(({ procedure, ms }) => {
    const begunMs = session.begun.get(procedure) ?? nowMs;
    session.begun.set(procedure, begunMs);
    return { procedure, ms, leftMs: Math.max(0, Math.round(ms - (nowMs - begunMs))) };
  });
  return left.toSorted((one, other) => one.leftMs - other.leftMs)[0] ?? null;
}

/** The environment of a step's processes beyond the engine's own. */
export function ownEnvOf(
  session: Session,
  planned: PlannedStep,
  step: Step,
): Readonly<Record<string, string>> {
  const env: Record<string, string> = {
    HANDRAIL_RUN_ID: session.deps.run,
    HANDRAIL_STEP_ID: planned.id,
  };
  for (const { name, value, variable } of session.values.values())
    if (variable && name !== FOLDER) env[name] = value;
  for (const [name, value] of Object.entries(step.annotations.env ?? {}))
    env[name] = session.filler.fill(value, 'none').text;
  return env;
}

/** Puts together what a step type is handed for one attempt. */
export function stepContext(
  session: Session,
  planned: PlannedStep,
  step: Step,
  type: AnyStepType,
  attempt: {
    readonly text: string;
    readonly signal: AbortSignal;
    readonly isolated: boolean;
    readonly wantsTerminal: boolean | undefined;
    readonly try: number;
    /** Absent where nothing is kept. */
    readonly attach?: StepContext['attach'];
  },
): StepContext {
  const { text, binds } = session.filler.fill(attempt.text, type.quoting);
  const shell = session.plan.runbook.frontmatter.shell;
  const ownEnv = ownEnvOf(session, planned, step);
  return {
    text,
    binds,
    values: session.values,
    attended: session.attended,
    cwd: cwdOf(session, planned, step),
    env: { ...session.deps.env, ...ownEnv },
    ownEnv,
    place: placeOf(session, planned, step),
    signal: attempt.signal,
    timeoutMs: timeoutOf(session, planned, step),
    lockFds: session.lockFds,
    lockName: session.deps.lock?.name ?? null,
    carried: attempt.isolated ? readOnly(session) : session.carried,
    resources: session.resources,
    terminal: session.attended ? session.deps.operator.terminal() : null,
    wantsTerminal: attempt.wantsTerminal,
    ...(attempt.attach === undefined ? {} : { attach: attempt.attach }),
    try: attempt.try,
    shell: {
      program: shell?.program ?? 'bash',
      errexit: shell?.errexit ?? true,
      pipefail: shell?.pipefail ?? true,
      nounset: shell?.nounset ?? false,
      forEarlyReaders: sparingEarlyReaders,
      guarded: (script) => guardedTexts(session, step, script),
    },
    connections: connectionsOf(session.plan.runbook.frontmatter.connections, session.deps.env),
  };
}

/** Where a step's commands run; `null`: on this machine. */
export function placeOf(session: Session, planned: PlannedStep, step: Step): string | null {
  return placeBy(session.filler, planned, step);
}

/** The grammar is loaded where there is a pipe to look at. */
async function sparingEarlyReaders(script: string, verdict: string): Promise<string> {
  if (!script.includes('|')) return script;
  const { forEarlyReaders } = await import('../shell/early-readers.ts');
  return forEarlyReaders(script, verdict);
}

/** The pieces of a script with what its comments say of their output. */
async function guardedTexts(
  session: Session,
  step: Step,
  script: string,
): Promise<readonly GuardedText[]> {
  if (step.expectation === null) return [];
  const { guardDifference, guardedPieces } = await import('../shell/guards.ts');
  return guardedPieces(step.text, script).map(({ line, text, guards }) => ({
    line,
    text,
    look: (output) =>
      guards.map((guard) => {
        const contains = session.filler.fill(guard.contains, 'none').text;
        const detail = guardDifference({ ...guard, contains }, output);
        return { line: step.textLine + guard.line, passed: detail === '', advisory: false, detail };
      }),
  }));
}

/** Connection URLs with `$NAME` and `${NAME}` taken from the environment; DATABASE_URL is the default one. */
export function connectionsOf(
  declared: Readonly<
    Record<string, { readonly url: string; readonly readonly?: boolean | undefined }>
  > = {},
  env: Readonly<Record<string, string>>,
): StepContext['connections'] {
  const connections: Record<string, { readonly url: string; readonly readonly: boolean }> = {};
  const fallback = env['DATABASE_URL'];
  if (fallback !== undefined) connections['default'] = { url: fallback, readonly: false };
  for (const [name, { url, readonly }] of Object.entries(declared)) {
    const filled = url.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => {
      const variable: unknown = braced ?? bare;
      return env[String(variable)] ?? '';
    });
    connections[name] = { url: filled, readonly: readonly ?? false };
  }
  return connections;
}

/** A probe looks at the run's state and changes nothing of it. */
function readOnly(session: Session): StepContext['carried'] {
  return { ...session.carried, set: () => {} };
}

/** What an attempt keeps beside its output: the record names all of it, whatever comes of the attempt, and nothing else. */
export interface Attaching {
  readonly attach: NonNullable<StepContext['attach']>;
  /** Nothing is kept any more; what was. */
  end(): Promise<readonly Attachment[]>;
}

export function attaching(session: Session, planned: PlannedStep, number: number): Attaching {
  const kept = new Map<string, Promise<Attachment>>();
  let isOver = false;
  const keep = async (path: string, content: Uint8Array): Promise<Attachment> => {
    const masked = session.mask(Buffer.from(content).toString());
    await session.deps.keep(path, masked);
    return { path, bytes: Buffer.byteLength(masked), sha256: sha256Of(masked) };
  };
  return {
    async attach(given, content) {
      refuseArguments('attach', { name: given, bytes: content }, { name: word, bytes });
      const name = session.mask(given);
      if (isOver) throw cannotWork('attach', 'its attempt is over', 'one at work');
      const path = attachmentFile(planned.id, number, name);
      const isTaken = kept.has(path) || path === castFile(planned.id, number);
      // It would take the place of what the record vouches for.
      if (isTaken) throw cannotWork('attach', `\`${name}\` is taken`, 'another name');
      const keeping = keep(path, content);
      kept.set(path, keeping);
      return keeping;
    },
    async end() {
      isOver = true;
      const all = await Promise.allSettled(kept.values());
      return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    },
  };
}
