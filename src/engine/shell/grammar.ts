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
export const shellGrammar: ShellGrammar = { parse, forEachChild };
