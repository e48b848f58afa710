import type { AnyStepType } from '../contracts/step-type.ts';
import type { Annotations } from '../model/annotations.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { onlyReads } from '../model/effect.ts';
import type { Reference, Step, StepPart } from '../model/runbook.ts';
import type { StepCondition } from '../model/step-condition.ts';
import type { CommentReading } from './annotation-comments.ts';
import type { Judged } from './classes/class.ts';
import { Conditions } from './conditions.ts';
import { saysNothing } from './expectations.ts';
import { fenceTitle, ownExpectation, partsOf, statedExpectation } from './fence-steps.ts';
import { ItemBlocks } from './item-blocks.ts';
import { NumberedParagraphs } from './numbered-paragraphs.ts';
import { findOwners, type Owners } from './owners.ts';
import type {
  FencePiece,
  HeadingPiece,
  ItemPiece,
  ListPiece,
  ParagraphPiece,
  Piece,
} from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { saidValue } from './said-value.ts';
import { Sayings } from './sayings.ts';
import { type Page, StepMaker } from './step-maker.ts';
import type { Outline } from './surroundings.ts';
import { readTable } from './table-steps.ts';
import { toldApart, toTitle } from './titles.ts';

/** Steps and references of a runbook, in the order of the text. */
export interface ReadSteps {
  readonly steps: readonly Step[];
  readonly references: readonly Reference[];
  readonly diagnostics: readonly Diagnostic[];
  readonly unasked: readonly ListPiece[];
  /** Per procedure: under what the text below its heading is to be done. */
  readonly headed: readonly (StepCondition | undefined)[];
}

/** Reads every piece of a page in its order: blocks are offered to the step types, and what leaves them out is said. */
export class StepReader {
  readonly #outline: Outline;
  readonly #fences: ReadonlyMap<FencePiece, ReadFence>;
  readonly #comments: CommentReading;
  readonly #lines: readonly string[];
  readonly #references: Reference[] = [];
  readonly #says: Sayings;
  readonly #owners: Owners;
  readonly #blocks: ItemBlocks;
  readonly #conditions: Conditions;
  readonly #maker: StepMaker;
  readonly #page: Page;
  readonly #numbered: NumberedParagraphs;

  constructor(
    outline: Outline,
    fences: ReadonlyMap<FencePiece, ReadFence>,
    comments: CommentReading,
    types: readonly AnyStepType[],
    defaults: Annotations,
    lines: readonly string[],
    judged?: (judged: Judged) => void,
  ) {
    this.#outline = outline;
    this.#fences = fences;
    this.#comments = comments;
    this.#lines = lines;
    this.#says = new Sayings(outline, lines);
    this.#owners = findOwners(outline, fences);
    this.#blocks = new ItemBlocks(outline, comments, defaults, judged);
    this.#conditions = new Conditions(outline, fences);
    const says = this.#says;
    this.#maker = new StepMaker({ outline, lines, says }, types, this.#conditions);
    this.#page = { outline, lines, says, blocks: this.#blocks, maker: this.#maker };
    this.#numbered = new NumberedParagraphs(this.#page, fences, this.#owners.consumed);
  }

