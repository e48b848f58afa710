import { sha256Of } from '../../text/sha256.ts';
import { isWordLike, type WrittenSecret, writtenIn, writtenSecrets } from '../literal-secrets.ts';
import type { BoundInput, Plan } from '../model/plan.ts';
import type { Runbook } from '../model/runbook.ts';
import { findProgram } from '../programs/find.ts';
import { maskedBehind } from '../redacting/searcher.ts';

/** What stands of secrets in the words of a page. It hangs on the page alone, and asks what is known of all programs. */
export type WordsOn = (page: Runbook) => Promise<readonly WrittenSecret[]>;

const wordsOn: WordsOn = async ({ text }) => writtenIn(text);

/** The planned steps' texts as they would run, secrets masked, by planned id. */
export async function plannedTexts(
  plan: Plan,
  on: WordsOn = wordsOn,
): Promise<ReadonlyMap<string, string>> {
  const { scopedValues } = await import('../running/scope.ts');
  const { tryResolve } = await import('../resolve.ts');
  const { createRedactor } = await import('../redact.ts');
  const values = new Map(plan.values.map((bound) => [bound.name, bound]));
  const redactor = createRedactor(await secretsInText(plan, on));
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
 * Secrets that the author wrote into the steps and beside them, on pages that links lead to as well: they run, and are shown nowhere. One that is a word or a
 * name there as well (`-u root -proot`, the value of an input) is hidden only where it is given: outputs and inputs that
 * only hold the name would be lost.
 */
export async function secretsInText(plan: Plan, on: WordsOn): Promise<readonly BoundInput[]> {
  const steps = [...new Set(plan.steps.map(({ step }) => step))];
  const linked = (plan.linked ?? []).map(({ runbook }) => [runbook.path, runbook] as const);
  const pages = [...new Map([...linked, [plan.runbook.path, plan.runbook]]).values()];
  const beside = (await Promise.all(pages.map(on))).flat();
  const written = Map.groupBy([...steps.flatMap(writtenSecrets), ...beside], ({ value }) => value);
  const names = new Set(plan.values.flatMap(({ secret, value }) => (secret ? [] : [value])));
  const isName = (value: string): boolean =>
    isWordLike(value) &&
    (names.has(value) ||
      [...pages, ...steps].some(
        ({ text }) => maskedBehind(text, value, formsOf(written.get(value) ?? [])).isApart,
      ) ||
      findProgram(value) !== undefined);
  return [...written].map(([value, given]) => ({
    // State that is kept for a resume knows it by this: the page may have been edited by then, and have two of a kind.
    name: `${WRITTEN}${sha256Of(value).slice(0, NAME_DIGITS)}`,
    value,
    secret: true,
    source: 'text',
    ...(given.every(({ onlyGiven }) => onlyGiven) || isName(value)
      ? { behind: formsOf(given) }
      : {}),
  }));
}

const formsOf = (given: readonly WrittenSecret[]): readonly string[] => [
  ...new Set(given.flatMap(({ behind }) => behind)),
];
