import { nearest } from '../../text/nearest.ts';
import { capturesOf } from '../inputs/captures.ts';
import { itemIds, itemOf, itemsOf, MOST_ITEMS, parseEach } from '../model/each.ts';
import { HandrailError } from '../model/errors.ts';
import type { BoundInput, Plan, PlannedStep } from '../model/plan.ts';
import { sayValues } from '../model/said-values.ts';

/** Values by name, as far as they are known. */
type ValueFor = (name: string) => { readonly value: string } | undefined;

/** The list that a step is still to be done for each item of; `null`: it is one step, or an item already. */
export function listOf({ step, item }: PlannedStep): string | null {
  const { each } = step.annotations;
  return each === undefined || item !== undefined ? null : (parseEach(each)?.list ?? null);
}

/**
 * A step once for each item of its list, each with an id, a title and a value of its own; `path` is its runbook's.
 * Throws INPUT_INVALID, and STEP_NOT_FOUND for an item that was asked for by name and is not in the list.
 */
export function eachItem(
  planned: PlannedStep,
  value: string,
  path: string,
): readonly PlannedStep[] {
  const each = parseEach(planned.step.annotations.each ?? '');
  if (each === undefined) return [planned];
  const items = itemsOf(value);
  if (items.length > MOST_ITEMS)
    throw new HandrailError('INPUT_INVALID', {
      message: `\`${each.list}\` has ${items.length} items; a step is done for ${MOST_ITEMS} at most.`,
    });
  const ids = itemIds(planned.id, items);
  const hole = `{{${each.name}}}`;
  const { title: written } = planned.step;
  const title = written.includes(hole) ? written : `${written}: ${hole}`;
  const { only, ...whole } = planned;
  const words = ids.map((id) => itemOf(id) ?? '');
  const strange = only?.find((word) => !words.includes(word));
  if (strange !== undefined)
    throw new HandrailError('STEP_NOT_FOUND', {
      path: planned.from?.path ?? path,
      name: `${planned.id}~${strange}`,
      nearest: nearest(`${planned.id}~${strange}`, ids),
    });
  const done = items.map(
    (item, at): PlannedStep => ({
      ...whole,
      id: ids[at] ?? planned.id,
      item: planned.id,
      scopes: [...(planned.scopes ?? []), { values: { [each.name]: item }, literal: true }],
      step: { ...planned.step, title: sayValues(title, (name) => own(name, each.name, item)) },
      unsaid: planned.unsaid ?? planned.step,
      // The text before a step is read once.
      ...(at === 0 || planned.lead === undefined ? {} : { lead: '' }),
    }),
  );
  return only === undefined ? done : done.filter((_, at) => only.includes(words[at] ?? ''));
}

const own = (asked: string, name: string, value: string): BoundInput | undefined =>
  asked === name ? { name, value, secret: false, source: 'each' } : undefined;

/**
 * The plan with every step that says `each` once for each item, where the list is known now. What a step of the plan still
 * captures is known only then.
 */
export function withItems(plan: Plan, valueFor: ValueFor, isCaptured = capturedBy(plan)): Plan {
  if (plan.steps.every((planned) => listOf(planned) === null)) return plan;
  const steps = plan.steps.flatMap((planned) => {
    const list = listOf(planned);
    const value = list === null || isCaptured(list) ? undefined : valueFor(list)?.value;
    if (value === undefined) return [planned];
    const items = eachItem(planned, value, plan.runbook.path);
    return items.length === 0 ? [planned] : items;
  });
  return { ...plan, steps };
}

function capturedBy({ steps }: Plan): (name: string) => boolean {
  const names = new Set(steps.flatMap(({ step }) => capturesOf(step)));
  return (name) => names.has(name);
}
