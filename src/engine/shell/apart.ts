import { lineFinder } from '../../text/lines.ts';
import { maskSpans } from '../../text/spans.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import { shellGrammar } from './grammar.ts';
import { partsOf } from './parts.ts';
import { wildCandidates } from './wild.ts';

/** The parts of a script, among them those that such a comment opens ("# Or with yarn"), however few they are. */
export function partsApart(
  text: string,
  isApart: (comment: string) => boolean,
): ShellFacts['parts'] {
  const { commands } = shellGrammar.parse(maskSpans(text, wildCandidates(text)));
  const lineOf = lineFinder(text);
  const statements = commands.map(({ pos, end }) => ({
    line: lineOf(pos),
    endLine: lineOf(Math.max(pos, end - 1)),
  }));
  return partsOf(text, statements, isApart);
}
