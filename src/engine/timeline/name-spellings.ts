export function cased(word: string): readonly string[] {
  return [word.toUpperCase(), capital(word)];
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** One word in the ways in which it is written: composed or not, without accents, with either apostrophe or none. */
export function formsOf(word: string): readonly string[] {
  const composed = [word, word.normalize('NFC'), word.normalize('NFD'), plain(word), german(word)];
  return [
    ...new Set(
      composed.flatMap((form) => [form, form.replaceAll("'", '’'), form.replace(/['’]/g, '')]),
    ),
  ];
}

/** As an account has it: small letters of ASCII and nothing else. */
export function inLetters(word: string): readonly string[] {
  return [...new Set([plain(word), german(word)])].map((form) =>
    form.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''),
  );
}

/** Letters that no mark was put on. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};

/** As they are written where there is no other way. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  å: 'aa',
  Å: 'Aa',
  ø: 'oe',
  Ø: 'Oe',
  đ: 'dj',
  Đ: 'Dj',
};

function german(word: string): string {
  return plain([...word.normalize('NFC')].map((letter) => WRITTEN_OUT[letter] ?? letter).join(''));
}

/** Without accents, as handles and hasty hands write it. */
export function plain(word: string): string {
  const base = word.normalize('NFD').replace(/\p{M}+/gu, '');
  return [...base].map((letter) => LETTERS[letter] ?? letter).join('');
}

/** Letters of two scripts in one word: what looks like a name is read as one. */
export const MIXED = /\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u;
const LATIN = 'aAeEoOpPcCyYxXiIjJsSBEKMHTPC';
const CYRILLIC = 'аАеЕоОрРсСуУхХіІјЈѕЅВЕКМНТРС';

/** A word whose letters of either script are those that look the same in the other. */
export function inOneScript(word: string): readonly string[] {
  const letters = [...word];
  const inscribed = (from: string, to: string): string =>
    letters.map((letter) => [...to][[...from].indexOf(letter)] ?? letter).join('');
  return [inscribed(CYRILLIC, LATIN), inscribed(LATIN, CYRILLIC)];
}
