import type { StepOutcome } from '../model/outcome.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { Procedure, Runbook } from '../model/runbook.ts';
import { below } from './expand-links.ts';
import { isWithin, parentOf, pickProcedures } from './pick-procedures.ts';
import { sequenceOf } from './sequence.ts';
import { wholePage } from './whole-page.ts';

/** A rollback, and the procedure that it undoes; `null`: the whole page. */
export interface WayBack {
  readonly rollback: Procedure;
  readonly undoes: Procedure | null;
}

/** The rollbacks of a plan, as they look from one of its steps. */
export interface WaysBack {
  /** They undo the step: they stand under a procedure around it. The nearest comes first. */
  readonly own: readonly WayBack[];
  /** They undo something else of which a step was carried out. */
  readonly others: readonly WayBack[];
}

/**
 * Which of the plan's rollbacks undo a step, and which undo another procedure that the run has been in. Those of the page
 * that a step was linked from come before those of the page with the link.
 */
export function waysBack(
  plan: Plan,
  planned: PlannedStep,
  outcomes: ReadonlyMap<string, StepOutcome>,
): WaysBack {
  const all = pagesOf(plan).flatMap((page) => waysOn(page));
  const own = pagesAround(plan, planned.id).flatMap((page) => {
    const line = lineOn(page, planned);
    return waysOn(page)
      .filter(({ undoes }) => undoes === null || stands(undoes, line))
      .toSorted((one, other) => (other.undoes?.level ?? 0) - (one.undoes?.level ?? 0));
  });
  const isOwn = new Set(own.map(({ rollback }) => rollback.id));
  const cameTo = plan.steps.filter(({ id }) => mayHaveActed(outcomes.get(id)));
  const others = all.filter(
    ({ rollback, undoes, page }) =>
      !isOwn.has(rollback.id) &&
      cameTo.some(
        (one) =>
          isBelow(page, one.id) &&
          (undoes === null ? page.link !== null : stands(undoes, lineOn(page, one))),
      ),
  );
  return { own, others };
}

/** A page of the plan: its own, or one that it links to. */
interface Page {
  readonly link: PlannedStep | null;
  readonly runbook: Runbook;
  readonly rollbacks: readonly Procedure[];
}

const pagesOf = (plan: Plan): readonly Page[] => [{ ...plan, link: null }, ...(plan.linked ?? [])];

const isBelow = ({ link }: Page, id: string): boolean =>
  link === null || id.startsWith(`${link.id}/`);

/** The pages that a step, or what is called so, stands on; the innermost first. */
function pagesAround(plan: Plan, id: string): readonly Page[] {
  const depth = ({ link }: Page): number => link?.id.length ?? -1;
  return pagesOf(plan)
    .filter((page) => isBelow(page, id))
    .toSorted((one, other) => depth(other) - depth(one));
}

/** What is called so on a page is called in the plan. */
const nameOn = ({ link }: Page, id: string): string => (link === null ? id : `${link.id}/${id}`);

const waysOn = (page: Page): readonly (WayBack & { readonly page: Page })[] =>
  page.rollbacks.map((rollback) => ({
    rollback: { ...rollback, id: nameOn(page, rollback.id) },
    undoes: parentOf(page.runbook, rollback) ?? null,
    page,
  }));

/** A procedure by its name in the plan: the page that it stands on, and what it is called there. */
export function procedureOf(
  plan: Plan,
  name: string,
): { readonly page: Page; readonly picked: readonly Procedure[] } {
  for (const page of pagesAround(plan, name)) {
    if (page.link === null) break;
    const own = name.slice(page.link.id.length + 1);
    const picked = page.runbook.procedures.filter(({ id }) => id === own);
    if (picked.length > 0) return { page, picked };
  }
  return { page: { ...plan, link: null }, picked: pickProcedures(plan.runbook, [name]) };
}

/** The steps of a procedure by its name in the plan, in which they do not stand. */
export function stepsOnTheSide(plan: Plan, name: string): readonly PlannedStep[] {
  const { page, picked } = procedureOf(plan, name);
  const { runbook, link } = page;
  const steps = sequenceOf(runbook, picked);
  const whole = plan.request.attended ? wholePage(runbook, picked, steps) : steps;
  return link === null ? whole : whole.map((one) => below(link, one, runbook, false));
}

/** What carries out a procedure of the plan by itself: `handrail run` takes it. */
export function addressOf(plan: Plan, name: string): string {
  const { page, picked } = procedureOf(plan, name);
  return page.link === null
    ? `${plan.runbook.path}#${name}`
    : `${page.runbook.path}#${picked[0]?.id ?? ''}`;
}

/** A step that came to an end may have left something to undo, unless it was passed over. */
const mayHaveActed = (outcome: StepOutcome | undefined): boolean =>
  outcome !== undefined && outcome !== 'skipped' && outcome !== 'not-applicable';

const stands = ({ line, endLine }: Procedure, at: number): boolean => line <= at && at <= endLine;

/** A step of a page that this one links to stands where the link does. */
function lineOn({ link, runbook }: Page, { id, step }: PlannedStep): number {
  const own = link === null ? id : id.slice(link.id.length + 1);
  const [through] = runbook.steps
    .filter((one) => one.traits.link !== undefined && own.startsWith(`${one.id}/`))
    .toSorted((one, other) => other.id.length - one.id.length);
  return through?.line ?? step.line;
}

/** What `on-fail=goto #target` of a step means: the procedure's name in the plan, and its steps there; none: it is carried out on the side, and the run has failed. */
export function targetOf(
  plan: Plan,
  from: Pick<PlannedStep, 'id'>,
  target: string,
): { readonly name: string; readonly steps: readonly PlannedStep[] } {
  const [page = { ...plan, link: null }] = pagesAround(plan, from.id);
  const [procedure] = pickProcedures(page.runbook, [target]);
  if (procedure === undefined) return { name: target, steps: [] };
  const isThere = (one: PlannedStep): boolean => {
    const [own] = pagesAround(plan, one.id);
    const { line } = one.step;
    return own?.link?.id === page.link?.id && line > procedure.line && line <= procedure.endLine;
  };
  const steps = plan.steps.filter((one) => one.phase === 'main' && isThere(one));
  return { name: page.link === null ? target : nameOn(page, procedure.id), steps };
}

/** Whether a procedure is a rollback, or part of one. */
export const isOfRollback = ({ procedures }: Runbook, procedure: Procedure): boolean =>
  procedures.some((one) => one.role === 'rollback' && isWithin(procedure, one));

/** Rollbacks to be thought of after a failure: those that undo the step, else those of what the run has been in. */
export function rollbacksAfter(
  plan: Plan,
  stepId: string | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): readonly Procedure[] {
  const planned = plan.steps.find(({ id }) => id === stepId);
  // Nobody can tell from a step that stands in no plan, such as an item of a list.
  if (planned === undefined) return plan.rollbacks;
  const { own, others } = waysBack(plan, planned, outcomes);
  return (own.length > 0 ? own : others).map(({ rollback }) => rollback);
}
