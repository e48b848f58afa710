import { hash } from 'node:crypto';
import type { StepContext } from '../contracts/step-type.ts';
import type { PlannedStep } from '../model/plan.ts';
import { attachmentFile } from '../record/files.ts';
import type { Session } from './session.ts';

/** Keeps the files of an attempt beside its output, masked. */
export function attachTo(
  session: Session,
  planned: PlannedStep,
): NonNullable<StepContext['attach']> {
  return async (name, content) => {
    const text = session.mask(Buffer.from(content).toString());
    const path = attachmentFile(planned.id, session.tries.get(planned.id) ?? 1, name);
    await session.deps.keep(path, text);
    return { path, bytes: Buffer.byteLength(text), sha256: hash('sha256', text, 'hex') };
  };
}
