import { hash } from 'node:crypto';
import type { StepContext } from '../contracts/step-type.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Session } from './session.ts';

/** Keeps the files of an attempt beside its output, masked: `output/<step>-<attempt>-<name>`. */
export function attachTo(
  session: Session,
  planned: PlannedStep,
): NonNullable<StepContext['attach']> {
  return async (name, content) => {
    const text = session.mask(Buffer.from(content).toString());
    const stem = outputFileOf(planned.id, session.tries.get(planned.id) ?? 1);
    const path = `${stem}-${name.replace(/[^\w.-]/g, '_')}`;
    await session.deps.keep(path, text);
    return { path, bytes: Buffer.byteLength(text), sha256: hash('sha256', text, 'hex') };
  };
}

/** The beginning of the names of an attempt's files beside its output. */
export function outputFileOf(stepId: string, number: number): string {
  const step = stepId
    .replaceAll('/', '~')
    .replace(/[^\p{L}\p{N}._~-]/gu, '_')
    .slice(0, 60);
  return `output/${`${step}-${number}`.replace(/^\./, '_')}`;
}
