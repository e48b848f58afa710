import type { GateWords } from './languages/condition-words.ts';

/** The sentences of a text that let a reader go on only if something holds, joined; `null`: it has none. */
export type GateReader = (sentences: readonly string[]) => string | null;

/**
 * Reads what stands between the reader and all that follows: "Only continue if …", "If …, go on; otherwise stop." What
 * only stops ("If that fails, abort.") is none: asked whether it holds, a person would say yes to the wrong thing.
 */
export function gateReader(
  { gates, otherwise }: { readonly gates: GateWords; readonly otherwise: readonly string[] },
  saysIf: (sentence: string) => boolean,
): GateReader {
  const apart = '(?![\\p{L}\\p{N}_-])';
  const clause = '(?<=^|[,;:–—] |[,;] (?:and|then) | (?:and|then) )';
  const unless = `(?:${anyOf(otherwise)}),?(?: please)? `;
  const only = new RegExp(`${clause}(?:please )?(?:${anyOf(gates.only)})${apart}`, 'iu');
  const goesOn = new RegExp(`${clause}(?:please )?(?:${anyOf(gates.goOn)})${apart}`, 'iu');
  const stops = new RegExp(`${clause}(?:please )?(?:${anyOf(gates.stop)})${apart}`, 'iu');
  const elseStops = new RegExp(`(?<![\\p{L}])${unless}(?:${anyOf(gates.stop)})${apart}`, 'iu');
  const elseGoesOn = new RegExp(`(?<![\\p{L}])${unless}(?:${anyOf(gates.goOn)})${apart}`, 'iu');
  return (sentences) => {
    for (const [at, sentence] of sentences.entries()) {
      if (only.test(sentence)) return sentence;
      const before = sentences[at - 1] ?? '';
      const both = `${before} ${sentence}`.trim();
      const stop = elseStops.exec(sentence);
      if (stop !== null) {
        const own = sentence.slice(0, stop.index);
        if (goesOn.test(own)) return saysIf(before) ? both : sentence;
        if (own.trim() === '' && goesOn.test(before) && saysIf(before)) return both;
      }
      const goOn = elseGoesOn.exec(sentence);
      if (goOn === null) continue;
      const own = sentence.slice(0, goOn.index);
      const stopping = own.trim() === '' ? before : own;
      if (stops.test(stopping) && saysIf(stopping)) return sentence.slice(goOn.index);
    }
    return null;
  };
}

const anyOf = (words: readonly string[]): string =>
  words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
