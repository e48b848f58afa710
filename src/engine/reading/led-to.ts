import { decisionsOf } from './decisions.ts';
import { english } from './languages/english.ts';
import { speaksOf } from './languages/phrases.ts';
import { type ConditionMark, sentencesOf, shown, undecorated } from './marks/condition-mark.ts';
import type { MarkReader } from './marks/mark-reader.ts';
import { gathersTrouble, isSymptom, isTrouble } from './marks/trouble.ts';
import type { HeadingPiece, ItemPiece, ParagraphPiece, Piece, TablePiece } from './pieces.ts';
import type { Outline } from './surroundings.ts';
import type { TableRow } from './tables.ts';
import { isImperative } from './verbs.ts';

/** Where a page sends its reader in one case, and not in another. */
export interface LedTo {
  /** Sections that are carried out only where a sentence above leads to them: "If it was replaced, continue with 'Join'". */
  readonly sections: ReadonlyMap<Piece, ConditionMark>;
  /** What leads past all that stands in front of a section or an item: "If it is healthy, skip to 'Cleanup'". */
  readonly jumps: ReadonlyMap<Piece, Jump>;
  /** Tables with a row that stops: "Any other | Stop and call the owner". */
  readonly stops: ReadonlyMap<Piece, ConditionMark>;
  /** Lines of rows that do one of these. */
  readonly rows: ReadonlySet<number>;
}

interface Jump {
  readonly mark: ConditionMark;
  /** From here on it is done in any case. */
  readonly until: Piece;
  /** The text asks for nothing else. */
  readonly isAll: boolean;
}

type Told = ParagraphPiece | ItemPiece;

/** A row of a table, by its place. */
interface Where {
  readonly kind: 'row';
  readonly line: number;
  readonly endLine: number;
}

/** A name of something further down, in a clause. */
interface Named {
  readonly at: number;
  readonly target: Piece;
}

/** Reads the sentences that name a section further down, or a step of a list, together with a condition. Linear. */
export function ledTo(outline: Outline, marks: MarkReader): LedTo {
  const sections = new Map<Piece, ConditionMark>();
  const jumps = new Map<Piece, Jump>();
  const names = new Names(outline);
  const stops = new Map<Piece, ConditionMark>();
  const rows = new Set<number>();
  for (const [index, piece] of outline.pieces.entries()) {
    if (piece.kind === 'table') {
      const decided = decidedBy(piece, index, outline, names, marks);
      for (const line of decided.lines) rows.add(line);
      for (const [target, mark] of decided.sections)
        if (!sections.has(target)) sections.set(target, mark);
      if (decided.stop !== null) stops.set(piece, decided.stop);
      if (decided.jump !== null) jumps.set(piece, decided.jump);
      continue;
    }
    const isTold = piece.kind === 'paragraph' || piece.kind === 'item';
    if (!isTold || piece.text.length > MOST_CHARACTERS) continue;
    let above = '';
    let wasLed = false;
    for (const part of names.areIn(piece, index) ? partsOf(piece.text, marks) : []) {
      const named = names.in(part, piece, index);
      const mark = named.length === 0 ? null : markOf(part, above, marks);
      const led = mark === null ? [] : named.filter(({ at }) => isLedTo(part, at, mark, marks));
      for (const { at, target } of mark === null ? [] : led) {
        const isPast = target.kind === 'item' || names.leadsPast(part.slice(0, at));
        const gate = mark?.kind === 'otherwise' ? 'if' : 'unless';
        // "If …, drain it; otherwise skip to 'Restart'": that the drain is left out then is said of it already.
        if (mark === null || (isPast && gate === 'if' && wasLed)) continue;
        const isAll = names.asksForNothingElse(part, at);
        if (isPast)
          jumps.set(piece, { mark: { kind: 'if', text: mark.text, gate }, until: target, isAll });
        else if (!sections.has(target)) sections.set(target, mark);
      }
      [above, wasLed] = [part, led.length > 0];
    }
  }
  return { sections, jumps, stops, rows };
}

