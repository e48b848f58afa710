import type { Code, InlineCode, Nodes, Paragraph } from 'mdast';
import { textOf } from './texts.ts';

/** The language of code that holds TeX; as a fence, GitHub draws it too. */
export const MATH = 'math';

/** A paragraph between two `$$`, or `\[` and `\]`, as a block of math; `undefined` for any other. */
export function displayMath(node: Paragraph, lines: readonly string[]): Code | undefined {
  const text = (asWritten(node, lines) ?? textOf(node)).trim();
  const isDollars = text.startsWith('$$') && text.endsWith('$$');
  const isBrackets = text.startsWith('\\[') && text.endsWith('\\]');
  if (text.length < 5 || !(isDollars || isBrackets)) return undefined;
  const value = text.slice(2, -2).trim();
  if (value === '' || value.includes(isDollars ? '$$' : '\\[')) return undefined;
  if (isBrackets && !isBracketed(value)) return undefined;
  return { type: 'code', lang: MATH, value, ...(node.position ? { position: node.position } : {}) };
}

/**
 * What the page says where a node stands, without the marks of quotes around it: markdown takes `\\` for one stroke,
 * `\{` for a brace and two stars for emphasis, and TeX does not. `undefined` where the node is of another text.
 */
export function asWritten(node: Nodes, lines: readonly string[]): string | undefined {
  const { start, end } = node.position ?? {};
  if (start === undefined || end === undefined) return undefined;
  const own = lines.slice(start.line - 1, end.line);
  own.push((own.pop() ?? '').slice(0, end.column - 1));
  const [first = '', ...others] = own;
  const below = others.map((line) => line.replace(/^[ \t]*(?:>[ \t]?)*/, ''));
  const written = [first.slice(start.column - 1), ...below].join('\n');
  return lettersOf(written) === lettersOf(textOf(node)) ? written : undefined;
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}$]/gu, '');

/** TeX within a line. */
export function inlineMath(value: string): InlineCode {
  return { type: 'inlineCode', value, data: { hProperties: { className: [`language-${MATH}`] } } };
}

/** Whether what stands between two `$` is TeX and no shell variable or price: it has a sign of TeX's. */
export function isMath(text: string): boolean {
  return (
    /^[^\s$]/.test(text) &&
    !/^\{[A-Za-z_]\w*[}:]/.test(text) &&
    /[^\s\\]$/.test(text) &&
    /\\[a-zA-Z]|[_^]\{|[_^]\w|[=<>+]/.test(text)
  );
}

/** Whether what stands between `\(` and `\)` is TeX and no group of a pattern, of `find` or of a test: `\\( -name x \)`. */
export function isBracketed(text: string): boolean {
  return (
    /\\[a-zA-Z]|[_^]|[=<>+]/.test(text) && !/(?:^|\s)-{1,2}[a-z]+(?:\s|$)|\\[|.?*(]|"/.test(text)
  );
}

/** TeX as MathML; `undefined` when it is none. Nothing in it is a link, a style or a script. */
export async function mathMl(tex: string, display: boolean): Promise<string | undefined> {
  const { default: temml } = await import('temml');
  try {
    const html = temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      maxExpand: 500,
      maxSize: [20, 20],
    });
    // A page's policy lets no style of an element through.
    return html.replace(/ style="[^"]*"/g, '');
  } catch {
    return undefined;
  }
}
