import { detected } from '../contracts/detected.ts';
import type { AnyStepType } from '../contracts/step-type.ts';
import { traitsOf } from '../contracts/traits.ts';
import type { FenceBlock } from '../model/block.ts';
import { HandrailError } from '../model/errors.ts';
import type { Step } from '../model/runbook.ts';

/** A copy of a step with other text; what the step type found in the old text is found anew. */
export function withText(step: Step, type: AnyStepType, text: string): Step {
  const block: FenceBlock = {
    kind: 'fence',
    language: step.language ?? '',
    info: step.language ?? '',
    text,
    textLine: step.textLine,
    line: step.line,
    endLine: step.endLine,
    annotations: step.annotations,
    trail: [],
    procedure: step.procedure,
    label: '',
    lead: '',
    content: {
      kind: type.content ?? 'other',
      text,
      why: 'text of the operator',
      inferred: false,
      mistagged: false,
      transcript: [],
    },
  };
  const found = detected(type, block);
  const { shell: _, ...rest } = step;
  const body = found?.body ?? step.body;
  return { ...rest, text, body, traits: traitsOf(type, body) };
}

/** What is left of a step's text from a line of it (1-based) on; its lines keep their numbers. */
export function fromLine(step: Step, type: AnyStepType, line: number): Step {
  const text = step.text
    .split('\n')
    .slice(line - 1)
    .join('\n');
  return { ...withText(step, type, text), textLine: step.textLine + line - 1 };
}

/** A shell that reads commands with the run's own state; what it sets is carried on. */
const SHELL = `PS1='\\[\\e[1m\\]this run\\[\\e[0m\\] \\w \\$ '
set +e +u +o pipefail
while IFS= read -r -e -p "\${PS1@P}" handrail_line; do
  history -s -- "$handrail_line"
  if [[ $handrail_line == exit ]]; then break; fi
  eval "$handrail_line"
done
unset -v handrail_line PS1
:`;

/** A command of the operator's own, as a step that stands where the run stands. */
export function commandStep(at: Step, type: AnyStepType, text: string): Step {
  const { shell: _, ...rest } = at;
  const bare: Step = {
    ...rest,
    type: type.name,
    title: 'Command of the operator',
    effect: 'writes',
    effectWhy: '',
    language: 'bash',
    expectation: null,
    parts: [],
    annotations: text.trim() === '' ? { interactive: true } : {},
    inputs: [],
    body: undefined,
  };
  const step = withText(bare, type, text.trim() === '' ? SHELL : text);
  if (step.body !== undefined) return step;
  throw new HandrailError('STEP_CANNOT_RUN', { message: `This is no command: ${text}` });
}
