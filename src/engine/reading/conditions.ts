import { withoutWritten } from '../literal-secrets.ts';
import type { Effect } from '../model/effect.ts';
import type { StepCondition } from '../model/step-condition.ts';
import { linkAlternatives, type Told } from './alternatives.ts';
import { firstCommand } from './below.ts';
import { isCollection } from './collections.ts';
import type { RowWhen } from './expected-cell.ts';
import { StepIds } from './ids.ts';
import { kindOf } from './kind.ts';
import { type LedTo, ledTo } from './led-to.ts';
import {
  commentGate,
  commentMark,
  isGuarded,
  markBehind,
  remarkMark,
} from './marks/comment-marks.ts';
import type { ConditionMark } from './marks/condition-mark.ts';
import { type MarkReader, markReader } from './marks/mark-reader.ts';
import { isSaidOfIt } from './marks/said-of-it.ts';
import { namesPlace } from './marks/systems.ts';
import { tellMenu } from './menus.ts';
import { OpenGates } from './open-gates.ts';
import { ownerAbove } from './owners.ts';
import type { FencePiece, ItemPiece, ListPiece, Piece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { gateOf, nearMark, type Scope, scopesOf } from './scopes.ts';
import { languagesOfSections, type Outline } from './surroundings.ts';
import { shownTitle } from './title-marks.ts';
import { isImperative } from './verbs.ts';

/** Finds for each block of a page under what it is to be done. Linear in the page. */
export class Conditions {
  readonly #outline: Outline;
  readonly #fences: ReadonlyMap<FencePiece, ReadFence>;
  readonly #marks: MarkReader;
  readonly #led: LedTo;
  readonly #rollbacks: ReadonlySet<string>;
  readonly #scopes: Map<Piece, Scope>;
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
    this.#rollbacks = new Set(
      outline.procedures
        .filter(({ procedure }) => procedure.role === 'rollback')
        .map(({ procedure }) => procedure.id),
    );
    const scriptOf = (piece: FencePiece): string | null =>
      this.#isStep(piece) ? this.#scriptOf(piece) : null;
    this.#led = ledTo(outline, this.#marks);
    this.#scopes = scopesOf(outline, this.#marks, this.#led, scriptOf);
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

  /** Whether the row of a table on that line leads to a section, or stops. */
  isLed(line: number): boolean {
    return this.#led.rows.has(line);
  }

  /** Per procedure: under what the text below its heading is to be done, by that heading and all that stands above. */
  ofHeadings(): readonly (StepCondition | undefined)[] {
    const indexOf = new Map(this.#outline.pieces.map((piece, index) => [piece, index]));
    return this.#outline.procedures.map(({ heading }) =>
      this.of(indexOf.get(heading) ?? -1, { effect: 'asks', text: '' }),
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
    const places = this.#elsewhere(parts, procedure);
    return parts.map((part, at) => {
      const scope = scopes.get(part) ?? places[at];
      const isHeld =
        scope &&
        (!scope.mark.soft || holdsUp({ effect: 'writes', text: part.text })) &&
        !(scope.mark.sparesReads && readsOnly(part.text));
      const around = gates[at]?.reduce<StepCondition | undefined>(
        (within, gate) => this.#condition(gate, within),
        undefined,
      );
      return isHeld
        ? this.#condition(scope, around)
        : this.ofRemarks(index, part, around, part.title);
    });
  }

  /**
   * Under what a script that has no parts, or one of its parts, is to be done by comments anywhere in it: that of one command
   * holds up all of them, since they are run together. `heard`: the comment that opens it.
   */
  ofRemarks(
    index: number,
    { line, text }: { readonly line: number; readonly text: string },
    around: StepCondition | undefined,
    heard = '',
  ): StepCondition | undefined {
    const mark = remarkMark(text, this.#marks, heard);
    if (mark === null || (mark.undoes && this.#isRollback(index))) return around;
    // The only comment of a fence is over the command that shows what it asks for, and holds up what follows.
    if (mark.gate !== undefined && commentGate(text, this.#marks) !== null) return around;
    if (mark.soft && !holdsUp({ effect: 'writes', text })) return around;
    for (let known = around; known !== undefined; known = known.within)
      if (known.text === mark.text) return around;
    return this.#condition({ mark, line, group: null, procedure: this.#procedure(index) }, around);
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

  /** Per part: the comment in front of it, or further up, that names another machine than that of the parts above. */
  #elsewhere(
    parts: readonly { readonly title: string; readonly line: number }[],
    procedure: string,
  ): readonly (Scope | undefined)[] {
    let place: Scope | undefined;
    return parts.map(({ title, line }, at) => {
      if (at > 0 && namesPlace(title))
        place = { mark: { kind: 'if', text: shownTitle(title) }, line, group: null, procedure };
      return place;
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
    return this.#marks.title(comment) !== null || namesPlace(comment);
  }

  /** Whether a comment behind a command says when that is done. */
  isCondition(comment: string): boolean {
    return markBehind(comment, this.#marks) !== null;
  }

  #condition(scope: Scope, within: StepCondition | undefined): StepCondition {
    const { mark, line, group, procedure } = scope;
    const around = this.#outline.lines.slice(Math.max(0, line - 5), line + 2).join('\n');
    const text = withoutWritten(mark.text, around);
    const id = this.#given.get(scope) ?? this.#ids.next(undefined, procedure, text);
    this.#given.set(scope, id);
    if (group !== null && !this.#groups.has(group)) this.#groups.set(group, id);
    const name = group === null ? undefined : this.#groups.get(group);
    // "Skip this on replicas" is done where a reader goes on, as what stands behind "Stop on replicas" is.
    const gate = mark.gate ?? (mark.leavesOut ? 'unless' : undefined);
    return {
      id,
      text,
      line,
      ...(gate === undefined ? {} : { gate }),
      ...(name === undefined ? {} : { group: name }),
      ...(within === undefined ? {} : { within }),
    };
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

  #procedure(index: number): string {
    return this.#outline.procedures[this.#outline.procedureOf[index] ?? -1]?.procedure.id ?? '';
  }

  /** Per piece: the scopes it stands in, the outermost first. */
  #chained(): readonly (readonly Scope[])[] {
    const { pieces, procedures, procedureOf } = this.#outline;
    const headings = new Map(procedures.map(({ heading, procedure }) => [procedure.id, heading]));
    let label: Scope | null = null;
    let leads = new Map<ItemPiece | null, Lead>();
    const gates = new OpenGates<Scope>(this.#isManual());
    const tabs: OpenTab[] = [];
    return pieces.map((piece, index) => {
      // Labels and sentences in a tab end with it; those above its set go on behind it.
      while (piece.line > (tabs.at(-1)?.endLine ?? Infinity))
        ({ label, leads } = tabs.pop() ?? { label, leads });
      gates.until(piece);
      if (piece.kind === 'heading') gates.heading(piece.level);
      if (piece.kind === 'heading' || piece.kind === 'break') [label, leads] = [null, new Map()];
      const tab = this.#outline.tabs.get(piece.line);
      if (tab !== undefined && piece.kind === 'paragraph') {
        tabs.push({ scope: this.#scopes.get(piece) ?? null, endLine: tab.endLine, label, leads });
        leads = new Map(leads);
      } else if (piece.kind === 'paragraph' && piece.item === null && endsLabel(piece)) {
        label = piece.label ? (this.#scopes.get(piece) ?? null) : null;
        leads = new Map();
      }
      if (piece.kind === 'paragraph' && !piece.label) this.#takeLead(piece, index, leads);
      if (piece.kind === 'item' && this.#goesOn(piece.list)) leads.delete(piece.list.parent);
      const read = procedures[procedureOf[index] ?? -1];
      const above = read === undefined ? [] : [...read.ancestors, read.procedure.id];
      const around = above
        .map((id) => headings.get(id))
        // What stands behind a tab is below its heading, and no more of the tab.
        .filter(
          (one) => (this.#outline.tabs.get(one?.line ?? 0)?.endLine ?? Infinity) >= piece.line,
        )
        .map((one) => one && this.#scopes.get(one));
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
        chain: [
          ...new Set(
            [...around, ...tabs.map(({ scope }) => scope), label, ...inside, own].filter(isSaid),
          ),
        ],
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
      const level = read?.procedure.level ?? 1;
      for (const { opened, until } of this.#opened(piece, index)) {
        const outside = { ...standing, chain: standing.chain.filter((one) => one !== opened) };
        gates.open(opened, level, outside, { isNear: opened.mark.near, until });
      }
      // "On Debian" around it comes before a gate, what it says of itself behind.
      const outer = standing.headings;
      return [...outer, ...open, ...standing.chain.filter((one) => !outer.includes(one))];
    });
  }

  /** What stands from here on before what follows: of a table both the row that leads past something, and the one that stops. */
  #opened(
    piece: Piece,
    index: number,
  ): readonly { readonly opened: Scope; readonly until: Piece | undefined }[] {
    const jump = this.#led.jumps.get(piece);
    const stop = this.#led.stops.get(piece);
    const opened = this.#gate(piece, index);
    const own = opened === null ? [] : [{ opened, until: jump?.until }];
    if (stop === undefined) return own;
    const procedure = this.#procedure(index);
    const scope = { mark: stop, line: piece.line, group: null, procedure };
    return [{ opened: scope, until: undefined }, ...own];
  }

  /** "Only continue if …", "Abort if …": a condition on what follows. */
  #gate(piece: Piece, index: number): Scope | null {
    const own = piece.kind === 'fence' ? this.#scopes.get(piece) : undefined;
    if (own?.mark.gate !== undefined) return own;
    const mark = gateOf(piece, this.#marks) ?? this.#led.jumps.get(piece)?.mark ?? null;
    if (mark === null) return null;
    // What it stands at has it already.
    const above = this.#outline.pieces[index - 1];
    const said = above?.kind === 'fence' ? this.#scopes.get(above) : this.#scopes.get(piece);
    if (mark.near && said?.mark.leavesOut) return null;
    const scope = { mark, line: piece.line, group: null, procedure: this.#procedure(index) };
    const next = this.#outline.pieces[index + 1];
    if (next?.kind === 'fence' && this.#isStep(next) && leadsToLook(piece, mark))
      this.#looks.set(next, scope);
    return scope;
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
    const gate = commentGate(this.#scriptOf(piece), this.#marks);
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
    const behind = this.#saidBehind(piece, index);
    if (behind !== null) {
      this.#scopes.set(piece, behind);
      return behind;
    }
    const leads = isLed && gateOf(item, this.#marks) === null;
    const mark =
      (leads ? this.#marks.lead(item.text, isImperative) : null) ??
      commentMark(this.#scriptOf(piece), this.#marks);
    const isAlone =
      mark?.kind === 'if' || mark?.kind === 'optional' || mark?.kind === 'or' || mark?.alone;
    if (mark === null || isAlone !== true) return null;
    const line = isLed ? item.line : piece.line;
    const scope = { mark, line, group: null, procedure: this.#procedure(index) };
    this.#scopes.set(piece, scope);
    return scope;
  }

  /** "Skip this on replicas.", "Do this only on the primary.": said directly below a fence, of that fence. */
  #saidBehind(piece: FencePiece, index: number): Scope | null {
    const next = this.#outline.pieces[index + 1];
    if (next?.kind !== 'paragraph' || next.item !== piece.item) return null;
    const said = this.#marks.beside(next.text);
    if (said?.kind !== 'if') return null;
    const mark = isSaidOfIt(next.text)
      ? (nearMark(this.#marks.gate(next.text)) ?? this.#marks.title(next.text) ?? said)
      : said;
    return mark?.kind === 'if' && mark.gate === undefined
      ? { mark, line: next.line, group: null, procedure: this.#procedure(index) }
      : null;
  }

  /** What a fence runs: the prompt of root is no comment. */
  #scriptOf(piece: FencePiece): string {
    return this.#fences.get(piece)?.block.content.text ?? piece.text;
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

/** A label holds until the next one; a paragraph that begins strong ends it too. */
function endsLabel(piece: Extract<Piece, { kind: 'paragraph' }>): boolean {
  return piece.label || (piece.strong !== '' && piece.text.startsWith(piece.strong));
}

/** "Check the lag and stop if it grows:" over the command that shows it. */
function leadsToLook(piece: Piece, { inFront = '' }: ConditionMark): boolean {
  const text = 'text' in piece ? piece.text : '';
  return (
    /[:：]$/u.test(text) || isImperative(inFront) || (inFront !== '' && !/[a-z]/i.test(inFront))
  );
}

/** A tab around a piece, and what held in front of it. */
interface OpenTab {
  readonly scope: Scope | null;
  readonly endLine: number;
  readonly label: Scope | null;
  readonly leads: Map<ItemPiece | null, Lead>;
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
