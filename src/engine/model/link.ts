import type { Step } from './runbook.ts';

/** Where a step's link leads. */
export interface StepLink {
  /** From the runbook's folder; `''` for the runbook itself. */
  readonly path: string;
  /** Id of the procedure, `''` for the whole runbook. */
  readonly procedure: string;
}

/** Where a step leads, whether it is run there or only refers to it. */
export function linkIn({ body }: Step): StepLink | undefined {
  if (typeof body !== 'object' || body === null || !('path' in body)) return undefined;
  const procedure = 'procedure' in body && typeof body.procedure === 'string' ? body.procedure : '';
  if (typeof body.path !== 'string' || (body.path === '' && procedure === '')) return undefined;
  return { path: body.path, procedure };
}

/** What is run in the step's place; `undefined` for every step that is no link to a runbook. */
export const runLinkOf = (step: Step): StepLink | undefined =>
  step.type === 'runbook' ? linkIn(step) : undefined;
