import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import { incidentPath } from './home-page.ts';
import type { SiteView } from './view.ts';

/** Incidents, each a timeline that is a page by itself. */
export function incidentPages({ subject }: SiteView): readonly RenderedFile[] {
  return subject.incidents.map(({ name, html }) => ({ path: incidentPath(name), content: html }));
}
