import type { Effect } from '../model/effect.ts';
import type { StepCondition } from '../model/step-condition.ts';
import {
  type Beside,
  linkAlternatives,
  type Told,
  tabsAmong,
  tellWays,
  waysIn,
} from './alternatives.ts';
import { isCollection } from './collections.ts';
import {
  type ConditionMark,
  commentBehind,
  type MarkReader,
  markReader,
} from './condition-marks.ts';
import type { RowWhen } from './expected-cell.ts';
import type { ReadFence } from './fence-reader.ts';
import { StepIds } from './ids.ts';
import { kindOf } from './kind.ts';
import { tellMenu } from './menus.ts';
import { OpenGates } from './open-gates.ts';
import { ownerAbove } from './owners.ts';
import type { FencePiece, ItemPiece, ListPiece, Piece } from './pieces.ts';
import { isScenario } from './scenarios.ts';
import { languagesOfSections, type Outline } from './surroundings.ts';
import { gathersTrouble, isSymptom, isTrouble } from './trouble.ts';
import { isImperative } from './verbs.ts';

/** Words under which something is to be done, with the alternatives they stand among. */
interface Scope {
  readonly mark: ConditionMark;
  readonly line: number;
  /** What alternatives have in common; equal for those that exclude each other. */
  group: object | null;
  /** Where its id is looked up. */
  readonly procedure: string;
}

/** Finds for each block of a page under what it is to be done. Linear in the page. */
export class Conditions {
  readonly #outline: Outline;
  readonly #fences: ReadonlyMap<FencePiece, ReadFence>;
  readonly #marks: MarkReader;
  /** Ids of procedures below which headings say what has gone wrong. */
  readonly #troubles: ReadonlySet<string>;
  readonly #rollbacks: ReadonlySet<string>;
  readonly #indexOf: ReadonlyMap<Piece, number>;
  readonly #scopes = new Map<Piece, Scope>();
  readonly #chains: readonly (readonly Scope[])[];
  readonly #ids = new StepIds();
  /** Commands that show what a gate asks for. */
  readonly #looks = new Map<Piece, Scope>();
  readonly #given = new Map<Scope, string>();
  readonly #groups = new Map<object, string>();

