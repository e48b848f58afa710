/** Ids of imported entries end in so many hexadecimal digits: a hash, of which three numbers are made. */
const DIGITS = 24;
const WORDS = 3;
const FIRST_ROOM = 1024;

/**
 * Which ids of imported entries were met. A set of a million texts takes 150 MB; as three numbers each, in a table that is at most
 * half full, they take 25 to 50.
 */
export class SeenIds {
  #table = new Uint32Array(FIRST_ROOM * WORDS);
  #count = 0;
  /** What is no hash. */
  readonly #others = new Set<string>();

  /** Whether the id was there; it is from now on. */
  isKnown(id: string): boolean {
    const key = keyOf(id);
    if (key === undefined) {
      const known = this.#others.has(id);
      this.#others.add(id);
      return known;
    }
    if (this.#count * 2 >= this.#table.length / WORDS) this.#grow();
    const known = put(this.#table, key);
    if (!known) this.#count += 1;
    return known;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WORDS) {
      const key: Key = [old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0];
      if (key.some((word) => word !== 0)) put(this.#table, key);
    }
  }
}

type Key = readonly [number, number, number];

/** Three zeros are a place where none stands, and so no key. */
function keyOf(id: string): Key | undefined {
  const digits = id.slice(-DIGITS);
  if (!/^import-[0-9a-f]{24}$/.test(id) || /^0+$/.test(digits)) return undefined;
  const word = (at: number): number => Number.parseInt(digits.slice(at, at + 8), 16);
  return [word(0), word(8), word(16)];
}

/** Puts a key where it belongs; whether it stood there. */
function put(table: Uint32Array, [one, two, three]: Key): boolean {
  for (let at = (one % (table.length / WORDS)) * WORDS; ; at = (at + WORDS) % table.length) {
    const isSame = table[at] === one && table[at + 1] === two && table[at + 2] === three;
    if (isSame) return true;
    if (table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0) {
      [table[at], table[at + 1], table[at + 2]] = [one, two, three];
      return false;
    }
  }
}
