import type { Element } from 'hast';
import type { SiteSubject } from '../../engine/contracts/site.ts';
import { element } from './element.ts';

const MOST_NAMED = 12;

/** The alerts that lead to a procedure (`''`: to the page as a whole), in one line; none for none. */
export function alertsThatLead(
  { alerts = [] }: SiteSubject,
  page: string,
  procedure: string,
): readonly Element[] {
  const names = alerts
    .filter((one) => one.page === page && one.procedure === procedure)
    .map(({ name }) => name);
  const once = [...new Set(names)].toSorted();
  if (once.length === 0) return [];
  const more = once.length > MOST_NAMED ? [` and ${once.length - MOST_NAMED} more`] : [];
  const named = once
    .slice(0, MOST_NAMED)
    .flatMap((name, at) => [...(at === 0 ? [] : [', ']), element('code', {}, name)]);
  const lead = once.length === 1 ? 'An alert leads here: ' : 'Alerts lead here: ';
  return [element('p', { className: ['alert-leads'] }, lead, ...named, ...more)];
}
