import { maskSpans } from '../../text/spans.ts';
import { type ShellNode, shellGrammar } from './grammar.ts';
import { wildCandidates } from './wild.ts';

/** What the grammar says of a text that only lacks its end; bash would show its second prompt. */
const UNFINISHED =
  /^(?:unterminated |expected '[^']{1,8}' to close |expected '(?:do|then|in)'|expected command in |expected compound command )/;

/** Whether bash, handed this text at its prompt, would wait for another line: an open quote, a here-document, `\`, `|`, `do`. */
export function readsOn(text: string): boolean {
  if (endsInBackslash(text)) return true;
  const script = shellGrammar.parse(maskSpans(text, wildCandidates(text)));
  const errors = script.errors ?? [];
  const isUnfinished = errors.some(({ message, pos }) => isOpenEnd(message, text.slice(pos)));
  if (isUnfinished) return !errors.some(({ message }) => message.startsWith('unexpected token'));
  return errors.length === 0 && hasOpenHereDocument(script);
}

/** Whether a here-document stands open at the end of a text. */
export function inHereDocument(text: string): boolean {
  return text.includes('<<') && hasOpenHereDocument(shellGrammar.parse(text));
}

function isOpenEnd(message: string, rest: string): boolean {
  if (UNFINISHED.test(message)) return true;
  return message.startsWith('expected command after ') && /^[|&a-z]{0,5}\s*$/.test(rest);
}

function endsInBackslash(text: string): boolean {
  let count = 0;
  while (text[text.length - 1 - count] === '\\') count += 1;
  if (count % 2 === 0) return false;
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return !/^\s*#/.test(line);
}

function hasOpenHereDocument(node: ShellNode): boolean {
  if (node.type === 'HereDoc') return node.closing === undefined;
  let found = false;
  shellGrammar.forEachChild(node, (child) => {
    found ||= hasOpenHereDocument(child);
  });
  return found;
}
