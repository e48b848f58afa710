import type { ShellCommand } from '../model/shell-facts.ts';
import { assignedByCommand, mayAssignAnything } from './assignments.ts';
import { guardBy } from './expansions.ts';
import type { ShellAssignment, ShellWord, SimpleCommand } from './grammar.ts';
import { isInputRedirection, visitRedirection } from './redirections.ts';
import { behindSudo } from './sudo.ts';
import { textOf, valueOfWord, type Walk } from './walk-script.ts';
import { literalValue } from './words.ts';

/** A simple command, in the order bash reads it: words first, then what stands in front of them. */
export function visitCommand(walk: Walk, node: SimpleCommand): void {
  const bare = node.name === undefined;
  if (/^(?:\[|test)$/.test(node.name?.value ?? '')) guardByTest(walk, node);
  if (node.name) walk.visit(node.name);
  for (const item of node.suffix) {
    if (item.type === 'Word') walk.visit(item);
    else if (item.type === 'Assignment') visitValue(walk, item);
    else visitRedirection(walk, item, false);
  }
  for (const item of node.prefix) {
    if (item.type !== 'Assignment') visitRedirection(walk, item, bare);
    else if (bare) visitAssignment(walk, item);
    else visitValue(walk, item);
  }
  if (node.name !== undefined) noteCommand(walk, node, node.name);
}

/** `NAME=value`, on its own or in front of nothing. */
export function visitAssignment(walk: Walk, node: ShellAssignment): void {
  visitValue(walk, node);
  walk.variables.assign(node.name);
}

function visitValue(walk: Walk, node: ShellAssignment): void {
  if (node.index) walk.visit(node.index);
  walk.visit(node.value);
}

function noteCommand(walk: Walk, node: SimpleCommand, name: ShellWord): void {
  const command = describe(walk, node, name);
  if (!walk.again) walk.commands.push(command);
  if (walk.isFed || node.redirects.some(isInputRedirection)) walk.fed.add(command);
  const isLocal = walk.inFunction > 0 && /^(?:local|declare|typeset)$/.test(command.name);
  for (const assigned of assignedByCommand(command)) {
    if (isLocal) walk.variables.local(assigned);
    else walk.variables.assign(assigned);
  }
  if (mayAssignAnything(command)) walk.variables.anythingMayBeSet();
  if (/^(?:source|\.)$/.test(command.name)) noteSource(walk, node);
}

function describe(walk: Walk, node: SimpleCommand, name: ShellWord): ShellCommand {
  const written = [name, ...node.args].map((word) =>
    word.type === 'Word' ? valueOfWord(walk, word) : textOf(walk, word),
  );
  const { sudo, words } = behindSudo(written);
  const first = literalValue(name) === undefined ? '' : (words[0] ?? '');
  return {
    name: /[$`]/.test(first) ? '' : first,
    args: words.slice(1),
    line: walk.frame.lineOf(name.pos),
    conditional: walk.conditional > 0,
    sudo,
  };
}

function noteSource(walk: Walk, node: SimpleCommand): void {
  const file = node.args[0];
  const value = file?.type === 'Word' ? literalValue(file) : undefined;
  if (value !== undefined) walk.sources.add(value);
}

function guardByTest(walk: Walk, node: SimpleCommand): void {
  const words = node.args.filter((word) => word.type === 'Word');
  words.forEach((word, index) => {
    const operand = words[index + 1];
    if (operand !== undefined) guardBy(walk, word.value, operand);
  });
}
