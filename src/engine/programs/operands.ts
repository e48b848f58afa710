import type { Use } from './program.ts';
import { given } from './rules.ts';

/**
 * Whether a list of a record names the operand of that number: `=1` the second, `=1+` it and those behind it, `=*` all,
 * `=@` what stands behind an `@`; `remote/show=2` behind these words alone, `-e=*` with that option alone; `ssm/*=--name` is an option behind these words.
 */
export function namesOperand(list: ReadonlySet<string>, use: Use, at: number): boolean {
  for (const rule of list) {
    const [where = '', place = ''] = rule.split('=');
    const isHere = where.startsWith('-') ? given(use, where) : where === '' || isUnder(where, use);
    if (place !== '' && isHere && isPlace(place, use.words[at] ?? '', at)) return true;
  }
  return false;
}

/** Whether the operands begin with these words: `kv/get`, `show/*`. */
export const isUnder = (path: string, { words }: Use): boolean =>
  path.split('/').every((part, index) => part === '*' || part === words[index]?.toLowerCase());

function isPlace(place: string, word: string, at: number): boolean {
  if (place === '*') return true;
  if (place === '@') return /^["']?@/.test(word);
  return place.endsWith('+') ? at >= Number.parseInt(place, 10) : String(at) === place;
}
