import { itemAbove } from './above.ts';
import type { FencePiece, ItemPiece, Piece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { readsAsCommand } from './shell-words.ts';
import { leadOf, type Outline } from './surroundings.ts';
import { titleOfLead } from './titles.ts';

/** Which items have their fence as step, and which fences have an item as title. */
export interface Owners {
  /** Items that are no steps, because their fence is. */
  readonly consumed: ReadonlySet<ItemPiece>;
  readonly titles: ReadonlyMap<FencePiece, string>;
  /** Fences in an item that is another command: its words are no title of theirs. */
  readonly others: ReadonlySet<FencePiece>;
}

/** Finds for each step's fence the item it belongs to: the one around it, or the one directly above it. */
export function findOwners(outline: Outline, fences: ReadonlyMap<FencePiece, ReadFence>): Owners {
  const consumed = new Set<ItemPiece>();
  const entitled = new Set<ItemPiece>();
  const titles = new Map<FencePiece, string>();
  const others = new Set<FencePiece>();
  let index = 0;
  const own = (fence: FencePiece, item: ItemPiece): void => {
    consumed.add(item);
    // A second fence of an item is titled by what stands between them, else by the item again.
    const lead = entitled.has(item) ? titleOfLead(leadOf(outline, index)) : '';
    entitled.add(item);
    titles.set(fence, lead || (item.title ?? item.text));
  };
  for (const [at, piece] of outline.pieces.entries()) {
    index = at;
    if (piece.kind !== 'fence' || !fences.get(piece)?.type) continue;
    const above = itemAbove(outline, index);
    if (above && !leadsToRunbook(above) && !isOtherCommand(above, piece)) own(piece, above);
    const inner = nestedItemAbove(outline, index, piece);
    if (inner && !leadsToRunbook(inner)) own(piece, inner);
    else if (piece.item && isOtherCommand(piece.item, piece)) others.add(piece);
    else if (piece.item) own(piece, piece.item);
    for (const owner of bulletOwners(piece)) consumed.add(owner);
  }
  return { consumed, titles, others };
}

/** An item that is one link to a runbook is a step of its own, whatever stands below it. */
function leadsToRunbook({ link }: ItemPiece): boolean {
  return link !== null && /^(?![a-z][a-z\d+.-]*:)[^#]*\.(?:md|markdown|mdx)(?:#|$)/i.test(link);
}

/** The item that a fence outside of it is meant for: the one above, or the one it stands directly under. */
export function ownerAbove(outline: Outline, index: number): ItemPiece | null {
  const piece = outline.pieces[index];
  if (piece?.kind !== 'fence') return null;
  const above = itemAbove(outline, index);
  return (
    nestedItemAbove(outline, index, piece) ??
    (above && !isOtherCommand(above, piece) ? above : null)
  );
}

/** The fences that an item says something of: those in it, and those that stand directly under it. */
export function fencesOf(outline: Outline, item: ItemPiece): readonly FencePiece[] {
  let fences = fencesBy.get(outline.pieces);
  if (fences === undefined) {
    fences = Map.groupBy(
      outline.pieces.flatMap((fence, index) =>
        fence.kind === 'fence'
          ? [...new Set([fence.item, ownerAbove(outline, index)])].flatMap((owner) =>
              owner === null ? [] : { owner, fence },
            )
          : [],
      ),
      ({ owner }) => owner,
    );
    fencesBy.set(outline.pieces, fences);
  }
  return (fences.get(item) ?? []).map(({ fence }) => fence);
}

const fencesBy = new WeakMap<
  readonly Piece[],
  ReadonlyMap<ItemPiece, readonly { readonly fence: FencePiece }[]>
>();

/** The numbered item of a nested list that a fence as far indented as the list's markers is meant for. */
function nestedItemAbove(outline: Outline, index: number, fence: FencePiece): ItemPiece | null {
  const above = outline.pieces[index - 1];
  const item = above?.kind === 'item' ? above : null;
  if (!item || item === fence.item || item.list.parent !== fence.item) return null;
  if (!item.list.ordered || isOtherCommand(item, fence)) return null;
  return fence.column >= item.list.column ? item : null;
}

/** An item that is a command and nothing else says what is to be run: a fence without it is something else to do. */
function isOtherCommand({ code, text }: ItemPiece, fence: FencePiece): boolean {
  if (code === '' || text !== code || readsAsCommand(code, NO_TOOLS) !== 'sure') return false;
  const wanted = code.trim().split(/\s+/);
  return !fence.text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .some((line) => holdsInOrder(line.trim().split(/\s+/), wanted));
}

const NO_TOOLS: ReadonlySet<string> = new Set();

/** Options and arguments may stand between the words of a command that only names what is run: "helm -n shop upgrade". */
function holdsInOrder(words: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (word === wanted[at]) at += 1;
  return at === wanted.length;
}

/** The items around a fence whose bullets it stands in: bullets are the body of their item. */
function* bulletOwners(fence: FencePiece): Generator<ItemPiece> {
  let item = fence.item;
  while (item && !item.list.ordered && item.checked === null && item.list.parent) {
    item = item.list.parent;
    yield item;
  }
}
