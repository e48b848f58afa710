import { createHash } from 'node:crypto';
import type { Zip, ZipDeflate } from 'fflate';
import type { TimelineContext, TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import type { Timeline } from '../engine/model/timeline.ts';
import { timelineHtml } from './timeline-html.ts';
import { timelineJson } from './timeline-json.ts';
import { timelineBlock } from './timeline-markdown.ts';

/** Everything that proves a timeline in one zip; the same record gives the same bytes. */
export const timelineEvidence: TimelineRenderer = {
  name: 'evidence',
  summary: 'a zip with the timeline, logs, runbooks, outputs, signatures and what verify says',
  extension: 'zip',
  binary: true,
  block: false,
  async *render(timeline, context) {
    const zip = await ZipWriter.open();
    const sums: string[] = [];
    for await (const { path, bytes } of filesOf(timeline, context)) {
      const sum = createHash('sha256');
      zip.begin(path);
      for await (const chunk of bytes()) {
        sum.update(chunk);
        zip.write(chunk);
        yield* zip.taken();
      }
      zip.end();
      yield* zip.taken();
      sums.push(`${sum.digest('hex')}  ${path}\n`);
    }
    zip.begin('SHA256SUMS');
    zip.write(Buffer.from(sums.join('')));
    zip.end();
    zip.close();
    yield* zip.taken();
  },
};

interface Entry {
  readonly path: string;
  readonly bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

async function* filesOf(timeline: Timeline, context: TimelineContext): AsyncGenerator<Entry> {
  yield { path: 'timeline.md', bytes: () => bytesOf(timelineBlock(timeline, context)) };
  yield { path: 'timeline.html', bytes: () => bytesOf(timelineHtml.render(timeline, context)) };
  yield { path: 'timeline.json', bytes: () => bytesOf(timelineJson.render(timeline, context)) };
  yield* context.evidence();
}

async function* bytesOf(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

type Library = Pick<typeof import('fflate'), 'Zip' | 'ZipDeflate'>;

/** Writes a zip piece by piece. The same files in the same order give the same bytes. */
class ZipWriter {
  readonly #library: Library;
  readonly #zip: Zip;
  readonly #taken: Uint8Array[] = [];
  #file: ZipDeflate | null = null;

  static async open(): Promise<ZipWriter> {
    return new ZipWriter(await import('fflate'));
  }

  private constructor(library: Library) {
    this.#library = library;
    this.#zip = new library.Zip((error, chunk) => {
      if (error) throw error;
      this.#taken.push(chunk);
    });
  }

  begin(path: string): void {
    this.#file = new this.#library.ZipDeflate(path, { level: 6 });
    // A zip holds wall times: the first that it can hold, in whatever zone this is.
    this.#file.mtime = new Date(1980, 0, 1);
    this.#file.os = 3;
    this.#file.attrs = 0o100600 << 16;
    this.#zip.add(this.#file);
  }

  write(chunk: Uint8Array): void {
    this.#file?.push(chunk, false);
  }

  end(): void {
    this.#file?.push(new Uint8Array(0), true);
    this.#file = null;
  }

  close(): void {
    this.#zip.end();
  }

  /** What has been written since it was last asked for. */
  taken(): readonly Uint8Array[] {
    return this.#taken.splice(0);
  }
}
