import { shellFacts } from '../../engine/shell/facts.ts';
import type { Input, Section } from './script-parts.ts';

/** What the input is called that a variable becomes. */
export const inputNamed = (variable: string): string => variable.toLowerCase();

/** Whether a line asks for what its function, or the script, was called with. */
export const takesArguments = (line: string): boolean =>
  /\$(?:[1-9@*#]|\{#?[1-9@*#])|(?:^|[\s;&|])(?:shift|getopts)\b/.test(line);

/** A line without what stands in single quotes and comments, and without a function that it defines. */
export const outsideOfQuotes = (line: string): string =>
  /^\s*(?:function\s+)?[\w-]+\s*\(\)/.test(line)
    ? ''
    : (line.replace(/'[^']*'/g, '').split(/(?:^|\s)#/, 1)[0] ?? '');

/** `VERSION="${1:-latest}"` and `$1`: arguments become inputs, named after the variable that takes them. */
export function argumentsOf({ lines }: Section, inputs: Map<string, Input>): void {
  const text = lines.join('\n');
  const places = expandedPlaces(text);
  let start = 0;
  for (const [at, line] of lines.entries()) {
    const from = start;
    start += line.length + 1;
    const assigned = /^\s*(?:local\s+|readonly\s+|export\s+)?([A-Za-z_]\w*)="?\$\{?[1-9]/.exec(
      line,
    )?.[1];
    lines[at] = line.replace(
      /\$\{([1-9])(?::?([-?])([^}]*))?\}|\$([1-9])/g,
      (whole, braced, kind, rest, bare, offset) => {
        if (!places.has(from + Number(offset))) return whole;
        const number = String(braced ?? bare);
        const known = [...inputs.values()].find(
          ({ description }) => description === `Argument ${number} of the script`,
        );
        const name =
          known?.name ?? (assigned === undefined ? `argument_${number}` : inputNamed(assigned));
        const fallback = kind === '-' ? String(rest).replace(/^["']|["']$/g, '') : known?.fallback;
        inputs.set(name, { name, description: `Argument ${number} of the script`, fallback });
        return `{{${name}}}`;
      },
    );
  }
}

/** Where a `$` is one of the script itself: not in single quotes (`awk '{print $1}'`), a comment or a function. */
function expandedPlaces(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let quote = '';
  let inside = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const isStart = quote === '' && (at === 0 || /[\s;]/.test(text.charAt(at - 1)));
    if (quote === "'") quote = char === "'" ? '' : quote;
    else if (char === '\\') at += 1;
    else if (char === '"') quote = quote === '"' ? '' : '"';
    else if (char === "'" && quote === '') quote = "'";
    else if (char === '#' && isStart) at = endOfLine(text, at);
    else if (char === '$') {
      if (inside === 0) found.add(at);
      if (text.charAt(at + 1) === '{') at = Math.max(at, text.indexOf('}', at));
    } else if (char === '{' && quote === '' && (inside > 0 || opensFunction(text, at))) inside += 1;
    else if (char === '}' && quote === '' && inside > 0) inside -= 1;
  }
  return found;
}

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

const opensFunction = (text: string, at: number): boolean =>
  /\(\)$/.test(text.slice(Math.max(0, at - 40), at).trimEnd());

/**
 * What follows a question and only ends the script when the answer is no: `[[ $x == y ]] || exit`, or an `if` or `case` that
 * does nothing but say so and leave. `null` when it does more: then nothing of it may be lost.
 */
export function refusalAfter(
  lines: readonly string[],
  asked: number,
  name: string,
): { readonly end: number; readonly uses: number } | null {
  const from = lines.findIndex((line, at) => at > asked && line.trim() !== '');
  const first = lines[from] ?? '';
  const closing = /^\s*if\b/.test(first)
    ? /^\s*fi\b|;\s*fi\s*$/
    : /^\s*case\b/.test(first)
      ? /^\s*esac\b|;\s*esac\s*$/
      : null;
  const end =
    closing === null ? from : lines.findIndex((line, at) => at >= from && closing.test(line));
  if (from < 0 || end < 0) return null;
  const block = lines.slice(from, end + 1);
  const facts = shellFacts(block.join('\n'));
  const leaves = facts.commands.some((command) => LEAVES.has(command.name));
  const saysOnly = facts.commands.every((command) => SAYS.has(command.name));
  if (!leaves || !saysOnly) return null;
  const use = new RegExp(`\\$\\{?${name}\\b`);
  return { end, uses: block.filter((line) => use.test(line)).length };
}

const LEAVES: ReadonlySet<string> = new Set(['exit', 'return']);
const SAYS: ReadonlySet<string> = new Set([
  ...LEAVES,
  'echo',
  'printf',
  '[',
  '[[',
  'test',
  ':',
  'true',
  'false',
]);
