import { createHash } from 'node:crypto';
import { decode } from '../../src/engine/load.ts';
import type { Runbook, SourceText, Step } from '../../src/engine/model/runbook.ts';
import { parse } from '../../src/engine/parse.ts';
import { stepTypes } from '../../src/steps/index.ts';

/** A runbook's text as `load` would give it. */
export function sourceOf(markdown: string | Buffer): SourceText {
  const bytes = Buffer.from(markdown);
  return {
    path: 'runbook.md',
    folder: '/runbooks',
    bytes,
    text: decode(bytes),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** Reads markdown with every step type. */
export const read = (markdown: string): Promise<Runbook> =>
  parse(sourceOf(markdown), { stepTypes });

/** `line type title` of every step. */
export async function stepsOf(markdown: string): Promise<readonly string[]> {
  return (await read(markdown)).steps.map((step) => `${step.line} ${step.type} ${step.title}`);
}

/** The only step of a runbook. */
export async function stepOf(markdown: string): Promise<Step> {
  const { steps } = await read(markdown);
  const [step] = steps;
  if (!step || steps.length !== 1) throw new Error(`${steps.length} steps, not one`);
  return step;
}

/** `line rule` of every diagnostic. */
export async function findingsOf(markdown: string): Promise<readonly string[]> {
  return (await read(markdown)).diagnostics.map(({ line, rule }) => `${line} ${rule}`);
}
