import type { ShellNode, ShellPart, ShellWord } from './grammar.ts';

/** The word's value when bash would take it literally, quotes removed; `undefined` when it expands. */
export function literalValue(word: ShellWord): string | undefined {
  return (word.parts ?? []).every(isLiteralPart) ? word.value : undefined;
}

/** The variable of a part that is one expansion, as in `$X`, `${X:-…}`; `undefined` for other parts. */
export function expandedName(node: ShellNode): string | undefined {
  if (node.type === 'SimpleExpansion') return node.text.slice(1);
  if (node.type === 'ParameterExpansion') return node.parameter;
  return undefined;
}

/** The variable a whole word expands to, quoted or not; `undefined` when it is anything else. */
export function soleVariable(word: ShellWord): string | undefined {
  const parts = word.parts ?? [];
  const part = parts[0];
  if (part === undefined || parts.length !== 1) return undefined;
  if (part.type !== 'DoubleQuoted') return expandedName(part);
  const inner = part.parts[0];
  return inner !== undefined && part.parts.length === 1 ? expandedName(inner) : undefined;
}

function isLiteralPart(part: ShellPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.every((child) => child.type === 'Literal');
    default:
      return false;
  }
}
