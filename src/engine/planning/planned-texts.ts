import { secretsInText } from '../literal-secrets.ts';
import type { Plan } from '../model/plan.ts';

/** The planned steps' texts as they would run, secrets masked, by planned id. */
export async function plannedTexts(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const { scopedValues } = await import('../running/scope.ts');
  const { tryResolve } = await import('../resolve.ts');
  const { createRedactor } = await import('../redact.ts');
  const values = new Map(plan.values.map((bound) => [bound.name, bound]));
  const redactor = createRedactor(secretsInText(plan).map(({ value }) => value));
  const texts = plan.steps.map(({ id, step, scopes = [] }): readonly [string, string] => {
    const { quoting } = step.traits;
    const own = scopedValues(values, scopes, (text, known) => tryResolve(text, 'none', known).text);
    return [id, redactor.mask(tryResolve(step.text, quoting, own).masked)];
  });
  return new Map(texts);
}
