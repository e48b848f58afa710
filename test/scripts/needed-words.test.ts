import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { neededWords } from '../../scripts/needed-words.ts';
import { LANGUAGES } from '../../src/engine/reading/languages/all.ts';
import { needing } from '../../src/text/needing.ts';

const root = path.join(import.meta.dirname, '../..');
const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'));

/** The expressions of the program of which it is known what they need. */
function known(): readonly { readonly expression: RegExp; readonly words: readonly string[] }[] {
  const found = new Map<string, RegExp>();
  for (const code of filesIn('src', '.ts')) {
    const visitor = new Visitor({
      Literal(node) {
        if ('regex' in node && node.regex)
          found.set(node.raw ?? '', new RegExp(node.regex.pattern, node.regex.flags));
      },
    });
    visitor.visit(parseSync('a.ts', code).program);
  }
  return [...found.values()].flatMap((expression) => {
    const words = neededWords(expression.source, expression.flags);
    return words === null ? [] : [{ expression, words }];
  });
}

/** What packs say and pages write, and both in other cases and cut elsewhere. */
function sentences(): readonly string[] {
  const packs = LANGUAGES.flatMap(({ examples, phrases, conditions }) => [
    ...examples.tells,
    ...examples.states,
    ...Object.values(phrases).flat(),
    ...Object.values(conditions).flatMap((list) => (Array.isArray(list) ? list.map(String) : [])),
  ]);
  const lines = ['docs', 'runbooks', 'test'].flatMap((folder) => filesIn(folder, '.md')).join('\n');
  const code = filesIn('test/engine/reading', '.ts').join('\n');
  const said = [...packs, ...`${lines}\n${code}`.split(/\n|(?<=[.!?:]) |['"]/)];
  const all = [...new Set(said.map((text) => text.trim().slice(0, 240)))];
  const some = all.filter((_, at) => at < packs.length || at % 4 === 0);
  return some.flatMap((text, at) => [
    text,
    at % 7 === 0 ? text.toUpperCase() : text.slice(text.indexOf(' ') + 1),
  ]);
}

test('what an expression needs stands in all that it matches, whatever it is asked', () => {
  const texts = sentences();
  const all = known();
  expect(all.length).toBeGreaterThan(300);
  let matched = 0;
  const wrong: string[] = [];
  for (const { expression, words } of all) {
    const fold = expression.flags.includes('i');
    for (const text of texts) {
      if (!expression.test(text)) continue;
      matched += 1;
      if (!needing(words, () => expression, fold).test(text)) wrong.push(`${expression} ${text}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(matched).toBeGreaterThan(5000);
});

test.each([
  ['^(?:stop|halt) here', ['stop here', 'halt here']],
  ['(?<!\\p{L})colou?r(?= of)', ['color', 'colour']],
  ['\\bruns?\\b|^goes', ['run', 'goes']],
  ['(?:foo|bar)+x?', ['foo', 'bar']],
  ['a{1,3}bcd', ['bcd']],
  ['\\d+ (?:rows|lines) [^.]{0,20} selected', [' selected']],
  ['e\\.g\\.', ['e.g.']],
])('%s needs %j', (pattern, words) => {
  expect(neededWords(pattern, 'u')).toEqual(words);
});

test('letters of any language are needed in whatever case they stand', () => {
  const words = neededWords('(?:GRÖẞE|Λόγος|стоп) x', 'iu');
  expect(words).toEqual(['grösse x', 'λόγοσ x', 'стоп x']);
  const asked = needing(words ?? [], () => /(?:GRÖẞE|Λόγος|стоп) x/iu, true);
  for (const text of ['größe x', 'ΛΌΓΟΣ X', 'Стоп x']) expect(asked.test(text), text).toBe(true);
  expect(asked.test('große x')).toBe(false);
});

test.each([
  ['what may be left out', '(?:stop)?', ''],
  ['one way of two', 'stop|\\d', ''],
  ['one sign', 'a', ''],
  ['letters of a class', '[a-z]{4}', ''],
  ['what stands in front of nothing', '(?!stop)', ''],
  ['half a letter in whatever case', '\\ud801\\udc28', 'i'],
  ['half a letter as it stands', '\ud801\udc28', 'iu'],
  ['what goes on where it was', 'stop', 'g'],
  ['a group with settings of its own', '(?i:stop)', ''],
  ['what came before', '(a)\\1', ''],
])('nothing is known to be needed by %s', (_, pattern, flags) => {
  expect(neededWords(pattern, flags)).toBeNull();
});
