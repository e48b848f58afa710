import type { PhrasingContent, Root, Text } from 'mdast';
import { shownBy } from '../../../engine/reading/furniture/components.ts';
import { tagOf } from '../../../engine/reading/furniture/tags.ts';
import { withoutAttributesBehind } from './attributes.ts';
import { abbreviated, edited } from './edited.ts';
import { asWritten, inlineMath, isBracketed, isMath } from './math.ts';
import { textsOf } from './texts.ts';

/** The address of the page that a name in double brackets stands for; `undefined` when there is none. */
export type WikiPage = (name: string) => string | undefined;

/** Sets the furniture within a line. */
export type Inline = (nodes: readonly PhrasingContent[]) => PhrasingContent[];

interface Found {
  readonly at: number;
  readonly length: number;
  readonly nodes: readonly PhrasingContent[];
}

type Finder = (text: string) => Iterable<Found>;

const EMOJI = /:([a-z0-9_+-]{1,50}):/g;

/** What lines lead to. */
export interface Leads {
  readonly wikiPage: WikiPage;
  /** The title of the place of this page that has this name; `undefined` when there is none. */
  titleAt(name: string): string | undefined;
}

/** What sets the lines of a tree; the names of emoji are loaded where the tree has a code of one. */
export async function inlineFurniture(
  tree: Root,
  lines: readonly string[],
  leads: Leads,
): Promise<Inline> {
  const finders: Finder[] = [
    marked,
    raised,
    keys,
    rawTags,
    tabTags,
    wikiLinks(leads.wikiPage),
    hugoLinks(leads.wikiPage),
    hugoPairs,
  ];
  const abbreviations = abbreviated(tree);
  if (abbreviations !== null) finders.push(abbreviations);
  if ([...textsOf(tree)].some((text) => text.search(EMOJI) >= 0)) {
    const { nameToEmoji } = await import('gemoji');
    finders.push(emoji(new Map(Object.entries(nameToEmoji))));
  }
  const set: Inline = (nodes) =>
    withRoles(withoutAttributesBehind(withoutComponents(edited(nodes))), leads).flatMap((node) => {
      if (node.type === 'html' && TAB_TAG.test(node.value)) return tabLabel(node.value);
      if (node.type === 'text') return withMath(node, lines, finders);
      if ('children' in node && node.type !== 'link' && node.type !== 'linkReference')
        node.children = set(node.children) as never;
      return [node];
    });
  return set;
}

