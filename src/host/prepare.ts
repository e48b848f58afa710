import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InputSources } from '../engine/bind-inputs.ts';
import type { Operator } from '../engine/contracts/operator.ts';
import type { AnyStepType } from '../engine/contracts/step-type.ts';
import { namesUsed } from '../engine/inputs/names-used.ts';
import { isElsewhere } from '../engine/model/place.ts';
import {
  type BoundInput,
  type Plan,
  type PlannedStep,
  type PreparedPlan,
  withProbe,
} from '../engine/model/plan.ts';
import { type InputUse, isVariable, type Step } from '../engine/model/runbook.ts';
import { withItems } from '../engine/planning/each-item.ts';
import { stepsOnTheSide, targetOf } from '../engine/planning/ways-back.ts';
import { type PreflightDoors, preflight } from '../engine/preflight.ts';
import type { Quoting } from '../engine/resolve.ts';
import { saidBefore } from '../engine/running/said.ts';
import { runCommand } from '../process/command.ts';

/** What preparing a plan needs of the world. */
export interface PrepareWorld extends HostWorld {
  /** Values that an earlier attempt of the run recorded. */
  readonly recorded: readonly BoundInput[];
  /** Inputs that only a person can give: an earlier attempt had their values, and the record has not. */
  readonly again: ReadonlySet<string>;
  /** Steps of the run that are done: what they set in the shell that steps share is there for those of the plan. */
  readonly behind: readonly PlannedStep[];
  /** Ids of steps that may turn out to be done: what only they set may be given, and need not be yet. */
  readonly doubtful: ReadonlySet<string>;
  /** What steps that are said to be done had set: given now, whatever else holds it. */
  readonly gone: readonly InputUse[];
  /** Secrets that stand in what earlier steps left in their shell: needed again, whoever uses that. */
  readonly kept: readonly InputUse[];
}

const COMMAND_TIMEOUT_MS = 30_000;
const MAX_VALUE_BYTES = 1024 * 1024;

/** Binds a plan's inputs, from their sources and then by asking the operator, and looks for all that would stop it. */
export async function prepare(
  plan: Plan,
  operator: Operator | null,
  world: PrepareWorld,
): Promise<PreparedPlan> {
  const { values, unbound } = hasInputs(plan)
    ? await bound(plan, operator, world)
    : { values: [], unbound: [] };
  const byName = new Map(values.map((value) => [value.name, value]));
  const steps = withItems(plan, (name) => byName.get(name)).steps.map((planned) =>
    saidBefore(planned, byName),
  );
  const withValues = { ...plan, steps, values };
  const doors = preflightDoors(world);
  const findings = [...unbound, ...(await preflight(withValues, doors))];
  return {
    ...withValues,
    prepared: true,
    findings: findings.sort((one, other) => one.line - other.line),
  };
}

/**
 * What needs no input is spared everything that finds and binds them. A page without inputs tells that only of all of its
 * steps together: a part of them may use what the others set.
 */
function hasInputs({ runbook, request, steps }: Plan): boolean {
  if (runbook.inputs.length > 0 || Object.keys(request.inputs).length > 0) return true;
  if (steps.some(({ from }) => from !== null)) return true;
  const planned = new Set(steps.map(({ step }) => step.id));
  return runbook.steps.some(({ id }) => !planned.has(id));
}

