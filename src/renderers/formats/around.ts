/** Stands in a template's data where the events go: no harmless text can hold it. */
export const EVENTS_GO_HERE = '\u0000events\u0000';

/** A rendered page in two: what stands before the events, and what stands behind them. */
export function around(page: string): readonly [before: string, after: string] {
  const at = page.indexOf(EVENTS_GO_HERE);
  if (at < 0) return [page, ''];
  return [page.slice(0, at), page.slice(at + EVENTS_GO_HERE.length)];
}
