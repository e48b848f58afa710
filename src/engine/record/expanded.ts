import type { RunEvent } from '../model/event.ts';

type Expanded = Extract<RunEvent, { type: 'step.expanded' }>;

/** A list of steps with the items of one in its place (`each`); at the end where it is not in the list. */
export function withExpanded<Known extends { readonly id: string }>(
  steps: readonly Known[],
  { stepId, steps: items }: Pick<Expanded, 'stepId' | 'steps'>,
  known: (item: Expanded['steps'][number]) => Known,
): readonly Known[] {
  const at = steps.findIndex(({ id }) => id === stepId);
  const from = at < 0 ? steps.length : at;
  return [...steps.slice(0, from), ...items.map(known), ...steps.slice(from + 1)];
}
