import { labelled } from './boxes.ts';
import { attribute, jsx, shownBy, type Tag } from './components.ts';

const HUGO =
  /^[ \t]*\{\{[<%][ \t]*(?:(\/)[ \t]*)?([\w-][\w/-]*)((?:[^<>%\w/-][^<>%]*)?)[%>]\}\}[ \t]*$/;

const LIQUID = /^[ \t]*\{%-?[ \t]*([\w-]+)((?:[^%\w-][^%]*)?)%\}[ \t]*$/;

const COLONS =
  /^[ \t]*:{3,}[ \t]*(?:\{(tab-item|tab-set|tab|tabs)\}|(tab-item|tab-set|tabs|code-group|tab))?[ \t]*([^\n{}]*)$/;

const IMPORT = /^import\s[^'"]*from\s+['"][^'"]+['"];?\s*$|^import\s+['"][^'"]+['"];?\s*$/;
/** Lines that their tools never show: comments of Obsidian, settings of Org, the tags of a note of HackMD. */
const UNSEEN = /^(?:%%[^%]{1,2000}%%|#\+[a-z_]{2,30}:.*|#{4,6}[ \t]+tags?[ \t]*:[ \t].*)$/i;

/** A file of text as one word, quoted or not; of pages made of HTML nobody wants steps. */
const TEXT_FILE =
  /(?:^|[\s"'(=])([^\s"'()=:]{1,300}\.(?:mdx?|markdown|mdown|txt|rst|inc|part))(?=$|[\s"')#:?]|-->)/i;
/** Lines that other tools put a file's text in the place of, whatever their marks are: all have a word or sign for it. */
const TAKES_IN =
  /^[ \t]*(?:-{1,6}8<-{1,6}[ \t]|\{\{[<%][ \t]*[\w/-]*(?:include|readfile|snippet|content|import|embed)|\{%-?[ \t]*(?:include|render)|@include[(:]|@\[code|<!--[ \t]*@?include|\[!INCLUDE\b|include::|import\s+[A-Z]\w*\s+from\s)/i;

/** The file that a line is the place of, for another tool to put its text there; `undefined` for any other line. */
function takenInBy(line: string): string | undefined {
  if (line.length > 1000 || !TAKES_IN.test(line)) return undefined;
  return TEXT_FILE.exec(line)?.[1];
}

/** Reads a line that is furniture of MDX, Hugo, Jekyll, GitBook, VuePress or MyST; `undefined` for any other. */
export function tagOf(line: string): Tag | undefined {
  const takesIn = takenInBy(line);
  const tag = otherTagOf(line);
  if (takesIn === undefined) return tag;
  return { said: tag?.said ?? (line.includes('8<') ? '' : line.trim()), takesIn };
}

function otherTagOf(line: string): Tag | undefined {
  const trimmed = line.trim();
  const comment = /^\{\/\*([^{}]*)\*\/\}$/.exec(trimmed)?.[1];
  // MDX has no other comments for what is said to us.
  if (comment !== undefined)
    return {
      said: /^\s*handrail\s*:/i.test(comment) ? `<!--${comment.replace(/--+/g, '')}-->` : '',
    };
  if (trimmed.startsWith('<')) return jsx(line);
  if (trimmed.startsWith('{{')) return hugo(line);
  if (trimmed.startsWith('{%')) return liquid(line);
  if (/^\{:[^{}]*\}$/.test(trimmed)) return { said: '' };
  if (UNSEEN.test(trimmed)) return { said: '' };
  if (IMPORT.test(line)) return { said: '' };
  const tab = /^[ \t]*@tab(?::active)?[ \t]+(\S.*)$/.exec(line);
  if (tab) return { said: labelled(tab[1] ?? '') };
  return colons(line);
}

/**
 * `[source,bash]` over `----` as AsciiDoc has it, `{code:bash}` of a wiki, `#+BEGIN_SRC bash` of Org,
 * `:::{code-block} bash` of MyST: code, as a fence; `undefined` for other lines.
 */
export function listingOf(line: string, above: string, below: string): Tag | undefined {
  const text = line.trim();
  if (SOURCE.test(text) && /^-{4,}[ \t]*$/.test(below)) return { said: '' };
  const source = /^-{4,}$/.test(text) ? SOURCE.exec(above.trim()) : null;
  if (source !== null) return { said: `\`\`\`${source[1] ?? ''}`, until: /^-{4,}[ \t]*$/ };
  const org = ORG.exec(text);
  if (org !== null) {
    const info = org[1]?.toLowerCase() === 'src' ? (org[2] ?? '') : 'text';
    return { said: `\`\`\`${info}`, until: /^[ \t]*#\+end_/i };
  }
  const myst = MYST.exec(text);
  if (myst !== null)
    return {
      said: `\`\`\`${myst[2] ?? ''}`,
      until: new RegExp(`^[ \\t]*:{${myst[1]?.length ?? 3},}[ \\t]*$`),
    };
  const [name = '', language = ''] =
    text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1).split(/[:|]/) : [];
  if (name !== 'code' && name !== 'noformat') return undefined;
  const info = name === 'noformat' ? 'text' : language.includes('=') ? '' : language;
  return { said: `\`\`\`${info}`, until: name === 'code' ? /\{code\}/ : /\{noformat\}/ };
}

const MYST = /^(:{3,})[ \t]*(\{(?:code-block|code|code-cell|sourcecode|prompt)\}.{0,200})$/;

const ORG = /^#\+begin_(src|example)(?![\w])[ \t]*([\w-]{0,30})/i;

const SOURCE = /^\[source(?:,[ \t]*([\w-]{1,30}))?[^\]]{0,100}\]$/;

/**
 * The headings of a page of Org as those of markdown, without how far what they head is, how urgent, and their tags. It
 * is one by its blocks or settings, where no heading of markdown stands beside them. Linear.
 */
export function withOrgHeadings(lines: readonly string[], from: number): readonly string[] {
  if (!lines.some((line) => ORG_MARK.test(line))) return lines;
  let isInBlock = false;
  const outside = lines.map((line, index) => {
    if (/^[ \t]*#\+(?:begin|end)_/i.test(line)) isInBlock = /^[ \t]*#\+begin/i.test(line);
    return index >= from && !isInBlock;
  });
  if (lines.some((line, index) => outside[index] === true && /^#{1,6}[ \t]/.test(line)))
    return lines;
  return lines.map((line, index) => {
    const [, stars = '', text = ''] = (outside[index] && ORG_HEADING.exec(line)) || [];
    return stars === '' ? line : `${'#'.repeat(stars.length)} ${orgTitle(text)}`;
  });
}

const ORG_MARK = /^[ \t]*#\+(?:begin_(?:src|example)|title:|options:|startup:)/i;

const ORG_HEADING = /^(\*{1,6})[ \t]+(\S.*)$/;

const orgTitle = (text: string): string =>
  text
    .trimEnd()
    .replace(/(?<=\S)[ \t]+:(?:[\w@#%]{1,40}:){1,20}$/, '')
    .replace(/^(?:TODO|DONE|NEXT|WAIT|WAITING|HOLD|STARTED|CANCELL?ED)[ \t]+(?=\S)/, '')
    .replace(/^\[#[A-Z\d]\][ \t]+(?=\S)/, '');

const DIRECTIVE =
  /^\{(tab-set|tab-item|grid|grid-item|grid-item-card|card|dropdown|admonition|note|tip|hint|important|warning|caution|danger|attention|seealso)\}[ \t]*(.*)$/;

/** What a fence of MyST stands for that holds text and no code: its label, or nothing; `undefined` for any other. */
export function directiveOf(info: string): string | undefined {
  const match = DIRECTIVE.exec(info);
  if (!match) return undefined;
  return /^(?:tab-item|dropdown|card|grid-item-card|admonition)$/.test(match[1] ?? '')
    ? labelled(match[2] ?? '')
    : '';
}

/** What Hugo puts something of its own in the place of, within a line: no link, and nothing that stands around words. */
export function filledIn(line: string): string | undefined {
  const text = line.replace(/`[^`]*`/g, '');
  const names = [
    ...text.matchAll(/\{\{[<%][ \t]?(\/?)[ \t]?([\w-]{1,60})(?![\w-])[^{}]{0,300}\}\}/g),
  ];
  return names.find(
    ({ 1: slash, 2: name }) =>
      !slash &&
      !/^(?:rel)?ref$/.test(name ?? '') &&
      !names.some((each) => each[1] && each[2] === name),
  )?.[0];
}

function hugo(line: string): Tag | undefined {
  const match = HUGO.exec(line);
  if (!match) return undefined;
  const [, slash, name = '', rest = ''] = match;
  if (slash) return { said: '' };
  if (/^(?:tab|tab-item|tabitem|details|expand|collapse|step)$/i.test(name)) {
    return { said: labelled(attribute(rest) || quotedWord(rest)) };
  }
  if (/^(?:highlight|code|codeblock|prism)$/i.test(name)) {
    const language = attributeOrWord(rest);
    return {
      said: `${indentOfLine(line)}\`\`\`${language}`.trimStart(),
      until: new RegExp(`\\{\\{[<%]\\s*/\\s*${name}\\b`),
    };
  }
  const box = BOXES.test(name) ? /(?:^|[ \t])"([^"]*)"/.exec(rest)?.[1] : undefined;
  return { said: box ? labelled(box) : shownBy(rest) };
}

/** Shortcodes whose words in quotes are the title of a box. */
const BOXES = /^(?:notice|alert|admonition|callout|hint|note|tip|warning|info|danger)$/i;

function liquid(line: string): Tag | undefined {
  const match = LIQUID.exec(line);
  if (!match) return undefined;
  const [, name = '', rest = ''] = match;
  if (/^tab$/i.test(name))
    return {
      said: labelled(
        attribute(rest) || (rest.replace(/-\s*$/, '').trim().split(/\s+/).at(-1) ?? ''),
      ),
    };
  if (name === 'highlight') {
    return { said: `\`\`\`${attributeOrWord(rest)}`, until: /\{%-?\s*endhighlight\b/ };
  }
  return { said: '' };
}

export function colons(line: string): Tag | undefined {
  const match = COLONS.exec(line);
  const name = match?.[1] ?? match?.[2];
  if (!match || !name) return undefined;
  return { said: /^tab(?:-item)?$/.test(name) ? labelled(match[3] ?? '') : '', colons: true };
}

const quotedWord = (rest: string): string =>
  /"([^"]*)"|'([^']*)'/.exec(rest)?.slice(1).find(Boolean) ?? rest.trim().split(/\s+/)[0] ?? '';

const attributeOrWord = (rest: string): string => {
  const named = /\b(?:lang|language|type)="?([\w+-]+)/.exec(rest)?.[1];
  return named ?? /^[\s"']*([\w+-]+)/.exec(rest)?.[1] ?? '';
};

const indentOfLine = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** Whether a shortcode may stand in a line. */
export const isHugo = (line: string): boolean => line.includes('{{<') || line.includes('{{%');

/** The shortcodes of a page that are closed somewhere. */
export const closedShortcodes = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(
    lines.filter(isHugo).flatMap((line) => [...line.matchAll(CLOSER)].map(([, name = '']) => name)),
  );

const CLOSER = /\{\{[<%] ?\/ ?([\w-]{1,60})/g;
