import { saysIfUnspaced, UNSPACED_WORDS } from '../languages/condition-words.ts';
import { type ConditionMark, shown, undecorated } from './condition-mark.ts';

const starts = (text: string, words: readonly string[]): boolean =>
  words.some((word) => text.startsWith(word));

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Chinese, Japanese, Korean and Thai, whose words no space parts. */
export function unspacedMark(sentence: string): ConditionMark | null {
  if (!UNSPACED.test(sentence)) return null;
  const said = undecorated(sentence);
  const text = shown(sentence);
  if (starts(said, UNSPACED_WORDS.emergency)) return { kind: 'if', text };
  const phrase = said.split(/[，、：:,]/u, 1)[0] ?? '';
  if (starts(said, UNSPACED_WORDS.optional) || /[（(](?:可选|任意|선택)[）)]/u.test(said))
    return { kind: 'optional', text };
  const noun = UNSPACED_WORDS.options.find((word) => said.startsWith(word));
  if (noun !== undefined && /^\s?[\d一二三四A-Za-zＡ-Ｚ]/u.test(said.slice(noun.length)))
    return { kind: 'option', text, family: noun };
  if (starts(said, UNSPACED_WORDS.or)) return { kind: 'or', text };
  const isIf =
    starts(said, UNSPACED_WORDS.opening) ||
    saysIfUnspaced(said) ||
    UNSPACED_WORDS.ending.some((word) => phrase.endsWith(word));
  if (!isIf) return null;
  const soft = UNSPACED_WORDS.soft.some((word) => phrase.includes(word)) && phrase.length <= 8;
  return { kind: 'if', text, ...(soft ? { soft } : {}) };
}
