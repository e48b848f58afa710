import { nearest } from '../../text/nearest.ts';
import { changesSomething } from '../model/effect.ts';
import { HandrailError } from '../model/errors.ts';
import type { PlannedStep, RunRequest } from '../model/plan.ts';
import type { Runbook } from '../model/runbook.ts';

/**
 * The request with the values of its environment, and whether what writes is confirmed there. What is given by hand comes
 * first. Throws USAGE for an environment that the runbook does not have.
 */
export function inEnvironment(
  { frontmatter, path }: Runbook,
  request: RunRequest,
): { readonly request: RunRequest; readonly confirms: boolean } {
  const name = request.environment ?? null;
  if (name === null) return { request, confirms: false };
  const environments = frontmatter.environments ?? {};
  const names = Object.keys(environments);
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (environment === undefined) {
    const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
    throw new HandrailError('USAGE', {
      message: `\`${path}\` has no environment \`${name}\`: ${known}.`,
      nearest: nearest(name, names),
    });
  }
  const values = Object.entries(environment.values ?? {}).map(
    ([input, value]) => [input, String(value)] as const,
  );
  // An input that is called so is the environment, unless it says another value.
  const own = Object.hasOwn(frontmatter.inputs ?? {}, 'environment') ? { environment: name } : {};
  const inputs = { ...own, ...Object.fromEntries(values), ...request.inputs };
  return { request: { ...request, inputs }, confirms: environment.confirm === true };
}

/** A step that changes something needs somebody's yes, unless its author says otherwise. */
export function confirmed(planned: PlannedStep): PlannedStep {
  const { step, by } = planned;
  if (by !== 'machine' || !changesSomething(step.effect) || step.annotations.confirm === false)
    return planned;
  return { ...planned, needsApproval: true };
}
