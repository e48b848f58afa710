import { labelled } from './boxes.ts';

/** A line that is a tag or shortcode and nothing else. */
export interface Tag {
  /** The line as markdown; `''` when it is only taken out. */
  readonly said: string;
  /** Text that may be indented begins behind it, up to the tag that closes it. */
  readonly opens?: boolean;
  readonly closes?: boolean;
  /** Colons that close it stand on a line of their own. */
  readonly colons?: true;
  /** What ends the code, or the long tag, that it begins. */
  readonly until?: RegExp;
  /** The file whose text another tool puts here. */
  readonly takesIn?: string;
}

const JSX = /^[ \t]*<(\/?)([A-Z][a-z]\w*(?:\.[A-Z]\w*)?)(?![\w.])([^<>]*)(?:(>)[ \t]*)?$/;

/** Tags whose label says what the text in them is for. */
const LABELLED =
  /^(?:Tab|Tabs\.Tab|TabItem|TabPanel|Step|Accordion|AccordionItem|Expandable|Collapse|Details|Card)$/i;

/** What their labels are for ends with them. */
const ENDS_LABEL = /^(?:Steps|Accordion|AccordionItem|Expandable|Collapse|Details)$/i;

/** Tags of MDX alone on their line; `undefined` for any other. */
export function jsx(line: string): Tag | undefined {
  const tags = tagsOn(line);
  if (tags.length === 1) return oneTag(line);
  const read = tags.map((tag) => oneTag(tag) ?? { said: '' });
  const opens = read.filter((tag) => tag.opens).length;
  const closes = read.filter((tag) => tag.closes).length;
  const said = read.findLast((tag) => tag.said !== '')?.said ?? '';
  return {
    said,
    ...(opens > closes ? { opens: true } : {}),
    ...(closes > opens ? { closes: true } : {}),
  };
}

/** The tags of a line that is nothing but tags of MDX: `<Tabs><TabItem label="Debian">`; the line itself for any other. */
export function tagsOn(line: string): readonly string[] {
  const text = line.trim();
  if (!/^<\/?[A-Z]/.test(text) || text.length > MOST_CHARS || !text.includes('><')) return [line];
  const tags = text.split(/(?<=>)(?=<\/?[A-Z])/);
  return tags.every((tag) => JSX.test(tag)) ? tags : [line];
}

const MOST_CHARS = 1000;

function oneTag(line: string): Tag | undefined {
  const match = JSX.exec(line);
  if (!match) return undefined;
  const [, slash, name = '', rest = '', end] = match;
  const isLabelled = LABELLED.test(name);
  if (slash) return { said: ENDS_LABEL.test(name) ? '***' : '', closes: isLabelled };
  if (
    !isLabelled &&
    rest.trim() === '' &&
    !/^(?:Tabs|Steps|CodeGroup|Cards|Note|Tip|Info|Warning)$/.test(name)
  ) {
    return undefined;
  }
  if (end === '') return { said: '', until: /\/?>[ \t]*$/ };
  const selfClosing = /\/\s*$/.test(rest);
  return isLabelled && !selfClosing
    ? { said: labelled(attribute(rest)), opens: true }
    : { said: shownBy(rest) };
}

/** What a tag or shortcode calls what is in it. */
export function attribute(rest: string): string {
  const named = (name: string): string | undefined => {
    const match = new RegExp(`\\b${name}=(?:"([^"]*)"|'([^']*)'|\\{["']([^"']*)["']\\})`).exec(
      rest,
    );
    return match?.[1] ?? match?.[2] ?? match?.[3];
  };
  return (
    named('label') ?? named('title') ?? named('name') ?? named('header') ?? named('value') ?? ''
  );
}

/** What a tag or shortcode shows of its attributes, as plain words. */
export function shownBy(attributes: string): string {
  const words = [...attributes.matchAll(SHOWN)].map((match) =>
    (match[1] ?? match[2] ?? match[3] ?? '').trim(),
  );
  const said = words.filter((word) => word !== '').join(': ');
  // What would begin a block of its own is left to the tool.
  return /^[\p{L}\p{N}]/u.test(said) && !/^\d+[.)]/.test(said) ? said : '';
}

