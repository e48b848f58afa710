/** A value as far as it may be shown. */
export interface Sayable {
  readonly value: string;
  readonly secret: boolean;
}

const HOLE = /\{\{(?!\{)([A-Za-z_][\w.-]{0,127})\}\}/g;
const MAX_CHARS = 2000;

/** A text of one line with its inputs said: `{{name}}` as its value, a secret as `***`. What has no value stays. */
export function sayValues(text: string, valueFor: (name: string) => Sayable | undefined): string {
  return filled(text, valueFor, (value) => value);
}

/** One line of markdown with its inputs said, each as `written` writes it: no value can be more than text there. */
export function sayInMarkdown(
  line: string,
  valueFor: (name: string) => Sayable | undefined,
  written: (value: string) => string = escaped,
): string {
  if (!line.includes('{{')) return line;
  return line
    .split(/((?<!`)`+[^`]+`+)/)
    .map((piece, at) =>
      at % 2 === 1
        ? filled(piece, valueFor, (value) => (value.includes('`') ? null : value))
        : filled(piece, valueFor, written),
    )
    .join('');
}

const escaped = (value: string): string => value.replace(/[\\`*_{}[\]<>#|!~&$:@]/g, '\\$&');

/** Markdown of many lines with its inputs said; fences stay as they are. */
export function sayInPage(
  markdown: string,
  valueFor: (name: string) => Sayable | undefined,
): string {
  if (!markdown.includes('{{')) return markdown;
  let fence = '';
  return markdown
    .split('\n')
    .map((line) => {
      const mark = /^[\s>]*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
      const isMark = mark !== '' && (fence === '' || mark.startsWith(fence));
      if (isMark) fence = fence === '' ? mark : '';
      return isMark || fence !== '' ? line : sayInMarkdown(line, valueFor);
    })
    .join('\n');
}

function filled(
  text: string,
  valueFor: (name: string) => Sayable | undefined,
  written: (value: string) => string | null,
): string {
  if (!text.includes('{{')) return text;
  return text.replace(HOLE, (hole, name: string) => {
    const known = valueFor(name);
    if (known === undefined) return hole;
    if (known.secret) return '***';
    const plain = known.value.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, MAX_CHARS);
    return written(plain) ?? hole;
  });
}
