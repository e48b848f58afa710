import { valueInWords } from '../../engine/model/value-in-words.ts';
import type { Word, Words } from '../../engine/model/word.ts';
import { placesInWords } from '../../engine/reading/misplaced-words.ts';
import { stepTypes } from '../../steps/index.ts';
import { WORD_TABLES, type WordTableName, wordsBelow } from './word-tables.ts';

/** The chapter of the documentation on one table of words; `fenced` shows markdown. */
export function wordsChapter(name: WordTableName, fenced: (markdown: string) => string): string {
  const { words, lead } = WORD_TABLES[name];
  const table: Words = words;
  return Object.entries(table)
    .map(([word, entry]) => entryOf(word, entry, fenced))
    .reduce((text, entry) => `${text}\n${entry}`, `${lead}\n`);
}

function entryOf(name: string, word: Word, fenced: (markdown: string) => string): string {
  const facts = [
    `Value: ${valueInWords(word.value)}.`,
    ...(word.default === undefined ? [] : [`Default: ${word.default}.`]),
    ...(word.at === undefined ? [] : [`It stands ${placesInWords(word, stepTypes)}.`]),
    ...(word.beside === undefined ? [] : [`Beside \`${word.beside}\`.`]),
  ].join(' ');
  const isAnnotations = name === 'defaults';
  const fields = isAnnotations
    ? ['Every annotation of this page may stand there.', '']
    : fieldsOf(wordsBelow(word.value));
  const shown = isAnnotations ? 'Value: annotations, each with its value.' : facts;
  return [
    `### ${name}`,
    '',
    word.meaning,
    '',
    shown,
    '',
    ...fields,
    word.example === undefined ? '' : fenced(word.example.replace(/^\n/, '')),
  ].join('\n');
}

/** The table of a group's fields, and below it one for each field that has fields of its own. */
function fieldsOf(words: Words): readonly string[] {
  const rows = Object.entries(words).map(
    ([field, inner]) =>
      `| \`${field}\`${inner.required === true ? ' (has to be there)' : ''} | ${inner.meaning} | ${cell(valueInWords(inner.value))} | ${inner.default ?? ''} |`,
  );
  if (rows.length === 0) return [];
  const below = Object.entries(words).flatMap(([field, inner]) => {
    const inside = fieldsOf(wordsBelow(inner.value));
    return inside.length === 0 ? [] : [`Fields of \`${field}\`:`, '', ...inside];
  });
  return ['| field | meaning | value | default |', '|---|---|---|---|', ...rows, '', ...below];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
