import { sha256Of } from '../../text/sha256.ts';
import { isWordLike, writtenSecrets } from '../literal-secrets.ts';
import type { BoundInput, Plan } from '../model/plan.ts';

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

/** How a secret that is written into the page is called. */
export const WRITTEN = 'text ';
const NAME_DIGITS = 16;

/**
 * Secrets that the author wrote into the steps: they run, and are shown nowhere. What is a name there as well (`-u root
 * -proot`, the value of an input) is none to look for: outputs and inputs that only hold the name would be lost.
 */
export function secretsInText({ steps, values }: Plan): readonly BoundInput[] {
  const names = new Set(values.flatMap(({ secret, value }) => (secret ? [] : [value])));
  const written = [...new Set(steps.map(({ step }) => step))].map((step) => ({
    step,
    own: writtenSecrets(step),
  }));
  const given = Map.groupBy(
    written.flatMap(({ own }) => own),
    ({ value }) => value,
  );
  const isName = (value: string, times: number): boolean =>
    isWordLike(value) &&
    (names.has(value) ||
      written.reduce((sum, { step }) => sum + step.text.split(value).length - 1, 0) > times);
  const hidden = new Set(
    [...given].flatMap(([value, { length }]) => (isName(value, length) ? [] : [value])),
  );
  return written.flatMap(({ own }) =>
    own
      .filter(({ value }) => hidden.has(value))
      .map(({ value }) => ({
        // State that is kept for a resume knows it by this: the page may have been edited by then, and have two of a kind.
        name: `${WRITTEN}${sha256Of(value).slice(0, NAME_DIGITS)}`,
        value,
        secret: true,
        source: 'text',
      })),
  );
}
