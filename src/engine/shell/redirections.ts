import type { ShellRedirection } from './grammar.ts';
import { valueOfWord, type Walk } from './walk-script.ts';

/** Whether a redirection is where a command's input comes from. */
export function isInputRedirection(redirection: ShellRedirection): boolean {
  return redirection.type !== 'Redirect' || redirection.operator.startsWith('<');
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
  if (node.type === 'Redirect' && !walk.again) noteWrite(walk, node, bare);
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