/** Binds the inputs of what runs, not of the whole text. */
async function bound(
  plan: Plan,
  operator: Operator | null,
  world: PrepareWorld,
): Promise<{ readonly values: readonly BoundInput[]; readonly unbound: Plan['findings'] }> {
  const [{ bindInputs }, { lostUses, usesBehind }] = await Promise.all([
    import('../engine/bind-inputs.ts'),
    import('../engine/inputs.ts'),
  ]);
  const { steps, runbook } = plan;
  const all = steps.flatMap(withProbe);
  const here = steps.filter(({ step, on }) => !isElsewhere(step.annotations, on));
  const quotingOf = (name: string): Quoting => world.stepTypes.get(name)?.quoting ?? 'none';
  const behind = world.behind.flatMap(withProbe);
  const usesIn = (before: readonly Step[], some: readonly Step[]): readonly InputUse[] =>
    usesBehind(before, some, runbook, quotingOf);
  const found = withOthers(world.gone, usesIn(behind, all));
  const isAllHere = here.length === steps.length;
  const usedHere = isAllHere ? found : usesIn(behind, here.flatMap(withProbe));
  const own = found.map((use) => asUsed(use, usedHere));
  const isOwn = new Set(own.flatMap(({ name, lines }) => (lines.length > 0 ? name : [])));
  const uses = withOthers(
    world.kept.filter(({ name }) => !isOwn.has(name)),
    own,
  );
  const isUsed = new Set(uses.flatMap(({ name, lines }) => (lines.length > 0 ? name : [])));
  const later = usesIn([...behind, ...all], stepsOutside(plan)).filter(
    ({ name, lines }) => lines.length > 0 && !isUsed.has(name),
  );
  const sure = steps.filter(({ id, probe }) => probe === null && !world.doubtful.has(id));
  const isSure = new Set(sure);
  const ifDone = steps.flatMap((lost, at) => {
    if (isSure.has(lost)) return [];
    return lostUses({ behind: world.behind, lost, rest: steps.slice(at + 1) }, runbook, quotingOf);
  });
  const perhaps =
    sure.length === steps.length
      ? []
      : givenOnly(plan, [...usesIn(behind, sure.flatMap(withProbe)), ...ifDone]);
  const isKnown = ({ name }: InputUse): boolean =>
    [...uses, ...later].some((use) => use.name === name);
  later.push(...perhaps.filter((use) => !isKnown(use)));
  const from = sourcesOf(plan, operator, world);
  // A part of a page, and what stands outside it, may want what the page as a whole sets itself.
  const names = [...uses, ...later].map(({ name }) => name);
  const sources = { ...from, known: [...from.known, ...names] };
  const binding = await bindInputs(uses, runbook.frontmatter, sources, runbook.path);
  // Whoever goes there is asked then; nobody is where the runbook itself does.
  const there = await bindInputs(
    later,
    runbook.frontmatter,
    { ...sources, ask: null },
    runbook.path,
  );
  const values = [...binding.values, ...there.values];
  return {
    values: values.map((value) => asVariable(value, [...uses, ...later])),
    unbound: [...binding.unbound, ...(plan.request.attended ? [] : there.unbound)],
  };
}

function withOthers(uses: readonly InputUse[], more: readonly InputUse[]): readonly InputUse[] {
  const isUsed = new Set(uses.map(({ name }) => name));
  return [...uses, ...more.filter(({ name }) => !isUsed.has(name))];
}

const givenOnly = ({ request }: Plan, uses: readonly InputUse[]): readonly InputUse[] =>
  uses.filter(({ name }) => Object.hasOwn(request.inputs, name));

/** Steps that stand in no plan, and that the run may come to: its rollbacks, where `on-fail=goto` leads. */
function stepsOutside(plan: Plan): readonly Step[] {
  const { rollbacks, steps, linked = [], request } = plan;
  const says = (one: PlannedStep): string => one.step.annotations['on-fail'] ?? 'stop';
  const isRolledBack = request.attended || steps.some((one) => says(one) === 'rollback');
  const ways = linked.flatMap((page) => page.rollbacks.map(({ id }) => `${page.link.id}/${id}`));
  const names = [
    ...(isRolledBack ? [...rollbacks.map(({ id }) => id), ...ways] : []),
    ...steps.flatMap((one) => {
      const target = /^goto #(\S+)$/.exec(says(one))?.[1];
      return target === undefined ? [] : targetOf(plan, one, target).name;
    }),
  ];
  const known = new Set(steps.map(({ id }) => id));
  const unattended = { ...plan, request: { ...request, attended: false } };
  return [...new Set(names)]
    .flatMap((name) => stepsOnTheSide(unattended, name))
    .filter(({ id }) => !known.has(id))
    .flatMap(withProbe);
}

/** A variable of another host is its own affair; arguments (`$1`) no host gives to a step. */
function asUsed(use: InputUse, usedHere: readonly InputUse[]): InputUse {
  if (!isVariable(use) || usedHere.some(({ name }) => name === use.name)) return use;
  return { ...use, elsewhere: true };
}

function asVariable(value: BoundInput, uses: readonly InputUse[]): BoundInput {
  const use = uses.find(({ name }) => name === value.name);
  return use?.spelling.startsWith('$') === true ? { ...value, variable: true } : value;
}

