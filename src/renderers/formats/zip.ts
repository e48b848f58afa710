import type { Zip, ZipDeflate } from 'fflate';

type Library = Pick<typeof import('fflate'), 'Zip' | 'ZipDeflate'>;

/** Writes a zip piece by piece. The same files in the same order give the same bytes. */
export class ZipWriter {
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
