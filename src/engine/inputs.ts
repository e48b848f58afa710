import { capturesOf } from './inputs/captures.ts';
import { factsOf, type SpelledUse, usesInStep } from './inputs/uses-in-step.ts';
import { parseEach } from './model/each.ts';
import { changesSomething } from './model/effect.ts';
import type { Frontmatter, InputDeclaration } from './model/frontmatter.ts';
import { type PlannedStep, withProbe } from './model/plan.ts';
import { type InputUse, isVariable, type Runbook, type Step } from './model/runbook.ts';
import type { Quoting } from './resolve.ts';
import { isSecretInput } from './secrets.ts';
import { FOLDER, UMASK } from './shell/bash-variables.ts';

/** How a step type fills inputs in, by the step type's name. */
export type QuotingOf = (stepType: string) => Quoting;

/**
 * Every input that steps use, in the order of their first use, then those that are declared and never
 * used. Steps are taken to run one after another in one shell: what one sets, the next ones have. `captured`: names that
 * other steps capture. Pure: the environment is looked at when inputs are bound.
 */
export function findInputs(
  steps: readonly Step[],
  frontmatter: Frontmatter,
  quotingOf: QuotingOf,
  captured: readonly string[] = [],
): readonly InputUse[] {
  const declared = frontmatter.inputs ?? {};
  const found = new Map<string, InputUse>();
  // A page may use one name on thousands of lines.
  const lines = new Map<string, Set<number>>();
  const known = new Set([...knownInputs(steps, frontmatter), ...captured]);
  for (const { use, capturedBy } of usesInOrder(steps, frontmatter, quotingOf, known)) {
    const before = found.get(use.name);
    const { defaultOf, ...now } = before ?? firstUse(use, declared, capturedBy);
    const isDefault = defaultOf !== undefined && use.defaultOf === defaultOf;
    const usedOn = lines.get(use.name) ?? new Set();
    lines.set(use.name, usedOn.add(use.line));
    found.set(use.name, {
      ...now,
      ...(isDefault ? { defaultOf } : {}),
      ...(use.kind === 'variable' ? { variable: true } : {}),
    });
  }
  for (const [name, usedOn] of lines) {
    const use = found.get(name);
    if (use !== undefined) found.set(name, { ...use, lines: [...usedOn] });
  }
  for (const name of Object.keys(declared)) {
    if (found.has(name)) continue;
    const use: SpelledUse = { name, spelling: `{{${name}}}`, line: 0, kind: 'declared' };
    found.set(name, { ...firstUse(use, declared, null), lines: [] });
  }
  return [...found.values()];
}

/** Uses without what steps before them give: variables in the shell that they share, and captures. */
export function usesBehind(
  before: readonly Step[],
  steps: readonly Step[],
  { frontmatter, inputs }: Pick<Runbook, 'frontmatter' | 'inputs'>,
  quotingOf: QuotingOf,
): readonly InputUse[] {
  const captured = capturedIn(inputs);
  const own = findInputs(steps, frontmatter, quotingOf, captured);
  if (before.length === 0) return own;
  const whole = findInputs([...before, ...steps], frontmatter, quotingOf, captured);
  const of = new Map(whole.map((use) => [use.name, use]));
  return own.flatMap((use) => {
    const { lines: free = [], bound = null } = of.get(use.name) ?? {};
    if (!isVariable(use)) return isCaptured({ bound }) ? { ...use, bound } : use;
    const lines = use.lines.filter((line) => free.includes(line));
    return lines.length === 0 ? [] : { ...use, lines };
  });
}

const isCaptured = ({ bound }: Pick<InputUse, 'bound'>): boolean =>
  bound?.startsWith('step ') === true;

const capturedIn = (inputs: readonly InputUse[]): readonly string[] =>
  inputs.filter(isCaptured).map(({ name }) => name);

/** A step whose shell was lost, the steps before it whose shell is there, and those that are still to come. */
export interface LostShell {
  readonly behind: readonly PlannedStep[];
  readonly lost: PlannedStep;
  readonly rest: readonly PlannedStep[];
}

