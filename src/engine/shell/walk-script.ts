import type { ShellCommand } from '../model/shell-facts.ts';
import type { Feed } from '../programs/program.ts';
import type { ShellGrammar, ShellNode, ShellWord } from './grammar.ts';
import type { VariableTracker } from './variables.ts';
import { literalValue } from './words.ts';

/** A redirection that writes a file. */
export interface FileWrite {
  readonly operator: string;
  readonly file: string;
  readonly line: number;
  /** No command stands before it (`> file`). */
  readonly empties: boolean;
}

/** The text that positions of the nodes in hand belong to. */
export interface Frame {
  /** The author's text, letter for letter in place of what the grammar read. */
  readonly text: string;
  readonly lineOf: (offset: number) => number;
}

/** One pass over a script: what it found so far, and where it stands. */
export interface Walk {
  readonly grammar: ShellGrammar;
  readonly variables: VariableTracker;
  readonly commands: ShellCommand[];
  /** Commands whose standard input is a pipe, a file or a here-document. */
  readonly fed: Map<ShellCommand, Feed>;
  /** Commands, and loops that nothing in them ends, in the order they were met. */
  readonly watched: ShellCommand[];
  readonly loops: Set<ShellCommand>;
  /** What ends because its reader leaves. */
  readonly ended: Set<ShellCommand>;
  /** What runs behind `&`. */
  readonly background: Set<ShellCommand>;
  /** Texts of aliases, by name. */
  readonly aliases: Map<string, string>;
  /** Assignments in front of commands: they may choose what those run (`PAGER=…`). */
  readonly settings: { readonly name: string; readonly value: string }[];
  readonly writes: FileWrite[];
  /** Files that `<` opens. */
  readonly opened: string[];
  readonly functions: Set<string>;
  readonly sources: Set<string>;
  readonly compounds: { readonly line: number; readonly endLine: number }[];
  /** Function bodies, to be read again at the end. */
  readonly bodies: (() => void)[];
  frame: Frame;
  errors: number;
  hereDocuments: number;
  /** How deep in branches that may never run. */
  conditional: number;
  /** How deep in function bodies. */
  inFunction: number;
  feed: Feed | undefined;
  /** Function bodies are read a second time for the variables they use, and for nothing else. */
  again: boolean;
  visit(node: ShellNode): void;
}

/** Visits what stands directly below a node. */
export function visitChildren(walk: Walk, node: ShellNode): void {
  walk.grammar.forEachChild(node, walk.visit);
}

/** Reads what may never run. */
export function maybe(walk: Walk, read: () => void): void {
  walk.conditional += 1;
  read();
  walk.conditional -= 1;
}

/** Reads with standard input coming from a pipe or file, when it does. */
export function feeding(walk: Walk, feed: Feed | undefined, read: () => void): void {
  const before = walk.feed;
  walk.feed = feed ?? before;
  read();
  walk.feed = before;
}

/** Reads, and says which commands and loops were met in doing so. */
export function watching(walk: Walk, read: () => void): readonly ShellCommand[] {
  const from = walk.watched.length;
  read();
  return walk.watched.slice(from);
}

/** Reads in another frame. */
export function within(walk: Walk, frame: Frame, read: () => void): void {
  const before = walk.frame;
  walk.frame = frame;
  read();
  walk.frame = before;
}

/** A node's text as its author wrote it. */
export function textOf(walk: Walk, node: { readonly pos: number; readonly end: number }): string {
  return walk.frame.text.slice(node.pos, node.end);
}

/** A word's literal value, else its text; of a word that holds an author's own spelling, that spelling. */
export function valueOfWord(walk: Walk, word: ShellWord): string {
  const text = textOf(walk, word);
  const value = literalValue(word);
  if (value === undefined) return text;
  return text === word.text ? value : text.replace(/^(["'])(.*)\1$/s, '$2');
}
