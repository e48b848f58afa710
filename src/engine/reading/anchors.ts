import type { Runbook } from '../model/runbook.ts';

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
