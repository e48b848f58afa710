import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { type Verdict, verdict } from '../../engine/record/verdict.ts';
import type { CliContext } from '../context.ts';

const RUN_ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** Whether a word of `verify` names a rendered run log rather than a run. */
export const isRendering = (word: string): boolean => /\.md$/i.test(word);

/** The run that a rendered run log is of: its folder's name, or the run id in its head. Throws RUN_NOT_FOUND. */
export async function renderingOf(
  word: string,
  { cwd }: Pick<CliContext, 'cwd'>,
  state: string,
): Promise<{ readonly run: string; readonly text: string }> {
  const file = path.resolve(cwd, word);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const run = RUN_ID.exec(path.basename(path.dirname(file)))?.[0] ?? RUN_ID.exec(text ?? '')?.[0];
  if (text === undefined || run === undefined)
    throw new HandrailError('RUN_NOT_FOUND', { name: word, state });
  return { run, text };
}

/** Derives the run log anew from the stored events and compares it byte for byte. */
export async function verifyRendering(
  text: string,
  run: string,
  store: RunStore,
  record: Verdict,
  env: CliContext['env'],
): Promise<Verdict> {
  const reader = await store.read(run);
  if (record.name !== 'sound' || reader === undefined) return record;
  const { renderRun } = await import('../../host/render-run.ts');
  const derived = await renderRun(reader, env);
  if (derived === text)
    return { ...record, message: `${record.message}; this text is what they say, byte for byte` };
  // Records of an earlier edition show what the author wrote into commands; they are what they were.
  if ((await renderRun(reader, env, 'run-log', { asWritten: true })) === text)
    return {
      ...record,
      message: `${record.message}; this text is what they say, byte for byte, with what the page has of secrets`,
    };
  const line = firstDifference(derived, text);
  return verdict(
    'altered',
    record.events,
    `altered at line ${line}: the stored events say something else there`,
    line,
  );
}

function firstDifference(derived: string, text: string): number {
  const own = derived.split('\n');
  const given = text.split('\n');
  const at = own.findIndex((line, index) => line !== given[index]);
  return (at < 0 ? own.length : at) + 1;
}
