/** A record of a CSV file, with the line it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

const MOST_CHARACTERS = 1_000_000;

/**
 * Reads CSV (RFC 4180; also LF alone, and `;` or tab between fields) piece by piece. A record longer
 * than a million characters ends the reading.
 */
export async function* csvRecords(pieces: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = new Reader();
  for await (const piece of pieces) {
    reader.take(piece);
    yield* reader.ready();
    if (reader.tooLong) return;
  }
  reader.end();
  yield* reader.ready();
}

class Reader {
  #records: CsvRecord[] = [];
  #fields: string[] = [];
  #field = '';
  #quoted: 'no' | 'yes' | 'maybe over' = 'no';
  #separator = '';
  #line = 1;
  #begin = 1;
  #length = 0;
  #afterReturn = false;

  get tooLong(): boolean {
    return this.#length > MOST_CHARACTERS;
  }

  ready(): readonly CsvRecord[] {
    return this.#records.splice(0);
  }

  take(piece: string): void {
    for (const character of piece) {
      if (character === '\ufeff' && this.#line === 1 && this.#length === 0) continue;
      this.#length += 1;
      this.#step(character);
      if (character === '\n') this.#line += 1;
      this.#afterReturn = character === '\r';
    }
  }

  end(): void {
    if (this.#length > 0) this.#endRecord();
  }

  #step(character: string): void {
    if (this.#quoted === 'maybe over') {
      this.#quoted = character === '"' ? 'yes' : 'no';
      if (character === '"') {
        this.#field += '"';
        return;
      }
    }
    if (this.#quoted === 'yes') {
      if (character === '"') this.#quoted = 'maybe over';
      else this.#field += character;
    } else if (character === '"' && this.#field === '') this.#quoted = 'yes';
    else if (character === '\n') {
      if (!this.#afterReturn) this.#endRecord();
      this.#length = 0;
      this.#begin = this.#line + 1;
    } else if (character === '\r') this.#endRecord();
    else if (this.#separates(character)) this.#endField();
    else this.#field += character;
  }

  /** The first separator of the header is that of the file. */
  #separates(character: string): boolean {
    if (this.#separator === '' && /[,;\t]/.test(character)) this.#separator = character;
    return character === this.#separator;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#quoted = 'no';
  }

  #endRecord(): void {
    this.#endField();
    const fields = this.#fields;
    this.#fields = [];
    this.#length = 0;
    if (fields.length > 1 || fields[0] !== '') this.#records.push({ line: this.#begin, fields });
  }
}
