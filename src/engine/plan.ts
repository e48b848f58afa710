import { nearest } from '../text/nearest.ts';
import { sha256Of } from '../text/sha256.ts';
import { itemOf, withoutItem } from './model/each.ts';
import { HandrailError } from './model/errors.ts';
import type { Plan, PlannedStep, RunRequest } from './model/plan.ts';
import type { Procedure, Runbook } from './model/runbook.ts';
import type { ConditionDecision } from './model/step-condition.ts';
import { decideBeforehand } from './planning/decide-conditions.ts';
import { confirmed, inEnvironment } from './planning/environment.ts';
import { type Expanded, expandLinks, type ReadRunbook } from './planning/expand-links.ts';
import { isForAll, leftOutOf } from './planning/left-out.ts';
import { hostsOf, onEachHost, refuseHereOnly, turnOf } from './planning/on-hosts.ts';
import { pickProcedures } from './planning/pick-procedures.ts';
import { plannedStep, rollbacksOf, sequenceOf } from './planning/sequence.ts';
import { wholePage } from './planning/whole-page.ts';

/**
 * What will run, in order, for a request. Nothing is bound and nothing is checked against the host yet.
 * `decided` are decisions that an earlier attempt of the run recorded.
 * Throws RUNBOOK_REFUSED (the text has errors, or sends to a host what runs here only), PROCEDURE_NOT_FOUND, PROCEDURE_NEEDED, STEP_NOT_FOUND,
 * CONDITION_UNKNOWN or NOTHING_TO_RUN.
 */
export async function planRun(
  runbook: Runbook,
  asked: RunRequest,
  read: ReadRunbook,
  decided: readonly ConditionDecision[] = [],
): Promise<Plan> {
  refuseErrors(runbook);
  const { request, confirms } = inEnvironment(runbook, asked);
  const procedures = pickProcedures(runbook, request.procedures);
  if (needsProcedure(runbook, request)) throw procedureNeeded(runbook);
  const sequence = sequenceOf(runbook, procedures);
  // Whoever is asked about a few steps by name has the page before them.
  const isPage = request.attended && request.steps.length + request.tags.length === 0;
  const stops = isPage ? wholePage(runbook, procedures, sequence) : sequence;
  const whole = await expandLinks(runbook, stops, read, isPage);
  const hosts = hostsOf(runbook, request);
  const pick = (names: readonly string[]): readonly PlannedStep[] => {
    const named = { ...request, steps: names };
    return pickSteps(runbook.path, orElse(whole.steps, runbook, named), named);
  };
  const placed = onEachHost(picksByHost(pick, hosts, request.steps), hosts);
  refuseUnknownTurns(runbook.path, placed, { hosts, names: request.steps });
  const rollbacks = rollbacksOf(runbook, procedures);
  const undoing = rollbacks.flatMap((procedure) => sequenceOf(runbook, [procedure]));
  refuseHereOnly(runbook.path, [...placed, ...onEachHost(() => undoing, hosts)]);
  const steps = confirms ? placed.map(confirmed) : placed;
  if (steps.every(({ reading }) => reading === true))
    throw new HandrailError('NOTHING_TO_RUN', { path: runbook.path });
  refuseUnknownApprovals(runbook, steps, request);
  return {
    runbook: withInputs(runbook, whole.inputs),
    request,
    procedures,
    steps,
    rollbacks,
    linked: whole.linked,
    values: [],
    decisions: decideBeforehand({ runbook, procedures, steps, request, decided }),
    leftOut:
      isPage || !isForAll(request)
        ? []
        : [...leftOutOf(runbook, procedures, false), ...whole.leftOut],
    findings: whole.findings,
    hash: hashOf(steps),
  };
}

/** Inputs that linked runbooks declare are those of the whole plan; the runbook's own come first. */
function withInputs(runbook: Runbook, linked: Expanded['inputs']): Runbook {
  if (Object.keys(linked).length === 0) return runbook;
  const inputs = { ...linked, ...runbook.frontmatter.inputs };
  return { ...runbook, frontmatter: { ...runbook.frontmatter, inputs } };
}

/** An approval for a step that is not there was meant for another one. */
function refuseUnknownApprovals(
  runbook: Runbook,
  steps: readonly PlannedStep[],
  { approve }: RunRequest,
): void {
  const known = [
    ...steps.flatMap(({ id, step }) => [id, step.id]),
    ...runbook.steps.map(({ id }) => id),
  ];
  // Items of a step (`each`) are known only once their list is.
  const unknown = approve.find(
    (name) => !known.includes(name) && !known.includes(withoutItem(name)),
  );
  if (unknown === undefined) return;
  throw new HandrailError('STEP_NOT_FOUND', {
    path: runbook.path,
    name: unknown,
    nearest: nearest(unknown, known),
  });
}

/** SHA-256 (hex) over what runs: ids, types, texts and annotations of the steps and their probes. */
function hashOf(steps: readonly PlannedStep[]): string {
  const lines = steps.map(({ id, step, phase, probe }) => {
    const facts = [id, phase, step.type, step.text, step.annotations, probe?.text ?? null];
    return `${JSON.stringify(facts)}\n`;
  });
  return sha256Of(lines.join(''));
}

