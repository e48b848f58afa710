import type { Feed } from '../programs/program.ts';
import type { ShellRedirection } from './grammar.ts';
import { valueOfWord, type Walk } from './walk-script.ts';

/** Whether a redirection is where a command's input comes from. */
function isInputRedirection(redirection: ShellRedirection): boolean {
  return redirection.type !== 'Redirect' || redirection.operator.startsWith('<');
}

/** Where the input of a command comes from: the last redirection counts. */
export function feedOf(walk: Walk, redirections: readonly ShellRedirection[]): Feed | undefined {
  const last = redirections.findLast(isInputRedirection);
  if (last === undefined) return undefined;
  if (last.type === 'HereDoc') return { kind: 'text', text: last.body.text };
  const text = last.target === undefined ? '' : valueOfWord(walk, last.target);
  return { kind: last.type === 'HereString' ? 'text' : 'file', text };
}

/** A redirection: what it expands, and the file it writes. `bare`: no command stands before it. */
export function visitRedirection(walk: Walk, node: ShellRedirection, bare: boolean): void {
  if (node.descriptor?.type === 'FileDescriptorVariable')
    walk.variables.assign(node.descriptor.name);
  if (node.type === 'HereDoc') {
    if (!walk.again) walk.hereDocuments += 1;
    if (node.delimiter?.quoted !== true) walk.visit(node.body);
    return;
  }
  if (node.target === undefined) return;
  walk.visit(node.target);
  if (node.type !== 'Redirect' || walk.again) return;
  if (node.operator.startsWith('<')) walk.opened.push(valueOfWord(walk, node.target));
  noteWrite(walk, node, bare);
}

function noteWrite(
  walk: Walk,
  node: Extract<ShellRedirection, { type: 'Redirect' }>,
  bare: boolean,
): void {
  const { operator, target } = node;
  if (!operator.includes('>') || target === undefined) return;
  const file = valueOfWord(walk, target);
  const isDescriptor = operator.endsWith('&') && /^(?:\d+-?|-)$/.test(file);
  if (isDescriptor) return;
  const line = walk.frame.lineOf(node.pos);
  walk.writes.push({ operator, file, line, empties: bare && !operator.includes('>>') });
}
