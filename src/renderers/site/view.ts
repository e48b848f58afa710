import type { SiteSubject } from '../../engine/contracts/site.ts';
import type { SiteHistory } from './history.ts';
import type { PageBody } from './page-body.ts';
import type { PagePaths } from './page-paths.ts';

/** A runbook with its page. */
export interface SiteBook {
  readonly path: string;
  readonly page: string;
  readonly body: PageBody;
}

/** Everything that pages are made from. */
export interface SiteView {
  readonly subject: SiteSubject;
  readonly paths: PagePaths;
  readonly books: readonly SiteBook[];
  readonly history: SiteHistory;
  /** The first lines that failed attempts printed, by run. */
  readonly failed: ReadonlyMap<string, string>;
}

/** A page before it is laid out. */
export interface PageView {
  /** Path of its file. */
  readonly page: string;
  readonly title: string;
  /** Kind of page, for the style sheet. */
  readonly kind: 'home' | 'folder' | 'runbook' | 'run' | 'index' | 'missing';
  /** HTML. */
  readonly content: string;
  /** Path of the runbook, for navigation and the edit link. */
  readonly path?: string;
  /** Path of the folder whose section is open. */
  readonly folder?: string;
  readonly toc?: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
  readonly description?: string;
  /** The pages before and after this one, where they stand in an order. */
  readonly before?: Neighbour | undefined;
  readonly after?: Neighbour | undefined;
}

/** A page beside another. */
export interface Neighbour {
  readonly page: string;
  readonly title: string;
}
