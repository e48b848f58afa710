import { type Marker, readMarker } from '../fence-markers.ts';

/** The head of a tab of MkDocs, whose text is indented below it; with `!` it begins a set of its own. */
export const INDENTED = /^[ \t]*===([!+]{0,2}) +["'][^"'\n]/;
/** A tag of MDX around tabs, or of one; group 1 closes it, group 2 is its name, group 3 what stands in it. */
const TAG = /^[ \t]*<(\/?)(Tabs\.Tab|TabItem|TabPanel|Tabs?|CodeGroup)(?![\w.-])([^<>]*)/;
/** The same of Hugo, GitBook and Jekyll. */
const HUGO =
  /^[ \t]*\{\{[<%][ \t]*(?:(\/)[ \t]*)?(tab-?item|tabs?|tabpane|codetabs)(?![\w-])([^<>%]*)/i;

const LIQUID = /^[ \t]*\{%-?[ \t]*(end)?(tabs?)(?![\w-])/i;
/** `@tab` of VuePress, in a container of colons. */
const AT = /^[ \t]*@tab(?::active)?[ \t]/;
/** What containers are made of, and what is behind; MyST has the names in braces. */
const MARKS = /^[ \t]*(:{3,}|`{3,}|~{3,})(?![:`~])(.*)$/;

/** Attributes that make tabs of the headings below: `{.tabset .tabset-pills}`, `{.panel-tabset group="os"}`. */
export function makesTabs(said: string): boolean {
  const open = said.lastIndexOf('{');
  const words = open < 0 || said.indexOf('}', open) < 0 ? [] : said.slice(open + 1).split(/[\s}]/);
  return words.includes('.tabset') || words.includes('.panel-tabset');
}

/** A group of fences of VitePress, each of which is a tab by the label in its info string. */
const GROUP = /^[ \t]*(?::{3,} *\{?code-group\}?|<CodeGroup)(?![\w-])/;

const IN_GROUP = /^([ \t]*(?:`{3,}|~{3,})[^[\]`~]{0,200})\[([^[\]`]{1,100})\]/;

const TITLE = /[ \t]title=(?:"([^"]{1,100})"|'([^']{1,100})')/;

/** What a line, or one tag of it, does to the tabs around it. */
export interface Change {
  readonly does: 'set' | 'group' | 'tab' | 'other' | 'ends tab' | 'ends set' | 'ends';
  readonly by: 'indent' | 'tag' | 'shortcode' | 'liquid' | 'marks' | 'heading';
  /** Colons, marks of a fence or a heading, or the name of the tag that it is written with. */
  readonly marks?: string;
  /** Of a set: each heading in it is a tab, as R Markdown and Quarto have it. */
  readonly isHeaded?: boolean;
  /** It joins no set above. */
  readonly isNew?: boolean;
}

/** Whether a line, or one tag of it, begins a set of tabs, ends it, or begins one of its tabs. */
function aroundTabs(tag: string): 'set' | 'ends set' | 'tab' | null {
  const does = changeBy(tag)?.does;
  return does === 'set' || does === 'ends set' || does === 'tab' ? does : null;
}

/** What a line, or one tag of it, begins or ends of tabs; `null`: nothing. */
export function changeBy(line: string): Change | null {
  const indented = INDENTED.exec(line);
  if (indented !== null)
    return { does: 'tab', by: 'indent', isNew: indented[1]?.includes('!') === true };
  if (AT.test(line)) return { does: 'tab', by: 'marks', marks: '' };
  const [, end, tag = '', rest = ''] = TAG.exec(line) ?? [];
  if (tag !== '') return named('tag', tag, end !== '', rest);
  const shortcode = HUGO.exec(line);
  if (shortcode !== null) {
    const [, ends, code = '', inside = ''] = shortcode;
    return named('shortcode', code, ends !== undefined, inside);
  }
  const liquid = LIQUID.exec(line);
  if (liquid !== null) return named('liquid', liquid[2] ?? '', liquid[1] !== undefined, '');
  return container(line);
}

/** What is closed in its own tag holds nothing. */
function named(by: Change['by'], name: string, isEnd: boolean, rest: string): Change | null {
  if (/\/[ \t]*$/.test(rest)) return null;
  const isTab = /^(?:tab|tab-?item|tabpanel|tabs\.tab)$/i.test(name);
  if (isEnd) return { does: isTab ? 'ends tab' : 'ends set', by, marks: name };
  return { does: isTab ? 'tab' : name === 'CodeGroup' ? 'group' : 'set', by, marks: name };
}

function container(line: string): Change | null {
  const [, marks = '', behind = ''] = MARKS.exec(line) ?? [];
  const rest = behind.trim();
  if (marks === '' || rest.endsWith(':::')) return null;
  if (rest === '') return { does: 'ends', by: 'marks', marks };
  if (makesTabs(rest)) return { does: 'set', by: 'marks', marks, isHeaded: true };
  const name = /^\{?([\w-]+)\}?(?=[ \t]|$)/.exec(rest)?.[1] ?? '';
  if (name === 'tab-set' || name === 'tabs') return { does: 'set', by: 'marks', marks };
  if (name === 'code-group') return { does: 'group', by: 'marks', marks };
  const isTab = name === 'tab' || name === 'tab-item';
  return { does: isTab ? 'tab' : 'other', by: 'marks', marks };
}

/** The label of such a fence, and its line with the label as its title; `null` for any other line. */
export function labelledFence(
  line: string,
): { readonly label: string; readonly said: string } | null {
  const marker = line.length > MOST_CHARS ? null : readMarker(line);
  if (marker === null) return null;
  const titled = TITLE.exec(line);
  if (titled !== null) return { label: titled[1] ?? titled[2] ?? '', said: line };
  const match = IN_GROUP.exec(line);
  if (match === null) return ofMintlify(marker);
  const [whole, before = '', label = ''] = match;
  return { label, said: `${before.trimEnd()}${titleOf(label)}${line.slice(whole.length)}` };
}

/** The same as Mintlify has it: "```bash npm", and behind that what its site is to make of it. */
function ofMintlify({ prefix, char, length, info }: Marker): ReturnType<typeof labelledFence> {
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

/** Names of tabs that say nothing of themselves: from the tag around them, or counted, as all are ways of one thing. */
export class TabNames {
  /** Sets of tabs that are open, with the names their tags give. */
  readonly #sets: { readonly names: readonly string[]; count: number }[] = [];

  /** The name of the last tab that begins in these tags of a line; `''`: none does. */
  take(tags: readonly string[]): string {
    let name = '';
    for (const one of tags) {
      const does = aroundTabs(one);
      if (does === 'ends set') this.#sets.pop();
      if (does === 'set') this.#sets.push({ names: namesIn(one), count: 0 });
      if (does !== 'tab') continue;
      if (this.#sets.length === 0) this.#sets.push({ names: [], count: 0 });
      const around = this.#sets.at(-1) ?? { names: [], count: 0 };
      around.count += 1;
      name = around.names[around.count - 1] ?? `Tab ${around.count}`;
    }
    return name;
  }
}

/** `items={['npm', 'yarn']}` of a tag around tabs. */
const namesIn = (tag: string): readonly string[] =>
  [...(/ items=\{\[([^[\]]*)\]\}/.exec(tag)?.[1] ?? '').matchAll(/"([^"]*)"|'([^']*)'/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
