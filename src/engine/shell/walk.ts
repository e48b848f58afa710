import type { ShellCommand, VariableUse } from '../model/shell-facts.ts';
import { assignedByCommand, mayAssignAnything } from './assignments.ts';
import type {
  ShellArithmetic,
  ShellAssignment,
  ShellGrammar,
  ShellNode,
  ShellRedirection,
  ShellScript,
  ShellTest,
  ShellWord,
  SimpleCommand,
} from './grammar.ts';
import { lineFinder } from './lines.ts';
import { behindSudo } from './sudo.ts';
import { trackVariables } from './variables.ts';
import { expandedName, literalValue, soleVariable } from './words.ts';

/** A redirection that writes a file. */
export interface FileWrite {
  readonly operator: string;
  readonly file: string;
  readonly line: number;
  /** No command stands before it (`> file`), or one that prints nothing. */
  readonly empties: boolean;
}

/** What one pass over a script finds. */
export interface WalkedScript {
  readonly commands: readonly ShellCommand[];
  /** Those whose standard input is a pipe, a file or a here-document. */
  readonly fed: ReadonlySet<ShellCommand>;
  readonly writes: readonly FileWrite[];
  readonly uses: readonly VariableUse[];
  readonly assigns: readonly string[];
  readonly functions: readonly string[];
  readonly sources: readonly string[];
  readonly errors: number;
  readonly hereDocuments: number;
  /** Spans that are more than words and simple commands. */
  readonly compounds: readonly { readonly line: number; readonly endLine: number }[];
}

interface Frame {
  readonly text: string;
  readonly lineOf: (offset: number) => number;
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
  const commands: ShellCommand[] = [];
  const fed = new Set<ShellCommand>();
  const writes: FileWrite[] = [];
  const functions = new Set<string>();
  const sources = new Set<string>();
  const compounds: { line: number; endLine: number }[] = [];
  const deferred: (() => void)[] = [];
  const variables = trackVariables();
  let frame: Frame = { text: shown, lineOf: lineFinder(source) };
  let masked = source !== shown;
  let conditional = 0;
  /** Function bodies are read a second time for the variables they use, and for nothing else. */
  let again = false;
  let inFunction = 0;
  let isFed = false;
  let errors = 0;
  let hereDocuments = 0;

  const textOf = (node: { readonly pos: number; readonly end: number }): string =>
    frame.text.slice(node.pos, node.end);
  const valueOfWord = (word: ShellWord): string => {
    const value = literalValue(word);
    if (value === undefined) return textOf(word);
    return masked && textOf(word) !== word.text ? unquote(textOf(word)) : value;
  };
  const children = (node: ShellNode): void => grammar.forEachChild(node, visit);
  const maybe = (read: () => void): void => {
    conditional += 1;
    read();
    conditional -= 1;
  };

  function visitScript(inner: ShellScript | undefined, at: number): void {
    if (inner === undefined) return;
    if (!again) errors += inner.errors?.length ?? 0;
    const outer = frame;
    const outerMasked = masked;
    if (inner.source !== undefined) {
      const base = outer.lineOf(at);
      const lineOf = lineFinder(inner.source);
      frame = { text: inner.source, lineOf: (offset) => base + lineOf(offset) };
      masked = false;
    }
    for (const statement of inner.commands) visit(statement);
    frame = outer;
    masked = outerMasked;
  }

