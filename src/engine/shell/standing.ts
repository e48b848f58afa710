import { firstSpanFrom, type Span } from '../../text/spans.ts';
import type { ShellGrammar, ShellNode, ShellScript } from './grammar.ts';
import type { WildContext } from './wild.ts';
import { literalValue } from './words.ts';

/** Where a span of a script stands. */
export interface Standing {
  readonly context: WildContext;
  /** Name of the simple command around it, `''` when there is none. */
  readonly command: string;
}

/** Says for each span, in the order of the text, where it stands. One pass over the script. */
export function standings(
  grammar: ShellGrammar,
  script: ShellScript,
  spans: readonly Span[],
): readonly Standing[] {
  const found: Standing[] = spans.map(() => ({ context: 'comment', command: '' }));
  const visit = (node: ShellNode, inherited: Standing): void => {
    // Positions inside escaped backticks belong to another text.
    if (node.type === 'Script' && node.source !== undefined) return;
    const standing = enter(node, inherited);
    // A here-document's body stands outside its command, so ranges are looked at in leaves only.
    if (isLeafy(node)) {
      const first = firstSpanFrom(spans, node.pos);
      for (let at = first; (spans[at]?.start ?? Infinity) < node.end; at += 1) found[at] = standing;
    }
    grammar.forEachChild(node, (child) => visit(child, standing));
  };
  for (const statement of script.commands) visit(statement, { context: 'bare', command: '' });
  return found;
}

function enter(node: ShellNode, inherited: Standing): Standing {
  switch (node.type) {
    case 'Command':
      return {
        context: 'bare',
        command: node.name === undefined ? '' : (literalValue(node.name) ?? ''),
      };
    case 'DoubleQuoted':
    case 'LocaleString':
      return { ...inherited, context: 'double' };
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return { ...inherited, context: 'single' };
    case 'HereDocBody':
      return { ...inherited, context: 'here-document' };
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      return { ...inherited, context: 'bare' };
    default:
      return inherited;
  }
}

/** Nodes whose own letters are words of the script: what stands outside all of them is a comment. */
function isLeafy(node: ShellNode): boolean {
  switch (node.type) {
    case 'Word':
    case 'Assignment':
    case 'HereDocBody':
    case 'HereDocDelimiter':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'DoubleQuoted':
    case 'LocaleString':
    case 'Literal':
      return true;
    default:
      return false;
  }
}
