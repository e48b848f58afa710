import {
  type Beside,
  linkAlternatives,
  type Told,
  tabsAmong,
  tellWays,
  waysIn,
} from './alternatives.ts';
import { Below, firstWords } from './below.ts';
import type { LedTo } from './led-to.ts';
import { commentMark } from './marks/comment-marks.ts';
import type { ConditionMark } from './marks/condition-mark.ts';
import type { MarkReader } from './marks/mark-reader.ts';
import { tellMenu } from './menus.ts';
import type { FencePiece, ItemPiece, ListPiece, Piece } from './pieces.ts';
import type { Outline } from './surroundings.ts';
import { symptomMark, TitleMarks } from './title-marks.ts';
import { isImperative } from './verbs.ts';

/** Words under which something is to be done, with the alternatives they stand among. */
export interface Scope {
  readonly mark: ConditionMark;
  readonly line: number;
  /** What alternatives have in common; equal for those that exclude each other. */
  group: object | null;
  /** Where its id is looked up. */
  readonly procedure: string;
}

/** A piece that says itself whether what follows is done only if something holds. */
export function gateOf(piece: Piece, marks: MarkReader): ConditionMark | null {
  const isRead = piece.kind === 'item' || piece.kind === 'paragraph' || piece.kind === 'heading';
  return isRead ? marks.gate(piece.text) : null;
}

/** "Do not run this on replicas" as what it says of the one thing it stands at; `null`: it is about more. */
export const nearMark = (gate: ConditionMark | null): ConditionMark | null =>
  gate?.near === true ? { kind: 'if', text: gate.text, leavesOut: true } : null;

/** Reads which headings, labels, sentences and items of a page say under what something is done. Linear. */
export function scopesOf(
  outline: Outline,
  marks: MarkReader,
  led: LedTo,
  scriptOf: (piece: FencePiece) => string | null,
): Map<Piece, Scope> {
  return new Scopes(outline, marks, led, scriptOf).found;
}

class Scopes {
  readonly found = new Map<Piece, Scope>();
  readonly #outline: Outline;
  readonly #marks: MarkReader;
  readonly #led: LedTo;
  /** What a fence that is a step runs: no prompts, no output. `null`: it is none. */
  readonly #scriptOf: (piece: FencePiece) => string | null;
  readonly #below: Below;
  readonly #titles: TitleMarks;

  constructor(
    outline: Outline,
    marks: MarkReader,
    led: LedTo,
    scriptOf: (piece: FencePiece) => string | null,
  ) {
    this.#outline = outline;
    this.#marks = marks;
    this.#led = led;
    this.#scriptOf = scriptOf;
    this.#below = new Below(outline, scriptOf);
    this.#titles = new TitleMarks(outline, marks, this.#below);
    this.#markTabs();
    this.#markHeadings();
    this.#markParagraphs();
    this.#markItems();
  }

  /** What the text says of all that follows, be it only as far as it leads past. */
  #gateOf(piece: Piece): ConditionMark | null {
    const jump = this.#led.jumps.get(piece);
    return gateOf(piece, this.#marks) ?? (jump?.isAll ? jump.mark : null);
  }

