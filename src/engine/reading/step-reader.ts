import type { AnyStepType, Detection } from '../contracts/step-type.ts';
import type { Annotations } from '../model/annotations.ts';
import type { Block, ItemBlock, RowBlock } from '../model/block.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Expectation, Reference, Step, StepPart } from '../model/runbook.ts';
import type { CommentReading } from './annotation-comments.ts';
import { mergeAnnotations } from './annotations-reader.ts';
import { commentExpectation, expectationOf, saysOutput } from './expectations.ts';
import type { ReadFence } from './fence-reader.ts';
import { StepIds } from './ids.ts';
import { instructionOf, type ListReading, readList } from './instructions.ts';
import type {
  FencePiece,
  HeadingPiece,
  ItemPiece,
  ListPiece,
  ParagraphPiece,
  Piece,
  TablePiece,
} from './pieces.ts';
import { readScript } from './shell-reader.ts';
import { itemAbove, leadOf, leadOfList, type Outline } from './surroundings.ts';
import { headerOf, rowsOf } from './tables.ts';
import { firstComment, titleOfLead, toTitle } from './titles.ts';
import { isImperative } from './verbs.ts';

type Draft = Omit<Step, 'id' | 'inputs'>;

/** Words above a list of ticked boxes that make it a checklist all the same. */
const CHECKS =
  /\b(?:check\w*|prerequisites?|requirements?|pre-\w+|post-\w+|before|verif\w+|validat\w+|criteria|tasks?|to-?do|steps?|readiness|procedure|sign-?off|gates?)\b/i;

