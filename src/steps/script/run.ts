import type {
  PreflightProblem,
  StepContext,
  StepOutput,
  StepResult,
} from '../../engine/contracts/step-type.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { preflightShell } from '../shell/preflight.ts';
import { runShell } from '../shell/run.ts';

/** Runs a script as a program file of its own: the exported environment in, and what python and node leave of it out. */
export async function* runScript(
  step: Step,
  interpreter: string,
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  const filled = inputIn(step);
  if (filled !== undefined) return { outcome: 'failed', why: notFilled(filled) };
  return yield* runShell(byInterpreter(step, interpreter), {}, context);
}

/** Says before the first step whether the interpreter is there, and whether the text wants values filled in. */
export async function preflightScript(
  step: Step,
  interpreter: string,
  env: Readonly<Record<string, string>>,
): Promise<PreflightProblem | undefined> {
  const filled = inputIn(step);
  if (filled !== undefined) return { code: 'STEP_CANNOT_RUN', message: notFilled(filled) };
  return preflightShell(byInterpreter(step, interpreter), env);
}

function byInterpreter(step: Step, interpreter: string): Step {
  if (step.text.startsWith('#!') && step.annotations.interpreter === undefined) return step;
  return { ...step, annotations: { ...step.annotations, interpreter } };
}

/** An input that the text names as `{{name}}`: a value filled into code of any language would be code. */
function inputIn({ text, inputs }: Step): string | undefined {
  return inputs.find((name) => text.includes(`{{${name}}}`));
}

const notFilled = (name: string): string =>
  `\`{{${name}}}\` is not filled into a script of another language, where its value would be code. Hand it over as \`env.${name.toUpperCase().replace(/\W/g, '_')}={{${name}}}\` on the fence.`;