  function visit(node: ShellNode): void {
    switch (node.type) {
      case 'Command':
        visitCommand(node);
        return;
      case 'Redirect':
      case 'HereString':
      case 'HereDoc':
        visitRedirection(node, false);
        return;
      case 'Assignment':
        visitAssignment(node);
        return;
      case 'Pipeline':
        if (node.commands.length < 2) {
          children(node);
          return;
        }
        node.commands.forEach((command, index) => {
          variables.inside(() => feeding(index > 0, () => visit(command)));
        });
        return;
      case 'AndOr':
        node.commands.forEach((command, index) => {
          if (index === 0) visit(command);
          else maybe(() => visit(command));
        });
        return;
      case 'If':
        compound(node, () => {
          visit(node.clause);
          maybe(() => visit(node.then));
          for (const elif of node.elif) maybe(() => children(elif));
          const otherwise = node.else;
          if (otherwise !== undefined) maybe(() => visit(otherwise));
        });
        return;
      case 'While':
        compound(node, () => {
          visit(node.clause);
          maybe(() => visit(node.body));
        });
        return;
      case 'For':
      case 'Select':
        compound(node, () => {
          for (const word of node.wordlist ?? []) visit(word);
          variables.assign(node.name.value);
          maybe(() => visit(node.body));
        });
        return;
      case 'ArithmeticFor':
        compound(node, () => {
          if (node.initialize) visit(node.initialize);
          if (node.test) visit(node.test);
          maybe(() => visit(node.body));
          if (node.update) visit(node.update);
        });
        return;
      case 'Case':
        compound(node, () => {
          visit(node.word);
          for (const item of node.items) {
            for (const pattern of item.pattern) visit(pattern);
            maybe(() => visit(item.body));
          }
        });
        return;
      case 'Subshell':
        compound(node, () => variables.inside(() => children(node)));
        return;
      case 'BraceGroup':
        compound(node, () => children(node));
        return;
      case 'Redirected':
        feeding(node.redirects.some(feeds), () => visit(node.command));
        for (const redirect of node.redirects) visit(redirect);
        return;
      case 'Coproc':
        variables.assign(node.name?.value ?? 'COPROC');
        variables.inside(() => visit(node.body));
        return;
      case 'Function':
        visitFunction(node.name.value, node.body);
        return;
      case 'Statement':
        if (node.background === true) {
          variables.inside(() => children(node));
          return;
        }
        children(node);
        return;
      case 'SimpleExpansion':
        useVariable(node.text.slice(1), node.pos, false);
        return;
      case 'ParameterExpansion':
        visitParameter(node);
        return;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        variables.inside(() => visitScript(node.script, node.pos));
        return;
      case 'ArithmeticCommandExpansion':
        variables.inside(() => visitScript(node.script, node.pos));
        return;
      case 'ArithmeticBinary':
      case 'ArithmeticUnary':
      case 'ArithmeticTernary':
      case 'ArithmeticGroup':
      case 'ArithmeticWord':
        visitArithmetic(node);
        return;
      case 'TestUnary':
        visitTestUnary(node);
        return;
      default:
        children(node);
        return;
    }
  }

  function feeding(isFedHere: boolean, read: () => void): void {
    const before = isFed;
    isFed = before || isFedHere;
    read();
    isFed = before;
  }

  function compound(node: ShellNode, read: () => void): void {
    if (!again) compounds.push({ line: frame.lineOf(node.pos), endLine: frame.lineOf(node.end) });
    read();
  }

  function useVariable(name: string, at: number, defaulted: boolean): void {
    if (/^\d/.test(name) && inFunction > 0) return;
    variables.use(name, frame.lineOf(at), defaulted);
  }

  function visitFunction(name: string, body: ShellNode): void {
    functions.add(name);
    const here = frame;
    const read = (): void => {
      const outer = frame;
      frame = here;
      inFunction += 1;
      maybe(() => variables.insideFunction(() => visit(body)));
      inFunction -= 1;
      frame = outer;
    };
    if (inFunction > 0) {
      read();
      return;
    }
    // A body runs when it is called, with everything in view that the script sets anywhere: what it
    // sets counts from its definition on, what it uses is looked at when all has been read.
    variables.withoutUses(read);
    deferred.push(read);
  }

