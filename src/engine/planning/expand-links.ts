import { isAbsolute, join, normalize } from 'node:path';
import { whyNotGiven } from '../inputs/check-value.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { HandrailError } from '../model/errors.ts';
import type { Frontmatter, InputDeclaration } from '../model/frontmatter.ts';
import type { LeftOut, LinkedPage, PlannedStep } from '../model/plan.ts';
import type { Procedure, Runbook, Step } from '../model/runbook.ts';
import { chainOf, type StepCondition } from '../model/step-condition.ts';
import { whensOf } from './conditions.ts';
import { leftOutOf } from './left-out.ts';
import { pickProcedures } from './pick-procedures.ts';
import { rollbacksOf, sequenceOf } from './sequence.ts';
import { wholePage } from './whole-page.ts';

const MAX_DEPTH = 8;
/** What a plan may grow to through links; more is a mistake, or meant to do harm. */
const MAX_LINKED_STEPS = 10_000;

/** Reads and parses the runbook at an absolute path. */
export type ReadRunbook = (path: string) => Promise<Runbook>;

/** The steps with every link to a runbook replaced by the steps of what it links to. */
export interface Expanded {
  readonly steps: readonly PlannedStep[];
  /** Links that lead nowhere, too deep or in a circle; their steps stand as they are. */
  readonly findings: readonly Diagnostic[];
  /** What stands among the steps of linked pages and holds none, each place once. */
  readonly leftOut: readonly LeftOut[];
  readonly linked: readonly LinkedPage[];
  /** Inputs that the linked runbooks declare. */
  readonly inputs: NonNullable<Frontmatter['inputs']>;
}

/**
 * Expands links in place; a link may not lead back to what it stands in. With `attended`, everything else that stands
 * on a linked page comes along.
 */
export async function expandLinks(
  runbook: Runbook,
  steps: readonly PlannedStep[],
  read: ReadRunbook,
  attended: boolean,
): Promise<Expanded> {
  const findings: Diagnostic[] = [];
  const leftOut = new Map<string, LeftOut>();
  const pagesBehind: LinkedPage[] = [];
  let linkedSteps = 0;
  let saidTooMany = false;
  const pages = new Map<string, Promise<Runbook>>();
  /** Each page is read once, however often it is linked to. */
  const pageAt = (path: string): Promise<Runbook> => {
    const page = pages.get(path) ?? read(path);
    pages.set(path, page);
    return page;
  };
  const inputs = new Map<string, InputDeclaration | null>();
  /** The page that says where an input's value comes from when nobody gives one. */
  const sayers = new Map<string, string>();
  /** `around`: names whose values come from the link, or from a page that it stands on. */
  const declare = ({ path, frontmatter }: Runbook, around: ReadonlySet<string>): void => {
    for (const [name, declared] of Object.entries(frontmatter.inputs ?? {})) {
      const sayer = sayers.get(name);
      const isSaid = around.has(name) || sayer !== undefined;
      const before = inputs.get(name);
      if (!isSaid || before === undefined) inputs.set(name, declared);
      if (around.has(name)) continue;
      if (sayer !== undefined && before !== undefined && sourceOf(before) !== sourceOf(declared))
        throw refused(twice(name, sayer, path));
      if (sayer === undefined) sayers.set(name, path);
    }
  };
  /** What several pages ask for before they begin is done once. */
  const prepared = new Set<string>();
  const expand = async (
    planned: PlannedStep,
    owner: Runbook,
    above: readonly string[],
    around: ReadonlySet<string>,
  ): Promise<readonly PlannedStep[]> => {
    const { link } = planned.step.traits;
    if (link === undefined) return [planned];
    const path = pathOf(owner, link.path);
    const address = `${path}#${link.procedure}`;
    if (isPrerequisite(planned.step, owner)) {
      if (prepared.has(address)) return [];
      prepared.add(address);
    }
    try {
      if (linkedSteps > MAX_LINKED_STEPS) throw tooMany();
      if (above.includes(address)) throw refused(`it leads back to itself (${address})`);
      if (above.length >= MAX_DEPTH) throw refused(`links are ${MAX_DEPTH} deep here`);
      const linked = path === join(owner.folder, basenameOf(owner)) ? owner : await pageAt(path);
      refuseStrangeGiven(planned.step, linked);
      const given = new Set([...around, ...Object.keys(planned.step.annotations.with ?? {})]);
      declare(linked, given);
      const within = new Set([...given, ...Object.keys(linked.frontmatter.inputs ?? {})]);
      const picked = pickedBy(linked, link.procedure || null);
      const inner = stepsOfLink(linked, picked, attended).map((one, at) =>
        below(planned, one, linked, at === 0),
      );
      pagesBehind.push({ link: planned, runbook: linked, rollbacks: rollbacksOf(linked, picked) });
      for (const one of leftOutOf(linked, picked, true)) leftOut.set(`${path}:${one.line}`, one);
      linkedSteps += inner.length;
      if (linkedSteps > MAX_LINKED_STEPS) throw tooMany();
      const lists: (readonly PlannedStep[])[] = [];
      for (const one of inner) lists.push(await expand(one, linked, [...above, address], within));
      return lists.flat();
    } catch (error) {
      const isRepeated = linkedSteps > MAX_LINKED_STEPS && saidTooMany;
      saidTooMany ||= linkedSteps > MAX_LINKED_STEPS;
      if (!isRepeated) findings.push(brokenLink(planned.step, error));
      return [planned];
    }
  };
  const root = `${join(runbook.folder, basenameOf(runbook))}#`;
  const lists: (readonly PlannedStep[])[] = [];
  const own = new Set(Object.keys(runbook.frontmatter.inputs ?? {}));
  for (const planned of steps) lists.push(await expand(planned, runbook, [root], own));
  return {
    steps: lists.flat(),
    findings,
    linked: pagesBehind,
    leftOut: [...leftOut.values()],
    inputs: Object.fromEntries(inputs),
  };
}

