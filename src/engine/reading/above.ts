import type { FencePiece, HeadingPiece, ItemPiece, Piece } from './pieces.ts';
import type { Outline } from './surroundings.ts';

/** Per piece, what stands above and below it: found once a page, since a page may hold thousands of fences. */
interface Around {
  readonly heading: readonly (HeadingPiece | null)[];
  readonly fence: readonly (FencePiece | null)[];
  readonly item: readonly Near[];
  readonly next: readonly Piece[];
}

/** The last item above with nothing but fences and sentences between; whether there is a sentence. */
interface Near {
  readonly item: ItemPiece | null;
  readonly said: boolean;
}

const NOTHING: Near = { item: null, said: false };
const known = new WeakMap<readonly Piece[], Around>();

function aroundOf({ pieces }: Pick<Outline, 'pieces'>): Around {
  let around = known.get(pieces);
  if (around === undefined) {
    around = { ...lookDown(pieces), next: lookUp(pieces) };
    known.set(pieces, around);
  }
  return around;
}

function lookDown(pieces: readonly Piece[]): Omit<Around, 'next'> {
  const found: { heading: (HeadingPiece | null)[]; fence: (FencePiece | null)[]; item: Near[] } = {
    heading: [],
    fence: [],
    item: [],
  };
  let [heading, fence, item]: [HeadingPiece | null, FencePiece | null, Near] = [
    null,
    null,
    NOTHING,
  ];
  for (const piece of pieces) {
    found.heading.push(heading);
    found.fence.push(fence);
    found.item.push(item);
    if (piece.kind === 'heading') heading = piece;
    if (piece.kind === 'fence') fence = piece;
    item = below(piece, item);
  }
  return found;
}

function below(piece: Piece, near: Near): Near {
  if (piece.kind === 'heading' || piece.kind === 'break') return NOTHING;
  const owner = piece.kind === 'item' ? piece : 'item' in piece ? piece.item : null;
  if (piece.kind === 'html' || (owner === null && piece.kind === 'fence')) return near;
  if (piece.kind === 'paragraph' && owner === null)
    return piece.label ? NOTHING : { ...near, said: true };
  return { item: owner, said: false };
}

/** The first heading or outermost item behind each piece. */
function lookUp(pieces: readonly Piece[]): readonly Piece[] {
  const next: Piece[] = [];
  let stop: Piece | undefined;
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    if (stop !== undefined) next[at] = stop;
    const piece = pieces[at];
    if (piece?.kind === 'heading' || (piece?.kind === 'item' && !piece.list.parent)) stop = piece;
  }
  return next;
}

/** The last heading, and the last fence, above a piece. */
export const headingAbove = (
  outline: Pick<Outline, 'pieces'>,
  index: number,
): HeadingPiece | null => aroundOf(outline).heading[index] ?? null;
export const lastFenceAbove = (
  outline: Pick<Outline, 'pieces'>,
  index: number,
): FencePiece | null => aroundOf(outline).fence[index] ?? null;

/** The item that an unindented fence belongs to: the last one above it, when its list goes on below or it ends in a colon. */
export function itemAbove(outline: Pick<Outline, 'pieces'>, index: number): ItemPiece | null {
  const fence = outline.pieces[index];
  if (fence?.kind !== 'fence' || fence.item !== null) return null;
  const { item: near, next } = aroundOf(outline);
  const { item: owner, said } = near[index] ?? NOTHING;
  if (owner === null) return null;
  const item = outermost(owner);
  if (!item.list.ordered || item.list.items.at(-1) !== item) return null;
  const goesOn = resumes(next[index], item);
  return goesOn || (!said && /[:：]\s*$/.test(item.text)) ? item : null;
}

function outermost(item: ItemPiece): ItemPiece {
  let outer = item;
  while (outer.list.parent) outer = outer.list.parent;
  return outer;
}

function resumes(next: Piece | undefined, { list, index }: ItemPiece): boolean {
  if (next?.kind !== 'item' || !next.list.ordered) return false;
  return (
    next.list.start === list.start + index + 1 ||
    (next.list.start === 1 && list.start === 1 && list.items.length === 1)
  );
}
