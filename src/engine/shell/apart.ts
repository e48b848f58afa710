import { lineFinder } from '../../text/lines.ts';
import { maskSpans } from '../../text/spans.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import { shellGrammar } from './grammar.ts';
import { partsOf } from './parts.ts';
import { wildCandidates } from './wild.ts';

const MOST_BEHIND = 400;

/** The parts of a script, among them those that such a comment opens ("# Or with yarn"), however few they are; a command that such a comment stands behind is one. */
export function partsApart(
  text: string,
  marks: {
    readonly isApart: (comment: string) => boolean;
    readonly isCondition: (comment: string) => boolean;
  },
): ShellFacts['parts'] {
  const { commands } = shellGrammar.parse(maskSpans(text, wildCandidates(text)));
  const lineOf = lineFinder(text);
  const statements = commands.map(({ pos, end }) => ({
    line: lineOf(pos),
    endLine: lineOf(Math.max(pos, end - 1)),
  }));
  const behind = commands.map(({ end }) => {
    const rest = text.slice(end, end + MOST_BEHIND).split('\n', 1)[0] ?? '';
    const comment = /^[\s;]{0,20}#+\s{0,20}([^#\s].*)$/.exec(rest)?.[1]?.trim() ?? '';
    return marks.isCondition(comment) ? comment : '';
  });
  return partsOf(text, statements, marks.isApart, behind);
}
