import { HandrailError } from '../../engine/model/errors.ts';
import { valueInWords } from '../../engine/model/value-in-words.ts';
import type { Word, Words } from '../../engine/model/word.ts';
import { placesInWords } from '../../engine/reading/misplaced-words.ts';
import { stepTypes } from '../../steps/index.ts';
import { nearest } from '../../text/nearest.ts';
import { WORD_TABLES, type WordTableName, wordsBelow } from './word-tables.ts';

/** The screen of `handrail help annotations` or `handrail help frontmatter`: every word, one line each. */
export function wordsHelp(name: WordTableName): string {
  const { words, lead, spelling } = WORD_TABLES[name];
  return [
    `handrail ${name}`,
    '',
    lead,
    '',
    `  ${spelling}`,
    '',
    ...rows(words),
    '',
    `\`handrail help ${name} WORD\` says more of one; \`handrail schema ${name}\` is for editors.`,
    '',
  ].join('\n');
}

/** The screen of one word: meaning, values, default, example. Throws USAGE with the nearest word. */
export function wordHelp(name: WordTableName, asked: string): string {
  const table: Words = WORD_TABLES[name].words;
  const [first = '', ...deeper] = asked.split('.');
  const word = deeper.reduce(
    (outer: Word | undefined, one) =>
      outer === undefined ? undefined : wordsBelow(outer.value)[one],
    Object.hasOwn(table, first) ? table[first] : undefined,
  );
  if (word === undefined)
    throw new HandrailError('USAGE', {
      message: `There is no word \`${asked}\` in ${name}; \`handrail help ${name}\` lists them.`,
      nearest: nearest(asked, Object.keys(table)),
    });
  const below = wordsBelow(word.value);
  return [
    `${asked} — ${word.meaning}`,
    '',
    `Value:    ${valueInWords(word.value)}`,
    ...(word.default === undefined ? [] : [`Default:  ${word.default}`]),
    ...(word.at === undefined ? [] : [`Stands:   ${placesInWords(word, stepTypes)}`]),
    ...(word.required === true ? ['It has to be there.'] : []),
    ...(Object.keys(below).length === 0 ? [] : ['', 'Fields:', ...rows(below)]),
    ...(word.example === undefined
      ? []
      : [
          '',
          'Example:',
          ...word.example
            .trim()
            .split('\n')
            .map((line) => `  ${line}`.trimEnd()),
        ]),
    '',
  ].join('\n');
}

function rows(words: Words): readonly string[] {
  const wide = Math.max(...Object.keys(words).map((word) => word.length));
  return Object.entries(words).map(([word, { meaning }]) => `  ${word.padEnd(wide)}  ${meaning}`);
}
