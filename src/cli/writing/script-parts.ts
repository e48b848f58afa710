import { shellFacts } from '../../engine/shell/facts.ts';

/** An input that the script turns out to need. */
export interface Input {
  readonly name: string;
  readonly description: string;
  readonly fallback: string | undefined;
  readonly secret?: boolean | undefined;
}

/** A part of the script under one heading. */
export interface Section {
  title: string;
  readonly role: 'main' | 'rollback' | 'cleanup';
  /** Prose before its fence, or an item for a person. */
  readonly prose: string[];
  readonly lines: string[];
}

const FUNCTION = /^(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)\s*\{\s*$/;

/** Whether nothing of it is a command. */
export const isBlank = ({ lines }: Section): boolean => lines.every((line) => line.trim() === '');

/** A section that nothing stands in yet. */
export function section(title: string, role: Section['role']): Section {
  return { title, role, prose: [], lines: [] };
}

/** Functions at the left margin with their bodies, and the lines without them. */
export function takeFunctions(lines: readonly string[]): {
  readonly functions: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
} {
  const functions = new Map<string, readonly string[]>();
  const rest: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const name = FUNCTION.exec(lines[at] ?? '')?.[1];
    const end =
      name === undefined
        ? -1
        : lines.findIndex((line, index) => index > at && /^\}\s*$/.test(line));
    if (name === undefined || end < 0) {
      rest.push(lines[at] ?? '');
      continue;
    }
    while (/^#(?!!)/.test(rest.at(-1) ?? '')) rest.pop();
    functions.set(name, dedented(lines.slice(at + 1, end)));
    at = end;
  }
  return { functions, rest };
}

function dedented(lines: readonly string[]): readonly string[] {
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...depths, 40);
  return lines.map((line) => line.slice(Math.min(depth, /^\s*/.exec(line)?.[0].length ?? 0)));
}

/** How often a function is called. */
export function callsOf(name: string, rest: readonly string[]): number {
  const pattern = new RegExp(`(?:^|[\\s;&|(])${name}(?=$|[\\s;&|)])`);
  return rest.filter((line) => pattern.test(line) && !/^\s*(?:trap|#)/.test(line)).length;
}

/** What a trap does: its function's body, or its commands. Leaving the script is not part of it. */
export function bodyOf(
  command: string,
  functions: ReadonlyMap<string, readonly string[]>,
): string[] {
  const isQuoted = /["'\\({]/.test(command);
  const lines = isQuoted ? [command] : command.split(';').map((one) => one.trim());
  const called = lines.flatMap((one) => outsideOfFunction(functions.get(one.trim()) ?? [one]));
  while (/^\s*(?:(?:exit|return)\b.*)?$/.test(called.at(-1) ?? 'end')) called.pop();
  return called;
}

/** A body that stands in no function any more: nothing in it is local. */
export function outsideOfFunction(body: readonly string[]): readonly string[] {
  return body
    .filter((one) => !/^\s*local(?:\s+-\w+)?(?:\s+\w+)+\s*$/.test(one))
    .map((one) => one.replace(/^(\s*)local\s+(?:-\w+\s+)?(?=\w)/, '$1'));
}

/** No block, quote or here-document is open: here the script can be cut. */
export function isWhole(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  return text.trim() === '' || shellFacts(text).wellFormed;
}

/** What a comment at the left margin says, without the rules drawn around it; `undefined`: it says nothing. */
export function titleIn(line: string): string | undefined {
  if (!line.startsWith('#')) return undefined;
  const bare = trimmedOf(line, '#-=*~_+ \t');
  return bare === '' ? undefined : bare;
}

/** Whether a line is drawn around a title. */
export const isRule = (line: string): boolean =>
  line.startsWith('#') && titleIn(line) === undefined;

/** A text without those characters at its ends. */
function trimmedOf(text: string, characters: string): string {
  let [from, to] = [0, text.length];
  while (from < to && characters.includes(text.charAt(from))) from += 1;
  while (to > from && characters.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** The comment lines from there on, without their marks. */
export function takeWhileComment(lines: readonly string[], from: number): readonly string[] {
  const found: string[] = [];
  for (let at = from; /^#(?!!)/.test(lines[at] ?? ''); at += 1)
    found.push((lines[at] ?? '').replace(/^#+\s?/, '').trimEnd());
  return found;
}

const LETTERS: Readonly<Record<string, string>> = { e: 'errexit', u: 'nounset', E: 'errtrace' };
const KNOWN = new Set([...Object.values(LETTERS), 'pipefail']);

/** What a line sets for all that follows it, where it does nothing else and the frontmatter has a word for all of it. */
export function optionsOf(line: string): readonly string[] | null {
  const [command, ...words] = (line.split(/(?:^|\s)#/, 1)[0] ?? '').trim().split(/\s+/);
  if (command !== 'set' || words.length === 0) return null;
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const letters = /^-([eEu]*)(o?)$/.exec(words[at] ?? '');
    if (letters === null) return null;
    found.push(...[...(letters[1] ?? '')].map((letter) => LETTERS[letter] ?? letter));
    if (letters[2] !== 'o') continue;
    at += 1;
    found.push(words[at] ?? '');
  }
  return found.every((one) => KNOWN.has(one)) ? found : null;
}

/** The frontmatter's words for it: a shell is not as strict by itself as a runbook. */
export const settingsOf = (options: ReadonlySet<string>): readonly string[] => [
  ...['errexit', 'pipefail'].flatMap((one) => (options.has(one) ? [] : [`${one}: false`])),
  ...(options.has('nounset') ? ['nounset: true'] : []),
];

export const hasBegun = (sections: readonly Section[]): boolean =>
  shellFacts(sections.flatMap(({ lines }) => lines).join('\n')).commands.length > 0;

export const isEnd = (lines: readonly string[]): boolean =>
  lines.every((one) => /^\s*(?:#.*)?$/.test(one));

export const inItsStepAlone = (line: string): string =>
  `\`${line.trim()}\` holds for the rest of its own step, not for those below: \`shell:\` in the frontmatter says what holds for all.`;

const LEAVES =
  /(?:^|[;&|{(]|\b(?:then|else|do)\s)\s*exit(?:\s+(?:0|"?\$\?"?))?\s*(?:[;&|})#]|$)|\)\s*exit\b/;

/** Functions that end a script that has not failed. */
export const leaversOf = (functions: ReadonlyMap<string, readonly string[]>): readonly string[] =>
  [...functions].flatMap(([name, body]) => (body.some((one) => LEAVES.test(one)) ? [name] : []));

/**
 * Whether a script may end here without having failed: `exit` ends a step alone, so what is behind it stays in that step.
 * What only an option leads to does not count: a runbook is given none.
 */
export function leavesEarly(lines: readonly string[], leavers: readonly string[]): boolean {
  const words = new Set(leavers);
  const leaves = (line: string): boolean =>
    LEAVES.test(line) || (words.size > 0 && line.split(/[^\w-]+/).some((one) => words.has(one)));
  if (!lines.some(leaves)) return false;
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (!isWhole(block)) continue;
    if (!/\bgetopts\b|\$#/.test(block[0] ?? '') && block.some(leaves)) return true;
    block = [];
  }
  return block.some(leaves);
}
