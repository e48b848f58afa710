/** The scripts that packs are written in, with two letters of each in a row. */
export const LETTERS = {
  Latin: /\p{Script=Latin}{2}/u,
  Cyrillic: /\p{Script=Cyrillic}{2}/u,
  Greek: /\p{Script=Greek}{2}/u,
  Arabic: /\p{Script=Arabic}{2}/u,
  Hebrew: /\p{Script=Hebrew}{2}/u,
  Devanagari: /\p{Script=Devanagari}{2}/u,
  Thai: /\p{Script=Thai}{2}/u,
  Han: /\p{Script=Han}{2}/u,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]{2}/u,
  Hangul: /\p{Script=Hangul}{2}/u,
} as const;

/** Han with kana among it is `Kana`: Japanese. */
export type Script = keyof typeof LETTERS;

const UNSPACED: ReadonlySet<Script> = new Set(['Han', 'Kana', 'Hangul', 'Thai']);

/** Whether its words are parted by spaces, as far as word lists go; Korean is told apart by the ends of sentences. */
export const isSpaced = (script: Script): boolean => !UNSPACED.has(script);

/** Every letter of the scripts that commands and names in Latin letters take a share of. */
const OTHERS: readonly (readonly [Script, RegExp])[] = [
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Devanagari', /\p{Script=Devanagari}/gu],
  ['Thai', /\p{Script=Thai}/gu],
];

/** The script that most letters are of, Latin ones counted for less. Han with any kana is Japanese. */
export function scriptOf(text: string): Script {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(/\p{Script=Han}/gu);
  const hangul = count(/\p{Script=Hangul}/gu);
  const latin = count(/\p{Script=Latin}/gu);
  const counted = OTHERS.map(([script, letter]) => ({ script, letters: count(letter) }));
  const most = counted.reduce((best, each) => (each.letters > best.letters ? each : best));
  // A sign of the East says as much as several letters.
  const east = (kana + han + hangul) * 3;
  if (east > Math.max(latin, most.letters)) {
    if (hangul > han + kana) return 'Hangul';
    return kana * 8 > han ? 'Kana' : 'Han';
  }
  return most.letters * 1.5 > latin ? most.script : 'Latin';
}
