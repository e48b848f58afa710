import type { StepResult } from '../contracts/step-type.ts';
import { CAPTURED } from '../model/captured-text.ts';
import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Step } from '../model/runbook.ts';
import { holdsPassword, isSecretName as secretByName } from '../secrets.ts';
import { boundEvent } from './bound-event.ts';
import { isShellName } from './captured-before.ts';
import type { Session } from './session.ts';

/** Whether what a step captures must not be recorded: then neither is its standard output. */
export function captureIsSecret(session: Session, step: Step): boolean {
  const name = step.annotations.capture;
  return name !== undefined && isSecretName(session, name);
}

/** A step that captures what its input, or no later step, could take has failed. */
export async function withCapturesChecked(
  session: Session,
  result: StepResult,
): Promise<StepResult> {
  const declared = session.plan.runbook.frontmatter.inputs ?? {};
  if (result.outcome !== 'passed' || result.captured === undefined) return result;
  for (const [name, value] of Object.entries(result.captured)) {
    const unfit = unfitFor(name, value);
    if (unfit !== undefined)
      return { ...result, outcome: 'failed', why: `what was captured as \`${name}\` ${unfit}` };
    const declaration = declared[name];
    if (declaration == null) continue;
    const { checkValue } = await import('../inputs/check-value.ts');
    const { why } = checkValue(value, declaration);
    if (why === undefined) continue;
    const shown =
      isSecretName(session, name) || holdsPassword(value) ? '' : ` \`${value.slice(0, 80)}\`,`;
    return {
      ...result,
      outcome: 'failed',
      why: `what was captured as \`${name}\`,${shown} ${why}`,
    };
  }
  return result;
}

/**
 * Why no later step could be given a value: no process takes a NUL byte, in a variable or in its text; and a variable longer
 * than the system takes keeps every process from being started. The value itself may be secret, and is not quoted.
 */
function unfitFor(name: string, value: string): string | undefined {
  if (value.includes('\0'))
    return 'has a NUL byte in it, which no value can hold; capture it in a form that is text, such as `base64`';
  if (!isShellName(name)) return undefined;
  const bytes = Buffer.byteLength(value);
  const most = MAX_VARIABLE_BYTES - Buffer.byteLength(`${name}=\0`);
  if (bytes <= most) return undefined;
  return `has ${bytes} bytes, and the variable \`$${name}\` can hold ${most}; capture less, or keep it in a file and capture the path`;
}

/** Linux starts no process with a longer variable: its name, the `=`, its value and the NUL at its end. */
const MAX_VARIABLE_BYTES = 128 * 1024;

/** Binds the inputs that a step produced. */
export async function* bindCaptured(
  session: Session,
  planned: PlannedStep,
  result: StepResult,
): AsyncGenerator<RunEvent, void> {
  if (result.outcome !== 'passed') return;
  for (const [name, value] of Object.entries(result.captured ?? {})) {
    const secret = isSecretName(session, name) || holdsPassword(value);
    const source = `${CAPTURED}${planned.id}`;
    const input = { name, value, secret, source, variable: isShellName(name) };
    await session.bind(input);
    yield boundEvent(input, session.mask);
  }
}

function isSecretName(session: Session, name: string): boolean {
  const { frontmatter, inputs } = session.plan.runbook;
  if (frontmatter.inputs?.[name]?.secret === true) return true;
  if (inputs.some((input) => input.name === name && input.secret)) return true;
  return secretByName(name);
}
