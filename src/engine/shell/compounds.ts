import type { ShellCommand } from '../model/shell-facts.ts';
import { leavesEarly } from '../programs/behaviour.ts';
import type { Feed } from '../programs/program.ts';
import type { ShellNode } from './grammar.ts';
import { feedOf } from './redirections.ts';
import {
  feeding,
  maybe,
  textOf,
  visitChildren,
  type Walk,
  watching,
  within,
} from './walk-script.ts';

type Of<Type extends ShellNode['type']> = Extract<ShellNode, { type: Type }>;

/** Commands joined by `|`: each runs in a shell of its own. */
export function visitPipeline(walk: Walk, node: Of<'Pipeline'>): void {
  if (node.commands.length < 2) visitChildren(walk, node);
  else {
    const first = node.commands[0];
    const members = node.commands.map((command, index) => {
      const before = first === undefined ? '' : walk.frame.text.slice(first.pos, command.pos);
      const feed: Feed | undefined =
        index === 0 ? undefined : { kind: 'pipe', text: before.slice(0, MAX_FEED_LENGTH) };
      return watching(walk, () =>
        walk.variables.inside(() => feeding(walk, feed, () => walk.visit(command))),
      );
    });
    noteLeaving(walk, members);
  }
}

/** Long enough for the names of files in front of a pipe. */
const MAX_FEED_LENGTH = 400;

/** A member whose reader leaves before it has read all ends with it: `yes | head`. */
function noteLeaving(walk: Walk, members: readonly (readonly ShellCommand[])[]): void {
  let leaves = false;
  for (const member of members.toReversed()) {
    if (leaves) for (const command of member) walk.ended.add(command);
    leaves ||= member.some(
      ({ name, args }) => LEAVING.has(name) || (name !== 'read' && leavesEarly([name, ...args])),
    );
  }
}

/** Words that end a loop, and so what is piped into it. */
const LEAVING = new Set(['break', 'exit', 'return']);

/** Commands joined by `&&` and `||`: what stands behind `cd app &&` runs as surely as on a line of its own. */
export function visitAndOr(walk: Walk, node: Of<'AndOr'>): void {
  let isSure = true;
  node.commands.forEach((command, index) => {
    isSure &&= node.operators[index - 1] !== '||';
    const from = walk.commands.length;
    if (index === 0 || isSure) walk.visit(command);
    else maybe(walk, () => walk.visit(command));
    const met = walk.commands.slice(from);
    isSure &&= met.length > 0 && met.every(({ name }) => SETS_OUT.has(name));
  });
}

/** Commands that ask nothing: they make ready for what stands behind them. */
const SETS_OUT = new Set(['cd', 'pushd', 'mkdir', 'export', 'set', 'umask', 'source', '.', ':']);

/** `if … then … elif … else … fi`. */
export function visitIf(walk: Walk, node: Of<'If'>): void {
  noteCompound(walk, node);
  walk.visit(node.clause);
  maybe(walk, () => walk.visit(node.then));
  for (const elif of node.elif) maybe(walk, () => visitChildren(walk, elif));
  const otherwise = node.else;
  if (otherwise !== undefined) maybe(walk, () => walk.visit(otherwise));
}

/** `while` and `until`. */
export function visitWhile(walk: Walk, node: Of<'While'>): void {
  noteCompound(walk, node);
  const met = watching(walk, () => {
    walk.visit(node.clause);
    maybe(walk, () => walk.visit(node.body));
  });
  const text = textOf(walk, node.clause).trim().replace(/;$/, '');
  const isForEver =
    node.kind === 'until' ? text === 'false' : /^(?:true|:|\[ (?:1|true) \]|sleep \S+)$/.test(text);
  if (isForEver) noteLoop(walk, node, node.kind, text, met);
}

/** A loop that no word in it ends, as a command of its own. */
function noteLoop(
  walk: Walk,
  node: ShellNode,
  name: string,
  text: string,
  met: readonly ShellCommand[],
): void {
  if (walk.again || met.some((command) => LEAVING.has(command.name))) return;
  const line = walk.frame.lineOf(node.pos);
  const loop = { name, args: [text], line, conditional: walk.conditional > 0, sudo: false };
  walk.watched.push(loop);
  walk.loops.add(loop);
}

/** `for name in …` and `select name in …`. */
export function visitFor(walk: Walk, node: Of<'For'> | Of<'Select'>): void {
  noteCompound(walk, node);
  for (const word of node.wordlist ?? []) walk.visit(word);
  walk.variables.assign(node.name.value);
  maybe(walk, () => walk.visit(node.body));
}

/** `for ((…; …; …))`. */
export function visitArithmeticFor(walk: Walk, node: Of<'ArithmeticFor'>): void {
  noteCompound(walk, node);
  if (node.initialize) walk.visit(node.initialize);
  if (node.test) walk.visit(node.test);
  const met = watching(walk, () => maybe(walk, () => walk.visit(node.body)));
  if (node.update) walk.visit(node.update);
  if (!node.test) noteLoop(walk, node, 'for', '((;;))', met);
}

/** `case … in … esac`. */
export function visitCase(walk: Walk, node: Of<'Case'>): void {
  noteCompound(walk, node);
  walk.visit(node.word);
  for (const item of node.items) {
    for (const pattern of item.pattern) walk.visit(pattern);
    maybe(walk, () => walk.visit(item.body));
  }
}

/** `( … )`. */
export function visitSubshell(walk: Walk, node: Of<'Subshell'>): void {
  noteCompound(walk, node);
  walk.variables.inside(() => visitChildren(walk, node));
}

/** `{ …; }`. */
export function visitGroup(walk: Walk, node: Of<'BraceGroup'>): void {
  noteCompound(walk, node);
  visitChildren(walk, node);
}

/** A compound command with redirections of its own. */
export function visitRedirected(walk: Walk, node: Of<'Redirected'>): void {
  feeding(walk, feedOf(walk, node.redirects), () => walk.visit(node.command));
  for (const redirect of node.redirects) walk.visit(redirect);
}

/** `coproc NAME …`. */
export function visitCoproc(walk: Walk, node: Of<'Coproc'>): void {
  walk.variables.assign(node.name?.value ?? 'COPROC');
  walk.variables.inside(() => walk.visit(node.body));
}

/** What `&` sends to the background sets nothing here. */
export function visitStatement(walk: Walk, node: Of<'Statement'>): void {
  if (node.background !== true) {
    visitChildren(walk, node);
    return;
  }
  const met = watching(walk, () => walk.variables.inside(() => visitChildren(walk, node)));
  for (const command of met) walk.background.add(command);
}

/**
 * A function's body runs when it is called, with everything in view that the script sets anywhere: what
 * it sets counts from its definition on, what it uses is looked at when all has been read.
 */
export function visitFunction(walk: Walk, node: Of<'Function'>): void {
  walk.functions.add(node.name.value);
  const { frame } = walk;
  const read = (): void => within(walk, frame, () => visitBody(walk, node.body));
  if (walk.inFunction > 0) {
    read();
    return;
  }
  walk.variables.withoutUses(read);
  walk.bodies.push(read);
}

function visitBody(walk: Walk, body: ShellNode): void {
  walk.inFunction += 1;
  maybe(walk, () => walk.variables.insideFunction(() => walk.visit(body)));
  walk.inFunction -= 1;
}

function noteCompound(walk: Walk, node: ShellNode): void {
  if (walk.again) return;
  const { lineOf } = walk.frame;
  walk.compounds.push({ line: lineOf(node.pos), endLine: lineOf(node.end) });
}