  constructor(outline: Outline, fences: ReadonlyMap<FencePiece, ReadFence>) {
    this.#outline = outline;
    this.#fences = fences;
    this.#marks = markReader(outline.guesses, languagesOfSections(outline));
    this.#troubles = new Set(
      outline.procedures
        .filter(({ heading }) => gathersTrouble(heading.text))
        .map(({ procedure }) => procedure.id),
    );
    this.#rollbacks = new Set(
      outline.procedures
        .filter(({ procedure }) => procedure.role === 'rollback')
        .map(({ procedure }) => procedure.id),
    );
    this.#indexOf = new Map(outline.pieces.map((piece, index) => [piece, index]));
    this.#markHeadings();
    this.#markParagraphs();
    this.#markItems();
    this.#chains = this.#chained();
  }

  /** Under what the block at that index is to be done; `undefined`: always. */
  of(
    index: number,
    step: { readonly effect: Effect; readonly text: string },
  ): StepCondition | undefined {
    const isUndoing = this.#isRollback(index);
    const piece = this.#outline.pieces[index];
    const isLook = step.effect === 'reads' || step.effect === 'none';
    const looks = piece === undefined || !isLook ? undefined : this.#looks.get(piece);
    const chain = (this.#chains[index] ?? []).filter(
      (scope) =>
        scope !== looks &&
        (!scope.mark.soft || holdsUp(step)) &&
        !(scope.mark.sparesReads && isLook) &&
        !(scope.mark.undoes && isUndoing),
    );
    return chain.reduce<StepCondition | undefined>(
      (within, scope) => this.#condition(scope, within),
      undefined,
    );
  }

  /** Under what a row of a table is to be done, by its own words, within `around`. */
  ofRow(
    index: number,
    { when, textLine }: { readonly when?: RowWhen; readonly textLine: number },
    around: StepCondition | undefined,
  ): StepCondition | undefined {
    if (when === undefined || this.#marks.gate(when.words) !== null) return around;
    const said = this.#marks.title(when.words);
    const isAlone = said?.kind === 'if' || said?.kind === 'optional' || said?.alone === true;
    const column = when.isColumn ? ({ kind: 'if', text: when.words } as const) : null;
    const mark = isAlone ? said : column;
    if (mark === null) return around;
    const procedure = this.#procedure(index);
    return this.#condition({ mark, line: textLine, group: null, procedure }, around);
  }

  /** Under what each part of a fence is to be done, by the comments that open them. */
  ofParts(
    index: number,
    parts: readonly { readonly title: string; readonly line: number; readonly text: string }[],
    readsOnly: (text: string) => boolean,
  ): readonly (StepCondition | undefined)[] {
    const isUndoing = this.#isRollback(index);
    const gates = this.#partGates(parts, this.#procedure(index));
    const marks = parts
      .map((part) => (this.#marks.gate(part.title) === null ? this.#partMark(part) : null))
      .map((mark) => (mark?.undoes && isUndoing ? null : mark));
    const procedure = this.#procedure(index);
    const scopes = new Map<object, Scope>();
    const beside = parts.map((part, at) => ({
      piece: part,
      text: part.title,
      mark: marks[at] ?? null,
      line: part.line,
    }));
    const tell: Told<(typeof beside)[number]> = (one, mark, group) => {
      const scope = scopes.get(one.piece) ?? { mark, line: one.line, group, procedure };
      scope.group ??= group;
      scopes.set(one.piece, scope);
    };
    tellMenu(
      beside,
      parts.map(({ text }) => firstCommand(text)),
      this.#titleOver(index),
      tell,
    );
    linkAlternatives(beside, tell);
    return parts.map((part, at) => {
      const scope = scopes.get(part);
      const isHeld =
        scope &&
        (!scope.mark.soft || holdsUp({ effect: 'writes', text: part.text })) &&
        !(scope.mark.sparesReads && readsOnly(part.text));
      const around = gates[at]?.reduce<StepCondition | undefined>(
        (within, gate) => this.#condition(gate, within),
        undefined,
      );
      return isHeld ? this.#condition(scope, around) : around;
    });
  }

  /** Per part: the gates in comments that it stands behind. "# Look, and stop if …" is over the command that shows it. */
  #partGates(
    parts: readonly { readonly title: string; readonly line: number; readonly text: string }[],
    procedure: string,
  ): readonly (readonly Scope[])[] {
    let open: readonly Scope[] = [];
    return parts.map(({ title, line, text }) => {
      const before = open;
      const mark = isGuarded(text) ? null : this.#marks.gate(title);
      if (mark === null) return before;
      open = [...before, { mark, line, group: null, procedure }];
      return mark.inFront === '' ? open : before;
    });
  }

  /** Below a heading whose procedure is carried out only after a failure. */
  #isRollback(index: number): boolean {
    const at = this.#outline.procedures[this.#outline.procedureOf[index] ?? -1];
    if (at === undefined) return false;
    return [at.procedure.id, ...at.ancestors].some((id) => this.#rollbacks.has(id));
  }

  /** A condition that is code already ("if …; then") is none. */
  #partMark({
    title,
    text,
  }: {
    readonly title: string;
    readonly text: string;
  }): ConditionMark | null {
    const mark = this.#marks.title(title);
    if (mark?.kind !== 'if') return mark;
    return isGuarded(text) ? null : mark;
  }

  /** Whether a comment opens something of its own: a condition or an alternative. */
  isApart(comment: string): boolean {
    return this.#marks.title(comment) !== null;
  }

  /** Whether a comment behind a command says when that is done. */
  isCondition(comment: string): boolean {
    return this.#behind(comment) !== null;
  }

  #condition(scope: Scope, within: StepCondition | undefined): StepCondition {
    const { mark, line, group, procedure } = scope;
    const id = this.#given.get(scope) ?? this.#ids.next(undefined, procedure, mark.text);
    this.#given.set(scope, id);
    if (group !== null && !this.#groups.has(group)) this.#groups.set(group, id);
    const name = group === null ? undefined : this.#groups.get(group);
    return {
      id,
      text: mark.text,
      line,
      ...(mark.gate === undefined ? {} : { gate: mark.gate }),
      ...(name === undefined ? {} : { group: name }),
      ...(within === undefined ? {} : { within }),
    };
  }

  #procedure(index: number): string {
    return this.#outline.procedures[this.#outline.procedureOf[index] ?? -1]?.procedure.id ?? '';
  }

  #scope(piece: Piece, mark: ConditionMark, group: object | null, procedure: string): void {
    const known = this.#scopes.get(piece);
    if (known === undefined) this.#scopes.set(piece, { mark, line: piece.line, group, procedure });
    else known.group ??= group;
  }

  /** Headings beside each other under one parent. */
  #markHeadings(): void {
    const families = new Map<string, Beside[]>();
    for (const { heading, procedure, ancestors } of this.#outline.procedures) {
      const key = `${ancestors.at(-1) ?? ''} ${procedure.level}`;
      const family = families.get(key) ?? [];
      families.set(key, family);
      family.push({
        piece: heading,
        text: heading.text,
        mark: this.#headed(heading.text, ancestors),
      });
    }
    const idOf = new Map(
      this.#outline.procedures.map(({ heading, ancestors }) => [heading, ancestors.at(-1) ?? '']),
    );
    const titles = new Map(
      this.#outline.procedures.map(({ heading, procedure }) => [procedure.id, heading.text]),
    );
    for (const [key, family] of families) {
      const tell: Told<Beside> = ({ piece }, mark, group) =>
        this.#scope(piece, mark, group, piece.kind === 'heading' ? (idOf.get(piece) ?? '') : '');
      this.#markCounted(family, key.split(' ')[0] ?? '');
      const ways = this.#waysAbove(family[0]?.piece, key.startsWith(' '));
      if (ways > 1) tellWays(family, ways, tell);
      else
        this.#tellMenu(
          family,
          key.startsWith(' ') ? '' : (titles.get(key.split(' ')[0] ?? '') ?? ''),
          tell,
        );
      linkAlternatives(family, tell);
    }
  }

  /** Cases that are counted below "Troubleshooting" are cases all of them, whatever words say so. */
  #markCounted(family: Beside[], parent: string): void {
    const marked = family.filter(({ mark }) => mark?.kind === 'if').length;
    if (!this.#isTroubles(parent) || marked < 2 || marked * 2 < family.length) return;
    if (!family.every(({ text }) => /^\W{0,3}\d{1,2}[.):]/.test(text))) return;
    for (const [at, one] of family.entries())
      family[at] = { ...one, mark: one.mark ?? { kind: 'if', text: shownTitle(one.text) } };
  }

  /** A procedure below which, or around which, it is said what has gone wrong. */
  #isTroubles(id: string): boolean {
    const read = this.#outline.procedures.find(({ procedure }) => procedure.id === id);
    return [id, ...(read?.ancestors ?? [])].some((one) => this.#troubles.has(one));
  }

  /** Of the titles that stand over something to do, those of which one is picked. */
  #tellMenu(family: readonly Beside[], over: string, tell: Told<Beside>): void {
    const commands = family.map(({ piece }) => this.#commandBelow(piece));
    const tasks = family.filter((_, at) => commands[at] !== '');
    tellMenu(
      tasks,
      commands.filter((command) => command !== ''),
      over,
      tell,
    );
  }

  /** The first command of the step below a title, before the next title; `''`: there is none. */
  #commandBelow(piece: Piece): string {
    const { pieces } = this.#outline;
    const index = this.#indexOf.get(piece) ?? pieces.length;
    if (piece.kind === 'fence') return this.#isStep(piece) ? firstCommand(piece.text) : '';
    for (let at = index + 1; at <= index + FARTHEST; at += 1) {
      const below = pieces[at];
      if (below === undefined || below.kind === 'heading') return '';
      if (
        below.kind === 'paragraph' &&
        piece.kind !== 'heading' &&
        (below.label || !('label' in piece && piece.label))
      )
        return '';
      if (below.kind === 'fence' && this.#isStep(below)) return firstCommand(below.text);
    }
    return '';
  }

  /** The heading, or the sentence, that a fence stands under. */
  #titleOver(index: number): string {
    const above = this.#outline.pieces[index - 1];
    const lead = above?.kind === 'paragraph' ? above.text : '';
    return isCollection(shownTitle(lead)) ? lead : this.#headingOver(index);
  }

  #headingOver(index: number): string {
    const { procedures, procedureOf } = this.#outline;
    return procedures[procedureOf[index] ?? -1]?.heading.text ?? '';
  }

  /** "Stop if the drain hangs" as a heading is a gate, and no case in which to do what is below it. */
  #headed(text: string, ancestors: readonly string[]): ConditionMark | null {
    if (this.#marks.gate(text) !== null) return null;
    return this.#marks.title(text) ?? this.#scenario(text, ancestors);
  }

  /** What has gone wrong: a symptom below another heading, or whatever says so below "Troubleshooting". */
  #scenario(heading: string, ancestors: readonly string[]): ConditionMark | null {
    if (ancestors.length > 0 && (isSymptom(heading) || isScenario(heading)))
      return { kind: 'if', text: shownTitle(heading) };
    if (!isTrouble(heading) || /\?$/.test(heading)) return null;
    return ancestors.some((id) => this.#troubles.has(id)) ? { kind: 'if', text: heading } : null;
  }

  /** Of how many ways the text speaks that stands above the first of some titles; 0 when of none. */
  #waysAbove(first: Piece | undefined, isTop: boolean): number {
    if (first === undefined || isTop) return 0;
    const { pieces } = this.#outline;
    const index = this.#indexOf.get(first) ?? 0;
    for (let at = index; at > Math.max(0, index - FARTHEST); at -= 1) {
      const above = pieces[at - 1];
      if (above?.kind === 'heading' || above?.kind === 'fence') return 0;
      const ways = above?.kind === 'paragraph' && !above.label ? waysIn(above.text) : 0;
      if (ways > 1) return ways;
    }
    return 0;
  }

  /** Labels of one procedure, and sentences that stand beside each other in one place. */
  #markParagraphs(): void {
    const { pieces } = this.#outline;
    let labels: Beside[] = [];
    let leads = new Map<ItemPiece | null, Beside[]>();
    const flush = (at: number): void => {
      const procedure = this.#procedure(at);
      const tell: Told<Beside> = ({ piece }, mark, group) =>
        this.#scope(piece, mark, group, procedure);
      for (const tabs of tabsAmong(labels, this.#outline.tabs)) tellWays(tabs, tabs.length, tell);
      const ways = this.#waysAbove(labels[0]?.piece, false);
      if (ways > 1) tellWays(labels, ways, tell);
      else
        for (const family of [labels, ...leads.values()])
          this.#tellMenu(family, this.#headingOver(at), tell);
      for (const family of [labels, ...leads.values()]) linkAlternatives(family, tell);
      labels = [];
      leads = new Map();
    };
    for (const [index, piece] of pieces.entries()) {
      if (piece.kind === 'heading') flush(index - 1);
      if (piece.kind === 'break' || (piece.kind === 'paragraph' && piece.label)) {
        const kept = labels;
        labels = [];
        flush(index - 1);
        labels = kept;
      }
      if (piece.kind === 'paragraph' && piece.label)
        labels.push({ piece, text: piece.text, mark: this.#labelMark(piece.text) });
      else if (piece.kind === 'paragraph') this.#lead(piece, index, leads);
      else if (piece.kind === 'fence') this.#bareFence(piece, index, leads);
    }
    flush(pieces.length - 1);
  }

  /** "**Disk full:**" says when as a heading does. */
  #labelMark(text: string): ConditionMark | null {
    if (this.#marks.gate(text) !== null) return null;
    const mark = this.#marks.title(text);
    return mark === null && (isSymptom(text) || isScenario(text))
      ? { kind: 'if', text: shownTitle(text) }
      : mark;
  }

  #lead(
    piece: Extract<Piece, { kind: 'paragraph' }>,
    index: number,
    leads: Map<ItemPiece | null, Beside[]>,
  ): void {
    if (!this.#governs(piece, index)) return;
    const family = leads.get(piece.item) ?? [];
    leads.set(piece.item, family);
    const gates = this.#gateMark(piece) !== null;
    const mark = gates ? null : this.#marks.lead(piece.text, isImperative);
    if (waysIn(piece.text) > 1) this.#waysBelow(index, waysIn(piece.text));
    family.push({ piece, text: piece.text, mark });
  }

  /** "Use one of these:" over fences that stand one below the other. */
  #waysBelow(index: number, ways: number): void {
    const fences: Beside[] = [];
    for (let at = index + 1; at <= index + ways; at += 1) {
      const piece = this.#outline.pieces[at];
      if (piece?.kind !== 'fence' || !this.#isStep(piece)) break;
      fences.push({ piece, text: firstWords(piece.text), mark: null });
    }
    tellWays(fences, ways, ({ piece }, mark, group) =>
      this.#scope(piece, mark, group, this.#procedure(index)),
    );
  }

  /** A fence that nothing leads to can be what an "Or:" below it takes the place of. */
  #bareFence(piece: FencePiece, index: number, leads: Map<ItemPiece | null, Beside[]>): void {
    if (!this.#isStep(piece)) return;
    const above = this.#outline.pieces[index - 1];
    if (above?.kind === 'paragraph' && above.item === piece.item) return;
    if (above?.kind === 'fence') return;
    const family = leads.get(piece.item) ?? [];
    leads.set(piece.item, family);
    const comment = firstWords(piece.text);
    const mark = this.#comment(piece);
    family.push({ piece, text: comment, mark: mark?.kind === 'option' ? mark : null });
  }

  /** Whether a sentence stands above something to do: the next piece is no other sentence. */
  #governs(piece: Piece, index: number): boolean {
    const next = this.#outline.pieces[index + 1];
    if (next === undefined || next.kind === 'heading' || next.kind === 'break') return false;
    return !(
      next.kind === 'paragraph' &&
      !next.label &&
      'item' in piece &&
      next.item === piece.item
    );
  }

  /** Items of one list, however it is interrupted. */
  #markItems(): void {
    const seen = new Set<ListPiece>();
    for (const [index, piece] of this.#outline.pieces.entries()) {
      if (piece.kind !== 'item') continue;
      const group = this.#outline.groups.get(piece.list);
      const list = group?.first ?? piece.list;
      if (seen.has(list)) continue;
      seen.add(list);
      const procedure = this.#procedure(index);
      const items = group?.items ?? list.items;
      const family = items.map((item) => ({
        piece: item,
        text: item.text,
        // The reader is told to stop, which is done in any case.
        mark: this.#gateMark(item) === null ? this.#marks.title(item.text) : null,
      }));
      const tell: Told<(typeof family)[number]> = (one, mark, alternatives) =>
        this.#scope(one.piece, mark, alternatives, procedure);
      const above = this.#outline.pieces[list.before];
      const ways = above?.kind === 'paragraph' ? waysIn(above.text) : 0;
      if (ways > 1) tellWays(family, ways, tell);
      linkAlternatives(family, tell);
    }
  }

  /** Per piece: the scopes it stands in, the outermost first. */
  #chained(): readonly (readonly Scope[])[] {
    const { pieces, procedures, procedureOf } = this.#outline;
    const headings = new Map(procedures.map(({ heading, procedure }) => [procedure.id, heading]));
    let label: Scope | null = null;
    let leads = new Map<ItemPiece | null, Lead>();
    const gates = new OpenGates<Scope>(this.#isManual());
    return pieces.map((piece, index) => {
      if (piece.kind === 'heading') gates.heading(piece.level);
      if (piece.kind === 'heading' || piece.kind === 'break') [label, leads] = [null, new Map()];
      if (label !== null && piece.line > (this.#outline.tabs.get(label.line)?.endLine ?? Infinity))
        [label, leads] = [null, new Map()];
      if (piece.kind === 'paragraph' && piece.item === null && endsLabel(piece)) {
        label = piece.label ? (this.#scopes.get(piece) ?? null) : null;
        leads = new Map();
      }
      if (piece.kind === 'paragraph' && !piece.label) this.#takeLead(piece, index, leads);
      if (piece.kind === 'item' && this.#goesOn(piece.list)) leads.delete(piece.list.parent);
      const read = procedures[procedureOf[index] ?? -1];
      const above = read === undefined ? [] : [...read.ancestors, read.procedure.id];
      const around = above.map((id) => headings.get(id)).map((one) => one && this.#scopes.get(one));
      const items = itemsAround(this.#outline, index);
      const inside = [null, ...items].flatMap((item) => [
        item === null ? null : this.#scopes.get(item),
        leads.get(item)?.scope,
      ]);
      if (piece.kind === 'fence') this.#step(piece, items, leads);
      const own = piece.kind === 'item' ? null : this.#own(piece, index, items);
      const isSaid = (one: Scope | null | undefined): one is Scope =>
        one !== null && one !== undefined;
      const standing = {
        chain: [...new Set([...around, label, ...inside, own].filter(isSaid))],
        headings: around.filter(isSaid),
        isUndoing: this.#isRollback(index),
      };
      const open = gates.over(standing);
      if (
        piece.kind === 'item'
          ? piece.list.ordered
          : this.#isStepPiece(piece) && !this.#looks.has(piece)
      )
        gates.reach(standing);
      const opened = this.#gate(piece, index);
      const level = read?.procedure.level ?? 1;
      const outside = { ...standing, chain: standing.chain.filter((one) => one !== opened) };
      if (opened !== null) gates.open(opened, level, outside);
      // "On Debian" around it comes before a gate, what it says of itself behind.
      const outer = standing.headings;
      return [...outer, ...open, ...standing.chain.filter((one) => !outer.includes(one))];
    });
  }

  /** "Only continue if …", "Abort if …": a condition on what follows. */
  #gate(piece: Piece, index: number): Scope | null {
    const own = piece.kind === 'fence' ? this.#scopes.get(piece) : undefined;
    if (own?.mark.gate !== undefined) return own;
    const mark = this.#gateMark(piece);
    if (mark === null) return null;
    const scope = { mark, line: piece.line, group: null, procedure: this.#procedure(index) };
    const next = this.#outline.pieces[index + 1];
    if (next?.kind === 'fence' && this.#isStep(next) && leadsToLook(piece, mark))
      this.#looks.set(next, scope);
    return scope;
  }

  #gateMark(piece: Piece): ConditionMark | null {
    const isRead = piece.kind === 'item' || piece.kind === 'paragraph' || piece.kind === 'heading';
    return isRead ? this.#marks.gate(piece.text) : null;
  }

  /** Several procedures of which one is picked, as far as the page shows before its steps are made. */
  #isManual(): boolean {
    const { pieces, procedures, kind } = this.#outline;
    if (kind !== undefined) return kind === 'manual';
    const steps = pieces.flatMap((piece, index) =>
      this.#isStepPiece(piece) || (piece.kind === 'item' && piece.list.ordered)
        ? [{ procedure: this.#procedure(index) }]
        : [],
    );
    return (
      kindOf(
        procedures.map(({ procedure }) => procedure),
        steps,
      ) === 'manual'
    );
  }

  #isStepPiece(piece: Piece): boolean {
    return piece.kind === 'fence' && this.#isStep(piece);
  }

  #takeLead(
    piece: Extract<Piece, { kind: 'paragraph' }>,
    index: number,
    leads: Map<ItemPiece | null, Lead>,
  ): void {
    const scope = this.#scopes.get(piece) ?? null;
    const before = leads.get(piece.item);
    if (scope === null && before?.scope && before.isOpen) return;
    const next = this.#outline.pieces[index + 1];
    const showsSample = next?.kind === 'fence' && !this.#isStep(next);
    leads.set(piece.item, { scope, isOpen: scope !== null && showsSample });
  }

  /** What was to be recognised has been shown, and now something was done about it. */
  #step(piece: FencePiece, items: readonly ItemPiece[], leads: Map<ItemPiece | null, Lead>): void {
    if (!this.#isStep(piece)) return;
    for (const item of [null, ...items]) {
      const lead = leads.get(item);
      if (lead?.isOpen) leads.set(item, { ...lead, isOpen: false });
    }
  }

  /** A fence's own words: an alternative to the one above, the sentence its item ends with, its first comment. */
  #own(piece: Piece, index: number, items: readonly ItemPiece[]): Scope | null {
    if (piece.kind !== 'fence') return null;
    const known = this.#scopes.get(piece);
    if (known !== undefined) return known;
    const item = items.at(-1);
    const above = this.#outline.pieces[index - 1];
    const isLed = item !== undefined && above === item && !this.#scopes.has(item);
    const gate = this.#commentGate(piece);
    if (gate !== null) {
      const opened = {
        mark: gate,
        line: piece.line,
        group: null,
        procedure: this.#procedure(index),
      };
      this.#looks.set(piece, opened);
      this.#scopes.set(piece, opened);
      return opened;
    }
    const leads = isLed && this.#gateMark(item) === null;
    const mark = (leads ? this.#marks.lead(item.text, isImperative) : null) ?? this.#comment(piece);
    const isAlone =
      mark?.kind === 'if' || mark?.kind === 'optional' || mark?.kind === 'or' || mark?.alone;
    if (mark === null || isAlone !== true) return null;
    const line = isLed ? item.line : piece.line;
    const scope = { mark, line, group: null, procedure: this.#procedure(index) };
    this.#scopes.set(piece, scope);
    return scope;
  }

  /** "# Stop if it is not empty", as the only comment of a fence: over the command that shows it, or is held up by it. */
  #commentGate(piece: FencePiece): ConditionMark | null {
    const lines = piece.text.split('\n').filter((line) => line.trim() !== '');
    const comments = lines.filter((line) => /^\s*(?:#(?!!)|--)\s*\S/.test(line));
    if (comments.length !== 1 || comments[0] !== lines[0] || isGuarded(piece.text)) return null;
    return this.#marks.gate((comments[0] ?? '').replace(/^[\s#-]+/, ''));
  }

  /** The comment that opens a fence speaks for all of it where no other does. */
  #comment(piece: FencePiece): ConditionMark | null {
    const comments = piece.text.split('\n').filter((line) => /^\s*(?:#(?!!)|--)\s*\S/.test(line));
    const lines = piece.text.split('\n').filter((line) => line.trim() !== '');
    const [first = ''] = lines;
    if (lines.length === 1) return this.#behind(commentBehind(first));
    if (comments.length !== 1 || comments[0] !== first) return null;
    return this.#marks.title(first.replace(/^[\s#-]+/, ''));
  }

  /** `reboot  # only if the kernel was updated`: a remark that goes on says what to do next. */
  #behind(comment: string): ConditionMark | null {
    if (comment === '' || /[,;]/.test(comment)) return null;
    const mark = this.#marks.title(comment);
    return mark?.kind === 'if' || mark?.kind === 'optional' ? mark : null;
  }

  #isStep(piece: FencePiece): boolean {
    const type = this.#fences.get(piece)?.type;
    return type !== null && type !== undefined;
  }

  #goesOn(list: ListPiece): boolean {
    const first = this.#outline.groups.get(list)?.first;
    return first !== undefined && first !== list;
  }
}

/** A condition that is code already. */
function isGuarded(text: string): boolean {
  const code = text.split('\n').find((line) => /^\s*[^\s#]/.test(line)) ?? '';
  return /^\s*(?:if|case|while|until|test|\[)(?:\s|$)|^\s*\[\[|\|\||&&/.test(code);
}

/** A label holds until the next one; a paragraph that begins strong ends it too. */
function endsLabel(piece: Extract<Piece, { kind: 'paragraph' }>): boolean {
  return piece.label || (piece.strong !== '' && piece.text.startsWith(piece.strong));
}

/** Pieces between what says that there are ways, and the first of them. */
const FARTHEST = 30;

/** "Check the lag and stop if it grows:" over the command that shows it. */
function leadsToLook(piece: Piece, { inFront = '' }: ConditionMark): boolean {
  const text = 'text' in piece ? piece.text : '';
  return (
    /[:：]$/u.test(text) || isImperative(inFront) || (inFront !== '' && !/[a-z]/i.test(inFront))
  );
}

interface Lead {
  readonly scope: Scope | null;
  /** Only a sample stood below it so far: what to do about it is still to come. */
  readonly isOpen: boolean;
}

/** Words of commands and titles that are not done "if needed" in any case. */
const HOLDS_UP =
  /\b(?:restart\w*|reboot\w*|roll(?:ing)? ?back|rollback|rollout|fail(?:ing)? ?over|failover|promot\w+|restor\w+|kill\w*|terminat\w+|scal(?:e|ing)|drain\w*|delet\w+|drop\w*|truncate\w*|purg\w+|evict\w*|stop\w*|shutdown|disabl\w+|flush\w*|revert\w*|wipe\w*|reset\w*|recreat\w+|rebuild\w*)\b/i;

function holdsUp({ effect, text }: { readonly effect: Effect; readonly text: string }): boolean {
  if (effect === 'destroys') return true;
  return effect === 'writes' && HOLDS_UP.test(text);
}

/** The items around a piece, the outermost first; an unindented fence belongs to the item it follows. */
function itemsAround(outline: Outline, index: number): readonly ItemPiece[] {
  const piece = outline.pieces[index];
  if (piece === undefined) return [];
  const own = piece.kind === 'item' ? piece : 'item' in piece ? piece.item : null;
  const items: ItemPiece[] = [];
  for (let at = ownerAbove(outline, index) ?? own; at; at = at.list.parent) items.unshift(at);
  return items;
}

const shownTitle = (text: string): string => text.replace(/\s?[:：]$/u, '').trim();

/** The first command of a script; `''`: it has none. */
const firstCommand = (text: string): string =>
  text
    .split('\n')
    .find((line) => /^\s*[^\s#]/.test(line) && !/^\s*--\s/.test(line))
    ?.trim()
    .replace(/^[$%] /, '') ?? '';

/** What a fence without a title does: its first comment or command. */
function firstWords(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.replace(/^[\s#$>-]+/, '').trim();
}
