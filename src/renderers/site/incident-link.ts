import type { ElementContent } from 'hast';
import { safeText } from '../../text/safe-text.ts';
import { relativeTo } from './page-paths.ts';
import { link } from './pieces.ts';
import { incidentPath } from './places.ts';
import type { SiteView } from './view.ts';

/** The incident that a run belongs to, as a link where it has a page; nothing where it belongs to none. */
export function incidentLink(
  name: string | null | undefined,
  page: string,
  { subject }: SiteView,
): ElementContent | string {
  if (name === null || name === undefined) return '';
  const isKnown = subject.incidents.some((incident) => incident.name === name);
  return isKnown
    ? link(encodeURI(relativeTo(page, incidentPath(name))), safeText(name))
    : safeText(name);
}