/** What the rows of a table say: "Node down | Replace the node" leads as "If the node is down, continue with …" does. */
function decidedBy(
  table: TablePiece,
  index: number,
  outline: Outline,
  names: Names,
  marks: MarkReader,
): {
  readonly sections: ReadonlyMap<Piece, ConditionMark>;
  readonly jump: Jump | null;
  readonly stop: ConditionMark | null;
  readonly lines: readonly number[];
} {
  const sections = new Map<Piece, ConditionMark>();
  let jump: Jump | null = null;
  let stop: ConditionMark | null = null;
  const lines: number[] = [];
  const decisions = decisionsOf(table, outline.lines, outline.guesses);
  for (const { when, row } of decisions?.rows ?? []) {
    if (when === '') continue;
    const { line } = row;
    for (const { at, target, said } of names.inRow(row, decisions?.header ?? [], index)) {
      lines.push(line);
      const isPast = target.kind === 'item' || names.leadsPast(said.slice(0, at));
      if (isPast)
        jump ??= { mark: { kind: 'if', text: when, gate: 'unless' }, until: target, isAll: true };
      else {
        const before = sections.get(target);
        const text = before === undefined ? shown(when) : shown(`${before.text} / ${when}`);
        sections.set(target, { kind: 'if', text });
      }
    }
    const action = row.cells[decisions?.does ?? 0] ?? '';
    const gate = marks.gate(`If ${when}: ${action}`);
    if (gate === null) continue;
    lines.push(line);
    stop ??= { ...gate, text: shown(`${when}: ${action}`), inFront: '' };
  }
  return { sections, jump, stop, lines };
}

/** Clauses that may each have a condition of their own: "if …, continue with A; if …, with B". */
function partsOf(text: string, marks: MarkReader): readonly string[] {
  return sentencesOf(text).flatMap((sentence) => {
    const parts: string[] = [];
    for (const clause of sentence.split(/(?<=[;；])|(?<=,) /u)) {
      const last = parts.at(-1);
      const isOther = last !== undefined && marks.title(clause)?.kind === 'otherwise';
      if (last === undefined || isOther || /[;；]$/u.test(last)) parts.push(clause.trim());
      else parts[parts.length - 1] = `${last} ${clause}`;
    }
    return parts;
  });
}

/** What a clause says of when it is so; `above`: the one before it. */
function markOf(part: string, above: string, marks: MarkReader): ConditionMark | null {
  const mark = marks.title(part);
  const text = shown(`${above} ${part}`);
  if (mark?.kind === 'otherwise') return above === '' ? null : { kind: 'otherwise', text };
  if (mark?.kind === 'if' || mark?.kind === 'optional')
    return { ...mark, text: mark.text.replace(/[;；,]$/u, '') };
  if (/[?？]$/u.test(above)) return { kind: 'if', text };
  const [symptom = ''] = part.split(CASE_ENDS, 1);
  const isCase = symptom !== part && (isSymptom(symptom) || isTrouble(symptom));
  return isCase || FOR_SOME.test(undecorated(part)) ? { kind: 'if', text: shown(part) } : null;
}

const CASE_ENDS = / ?[:：→⇒]| [-=]>| [–—] /u;

/** "For 4.x, follow section A": those of which it is said have their own section. */
const FOR_SOME =
  /^for (?!(?:each|every|all|both|any|now|example|instance|this|that|these|those|more|further|details?|help|background|information|reference|the (?:first|second|rest|next|following|details?))(?![\p{L}]))[^,:：]{2,60}[,:：] (?!.{0,60}(?<![\p{L}])(?:see|refer|consult)(?![\p{L}]))/iu;

