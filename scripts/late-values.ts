import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { neededWords } from './needed-words.ts';

/**
 * What a module holds in constants that nobody else has, as a program that starts often wants it: a regular expression,
 * or a list or set with some in it, is made where it is first used, and not when the module is loaded; so is one that is a
 * field of what a module holds. V8 looks up every `\p{L}` when it makes one: those of the packs of 38 languages and of
 * all that reads pages cost 20 ms of the 256 that a new page of one small step took.
 *
 * What is only asked whether it matches is not even made before a text has a word in it that it needs (`needing.ts`).
 */
export function lateValues(file: string, code: string): string {
  const { program, errors } = parseSync(file, code);
  if (errors[0]) throw new Error(`${file} is no program: ${errors[0].message}`);
  const nodes = allOf(program);
  const late = [...lateConstants(nodes), ...lateFields(nodes), ...askedInPassing(nodes)];
  if (late.length === 0) return code;
  const changed = late
    .flatMap(({ changes }) => changes)
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end, now }) => text.slice(0, start) + now + text.slice(end), code);
  const needing = changed.includes('needing$late(') ? NEEDING : '';
  return `${needing}let ${late.map(({ held }) => held)};${changed}`;
}

const NEEDING = `import{needing as needing$late}from${JSON.stringify(
  path.join(import.meta.dirname, '../src/text/needing.ts'),
)};`;

interface Late {
  /** The variable that keeps what was made. */
  readonly held: string;
  readonly changes: readonly Change[];
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly now: string;
}

/** A part of a program, with what it stands in, and as which part of that. */
interface Node extends Part {
  readonly in: Node | undefined;
  readonly as: string;
}

interface Part {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

function allOf(program: object): readonly Node[] {
  const nodes: Node[] = [];
  const walk = (value: unknown, above: Node | undefined, as: string): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, above, as);
    if (!isNode(value)) return;
    const node: Node = { ...value, in: above, as };
    nodes.push(node);
    for (const [part, each] of Object.entries(value)) walk(each, node, part);
  };
  walk(program, undefined, '');
  return nodes;
}

const isNode = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;

/** `const VERB = /^run/;` becomes what answers it, and whatever reads it asks. */
function lateConstants(nodes: readonly Node[]): readonly Late[] {
  const names = Map.groupBy(nodes.filter(isVariable), ({ name }) => String(name));
  return nodes.filter(isOwnConstant).flatMap(({ id, init }) => {
    if (!isNode(id) || !isNode(init) || !isPlain(init) || !holdsExpression(init)) return [];
    const name = String(id['name']);
    const uses = (names.get(name) ?? []).filter(({ start }) => start !== id.start);
    if (!uses.every(isRead)) return [];
    const held = `${name}$late`;
    const asked = uses.every(isAsked) ? asking(init) : null;
    if (asked !== null) return [{ held, changes: [{ ...spanOf(init), now: asked }] }];
    const reads = uses.map(({ start, end, in: around }) => ({
      start,
      end,
      now: around?.['shorthand'] === true ? `${name}:${name}()` : `${name}()`,
    }));
    return [
      { held, changes: [{ start: init.start, end: init.start, now: `()=>${held}??=` }, ...reads] },
    ];
  });
}

/** One of the module itself, which it does not export. */
const isOwnConstant = ({ type, in: declaration }: Node): boolean =>
  type === 'VariableDeclarator' &&
  declaration?.['kind'] === 'const' &&
  declaration.in?.type === 'Program';

/** What says the same whenever it is made: words, expressions, and lists and sets of them. */
function isPlain(node: unknown): boolean {
  if (!isNode(node)) return false;
  const { type, elements, expressions, arguments: given, callee } = node;
  if (type === 'Literal') return true;
  if (type === 'ArrayExpression') return arePlain(elements);
  if (type === 'TemplateLiteral') return arePlain(expressions);
  const makes = isNode(callee) ? callee : undefined;
  if (type === 'NewExpression') return SETS.includes(String(makes?.['name'])) && arePlain(given);
  const does = makes?.['property'];
  const isSplit = isNode(does) && does['name'] === 'split' && isPlain(makes?.['object']);
  return type === 'CallExpression' && isSplit && arePlain(given);
}

const arePlain = (nodes: unknown): boolean => Array.isArray(nodes) && nodes.every(isPlain);