/** A step asked for by name may stand in a rollback: then the whole text is looked through, as it stands. */
function orElse(
  steps: readonly PlannedStep[],
  runbook: Runbook,
  request: RunRequest,
): readonly PlannedStep[] {
  const known = new Set(steps.map(({ id }) => id));
  if (request.steps.every((name) => known.has(name) || /^#?\d+$/.test(name))) return steps;
  const others = runbook.steps.filter(
    (step) => !known.has(step.id) && request.steps.includes(step.id),
  );
  return [...steps, ...others.map((step) => plannedStep(step))];
}

function refuseErrors(runbook: Runbook): void {
  const errors = runbook.diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more: \`handrail check\`)` : '';
  const hint = first.hint === undefined ? '' : ` ${first.hint}`;
  const message = `${runbook.path}:${first.line}: ${first.message}${hint}${more}`;
  throw new HandrailError('RUNBOOK_REFUSED', { message, findings: errors });
}

function needsProcedure(runbook: Runbook, request: RunRequest): boolean {
  if (runbook.kind !== 'manual' || request.all || request.procedures.length > 0) return false;
  return request.steps.length === 0 && request.tags.length === 0;
}

function procedureNeeded(runbook: Runbook): HandrailError {
  const offered = runbook.procedures.filter((procedure) => hasSteps(runbook, procedure));
  return new HandrailError('PROCEDURE_NEEDED', {
    path: runbook.path,
    count: offered.length,
    example: offered[0]?.id ?? runbook.procedures[0]?.id ?? '',
    procedures: offered.map(({ id, title }) => ({ id, title })),
  });
}

function hasSteps(runbook: Runbook, procedure: Procedure): boolean {
  return runbook.steps.some((step) => step.procedure === procedure.id);
}

/** The steps of a host's turn: those that are named for all hosts, and those that are named for it (`restart@db2`). */
function picksByHost(
  pick: (names: readonly string[]) => readonly PlannedStep[],
  hosts: readonly string[],
  names: readonly string[],
): (host: string | null) => readonly PlannedStep[] {
  return (host) => {
    const own = names.flatMap((name) => {
      const { at, id } = turnOf(name, hosts);
      return at === null || at === host ? [id] : [];
    });
    return names.length > 0 && own.length === 0 ? [] : pick(own);
  };
}

/** What is done once for all hosts, such as what a person does, is in the turn of none. */
function refuseUnknownTurns(
  path: string,
  placed: readonly PlannedStep[],
  { hosts, names }: { readonly hosts: readonly string[]; readonly names: readonly string[] },
): void {
  const turns = placed.filter(({ on }) => on !== undefined);
  for (const name of names) {
    if (turnOf(name, hosts).at === null) continue;
    const id = withoutItem(name);
    if (!turns.some((one) => one.id === id || one.id.endsWith(`/${id}`)))
      notFound(path, placed, name);
  }
}

/**
 * Those of the steps that were asked for by `--step`, `--from`, `--to` and `--tag`: by id, by the end of an id
 * behind its last `/` where only one step has it, or by position (`#3`). Throws STEP_NOT_FOUND.
 */
function pickSteps(
  path: string,
  steps: readonly PlannedStep[],
  request: RunRequest,
): readonly PlannedStep[] {
  const stops = steps.filter((planned) => planned.phase === 'main');
  // Text to be read has no number: the third step is the third step, whoever is there to read.
  const main = stops.filter((planned) => planned.reading !== true);
  const find = (name: string): number => placeOf(main, name) ?? notFound(path, main, name);
  if (request.steps.length > 0) {
    const wanted = Map.groupBy(
      request.steps,
      (name) => placeOf(main, name) ?? placeOf(main.map(eachOnly), withoutItem(name)) ?? find(name),
    );
    return main.flatMap((planned, index) => {
      const names = wanted.get(index);
      return names === undefined ? [] : [withOnly(planned, names)];
    });
  }
  const first = request.from === null ? undefined : main[find(request.from)];
  const last = request.to === null ? undefined : main[find(request.to)];
  const picked = stops
    .slice(first ? stops.indexOf(first) : 0, last ? stops.indexOf(last) + 1 : stops.length)
    .filter((planned) => request.tags.length === 0 || hasTag(planned, request.tags));
  // Where there is nothing else, the cleanup is what the page is for.
  const isLeftOut = picked.length === 0 && (stops.length > 0 || request.tags.length > 0);
  return isLeftOut ? [] : [...picked, ...steps.filter((planned) => planned.phase === 'cleanup')];
}

/** Of a step that is done for each item of a list, those items that were named; which there are is known later. */
function withOnly(planned: PlannedStep, names: readonly string[]): PlannedStep {
  const items = names.map(itemOf);
  const only = items.filter((item) => item !== undefined);
  const isWhole = planned.step.annotations.each === undefined || only.length < items.length;
  return isWhole ? planned : { ...planned, only };
}

function notFound(path: string, steps: readonly PlannedStep[], name: string): never {
  const ids = steps.map((planned) => planned.id);
  throw new HandrailError('STEP_NOT_FOUND', { path, name, nearest: nearest(name, ids) });
}

/** The step, where it has items; else nothing that a name of an item could mean. */
const eachOnly = (planned: PlannedStep): { readonly id: string } =>
  planned.step.annotations.each === undefined ? { id: '' } : planned;

function placeOf(steps: readonly { readonly id: string }[], name: string): number | undefined {
  const position = /^#?(\d+)$/.exec(name)?.[1];
  const exact = steps.findIndex((planned) => planned.id === name);
  if (exact >= 0) return exact;
  const short = steps.flatMap((planned, at) => (planned.id.endsWith(`/${name}`) ? [at] : []));
  if (short.length === 1 && short[0] !== undefined) return short[0];
  if (position !== undefined && Number(position) >= 1 && Number(position) <= steps.length)
    return Number(position) - 1;
  return undefined;
}

function hasTag(planned: PlannedStep, tags: readonly string[]): boolean {
  const own = (planned.step.annotations.tag ?? '').split(/[\s,]+/);
  return tags.some((tag) => own.includes(tag));
}
