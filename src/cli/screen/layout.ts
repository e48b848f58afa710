import stringWidth from 'fast-string-width';

const LEAST_COLUMNS = 20;
const USUAL_COLUMNS = 80;

/** The width to lay out for: 80 when it is unknown or 0, never under 20. */
export function screenColumns(columns: number | undefined): number {
  return columns ? Math.max(LEAST_COLUMNS, columns) : USUAL_COLUMNS;
}

/** How many columns a text takes on the screen: wide characters two, marks none. The text must be safe and one line. */
export function displayWidth(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

/** Folds a text at spaces so that no line is wider; a word that is too long is cut. Newlines stay. At least one line. */
export function fold(text: string, columns: number): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      foldPieces([{ text: line, mark: null }], columns).map((pieces) =>
        pieces.map((piece) => piece.text).join(''),
      ),
    );
}

/** A piece of text with something that stays with it, such as its tone. */
export interface Piece<Mark> {
  readonly text: string;
  readonly mark: Mark;
}

/** Folds pieces of one paragraph into lines; spaces where a line is folded are left out. At least one line. */
export function foldPieces<Mark>(
  pieces: readonly Piece<Mark>[],
  columns: number,
): readonly (readonly Piece<Mark>[])[] {
  const lines: Piece<Mark>[][] = [[]];
  let width = 0;
  let space: Piece<Mark> | null = null;
  const put = (piece: Piece<Mark>, wide: number): void => {
    lines.at(-1)?.push(piece);
    width += wide;
  };
  for (const word of wordsOf(pieces)) {
    if (word.space) {
      space = word.piece;
      continue;
    }
    const gap: number = space && width > 0 ? displayWidth(space.text) : 0;
    const wide = word.pieces.reduce((sum, piece) => sum + displayWidth(piece.text), 0);
    if (width > 0 && width + gap + wide > columns) {
      lines.push([]);
      width = 0;
    } else if (space && width > 0) put(space, gap);
    else if (space && lines.length === 1) {
      const text = space.text.slice(0, Math.floor(columns / 2));
      put({ text, mark: space.mark }, text.length);
    }
    space = null;
    for (const piece of word.pieces) {
      for (const part of cutWide(piece.text, columns, width)) {
        const partWide = displayWidth(part);
        if (width > 0 && width + partWide > columns) {
          lines.push([]);
          width = 0;
        }
        put({ text: part, mark: piece.mark }, partWide);
      }
    }
  }
  return lines;
}

type Word<Mark> =
  | { readonly space: true; readonly piece: Piece<Mark> }
  | { readonly space: false; readonly pieces: readonly Piece<Mark>[] };

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Words and the spaces between them; a word may go over several pieces, a wide character is a word of its own. */
function* wordsOf<Mark>(pieces: readonly Piece<Mark>[]): Generator<Word<Mark>> {
  let word: Piece<Mark>[] = [];
  for (const piece of pieces) {
    for (const part of piece.text.split(/( +)/)) {
      if (part === '') continue;
      if (part.startsWith(' ')) {
        if (word.length > 0) yield { space: false, pieces: word };
        word = [];
        yield { space: true, piece: { text: part, mark: piece.mark } };
        continue;
      }
      if (!WIDE.test(part)) {
        word.push({ text: part, mark: piece.mark });
        continue;
      }
      for (const run of part.match(WIDE_RUNS) ?? []) {
        if (WIDE.test(run) && word.length > 0) {
          yield { space: false, pieces: word };
          word = [];
        }
        word.push({ text: run, mark: piece.mark });
      }
    }
  }
  if (word.length > 0) yield { space: false, pieces: word };
}

/** A wide character with the marks and closing punctuation that must not begin a line, or a run of others. */
const WIDE_RUNS =
  /[\u1100-\u115f\u2e80-\u2fff\u3003-\u3007\u3012\u3013\u3020-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff10-\uff60\uffe0-\uffe6][\p{M}\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]*|[^\u1100-\u115f\u2e80-\u2fff\u3003-\u3007\u3012\u3013\u3020-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff10-\uff60\uffe0-\uffe6]+/gu;

/** Cuts what is wider than a line; the first part fits behind `used` columns when the whole word stands there. */
function cutWide(text: string, columns: number, used: number): readonly string[] {
  if (used + displayWidth(text) <= columns) return [text];
  const parts: string[] = [];
  let part = '';
  let width = 0;
  for (const cluster of clustersOf(text)) {
    const wide = displayWidth(cluster);
    const room = parts.length === 0 ? columns - used : columns;
    if (width + wide > room && part !== '') {
      parts.push(part);
      part = '';
      width = 0;
    }
    part += cluster;
    width += wide;
  }
  if (part !== '') parts.push(part);
  return parts;
}

/** Characters with what combines with them: marks, joined emoji, pairs of regional indicators. */
export function clustersOf(text: string): readonly string[] {
  return text.match(/\p{RI}\p{RI}|\P{M}(?:\p{M}|\p{EMod}|\u200d\P{M})*|\p{M}+/gsu) ?? [];
}

/** A text on at most so many columns, `…` where it was cut. */
export function clip(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let clipped = '';
  let width = 1;
  for (const cluster of clustersOf(text)) {
    width += displayWidth(cluster);
    if (width > columns) break;
    clipped += cluster;
  }
  return columns <= 0 ? '' : `${clipped}…`;
}

/** The end of a text on at most so many columns, `…` where it was cut. */
export function clipStart(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const cluster of clustersOf(text).toReversed()) {
    width += displayWidth(cluster);
    if (width > columns) break;
    kept = cluster + kept;
  }
  return columns <= 0 ? '' : `…${kept}`;
}

/** A text with spaces behind it up to so many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** Two texts at the ends of one line; the left one is clipped for the right one. */
export function bothEnds(left: string, right: string, columns: number): string {
  const room = columns - displayWidth(right) - (right === '' ? 0 : 2);
  return room < 8
    ? clip(`${left}  ${right}`, columns)
    : pad(clip(left, room), columns - displayWidth(right)) + right;
}

/** A line across the screen. */
export function rule(columns: number): string {
  return '-'.repeat(Math.max(1, columns - 1));
}

/** Words side by side, three blanks between them, on as many lines as they need. */
export function flowed(words: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + displayWidth(word) + 3 <= columns)
      lines[lines.length - 1] = `${last}   ${word}`;
    else lines.push(clip(word, columns));
  }
  return lines;
}
