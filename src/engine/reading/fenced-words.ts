import type { ItemPiece } from './pieces.ts';
import type { Outline } from './surroundings.ts';
import { isImperative } from './verbs.ts';

/** Why an ordered item whose fence holds sentences that tell what to do is an instruction; `''` when it is none. Pure. */
export function toldInFence(outline: Outline, index: number, item: ItemPiece): string {
  const below = outline.pieces[index + 1];
  if (below?.kind !== 'fence' || below.item !== item || !item.list.ordered) return '';
  if (!/^(?:|text|txt|plain|plaintext)$/.test(below.info.trim())) return '';
  const lines = below.text.split('\n', 40).filter((line) => line.trim() !== '');
  const telling = lines.filter(isImperative).length;
  return lines.length > 0 && telling * 4 >= lines.length * 3
    ? 'ordered item whose fence tells what to do'
    : '';
}
