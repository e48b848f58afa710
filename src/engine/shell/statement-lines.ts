import { lineFinder } from '../../text/lines.ts';
import { type ShellNode, shellGrammar } from './grammar.ts';

/** An outermost statement of a script, with the here-documents that are read for it. Lines count from 0. */
export interface StatementLines {
  readonly line: number;
  readonly endLine: number;
  readonly pos: number;
  /** Behind its last letter. */
  readonly end: number;
  /** It runs behind `&`. */
  readonly background: boolean;
  /** Where texts of here-documents stand in it. */
  readonly documents: readonly { readonly pos: number; readonly end: number }[];
}

/** Where a script's outermost statements begin and end. */
export function statementLines(text: string): readonly StatementLines[] {
  const lineOf = lineFinder(text);
  return shellGrammar.parse(text).commands.map((node) => {
    const documents = documentsOf(node);
    const end = Math.max(node.end, ...documents.map((each) => each.end));
    return {
      line: lineOf(node.pos),
      endLine: lineOf(Math.max(node.pos, end - 1)),
      pos: node.pos,
      end: node.end,
      background: node.type === 'Statement' && node.background === true,
      documents,
    };
  });
}

/** Lines (from 0) that no outermost statement stands on: comments and blank lines; none where nothing else is there. */
export function linesBetween(text: string): ReadonlySet<number> {
  const statements = statementLines(text);
  if (statements.length === 0) return new Set();
  const taken = new Set<number>();
  for (const { line, endLine } of statements)
    for (let at = line; at <= endLine; at += 1) taken.add(at);
  const between = text.split('\n').flatMap((words, at) =>
    // What the grammar passes over is no comment for that.
    taken.has(at) || !/^\s*(?:#.*)?$/.test(words) ? [] : [at],
  );
  return new Set(between);
}

function documentsOf(node: ShellNode): StatementLines['documents'] {
  if (node.type === 'HereDoc') {
    const end = node.closing?.end ?? node.body.end;
    return [{ pos: node.body.pos, end }];
  }
  // Positions inside escaped backticks belong to another text.
  if (node.type === 'Script' && node.source !== undefined) return [];
  const found: { readonly pos: number; readonly end: number }[] = [];
  shellGrammar.forEachChild(node, (child) => found.push(...documentsOf(child)));
  return found;
}
