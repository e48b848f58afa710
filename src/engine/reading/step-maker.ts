import { detected } from '../contracts/detected.ts';
import type { AnyStepType, Detection } from '../contracts/step-type.ts';
import { traitsOf } from '../contracts/traits.ts';
import { withoutWritten } from '../literal-secrets.ts';
import type { Block } from '../model/block.ts';
import { saidEffect } from '../model/effect.ts';
import type { Step } from '../model/runbook.ts';
import type { Conditions } from './conditions.ts';
import type { RowWhen } from './expected-cell.ts';
import { StepIds } from './ids.ts';
import type { ItemBlocks } from './item-blocks.ts';
import type { Sayings } from './sayings.ts';
import type { Outline } from './surroundings.ts';

type Draft = Omit<Step, 'id' | 'inputs'>;

/** Offers blocks to the step types, and makes steps of what they detect, in the order of the text. */
export class StepMaker {
  readonly #outline: Outline;
  readonly #types: readonly AnyStepType[];
  readonly #lines: readonly string[];
  readonly #says: Sayings;
  readonly #conditions: Conditions;
  readonly #ids = new StepIds();
  readonly #steps: Step[] = [];

  constructor(
    { outline, lines, says }: Pick<Page, 'outline' | 'lines' | 'says'>,
    types: readonly AnyStepType[],
    conditions: Conditions,
  ) {
    this.#outline = outline;
    this.#lines = lines;
    this.#says = says;
    this.#types = types;
    this.#conditions = conditions;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get last(): Step | undefined {
    return this.#steps.at(-1);
  }

  /** Whether the row of a table on that line leads to a section, or past something. */
  isLed(line: number): boolean {
    return this.#conditions.isLed(line);
  }

  /** Gives the last step what it is compared with. */
  expect(expectation: Step['expectation']): void {
    const last = this.#steps.pop();
    if (last !== undefined) this.#steps.push({ ...last, expectation });
  }

  /** The lines that a title may be of as they are written: of the item that holds the block, and those above it. */
  #titledBy(block: Block, index: number): string {
    const piece = this.#outline.pieces[index];
    const held = piece !== undefined && 'item' in piece ? piece.item?.line : undefined;
    const line = block.kind === 'item' ? block.line : (held ?? block.line);
    return this.#lines.slice(Math.max(0, line - 5), line + 2).join('\n');
  }

  /** The first step type that takes a block for its own, with what it found. */
  detect(
    block: Block,
  ): { readonly type: AnyStepType; readonly detection: Detection<unknown> } | undefined {
    for (const type of this.#types) {
      const detection: Detection<unknown> | undefined = detected(type, block);
      if (detection) return { type, detection };
    }
    return undefined;
  }

  /** Makes a step of a block, where a step type takes it for its own. */
  offer(
    block: Block,
    index: number,
    says: Pick<Draft, 'title' | 'language' | 'text' | 'textLine'>,
  ): void {
    const found = this.detect(block);
    if (found) this.add(block, found.type, found.detection, index, says);
  }

  /** Makes a step of what a step type found in a block. */
  add(
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
    const probed = annotations.verify ? this.last?.id : undefined;
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

/** What everybody is handed who makes steps of a page. */
export interface Page {
  readonly outline: Outline;
  readonly lines: readonly string[];
  readonly says: Sayings;
  readonly blocks: ItemBlocks;
  readonly maker: StepMaker;
}
