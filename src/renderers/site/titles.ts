import type { Procedure } from '../../engine/model/runbook.ts';

/** Titles of a page's procedures by id: where two are the same, each carries that of the heading above it. */
export function distinctTitles(procedures: readonly Procedure[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { title } of procedures) counts.set(title, (counts.get(title) ?? 0) + 1);
  return new Map(
    procedures.map(({ id, title, trail }) => {
      const above = trail.at(-2);
      const isRepeated = (counts.get(title) ?? 0) > 1 && above !== undefined;
      return [id, isRepeated ? `${above}: ${title}` : title];
    }),
  );
}
