import { sha256Of } from '../../text/sha256.ts';
import { isWordLike, type WrittenSecret, writtenIn, writtenSecrets } from '../literal-secrets.ts';
import type { BoundInput, Plan } from '../model/plan.ts';
import { findProgram } from '../programs/find.ts';
import { createRedactor } from '../redact.ts';

/** The planned steps' texts as they would run, secrets masked, by planned id. */
export async function plannedTexts(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const { scopedValues } = await import('../running/scope.ts');
  const { tryResolve } = await import('../resolve.ts');
  const values = new Map(plan.values.map((bound) => [bound.name, bound]));
  const redactor = createRedactor(secretsInText(plan));
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
 * Secrets that the author wrote into the steps and beside them: they run, and are shown nowhere. One that is a word or a
 * name there as well (`-u root -proot`, the value of an input) is hidden only where it is given: outputs and inputs that
 * only hold the name would be lost.
 */
export function secretsInText(plan: Plan): readonly BoundInput[] {
  const steps = [...new Set(plan.steps.map(({ step }) => step))];
  const onPage = writtenIn(plan.runbook.text);
  const written = Map.groupBy([...steps.flatMap(writtenSecrets), ...onPage], ({ value }) => value);
  const names = new Set(plan.values.flatMap(({ secret, value }) => (secret ? [] : [value])));
  const isName = (value: string): boolean =>
    isWordLike(value) &&
    (names.has(value) ||
      findProgram(value) !== undefined ||
      [plan.runbook, ...steps].some(({ text }) => isApart(text, value, written.get(value) ?? [])));
  return [...written].map(([value, given]) => ({
    // State that is kept for a resume knows it by this: the page may have been edited by then, and have two of a kind.
    name: `${WRITTEN}${sha256Of(value).slice(0, NAME_DIGITS)}`,
    value,
    secret: true,
    source: 'text',
    ...(isName(value) ? { behind: formsOf(given) } : {}),
  }));
}

const formsOf = (given: readonly WrittenSecret[]): readonly string[] => [
  ...new Set(given.flatMap(({ behind }) => behind)),
];

/** Whether a text has the value also where nothing gives it. */
function isApart(text: string, value: string, given: readonly WrittenSecret[]): boolean {
  if (!text.includes(value)) return false;
  return createRedactor([{ value, behind: formsOf(given) }])
    .mask(text)
    .includes(value);
}
