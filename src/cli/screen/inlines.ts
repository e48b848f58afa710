import type { Definition, PhrasingContent } from 'mdast';
import type { Piece } from './layout.ts';
import { screenLine } from './safe-text.ts';
import type { Style, Tone } from './style.ts';

/** Where a link leads, for a terminal that knows links. */
type Target = `url:${string}`;

/** A piece of a paragraph: safe text and its tones, outermost first. A newline is a piece of its own. */
export type Span = Piece<readonly (Tone | Target)[]>;

/** What inline content is shown with. */
export interface InlineTools {
  /** Definitions of links by identifier. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Without colour, code keeps its backticks and struck text its tildes. */
  readonly colour: boolean;
  /** Links are links to the terminal too (OSC 8). */
  readonly links?: boolean;
}

/** Inline content as spans of safe text. */
export function spansOf(
  nodes: readonly PhrasingContent[],
  tools: InlineTools,
  tones: Span['mark'] = [],
): readonly Span[] {
  return nodes.flatMap((node) => spansOfOne(node, tools, tones));
}

/** Puts their tones on a line's spans. */
export function styled(spans: readonly Span[], style: Style): string {
  return merged(spans)
    .map(({ text, mark }) =>
      mark.reduceRight<string>(
        (shown, tone) => (isTarget(tone) ? linked(shown, tone) : style(tone, shown)),
        text,
      ),
    )
    .join('');
}

const isTarget = (tone: Tone | Target): tone is Target => tone.startsWith('url:');

/** A text that the terminal itself links (OSC 8). */
const linked = (text: string, to: Target): string =>
  `\u001b]8;;${to.slice('url:'.length)}\u001b\\${text}\u001b]8;;\u001b\\`;

/** An address that cannot end the sequence it stands in; others are no links. */
const SAFE_URL = /^(?:https?:\/\/|mailto:)[\x21-\x7e]{1,2000}$/;

/** Neighbours of the same tones as one, so that a phrase is not coloured word by word. */
function merged(spans: readonly Span[]): readonly Span[] {
  const one: Span[] = [];
  for (const span of spans) {
    const last = one.at(-1);
    if (last && last.mark.join() === span.mark.join())
      one[one.length - 1] = { text: last.text + span.text, mark: last.mark };
    else one.push(span);
  }
  return one;
}

function spansOfOne(
  node: PhrasingContent,
  tools: InlineTools,
  tones: Span['mark'],
): readonly Span[] {
  const plain = (text: string, more: readonly Tone[] = []): Span => ({
    text: screenLine(text),
    mark: [...tones, ...more],
  });
  switch (node.type) {
    case 'text':
      return [plain(node.value)];
    case 'inlineCode':
      return [tools.colour ? plain(node.value, ['code']) : plain(`\`${node.value}\``)];
    case 'break':
      return [{ text: '\n', mark: [] }];
    case 'strong':
      return spansOf(node.children, tools, [...tones, 'strong']);
    case 'emphasis':
      return spansOf(node.children, tools, [...tones, 'emphasis']);
    case 'delete': {
      const struck = spansOf(node.children, tools, [...tones, 'struck']);
      return tools.colour ? struck : [plain('~~'), ...struck, plain('~~')];
    }
    case 'link':
      return link(
        spansOf(node.children, tools, [...tones, ...target(node.url, tools), 'link']),
        node.url,
        plain,
      );
    case 'linkReference': {
      const url = tools.definitions.get(node.identifier)?.url;
      const text = spansOf(
        node.children,
        tools,
        url ? [...tones, ...target(url, tools), 'link'] : tones,
      );
      return url ? link(text, url, plain) : text;
    }
    case 'image':
      return [plain(`[image: ${node.alt || node.url}]`, ['dim'])];
    case 'imageReference':
      return [plain(`[image: ${node.alt || node.identifier}]`, ['dim'])];
    case 'footnoteReference':
      return [plain(`[${node.identifier}]`, ['dim'])];
    case 'html':
      return html(node.value, plain);
    default:
      return node satisfies never;
  }
}

const target = (url: string, { links = false }: InlineTools): readonly Target[] =>
  links && SAFE_URL.test(url) ? [`url:${url}`] : [];

/** A link's text, and where it leads unless the text says so or it stays in the document. */
function link(
  text: readonly Span[],
  url: string,
  plain: (text: string, more: readonly Tone[]) => Span,
): readonly Span[] {
  const shown = text.map((span) => span.text).join('');
  const says = url.replace(/^mailto:/, '') === shown || url === `http://${shown}`;
  return says || url.startsWith('#') ? text : [...text, plain(` (${url})`, ['dim'])];
}

const KNOWN_TAG =
  /^<\/?(?:a|abbr|b|br|center|code|dd|del|details|div|dl|dt|em|font|hr|i|img|ins|kbd|li|mark|ol|p|picture|pre|q|s|samp|small|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|var|wbr)(?=[\s/>])[^>]*>$/i;

/** Comments and known tags say nothing on a screen; an unknown tag (`<host>`) is a person's placeholder. */
function html(value: string, plain: (text: string) => Span): readonly Span[] {
  if (value.startsWith('<!--')) return [];
  if (/^<br\s*\/?>$/i.test(value)) return [{ text: '\n', mark: [] }];
  return KNOWN_TAG.test(value) ? [] : [plain(value)];
}

/** What a block of HTML says when its comments and known tags are left out. */
export function textOfHtml(value: string): string {
  return value
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<[^<>]*>/g, (tag) => (KNOWN_TAG.test(tag) ? '' : tag))
    .trim();
}
