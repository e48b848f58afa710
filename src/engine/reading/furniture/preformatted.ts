/** Preformatted text of HTML, as a fence would hold it. */
export interface Preformatted {
  readonly text: string;
  /** What its class says: `language-bash`, `terminal`; `''` when it says nothing. */
  readonly language: string;
  /** Lines of the tag above the text's first line. */
  readonly above: number;
}

const OPEN = /^\s*<pre\b([^>]*)>\s*(?:<code\b([^>]*)>)?(\n?)/i;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
};

/** Reads a `<pre>` block; `undefined` when the HTML is something else. */
export function preformatted(html: string): Preformatted | undefined {
  const open = OPEN.exec(html);
  const end = html.search(/<\/pre\s*>/i);
  if (!open || end < 0) return undefined;
  const [head, outer = '', inner = ''] = open;
  const raw = html.slice(head.length, end).replace(/<\/code>\s*$/i, '');
  const text = raw
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(
      /&(lt|gt|amp|quot|apos|nbsp|#39|#x27);/gi,
      (whole, entity: string) => ENTITIES[entity.toLowerCase()] ?? whole,
    )
    .replace(/(?<!\n)\n+$/, '');
  const name =
    /\b(?:language|lang|highlight-source|brush)[-:= ]+"?([\w+-]+)/i.exec(outer + inner)?.[1] ?? '';
  return { text, language: name.toLowerCase(), above: head.split('\n').length - 1 };
}
