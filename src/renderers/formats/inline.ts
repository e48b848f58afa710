import { safeText } from '../../text/safe-text.ts';

/** Text of which nothing is markup anywhere in a paragraph: letters, figures, spaces and tame punctuation. */
const HARMLESS_ASCII = /^[A-Za-z0-9][A-Za-z0-9 ,.;:()'/%+=?"-]*$/;
/** The same in any script; a hundred times slower to get ready. */
const HARMLESS = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ,.;:()'/%+=?"-]*$/u;
const NOT_ASCII = /[\u0080-\uffff]/;
/** What GitHub turns into links or pictures without any markup. */
const TURNS_INTO = /www\.|:\/\/|:[\w+-]+:|(?:mailto|xmpp):|\bGH-\d/i;
const MOST_CHARACTERS = 4000;

/**
 * Untrusted text as a piece of one markdown line. What could not be markup is left as it is; everything else becomes
 * inline code that nothing inside can close. Newlines become ` ⏎ `; more than 4,000 characters are cut with `…`.
 */
export function inline(text: string): string {
  const line = oneLine(text);
  const tame = HARMLESS_ASCII.test(line) || (NOT_ASCII.test(line) && HARMLESS.test(line));
  return tame && !TURNS_INTO.test(line) ? line : codeSpan(line);
}

/** Untrusted text as inline code, delimited by more backticks than any run inside has. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const ticks = '`'.repeat(longestRun(line, '`') + 1);
  const pad = /^`|`$|^ .* $|^ *$/.test(line) ? ' ' : '';
  return line === '' ? '(empty)' : `${ticks}${pad}${line}${pad}${ticks}`;
}

/** Length of the longest run of a character. */
export function longestRun(text: string, character: string): number {
  if (!text.includes(character)) return 0;
  let longest = 0;
  let current = 0;
  for (const each of text) {
    current = each === character ? current + 1 : 0;
    if (current > longest) longest = current;
  }
  return longest;
}

function oneLine(text: string): string {
  const line = safeText(text)
    .trim()
    .replace(/(?<!\s)\s*\n\s*/g, ' ⏎ ')
    .replace(/\t/g, ' ');
  const characters = line.length > MOST_CHARACTERS ? [...line] : [];
  return characters.length > MOST_CHARACTERS
    ? `${characters.slice(0, MOST_CHARACTERS).join('')}…`
    : line;
}
