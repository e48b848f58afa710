import type { Timeline } from '../model/timeline.ts';

/** A file that proves something about a timeline. */
export interface EvidenceFile {
  /** Relative, with `/`. */
  readonly path: string;
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What a renderer of timelines may look at besides the timeline. */
export interface TimelineContext {
  /** A template of that name: the user's own when there is one, else ours. */
  template(name: string): Promise<(data: object) => string>;
  /** Logs, runbooks, outputs, signatures and verdicts, in order of their paths. */
  evidence(): AsyncIterable<EvidenceFile> | Iterable<EvidenceFile>;
}

/**
 * Makes one file of a timeline, piece by piece, so that a long timeline fits in memory; never writes it.
 * The same timeline gives the same bytes. One file in `src/renderers`, two lines in its list.
 */
export interface TimelineRenderer {
  /** The format's name on the command line. */
  readonly name: string;
  /** One line for the documentation. */
  readonly summary: string;
  /** Ending of the file's name, without the dot. */
  readonly extension: string;
  /** Not for a terminal. */
  readonly binary: boolean;
  /** The file holds a block between markers, and what people write around it is theirs. */
  readonly block: boolean;
  render(timeline: Timeline, context: TimelineContext): AsyncIterable<string | Uint8Array>;
}
