import { LANGUAGES } from '../src/engine/reading/languages/all.ts';
import { type Signs, tellingWords } from '../src/engine/reading/languages/telling-words.ts';

/**
 * `telling-words.ts` with its table made: of ten thousand words in 38 packs each was looked at anew for every new page, a
 * tenth of the time of a small one. Words stand together by the languages that have them.
 */
export function tellingWordsMade(): string {
  const groups = Map.groupBy(tellingWords(), ([, signs]) => JSON.stringify(signs.map(numbered)));
  const table = [...groups].map(([signs, words]) => {
    const said = words.map(([word]) => word).join(' ');
    return `[${signs},${JSON.stringify(said)}]`;
  });
  return `import { LANGUAGES } from './all.ts';
const TABLE = () => [${table}];
export function tellingWords() {
  const telling = new Map();
  for (const [owners, words] of TABLE()) {
    const all = owners.map(([at, signs]) => ({ language: LANGUAGES[at], signs }));
    for (const word of words.split(' ')) telling.set(word, all);
  }
  return telling;
}`;
}

const numbered = ({ language, signs }: Signs): readonly [number, number] => [
  LANGUAGES.indexOf(language),
  signs,
];
