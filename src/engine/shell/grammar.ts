import type * as unbash from 'unbash';
import { forEachChild, parse } from 'unbash';

/** A script as the bash grammar reads it; positions are offsets in UTF-16 units. */
export type ShellScript = unbash.ParsedScript;
/** Any node of a script. */
export type ShellNode = unbash.SyntaxNode;
/** A word with its quoted, expanded and literal parts. */
export type ShellWord = unbash.Word;
/** A piece of a word: quotes, expansions, literal text. */
export type ShellPart = unbash.WordPart;
/** A simple command. */
export type SimpleCommand = unbash.Command;
/** `NAME=value`. */
export type ShellAssignment = unbash.Assignment;
/** `>`, `<`, `<<`, `<<<` and their kin. */
export type ShellRedirection = unbash.Redirection;
/** An arithmetic expression. */
export type ShellArithmetic = unbash.ArithmeticExpression;
/** An expression inside `[[ … ]]`. */
export type ShellTest = unbash.TestExpression;

/** The bash grammar: pure, tolerant of errors, bounded in depth. */
export interface ShellGrammar {
  parse(text: string): ShellScript;
  /** Calls back for each direct child; nested scripts are parsed when they are first visited. */
  forEachChild(node: ShellNode, visit: (child: ShellNode) => void): void;
}

/**
 * The one bash grammar. It is written in JavaScript (`unbash`): nothing to find, compile and start, so
 * even a one-line step can afford it.
 */
export const shellGrammar: ShellGrammar = {
  parse: (text) => (isTooDeep(text) ? unread(text) : parse(text)),
  forEachChild,
};

/** Brackets that a script may have open at once; nobody writes as many, and reading them costs their square. */
const MAX_OPEN = 1000;

function isTooDeep(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x28 || code === 0x7b) open += 1;
    else if ((code === 0x29 || code === 0x7d) && open > 0) open -= 1;
    if (open > MAX_OPEN) return true;
  }
  return false;
}

function unread(text: string): ShellScript {
  const errors = [{ message: 'more brackets are open than anybody reads', pos: 0 }];
  return { type: 'Script', pos: 0, end: text.length, shebang: undefined, commands: [], errors };
}
