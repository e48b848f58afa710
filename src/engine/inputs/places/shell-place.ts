import { firstSpanFrom, type Span } from '../../../text/spans.ts';
import type { ShellNode, ShellScript } from '../../shell/grammar.ts';
import { shellGrammar } from '../../shell/grammar.ts';
import { literalValue } from '../../shell/words.ts';
import { codeArgument, inputReader, type SecondReader } from '../second-reader.ts';

/** How the text around a hole is quoted. */
export type Quotes =
  | 'bare'
  | 'double'
  | 'single'
  | 'ansi'
  /** Inside `"${x:-…}"`. */
  | 'double-default'
  | 'here-document'
  | 'literal-here-document'
  | 'comment';

/** A here-document around a hole. */
export type HereDocument = Extract<ShellNode, { type: 'HereDoc' }>;

/** Where a hole stands in a script. */
export interface ShellPlace {
  readonly quotes: Quotes;
  /** Only a whole number is data here: bash evaluates the text. */
  readonly arithmetic: boolean;
  /** Backticks around the hole: each takes one level of backslashes away. */
  readonly backticks: number;
  readonly hereDocuments: readonly HereDocument[];
  /** The text is code that another program reads once more (`bash -c`, `ssh host`, `psql -c`). */
  readonly reader: SecondReader | null;
  /** A variable, function or file descriptor is named here. */
  readonly isName: boolean;
  /** Why nothing can safely stand here, when that is so. */
  readonly refuses: string;
}

const OUTSIDE: ShellPlace = {
  quotes: 'comment',
  arithmetic: false,
  backticks: 0,
  hereDocuments: [],
  reader: null,
  isName: false,
  refuses: '',
};
const EVALUATING_TEST = /^-(?:eq|ne|lt|le|gt|ge)$/;

/** Where each span stands in a script that was read with letters in the places of the spans. */
export function shellPlaces(
  script: ShellScript,
  spans: readonly Span[],
): { readonly places: readonly ShellPlace[]; readonly wellFormed: boolean } {
  const places: ShellPlace[] = spans.map(() => OUTSIDE);
  let errors = script.errors?.length ?? 0;
  const visit = (node: ShellNode, inside: ShellPlace): void => {
    if (node.type === 'Script') errors += node.errors?.length ?? 0;
    // Positions inside escaped backticks belong to another text.
    if (node.type === 'Script' && node.source !== undefined) return;
    if (!MAY_HOLD_COMMENTS.has(node.type)) {
      const first = firstSpanFrom(spans, node.pos);
      for (let at = first; (spans[at]?.start ?? Infinity) < node.end; at += 1) places[at] = inside;
    }
    shellGrammar.forEachChild(node, (child) =>
      visit(child, enter(child, forChild(node, child, inside))),
    );
  };
  for (const statement of script.commands) visit(statement, { ...OUTSIDE, quotes: 'bare' });
  return { places, wellFormed: errors === 0 };
}

/** Nodes between whose children a comment may stand: they say nothing about letters of their own. */
const MAY_HOLD_COMMENTS: ReadonlySet<string> = new Set([
  'AndOr',
  'ArithmeticFor',
  'ArrayValue',
  'BraceGroup',
  'Case',
  'CaseItem',
  'Command',
  'CompoundList',
  'Coproc',
  'Elif',
  'For',
  'Function',
  'If',
  'Pipeline',
  'Redirected',
  'Script',
  'Select',
  'Statement',
  'Subshell',
  'TestCommand',
  'TestGroup',
  'TestLogical',
  'TestNot',
  'While',
]);

/** The place that a node makes of the one it stands in. */
function enter(node: ShellNode, place: ShellPlace): ShellPlace {
  switch (node.type) {
    case 'DoubleQuoted':
    case 'LocaleString':
      return { ...place, quotes: 'double' };
    case 'SingleQuoted':
      return { ...place, quotes: 'single' };
    case 'AnsiCQuoted':
      return { ...place, quotes: 'ansi' };
    case 'CommandExpansion':
      return enterSubstitution(node, place);
    case 'ProcessSubstitution':
      return { ...place, quotes: 'comment', arithmetic: false, isName: false };
    case 'SimpleExpansion':
      return refused(place, 'becomes part of the name of the variable in front of it');
    case 'ParameterExpansion':
      return refused(place, 'stands in the name or the pattern of an expansion in braces');
    case 'ArithmeticExpansion':
    case 'ArithmeticCommand':
      return { ...place, quotes: 'bare', arithmetic: true };
    case 'Assignment':
    case 'FileDescriptorVariable':
      return { ...place, isName: true };
    case 'HereDocDelimiter':
      return refused(place, 'stands in the tag of a here-document');
    default:
      return place;
  }
}