const SETS: readonly string[] = ['Set', 'Map'];

function holdsExpression(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(holdsExpression);
  if (!isNode(node)) return false;
  return node['regex'] !== undefined || Object.values(node).some(holdsExpression);
}

/** A name that is not only one of a member. */
const isVariable = ({ type, as, in: around }: Node): boolean =>
  type === 'Identifier' && (!['key', 'property'].includes(as) || around?.['computed'] === true);

/** It stands for its value: it is neither bound anew, nor part of a type or of what is exported. */
function isRead({ as, in: around }: Node): boolean {
  const type = around?.type ?? '';
  if (type === 'MemberExpression') return true;
  if (type === 'Property') return as === 'value' && around?.in?.type === 'ObjectExpression';
  return READING.some(([where, ...parts]) => where === type && parts.includes(as));
}

/** Where a name is read, by what stands around it; anything else is left alone. */
const READING: readonly (readonly string[])[] = [
  ['CallExpression', 'arguments'],
  ['NewExpression', 'arguments'],
  ['ArrayExpression', 'elements'],
  ['SpreadElement', 'argument'],
  ['ConditionalExpression', 'test', 'consequent', 'alternate'],
  ['LogicalExpression', 'left', 'right'],
  ['BinaryExpression', 'left', 'right'],
  ['ArrowFunctionExpression', 'body'],
  ['ReturnStatement', 'argument'],
  ['VariableDeclarator', 'init'],
  ['ForOfStatement', 'right'],
  ['TemplateLiteral', 'expressions'],
];

/** `/^run/.test(text)`, wherever it stands. */
function askedInPassing(nodes: readonly Node[]): readonly Late[] {
  return nodes.filter(isAsked).flatMap((node, at) => {
    const asked = asking(node);
    const held = `asked$late${at}`;
    const now = `(${held}??=${asked})`;
    return asked === null ? [] : [{ held, changes: [{ ...spanOf(node), now }] }];
  });
}

/** The object of `.test(…)` or `.exec(…)`. */
function isAsked({ as, in: member }: Node): boolean {
  const does = member?.['property'];
  return (
    as === 'object' &&
    member?.as === 'callee' &&
    isNode(does) &&
    ['test', 'exec'].includes(String(does['name']))
  );
}

/** What makes a short one costs less than to look for its words. */
const SHORT = 50;

/** An expression that is made where a word of it stands; `null` where that would be no gain. */
function asking({ regex, raw }: Part): string | null {
  if (!isExpression(regex) || regex.pattern.length < SHORT) return null;
  const words = neededWords(regex.pattern, regex.flags);
  if (words === null) return null;
  return `needing$late(${JSON.stringify(words)},()=>${raw},${regex.flags.includes('i')})`;
}

const isExpression = (value: unknown): value is { pattern: string; flags: string } =>
  typeof value === 'object' && value !== null && 'pattern' in value;

const spanOf = ({ start, end }: Part): { start: number; end: number } => ({ start, end });

/** `{ tells: /^run/ }` in what a module holds becomes a field that is made when it is asked for. */
function lateFields(nodes: readonly Node[]): readonly Late[] {
  return nodes.filter(isHeldField).map(({ start, end, key, value }, at) => {
    const held = `field$late${at}`;
    const name = isNode(key) ? String(key['name']) : '';
    const made = isNode(value) ? String(value['raw']) : '';
    return { held, changes: [{ start, end, now: `get ${name}(){return ${held}??=${made}}` }] };
  });
}

function isHeldField({ type, key, value, computed, in: around }: Node): boolean {
  if (type !== 'Property' || computed === true || !isNode(key) || key.type !== 'Identifier')
    return false;
  return isNode(value) && value['regex'] !== undefined && isHeld(around);
}

/** An object that is the value of one of the module's constants, or stands in one. */
function isHeld(node: Node | undefined): boolean {
  if (node?.type === 'Property') return isHeld(node.in);
  if (node !== undefined && WRAPPING.includes(node.type)) return isHeld(node.in);
  const { in: declaration } = node ?? {};
  const above = declaration?.in?.type;
  return (
    node?.type === 'VariableDeclarator' &&
    declaration?.['kind'] === 'const' &&
    (above === 'Program' || above === 'ExportNamedDeclaration')
  );
}

const WRAPPING: readonly string[] = ['ObjectExpression', 'ArrayExpression', 'TSAsExpression'];