const sourceOf = (declared: InputDeclaration | null): string =>
  JSON.stringify([declared?.default, declared?.env, declared?.command]);

const twice = (name: string, one: string, other: string): string =>
  `\`${one}\` and \`${other}\` take different values for \`${name}\` where none is given: say \`with.${name}=…\` at the links, or declare \`${name}\` in this runbook`;

const isPrerequisite = ({ procedure }: Step, { procedures }: Runbook): boolean =>
  procedures.some(({ id, role }) => id === procedure && role === 'prerequisites');

const tooMany = (): Error => refused(`links bring in more than ${MAX_LINKED_STEPS} steps`);

function pickedBy(linked: Runbook, name: string | null): readonly Procedure[] {
  const wrong = linked.diagnostics.find(({ severity }) => severity === 'error');
  if (wrong) throw refused(`${linked.path}:${wrong.line}: ${wrong.message}`);
  if (name === null && linked.kind === 'manual')
    throw refused(`${linked.path} is a manual: link to one of its procedures`);
  return name === null ? [] : pickProcedures(linked, [name]);
}

function stepsOfLink(
  linked: Runbook,
  picked: readonly Procedure[],
  attended: boolean,
): readonly PlannedStep[] {
  const steps = sequenceOf(linked, picked);
  return attended ? wholePage(linked, picked, steps) : steps;
}

/** Under the link's own condition, and with ids that are unique in the plan. */
export function below(
  link: PlannedStep,
  inner: PlannedStep,
  linked: Runbook,
  isFirst: boolean,
): PlannedStep {
  const lead = [isFirst ? (link.lead ?? '') : '', inner.lead ?? ''].filter((text) => text !== '');
  const parts = inner.step.parts.map((part) => {
    if (part.condition === undefined) return part;
    const condition = prefixed(part.condition, link.id);
    return { ...part, condition };
  });
  return {
    ...inner,
    ...(lead.length === 0 ? {} : { lead: lead.join('\n\n') }),
    ...passageOf(link, inner, isFirst),
    linkedIn: link.linkedIn ?? link.step.procedure,
    id: `${link.id}/${inner.id}`,
    condition: under(link, inner.condition),
    ...mapped(link, inner, parts, linked),
    ...limitsOf(link, inner),
    phase: link.phase === 'cleanup' ? 'cleanup' : inner.phase,
    from: { path: linked.path, folder: linked.folder, sha256: linked.sha256 },
  };
}

/** A link that begins a procedure hands on what leads to it. */
function passageOf(
  { passage }: PlannedStep,
  inner: PlannedStep,
  isFirst: boolean,
): Pick<PlannedStep, 'passage'> {
  if (passage === undefined || !isFirst) return {};
  const own = [passage.own, inner.lead ?? ''].filter((text) => text !== '').join('\n\n');
  return { passage: { ...passage, own } };
}

