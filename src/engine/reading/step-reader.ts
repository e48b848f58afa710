import { detected } from '../contracts/detected.ts';
import type { AnyStepType, Detection } from '../contracts/step-type.ts';
import { traitsOf } from '../contracts/traits.ts';
import { withoutWritten } from '../literal-secrets.ts';
import type { Annotations } from '../model/annotations.ts';
import type { Block, Doubt, RowBlock } from '../model/block.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { saidEffect } from '../model/effect.ts';
import type { Reference, Step, StepPart } from '../model/runbook.ts';
import type { CommentReading } from './annotation-comments.ts';
import type { Judged } from './classes/class.ts';
import { Conditions } from './conditions.ts';
import { saysNothing } from './expectations.ts';
import { expectedCell, nameOfRow, type RowWhen, whenOfRow } from './expected-cell.ts';
import { fenceTitle, ownExpectation, partsOf, statedExpectation } from './fence-steps.ts';
import { StepIds } from './ids.ts';
import { ItemBlocks } from './item-blocks.ts';
import { sayingOf, tonguesOf } from './items/saying.ts';
import { asksToRun, tellsEach } from './leads.ts';
import { findOwners, type Owners } from './owners.ts';
import type {
  FencePiece,
  HeadingPiece,
  ItemPiece,
  ParagraphPiece,
  Piece,
  TablePiece,
} from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { countedLines } from './read-stops.ts';
import { saidValue } from './said-value.ts';
import { Sayings } from './sayings.ts';
import { readScript } from './shell-reader.ts';
import { leadOf, type Outline } from './surroundings.ts';
import { headerOf, holdsCommands, listsDoings, rowsOf, type TableRow } from './tables.ts';
import { toldApart, toTitle } from './titles.ts';

/** "**2.** …", "**Schritt 2:** …". */
const STEP_WORD = String.raw`(?:(?:step|schritt|étape|etape|paso|passo|pas|stap|krok|steg|trin|шаг|крок|стъпка|korak|adım|vaihe|lépés|pasul|βήμα|bước|langkah|ステップ|手順|步骤|步驟|단계)\s{0,3})?`;
const IS_NUMBER = new RegExp(String.raw`^${STEP_WORD}\d{1,2}(?!\d)`, 'iu');
const NUMBERED = new RegExp(
  String.raw`^${STEP_WORD}\d{1,2}(?:\.\d{1,2}){0,5}[.):]?\s{0,3}(?:[-–—:]\s{0,3})?(?=\S)`,
  'iu',
);
/** What people ask is numbered too; the word is the same in most languages. */
const QUESTIONS = /(?<![\p{L}\d])faqs?(?![\p{L}\d])/iu;