/** Whether the name stands where it is said what to do, and not what is the case. */
function isLedTo(part: string, at: number, mark: ConditionMark, marks: MarkReader): boolean {
  if (mark.kind === 'otherwise') return true;
  const head = part.slice(0, at).replace(/[\s"“”„«»'‘’`([]{1,3}$/u, '');
  if (speaksOf('order', head.split(' ').slice(-FEW_WORDS).join(' '), [english])) return false;
  const ends = part.search(/[,:：→⇒]|[-=]>| [–—] /u);
  if (ends > 0 && ends < at) return true;
  // "When you open it in the portal, …" only says where.
  return marks.title(head) === null && (head === '' || isImperative(head));
}

/** The titles of a page, and where a text names one that stands below it. */
class Names {
  readonly #outline: Outline;
  readonly #indexOf = new Map<Piece, number>();
  /** By the title in small letters, without its number. */
  readonly #titles = new Map<string, HeadingPiece[]>();
  /** By the letter or number in front of it. */
  readonly #signs = new Map<string, HeadingPiece[]>();
  readonly #anchors = new Map<string, HeadingPiece>();
  readonly #isEnglish: boolean;
  readonly #past: RegExp;
  readonly #goTo: RegExp;
  readonly #section: RegExp;
  readonly #step: RegExp;

  constructor(outline: Outline) {
    this.#outline = outline;
    for (const [index, piece] of outline.pieces.entries()) this.#indexOf.set(piece, index);
    for (const { heading, procedure } of outline.procedures) {
      // What undoes is carried out behind a failure, and below "Troubleshooting" each case has its own words.
      if (procedure.role === 'rollback' || gathersTrouble(heading.text)) continue;
      const key = titleIn(heading.text).toLowerCase();
      this.#titles.set(key, [...(this.#titles.get(key) ?? []), heading]);
      const sign = SIGN.exec(heading.text)?.[1];
      if (sign !== undefined) this.#signs.set(sign, [...(this.#signs.get(sign) ?? []), heading]);
      this.#anchors.set(procedure.id, heading);
    }
    this.#isEnglish = outline.guesses[0] === english;
    const gates = [...new Set([...outline.guesses, english])].map(
      ({ conditions }) => conditions.gates,
    );
    const any = (words: (one: (typeof gates)[number]) => readonly string[] | undefined): string =>
      `(?<![\\p{L}])(?:${gates.flatMap((one) => words(one) ?? []).join('|')})`;
    const behind = '(?: \\p{L}{2,8}){0,2}[\\s"“”„«»\'‘’`([]*$';
    this.#past = new RegExp(`${any((one) => one?.past)}${behind}`, 'iu');
    this.#goTo = new RegExp(
      `${any((one) => [...(one?.past ?? []), ...(one?.goTo ?? [])])}${behind}`,
      'iu',
    );
    this.#section = new RegExp(
      `${any((one) => one?.section)} ([A-Z]|\\d{1,2}(?:\\.\\d{1,2}){0,2})(?![\\p{L}\\p{N}])`,
      'giu',
    );
    this.#step = new RegExp(
      `${any((one) => one?.step)} (\\d{1,2})(?![\\p{L}\\p{N}]|\\.\\d)`,
      'giu',
    );
  }

  leadsPast(head: string): boolean {
    return this.#past.test(head);
  }

  /** "If it is healthy, skip to …", and nothing to be done before. */
  asksForNothingElse(part: string, at: number): boolean {
    const ends = part.search(/[,:：→⇒]|[-=]>| [–—] /u);
    const head = part.slice(ends < 0 || ends > at ? 0 : ends + 1, at);
    const said = this.#goTo.exec(head);
    return said !== null && head.slice(0, said.index).trim().split(/\s+/).length <= 2;
  }

  areIn(piece: Told, index: number): boolean {
    return this.in(piece.text, piece, index).length > 0;
  }

  /** What stands below and is named in a text, by its own words in quotes, as a link, or as a name in the sentence. */
  in(part: string, piece: Told | Where, index: number): readonly Named[] {
    const found = new Map<Piece, number>();
    const take = (at: number, targets: readonly Piece[] | undefined): void => {
      const target = targets?.find((one) => (this.#indexOf.get(one) ?? 0) > index);
      if (target !== undefined && !found.has(target)) found.set(target, at);
    };
    for (const { 1: quoted = '', index: at } of part.matchAll(QUOTED))
      take(at, this.#titles.get(titleIn(quoted).toLowerCase()));
    for (const { label, anchor } of this.#linksIn(piece)) {
      const heading = this.#anchors.get(anchor);
      const at = part.indexOf(label);
      if (at >= 0 && heading !== undefined) take(at, [heading]);
    }
    for (const { 1: sign = '', index: at } of part.matchAll(this.#section))
      take(at, this.#signs.get(sign));
    for (const { 1: number = '', index: at } of part.matchAll(this.#step))
      if (this.#goTo.test(part.slice(0, at))) take(at, this.#items(piece, index, Number(number)));
    for (const { at, targets } of this.#bare(part)) take(at, targets);
    return [...found].map(([target, at]) => ({ at, target }));
  }

  /** The same in the cells of a row, where a whole cell may be a title, or its number below "Section". */
  inRow(
    { cells, line }: TableRow,
    header: readonly string[],
    index: number,
  ): readonly (Named & { readonly said: string })[] {
    const found = new Map<Piece, Named & { readonly said: string }>();
    for (const [column, cell] of cells.entries()) {
      const text = cell.trim();
      if (column === 0 || text === '' || text.length > MOST_CHARACTERS) continue;
      const said = SHORT_SIGN.test(text) ? `${header[column] ?? ''} ${text}` : `: ${text}`;
      const whole = this.#titles.get(titleIn(text).toLowerCase());
      const isBelow = (one: Piece): boolean => (this.#indexOf.get(one) ?? 0) > index;
      const target = whole?.find(isBelow) ?? this.#endingIn(text)?.find(isBelow);
      const named = this.in(said, { kind: 'row', line, endLine: line }, index);
      for (const one of target === undefined ? named : [{ at: 0, target }])
        if (!found.has(one.target)) found.set(one.target, { ...one, said });
    }
    return [...found.values()];
  }

  /** "See Restart", "siehe Neustart", "Follow the drain": a title behind a word or two. */
  #endingIn(text: string): readonly Piece[] | undefined {
    const words = titleIn(text).split(/\s+/);
    if (words.length > FEW_WORDS + LONGEST_TITLE) return undefined;
    for (let from = 1; from <= FEW_WORDS && from < words.length; from += 1) {
      const said = titleIn(words.slice(from).join(' '));
      const found = this.#titles.get(said.toLowerCase());
      if (found !== undefined && (/^\p{Lu}/u.test(said) || said.includes(' '))) return found;
    }
    return undefined;
  }

  #linksIn({
    line,
    endLine,
  }: Told | Where): readonly { readonly label: string; readonly anchor: string }[] {
    const lines = this.#outline.lines.slice(line - 1, endLine).join(' ');
    if (!lines.includes('](#')) return [];
    return [...lines.matchAll(/\[([^\][]{1,80})\]\(#([^()\s]{1,80})\)/g)].map(
      ({ 1: label = '', 2: anchor = '' }) => ({ label: label.replace(/[*_`]/g, ''), anchor }),
    );
  }

  /** "…, do the drain below", "…, run Failover": a title in the middle of a sentence. */
  *#bare(part: string): Iterable<{ readonly at: number; readonly targets: readonly Piece[] }> {
    const words = [...part.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’/-]*/gu)].slice(0, MOST_WORDS);
    for (const [first, { index: at }] of words.entries())
      for (const last of words.slice(first, first + LONGEST_TITLE).toReversed()) {
        const end = last.index + last[0].length;
        const said = part.slice(at, end);
        const targets = this.#titles.get(said.toLowerCase());
        if (targets === undefined || first === 0) continue;
        const isName = /^\p{Lu}/u.test(said) && (this.#isEnglish || said.includes(' '));
        const isExact = isName && targets.some(({ text }) => titleIn(text) === said);
        if (isExact || /^ (?:below|section|procedure|steps)(?![\p{L}])/u.test(part.slice(end)))
          yield { at, targets };
      }
  }

  /** The step of that number in the list around, or in the next one below a paragraph. */
  #items(piece: Told | Where, index: number, number: number): readonly Piece[] {
    const below = this.#outline.pieces
      .slice(index + 1, index + FARTHEST)
      .find((one) => one.kind === 'item' && one.list.ordered);
    const list = piece.kind === 'item' ? piece.list : below?.kind === 'item' ? below.list : null;
    if (list === null || !list.ordered) return [];
    const items = this.#outline.groups.get(list)?.items ?? list.items;
    const item = items.find((_, at) => (items[0]?.list.start ?? 1) + at === number);
    return item === undefined ? [] : [item];
  }
}

/** Longer texts say more than where to go on. */
const MOST_CHARACTERS = 600;
const MOST_WORDS = 80;
const LONGEST_TITLE = 6;
const FARTHEST = 10;
/** "Before you run the 'Drain'": words in front of a name that say the order alone. */
const FEW_WORDS = 4;

/** A number or letter by itself, as a column "Section" has it. */
const SHORT_SIGN = /^(?:[A-Z]|\d{1,2}(?:\.\d{1,2}){0,2})$/;
const QUOTED = /["“„«‘'`]([^"“”„«»‘’'`]{2,80})["”“»’'`]/gu;
const SIGN =
  /^[^\p{L}\p{N}]{0,3}(?:\p{L}{4,10} )?([A-Z](?=$|\s?[.):–—-])|\d{1,2}(?:\.\d{1,2}){0,2}(?=$|[.):\s–—-]))/u;

/** A title without its number and marks. */
const titleIn = (text: string): string =>
  text
    .replace(/^[^\p{L}\p{N}`]+/u, '')
    .replace(/^\d{1,2}(?:\.\d{1,2}){0,2}[.):]? (?=\S)/u, '')
    .replace(/[\s:：.!]{1,3}$/u, '')
    .trim();
