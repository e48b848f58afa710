import { nearest } from '../../text/nearest.ts';
import { HandrailError } from '../model/errors.ts';
import type { PlannedStep, RunRequest } from '../model/plan.ts';
import type { Procedure, Runbook } from '../model/runbook.ts';
import { type ConditionDecision, chainOf, type StepCondition } from '../model/step-condition.ts';
import { alternativesOf, type Conditional, conditionalsOf, nameOf } from './conditions.ts';
import { isWithin } from './pick-procedures.ts';

/** What is asked for, of what. */
export interface Deciding {
  readonly runbook: Runbook;
  readonly procedures: readonly Procedure[];
  readonly steps: readonly PlannedStep[];
  readonly request: RunRequest;
  /** Recorded by an earlier attempt of the run. */
  readonly decided: readonly ConditionDecision[];
}

/**
 * What is decided about conditions before the first step: by `--holds` and `--not`, by an earlier attempt of the run,
 * by the name of a procedure that was picked. The person who asked stands in it as `''`. Throws CONDITION_UNKNOWN or
 * USAGE for words that decide nothing.
 */
export function decideBeforehand(deciding: Deciding): readonly ConditionDecision[] {
  const { runbook, steps, request, decided } = deciding;
  const book = new DecisionBook(runbook, steps);
  for (const name of request.not) book.take(name, false);
  for (const name of request.holds) book.take(name, true);
  for (const decision of decided) book.recorded(decision);
  for (const condition of pickedByName(deciding))
    book.settle(condition, '', 'the procedure was picked by name');
  book.settleByRunbook();
  return book.decisions();
}

/** What a runbook decides by itself, whoever runs it. */
export function decidedByRunbook(
  runbook: Runbook,
  steps: readonly PlannedStep[],
): readonly ConditionDecision[] {
  const book = new DecisionBook(runbook, steps);
  book.settleByRunbook();
  return book.decisions();
}

/** A heading that says "On Debian" holds for who picks the procedure under it by its name. */
function pickedByName({ runbook, procedures, steps }: Deciding): readonly StepCondition[] {
  const above = new Set(
    runbook.procedures
      .filter((one) => procedures.some((picked) => isWithin(picked, one)))
      .map(({ line }) => line),
  );
  return steps
    .filter(({ from }) => from === null)
    .flatMap(({ condition }) => chainOf(condition).filter(({ line }) => above.has(line)));
}

function saidByRunbook(steps: readonly PlannedStep[]): readonly StepCondition[] {
  return conditionalsOf(steps.filter(({ step }) => step.annotations.holds === true)).map(
    ({ condition }) => condition,
  );
}

class DecisionBook {
  readonly #runbook: Runbook;
  readonly #steps: readonly PlannedStep[];
  readonly #conditionals: readonly Conditional[];
  readonly #decisions = new Map<string, ConditionDecision>();

  constructor(runbook: Runbook, steps: readonly PlannedStep[]) {
    this.#runbook = runbook;
    this.#steps = steps;
    this.#conditionals = conditionalsOf(steps);
  }

