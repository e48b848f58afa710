import { expect, test } from 'vitest';
import { tellingWordsMade } from '../../scripts/telling-words.ts';
import { LANGUAGES } from '../../src/engine/reading/languages/all.ts';
import { tellingWords } from '../../src/engine/reading/languages/telling-words.ts';

test('the table of telling words that the build makes is the one that the program would make', () => {
  const code = tellingWordsMade()
    .replace(/^import .*\n/, '')
    .replace('export function', 'return function');
  const made: typeof tellingWords = new Function('LANGUAGES', code)(LANGUAGES);
  const [built, own] = [made(), tellingWords()];
  expect(own.size).toBeGreaterThan(5000);
  expect(new Set(built.keys())).toEqual(new Set(own.keys()));
  const named = (words: typeof own, word: string) =>
    words.get(word)?.map(({ language, signs }) => `${language.code} ${signs}`);
  for (const word of own.keys()) expect(named(built, word)).toEqual(named(own, word));
});
