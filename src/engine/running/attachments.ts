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
    const step = planned.id
      .replaceAll('/', '~')
      .replace(/[^\p{L}\p{N}._~-]/gu, '_')
      .slice(0, 60);
    const file = `${step}-${session.tries.get(planned.id) ?? 1}-${name.replace(/[^\w.-]/g, '_')}`;
    const path = `output/${file.replace(/^\./, '_')}`;
    await session.deps.keep(path, text);
    return { path, bytes: Buffer.byteLength(text), sha256: hash('sha256', text, 'hex') };
  };
}
