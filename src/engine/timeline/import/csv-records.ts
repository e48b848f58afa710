/** A record of a CSV file, with the line it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** What could not be read, with the line that is at fault. */
export interface CsvFault {
  readonly line: number;
  readonly why: string;
}

const MOST_CHARACTERS = 1_000_000;

const UNCLOSED = 'opens a quote that nothing closes';
const ENDLESS = 'opens a quote that nothing closes within a million characters';
const TOO_LONG = 'makes a record longer than a million characters';

/**
 * Reads CSV (RFC 4180; also LF alone, and `;` or tab between fields) piece by piece. A quote that nothing closes and a
 * record longer than a million characters are faults; reading goes on with the line after the one at fault.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
): AsyncGenerator<CsvRecord | CsvFault> {
  const reader = new Reader();
  for await (const piece of pieces) {
    reader.take(piece);
    yield* reader.ready();
  }
  reader.end();
  yield* reader.ready();
}

class Reader {
  #found: (CsvRecord | CsvFault)[] = [];
  #fields: string[] = [];
  #field = '';
  #quoted: 'no' | 'yes' | 'maybe over' = 'no';
  #separator = '';
  #line = 1;
  #begin = 1;
  #length = 0;
  #afterReturn = false;
  /** The rest of a line at fault is still to come. */
  #skipping = false;
  /** The line on which the last quote opened, and what was read from there on. */
  #opened = 1;
  #since = '';

  ready(): readonly (CsvRecord | CsvFault)[] {
    return this.#found.splice(0);
  }

  take(piece: string): void {
    for (const character of piece) {
      if (character === '\ufeff' && this.#line === 1 && this.#length === 0) continue;
      this.#take(character);
    }
  }

  end(): void {
    while (this.#quoted === 'yes') this.#goOnAfter(UNCLOSED);
    if (this.#length > 0 && !this.#skipping) this.#endRecord();
  }

  #take(character: string): void {
    this.#length += 1;
    if (this.#quoted !== 'no') this.#since += character;
    if (this.#skipping) this.#skip(character);
    else if (this.#isBehindQuoteOfAnotherLine(character)) {
      this.#goOnAfter(UNCLOSED);
      return;
    } else this.#step(character);
    if (character === '\n') this.#line += 1;
    this.#afterReturn = character === '\r';
    if (this.#length > MOST_CHARACTERS && !this.#skipping)
      this.#goOnAfter(this.#quoted === 'no' ? TOO_LONG : ENDLESS);
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
    } else if (character === '"' && this.#field === '') this.#open();
    else if (character === '\n') {
      if (!this.#afterReturn) this.#endRecord();
      this.#nextLine();
    } else if (character === '\r') this.#endRecord();
    else if (this.#separates(character)) this.#endField();
    else this.#field += character;
  }

  #open(): void {
    this.#quoted = 'yes';
    this.#opened = this.#line;
    this.#since = '';
  }

  /** A quote that closes stands before the end of its field: this one opens another, and the first was never closed. */
  #isBehindQuoteOfAnotherLine(character: string): boolean {
    return (
      this.#quoted === 'maybe over' &&
      this.#opened < this.#line &&
      !'"\r\n'.includes(character) &&
      !this.#separates(character)
    );
  }

  /** Names the line at fault, and reads anew what was read beyond it. */
  #goOnAfter(why: string): void {
    const isQuoted = this.#quoted !== 'no';
    const line = isQuoted ? this.#opened : this.#line;
    this.#found.push({ line, why });
    const end = isQuoted ? this.#since.indexOf('\n') : -1;
    const beyond = this.#since.slice(end + 1);
    this.#fields = [];
    this.#field = '';
    this.#quoted = 'no';
    this.#since = '';
    this.#afterReturn = false;
    if (end < 0) {
      this.#skipping = true;
      return;
    }
    this.#line = line;
    this.#nextLine();
    this.#line += 1;
    for (const character of beyond) this.#take(character);
  }

  #skip(character: string): void {
    if (character !== '\n') return;
    this.#skipping = false;
    this.#nextLine();
  }

  #nextLine(): void {
    this.#length = 0;
    this.#begin = this.#line + 1;
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
    if (fields.length > 1 || fields[0] !== '') this.#found.push({ line: this.#begin, fields });
  }
}