/** What the steps to come use, and only the one whose shell was lost gives: its variables on its host, and its captures. */
export function lostUses(
  { behind, lost, rest }: LostShell,
  { frontmatter, inputs }: Pick<Runbook, 'frontmatter' | 'inputs'>,
  quotingOf: QuotingOf,
): readonly InputUse[] {
  const isThere = ({ on }: PlannedStep): boolean => on === lost.on;
  const comesThere = rest.filter(isThere);
  const all = [
    ...staleUses(lost.step, comesThere.flatMap(withProbe), { frontmatter, inputs }, quotingOf),
    ...withoutIt(behind.filter(isThere), comesThere).filter(isVariable),
    ...withoutIt(behind, rest).filter((use) => !isVariable(use)),
  ];
  return [...new Map(all.toReversed().map((use) => [use.name, use])).values()].toReversed();

  function withoutIt(
    before: readonly PlannedStep[],
    after: readonly PlannedStep[],
  ): readonly InputUse[] {
    const [own, later] = [before.flatMap(withProbe), after.flatMap(withProbe)];
    const find = (steps: readonly Step[]): readonly InputUse[] =>
      findInputs(steps, frontmatter, quotingOf, capturedIn(inputs));
    const withIt = find([...own, lost.step, ...later]);
    const used = new Set(find(later).flatMap(({ name, lines }) => (lines.length > 0 ? name : [])));
    return find([...own, ...later]).filter(({ name, lines, bound }) => {
      if (!used.has(name) || isCaptured({ bound })) return false;
      const there = withIt.find((use) => use.name === name);
      if (there?.bound === `step ${lost.step.id}`) return true;
      return lines.some((line) => !there?.lines.includes(line));
    });
  }
}

/** A function or an alias that only a step whose shell was lost had made as it is, and the first step behind it that calls it. */
export interface LostCall {
  readonly name: string;
  readonly step: Step;
}

/** What nobody can give as a value of what the steps to come take from the shell that was lost. */
export function lostCalls(
  { lost, rest }: Pick<LostShell, 'lost' | 'rest'>,
  quotingOf: QuotingOf,
): readonly LostCall[] {
  if (quotingOf(lost.step.type) !== 'shell' || isOnItsOwn(lost.step)) return [];
  const names = new Set(callsMadeBy(lost.step));
  const found: LostCall[] = [];
  const later = rest.filter(({ on }) => on === lost.on).flatMap(withProbe);
  for (const step of later) {
    if (quotingOf(step.type) !== 'shell' || isOnItsOwn(step)) continue;
    for (const name of callsMadeBy(step)) names.delete(name);
    for (const { name } of factsOf(step).commands)
      if (names.delete(name)) found.push({ name, step });
  }
  return found;
}

/** Functions and aliases. */
function callsMadeBy(step: Step): readonly string[] {
  const { functions, commands } = factsOf(step);
  const aliases = commands.filter(({ name }) => name === 'alias').flatMap(({ args }) => args);
  return [...functions, ...aliases.flatMap((text) => /^([^=]+)=/.exec(text)?.[1] ?? [])];
}

/** Variables that a step sets in the shell that it shares. */
export function valuesSetBy(step: Step): readonly string[] {
  const captured = capturesOf(step);
  return isOnItsOwn(step) ? captured : [...factsOf(step).assigns, ...captured];
}

/** Uses of what a step set or captured that no step behind it gives anew: whatever else gives it gives an older value. */
function staleUses(
  lost: Step,
  later: readonly Step[],
  { frontmatter, inputs }: Pick<Runbook, 'frontmatter' | 'inputs'>,
  quotingOf: QuotingOf,
): readonly InputUse[] {
  const setIn = (step: Step): readonly string[] =>
    quotingOf(step.type) === 'shell' ? valuesSetBy(step) : capturesOf(step);
  const known = new Set([...knownInputs([lost, ...later], frontmatter), ...capturedIn(inputs)]);
  const stale = { variables: new Set(setIn(lost)), captures: new Set(capturesOf(lost)) };
  const found = new Map<string, InputUse>();
  for (const step of later) {
    const here = [
      ...shellUses(step, quotingOf(step.type)),
      ...usesInStep(step, quotingOf(step.type), known),
    ];
    for (const use of here) {
      const names = use.kind === 'variable' ? stale.variables : stale.captures;
      if (!names.has(use.name)) continue;
      const before = found.get(use.name) ?? firstUse(use, frontmatter.inputs ?? {}, null);
      const lines = [...new Set([...before.lines, use.line])];
      const variable = use.kind === 'variable' ? { variable: true } : {};
      found.set(use.name, { ...before, lines, bound: null, ...variable });
    }
    for (const name of setIn(step)) stale.variables.delete(name);
    for (const name of capturesOf(step)) stale.captures.delete(name);
  }
  return [...found.values()];
}

/** That it runs in the shell's folder and makes files by its mask, where it chooses neither before all else. */
function shellUses(step: Step, quoting: Quoting): readonly SpelledUse[] {
  const { annotations, traits } = step;
  if (!traits.isRun || (quoting !== 'shell' && quoting !== 'none')) return [];
  const [first] = quoting === 'shell' ? factsOf(step).commands : [];
  const [to] = first?.name === 'cd' && !first.conditional ? first.args : [];
  const use = (name: string): SpelledUse => {
    return { name, spelling: `$${name}`, line: step.textLine, kind: 'variable' };
  };
  return [
    ...(annotations.cwd === undefined && !isAbsolute(to) ? [use(FOLDER)] : []),
    ...(first?.name !== 'umask' && changesSomething(step.effect) ? [use(UMASK)] : []),
  ];
}

