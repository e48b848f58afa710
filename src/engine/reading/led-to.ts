import { decisionsOf } from './decisions.ts';
import { english } from './languages/english.ts';
import { german } from './languages/german.ts';
import type { Language } from './languages/language.ts';
import { speaksOf } from './languages/phrases.ts';
import { isSpaced } from './languages/script.ts';
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
  /** Where the name ends. */
  readonly end: number;
  readonly target: Piece;
}

/** Reads the sentences that name a section further down, or a step of a list, together with a condition. Linear. */
export function ledTo(outline: Outline, marks: MarkReader): LedTo {
  const sections = new Map<Piece, ConditionMark>();
  const jumps = new Map<Piece, Jump>();
  const names = new Names(outline);
  const [language] = outline.guesses;
  const hasEndings =
    language !== undefined &&
    (language.conditions.endings !== undefined || !isSpaced(language.script));
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
      const only = named.length === 0 ? null : restricted(part, named, marks);
      if (only !== null)
        for (const { target } of named) if (!sections.has(target)) sections.set(target, only);
      const mark =
        named.length === 0 || only !== null
          ? null
          : (markOf(part, above, marks) ?? sentIf(part, named, names, marks));
      const led =
        mark === null
          ? []
          : named.filter(
              ({ at }) =>
                names.sentFrom(part.slice(0, at)) !== '' ||
                isLedTo(part, at, mark, marks, hasEndings),
            );
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

/**
 * "Sections 'Drain' and 'Fence' are only for a lost node", "Only if the disk is full do you need section 'Clean'": when
 * what is named is carried out at all, said of it as it is said of "the following step".
 */
function restricted(
  part: string,
  named: readonly Named[],
  marks: MarkReader,
): ConditionMark | null {
  const ends = Math.max(...named.map(({ end }) => end));
  const begins = Math.min(...named.map(({ at }) => at));
  const head = undecorated(part.slice(0, begins));
  const rest = part
    .slice(ends)
    .replace(/^["“”„«»'‘’`)]{0,2}(?: (?:section|sections|procedure|part|step|steps|below))?/iu, '');
  const isSubject = FEW_IN_FRONT.test(head);
  const said = isSubject ? marks.title(`The following${rest}`) : null;
  if (said?.kind === 'if' && said.sure === true) return { ...said, text: shown(part) };
  const isNeeded = NEEDED.test(head) && (ONLY_WHEN.test(head) || ONLY_WHEN.test(rest.trim()));
  return isNeeded ? { kind: 'if', text: shown(part) } : null;
}

const FEW_IN_FRONT =
  /^(?:(?:the|all|both|of|steps?|in|sections?|parts?|procedures?|chapters?) ?){0,4}["“”„«»'‘’`([]{0,2}$/iu;
/** "… do you need", "You need", "Perform": in front of the name. */
const NEEDED =
  /(?:^|[\s,])(?:need|needs|run|perform|follow|do|carry out|use|execute|apply|go through|work through)(?: (?:the|to (?:run|do|follow|perform)|all|of|steps?|in|sections?|parts?|procedures?)){0,4} ?["“”„«»'‘’`([]{0,2}$/iu;
const ONLY_WHEN = /^only (?:if|when|after|on|for|where|in)(?![\p{L}])/iu;

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

/** "If it is red go to step 4": what stands in front of where to go on, as if a comma did. */
function sentIf(
  part: string,
  named: readonly Named[],
  names: Names,
  marks: MarkReader,
): ConditionMark | null {
  for (const { at } of named) {
    const before = names.sentFrom(part.slice(0, at));
    const mark = before === '' ? null : marks.title(`${before}, x`);
    if (mark?.kind === 'if') return { ...mark, text: shown(part) };
  }
  return null;
}

const CASE_ENDS = / ?[:：→⇒]| [-=]>| [–—] /u;

/** "For 4.x, follow section A": those of which it is said have their own section. */
const FOR_SOME =
  /^for (?!(?:each|every|all|both|any|now|example|instance|this|that|these|those|more|further|details?|help|background|information|reference|the (?:first|second|rest|next|following|details?))(?![\p{L}]))[^,:：]{2,60}[,:：] (?!.{0,60}(?<![\p{L}])(?:see|refer|consult)(?![\p{L}]))/iu;

/** Whether the name stands where it is said what to do, and not what is the case. */
function isLedTo(
  part: string,
  at: number,
  mark: ConditionMark,
  marks: MarkReader,
  hasEndings: boolean,
): boolean {
  if (mark.kind === 'otherwise') return true;
  const head = part.slice(0, at).replace(/[\s"“”„«»'‘’`([]{1,3}$/u, '');
  if (speaksOf('order', head.split(' ').slice(-FEW_WORDS).join(' '), [english])) return false;
  const ends = part.search(CLAUSE_ENDS);
  if (ends > 0 && ends < at) return true;
  // "… değiştirildiyse Katılım bölümüne geçin": the ending says "if", and no comma has to.
  if (ends < 0 && head !== '' && hasEndings && marks.title(`${head}, x`) !== null) return true;
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
  /** Of the page. */
  readonly #language: Language | undefined;
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
      into(this.#titles, key, heading);
      const sign = SIGN.exec(heading.text)?.[1];
      if (sign !== undefined) into(this.#signs, sign, heading);
      this.#anchors.set(procedure.id, heading);
    }
    this.#language = outline.guesses[0];
    const isEnglish = this.#language === english || this.#language === undefined;
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
      `${isEnglish ? '' : `${NUMBERED}|`}${any((one) => one?.section)} (?<sign>[A-Z]|\\d{1,2}(?:\\.\\d{1,2}){0,2})(?![\\p{L}\\p{N}])`,
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
    const ends = part.search(CLAUSE_ENDS);
    const isOneClause = ends < 0 || ends > at;
    const head = part.slice(isOneClause ? 0 : ends + 1, at);
    const from = isOneClause ? this.sentFrom(head) : '';
    if (from !== '' && !/ (?:and|then|und|et|y|e)$/i.test(from)) return true;
    const said = this.#goTo.exec(head);
    return said !== null && head.slice(0, said.index).trim().split(/\s+/).length <= 2;
  }

  /** "If red", in front of "go to" where no comma has to stand between them; `''`: it is not said who goes on there, and when. */
  sentFrom(head: string): string {
    const said = this.#goTo.exec(head);
    const before = said === null ? '' : head.slice(0, said.index).trim();
    return before.includes(' ') && !NOT_TOLD.test(before) ? before : '';
  }

  areIn(piece: Told, index: number): boolean {
    return this.in(piece.text, piece, index).length > 0;
  }

  /** What stands below and is named in a text, by its own words in quotes, as a link, or as a name in the sentence. */
  in(part: string, piece: Told | Where, index: number): readonly Named[] {
    const found = new Map<Piece, Named>();
    const take = (at: number, size: number, targets: readonly Piece[] | undefined): void => {
      const target = targets?.find((one) => (this.#indexOf.get(one) ?? 0) > index);
      if (target !== undefined && !found.has(target))
        found.set(target, { at, end: at + size, target });
    };
    for (const { 0: all, 1: quoted = '', index: at } of part.matchAll(QUOTED))
      take(at, all.length, this.#titles.get(titleIn(quoted).toLowerCase()));
    for (const { label, anchor } of this.#linksIn(piece)) {
      const heading = this.#anchors.get(anchor);
      const at = part.indexOf(label);
      if (at >= 0 && heading !== undefined) take(at, label.length, [heading]);
    }
    for (const { 0: all, groups, index: at } of part.matchAll(this.#section)) {
      take(at, all.length, this.#signs.get(groups?.['named'] ?? groups?.['sign'] ?? ''));
      // "Sections 1 and 2"
      const [and = '', sign = ''] = AND_SIGN.exec(part.slice(at + all.length)) ?? [];
      if (and !== '') take(at, all.length + and.length, this.#signs.get(sign));
    }
    for (const { 0: all, 1: number = '', index: at } of part.matchAll(this.#step))
      if (this.#goTo.test(part.slice(0, at)))
        take(at, all.length, this.#items(piece, index, Number(number)));
    // "go to 4", among steps that have numbers.
    if (piece.kind === 'item')
      for (const { 0: all, index: at } of part.matchAll(BARE_NUMBER))
        if (this.#goTo.test(part.slice(0, at)))
          take(at, all.length, this.#items(piece, index, Number(all)));
    for (const { at, size, targets } of [...this.#bare(part), ...this.#unspaced(part)])
      take(at, size, targets);
    return [...found.values()];
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
      for (const one of target === undefined ? named : [{ at: 0, end: 0, target }])
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
  *#bare(part: string): Iterable<{
    readonly at: number;
    readonly size: number;
    readonly targets: readonly Piece[];
  }> {
    const words = [...part.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’/-]*/gu)].slice(0, MOST_WORDS);
    for (const [first, { index: at }] of words.entries())
      for (const last of words.slice(first, first + LONGEST_TITLE).toReversed()) {
        const end = last.index + last[0].length;
        const said = part.slice(at, end);
        const targets = this.#titles.get(said.toLowerCase());
        if (targets === undefined || first === 0) continue;
        const isName = canBeName(said) && this.#isNameAt(part, at, said);
        const isExact = isName && targets.some(({ text }) => titleIn(text) === said);
        if (isExact || /^ (?:below|section|procedure|steps)(?![\p{L}])/u.test(part.slice(end)))
          yield { at, size: said.length, targets };
      }
  }

  /**
   * Whether a title of one word is a name there. Where every noun has a capital an article in front of it says that it is
   * none; elsewhere one directly behind a comma is what its clause speaks of.
   */
  #isNameAt(part: string, at: number, said: string): boolean {
    if (this.#language === english || said.includes(' ')) return true;
    const head = part.slice(0, at).trimEnd();
    if (/[,:;.،]$/u.test(head)) return false;
    return this.#language !== german || !ARTICLE.test(head);
  }

  /** The titles of a page whose words nothing parts, in a clause behind the one that says when. */
  *#unspaced(part: string): Iterable<{
    readonly at: number;
    readonly size: number;
    readonly targets: readonly Piece[];
  }> {
    if (this.#language === undefined || isSpaced(this.#language.script)) return;
    const from = Math.max(0, part.search(CLAUSE_ENDS));
    const said = part.slice(from).toLowerCase();
    for (const [title, targets] of this.#titles) {
      const at = title.length < FEWEST_SIGNS ? -1 : said.indexOf(title);
      if (at > 0) yield { at: from + at, size: title.length, targets };
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

function into<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** Longer texts say more than where to go on. */
const MOST_CHARACTERS = 600;
const MOST_WORDS = 80;
const LONGEST_TITLE = 6;
const FARTHEST = 10;
/** "Before you run the 'Drain'": words in front of a name that say the order alone. */
const FEW_WORDS = 4;

/** "If you go to", "do not go to": no order. */
const NOT_TOLD =
  /(?<![\p{L}])(?:you|we|i|they|to|not|never|must|can|may|should|ever|who|will|would|could)$/iu;
const BARE_NUMBER = /(?<![\p{L}\p{N}.-])\d{1,2}(?=[.,;:)]?(?:$|[,;)] ))/gu;
const AND_SIGN = /^ (?:and|or|&) ([A-Z]|\d{1,2}(?:\.\d{1,2}){0,2})(?![\p{L}\p{N}])/u;
/** Capitals begin a name where a script has any. */
const canBeName = (said: string): boolean =>
  /^\p{Lu}/u.test(said) || (said.length > FEWEST_SIGNS && /^[\p{Lo}\p{M}\s-]+$/u.test(said));

/** A number or letter by itself, as a column "Section" has it. */
const SHORT_SIGN = /^(?:[A-Z]|\d{1,2}(?:\.\d{1,2}){0,2})$/;
const QUOTED = /["“„«‘'`「『《]([^"“”„«»‘’'`「」『』《》]{2,80})["“”»’'`」』》]/gu;
/** Ends the clause in front: a comma, an arrow, a colon, a dash. */
const CLAUSE_ENDS = /[,，、،:：→⇒]|[-=]>| [–—] /u;
/** A title of fewer signs, in a language whose words nothing parts, may be any word. */
const FEWEST_SIGNS = 3;
const ARTICLE =
  /(?<!\p{L})(?:der|die|das|dem|den|des|ein\p{L}{0,2}|kein\p{L}{0,2}|dies\p{L}{0,2}|jede\p{L}|ihr\p{L}{0,2}|sein\p{L}{0,2}|zum|zur|im|beim|vom|ins|am)$/iu;
/** "раздел 2", "第2节": words for a part of a page, by how they begin. */
const NUMBERED =
  '(?:(?<![\\p{L}])(?:sec[tcț]|sekc|sekt|sezion|seç|avsnit|afsnit|kapit|hoofdst|cap[íi]t|part[ei]|deel|част|раздел|розділ|глав|пункт|punkt|częś|rozdzia|část|oddíl|bölüm|phần|mục|bagian|bab|luku|luvu|koh[td]a|osa|osio|fejezet|szakasz|ενότητ|κεφάλαι|τμήμα|القسم|قسم|بخش|भाग|अनुभाग)[\\p{L}\\p{M}]{0,8} |(?:セクション|第|섹션) ?)(?<named>\\d{1,2}(?:\\.\\d{1,2}){0,2})(?=\\s?[节節章]|[^\\p{L}\\p{N}.]|\\.(?!\\d)|$)';
const SIGN =
  /^[^\p{L}\p{N}]{0,3}(?:\p{L}{4,10} )?([A-Z](?=$|\s?[.):–—-])|\d{1,2}(?:\.\d{1,2}){0,2}(?=$|[.):\s–—-]))/u;

/** A title without its number and marks. */
const titleIn = (text: string): string =>
  text
    .replace(/^[^\p{L}\p{N}`]+/u, '')
    .replace(/^\d{1,2}(?:\.\d{1,2}){0,2}[.):]? (?=\S)/u, '')
    .replace(/[\s:：.!]{1,3}$/u, '')
    .trim();
