import { nearest } from '../../text/nearest.ts';
import { itemOf, withoutItem } from '../model/each.ts';
import { HandrailError } from '../model/errors.ts';
import type { PlannedStep, RunRequest } from '../model/plan.ts';

/**
 * Those of the steps that were asked for by `--step`, `--from`, `--to` and `--tag`: by id, by the end of an id
 * behind its last `/` where only one step has it, or by position (`#3`). Throws STEP_NOT_FOUND.
 */
export function pickSteps(
  path: string,
  steps: readonly PlannedStep[],
  request: RunRequest,
): readonly PlannedStep[] {
  const stops = steps.filter((planned) => planned.phase === 'main');
  // Text to be read has no number: the third step is the third step, whoever is there to read.
  const main = stops.filter((planned) => planned.reading !== true);
  const find = (name: string): number => placeOf(main, name) ?? notFound(path, main, name);
  if (request.steps.length > 0) {
    const wanted = Map.groupBy(
      request.steps,
      (name) => placeOf(main, name) ?? placeOf(main.map(eachOnly), withoutItem(name)) ?? find(name),
    );
    return main.flatMap((planned, index) => {
      const names = wanted.get(index);
      return names === undefined ? [] : [withOnly(planned, names)];
    });
  }
  const first = request.from === null ? undefined : main[find(request.from)];
  const last = request.to === null ? undefined : main[find(request.to)];
  const picked = stops
    .slice(first ? stops.indexOf(first) : 0, last ? stops.indexOf(last) + 1 : stops.length)
    .filter((planned) => request.tags.length === 0 || hasTag(planned, request.tags));
  return picked.length === 0
    ? []
    : [...picked, ...steps.filter((planned) => planned.phase === 'cleanup')];
}

/** Of a step that is done for each item of a list, those items that were named; which there are is known later. */
function withOnly(planned: PlannedStep, names: readonly string[]): PlannedStep {
  const items = names.map(itemOf);
  const only = items.filter((item) => item !== undefined);
  const isWhole = planned.step.annotations.each === undefined || only.length < items.length;
  return isWhole ? planned : { ...planned, only };
}

function notFound(path: string, steps: readonly PlannedStep[], name: string): never {
  const ids = steps.map((planned) => planned.id);
  throw new HandrailError('STEP_NOT_FOUND', { path, name, nearest: nearest(name, ids) });
}

/** The step, where it has items; else nothing that a name of an item could mean. */
const eachOnly = (planned: PlannedStep): { readonly id: string } =>
  planned.step.annotations.each === undefined ? { id: '' } : planned;

function placeOf(steps: readonly { readonly id: string }[], name: string): number | undefined {
  const position = /^#?(\d+)$/.exec(name)?.[1];
  const exact = steps.findIndex((planned) => planned.id === name);
  if (exact >= 0) return exact;
  const short = steps.flatMap((planned, at) => (planned.id.endsWith(`/${name}`) ? [at] : []));
  if (short.length === 1 && short[0] !== undefined) return short[0];
  if (position !== undefined && Number(position) >= 1 && Number(position) <= steps.length)
    return Number(position) - 1;
  return undefined;
}

function hasTag(planned: PlannedStep, tags: readonly string[]): boolean {
  const own = (planned.step.annotations.tag ?? '').split(/[\s,]+/);
  return tags.some((tag) => own.includes(tag));
}