function enterSubstitution(
  node: Extract<ShellNode, { type: 'CommandExpansion' }>,
  place: ShellPlace,
): ShellPlace {
  const isBacktick = node.text.startsWith('`');
  const nested = isBacktick && (place.backticks > 0 || node.script?.source !== undefined);
  return {
    ...place,
    // Its commands are bare; what is left between them is a comment.
    quotes: 'comment',
    arithmetic: false,
    isName: false,
    backticks: place.backticks + (isBacktick ? 1 : 0),
    refuses: nested ? 'stands in backticks within backticks' : place.refuses,
  };
}

/** The place of a child, as far as only its parent knows it. */
function forChild(node: ShellNode, child: ShellNode, inside: ShellPlace): ShellPlace {
  switch (node.type) {
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      return { ...inside, quotes: 'bare' };
    case 'Assignment':
      return { ...inside, isName: false, arithmetic: inside.arithmetic || child === node.index };
    case 'ParameterExpansion':
      if (child === node.index) return { ...inside, refuses: '', arithmetic: true };
      return node.operation?.type === 'Default' && child === node.operation
        ? operandPlace(inside)
        : inside;
    case 'TestBinary':
      return EVALUATING_TEST.test(node.operator) ? { ...inside, arithmetic: true } : inside;
    case 'TestUnary':
      return node.operator === '-v' ? { ...inside, isName: true } : inside;
    case 'For':
    case 'Select':
      return child === node.name ? { ...inside, isName: true } : inside;
    case 'Function':
      return child === node.name ? refused(inside, 'names a function') : inside;
    case 'HereDoc':
      return child === node.body ? bodyPlace(node, inside) : inside;
    case 'Command':
      return argumentPlace(node, child, inside);
    default:
      return inside;
  }
}

function bodyPlace(node: HereDocument, inside: ShellPlace): ShellPlace {
  return {
    ...inside,
    quotes: node.delimiter?.quoted === true ? 'literal-here-document' : 'here-document',
    refuses: inside.backticks > 0 ? 'stands in a here-document within backticks' : '',
    hereDocuments: [...inside.hereDocuments, node],
  };
}

function argumentPlace(
  node: Extract<ShellNode, { type: 'Command' }>,
  child: ShellNode,
  inside: ShellPlace,
): ShellPlace {
  if (node.name === undefined || child === node.name) return inside;
  const name = literalValue(node.name) ?? '';
  const texts = node.args.map((word) => (word.type === 'Word' ? word.value : word.text));
  if (child.type === 'HereDoc' || child.type === 'HereString')
    return { ...inside, reader: inputReader(name, texts) ?? inside.reader };
  if (child.type !== 'Word' && child.type !== 'Assignment') return inside;
  const index = node.args.indexOf(child);
  if (index < 0) return inside;
  const isInteger = /^(?:declare|typeset|local)$/.test(name) && /^-[a-z]*i/.test(texts[0] ?? '');
  return {
    ...inside,
    arithmetic: inside.arithmetic || name === 'let' || isInteger,
    isName: inside.isName || isNameArgument(name, texts, index),
    reader: codeArgument(name, texts, index) ?? inside.reader,
  };
}

/** Arguments that bash takes for names, and evaluates the subscripts of. */
function isNameArgument(name: string, texts: readonly string[], index: number): boolean {
  const before = texts[index - 1] ?? '';
  switch (name) {
    case 'unset':
    case 'read':
    case 'mapfile':
    case 'readarray':
    case 'getopts':
      return (
        !/^-[a-z]*[dinNptuOsCc]$/.test(before) &&
        !(texts[index] ?? '').startsWith('-') &&
        (name !== 'getopts' || index === 1)
      );
    case 'printf':
    case 'wait':
      return /^-[vp]$/.test(before);
    case 'test':
    case '[':
      return before === '-v';
    default:
      return false;
  }
}

function operandPlace(place: ShellPlace): ShellPlace {
  const free = { ...place, refuses: '' };
  if (place.quotes === 'double' || place.quotes === 'double-default')
    return { ...free, quotes: 'double-default' };
  if (place.quotes === 'here-document')
    return refused(place, 'stands in an expansion in braces within a here-document');
  return free;
}

function refused(place: ShellPlace, why: string): ShellPlace {
  return { ...place, refuses: why };
}
