import { LANGUAGES } from '../languages/all.ts';
import { conditionWordsOf } from '../languages/condition-words.ts';
import { english } from '../languages/english.ts';
import { signsIn } from '../languages/find.ts';
import type { Language } from '../languages/language.ts';
import { type ConditionMark, shown, undecorated } from './condition-mark.ts';
import { readerOf } from './language-marks.ts';

/**
 * A sentence in another language than its page, by its own small words: "Nur falls die Platte voll ist" on an English one,
 * also where it says so behind the comma.
 */
export function foreignMark(sentence: string, spoken: readonly Language[]): ConditionMark | null {
  const said = undecorated(sentence);
  const words = said.toLowerCase().split(/[\s,:;.]+/);
  const [first = ''] = words;
  conditionHeads ??= headsOf(LANGUAGES);
  const { opening, inner } = conditionHeads;
  const isOpened = opening.has(first);
  if (!isOpened && !words.some((word) => inner.has(word))) return null;
  const signs = signsIn(sentence);
  const known = signs.find(({ language }) => language === english)?.signs ?? 0;
  // A short word is one of names and of languages without a pack.
  const isSure = isOpened && !/^[\p{Script=Latin}]{1,3}$/u.test(first);
  const most = Math.max(...signs.map((each) => each.signs));
  const ofPage = signs.filter(({ language }) => spoken.includes(language));
  const mostOfPage = Math.max(0, ...ofPage.map((each) => each.signs));
  for (const { language, signs: own } of signs.toSorted((one, other) => other.signs - one.signs)) {
    // The word that it begins with is a sign as well: few others are enough, where no other language has many more.
    const isNear = own >= most * (own >= SURE_SIGNS ? 0.4 : 0.7);
    if (own < (isSure ? 1 : SURE_SIGNS) || own < known * 2 || !isNear || spoken.includes(language))
      continue;
    // In the middle the word is one of the page's own as well, and may say "whether" there: "Compruebe si …".
    if (!isOpened && own <= mostOfPage) continue;
    const found = readerOf(language)(sentence);
    if (found !== null) return found;
  }
  // "Se falhar, reinicie" is too short for a sign of its own, and none speaks for a language of the page.
  const isForeign = !signs.some((each) => each.signs > 0 && spoken.includes(each.language));
  return isOpened && isForeign && inner.has(first) && /^\p{L}+ [^,;:]{2,80}, ?\p{L}/u.test(said)
    ? { kind: 'if', text: shown(sentence) }
    : null;
}

/** "Weg 1: Standby" on a page in English. */
export function foreignOption(sentence: string): ConditionMark | null {
  const said = undecorated(sentence).toLowerCase();
  const [, noun = ''] = /^(\p{L}{3,20}) #?(?:\d{1,2}|[a-d])(?=$|\s?[:.)–—-])/u.exec(said) ?? [];
  const isOption =
    noun !== '' && LANGUAGES.some(({ conditions: { options } }) => options.includes(noun));
  return isOption ? { kind: 'option', text: shown(sentence), family: noun.slice(0, 4) } : null;
}

const SURE_SIGNS = 2;

/** Words that conditions begin with in any language, and those that are its "if" alone; looked for once. */
let conditionHeads: ReturnType<typeof headsOf> | undefined;

function headsOf(languages: readonly Language[]): {
  readonly opening: ReadonlySet<string>;
  readonly inner: ReadonlySet<string>;
} {
  const opening = languages
    .map(conditionWordsOf)
    .flatMap((words) =>
      [...words.opening, ...words.optional].map((one) => one.split(' ', 1)[0] ?? ''),
    );
  const inner = languages
    .filter((language) => language !== english)
    .flatMap((language) => conditionWordsOf(language).inner)
    .filter((words) => !words.includes(' '));
  return { opening: new Set(opening), inner: new Set(inner) };
}
