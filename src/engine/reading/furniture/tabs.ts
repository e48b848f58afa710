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
/** The same as Mintlify has it: "```bash npm". */
const NAMED_FENCE =
  /^([ \t]*(?:`{3,}|~{3,})[\w+-]{1,30})[ \t]+(?!\w{1,40}=)([\p{L}\d][\p{L}\d .+-]{0,60})$/u;

/** The label of such a fence, and its line without it; `null` for any other line. */
export function labelledFence(
  line: string,
): { readonly label: string; readonly rest: string } | null {
  const match = IN_GROUP.exec(line) ?? NAMED_FENCE.exec(line);
  if (match === null) return null;
  const [whole, before = '', label = ''] = match;
  return { label, rest: `${before.trimEnd()}${line.slice(whole.length)}` };
}

/** Whether a line begins a group of fences. */
export const beginsGroup = (line: string): boolean => GROUP.test(line);

/** A tab: the set it belongs to, and its last line. */
export interface Tab {
  readonly set: number;
  readonly endLine: number;
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
  const end = (endLine: number): void => {
    if (begun > 0) tabs.set(begun, { set, endLine });
    begun = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (beginsGroup(line)) {
      end(index);
      set += 1;
      open = { by: 'group' };
    } else if (open?.by === 'group' && labelledFence(line) !== null) {
      // Its label is shown on the line above it.
      end(index - 1);
      begun = index;
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
