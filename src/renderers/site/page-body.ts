import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { Frontmatter } from '../../engine/model/frontmatter.ts';
import type { Procedure, Runbook, Step } from '../../engine/model/runbook.ts';

/** A heading of a page. */
export interface PageHeading {
  readonly id: string;
  readonly text: string;
  /** Depth on the page, 1 for the title. */
  readonly depth: number;
}

/** A part of a page as search sees it. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** A link of a page, for checking. */
export interface PageLink {
  readonly line: number;
  readonly target: string;
  /** The runbook or folder it leads to; `''` is the page itself, `null` nowhere. */
  readonly path: string | null;
  readonly fragment: string;
}

/** What the site needs to know of a step, apart from its text. */
export type PageStep = Pick<
  Step,
  'id' | 'type' | 'title' | 'procedure' | 'effect' | 'line' | 'endLine'
> & {
  /** The beginning of what is run; `''` where a person acts. */
  readonly command: string;
};

/** A page's body and everything that other pages need of it. Plain data: survives JSON. */
export interface PageBody {
  readonly title: string;
  /** The body has a heading of its own for the title. */
  readonly hasTitle: boolean;
  readonly problem: string | null;
  /** HTML; comments that begin with `mark` stand where the layout puts facts and history. */
  readonly html: string;
  readonly mark: string;
  readonly kind: Runbook['kind'];
  readonly meta: Pick<
    Frontmatter,
    'description' | 'owner' | 'severity' | 'tags' | 'aliases' | 'review'
  >;
  readonly headings: readonly PageHeading[];
  readonly anchors: readonly string[];
  readonly sections: readonly PageSection[];
  readonly links: readonly PageLink[];
  readonly procedures: readonly Procedure[];
  readonly steps: readonly PageStep[];
  readonly diagnostics: readonly Diagnostic[];
  /** Files beside the runbook that the page shows, by path. */
  readonly assets: readonly string[];
  readonly drawings: readonly RenderedFile[];
  /** Where links led when the body was made: it holds as long as they still do. */
  readonly lookups: Readonly<Record<string, string>>;
}
