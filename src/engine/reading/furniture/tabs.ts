import { closes, type Marker, readMarker } from '../fence-markers.ts';
import { tagsOn } from './tags.ts';

/** The head of a tab of MkDocs, whose text is indented below it. */
const INDENTED = /^([ \t]*)===[!+]? +["'][^"'\n]/;
/** The head of a tab that a tag, shortcode or directive opens. */
const TAGGED =
  /^[ \t]*(?:@tab(?::active)?[ \t]|<Tab(?:Item|Panel)?[\s>]|\{\{[<%] *tab[ =]|\{% *tab |:{3,} *\{?tab(?:-item)?\}? \S|[`~]{3,}\{tab-item\}|#{2,6} .*\{[^{}\n]*\.tabset)/i;
/** What begins or ends a set of them. */
const AROUND =
  /^[ \t]*(?:<\/?Tabs[\s>]|\{\{[<%] *\/?(?:tabs|tabpane|codetabs)\b|\{% *(?:end)?tabs\b|:{3,} *(?:\{?tab-set\}?|\{?tabs\}?)?$|[`~]{3,}\{tab-set\})/i;

/** A group of fences of VitePress, each of which is a tab by the label in its info string. */
const GROUP = /^[ \t]*(?::{3,} *\{?code-group\}?|<CodeGroup)(?![\w-])/;
const IN_GROUP = /^([ \t]*(?:`{3,}|~{3,})[^[\]`~]{0,200})\[([^[\]`]{1,100})\]/;
const TITLE = /[ \t]title=(?:"([^"]{1,100})"|'([^']{1,100})')/;

/** The label of such a fence, and its line with the label as its title; `null` for any other line. */
export function labelledFence(
  line: string,
): { readonly label: string; readonly said: string } | null {
  const marker = line.length > MOST_CHARS ? null : readMarker(line);
  if (marker === null) return null;
  const titled = TITLE.exec(line);
  if (titled !== null) return { label: titled[1] ?? titled[2] ?? '', said: line };
  const match = IN_GROUP.exec(line);
  if (match === null) return named(marker);
  const [whole, before = '', label = ''] = match;
  return { label, said: `${before.trimEnd()}${titleOf(label)}${line.slice(whole.length)}` };
}

/** The same as Mintlify has it: "```bash npm", and behind that what its site is to make of it. */
function named({ prefix, char, length, info }: Marker): ReturnType<typeof labelledFence> {
  const [language = '', ...words] = info.split(/\s+/);
  const end = words.findIndex((word) => /[={]/.test(word));
  const label = words.slice(0, end < 0 ? undefined : end).join(' ');
  if (!/^[\w+-]{1,30}$/.test(language) || !/^[\p{L}\d][\p{L}\d ./+-]{0,60}$/u.test(label))
    return null;
  const others = words
    .slice(end < 0 ? words.length : end)
    .filter((word) => !word.startsWith('theme='));
  const said = `${prefix}${char.repeat(length)}${language}${titleOf(label)} ${others.join(' ')}`;
  return { label, said: said.trimEnd() };
}

const MOST_CHARS = 1000;
const titleOf = (label: string): string => ` title="${label.replaceAll('"', '')}"`;

/** Whether a line begins a group of fences. */
export const beginsGroup = (line: string): boolean => GROUP.test(line);

/** A tab: the set it belongs to, and its last line. */
export interface Tab {
  readonly set: number;
  readonly endLine: number;
  /** It is a fence, and this stands in its info string. */
  readonly label?: string;
}

/** What is open: columns before tabs whose text is indented, or the marks that opened one. */
type Open =
  | { readonly by: 'indent'; readonly columns: number }
  | { readonly by: 'tag' }
  | { readonly by: 'group' }
  | { readonly by: 'marks'; readonly marks: string };

/** The tabs of a page by the line on which they begin. Lines count from 1. Linear. */
export function tabsOf(lines: readonly string[]): ReadonlyMap<number, Tab> {
  const tabs = new Map<number, Tab>();
  let set = 0;
  let begun = 0;
  let open: Open | null = null;
  let fence: { readonly marker: Marker; readonly line: number; readonly label: string } | null =
    null;
  const end = (endLine: number): void => {
    if (begun > 0) tabs.set(begun, { set, endLine });
    begun = 0;
  };
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (fence !== null) {
      if (!closes(text, fence.marker)) continue;
      tabs.set(fence.line, { set, endLine: index + 1, label: fence.label });
      fence = null;
    } else if (beginsGroup(line)) {
      end(index);
      set += 1;
      open = { by: 'group' };
    } else if (open?.by === 'group' && readMarker(text) !== null) {
      const marker = readMarker(text);
      const label = labelledFence(text)?.label ?? '';
      if (marker !== null) fence = { marker, line: index + 1, label };
    } else
      for (const tag of tagsOn(line)) {
        const next = opening(tag);
        if (next !== null) {
          end(index);
          if (open === null || !isSameKind(open, next)) set += 1;
          open = next;
          begun = index + 1;
        } else if (open !== null && ends(tag, open) !== 'no') {
          end(index);
          if (ends(tag, open) === 'set') open = null;
        }
      }
  }
  end(lines.length);
  return tabs;
}

function opening(line: string): Open | null {
  const indented = INDENTED.exec(line);
  if (indented) return { by: 'indent', columns: (indented[1] ?? '').length };
  if (!TAGGED.test(line)) return null;
  const marks = /^[ \t]*(:{3,}|`{3,}|~{3,})/.exec(line)?.[1];
  return marks === undefined ? { by: 'tag' } : { by: 'marks', marks };
}

const isSameKind = (one: Open, other: Open): boolean =>
  one.by === other.by &&
  (one.by !== 'indent' || other.by !== 'indent' || one.columns === other.columns);

/** Whether a line ends the tab, or all of its set. */
function ends(line: string, open: Open): 'no' | 'tab' | 'set' {
  const text = line.trim();
  if (open.by === 'group') return /^(?::{3,}|<\/CodeGroup>)$/.test(text) ? 'set' : 'no';
  if (open.by === 'tag') return AROUND.test(line) ? 'set' : 'no';
  if (open.by === 'marks') {
    const isMarks = text !== '' && text.split(open.marks[0] ?? '').join('') === '';
    if (!isMarks || text.length < open.marks.length) return 'no';
    return text.length > open.marks.length ? 'set' : 'tab';
  }
  return text !== '' && line.length - line.trimStart().length <= open.columns ? 'set' : 'no';
}