/** Steps and references of a runbook, in the order of the text. */
export interface ReadSteps {
  readonly steps: readonly Step[];
  readonly references: readonly Reference[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Offers every block to the step types and makes steps of what they detect. */
export class StepReader {
  readonly #outline: Outline;
  readonly #fences: ReadonlyMap<FencePiece, ReadFence>;
  readonly #comments: CommentReading;
  readonly #types: readonly AnyStepType[];
  readonly #defaults: Annotations;
  readonly #lines: readonly string[];
  readonly #ids = new StepIds();
  readonly #steps: Step[] = [];
  readonly #references: Reference[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  /** Items whose fence is the step. */
  readonly #consumed = new Set<ItemPiece>();
  readonly #entitled = new Set<ItemPiece>();
  readonly #lists = new Map<ListPiece, ListReading>();
  readonly #titles = new Map<FencePiece, string>();
  readonly #paragraphTitles = new Map<FencePiece, string>();

  constructor(
    outline: Outline,
    fences: ReadonlyMap<FencePiece, ReadFence>,
    comments: CommentReading,
    types: readonly AnyStepType[],
    defaults: Annotations,
    lines: readonly string[],
  ) {
    this.#outline = outline;
    this.#fences = fences;
    this.#comments = comments;
    this.#types = types;
    this.#defaults = defaults;
    this.#lines = lines;
  }

  async read(): Promise<ReadSteps> {
    this.#assignFences();
    for (const [index, piece] of this.#outline.pieces.entries()) await this.#piece(piece, index);
    return { steps: this.#steps, references: this.#references, diagnostics: this.#diagnostics };
  }

  /** Which item each step fence belongs to: the one around it, or the one directly above it. */
  #assignFences(): void {
    for (const [index, piece] of this.#outline.pieces.entries()) {
      if (piece.kind !== 'fence' || !this.#fences.get(piece)?.type) continue;
      const above = itemAbove(this.#outline, index);
      if (above) {
        this.#consumed.add(above);
        this.#entitle(piece, above);
      }
      for (let owner = piece.item; owner; owner = owner.list.parent) {
        const own = owner.fences.includes(piece);
        if (!own) break;
        if (owner === piece.item) this.#entitle(piece, owner);
        this.#consumed.add(owner);
      }
    }
  }

  /** An item is the title of its first fence. */
  #entitle(fence: FencePiece, item: ItemPiece): void {
    if (this.#entitled.has(item)) return;
    this.#entitled.add(item);
    this.#titles.set(fence, item.text);
  }

  async #piece(piece: Piece, index: number): Promise<void> {
    switch (piece.kind) {
      case 'fence':
        this.#fence(piece, index);
        break;
      case 'item':
        this.#item(piece, index);
        break;
      case 'table':
        await this.#table(piece, index);
        break;
      case 'heading':
        this.#taskHeading(piece, index);
        break;
      case 'paragraph':
        this.#numbered(piece, index);
        break;
      default:
        break;
    }
  }

  #fence(piece: FencePiece, index: number): void {
    const read = this.#fences.get(piece);
    if (!read) return;
    const { block, type, detection } = read;
    if (block.content.mistagged && block.content.why.startsWith('fence'))
      this.#say('mistagged', piece.line, `This is a ${block.content.why}.`);
    if (block.content.kind === 'functions') {
      this.#say(
        'runs-nothing',
        piece.line,
        'This fence only defines functions: it would pass having done nothing.',
      );
    }
    if (!type || !detection) {
      this.#reference(read, index);
      return;
    }
    const title = this.#fenceTitle(read, index);
    const human = type.human;
    const expectation = human ? null : this.#ownExpectation(read);
    this.#add(block, type, detection, {
      title,
      language: block.language || null,
      text: human ? block.text : block.content.text,
      textLine: block.textLine,
      expectation,
      parts: human ? [] : partsOf(read),
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
    const last = this.#steps.at(-1);
    if (!read.expects || !last || last.expectation?.advisory === false) return;
    const near = this.#comments.similarity.get(this.#outline.pieces[index] ?? read.piece);
    const base = expectationOf(
      block.line,
      block.text,
      block.annotations.match ?? last.annotations.match,
    );
    const expectation = near?.regex ? { ...base, match: 'text' as const, regex: near.regex } : base;
    this.#steps[this.#steps.length - 1] = { ...last, expectation };
  }

  #ownExpectation(read: ReadFence): Expectation | null {
    const { block } = read;
    const { transcript } = block.content;
    if (transcript.some((entry) => entry.output !== '' || entry.exitCode !== null)) {
      const text = transcript.map(transcriptText).join('\n');
      return {
        line: block.textLine,
        match: block.annotations.match ?? 'text',
        text,
        advisory: false,
      };
    }
    return commentExpectation(block.text, block.textLine);
  }

  #fenceTitle(read: ReadFence, index: number): string {
    const { piece, block } = read;
    const own = this.#titles.get(piece);
    if (own) return toTitle(own);
    const lead = titleOfLead(read.lead) || this.#paragraphTitles.get(piece) || '';
    const above = this.#outline.pieces[index - 1];
    const label = above?.kind === 'paragraph' && above.label ? block.label : '';
    const comment = firstComment(block.text);
    return (
      lead || toTitle(label) || comment || labelTitle(block.label) || block.trail.at(-1) || 'Step'
    );
  }