function sourcesOf(
  plan: Plan,
  operator: Operator | null,
  { env, recorded, again, gone, isDry }: PrepareWorld,
): InputSources {
  const { request, runbook } = plan;
  return {
    given: Object.entries(request.inputs).map(([name, value]) => ({
      name,
      value,
      source: '--input',
    })),
    known: [
      ...runbook.inputs.map(({ name }) => name),
      ...Object.keys(runbook.frontmatter.inputs ?? {}),
    ],
    captured: recorded,
    again,
    gone: new Set(gone.map(({ name }) => name)),
    env,
    runCommand: isDry ? null : (command) => outputOf(command, runbook.folder, env),
    ask:
      request.attended && operator
        ? (name, question) => operator.input(name, { ...question, uses: usesOf(plan, name) })
        : null,
  };
}

async function outputOf(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): ReturnType<NonNullable<InputSources['runCommand']>> {
  const asked = { program: 'bash', args: ['-c', command], cwd, env };
  const limits = { timeoutMs: COMMAND_TIMEOUT_MS, maxOutputBytes: MAX_VALUE_BYTES };
  try {
    const { exitCode, stdout, stderr, timedOut, truncated } = await runCommand({
      ...asked,
      ...limits,
    });
    if (exitCode === 0 && !truncated) return { value: stdout.replace(/\n$/, '') };
    const why = timedOut
      ? `it took longer than ${COMMAND_TIMEOUT_MS / 1000} s`
      : truncated
        ? 'its output is larger than 1 MiB'
        : `it ended with exit code ${exitCode ?? 'unknown'}: ${stderr.trim()}`;
    return { why: oneLine(why) };
  } catch (error) {
    return { why: oneLine(error instanceof Error ? error.message : String(error)) };
  }
}

const MAX_WHY = 200;
const oneLine = (why: string): string => why.split('\n').join(' ').slice(0, MAX_WHY);

const MOST_USES = 4;

/** Where a value goes: the steps that use it, each with the line it stands in. */
function usesOf({ steps }: Plan, name: string): readonly string[] {
  const uses = steps.flatMap(({ step }, at) => {
    if (!namesUsed(step).includes(name)) return [];
    const line = step.text.split('\n').find((text) => text.includes(name)) ?? step.title;
    return [`${at + 1}. ${step.title}: ${line.trim()}`];
  });
  const rest = uses.length - MOST_USES;
  return rest > 0 ? [...uses.slice(0, MOST_USES), `and in ${rest} more`] : uses;
}

const SUDO_TIMEOUT_MS = 3000;

/** What is known of this machine and of how it may be asked. */
interface HostWorld {
  readonly stepTypes: ReadonlyMap<string, AnyStepType>;
  readonly env: Readonly<Record<string, string>>;
  /** Where runs are kept, when that is a folder. */
  readonly stateFolder: string | undefined;
  /** No process is started: what only one can tell is left open. */
  readonly isDry: boolean;
}

/** What preflight asks, answered by this machine. */
function preflightDoors({ stepTypes, env, stateFolder, isDry }: HostWorld): PreflightDoors {
  const folders = (env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  return {
    stepTypes,
    env,
    hasCommand: (name) =>
      isShellWord(name) || folders.some((folder) => isExecutable(resolve(folder || '.', name))),
    exists: existsSync,
    resolve,
    sudoAsks: () => (isDry ? Promise.resolve(undefined) : sudoAsks(env)),
    async freeBytes() {
      if (stateFolder === undefined) return undefined;
      try {
        const { bavail, bsize } = statfsSync(stateFolder);
        return bavail * bsize;
      } catch {
        return undefined;
      }
    },
  };
}

async function sudoAsks(env: HostWorld['env']): Promise<boolean> {
  const asked = { program: 'sudo', args: ['-n', 'true'], env, timeoutMs: SUDO_TIMEOUT_MS };
  try {
    return (await runCommand(asked)).exitCode !== 0;
  } catch {
    return true;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const SHELL_WORDS: ReadonlySet<string> = new Set(
  '. : [ [[ { } ! alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do done echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while'.split(
    ' ',
  ),
);

/** Bash's own words are no programs. */
function isShellWord(name: string): boolean {
  return SHELL_WORDS.has(name);
}
