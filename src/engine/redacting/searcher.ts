/** A place where a needle stands. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Where secrets stand in bytes. */
export interface Finder {
  /** In order, without overlaps. */
  find(bytes: Uint8Array): readonly Found[];
  /** Where the end of the bytes begins to look like one; their length when nowhere. */
  pending(bytes: Uint8Array): number;
}

/** Looks for many needles at once in bytes. */
export interface Searcher {
  /** The leftmost needle at or behind `from`, the longest of those that begin there. */
  next(bytes: Uint8Array, from: number): Found | undefined;
  /** Where the end of the bytes, from `from` on, begins to look like a needle; their length when nowhere. */
  pending(bytes: Uint8Array, from: number): number;
}

/**
 * Wu and Manber's algorithm ("A fast algorithm for multi-pattern searching", 1994): looks at a few bytes
 * at a time, from the end of the shortest needle's length, and mostly skips that length. Needles are
 * latin1 strings. A regular expression of the same needles is several times slower.
 */
export function createSearcher(needles: readonly string[]): Searcher {
  const patterns = needles.map((needle) => Buffer.from(needle, 'latin1'));
  const window = Math.min(...patterns.map((pattern) => pattern.length));
  const width = Math.min(MOST_WIDTH, window);
  const { shifts, candidates } = tables(patterns, window, width);
  const longest = Math.max(...patterns.map((pattern) => pattern.length));
  const root = trie(patterns);
  return {
    next(bytes, from) {
      let at = from + window - 1;
      while (at < bytes.length) {
        const block = blockAt(bytes, at, width);
        const shift = shifts[block] ?? 0;
        if (shift > 0) {
          at += shift;
          continue;
        }
        const start = at - window + 1;
        const end = longestAt(bytes, start, candidates.get(block) ?? []);
        if (end > 0) return { start, end };
        at += 1;
      }
      return undefined;
    },
    pending(bytes, from) {
      const first = Math.max(from, bytes.length - longest + 1);
      for (let start = first; start < bytes.length; start += 1)
        if (reachesEnd(root, bytes, start)) return start;
      return bytes.length;
    },
  };
}

/** With many needles two bytes stand in some of them nearly always. */
const MOST_WIDTH = 3;

/** The bytes that end there, as a number of 16 bits; three of them share theirs with others. */
function blockAt(bytes: Uint8Array, at: number, width: number): number {
  const last = bytes[at] ?? 0;
  if (width === 1) return last;
  const two = ((bytes[at - 1] ?? 0) << 8) | last;
  return width === 2 ? two : (two ^ ((bytes[at - 2] ?? 0) * 0x1f35)) & 0xffff;
}

function tables(
  patterns: readonly Uint8Array[],
  window: number,
  width: number,
): {
  readonly shifts: Uint16Array;
  readonly candidates: ReadonlyMap<number, readonly Uint8Array[]>;
} {
  const most = window - width + 1;
  const shifts = new Uint16Array(width > 1 ? 65_536 : 256).fill(most);
  const candidates = new Map<number, Uint8Array[]>();
  for (const pattern of patterns) {
    for (let end = width - 1; end < window; end += 1) {
      const block = blockAt(pattern, end, width);
      const shift = window - 1 - end;
      shifts[block] = Math.min(shifts[block] ?? 0, shift);
      if (shift > 0) continue;
      const list = candidates.get(block) ?? [];
      list.push(pattern);
      candidates.set(block, list);
    }
  }
  for (const list of candidates.values()) list.sort((one, other) => other.length - one.length);
  return { shifts, candidates };
}

/** End of the longest candidate that stands at the start; 0 when none does. */
function longestAt(bytes: Uint8Array, start: number, patterns: readonly Uint8Array[]): number {
  for (const pattern of patterns) {
    const end = start + pattern.length;
    if (end > bytes.length) continue;
    let at = 0;
    while (at < pattern.length && bytes[start + at] === pattern[at]) at += 1;
    if (at === pattern.length) return end;
  }
  return 0;
}

interface TrieNode {
  readonly next: Map<number, TrieNode>;
}

function trie(patterns: readonly Uint8Array[]): TrieNode {
  const root: TrieNode = { next: new Map() };
  for (const pattern of patterns) {
    let node = root;
    for (const byte of pattern) {
      const known = node.next.get(byte);
      const child = known ?? { next: new Map() };
      if (known === undefined) node.next.set(byte, child);
      node = child;
    }
  }
  return root;
}

/** Whether the bytes from the start on are the beginning of a longer needle. */
function reachesEnd(root: TrieNode, bytes: Uint8Array, start: number): boolean {
  let node = root;
  for (let at = start; at < bytes.length; at += 1) {
    const child = node.next.get(bytes[at] ?? 0);
    if (child === undefined) return false;
    node = child;
  }
  return node.next.size > 0;
}

/** Puts a mask for each of the values, linear in the text however many there are. */
export function masker(values: readonly string[]): (text: string) => string {
  if (values.length === 0) return (text) => text;
  if (values.length <= FEW) {
    const longestFirst = [...values].sort((one, other) => other.length - one.length);
    return (text) => longestFirst.reduce((shown, value) => shown.replaceAll(value, MASK), text);
  }
  const needles = new Set(values.map((value) => Buffer.from(value).toString('latin1')));
  const searcher = createSearcher([...needles]);
  return (text) => {
    const bytes = Buffer.from(text);
    const pieces: string[] = [];
    let from = 0;
    for (let place = searcher.next(bytes, 0); place; place = searcher.next(bytes, from)) {
      pieces.push(bytes.toString('utf8', from, place.start), MASK);
      from = place.end;
    }
    return from === 0 ? text : [...pieces, bytes.toString('utf8', from)].join('');
  };
}

const MASK = '***';
/** To look for so many of them one after the other costs less than to make ready for all at once. */
const FEW = 8;

/** Puts a mask for a word, glued to its option or not; a name that only holds it (`root.example.org`) stays readable. */
export function maskedWord(line: string, word: string): string {
  const pieces = line.split(word);
  const masked = pieces.reduce(
    (shown, piece, at) => `${shown}${isApart(pieces[at - 1] ?? '', piece) ? MASK : word}${piece}`,
  );
  // Nowhere on its own: however it is given there, it is not shown.
  return masked === line ? line.replaceAll(word, MASK) : masked;
}

/** Puts a mask for a word behind each of what may give it, and says whether it stands anywhere else too. */
export function maskedBehind(
  text: string,
  word: string,
  behind: readonly string[],
): { readonly masked: string; readonly isApart: boolean } {
  const pieces = text.split(word);
  let isElsewhere = false;
  let before = '';
  const masked = pieces.map((piece, at) => {
    if (at === 0) {
      before = piece;
      return piece;
    }
    const isGiven = behind.some((one) => before.endsWith(one));
    isElsewhere ||= !isGiven;
    before = `${word}${piece}`;
    return `${isGiven ? MASK : word}${piece}`;
  });
  return { masked: masked.join(''), isApart: isElsewhere };
}

const isApart = (before: string, after: string): boolean =>
  !/^(?:[\p{L}\p{N}_]|[.-][\p{L}\p{N}])/u.test(after) &&
  (!/[\p{L}\p{N}_.]$/u.test(before) || /(?:^|[\s"'`])-\p{L}$/u.test(before));
