import { lineFinder } from '../../text/lines.ts';
import type { ShellCommand, VariableUse } from '../model/shell-facts.ts';
import type { Feed } from '../programs/program.ts';
import * as compounds from './compounds.ts';
import * as expansions from './expansions.ts';
import type { ShellGrammar, ShellNode, ShellScript } from './grammar.ts';
import { visitRedirection } from './redirections.ts';
import { visitAssignment, visitCommand } from './simple-command.ts';
import { trackVariables } from './variables.ts';
import { type FileWrite, visitChildren, type Walk } from './walk-script.ts';

/** What one pass over a script finds. */
export interface WalkedScript {
  readonly commands: readonly ShellCommand[];
  /** Those whose standard input is a pipe, a file or a here-document. */
  readonly fed: ReadonlyMap<ShellCommand, Feed>;
  /** Commands and loops that nothing around them ends. */
  readonly lasting: readonly ShellCommand[];
  /** Loops without an end, each as a command of its own. */
  readonly loops: ReadonlySet<ShellCommand>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly writes: readonly FileWrite[];
  readonly opened: readonly string[];
  readonly uses: readonly VariableUse[];
  readonly assigns: readonly string[];
  readonly functions: readonly string[];
  readonly sources: readonly string[];
  /** How many places the grammar could not read. */
  readonly errors: number;
  readonly hereDocuments: number;
  /** Commands that are more than words: loops, branches, groups. */
  readonly compounds: readonly { readonly line: number; readonly endLine: number }[];
}

/**
 * Reads a script once, from top to bottom, as bash would meet it. `source` is what the grammar read;
 * `shown` is the same text, letter for letter in place, with the author's spellings in it.
 */
export function walkScript(
  grammar: ShellGrammar,
  script: ShellScript,
  source: string,
  shown: string,
): WalkedScript {
  const walk = newWalk(grammar, { text: shown, lineOf: lineFinder(source) });
  expansions.visitScript(walk, script, 0);
  walk.again = true;
  for (const readBody of walk.bodies) readBody();
  const { fed, writes, opened, errors, hereDocuments } = walk;
  return {
    commands: walk.commands.sort((one, other) => one.line - other.line),
    lasting: lastingOf(walk),
    loops: walk.loops,
    aliases: walk.aliases,
    settings: walk.settings,
    fed,
    writes,
    opened,
    uses: walk.variables.uses,
    assigns: walk.variables.assigns,
    functions: [...walk.functions],
    sources: [...walk.sources],
    errors,
    hereDocuments,
    compounds: walk.compounds,
  };
}

/** What runs in the background holds a script up only where it waits for it and does not end it. */
function lastingOf({ watched, ended, background, commands }: Walk): readonly ShellCommand[] {
  const has = (name: string): boolean => commands.some((command) => command.name === name);
  const waits = has('wait') && !has('kill') && !has('pkill');
  return watched.filter((command) => !ended.has(command) && (waits || !background.has(command)));
}

function newWalk(grammar: ShellGrammar, frame: Walk['frame']): Walk {
  const walk: Walk = {
    grammar,
    variables: trackVariables(),
    commands: [],
    fed: new Map(),
    watched: [],
    loops: new Set(),
    ended: new Set(),
    background: new Set(),
    aliases: new Map(),
    settings: [],
    writes: [],
    opened: [],
    functions: new Set(),
    sources: new Set(),
    compounds: [],
    bodies: [],
    frame,
    errors: 0,
    hereDocuments: 0,
    conditional: 0,
    inFunction: 0,
    feed: undefined,
    again: false,
    visit: (node) => visit(walk, node),
  };
  return walk;
}

type Visitors = {
  readonly [Type in ShellNode['type']]?: (
    walk: Walk,
    node: Extract<ShellNode, { type: Type }>,
  ) => void;
};

/** How nodes are read; the children of all others are. */
const VISITORS: Visitors = {
  AndOr: compounds.visitAndOr,
  ArithmeticBinary: expansions.visitArithmetic,
  ArithmeticCommandExpansion: expansions.visitSubstitution,
  ArithmeticFor: compounds.visitArithmeticFor,
  ArithmeticGroup: expansions.visitArithmetic,
  ArithmeticTernary: expansions.visitArithmetic,
  ArithmeticUnary: expansions.visitArithmetic,
  ArithmeticWord: expansions.visitArithmetic,
  Assignment: visitAssignment,
  BraceGroup: compounds.visitGroup,
  Case: compounds.visitCase,
  Command: visitCommand,
  CommandExpansion: expansions.visitSubstitution,
  Coproc: compounds.visitCoproc,
  For: compounds.visitFor,
  Function: compounds.visitFunction,
  HereDoc: (walk, node) => visitRedirection(walk, node, false),
  HereString: (walk, node) => visitRedirection(walk, node, false),
  If: compounds.visitIf,
  ParameterExpansion: expansions.visitParameter,
  Pipeline: compounds.visitPipeline,
  ProcessSubstitution: expansions.visitSubstitution,
  Redirect: (walk, node) => visitRedirection(walk, node, false),
  Redirected: compounds.visitRedirected,
  Select: compounds.visitFor,
  SimpleExpansion: expansions.visitVariable,
  Statement: compounds.visitStatement,
  Subshell: compounds.visitSubshell,
  TestUnary: expansions.visitTest,
  While: compounds.visitWhile,
};

function visit(walk: Walk, node: ShellNode): void {
  // The table pairs each type with its own visitor, which the compiler cannot follow through an index.
  const visitor = VISITORS[node.type] as ((walk: Walk, node: ShellNode) => void) | undefined;
  if (visitor === undefined) visitChildren(walk, node);
  else visitor(walk, node);
}
