import type { Annotations } from '../model/annotations.ts';
import type { ItemBlock, RowBlock } from '../model/block.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { waysIn } from './alternatives.ts';
import type { CommentReading } from './annotation-comments.ts';
import { mergeAnnotations } from './annotations-reader.ts';
import type { Judged } from './classes/class.ts';
import { toldInFence } from './fenced-words.ts';
import { judgeItem } from './items/judge-item.ts';
import { isCommandText, type ListReading, readList } from './items/read-list.ts';
import { sayingOf } from './items/saying.ts';
import { asksToRun } from './leads.ts';
import { systemsIn } from './marks/systems.ts';
import type { ItemPiece, ListPiece, ParagraphPiece, Piece } from './pieces.ts';
import { saidLeftOut } from './sayings.ts';
import { leadOf, leadOfList, type Outline } from './surroundings.ts';
import { titleOfLead } from './titles.ts';
import { isImperative } from './verbs.ts';

/** What every block has, whatever its kind. */
export type Around = Omit<RowBlock, 'kind' | 'header' | 'cells' | 'codes' | 'shell'>;

/** What is true of all items of a list. */
interface ListFacts {
  readonly reading: ListReading;
  readonly lead: string;
  readonly siblings: readonly string[];
  readonly legend: boolean;
  readonly ignored: boolean;
}

/** Words above a list of ticked boxes that make it a checklist all the same. */
const CHECKS =
  /\b(?:check\w*|prerequisites?|requirements?|pre-\w+|post-\w+|before|verif\w+|validat\w+|criteria|tasks?|to-?do|steps?|readiness|procedure|sign-?off|gates?)\b/i;

/** What speaks for and against something: a tick says which, and nothing is to be done. */
const WEIGHED =
  /(?<!\p{L})(?:(?:dis)?advantages|pros|cons|drawbacks|trade-?offs|vorteile|nachteile|avantages|inconvénients|(?:des)?ventajas|(?:des)?vantagens|s?vantaggi|voordelen|nadelen|zalety|wady|fördelar|nackdelar|výhody|nevýhody|преимущества|недостатки|переваги|недоліки)(?!\p{L})|长处|优缺点|优点|缺点|メリット|장단점|장점|단점/iu;

