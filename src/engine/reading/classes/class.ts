import { WEIGHTS, type WeightName } from './weights.ts';

/** Something seen in a block or around it that speaks for a class. */
export interface Evidence<Features> {
  /** Its entry in the one table of weights. */
  readonly weight: WeightName;
  /** One phrase, as `show --why` prints it: "begins with a verb". */
  readonly says: string;
  holds(features: Features): boolean;
}

/** What kind of thing a block may be: one file each, with what speaks for it and examples of both kinds. */
export interface BlockClass<Features, Name extends string = string> {
  readonly name: Name;
  /** One phrase: "tells somebody to do something". */
  readonly summary: string;
  readonly evidence: readonly Evidence<Features>[];
  /** Markdown whose last block is of this class. */
  readonly examples: readonly string[];
  /** Markdown whose last block is not, though it looks like it. */
  readonly counterExamples: readonly string[];
}

/** A piece of evidence that held. */
export interface Finding {
  readonly class: string;
  readonly says: string;
  readonly weight: number;
}

/** What a block was taken for, what it might be instead, and how far the two are apart. */
export interface Verdict<Name extends string = string> {
  readonly class: Name;
  readonly sum: number;
  readonly second: Name;
  readonly margin: number;
  /** All that held, the heaviest first. */
  readonly findings: readonly Finding[];
}

/** A block with its verdict, for `show --why`. */
export interface Judged {
  readonly line: number;
  readonly endLine: number;
  readonly verdict: Verdict;
}

/** Below this margin a block is doubtful: shown with both readings, asked about, never run by cron. */
export const DOUBTFUL_MARGIN = 0.4;

/** Sums what holds for every class; the highest sum wins, of equals the class that is listed first. */
export function classify<Features, Name extends string>(
  features: Features,
  classes: readonly BlockClass<Features, Name>[],
): Verdict<Name> {
  const findings: Finding[] = [];
  const sums = classes.map(({ name, evidence }) => {
    let sum = 0;
    for (const each of evidence) {
      if (!each.holds(features)) continue;
      sum += WEIGHTS[each.weight];
      findings.push({ class: name, says: each.says, weight: WEIGHTS[each.weight] });
    }
    return { name, sum };
  });
  const [best, next] = sums.toSorted((left, right) => right.sum - left.sum);
  if (!best) throw new RangeError('There is no class to choose from.');
  const second = next ?? best;
  return {
    class: best.name,
    sum: best.sum,
    second: second.name,
    margin: best.sum - second.sum,
    findings: findings.toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight)),
  };
}

/** The heaviest thing that speaks for a class. */
export function reasonFor(verdict: Verdict, name: string): string {
  return (
    verdict.findings.find((each) => each.class === name && each.weight > 0)?.says ??
    'nothing speaks for anything else'
  );
}

/** The same as a clause: "it begins with a verb", "the text above asks to run it". */
export function clauseFor(verdict: Verdict, name: string): string {
  const said = reasonFor(verdict, name);
  return /^(?:the|its|every|nearly|most|no|nothing|what) /.test(said) ? said : `it ${said}`;
}
