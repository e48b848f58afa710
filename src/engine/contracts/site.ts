import type { Root } from 'mdast';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { RunReport } from '../model/report.ts';
import type { Runbook } from '../model/runbook.ts';
import type { TimelineEvent, TimelineHead } from '../model/timeline.ts';
import type { RenderedFile } from './renderer.ts';

/** A runbook on its way to a page. */
export interface SitePage {
  /** Relative to the site's folder, with `/`. */
  readonly path: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
  /** Reads it; only called when there is no body of it from an earlier build. */
  read(): Promise<ReadPage>;
}

/** A runbook that was read for a page, or why it could not be. */
export type ReadPage =
  | {
      readonly runbook: Runbook;
      readonly tree: Root;
      /** What `check` finds, whatever programs this machine has. */
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly problem: string; readonly text: string };

/** A run and what the record says of itself. */
export interface SiteRun {
  readonly report: RunReport;
  /** The runbook's path relative to the site's folder; `null` when it stands elsewhere. */
  readonly page: string | null;
  readonly verdict: { readonly sound: boolean; readonly message: string };
  /** First and last bytes of an attempt's output by its path, masked when it was stored. */
  output(
    path: string,
  ): Promise<
    { readonly head: Uint8Array; readonly tail: Uint8Array; readonly bytes: number } | undefined
  >;
}

/** An incident with the events and figures of its timeline. */
export interface SiteIncident {
  readonly name: string;
  readonly head: TimelineHead;
  readonly events: readonly TimelineEvent[];
  /** Later events that were left out, because there are too many for a page. */
  readonly more: number;
}

/** Runs of the record that a site does not show. */
export interface RunsLeftOut {
  /** How many are older than those that were looked at. */
  readonly older: number;
  /** How many were looked at, the newest ones. */
  readonly newest: number;
  /** Those whose log does not begin as a run does: altered. */
  readonly unreadable: readonly string[];
}

/** What a site is made from. */
export interface SiteSubject {
  readonly title: string;
  /** Where it will be published, without a `/` at its end. */
  readonly url: string | null;
  /** Where a page can be edited: `{path}` stands for the runbook's path. */
  readonly editUrl: string | null;
  /** The day on which it is built, such as `2027-03-31`: a review that was due before is overdue. Absent: nobody asks. */
  readonly today?: string;
  readonly pages: readonly SitePage[];
  /** Newest first. */
  readonly runs: readonly SiteRun[];
  /** Absent: none are. */
  readonly leftOut?: RunsLeftOut;
  readonly incidents: readonly SiteIncident[];
  readonly alerts?: readonly SiteAlert[];
}

/** An alert that leads to a runbook. */
export interface SiteAlert {
  readonly name: string;
  /** The runbook's path relative to the site's folder. */
  readonly page: string;
  /** Id of the procedure; `''`: the whole runbook. */
  readonly procedure: string;
}

/** What a site may look at besides its subject. */
export interface SiteContext {
  template(name: string): Promise<(data: object) => string>;
  /** A file beside the runbooks; `undefined` when there is none at this relative path. */
  file(path: string): Promise<Uint8Array | undefined>;
  /** Whether there is a file or folder at this relative path. */
  exists(path: string): 'file' | 'folder' | 'nothing';
  /** Bodies of earlier builds. */
  readonly cache: {
    get(key: string): string | undefined;
    put(key: string, body: string): void;
  };
}

/** A link that leads nowhere. */
export interface BrokenLink {
  readonly path: string;
  readonly line: number;
  readonly target: string;
  readonly why: string;
}

/** A rendered site. */
export interface RenderedSite {
  readonly files: readonly RenderedFile[];
  readonly broken: readonly BrokenLink[];
  /** Files that could not be read as runbooks, and what refuses a run of one, with its line behind the path. */
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  readonly pages: number;
}