const SHOWN =
  /(?<![\w-])(?:title|description|caption|summary|text|alt)=(?:"([^"]*)"|'([^']*)'|\{["']([^"']*)["']\})/g;

/** The component that a line opens and does no more than that: what a name in its place would look like, too. */
export const opensComponent = (line: string): string | undefined =>
  /^[ \t]*<([A-Z][a-z]\w*(?:\.[A-Z]\w*)?)>[ \t]*$/.exec(line)?.[1];

/** The component that a line closes and does no more than that. */
export const closesComponent = (line: string): string | undefined =>
  /^[ \t>]*<\/([A-Z][a-z]\w*(?:\.[A-Z]\w*)?)>[ \t]*$/.exec(line)?.[1];

/**
 * A line that begins with a component and the words in it, without its tags: to markdown `<Aside>` would begin HTML, which
 * goes on to the next blank line. `undefined` for any other, and for tabs, whose labels are said elsewhere.
 */
export function withoutComponent(line: string): string | undefined {
  const [whole, before = '', name = '', rest = ''] =
    /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)<([A-Z][a-z]\w*(?:\.[A-Z]\w*)?)((?:[ \t][^<>]*)?)>/.exec(
      line,
    ) ?? [];
  if (whole === undefined || LABELLED.test(name) || rest.endsWith('/')) return undefined;
  const close = `</${name}>`;
  const end = line.indexOf(close, whole.length);
  const inner = line.slice(whole.length, end).trim();
  if (end < 0 || !/^(?!\d{1,9}[.)])[^\s#>|=~:+-]/.test(inner) || /^\*\s|^```/.test(inner))
    return undefined;
  const said = shownBy(rest);
  return `${before}${said === '' ? '' : `${said}: `}${inner}${line.slice(end + close.length)}`;
}

/** Where a tag that goes on over some lines ends. */
export const TAG_END = /\/?>[ \t]*$/;

/** As far as what belongs to a tag is looked for. */
export const MOST_LINES = 60;

/** A tag that goes on over some lines, on one, and its last line. */
export function wholeTag(
  lines: readonly string[],
  index: number,
  text: string,
): { readonly text: string; readonly last: number } {
  if (!/^[ \t]*<[A-Z][\w.]*(?:[ \t][^<>]*)?$/.test(text)) return { text, last: index };
  const end = Math.min(lines.length, index + MOST_LINES);
  let whole = text;
  for (let at = index + 1; at < end; at += 1) {
    const line = (lines[at] ?? '').replace(/^[ \t>]+(?=[^ \t>])/, '').trim();
    whole += ` ${line}`;
    if (TAG_END.test(line)) return { text: whole, last: at };
    if (line === '' || /[<>]/.test(line)) break;
  }
  return { text, last: index };
}

/** A step that holds words alone: an item of a list that counts, which is something to do as any such item is. */
export function isToldOnly(
  lines: readonly string[],
  index: number,
  text: string,
  tag: Tag,
): boolean {
  if (!tag.opens || tag.said === '' || !/^\s*<Step[\s>]/.test(text)) return false;
  for (let at = index + 1; at < Math.min(lines.length, index + MOST_LINES); at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line.startsWith('</Step>')) return true;
    if (/^(?:[`~]{3}|[-*+#|<:]|\d{1,9}[.)])/.test(line)) return false;
  }
  return false;
}

const NAME = String.raw`[A-Za-z$_][\w$]{0,80}`;
const MODULE = new RegExp(
  [
    String.raw`^export[ \t]+(?:(?:const|let|var)[ \t]+[\w$[{][^=\n]{0,300}=(?:[ \t]|$)`,
    String.raw`default[ \t]*(?:[({[]|(?:async[ \t]+)?function\b[ \t*]{0,3}(?:${NAME})?\(|${NAME}[ \t]*(?:;|\()|[A-Z][\w$.]*$)`,
    String.raw`(?:async[ \t]+)?function[ \t*]+${NAME}[ \t]*\(|class[ \t]+[A-Z][^{\n]{0,200}\{|\{)`,
    String.raw`^import[ \t]+(?:${NAME}[ \t]*,[ \t]*)?\{[^}]*$`,
  ].join('|'),
);

/**
 * The last line of what MDX takes for a program and never shows (`export const REGION = {` to its bracket, an import over some lines);
 * `undefined` where none begins, or does not end.
 */
export function moduleEnd(lines: readonly string[], index: number): number | undefined {
  if (!MODULE.test(lines[index] ?? '')) return undefined;
  let depth = 0;
  for (let at = index; at < Math.min(lines.length, index + MOST_LINES); at += 1) {
    const bare = withoutStrings(lines[at] ?? '');
    depth += openedIn(bare);
    if (depth < 0) return undefined;
    if (depth === 0 && !/(?:=|=>|\?|:|\|\||&&|,)[ \t]*$/.test(bare)) return at;
  }
  return undefined;
}

/** How many brackets more a line opens than it closes. */
function openedIn(line: string): number {
  let depth = 0;
  for (const sign of line) {
    if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
  }
  return depth;
}

/** A line of a program without what stands in quotes, and without a remark at its end. */
function withoutStrings(line: string): string {
  let said = '';
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (quote !== '') {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (`"'\``.includes(sign)) quote = sign;
    else if (sign === '/' && line.charAt(at + 1) === '/') break;
    else said += sign;
  }
  return said;
}