/** The values that the link gives its steps, around those that they have themselves, and what its page takes. */
function mapped(
  link: PlannedStep,
  inner: PlannedStep,
  parts: Step['parts'],
  { frontmatter: { inputs: declared } }: Runbook,
): Pick<PlannedStep, 'step' | 'probe' | 'scopes' | 'whens'> {
  const { annotations } = link.step;
  const { with: values } = annotations;
  const outer = link.scopes ?? [];
  const isOwn = values !== undefined || declared !== undefined;
  const own = isOwn ? [{ values: values ?? {}, ...(declared && { declared }) }] : [];
  const around = { ...link.step.given, ...values };
  const whens = whensOf(link);
  const whenAround = whens.map(({ when }) => when);
  const given = (step: Step): Step => ({
    ...step,
    ...(Object.keys(around).length === 0 ? {} : { given: { ...around, ...step.given } }),
    ...(whens.length === 0 ? {} : { whenAround }),
  });
  const scopes = [...outer, ...own, ...(inner.scopes ?? [])];
  return {
    step: given({ ...inner.step, parts, annotations: passedOn(annotations, inner.step) }),
    probe: inner.probe === null ? null : given(inner.probe),
    ...(scopes.length === 0 ? {} : { scopes }),
    ...(whens.length === 0
      ? {}
      : {
          whens: [
            ...whens.map((one) => ({ ...one, within: one.within ?? outer.length })),
            ...whensOf(inner),
          ],
        }),
  };
}

/** What a link says holds for each of its steps: its condition first, then theirs. */
function passedOn(
  { when, tag, always, unattended }: Step['annotations'],
  { annotations: own }: Step,
): Step['annotations'] {
  if ([when, tag, always, unattended].every((said) => said === undefined)) return own;
  const conditions = [when, own.when].filter((one) => one !== undefined);
  const [only, ...more] = conditions;
  const tags = [tag, own.tag].filter((one) => one !== undefined);
  return {
    ...own,
    ...(only === undefined
      ? {}
      : { when: more.length === 0 ? only : `(${conditions.join(') and (')})` }),
    ...(tags.length === 0 ? {} : { tag: tags.join(',') }),
    ...(always === undefined ? {} : { always: own.always ?? always }),
    ...(unattended === undefined ? {} : { unattended: own.unattended ?? unattended }),
  };
}

function limitsOf(link: PlannedStep, inner: PlannedStep): Pick<PlannedStep, 'limits'> {
  const own = (inner.limits ?? []).map(({ procedure, ms }) => ({
    procedure: `${link.id}/${procedure}`,
    ms,
  }));
  const limits = [...(link.limits ?? []), ...own];
  return limits.length === 0 ? {} : { limits };
}

/** A name that is given and is no input there was meant for another one; nor is every value one of it. */
function refuseStrangeGiven({ annotations }: Step, linked: Runbook): void {
  const names = linked.inputs.map(({ name }) => name);
  const strange = whyNotGiven(annotations.with ?? {}, names, linked.frontmatter.inputs ?? {});
  if (strange === undefined) return;
  const { why, near } = strange;
  throw refused(
    `\`${linked.path}\` ${why}${near === undefined ? '' : `. Did you mean \`${near}\`?`}`,
  );
}

function under(link: PlannedStep, condition: StepCondition | null): StepCondition | null {
  if (condition === null) return link.condition;
  return chainOf(condition).reduce<StepCondition | null>((within, { within: _, ...one }) => {
    const own = prefixed(one, link.id);
    return within === null ? own : { ...own, within };
  }, link.condition);
}

function prefixed(condition: StepCondition, link: string): StepCondition {
  const { id, group } = condition;
  return {
    ...condition,
    id: `${link}/${id}`,
    ...(group === undefined ? {} : { group: `${link}/${group}` }),
  };
}

function pathOf(owner: Runbook, path: string): string {
  if (path === '') return join(owner.folder, basenameOf(owner));
  return isAbsolute(path) ? normalize(path) : join(owner.folder, path);
}

function basenameOf(runbook: Runbook): string {
  return runbook.path.slice(runbook.path.lastIndexOf('/') + 1);
}

function refused(message: string): HandrailError {
  return new HandrailError('RUNBOOK_REFUSED', { message });
}

function brokenLink(step: Step, error: unknown): Diagnostic {
  const why = error instanceof Error ? error.message : String(error);
  return {
    rule: 'broken-runbook-link',
    severity: 'error',
    line: step.line,
    column: 1,
    message: `The runbook that \`${step.title}\` links to cannot be run in place: ${why}`,
  };
}
