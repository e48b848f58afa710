import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { signsIn } from '../../../src/engine/reading/languages/find.ts';
import { tongueOf } from '../../../src/engine/reading/languages/tongues.ts';
import { WordList, wordsOf } from '../../../src/engine/reading/languages/word-list.ts';
import { read } from '../../support/read.ts';

const spaced = LANGUAGES.filter(({ script }) => script === 'Latin' || script === 'Cyrillic');
const small = spaced.flatMap(({ common }) => common.split(/\s+/).filter(Boolean));

it('the small words of a language are whole words', () => {
  expect(small.filter((word) => word.endsWith('-'))).toEqual([]);
});

it('each small word speaks for every language that has it, as often as it stands there', () => {
  // Digits between: letters that only few languages have are counted beside the words.
  const plain = small.filter((word) => /^[a-z]+$/.test(word));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...plain, 'pool', 'x1'), { minLength: 1 }), (words) => {
      const text = words.join(' ');
      const perWord = words.map((word) => signsIn(word));
      for (const [at, { language, signs }] of signsIn(text).entries()) {
        const list = new WordList(language.common);
        const own = wordsOf(text)
          .split(' ')
          .filter((word) => list.is(word)).length;
        // Other words that a pack knows count beside them, each for itself.
        const sum = perWord.reduce((all, each) => all + (each[at]?.signs ?? 0), 0);
        expect(signs, language.code).toBeGreaterThanOrEqual(own);
        expect(signs, language.code).toBeCloseTo(sum, 6);
      }
    }),
  );
});

it('how surely a sentence tells is the same with and without the rest of what it says', () => {
  const word = fc.constantFrom(
    ...small.slice(0, 200),
    ...spaced.flatMap(({ verbs }) => verbs.split(/\s+/).slice(0, 12)),
    ...[',', '.', 'pool', 'Server'],
  );
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...LANGUAGES),
      (words, language) => {
        const tongue = tongueOf(language);
        const text = words.join(' ');
        expect(tongue.tells(text)).toBe(tongue.say(text).tells);
      },
    ),
  );
});

describe('"if" in another language than the page', () => {
  const conditionsOf = async (
    items: readonly string[],
  ): Promise<readonly (string | undefined)[]> => {
    const list = items.map((item, at) => `${at + 1}. ${item}`).join('\n');
    const { steps } = await read(
      `# Restart the queue\n\nEverybody reads this page before the night shift begins.\n\n${list}\n`,
    );
    return steps.map(({ condition }) => condition?.text);
  };

  it('is a condition, however short its sentence is', async () => {
    const items = [
      'Se falhar, reinicie.',
      'Se si blocca, riavvia il servizio.',
      'Dacă discul este plin, șterge jurnalele.',
      'Om disken är full, ta bort loggarna.',
    ];
    expect(await conditionsOf(items)).toEqual(items);
  });

  it('is none where it asks whether', async () => {
    const items = [
      'Verificați dacă serviciul rulează.',
      'Comproveu si el servei funciona.',
      'Décidez si le service doit être relancé.',
      'Anote si el servicio responde.',
    ];
    expect(await conditionsOf(items)).toEqual(items.map(() => undefined));
  });
});