/** Whether a folder is the same wherever one stands. */
const isAbsolute = (folder: string | undefined): boolean => /^[/~]/.test(folder ?? '');

/** The same, with each step naming the inputs it uses. */
export function readInputs(
  steps: readonly Step[],
  frontmatter: Frontmatter,
  quotingOf: QuotingOf,
): { readonly inputs: readonly InputUse[]; readonly steps: readonly Step[] } {
  const known = knownInputs(steps, frontmatter);
  const named = withGiven(steps).map((step) => {
    const inputs = inputsOfStep(step, quotingOf(step.type), known);
    return inputs.length === 0 ? step : { ...step, inputs };
  });
  return { inputs: findInputs(named, frontmatter, quotingOf), steps: named };
}

/** What `each` gives to a step, and to the probe behind it. */
function withGiven(steps: readonly Step[]): readonly Step[] {
  if (steps.every(({ annotations }) => annotations.each === undefined)) return steps;
  let given: Step['given'];
  return steps.map((step) => {
    if (step.annotations.verify !== true) {
      const each = parseEach(step.annotations.each ?? '');
      given = each === undefined ? undefined : { [each.name]: `{{${each.list}}}` };
    }
    return given === undefined ? step : { ...step, given };
  });
}

/** Names of the inputs that one step uses; `known` are those that are declared or captured somewhere. */
export function inputsOfStep(
  step: Step,
  quoting: Quoting,
  known: ReadonlySet<string>,
): readonly string[] {
  const uses = usesInStep(step, quoting, known).filter(({ kind }) => kind !== 'variable');
  return [...new Set(uses.map(({ name }) => name))];
}

/** Names that `{{…}}` may stand for: declared in the frontmatter, or captured by a step. */
function knownInputs(steps: readonly Step[], frontmatter: Frontmatter): ReadonlySet<string> {
  return new Set([...Object.keys(frontmatter.inputs ?? {}), ...steps.flatMap(capturesOf)]);
}

function firstUse(
  use: SpelledUse,
  declared: Readonly<Record<string, InputDeclaration | null>>,
  capturedBy: string | null,
): InputUse {
  const isDeclared = Object.hasOwn(declared, use.name);
  const declaration = declared[use.name] ?? null;
  return {
    name: use.name,
    declared: isDeclared,
    spelling:
      use.kind === 'variable' && (isDeclared || capturedBy !== null)
        ? `{{${use.name}}}`
        : use.spelling,
    lines: [use.line],
    secret: isSecretInput(use.name, declaration),
    bound: capturedBy === null ? boundBy(declaration) : `step ${capturedBy}`,
    ...(use.defaultOf === undefined ? {} : { defaultOf: use.defaultOf }),
  };
}

function boundBy(declaration: InputDeclaration | null): string | null {
  if (declaration === null) return null;
  const { env, command, required } = declaration;
  const ways = [
    ...(env === undefined ? [] : [`environment ${env}`]),
    ...(command === undefined ? [] : ['command']),
    ...(declaration.default === undefined && required !== false ? [] : ['default']),
  ];
  return ways.length === 0 ? null : ways.join(', ');
}

/** Uses in order, without variables that something before has set. */
function* usesInOrder(
  steps: readonly Step[],
  frontmatter: Frontmatter,
  quotingOf: QuotingOf,
  known: ReadonlySet<string>,
): Generator<{ readonly use: SpelledUse; readonly capturedBy: string | null }> {
  const set = new Set(frontmatter.requires?.env ?? []);
  const captured = new Map<string, string>();
  let anythingMayBeSet = false;
  for (const step of steps) {
    const quoting = quotingOf(step.type);
    for (const use of usesInStep(step, quoting, known)) {
      const capturedBy = captured.get(use.name) ?? null;
      const isSet = set.has(use.name) || anythingMayBeSet;
      if (use.kind !== 'variable' || !isSet) yield { use, capturedBy };
    }
    for (const name of capturesOf(step)) if (!captured.has(name)) captured.set(name, step.id);
    if (quoting !== 'shell' || isOnItsOwn(step)) continue;
    const { assigns, commands } = factsOf(step);
    for (const name of assigns) set.add(name);
    anythingMayBeSet ||= commands.some(({ name }) => /^(?:source|\.|eval)$/.test(name));
  }
}

/** A script file, or an isolated step: what it sets stays with it. */
function isOnItsOwn(step: Step): boolean {
  return step.annotations.isolated === true || factsOf(step).shebang !== null;
}