  async read(): Promise<ReadSteps> {
    for (const [index, piece] of this.#outline.pieces.entries()) await this.#piece(piece, index);
    const headings = new Map(
      this.#outline.procedures.map(({ procedure: { id, trail } }) => [id, trail.at(-1)]),
    );
    return {
      steps: toldApart(this.#maker.steps, headings),
      references: this.#references,
      diagnostics: [...this.#says.diagnostics, ...this.#blocks.leftOut],
      unasked: this.#blocks.unasked,
      headed: this.#conditions.ofHeadings(),
    };
  }

  async #piece(piece: Piece, index: number): Promise<void> {
    switch (piece.kind) {
      case 'fence':
        await this.#fence(piece, index);
        break;
      case 'item':
        if (!piece.list.ordered && piece.checked === null && piece.link === null)
          this.#says.asksFor(piece, index);
        this.#item(piece, index);
        break;
      case 'table':
        await readTable(this.#page, piece, index);
        break;
      case 'heading':
        this.#taskHeading(piece, index);
        break;
      case 'html':
        this.#says.html(piece);
        break;
      case 'paragraph':
        this.#says.asksFor(piece, index);
        this.#says.unfenced(piece);
        this.#said(piece, index);
        this.#numbered.read(piece, index);
        break;
      default:
        break;
    }
  }

  async #fence(piece: FencePiece, index: number): Promise<void> {
    const read = this.#fences.get(piece);
    if (!read) return;
    const { block, type, detection } = read;
    if (block.content.mistagged && block.content.why.startsWith('fence'))
      this.#says.say('mistagged', piece.line, `This is a ${block.content.why}.`);
    const { entered } = block.content;
    if (entered !== undefined)
      this.#says.say(
        'remote-session',
        block.textLine + entered.line,
        `\`${entered.command}\` opens a session, and what stands below it is for that: nothing of this fence is run here.`,
        'Give the session its commands on the same line, or in a here-document.',
      );
    if (block.content.kind === 'functions') {
      this.#says.say(
        'runs-nothing',
        piece.line,
        'This fence only defines functions: it would pass having done nothing.',
      );
    }
    if (!type || !detection) {
      this.#reference(read, index);
      return;
    }
    const above = this.#outline.pieces[index - 1];
    const title = fenceTitle(read, {
      item: this.#owners.titles.get(piece) ?? '',
      lead: this.#owners.others.has(piece) && above === piece.item ? '' : read.lead,
      paragraph: this.#numbered.titles.get(piece) ?? '',
      label: above?.kind === 'paragraph' && above.label ? block.label : '',
    });
    const { human } = type;
    this.#maker.add(block, type, detection, index, {
      title,
      language: block.language || null,
      text: human ? block.text : block.content.text,
      textLine: block.textLine,
      expectation: human ? null : await ownExpectation(read),
      parts: human ? [] : await this.#parts(read, index),
    });
  }

  /** The parts of a fence, each with what it is to be done under. */
  async #parts(read: ReadFence, index: number): Promise<readonly StepPart[]> {
    const parts = await partsOf(read, {
      isApart: (comment) => this.#conditions.isApart(comment),
      isCondition: (comment) => this.#conditions.isCondition(comment),
    });
    if (parts.length === 0) return parts;
    const { shellFacts } = await import('../shell/facts.ts');
    const readsOnly = (text: string): boolean =>
      read.block.shell !== undefined && onlyReads(shellFacts(text).effect);
    const conditions = this.#conditions.ofParts(index, parts, readsOnly);
    return parts.map((part, at) => {
      const condition = conditions[at];
      return condition === undefined ? part : { ...part, condition };
    });
  }

  #reference(read: ReadFence, index: number): void {
    const { block } = read;
    this.#references.push({
      line: block.line,
      endLine: block.endLine,
      language: block.language || null,
      why: block.content.why,
    });
    const { doubt } = block.content;
    // Text for a file is part of what its item tells a person to do.
    const item = block.content.kind === 'config' ? read.piece.item : null;
    const isTold = item !== null && this.#maker.last?.line === item.line;
    if (doubt && !isTold && !read.expects && !block.annotations.ignore)
      this.#says.leaveOut(
        block.line,
        `This fence is shown and not run: ${doubt.as}; but ${doubt.or}.`,
      );
    else if (!read.expects && !block.annotations.ignore)
      this.#says.unasked(read, index, this.#owners.titles.has(read.piece));
    const last = this.#maker.last;
    if (!read.expects || !last || last.expectation?.advisory === false) return;
    const near = this.#comments.similarity.get(this.#outline.pieces[index] ?? read.piece);
    const expectation = statedExpectation(
      read,
      last.annotations.match,
      near?.regex ?? null,
      near !== undefined,
    );
    this.#maker.expect(expectation);
  }

  #item(piece: ItemPiece, index: number): void {
    if (this.#owners.consumed.has(piece)) return;
    const block = this.#blocks.offered(piece, index);
    if (!block) return;
    const title = toTitle(piece.title ?? piece.text) || 'Untitled item';
    this.#maker.offer(block, index, {
      title,
      language: null,
      text: piece.text,
      textLine: piece.line,
    });
  }

  #taskHeading(piece: HeadingPiece, index: number): void {
    if (piece.checked === null) return;
    this.#maker.offer(
      {
        ...this.#blocks.around(piece, index),
        kind: 'item',
        lead: '',
        text: piece.text,
        checked: piece.checked,
        ordered: false,
        siblings: [],
        strong: '',
        instruction: '',
      },
      index,
      { title: toTitle(piece.text), language: null, text: piece.text, textLine: piece.line },
    );
  }

  /** "This prints nothing.", "Expected: 4": directly below a command. */
  #said(piece: ParagraphPiece, index: number): void {
    const above = this.#outline.pieces[index - 1];
    const last = this.#maker.last;
    if (above?.kind !== 'fence' || !last || last.expectation !== null) return;
    const read = this.#fences.get(above);
    if (read?.type?.human !== false || read.block.line !== last.line) return;
    const expectation = saysNothing(piece.text)
      ? ({ line: piece.line, match: 'text', text: '', advisory: false } as const)
      : saidValue(this.#lines.slice(piece.line - 1, piece.endLine).join('\n'), piece.line);
    if (expectation !== null) this.#maker.expect(expectation);
  }
}
