import type { BoundInput } from '../model/plan.ts';

/** A place in a text that a value goes into. */
export interface Hole {
  readonly start: number;
  readonly end: number;
  readonly input: BoundInput;
  /** `{{name|identifier}}`. */
  readonly filter: string;
  /** As written, for messages. */
  readonly spelling: string;
}

/** Why a value cannot go where it should. */
export interface HoleProblem {
  readonly name: string;
  readonly spelling: string;
  /** 1-based line in the text. */
  readonly line: number;
  /** What is the case, as the end of a sentence: "stands in arithmetic, where …". */
  readonly why: string;
  readonly hint: string;
}

/** A text put in the place of a span. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What a record shows instead, when the text holds a secret. */
  readonly masked: string;
}

/** What stands for a secret wherever it is shown. */
export const MASK = '***';

/** An edit that fills a hole; its masked text is the mask when the value is a secret. */
export function fill(hole: Hole, text: string): Edit {
  return { start: hole.start, end: hole.end, text, masked: hole.input.secret ? MASK : text };
}

/** A problem with a hole, its line counted in the text. */
export function problem(text: string, hole: Hole, why: string, hint: string): HoleProblem {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < hole.start; at = text.indexOf('\n', at + 1))
    line += 1;
  return { name: hole.input.name, spelling: hole.spelling, line, why, hint };
}

/** Carries out edits that do not overlap, in any order. */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
): { readonly text: string; readonly masked: string } {
  const plain: string[] = [];
  const masked: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    const before = text.slice(at, edit.start);
    plain.push(before, edit.text);
    masked.push(before, edit.masked);
    at = edit.end;
  }
  const rest = text.slice(at);
  return { text: plain.join('') + rest, masked: masked.join('') + rest };
}