const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** TeX as it stands in the source, where the text is what markdown makes of that; else as it stands in the text. */
function withMath(
  node: Text,
  lines: readonly string[],
  finders: readonly Finder[],
): PhrasingContent[] {
  const written = /[$([]/.test(node.value) ? asWritten(node, lines) : undefined;
  const isEscaped = written !== undefined && written.replace(ESCAPED, '$1') === node.value;
  if (!isEscaped || written === node.value) return replaced(node.value, [math, ...finders]);
  return replaced(written, [math, bracketed]).flatMap((part) =>
    part.type === 'text' ? replaced(part.value.replace(ESCAPED, '$1'), finders) : [part],
  );
}

function replaced(text: string, finders: readonly Finder[]): PhrasingContent[] {
  const found = finders
    .flatMap((find) => [...find(text)])
    .toSorted((a, b) => a.at - b.at || b.length - a.length);
  const nodes: PhrasingContent[] = [];
  let from = 0;
  for (const { at, length, nodes: own } of found) {
    if (at < from) continue;
    if (at > from) nodes.push({ type: 'text', value: text.slice(from, at) });
    nodes.push(...own);
    from = at + length;
  }
  if (from < text.length) nodes.push({ type: 'text', value: text.slice(from) });
  return nodes;
}

function* matches(
  text: string,
  pattern: RegExp,
  nodesOf: (inner: string) => readonly PhrasingContent[] | undefined,
): Generator<Found> {
  for (const match of text.matchAll(pattern)) {
    const nodes = nodesOf(match[1] ?? '');
    if (nodes) yield { at: match.index, length: match[0].length, nodes };
  }
}

const emoji =
  (names: ReadonlyMap<string, string>): Finder =>
  (text) =>
    matches(text, EMOJI, (name) => {
      const sign = names.get(name);
      return sign === undefined ? undefined : [{ type: 'text', value: sign }];
    });

// `"${A}" --b="${B}"` says two things of a shell.
const math: Finder = (text) =>
  matches(text, /(?<![\w$\\])\$([^$\n]{1,300})\$(?![\w$({])/g, (tex) =>
    isMath(tex) ? [inlineMath(tex)] : undefined,
  );

/** `\(x^2\)`, which markdown takes for brackets. */
const bracketed: Finder = function* (text) {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
    const close = CLOSERS.get(text.charAt(at + 1));
    if (close === undefined || !/^$|[\s(,;:]/.test(text.charAt(at - 1))) continue;
    const end = text.slice(at, at + MOST_TEX).indexOf(`\\${close}`, 2) + at;
    const tex = text.slice(at + 2, Math.max(end, at)).trim();
    const isApart = /^$|[^\w/]/.test(text.charAt(end + 2));
    if (tex === '' || tex.includes('\n') || !isApart || !isBracketed(tex)) continue;
    yield { at, length: end + 2 - at, nodes: [inlineMath(tex)] };
  }
};

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
]);
const MOST_TEX = 300;

/** `==marked==`. */
const marked: Finder = (text) =>
  matches(text, /(?<![\w=])==([^\s=](?:[^=\n]{0,198}[^\s=])?)==(?![\w=])/g, (value) => [
    { type: 'emphasis', data: { hName: 'mark' }, children: [{ type: 'text', value }] },
  ]);

/** `2^nd^`. A word that begins with the mark is said to a shell: `^old^new^`. */
const raised: Finder = function* (text) {
  const pattern = /(?<=[\p{L}\p{N})])\^([^\s^]{1,20})\^(?![\^\p{L}]{2})/gu;
  for (const found of matches(text, pattern, asSup))
    if (text[text.lastIndexOf(' ', found.at) + 1] !== '^') yield found;
};

const asSup = (value: string): readonly PhrasingContent[] => [
  { type: 'emphasis', data: { hName: 'sup' }, children: [{ type: 'text', value }] },
];

const TAB_TAG =
  /^<\/?(?:Tabs|TabItem|TabPanel|Tab|Steps|Step|Accordion|AccordionItem|CodeGroup)\b[^<>]{0,300}>$/;

/** Tags of tabs that share a line with what stands in them: their labels stay. */
const tabTags: Finder = (text) =>
  matches(
    text,
    /(<\/?(?:Tabs|TabItem|TabPanel|Tab|Steps|Step|Accordion|AccordionItem|CodeGroup)\b[^<>]{0,300}>)/g,
    tabLabel,
  );

function tabLabel(tag: string): PhrasingContent[] {
  const value = (tagOf(tag)?.said ?? '').replaceAll('**', '');
  const blank = { type: 'text', value: ' ' } as const;
  return value === ''
    ? [blank]
    : [blank, { type: 'strong', children: [{ type: 'text', value }] }, blank];
}

const COMPONENT = /^<(\/?)([A-Z][a-z][\w.]*)((?:\s[^<>]*)?)>$/;

/** A component of MDX within a line without its tags, but with what they show. A tag that nothing closes names a value. */
function withoutComponents(nodes: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const open: { readonly name: string; readonly at: number }[] = [];
  const shown = new Map<number, string>();
  for (const [at, node] of nodes.entries()) {
    if (node.type !== 'html' || TAB_TAG.test(node.value)) continue;
    const [, slash, name = '', rest = ''] = COMPONENT.exec(node.value) ?? [];
    if (rest.endsWith('/')) shown.set(at, shownBy(rest));
    else if (slash === '') open.push({ name, at });
    else if (slash === '/') {
      const begin = open.findLastIndex((each) => each.name === name);
      const opened = open[begin];
      if (opened === undefined) continue;
      open.length = begin;
      const tag = nodes[opened.at];
      const said = tag?.type === 'html' ? shownBy(tag.value) : '';
      shown.set(opened.at, said === '' ? '' : `${said}: `);
      shown.set(at, '');
    }
  }
  return nodes.flatMap((node, at) => {
    const value = shown.get(at);
    if (value === undefined) return [node];
    return value === '' ? [] : [{ type: 'text', value }];
  });
}

const ROLE = /\{([a-z][a-z:+-]{1,30})\}$/;
const ROLES = new Set(
  'ref numref doc term any eq cite abbr command file guilabel menuselection kbd sub sup samp download envvar option program'.split(
    ' ',
  ),
);

/** What MyST and Sphinx say of code behind it (`{ref}` and then code): what it leads to, or only that it is said so. */
function withRoles(nodes: readonly PhrasingContent[], leads: Leads): readonly PhrasingContent[] {
  const roleOf = (node: PhrasingContent | undefined): string | undefined => {
    const name = node?.type === 'text' ? ROLE.exec(node.value)?.[1] : undefined;
    return name !== undefined && ROLES.has(name) ? name : undefined;
  };
  return nodes.flatMap((node, at): readonly PhrasingContent[] => {
    const role = roleOf(nodes[at - 1]);
    if (role !== undefined && node.type === 'inlineCode') return [inRole(role, node.value, leads)];
    const isInFront = nodes[at + 1]?.type === 'inlineCode' && roleOf(node) !== undefined;
    return isInFront && node.type === 'text'
      ? [{ ...node, value: node.value.replace(ROLE, '') }]
      : [node];
  });
}

function inRole(role: string, text: string, { wikiPage, titleAt }: Leads): PhrasingContent {
  const at = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  const label = text.slice(0, Math.max(0, at)).trim() || undefined;
  const target = at < 0 ? text : text.slice(at + 1, -1);
  const said = (value: string): PhrasingContent[] => [{ type: 'text', value }];
  if (/^(?:kbd|sub|sup)$/.test(role))
    return { type: 'emphasis', data: { hName: role }, children: said(text) };
  if (!/^(?:ref|numref|doc|any)$/.test(role)) return { type: 'inlineCode', value: text };
  const title = role === 'doc' ? undefined : titleAt(target);
  const url = title === undefined ? wikiPage(target) : `#${encodeURIComponent(target)}`;
  const children = said(label ?? title ?? target);
  return url === undefined ? { type: 'emphasis', children } : { type: 'link', url, children };
}

/** `++ctrl+c++`. */
const keys: Finder = (text) =>
  matches(
    text,
    /(?<![\w+])\+\+([a-zA-Z0-9"'-]{1,20}(?:\+[a-zA-Z0-9"'-]{1,20}){0,4})\+\+(?![\w+])/g,
    (value) =>
      value
        .split('+')
        .flatMap((key, at): PhrasingContent[] => [
          ...(at === 0 ? [] : [{ type: 'text' as const, value: '+' }]),
          { type: 'emphasis', data: { hName: 'kbd' }, children: [{ type: 'text', value: key }] },
        ]),
  );

/** Jekyll's and Nunjucks' marks around text that they are to leave alone. */
const rawTags: Finder = (text) => matches(text, /\{%-?[ \t]*(?:end)?raw[ \t]*-?%\}/g, () => []);

const wikiLinks =
  (wikiPage: WikiPage): Finder =>
  (text) =>
    matches(text, /\[\[([^\s[\]][^[\]\n]{0,150})\]\]/g, (inner) => {
      const [target = '', label = ''] = inner.split('|', 2).map((part) => part.trim());
      const url = wikiPage(target);
      return url === undefined
        ? undefined
        : [{ type: 'link', url, children: [{ type: 'text', value: label || target }] }];
    });

/** Hugo's `{{< ref "page" >}}`, alone or as the address of a link. */
const hugoLinks = (wikiPage: WikiPage): Finder =>
  function* (text) {
    const pattern =
      /(?:\[([^[\]\n]{1,200})\]\()?\{\{[<%][ \t]*(?:rel)?ref[ \t]+["'`]?([^\s"'`{}<>]{1,300})["'`]?[ \t]*[%>]\}\}/g;
    for (const { 0: whole, 1: label, 2: target = '', index } of text.matchAll(pattern)) {
      const closes = label !== undefined && text.startsWith(')', index + whole.length);
      const bare = label !== undefined && !closes;
      const children = [{ type: 'text' as const, value: (bare ? undefined : label) ?? target }];
      const lead: PhrasingContent[] = bare ? [{ type: 'text', value: `[${label}](` }] : [];
      const url = wikiPage(target.replace(/\/(?=#|$)/, ''));
      yield {
        at: index,
        length: whole.length + (closes ? 1 : 0),
        nodes: [
          ...lead,
          url === undefined ? { type: 'emphasis', children } : { type: 'link', url, children },
        ],
      };
    }
  };

/** Hugo's shortcodes around some words of a line: `{{% note %}}Mind it{{% /note %}}`. */
const hugoPairs: Finder = function* (text) {
  const found = [...text.matchAll(HUGO_TAG)];
  const closed = new Set(found.flatMap(({ 1: slash, 2: name }) => (slash ? [name] : [])));
  for (const { 0: whole, 1: slash, 2: name, 3: rest = '', index } of found) {
    if (!closed.has(name)) continue;
    const said = slash ? '' : shownBy(rest);
    const nodes: PhrasingContent[] = said === '' ? [] : [{ type: 'text', value: `${said}: ` }];
    yield { at: index, length: whole.length, nodes };
  }
};

const HUGO_TAG = /\{\{[<%][ \t]?(\/?)[ \t]?([\w-]{1,60})((?:[ \t][^{}<>%]{0,300})?)[%>]\}\}/g;
