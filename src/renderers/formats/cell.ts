import { safeText } from '../../engine/model/safe-text.ts';

const SPELLED: Readonly<Record<string, string>> = {
  '\\': '&#92;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  $: '&#36;',
};
/** What GitHub turns into a link, a mention or a picture without any markup; a comment keeps it apart. */
const JOINTS =
  /(?<=\w):(?=\/\/)|(?<=www)\.|(?<=mailto|xmpp):|@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)|:(?=[\w+-]+:)/gi;

/**
 * Untrusted text as a cell of a markdown table, or as a piece of one line of markdown: every character
 * that could be markup is spelled so that it is only read. Newlines become ` ⏎ `.
 */
export function cell(text: string): string {
  return safeText(text)
    .trim()
    .replace(/[\s⏎]*\n[\s⏎]*/g, ' ⏎ ')
    .replace(/\s/g, ' ')
    .replace(JOINTS, '$&\u0000')
    .replace(/[\\&<>$]/g, (character) => SPELLED[character] ?? character)
    .replace(/[|`*_~[\]{}()!#+=-]/g, (character) => `\\${character}`)
    .replaceAll('\u0000', '<!-- -->');
}
