import { BETWEEN_SIGNS } from './between-signs.ts';
import { CAPITALS } from './capitals.ts';
import { LEFT_OPEN } from './left-open.ts';
import { LETTERS } from './letters.ts';
import type { Spelling } from './spelling.ts';
import { WAITING_WORDS } from './waiting-words.ts';

/** Every spelling beside brackets, braces and angles, each once; of those that are as long, the first counts. */
export const SPELLINGS: readonly Spelling[] = [
  ...BETWEEN_SIGNS,
  ...WAITING_WORDS,
  ...LETTERS,
  ...CAPITALS,
  ...LEFT_OPEN,
];
