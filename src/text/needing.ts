/** An expression as far as it is asked whether, and where, it matches. */
export interface Asked {
  test(text: string): boolean;
  exec(text: string): RegExpExecArray | null;
}

/**
 * An expression that can only match a text in which one of the words stands, made where one does. To compile one costs V8
 * up to a millisecond, and twice where it is used twice: of those that a new page of one small step was asked, nine of
 * ten had no word there. `fold`: it minds no case; words are in small letters then. The build puts those in of which
 * it knows what they need (`scripts/late-values.ts`).
 */
export function needing(words: readonly string[], make: () => RegExp, fold = false): Asked {
  let made: RegExp | undefined;
  let needed: readonly string[] | undefined;
  // Looked for also once it is made: that takes a thirtieth of what such an expression does.
  const ready = (text: string): RegExp | undefined => {
    needed ??= fold ? words.map(folded) : words;
    const said = fold ? foldedOnce(text) : text;
    if (!needed.some((word) => said.includes(word))) return undefined;
    made ??= make();
    return made;
  };
  return {
    test: (text) => ready(text)?.test(text) ?? false,
    exec: (text) => ready(text)?.exec(text) ?? null,
  };
}

/** As expressions that mind no case see it: what is one letter to them is one here. */
export const folded = (text: string): string =>
  text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');

let lastText = '';
let lastFolded = '';

/** One sentence is asked for by many expressions. */
function foldedOnce(text: string): string {
  if (text !== lastText) {
    lastText = text;
    lastFolded = folded(text);
  }
  return lastFolded;
}
