import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RunReader } from '../engine/contracts/run-store.ts';
import { decode } from '../engine/load.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { Attachment } from '../engine/model/event.ts';
import type { RunRequest } from '../engine/model/plan.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { SourceText } from '../engine/model/runbook.ts';
import { RUNBOOK, stateFile } from '../engine/record/files.ts';
import { readChain } from '../engine/record/read-chain.ts';
import { strayOutputs } from '../engine/record/wrong-file.ts';
import { type Changed, stateToGoOnWith } from '../engine/resume.ts';
import { type KeptState, lostSecrets } from '../engine/running/carried.ts';
import type { Past, Word } from '../engine/running/session.ts';
import { environmentSecrets } from '../engine/secrets.ts';

/** What is given to a resume. */
export interface ResumeRequest
  extends Pick<RunRequest, 'attended' | 'inputs' | 'approve' | 'holds' | 'not'> {
  readonly words: readonly Word[];
  /** Go on although the runbook changed at the step to go on with, or its order did. */
  readonly force: boolean;
}

const MAX_LOST_ENGINES = 3;

/** The text that a run began with, as it is kept beside its log. */
export async function keptSource(reader: RunReader, report: RunReport): Promise<SourceText> {
  const bytes = await reader.file(RUNBOOK);
  if (bytes === undefined)
    throw new HandrailError('RUN_NOT_RESUMABLE', {
      message: `Run ${report.run} cannot be resumed: its copy of the runbook is missing from ${reader.where}.`,
    });
  const path = pathOf(report);
  const { sha256 } = report.started.runbook;
  const shown = report.started.runbook.path;
  return { path: shown, folder: dirname(path), bytes, text: decode(bytes), sha256 };
}

/** Where the runbook stood, and probably still stands; `undefined`: it is gone. */
export function runbookPath(report: RunReport): string | undefined {
  const path = pathOf(report);
  return existsSync(path) ? path : undefined;
}

/** What a run goes on from. Throws RUN_NOT_RESUMABLE when the runbook changed too much, or it was lost too often. */
export async function pastOf(
  reader: RunReader,
  report: RunReport,
  changed: Changed | null,
  request: ResumeRequest,
  env: Readonly<Record<string, string>>,
): Promise<Past> {
  if (changed?.refuses && !request.force) throw refusedChange(report, changed);
  if (!request.attended && !request.force && lostTooOften(report)) throw lostEngines(report);
  const texts = await Promise.all(
    [0, 1].map(async (slot) => {
      const bytes = await reader.file(stateFile(slot));
      return bytes && Buffer.from(bytes).toString();
    }),
  );
  const kept = stateToGoOnWith(texts, report);
  if (kept === 'altered' && !request.force) throw alteredState(report);
  if (kept !== null && kept !== 'altered' && !request.force)
    refuseLostSecrets(report, kept.state, env);
  return {
    report,
    kept: kept === 'altered' ? null : kept,
    left: await leftBehind(reader),
    words: request.words,
    changed: changed !== null,
    changes: (changed?.changes ?? []).map(({ id, what, line }) => ({ id, what, line })),
    forced: request.force && changed?.refuses === true,
  };
}

/** Output that no event vouches for: of attempts whose engine was lost. */
async function leftBehind(reader: RunReader): Promise<Past['left']> {
  const chain = await readChain(reader.run, reader.lines(), new Set());
  const left: Attachment[] = [];
  for (const path of await strayOutputs(reader, { ...chain, open: [] })) {
    const found = await reader.digest(path);
    if (found !== undefined) left.push({ path, ...found });
  }
  return left;
}

/** Going on without them would run commands with nothing in the place of a secret. */
function refuseLostSecrets(
  { run }: RunReport,
  kept: KeptState,
  env: Readonly<Record<string, string>>,
): void {
  const lost = lostSecrets(kept, new Set(environmentSecrets(env).map(({ name }) => name)));
  if (lost.length === 0) return;
  const again = lost.filter((name) => name !== '').map((name) => `\`${name}\``);
  const replaced = again.length < lost.length;
  const names = again.length > 0 ? again.join(', ') : 'values of secrets that they replaced later';
  const what = replaced
    ? 'which cannot be given again: start a fresh run'
    : `and no secret is kept in the record: set ${again.length === 1 ? 'it' : 'them'} in the environment and resume`;
  const message = `Run ${run} was not resumed, and is as it was: its steps had computed ${names}, ${what}; --force goes on without.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function alteredState({ run }: RunReport): HandrailError {
  const message = `Run ${run} cannot be gone on with: the variables and functions that its steps left are not those that its log vouches for. Look at \`handrail verify ${run}\`; --force goes on without them.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function refusedChange(report: RunReport, { findings }: Changed): HandrailError {
  const what = findings.map(({ line, message }) => `line ${line}: ${message}`).join(' ');
  const all = `The runbook changed since run ${report.run} began. ${what} Look at it, then resume with --force, or start a fresh run.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message: all, findings });
}

/** Recovery has a budget: a step that loses its engine again and again needs a person. */
function lostTooOften(report: RunReport): boolean {
  return report.steps.some(
    ({ attempts }) =>
      attempts.filter(({ outcome, probe }) => outcome === 'unknown' && !probe).length >=
      MAX_LOST_ENGINES,
  );
}

function lostEngines(report: RunReport): HandrailError {
  const message = `Run ${report.run} lost its engine ${MAX_LOST_ENGINES} times at the same step. Resume it at a terminal, or with --force.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function pathOf({ started }: RunReport): string {
  return resolve(started.who.cwd, started.runbook.path);
}
