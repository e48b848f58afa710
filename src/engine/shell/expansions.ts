import { lineFinder } from '../../text/lines.ts';
import type { ShellArithmetic, ShellNode, ShellScript, ShellTest, ShellWord } from './grammar.ts';
import { visitChildren, type Walk, within } from './walk-script.ts';
import { expandedName, soleVariable } from './words.ts';

type Of<Type extends ShellNode['type']> = Extract<ShellNode, { type: Type }>;

/** A script, the whole one or one inside `$(…)`; `at` is where it stands in the text around it. */
export function visitScript(walk: Walk, script: ShellScript | undefined, at: number): void {
  if (script === undefined) return;
  if (!walk.again) walk.errors += script.errors?.length ?? 0;
  const read = (): void => {
    for (const statement of script.commands) walk.visit(statement);
  };
  const { source } = script;
  if (source === undefined) {
    read();
    return;
  }
  // Escaped backticks: positions belong to the text with one level of backslashes taken away.
  const base = walk.frame.lineOf(at);
  const lineOf = lineFinder(source);
  within(walk, { text: source, lineOf: (offset) => base + lineOf(offset) }, read);
}

/** `$(…)`, backticks, `<(…)`: what is assigned inside stays inside. */
export function visitSubstitution(
  walk: Walk,
  node: Of<'CommandExpansion'> | Of<'ProcessSubstitution'> | Of<'ArithmeticCommandExpansion'>,
): void {
  walk.variables.inside(() => visitScript(walk, node.script, node.pos));
}

/** `$X`. */
export function visitVariable(walk: Walk, node: Of<'SimpleExpansion'>): void {
  useVariable(walk, node.text.slice(1), node.pos, false);
}

/** `${X}` and all that can stand in it; `${#X}` and `${!X}` read X as well. */
export function visitParameter(walk: Walk, node: Of<'ParameterExpansion'>): void {
  const { operation, index, parameter } = node;
  const operator = operation?.type === 'Default' ? operation.operator : '?';
  useVariable(walk, parameter, node.pos, !operator.includes('?'));
  if (index && !/^[@*]$/.test(index.value)) walk.visit(index);
  if (operation) visitChildren(walk, operation);
  if (operator.includes('=')) walk.variables.assign(parameter);
}

/** Arithmetic: bare words are variables, `=` and `++` set them. */
export function visitArithmetic(walk: Walk, node: ShellArithmetic): void {
  if (node.type === 'ArithmeticWord') {
    visitArithmeticWord(walk, node);
    return;
  }
  const set = assignedBy(node);
  if (set === undefined) visitChildren(walk, node);
  else if (node.type === 'ArithmeticBinary') walk.visit(node.right);
  if (set !== undefined) walk.variables.assign(set);
}

/** `[[ -n $X ]]` and its kin. */
export function visitTest(walk: Walk, node: Extract<ShellTest, { type: 'TestUnary' }>): void {
  guardBy(walk, node.operator, node.operand);
  walk.visit(node.operand);
}

/** A test that reckons with an unset variable: `-n`, `-z`, `-v`. */
export function guardBy(walk: Walk, operator: string, operand: ShellWord): void {
  if (!/^-[nzv]$/.test(operator)) return;
  const name = operator === '-v' ? operand.value : soleVariable(operand);
  if (name !== undefined) walk.variables.guard(name);
}

function useVariable(walk: Walk, name: string, at: number, defaulted: boolean): void {
  if (/^\d/.test(name) && walk.inFunction > 0) return;
  walk.variables.use(name, walk.frame.lineOf(at), defaulted);
}

function visitArithmeticWord(walk: Walk, node: Of<'ArithmeticWord'>): void {
  const parts = node.parts ?? [];
  for (const part of parts) walk.visit(part);
  // What stands in the place of `{{keep}}` while the grammar reads is a value, no variable.
  if (parts.length === 0 && /^[A-Za-z_]/.test(node.value) && !/^x{5,}$/.test(node.value))
    useVariable(walk, withoutIndex(node.value), node.pos, false);
}

function assignedBy(node: ShellArithmetic): string | undefined {
  const target = assignmentTarget(node);
  if (target?.type !== 'ArithmeticWord') return undefined;
  const part = target.parts?.[0];
  const isLiteral = part === undefined || part.type === 'Literal';
  return isLiteral ? withoutIndex(target.value) : expandedName(part);
}

function assignmentTarget(node: ShellArithmetic): ShellArithmetic | undefined {
  if (node.type === 'ArithmeticBinary')
    return /^(?:[-+*/%&|^]|<<|>>)?=$/.test(node.operator) ? node.left : undefined;
  if (node.type === 'ArithmeticUnary')
    return /^(?:\+\+|--)$/.test(node.operator) ? node.operand : undefined;
  return undefined;
}

function withoutIndex(name: string): string {
  return name.replace(/\[.*$/s, '');
}