type Draft = Omit<Step, 'id' | 'inputs'>;

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
  readonly #lines: readonly string[];
  readonly #ids = new StepIds();
  readonly #steps: Step[] = [];
  readonly #references: Reference[] = [];
  readonly #says: Sayings;
  readonly #owners: Owners;
  readonly #blocks: ItemBlocks;
  readonly #conditions: Conditions;
  readonly #paragraphTitles = new Map<FencePiece, string>();

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
    this.#types = types;
    this.#lines = lines;
    this.#says = new Sayings(outline, lines);
    this.#owners = findOwners(outline, fences);
    this.#blocks = new ItemBlocks(outline, comments, defaults, judged);
    this.#conditions = new Conditions(outline, fences);
  }

  async read(): Promise<ReadSteps> {
    for (const [index, piece] of this.#outline.pieces.entries()) await this.#piece(piece, index);
    const diagnostics = [...this.#says.diagnostics, ...this.#blocks.leftOut];
    const headings = new Map(
      this.#outline.procedures.map(({ procedure: { id, trail } }) => [id, trail.at(-1)]),
    );
    return { steps: toldApart(this.#steps, headings), references: this.#references, diagnostics };
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
        await this.#table(piece, index);
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
        this.#numbered(piece, index);
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
      paragraph: this.#paragraphTitles.get(piece) ?? '',
      label: above?.kind === 'paragraph' && above.label ? block.label : '',
    });
    const { human } = type;
    this.#add(block, type, detection, index, {
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
      read.block.shell !== undefined && ['none', 'reads'].includes(shellFacts(text).effect);
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
    const isTold = item !== null && this.#steps.at(-1)?.line === item.line;
    if (doubt && !isTold && !read.expects && !block.annotations.ignore)
      this.#says.leaveOut(
        block.line,
        `This fence is shown and not run: ${doubt.as}; but ${doubt.or}.`,
      );
    else if (!read.expects && !block.annotations.ignore)
      this.#says.unasked(read, index, this.#owners.titles.has(read.piece));
    const last = this.#steps.at(-1);
    if (!read.expects || !last || last.expectation?.advisory === false) return;
    const near = this.#comments.similarity.get(this.#outline.pieces[index] ?? read.piece);
    const expectation = statedExpectation(
      read,
      last.annotations.match,
      near?.regex ?? null,
      near !== undefined,
    );
    this.#steps[this.#steps.length - 1] = { ...last, expectation };
  }

  #item(piece: ItemPiece, index: number): void {
    if (this.#owners.consumed.has(piece)) return;
    const block = this.#blocks.offered(piece, index);
    if (!block) return;
    const title = toTitle(piece.title ?? piece.text) || 'Untitled item';
    this.#offer(block, index, { title, language: null, text: piece.text, textLine: piece.line });
  }

  async #table(piece: TablePiece, index: number): Promise<void> {
    const header = headerOf(piece.node);
    const around = this.#blocks.around(piece, index);
    if (around.annotations.ignore) return;
    const lead = leadOf(this.#outline, index) || around.label;
    const told = asksToRun(lead, this.#outline.guesses) || tellsEach(lead);
    const asked = told || listsDoings(header, this.#outline.guesses);
    const before = this.#steps.length;
    const rows = rowsOf(piece.node, piece.rowLines, this.#lines);
    for (const row of rows) {
      const block: RowBlock = {
        ...around,
        kind: 'row',
        line: row.line,
        endLine: row.line,
        header,
        cells: row.cells,
        codes: row.codes,
        asked,
      };
      const found = this.#detect(block);
      if (!found) continue;
      if (row.repaired) {
        this.#says.say(
          'split-cell',
          row.line,
          'A `|` inside inline code splits this table row for other readers.',
          'Write `\\|` inside the code.',
        );
      }
      const text = commandOf(found.detection.body);
      const shell = await readScript(text);
      const judged = this.#detect({ ...block, shell }) ?? found;
      const acts = judged.detection.effect === 'writes' || judged.detection.effect === 'destroys';
      // "Task | Command": a list to look things up in has the same head as one to work off.
      const doubt = acts && !told && listsDoings(header, this.#outline.guesses) ? LOOKED_UP : null;
      const doubted = doubt === null ? block : { ...block, doubt };
      const expected = judged.type.human ? null : expectedCell({ header, ...row }, row.line);
      this.#add(doubted, judged.type, judged.detection, index, {
        title: toTitle(nameOfRow(row)) || 'Check',
        language: null,
        text,
        textLine: row.line,
        shell,
        when: whenOfRow(header, row),
        ...(expected?.is === 'value' ? { expectation: expected.expectation } : {}),
      });
      if (expected?.is === 'words')
        this.#says.say(
          'unread-limit',
          row.line,
          `The expectation \`${expected.text}\` is compared with nothing: it is no value that the command prints.`,
          'Write what the command prints, in backticks, or a limit such as `> 80%`.',
        );
    }
    if (this.#steps.length > before) this.#sayTorn(rows, this.#steps.slice(before));
    else if (holdsCommands(header, rows))
      this.#says.leaveOut(
        piece.line,
        'This table holds commands, and nothing above it asks to run them.',
        'Write "Run these commands:" above it, or call their column "Check", if they are to be run.',
      );
  }

  /** Rows beside steps that lost a part, or are no step although their code was put together. */
  #sayTorn(rows: readonly TableRow[], steps: readonly Step[]): void {
    const taken = new Set(steps.map(({ line }) => line));
    for (const { line, excess, repaired } of rows)
      if (excess || (repaired && !taken.has(line)))
        this.#says.say(
          'split-cell',
          line,
          'This row has more cells than its table has columns: what stands in the others is read by nobody.',
          'Write `\\|` where a `|` is part of a cell.',
        );
  }

  #taskHeading(piece: HeadingPiece, index: number): void {
    if (piece.checked === null) return;
    this.#offer(
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
    const last = this.#steps.at(-1);
    if (above?.kind !== 'fence' || !last || last.expectation !== null) return;
    const read = this.#fences.get(above);
    if (read?.type?.human !== false || read.block.line !== last.line) return;
    const expectation = saysNothing(piece.text)
      ? ({ line: piece.line, match: 'text', text: '', advisory: false } as const)
      : saidValue(this.#lines.slice(piece.line - 1, piece.endLine).join('\n'), piece.line);
    if (expectation !== null) this.#steps[this.#steps.length - 1] = { ...last, expectation };
  }

  /** "Step 1: do it", "(1) do it", "a) do it": a reader takes them for a list, and markdown does not. */
  #countedInWords(piece: ParagraphPiece, index: number): void {
    const lines = this.#lines.slice(piece.line - 1, piece.endLine);
    const around = {
      before: this.#lineBeside(index, -1),
      after: this.#lineBeside(index, 1),
    };
    const told = countedLines(lines, around).filter(
      ({ text, said }) => said || this.#numberedTells(toTitle(text), index),
    );
    if (told.length > 1 || (told.length === 1 && this.#below(index) === 'nothing'))
      this.#says.leaveOut(
        piece.line,
        'What is counted here ("Step 1", "(1)", "a)" and their like) is no list: it is shown, not done.',
        'Write it as a list (`1. …`), if it is to be done.',
      );
  }

  /** The nearest line of the paragraph above or below, fences between them passed over; `''` of anything else. */
  #lineBeside(index: number, by: 1 | -1): string {
    const { pieces } = this.#outline;
    let at = index + by;
    while (pieces[at]?.kind === 'fence') at += by;
    const piece = pieces[at];
    const line = by === 1 ? piece?.line : piece?.endLine;
    return piece?.kind === 'paragraph' ? (this.#lines[(line ?? 0) - 1] ?? '') : '';
  }

  /** "**1.** Create the bucket": a step of its own, or the title of the fence under it. */
  #numbered(piece: ParagraphPiece, index: number): void {
    const match = NUMBERED.exec(piece.text);
    this.#countedInWords(piece, index);
    const bold = IS_NUMBER.test(piece.strong) && piece.text.startsWith(piece.strong);
    if (!match || !bold || piece.item !== null) return;
    const text = toTitle(piece.text.slice(match[0].length));
    const below = this.#below(index);
    if (below !== 'nothing') {
      if (below !== 'steps') this.#paragraphTitles.set(below, text);
      return;
    }
    if (!this.#numberedTells(text, index)) {
      const heading =
        this.#outline.procedures[this.#outline.procedureOf[index] ?? -1]?.heading.text;
      // All bold with text of its own below, it is a heading.
      const next = this.#outline.pieces[index + 1];
      const isHeading =
        piece.strong === piece.text &&
        next !== undefined &&
        next.kind !== 'heading' &&
        !(next.kind === 'paragraph' && IS_NUMBER.test(next.strong));
      if (!isHeading && !QUESTIONS.test(heading ?? '') && !/[?？]$/u.test(text.trim()))
        this.#blocks.leaveOut(piece, 'nothing in it tells what to do');
      return;
    }
    const around = this.#blocks.around(piece, index);
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
      index,
      { title: text, language: null, text, textLine: piece.line },
    );
  }

  /** Whether a numbered paragraph tells what to do, by what it says and in the language of the page. */
  #numberedTells(text: string, index: number): boolean {
    const at = this.#outline.procedureOf[index] ?? -1;
    const trail = this.#outline.procedures[at]?.procedure.trail ?? [];
    const tongues = tonguesOf([text], trail.join('\n'), this.#outline.languages);
    const said = sayingOf(text, tongues);
    if (QUESTIONS.test(trail.at(-1) ?? '')) return false;
    return said.tells >= 1.1 || (said.tells >= 0.8 && /\s/.test(text) && !said.states);
  }

  /** What stands between a numbered paragraph and the next one: a step's fence, other steps, or nothing. */
  #below(index: number): FencePiece | 'steps' | 'nothing' {
    for (let at = index + 1; at < this.#outline.pieces.length; at += 1) {
      const piece = this.#outline.pieces[at];
      if (!piece || piece.kind === 'heading') break;
      // Tabs are ways to do what it says.
      const isLabel = piece.kind === 'paragraph' && piece.label;
      if (isLabel && !this.#outline.tabs.has(piece.line)) break;
      if (piece.kind === 'paragraph' && IS_NUMBER.test(piece.strong)) break;
      if (piece.kind === 'fence' && this.#fences.get(piece)?.type) return piece;
      if (piece.kind === 'item' && (piece.checked !== null || piece.list.ordered)) {
        const block = this.#blocks.offered(piece, at);
        if (this.#owners.consumed.has(piece) || (block && this.#detect(block))) return 'steps';
      }
    }
    return 'nothing';
  }

  /** The lines that a title may be of as they are written: of the item that holds the block, and those above it. */
  #titledBy(block: Block, index: number): string {
    const piece = this.#outline.pieces[index];
    const held = piece !== undefined && 'item' in piece ? piece.item?.line : undefined;
    const line = block.kind === 'item' ? block.line : (held ?? block.line);
    return this.#lines.slice(Math.max(0, line - 5), line + 2).join('\n');
  }

  #detect(
    block: Block,
  ): { readonly type: AnyStepType; readonly detection: Detection<unknown> } | undefined {
    for (const type of this.#types) {
      const detection: Detection<unknown> | undefined = detected(type, block);
      if (detection) return { type, detection };
    }
    return undefined;
  }

  #offer(
    block: Block,
    index: number,
    says: Pick<Draft, 'title' | 'language' | 'text' | 'textLine'>,
  ): void {
    const found = this.#detect(block);
    if (found) this.#add(block, found.type, found.detection, index, says);
  }

  #add(
    block: Block,
    type: AnyStepType,
    detection: Detection<unknown>,
    index: number,
    says: Pick<Draft, 'title' | 'language' | 'text' | 'textLine'> &
      Partial<Draft> & { readonly when?: RowWhen },
  ): void {
    const { annotations } = block;
    const title = withoutWritten(annotations.title ?? says.title, this.#titledBy(block, index));
    const id = this.#ids.next(annotations.name, block.procedure, title);
    const probed = annotations.verify ? this.#steps.at(-1)?.id : undefined;
    const said = saidEffect(annotations.effect, detection, type.human);
    const { effect, effectWhy, finding, against } = said;
    if (finding !== null)
      this.#says.say('contradicted-effect', block.line, finding.message, finding.hint);
    const around = this.#conditions.of(index, { effect, text: `${title}\n${says.text}` });
    const led = this.#conditions.ofRow(index, says, around);
    const condition =
      says.parts?.length === 0 && !type.human
        ? this.#conditions.ofRemarks(index, { line: says.textLine, text: says.text }, led)
        : led;
    const { doubt } = block;
    const shell = says.shell ?? (block.kind === 'fence' ? block.shell : undefined);
    for (const { rule, line = 0, word, message, hint } of detection.unread ?? []) {
      const at = { severity: 'warning', line: says.textLine + line, column: 1 } as const;
      this.#says.diagnostics.push({ rule, ...at, message, hint, word });
    }
    this.#steps.push({
      id,
      type: type.name,
      traits: traitsOf(type, detection.body),
      procedure: block.procedure,
      line: block.line,
      endLine: block.endLine,
      effect,
      effectWhy,
      ...(against === undefined ? {} : { against }),
      body: detection.body,
      inputs: [],
      parts: [],
      expectation: null,
      annotations,
      why: withoutWritten(detection.why),
      inferred: (detection.inferred ?? false) && annotations.infer !== true,
      label: block.label,
      ...says,
      title,
      ...(shell ? { shell } : {}),
      ...(condition === undefined ? {} : { condition }),
      ...(doubt && annotations.infer !== true && annotations.run !== true
        ? { doubtful: doubt }
        : {}),
      ...(probed === undefined ? {} : { probes: probed }),
    });
  }
}

const LOOKED_UP: Doubt = {
  as: 'its table says what is done',
  or: 'nothing above it asks to do it: its rows may only be there to be looked up',
};

/** The command of a row's body; its step type names it so. */
function commandOf(body: unknown): string {
  const command =
    typeof body === 'object' && body !== null && 'command' in body ? body.command : '';
  return typeof command === 'string' ? command : '';
}