  #item(piece: ItemPiece, index: number): void {
    if (this.#consumed.has(piece)) return;
    const block = this.#itemBlock(piece, index);
    if (block.annotations.ignore) return;
    if (piece.checked !== null && this.#isLegend(piece, index)) return;
    this.#offer(block, {
      title: toTitle(piece.text) || 'Untitled item',
      language: null,
      text: piece.text,
      textLine: piece.line,
    });
  }

  #itemBlock(piece: ItemPiece, index: number): ItemBlock {
    const group = this.#outline.groups.get(piece.list);
    const lead = leadOfList(this.#outline, group?.first ?? piece.list);
    const around = this.#around(piece, index);
    const instruction = instructionOf(piece, this.#listReading(piece.list, around, lead));
    return {
      ...around,
      kind: 'item',
      lead: titleOfLead(lead),
      text: piece.text,
      checked: piece.checked,
      ordered: piece.list.ordered,
      siblings: piece.list.items.map((item) => item.text),
      strong: piece.strong,
      ...(piece.link === null ? {} : { link: piece.link }),
      instruction,
    };
  }

  #listReading(
    list: ListPiece,
    around: { readonly label: string; readonly trail: readonly string[] },
    lead: string,
  ): ListReading {
    const group = this.#outline.groups.get(list);
    const first = group?.first ?? list;
    const known = this.#lists.get(first);
    if (known) return known;
    const context = { lead, label: around.label, trail: around.trail };
    const reading = readList(group?.items ?? list.items, context);
    this.#lists.set(first, reading);
    return reading;
  }

  /** `- [ ] = Not checked` explains boxes; a list ticked throughout tells what is covered. */
  #isLegend(piece: ItemPiece, index: number): boolean {
    const { items } = piece.list;
    if (items.some((item) => /^[=:→-]|^(?:=|means)\b/.test(item.text))) return true;
    if (piece.list.parent?.checked === false) return false;
    const group = this.#outline.groups.get(piece.list)?.items ?? items;
    const tasks = group.filter((item) => item.checked !== null);
    if (tasks.length < 2 || !tasks.every((item) => item.checked === true)) return false;
    const trail = this.#around(piece, index).trail.slice(-2).join('\n');
    const said = `${this.#outline.labelOf[index]}\n${leadOfList(this.#outline, piece.list)}\n${trail}`;
    return !CHECKS.test(said);
  }

  async #table(piece: TablePiece, index: number): Promise<void> {
    const header = headerOf(piece.node);
    const around = this.#around(piece, index);
    if (around.annotations.ignore) return;
    for (const row of rowsOf(piece.node, piece.rowLines, this.#lines)) {
      const block: RowBlock = {
        ...around,
        kind: 'row',
        line: row.line,
        endLine: row.line,
        header,
        cells: row.cells,
        codes: row.codes,
      };
      const found = this.#detect(block);
      if (!found) continue;
      if (row.repaired) {
        this.#say(
          'split-cell',
          row.line,
          'A `|` inside inline code splits this table row for other readers.',
          'Write `\\|` inside the code.',
        );
      }
      const text = commandOf(found.detection.body);
      const shell = await readScript(text);
      const judged = this.#detect({ ...block, shell }) ?? found;
      this.#add(block, judged.type, judged.detection, {
        title: toTitle(row.cells[0] ?? '') || 'Check',
        language: null,
        text,
        textLine: row.line,
        shell,
      });
    }
  }

  #taskHeading(piece: HeadingPiece, index: number): void {
    if (piece.checked === null) return;
    this.#offer(
      {
        ...this.#around(piece, index),
        kind: 'item',
        lead: '',
        text: piece.text,
        checked: piece.checked,
        ordered: false,
        siblings: [],
        strong: '',
        instruction: '',
      },
      { title: toTitle(piece.text), language: null, text: piece.text, textLine: piece.line },
    );
  }

  /** "**1.** Create the bucket": a step of its own, or the title of the fence under it. */
  #numbered(piece: ParagraphPiece, index: number): void {
    const match = /^(?:step\s+)?\d{1,2}(?:\.\d+)*[.):]?\s*[-–—:]?\s*(\S.*)$/i.exec(piece.text);
    const bold =
      /^(?:step\s+)?\d{1,2}(?:\.\d+)*[.):]?/i.test(piece.strong) &&
      piece.text.startsWith(piece.strong);
    if (!match || !bold || piece.item !== null) return;
    const text = toTitle(match[1] ?? '');
    const below = this.#below(index);
    if (below !== 'nothing') {
      if (below !== 'steps') this.#paragraphTitles.set(below, text);
      return;
    }
    if (!isImperative(text)) return;
    const around = this.#around(piece, index);
    this.#offer(
      {
        ...around,
        kind: 'item',
        lead: '',
        text,
        checked: null,
        ordered: true,
        siblings: [],
        strong: '',
        instruction: 'numbered paragraph that tells what to do',
      },
      { title: text, language: null, text, textLine: piece.line },
    );
  }

  /** What stands between a numbered paragraph and the next one: a step's fence, other steps, or nothing. */
  #below(index: number): FencePiece | 'steps' | 'nothing' {
    for (let at = index + 1; at < this.#outline.pieces.length; at += 1) {
      const piece = this.#outline.pieces[at];
      if (!piece || piece.kind === 'heading' || (piece.kind === 'paragraph' && piece.label)) break;
      if (piece.kind === 'paragraph' && /^(?:step\s+)?\d/i.test(piece.strong)) break;
      if (piece.kind === 'fence' && this.#fences.get(piece)?.type) return piece;
      if (piece.kind === 'item' && (piece.checked !== null || piece.list.ordered)) {
        const block = this.#itemBlock(piece, at);
        if (this.#consumed.has(piece) || this.#detect(block)) return 'steps';
      }
    }
    return 'nothing';
  }

  #around(piece: Piece, index: number): Omit<RowBlock, 'kind' | 'header' | 'cells' | 'codes'> {
    const at = this.#outline.procedureOf[index] ?? -1;
    const procedure = this.#outline.procedures[at]?.procedure;
    return {
      trail: procedure?.trail ?? [],
      procedure: procedure?.id ?? '',
      label: this.#outline.labelOf[index] ?? '',
      lead: titleOfLead(leadOf(this.#outline, index)),
      line: piece.line,
      endLine: piece.endLine,
      annotations: mergeAnnotations(
        this.#defaults,
        this.#comments.inherited[at] ?? this.#comments.everywhere,
        this.#comments.of.get(piece) ?? {},
      ),
    };
  }

  #detect(
    block: Block,
  ): { readonly type: AnyStepType; readonly detection: Detection<unknown> } | undefined {
    for (const type of this.#types) {
      const detection: Detection<unknown> | undefined = type.detect(block);
      if (detection) return { type, detection };
    }
    return undefined;
  }

  #offer(block: Block, says: Pick<Draft, 'title' | 'language' | 'text' | 'textLine'>): void {
    const found = this.#detect(block);
    if (found) this.#add(block, found.type, found.detection, says);
  }

  #add(
    block: Block,
    type: AnyStepType,
    detection: Detection<unknown>,
    says: Pick<Draft, 'title' | 'language' | 'text' | 'textLine'> & Partial<Draft>,
  ): void {
    const { annotations } = block;
    const title = annotations.title ?? says.title;
    const id = this.#ids.next(annotations.name, block.procedure, title);
    const probed = annotations.verify ? this.#steps.at(-1)?.id : undefined;
    const shell = says.shell ?? (block.kind === 'fence' ? block.shell : undefined);
    this.#steps.push({
      id,
      type: type.name,
      procedure: block.procedure,
      line: block.line,
      endLine: block.endLine,
      effect: annotations.effect ?? detection.effect,
      effectWhy: annotations.effect ? 'says its annotation' : (detection.effectWhy ?? ''),
      body: detection.body,
      inputs: [],
      parts: [],
      expectation: null,
      annotations,
      why: detection.why,
      inferred: (detection.inferred ?? false) && annotations.infer !== true,
      label: block.label,
      ...says,
      title,
      ...(shell ? { shell } : {}),
      ...(probed === undefined ? {} : { probes: probed }),
    });
  }

  #say(rule: string, line: number, message: string, hint?: string): void {
    this.#diagnostics.push({
      rule,
      severity: 'warning',
      line,
      column: 1,
      message,
      ...(hint ? { hint } : {}),
    });
  }
}

function partsOf(read: ReadFence): readonly StepPart[] {
  const { shell, content, textLine } = read.block;
  if (!shell || content.transcript.length > 0) return [];
  const lines = content.text.split('\n');
  return shell.parts.map((part) => ({
    title: toTitle(part.title),
    line: textLine + part.line,
    endLine: textLine + part.endLine,
    text: lines.slice(part.line, part.endLine + 1).join('\n'),
  }));
}

function transcriptText(entry: {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number | null;
}): string {
  const [first = '', ...rest] = entry.command.split('\n');
  const lines = [`$ ${first}`, ...rest.map((line) => `> ${line}`)];
  if (entry.output !== '') lines.push(entry.output);
  if (entry.exitCode !== null) lines.push(`[${entry.exitCode}]`);
  return lines.join('\n');
}

/** The command of a row's body; its step type names it so. */
function commandOf(body: unknown): string {
  const command =
    typeof body === 'object' && body !== null && 'command' in body ? body.command : '';
  return typeof command === 'string' ? command : '';
}

/** A label from farther above, unless it names the output of something else. */
const labelTitle = (label: string): string => (saysOutput(label) === 'no' ? toTitle(label) : '');
