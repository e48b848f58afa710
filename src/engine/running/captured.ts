import type { StepResult } from '../contracts/step-type.ts';
import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Step } from '../model/runbook.ts';
import { isSecretName as secretByName } from '../secrets.ts';
import type { Session } from './session.ts';

/** Whether what a step captures must not be recorded: then neither is its standard output. */
export function captureIsSecret(session: Session, step: Step): boolean {
  const name = step.annotations.capture;
  return name !== undefined && isSecretName(session, name);
}

/** Binds the inputs that a step produced. */
export async function* bindCaptured(
  session: Session,
  planned: PlannedStep,
  result: StepResult,
): AsyncGenerator<RunEvent, void> {
  if (result.outcome !== 'passed') return;
  for (const [name, value] of Object.entries(result.captured ?? {})) {
    const secret = isSecretName(session, name);
    const source = `step ${planned.id}`;
    await session.bind({ name, value, secret, source });
    const shown = secret ? {} : { value: session.mask(value) };
    yield { type: 'input.bound', name, source, secret, ...shown };
  }
}

function isSecretName(session: Session, name: string): boolean {
  const { frontmatter, inputs } = session.plan.runbook;
  if (frontmatter.inputs?.[name]?.secret === true) return true;
  if (inputs.some((input) => input.name === name && input.secret)) return true;
  return secretByName(name);
}
