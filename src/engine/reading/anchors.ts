import type { Runbook } from '../model/runbook.ts';
import { closes, type Marker, readMarker } from './fence-markers.ts';

/** Places that authors make themselves: `<a id="x">`, `{#x}` of MkDocs, `(x)=` of MyST. */
const PLACES =
  /\b(?:id|name)=["']?([^\s"'<>]{1,200})|\{#([^\s{}]{1,200})\}|^\(([^\s()]{1,200})\)=/gim;

/**
 * Whether a page has a place that an anchor may lead to, as whatever shows markdown may name it: a heading of any kind, a
 * place that its author made, a line (`#L12`), its top. In doubt it has.
 */
export function hasAnchor(
  { text, procedures }: Pick<Runbook, 'text' | 'procedures'>,
  anchor: string,
): boolean {
  const wanted = anchor.replace(/^user-content-/i, '').toLowerCase();
  const plain = bareAnchor(wanted);
  // What stands open, a footnote, a line, a tab, a label of a whole project or words for a browser: no heading is called so.
  if (plain === '' || plain === 'top' || /^(?:fn|l\d|lines?-\d)|[{}<>$*:/]/.test(wanted))
    return true;
  const { made, plainOnes } = anchorsOf(text, procedures);
  return made.has(wanted) || plainOnes.has(plain);
}

/** Every place of a page, found once: a page may hold thousands of links. */
function anchorsOf(text: string, procedures: Runbook['procedures']): Anchors {
  let anchors = known.get(procedures);
  if (anchors === undefined) {
    const made = [...text.matchAll(PLACES)].flatMap(([, ...named]) =>
      named.flatMap((one) => one?.toLowerCase() ?? []),
    );
    const lines = text.split('\n').map((line) => bareAnchor(line.replace(/<[^<>]*>/g, '')));
    const plainOnes = new Set([...procedures.map(({ id }) => bareAnchor(id)), ...lines]);
    anchors = { made: new Set(made), plainOnes };
    known.set(procedures, anchors);
  }
  return anchors;
}

interface Anchors {
  readonly made: ReadonlySet<string>;
  readonly plainOnes: ReadonlySet<string>;
}

const known = new WeakMap<Runbook['procedures'], Anchors>();

/**
 * The line of the place that an author made for an anchor, outside of code: that of the heading which it stands in front
 * of, else its own. `page`: it is the top, or stands above all headings.
 */
export function placeOf(
  { text, procedures }: Pick<Runbook, 'text' | 'procedures'>,
  anchor: string,
): number | 'page' | undefined {
  const wanted = anchor.replace(/^user-content-/i, '');
  const lines = text.split('\n');
  const at = linesOfText(lines).find((index) => namesIn(lines[index] ?? '').includes(wanted));
  if (at === undefined) return wanted.toLowerCase() === 'top' ? 'page' : undefined;
  let next = at;
  while (isBare(lines[next]) && !procedures.some(({ line }) => line === next + 1)) next += 1;
  if (procedures.some(({ line }) => line === next + 1)) return next + 1;
  return procedures.some(({ line, endLine }) => line <= at + 1 && at < endLine) ? at + 1 : 'page';
}

/** Lines that stand in no fence, by their numbers from 0. */
function linesOfText(lines: readonly string[]): readonly number[] {
  let fence: Marker | null = null;
  const found: number[] = [];
  for (const [index, line] of lines.entries()) {
    const marker = readMarker(line);
    if (fence === null && marker === null) found.push(index);
    else if (fence === null) fence = marker;
    else if (closes(line, fence)) fence = null;
  }
  return found;
}

/** `<a name="x">`, `{#x}`, `{: .note #x }`, `(x)=`. */
function namesIn(line: string): readonly string[] {
  const words = line.replace(/`[^`]*`/g, '');
  const tags = [...words.matchAll(/<[a-z][^<>]*>/gi)].map(([tag]) => tag.slice(1, -1));
  const groups = [...words.matchAll(/\{([^{}]*)\}/g)].map(([, inside = '']) => inside);
  const [, ofMyst] = /^\(([^\s()]+)\)=$/.exec(words.trim()) ?? [];
  return [
    ...tags.flatMap((tag) => /\s(?:id|name)=["']?([^\s"']+)/i.exec(tag)?.slice(1) ?? []),
    ...groups
      .flatMap((inside) => inside.replace(/^:/, '').split(/\s/))
      .flatMap((word) => (word.startsWith('#') ? [word.slice(1)] : [])),
    ...(ofMyst === undefined ? [] : [ofMyst]),
  ];
}

/** A line with nothing in it but places, or with nothing at all. */
const isBare = (line: string | undefined): boolean =>
  line !== undefined &&
  /^(?:\s|<\/?(?:a|span)\b[^<>]{0,400}>|\(([^\s()]{1,200})\)=|\[\]\{#[^\s{}]{1,200}\})*$/.test(
    line,
  );

/** Letters and digits of an anchor alone, with one hyphen where something else stands: as programs differ in it. */
export function bareAnchor(slug: string): string {
  return slug
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]/u)
    .filter((part) => part !== '')
    .join('-');
}