/** Headings of links to other pages. */
const READ_ON =
  /^[^\p{L}]{0,12}(?:next steps?|what(?:’|'| i)s next|see also|related\b.{0,40}|further reading|read more|more information|references?|links|resources|additional resources|siehe auch|nächste schritte|wie (?:es )?weiter(?:geht)?|weiterführend\p{L}*(?: \p{L}+)?|verwandte\p{L}* \p{L}+|voir aussi|à lire aussi|(?:prochaines?|étapes?) (?:étapes?|suivantes?)|pour aller plus loin|en savoir plus|liens(?: utiles)?|véase(?: también)?|ver también|(?:próximos|siguientes) pasos|más información|enlaces|ve(?:r|ja) também|próximos passos|mais informações|vedi anche|prossimi passi|passi successivi|zie ook|volgende stappen|meer (?:informatie|lezen)|se (?:även|också|også)|nästa steg|næste skridt|neste steg|läs mer|zobacz (?:też|także|również)|(?:następne|kolejne|dalsze) kroki|viz (?:také|též)|další (?:kroky|čtení)|см(?:отрите)?\.? также|(?:следующие|дальнейшие) шаги|див(?:іться)?\.? також|наступні кроки|ayrıca bakınız|sonraki adımlar|katso myös|seuraavat vaiheet|lásd még|vezi și|参照|関連(?:リンク|項目|資料)?|関連ドキュメント|次のステップ|另(?:请)?参阅|参见|相关(?:链接|文档)|后续步骤|下一步|참고(?: 자료)?|관련 (?:링크|문서)|다음 단계)[^\p{L}\p{N}]{0,12}$/iu;

/** Of those: what stands there may be to be done as well. */
const NEXT =
  /^[^\p{L}\p{N}]*(?:next|what|nächste|wie|prochain|étapes|próximo|siguiente|prossimi|passi|volgende|näst|næste|neste|następ|kolejne|dalsze|další|следующ|дальнейш|наступн|sonraki|seuraavat|次|下一|后续|다음)/iu;

/** "On Debian: `apt-get install jq`". */
function isForSystem({ list, checked, text, lastCode }: ItemPiece): boolean {
  if (list.ordered || checked !== null || lastCode === '' || !text.endsWith(lastCode)) return false;
  return systemsIn(text.slice(0, -lastCode.length).trim()) !== null;
}

/** Makes blocks of list items; every list is judged once. */
export class ItemBlocks {
  readonly #outline: Outline;
  readonly #comments: CommentReading;
  readonly #defaults: Annotations;
  readonly #lists = new Map<ListPiece, ListFacts>();
  readonly #saidOf = new Set<Piece>();
  /** Items that stand among steps and were made none. */
  readonly leftOut: Diagnostic[] = [];
  /** Lists that hold commands which nobody asks to run. */
  readonly unasked: ListPiece[] = [];
  readonly #judged: ((judged: Judged) => void) | undefined;

  constructor(
    outline: Outline,
    comments: CommentReading,
    defaults: Annotations,
    judged?: (judged: Judged) => void,
  ) {
    this.#judged = judged;
    this.#outline = outline;
    this.#comments = comments;
    this.#defaults = defaults;
  }

  /** The item as a block; `undefined` when it is taken out, or only explains boxes. */
  offered(piece: ItemPiece, index: number): ItemBlock | undefined {
    const facts = this.#facts(piece, index);
    if (facts.ignored || (piece.checked !== null && facts.legend)) return undefined;
    const around = this.around(piece, index);
    if (around.annotations.ignore) return undefined;
    if (isBlank(piece)) {
      this.leaveOut(piece, 'it is a blank to be filled in');
      return undefined;
    }
    const isFirst = this.#isPrerequisite(piece, index);
    const pointer = isFirst ? '' : this.#pointer(piece, around.trail.at(-1) ?? '');
    const heading = around.trail.at(-1) ?? '';
    // "Read [this](…)" below "See also" is not told to somebody in the middle of a procedure.
    if (piece.linked && piece.link === null && READ_ON.test(heading) && !NEXT.test(heading)) {
      this.leaveOut(piece, 'its heading says where to read on');
      return undefined;
    }
    if (pointer !== '') this.leaveOut(piece, pointer, pointedAt(piece, around.trail.at(-1) ?? ''));
    return {
      ...around,
      kind: 'item',
      lead: titleOfLead(facts.lead),
      text: piece.text,
      checked: piece.checked,
      ordered: piece.list.ordered || isFirst || (isCommandAlone(piece) && this.#runsThrough(piece)),
      siblings: facts.siblings,
      strong: piece.strong,
      ...(piece.link === null || pointer !== '' ? {} : { link: piece.link }),
      ...(pointer !== '' ? { instruction: '' } : this.#instruction(piece, index, facts.reading)),
    };
  }

  #instruction(
    piece: ItemPiece,
    index: number,
    list: ListReading,
  ): Pick<ItemBlock, 'instruction' | 'doubt'> {
    const isBullet = !piece.list.ordered && piece.checked === null;
    const isListed = isBullet && isCommandAlone(piece);
    const isCounted = isListed && this.#runsThrough(piece);
    if ((isBullet && !isCounted) || piece.checked !== null || piece.text === '') {
      if (isForSystem(piece))
        this.leaveOut(piece, 'a bullet that gives a command for one system', MAKE_A_STEP);
      if (piece.lastCode !== '' && this.#isWay(piece))
        this.leaveOut(piece, 'a bullet that gives a command for one of several ways', MAKE_A_STEP);
      if (tellsForCase(piece, list))
        this.leaveOut(piece, 'a bullet that says what to do in one of several cases', MAKE_A_STEP);
      if (isListed && piece === piece.list.items.find(isCommandAlone)) {
        this.leaveOut(piece, NOBODY_ASKS, LEAD_OVER);
        if (!this.unasked.includes(piece.list)) this.unasked.push(piece.list);
      }
      return { instruction: '' };
    }
    const told = toldInFence(this.#outline, index, piece) !== '';
    const { instruction, doubt, leftOut, verdict } = judgeItem(piece, list, told);
    if (leftOut !== '') this.leaveOut(piece, leftOut);
    this.#judged?.({ line: piece.line, endLine: piece.endLine, verdict });
    return { instruction, ...(doubt ? { doubt } : {}) };
  }

  /** "Publish it with:" over bullets that are a command each: they are worked off as numbered ones are. */
  #runsThrough({ list }: ItemPiece): boolean {
    const lead = leadOfList(this.#outline, list);
    return (
      list.parent === null &&
      list.items.every(isCommandAlone) &&
      LEADS_OVER.test(lead) &&
      waysIn(lead) < 2 &&
      !CHOICE.test(lead) &&
      (isImperative(lead) || asksToRun(lead, this.#outline.guesses))
    );
  }

  /** "There are two ways:" over "- by hand: `…`", or "- A) by script: `…`" beside "- B) …". */
  #isWay({ list, text }: ItemPiece): boolean {
    if (list.parent !== null || list.items.length < 2) return false;
    return LETTERED.test(text) || waysIn(leadOfList(this.#outline, list)) > 1;
  }

  /** Innovation Engine runs what the bullets of "Prerequisites" link to; pages of its kind are known by its comments. */
  #isPrerequisite(piece: ItemPiece, index: number): boolean {
    const { similarity, variables } = this.#comments;
    const at = this.#outline.procedureOf[index] ?? -1;
    return (
      piece.link !== null &&
      (similarity.size > 0 || Object.keys(variables).length > 0) &&
      this.#outline.procedures[at]?.procedure.role === 'prerequisites'
    );
  }

  /** Why an item that is only a link to a runbook is not run in its place; `''` for others. */
  #pointer(piece: ItemPiece, heading: string): string {
    const { link } = piece;
    if (
      link === null ||
      piece.checked !== null ||
      !/^(?![a-z]+:)[^#]+\.(?:md|markdown|mdx)(?:#|$)/i.test(link)
    )
      return '';
    if (READ_ON.test(heading)) return 'its heading says where to read on';
    return piece.list.ordered
      ? ''
      : 'a bullet that is a link tells of a runbook and does not run it';
  }

  /** Said once for each item, though it may be offered more than once. */
  leaveOut(
    piece: ItemPiece | ParagraphPiece,
    why: string,
    hint = 'Begin it with a verb, or write `- [ ]`, if it is to be done.',
  ): void {
    if (this.#saidOf.has(piece)) return;
    this.#saidOf.add(piece);
    const message = `This item stands where steps are, and is none: ${why}.`;
    this.leftOut.push(saidLeftOut(piece.line, message, hint));
  }

  around(piece: Piece, index: number): Around {
    const at = this.#outline.procedureOf[index] ?? -1;
    const procedure = this.#outline.procedures[at]?.procedure;
    return {
      trail: procedure?.trail ?? [],
      procedure: procedure?.id ?? '',
      label: this.#outline.labelOf[index] ?? '',
      lead: piece.kind === 'item' ? '' : titleOfLead(leadOf(this.#outline, index)),
      line: piece.line,
      endLine: piece.endLine,
      annotations: mergeAnnotations(
        this.#defaults,
        this.#comments.inherited[at] ?? this.#comments.everywhere,
        this.#comments.of.get(piece) ?? {},
      ),
    };
  }

  #facts(piece: ItemPiece, index: number): ListFacts {
    const { list } = piece;
    const known = this.#lists.get(list);
    if (known) return known;
    const group = this.#outline.groups.get(list);
    const first = group?.first === list ? undefined : this.#lists.get(group?.first ?? list);
    const lead = leadOfList(this.#outline, group?.first ?? list);
    const label = this.#outline.labelOf[index] ?? '';
    const at = this.#outline.procedureOf[index] ?? -1;
    const trail = this.#outline.procedures[at]?.procedure.trail ?? [];
    const facts: ListFacts = {
      reading:
        first?.reading ??
        readList(group?.items ?? list.items, {
          lead,
          label,
          trail,
          page: this.#outline.languages,
        }),
      lead,
      siblings: list.items.map((item) => item.text),
      legend: isLegend(
        group?.items ?? list.items,
        [label, lead, ...trail.slice(-1)].join('\n'),
        trail.at(-2) ?? '',
      ),
      ignored: this.#isIgnored(list),
    };
    this.#lists.set(list, facts);
    return facts;
  }

  /** `ignore` above a list, or on an item around it, takes out the whole list. */
  #isIgnored(list: ListPiece): boolean {
    for (let at: ListPiece | undefined = list; at; at = at.parent?.list) {
      const above = [at.items[0], at.parent];
      if (above.some((item) => item && this.#comments.of.get(item)?.ignore)) return true;
    }
    return false;
  }
}

/** "- [ ] [access to the cluster]", "1. [확인 단계]": nothing but what somebody is to write there. */
const isBlank = ({ text, link }: ItemPiece): boolean =>
  link === null && /^[[［][^[\]［］]{2,200}[\]］]\.?$/.test(text) && /\p{L}{2}/u.test(text);

const LETTERED = /^\(?[A-H][).] \S/;

/** Of a bullet: a verb alone makes no step of it. */
const MAKE_A_STEP = 'Write it as `- [ ] …`, if it is to be done.';

const NOBODY_ASKS =
  'a bullet that is a command and nothing else, below no sentence that asks to run it';
const LEAD_OVER =
  'Write a sentence above the list that asks for it ("Run these:"), or number the list, if it is to be done.';

const LEADS_OVER = /[:：][^\p{L}\p{N}:：]*$/u;
/** "Use one of these:", "Any of:". */
const CHOICE = /\b(?:one|any|either|some) of\b|\b(?:or|alternatively|examples?|e\.g)\b/i;

/** A bullet or item that is a command with its words, and nothing else. */
const isCommandAlone = ({ text, code, checked, list }: ItemPiece): boolean =>
  !list.ordered && checked === null && text === code && isCommandText(text);

/** How a link is written that is run in its place. */
function pointedAt({ text, link }: ItemPiece, heading: string): string {
  const numbered = `\`1. [${text.slice(0, 60)}](${link ?? ''})\``;
  return READ_ON.test(heading)
    ? `Write ${numbered} below a heading of steps, if it is to be run.`
    : `Write ${numbered}, if it is to be run here.`;
}

/** `- [ ] = Not checked` explains boxes, ticks under "Pros and cons" weigh, a list ticked throughout tells what is covered. */
function isLegend(items: readonly ItemPiece[], nearest: string, above: string): boolean {
  if (items.some((item) => /^(?:[=:→-]|means\b)/.test(item.text))) return true;
  if (WEIGHED.test(nearest)) return true;
  if (items[0]?.list.parent?.checked === false) return false;
  const tasks = items.filter((item) => item.checked !== null);
  if (tasks.length < 2 || !tasks.every((item) => item.checked === true)) return false;
  const named = tasks.every(({ strong, text }) => strong !== '' && /^.{1,60}?[:：]\s/.test(text));
  return !CHECKS.test(nearest) && (named || !CHECKS.test(above));
}

/** "neither → …", "Both answer: …", "None of these, …": names a case among others. */
const CASE =
  /^(?:if |when )?(?:neither|both|none|only one|exactly one|one of|either|all|any)(?: [\p{L}\p{N}'’-]{1,20}){0,6}\s?[:,–—-] /iu;

/** What is behind an arrow, or behind the words for a case, in a bullet of its own list; `''`: nothing. */
function behindCase(text: string): string {
  const arrow = /\s(?:→|⇒|[-=]>)\s/.exec(text);
  if (arrow !== null && arrow.index <= LONGEST_CASE)
    return text.slice(arrow.index + arrow[0].length);
  const named = CASE.exec(text);
  return named === null ? '' : text.slice(named[0].length);
}

const LONGEST_CASE = 80;

/** A bullet, in no step, that says what to do in which case: "neither answers → call the vendor". */
function tellsForCase({ list, text }: ItemPiece, { tongues }: ListReading): boolean {
  if (list.parent !== null || list.ordered || list.items.length < 2) return false;
  const rest = behindCase(text);
  return rest !== '' && (isImperative(rest) || sayingOf(rest, tongues).tells >= 2);
}