  function visitCommand(node: SimpleCommand): void {
    const bare = node.name === undefined;
    if (/^(?:\[|test)$/.test(node.name?.value ?? '')) guardByTest(node);
    if (node.name) visit(node.name);
    for (const item of node.suffix) {
      if (item.type === 'Word') visit(item);
      else if (item.type === 'Assignment') visitAssignmentValue(item);
      else visitRedirection(item, false);
    }
    for (const item of node.prefix) {
      if (item.type !== 'Assignment') visitRedirection(item, bare);
      else if (bare) visitAssignment(item);
      else visitAssignmentValue(item);
    }
    if (node.name === undefined) return;
    const command = describe(node, node.name);
    if (!again) commands.push(command);
    if (isFed || node.redirects.some(feeds)) fed.add(command);
    const isLocal = inFunction > 0 && /^(?:local|declare|typeset)$/.test(command.name);
    for (const assigned of assignedByCommand(command))
      isLocal ? variables.local(assigned) : variables.assign(assigned);
    if (mayAssignAnything(command)) variables.anythingMayBeSet();
    if (/^(?:source|\.)$/.test(command.name)) noteSource(node);
  }

  function describe(node: SimpleCommand, name: ShellWord): ShellCommand {
    const words = [name, ...node.args].map((word) =>
      word.type === 'Word' ? valueOfWord(word) : textOf(word),
    );
    const { sudo, words: behind } = behindSudo(words);
    const literalName = literalValue(name) === undefined ? '' : (behind[0] ?? '');
    return {
      name: /[$`]/.test(literalName) ? '' : literalName,
      args: behind.slice(1),
      line: frame.lineOf(name.pos),
      conditional: conditional > 0,
      sudo,
    };
  }

  function noteSource(node: SimpleCommand): void {
    const file = node.args[0];
    const value = file?.type === 'Word' ? literalValue(file) : undefined;
    if (value !== undefined) sources.add(value);
  }

  function guardByTest(node: SimpleCommand): void {
    const words = node.args.filter((word) => word.type === 'Word');
    words.forEach((word, index) => {
      const next = words[index + 1];
      if (next === undefined || !/^-[nzv]$/.test(word.value)) return;
      guardWord(word.value, next);
    });
  }

  function guardWord(operator: string, operand: ShellWord): void {
    const name = operator === '-v' ? operand.value : soleVariable(operand);
    if (name === undefined) return;
    variables.guard(name);
  }

  function visitTestUnary(node: Extract<ShellTest, { type: 'TestUnary' }>): void {
    if (/^-[nzv]$/.test(node.operator)) guardWord(node.operator, node.operand);
    visit(node.operand);
  }

  function visitAssignment(node: ShellAssignment): void {
    visitAssignmentValue(node);
    variables.assign(node.name);
  }

  function visitAssignmentValue(node: ShellAssignment): void {
    if (node.index) visit(node.index);
    visit(node.value);
  }

  function visitRedirection(node: ShellRedirection, bare: boolean): void {
    if (node.descriptor?.type === 'FileDescriptorVariable') variables.assign(node.descriptor.name);
    if (node.type === 'HereDoc') {
      if (!again) hereDocuments += 1;
      if (node.delimiter?.quoted !== true) visit(node.body);
      return;
    }
    if (node.target === undefined) return;
    visit(node.target);
    if (node.type !== 'Redirect' || !node.operator.includes('>')) return;
    const file = valueOfWord(node.target);
    if (/^(?:\d+|-|\d+-)$/.test(file) && node.operator.endsWith('&')) return;
    if (again) return;
    writes.push({
      operator: node.operator,
      file,
      line: frame.lineOf(node.pos),
      empties: bare && !node.operator.includes('>>'),
    });
  }

  function visitParameter(node: Extract<ShellNode, { type: 'ParameterExpansion' }>): void {
    const operation = node.operation;
    const hasDefault = operation?.type === 'Default' && !operation.operator.includes('?');
    // `${#X}` and `${!X}` read X as well.
    useVariable(node.parameter, node.pos, hasDefault);
    if (node.index && !/^[@*]$/.test(node.index.value)) visit(node.index);
    if (operation) children(operation);
    if (operation?.type === 'Default' && operation.operator.includes('='))
      variables.assign(node.parameter);
  }

  function visitArithmetic(node: ShellArithmetic): void {
    if (node.type === 'ArithmeticWord') {
      if (node.parts !== undefined && node.parts.length > 0)
        for (const part of node.parts) visit(part);
      else if (/^[A-Za-z_]/.test(node.value))
        useVariable(node.value.replace(/\[.*$/s, ''), node.pos, false);
      return;
    }
    const set = assignedByArithmetic(node);
    if (set === undefined) {
      children(node);
      return;
    }
    if (node.type === 'ArithmeticBinary') visit(node.right);
    variables.assign(set);
  }

  visitScript(script, 0);
  again = true;
  for (const read of deferred) read();
  return {
    commands: commands.sort((a, b) => a.line - b.line),
    fed,
    writes,
    uses: variables.uses,
    assigns: variables.assigns,
    functions: [...functions],
    sources: [...sources],
    errors,
    hereDocuments,
    compounds,
  };
}

function feeds(redirection: ShellRedirection): boolean {
  return redirection.type !== 'Redirect' || redirection.operator.startsWith('<');
}

function assignedByArithmetic(node: ShellArithmetic): string | undefined {
  const target =
    node.type === 'ArithmeticBinary' && /^(?:[-+*/%&|^]|<<|>>)?=$/.test(node.operator)
      ? node.left
      : node.type === 'ArithmeticUnary' && /^(?:\+\+|--)$/.test(node.operator)
        ? node.operand
        : undefined;
  if (target?.type !== 'ArithmeticWord') return undefined;
  const part = target.parts?.[0];
  return part === undefined || part.type === 'Literal'
    ? target.value.replace(/\[.*$/s, '')
    : expandedName(part);
}

/** Quotes off a word that holds an author's spelling; good enough for showing and for tables. */
function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
