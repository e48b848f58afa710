import type { RunReport } from '../model/report.ts';
import type { Runbook } from '../model/runbook.ts';

/** A file that a renderer made; paths are relative, with `/`. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What a renderer may look at besides its subject. */
export interface RenderContext {
  /** The runbook's exact text (of a report: the text that ran), decoded; line ends may be the file's own. */
  readonly source: string;
  /** Head and tail of an attempt's output, already masked when it was stored. */
  output(
    path: string,
  ): Promise<
    { readonly head: Uint8Array; readonly tail: Uint8Array; readonly bytes: number } | undefined
  >;
  /** A template of that name: the user's own when there is one, else ours. */
  template(name: string): Promise<(data: object) => string>;
  /** Of a page of several procedures only those that the run is about: for reading, not for the record. */
  readonly onlyPicked?: boolean;
  /** IANA zone for local times; a run's own recorded zone comes first. */
  readonly timezone: string;
  /**
   * Minutes east of UTC in `timezone` at a moment (ISO 8601), where the clock of this machine knows them
   * without Intl, which costs 12 ms to load. Must agree with Intl.
   */
  readonly offsetMinutes?: (at: string) => number;
}

/** What a rendering is made from. */
export interface RenderSubjects {
  readonly runbook: Runbook;
  readonly report: { readonly report: RunReport; readonly runbook: Runbook };
  readonly reports: readonly { readonly report: RunReport; readonly runbook: Runbook | null }[];
}

/** Makes files of a runbook or of runs, and never writes them. One file in `src/renderers`, two lines in its list. */
export interface Renderer<Of extends keyof RenderSubjects = keyof RenderSubjects> {
  readonly name: string;
  readonly summary: string;
  readonly of: Of;
  render(
    subject: RenderSubjects[Of],
    context: RenderContext,
  ): Promise<readonly RenderedFile[]> | readonly RenderedFile[];
}