  decisions(): readonly ConditionDecision[] {
    return [...this.#decisions.values()];
  }

  /** A word of the command line: a step, or a part of one. */
  take(name: string, holds: boolean): void {
    const option = holds ? '--holds' : '--not';
    const places = this.#named(name, option);
    for (const { condition } of places)
      this.#decide(condition, { holds, by: '', why: `said with \`${option}\`` }, true);
  }

  recorded(decision: ConditionDecision): void {
    if (this.#decisions.has(decision.condition)) return;
    if (this.#conditionals.some(({ condition }) => condition.id === decision.condition))
      this.#decisions.set(decision.condition, decision);
  }

  settle(condition: StepCondition, by: string, why: string): void {
    if (!this.#decisions.has(condition.id))
      this.#decide(condition, { holds: true, by, why }, false);
  }

  settleByRunbook(): void {
    for (const condition of saidByRunbook(this.#steps))
      this.settle(condition, 'runbook', 'the runbook says `holds`');
  }

  #decide(
    condition: StepCondition,
    said: Omit<ConditionDecision, 'condition'>,
    isStrict: boolean,
  ): void {
    this.#decisions.set(condition.id, { condition: condition.id, ...said });
    if (!said.holds) return;
    for (const other of alternativesOf(condition, this.#conditionals)) {
      if (other.id === condition.id) continue;
      const known = this.#decisions.get(other.id);
      if (known?.holds === true && isStrict) throw bothChosen(condition, other);
      if (known !== undefined) continue;
      const why = `"${condition.text}" was chosen`;
      this.#decisions.set(other.id, { condition: other.id, holds: false, by: said.by, why });
    }
  }

  /** The conditions that a word decides: with `--holds` all around the step, with `--not` the innermost. */
  #named(name: string, option: '--holds' | '--not'): readonly Conditional[] {
    const { planned, part } = this.#find(name, option);
    if (planned === null) return [];
    const own = this.#conditionals.filter((one) => one.planned === planned);
    const around = own.filter((one) => one.part === null);
    const parts = own.filter((one) => one.part !== null);
    if (part !== null) {
      const named = parts.filter((one) => one.part === part);
      if (named.length === 0) throw this.#unconditional(name, parts);
      return option === '--holds' ? [...around, ...named] : named;
    }
    if (own.length === 0) throw this.#unconditional(name, []);
    if (option === '--not') return around.length === 0 ? parts : around.slice(-1);
    if (around.length > 0) return around;
    if (parts.some(({ condition }) => condition.group !== undefined)) throw whichPart(name, parts);
    return parts;
  }

  #find(
    name: string,
    option: string,
  ): { readonly planned: PlannedStep | null; readonly part: number | null } {
    const whole = this.#step(name);
    if (whole !== undefined) return { planned: whole, part: null };
    const [, head = '', number] = /^(.+):(\d{1,3})$/.exec(name) ?? [];
    const planned = this.#step(head);
    if (planned !== undefined) return { planned, part: Number(number) - 1 };
    if (this.#runbook.steps.some(({ id }) => id === name || id === head))
      return { planned: null, part: null };
    const known = this.#conditionals.map(nameOf);
    throw new HandrailError('CONDITION_UNKNOWN', {
      path: this.#runbook.path,
      name,
      option,
      nearest: nearest(name, known),
    });
  }

  #step(name: string): PlannedStep | undefined {
    const exact = this.#steps.find(({ id, step }) => id === name || step.id === name);
    if (exact !== undefined || name === '') return exact;
    const short = this.#steps.filter(({ id }) => id.endsWith(`/${name}`));
    return short.length === 1 ? short[0] : undefined;
  }

  #unconditional(name: string, parts: readonly Conditional[]): HandrailError {
    const known = (parts.length > 0 ? parts : this.#conditionals).map(nameOf);
    const which = known.length === 0 ? '' : ` Conditional are ${listed(known)}.`;
    return usage(`\`${name}\` stands under no condition: there is nothing to decide.${which}`);
  }
}

function whichPart(name: string, parts: readonly Conditional[]): HandrailError {
  return usage(
    `\`${name}\` holds alternatives, of which at most one is done: say which with ${listed(parts.map((part) => `--holds ${nameOf(part)}`))}.`,
  );
}

function bothChosen(one: StepCondition, other: StepCondition): HandrailError {
  return usage(
    `"${other.text}" and "${one.text}" are alternatives: at most one of them is done. Give \`--holds\` for one.`,
  );
}

const MOST = 6;

function listed(names: readonly string[]): string {
  const shown = [...new Set(names)].map((name) => `\`${name}\``);
  const more = shown.length > MOST ? ' …' : '';
  return `${shown.slice(0, MOST).join(', ')}${more}`;
}

function usage(message: string): HandrailError {
  return new HandrailError('USAGE', { message });
}
