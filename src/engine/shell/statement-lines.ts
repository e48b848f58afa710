import { lineFinder } from '../../text/lines.ts';
import { shellGrammar } from './grammar.ts';

/** Where a script's outermost statements begin and end: 0-based lines of its text. */
export function statementLines(
  text: string,
): readonly { readonly line: number; readonly endLine: number }[] {
  const lineOf = lineFinder(text);
  return shellGrammar.parse(text).commands.map(({ pos, end }) => ({
    line: lineOf(pos),
    endLine: lineOf(Math.max(pos, end - 1)),
  }));
}