  #procedure(index: number): string {
    return this.#outline.procedures[this.#outline.procedureOf[index] ?? -1]?.procedure.id ?? '';
  }

  #scope(piece: Piece, mark: ConditionMark, group: object | null, procedure: string): void {
    const known = this.found.get(piece);
    if (known === undefined) this.found.set(piece, { mark, line: piece.line, group, procedure });
    else known.group ??= group;
  }

  /** Headings beside each other under one parent. */
  #markHeadings(): void {
    const families = new Map<string, Beside[]>();
    const titles = new Map(
      this.#outline.procedures.map(({ heading, procedure }) => [procedure.id, heading.text]),
    );
    for (const { heading, procedure, ancestors } of this.#outline.procedures) {
      const key = `${ancestors.at(-1) ?? ''} ${procedure.level}`;
      const family = families.get(key) ?? [];
      families.set(key, family);
      family.push({
        piece: heading,
        text: heading.text,
        mark:
          this.#titles.headed(heading.text, ancestors) ??
          this.#titles.takenBack(
            heading,
            [
              ...ancestors.map((id) => titles.get(id) ?? ''),
              ...family.slice(-MOST_BESIDE).map(({ text }) => text),
            ],
            ancestors,
          ) ??
          this.#led.sections.get(heading) ??
          null,
      });
    }
    const idOf = new Map(
      this.#outline.procedures.map(({ heading, ancestors }) => [heading, ancestors.at(-1) ?? '']),
    );
    for (const [key, family] of families) {
      const tell: Told<Beside> = ({ piece }, mark, group) =>
        this.#scope(piece, mark, group, piece.kind === 'heading' ? (idOf.get(piece) ?? '') : '');
      this.#titles.markCases(family, key.split(' ')[0] ?? '');
      const ways = this.#below.waysAbove(family[0]?.piece, key.startsWith(' '));
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

  /** Of the titles that stand over something to do, those of which one is picked. */
  #tellMenu(family: readonly Beside[], over: string, tell: Told<Beside>): void {
    const commands = family.map(({ piece }) => this.#below.firstCommand(piece));
    const tasks = family.filter((_, at) => commands[at] !== '');
    tellMenu(
      tasks,
      commands.filter((command) => command !== ''),
      over,
      tell,
    );
  }

  #headingOver(index: number): string {
    const { procedures, procedureOf } = this.#outline;
    return procedures[procedureOf[index] ?? -1]?.heading.text ?? '';
  }

  /** Tabs of one set, whatever headings stand in them. */
  #markTabs(): void {
    if (this.#outline.tabs.size === 0) return;
    const procedures = new Map<Piece, string>();
    const around = new Map<Piece, string>(
      this.#outline.procedures.map(({ heading, ancestors }) => [heading, ancestors.at(-1) ?? '']),
    );
    const labels: Beside[] = [];
    for (const [index, piece] of this.#outline.pieces.entries()) {
      const tab =
        piece.kind === 'paragraph' || piece.kind === 'heading'
          ? { piece, text: piece.text, mark: this.#titles.label(piece.text) }
          : piece.kind === 'fence'
            ? this.#fenceTab(piece)
            : null;
      if (tab === null || !this.#outline.tabs.has(piece.line)) continue;
      labels.push(tab);
      procedures.set(piece, around.get(piece) ?? this.#procedure(index));
    }
    for (const tabs of tabsAmong(labels, this.#outline.tabs))
      tellWays(tabs, tabs.length, ({ piece }, mark, group) =>
        this.#scope(piece, mark, group, procedures.get(piece) ?? ''),
      );
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
      const ways = this.#below.waysAbove(labels[0]?.piece, false);
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
        labels.push({ piece, text: piece.text, mark: this.#titles.label(piece.text) });
      else if (piece.kind === 'paragraph') this.#lead(piece, index, leads);
      else if (piece.kind === 'fence') {
        if (this.#fenceTab(piece) === null) this.#bareFence(piece, index, leads);
      }
    }
    flush(pieces.length - 1);
  }

  #lead(
    piece: Extract<Piece, { kind: 'paragraph' }>,
    index: number,
    leads: Map<ItemPiece | null, Beside[]>,
  ): void {
    if (!this.#governs(piece, index)) return;
    const family = leads.get(piece.item) ?? [];
    leads.set(piece.item, family);
    const gate = this.#gateOf(piece);
    const { [index - 1]: before, [index + 1]: next } = this.#outline.pieces;
    const isOwn = next?.kind === 'fence' && before?.kind !== 'heading' && before?.kind !== 'fence';
    const own =
      gate === null ? this.#marks.lead(piece.text, isImperative) : isOwn ? nearMark(gate) : null;
    // Behind a fence it is said of that.
    const ofIt = gate === null && before?.kind !== 'fence' ? this.#marks.beside(piece.text) : null;
    const mark = own ?? ofIt ?? this.#saidAbove(piece, index);
    if (waysIn(piece.text) > 1) this.#waysBelow(index, waysIn(piece.text));
    family.push({ piece, text: piece.text, mark });
  }

  /** "Skip this step on replicas." in a paragraph above the one that leads to the step; behind a fence it is said of that. */
  #saidAbove(lead: Extract<Piece, { kind: 'paragraph' }>, index: number): ConditionMark | null {
    const { pieces } = this.#outline;
    for (let at = index - 1; at >= index - FEW_ABOVE; at -= 1) {
      const piece = pieces[at];
      if (piece?.kind !== 'paragraph' || piece.label || piece.item !== lead.item) return null;
      if (pieces[at - 1]?.kind === 'fence') return null;
      const mark = gateOf(piece, this.#marks) === null ? this.#marks.beside(piece.text) : null;
      if (mark !== null) return mark;
    }
    return null;
  }

  /** "Use one of these:" over fences that stand one below the other. */
  #waysBelow(index: number, ways: number): void {
    const fences: Beside[] = [];
    for (let at = index + 1; at <= index + ways; at += 1) {
      const piece = this.#outline.pieces[at];
      if (piece?.kind !== 'fence' || this.#scriptOf(piece) === null) break;
      fences.push({ piece, text: firstWords(piece.text), mark: null });
    }
    tellWays(fences, ways, ({ piece }, mark, group) =>
      this.#scope(piece, mark, group, this.#procedure(index)),
    );
  }

  /** A fence that is a tab by itself, as in a code group. */
  #fenceTab(piece: FencePiece): Beside | null {
    const label = this.#outline.tabs.get(piece.line)?.label;
    if (label === undefined || this.#scriptOf(piece) === null) return null;
    return { piece, text: label === '' ? firstWords(piece.text) : label, mark: null };
  }

  /** A fence that nothing leads to can be what an "Or:" below it takes the place of. */
  #bareFence(piece: FencePiece, index: number, leads: Map<ItemPiece | null, Beside[]>): void {
    const script = this.#scriptOf(piece);
    if (script === null) return;
    const above = this.#outline.pieces[index - 1];
    if (above?.kind === 'paragraph' && above.item === piece.item) return;
    if (above?.kind === 'fence') return;
    const family = leads.get(piece.item) ?? [];
    leads.set(piece.item, family);
    const comment = firstWords(piece.text);
    const mark = commentMark(script, this.#marks);
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
        mark:
          this.#gateOf(item) === null
            ? (this.#marks.title(item.text) ?? symptomMark(item.text))
            : nearMark(this.#gateOf(item)),
      }));
      const tell: Told<(typeof family)[number]> = (one, mark, alternatives) =>
        this.#scope(one.piece, mark, alternatives, procedure);
      const above = this.#outline.pieces[list.before];
      const ways = above?.kind === 'paragraph' ? waysIn(above.text) : 0;
      if (ways > 1) tellWays(family, ways, tell);
      linkAlternatives(family, tell);
    }
  }
}

/** Titles in front of "Uninstall" in which what it undoes may have been done. */
const MOST_BESIDE = 200;
/** Sentences between what says when a step is done, and the one that leads to it. */
const FEW_ABOVE = 4;
