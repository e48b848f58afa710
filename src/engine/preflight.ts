import { check, REFUSED_UNATTENDED } from './check.ts';
import { undecided } from './checks/condition.ts';
import { toDiagnostic } from './checks/rule.ts';
import { promisedBy } from './contracts/broken-promise.ts';
import type { AnyStepType } from './contracts/step-type.ts';
import { withoutSecrets } from './literal-secrets.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import { fields, maybe, oneOf, text } from './model/guard.ts';
import { isElsewhere, noPlace, placeNamed, wayTo } from './model/place.ts';
import type { Plan, PlannedStep } from './model/plan.ts';
import { ruledOut } from './planning/conditions.ts';
import { connectionsOf } from './running/step-context.ts';

/** What preflight may ask of the host. */
export interface PreflightDoors {
  readonly stepTypes: ReadonlyMap<string, AnyStepType>;
  readonly env: Readonly<Record<string, string>>;
  hasCommand(name: string): boolean;
  /** Whether a file stands at an absolute path. */
  exists(path: string): boolean;
  /** Path relative to a folder, made absolute. */
  resolve(folder: string, path: string): string;
  /** Whether sudo would ask for a password; `undefined` where only trying it could tell. */
  sudoAsks(): Promise<boolean | undefined>;
  /** Bytes that are free for the run log; `undefined` when that cannot be told. */
  freeBytes(): Promise<number | undefined>;
}

const MIN_FREE_BYTES = 16 * 1024 * 1024;

/**
 * Everything that would stop this plan without a person, all at once, in the order of the text. Nothing is
 * run. Errors refuse an unattended run; the rule `unreachable` stands for hosts and databases.
 */
export async function preflight(plan: Plan, doors: PreflightDoors): Promise<readonly Diagnostic[]> {
  const lists = await Promise.all([
    plan.findings,
    required(plan, doors),
    ruled(plan, doors),
    openConditions(plan),
    unsafe(plan, doors),
    misfits(plan),
    sudo(plan, doors),
    ways(plan, doors),
    stepTypes(plan, doors),
    disk(doors),
  ]);
  const findings = lists.flat().sort((one, other) => one.line - other.line);
  return withoutSecrets(
    findings,
    plan.steps.map(({ step }) => step),
    plan.runbook.frontmatter,
  );
}

function required(plan: Plan, doors: PreflightDoors): readonly Diagnostic[] {
  const { requires } = plan.runbook.frontmatter;
  const missing = (
    rule: string,
    what: string,
    names: readonly string[] = [],
    has: (name: string) => boolean,
  ): readonly Diagnostic[] =>
    names
      .filter((name) => !has(name))
      .map((name) =>
        error(rule, 1, `${what} \`${name}\`, which the runbook requires, is missing.`),
      );
  return [
    ...missing('missing-command', 'The command', requires?.commands, doors.hasCommand),
    ...missing(
      'missing-env',
      'The environment variable',
      requires?.env,
      (name) => (doors.env[name] ?? '') !== '',
    ),
    ...missing('missing-file', 'The file', requires?.files, (path) =>
      doors.exists(doors.resolve(plan.runbook.folder, path)),
    ),
  ];
}

function ruled(plan: Plan, doors: PreflightDoors): readonly Diagnostic[] {
  const infers = plan.runbook.frontmatter.infer === true;
  const here = (name: string): boolean => doors.hasCommand(name);
  // What another place has on its PATH only a run can tell.
  const looks = [
    { steps: runnable(plan, false).map(({ step }) => step), hasCommand: here },
    { steps: runnable(plan, true).map(({ step }) => step), hasCommand: () => true },
  ];
  return looks
    .flatMap(({ steps, hasCommand }) => {
      const subject = { ...plan.runbook, steps, inputs: [], diagnostics: [] };
      return steps.length === 0 ? [] : check(subject, { hasCommand }, { unattended: true });
    })
    .filter(({ rule, severity }) => severity === 'error' && REFUSED_UNATTENDED.has(rule))
    .filter(({ rule }) => !(rule === 'inferred-step' && infers));
}

/** Conditions that only a person could decide, and that nobody has. */
export function openConditions({ steps, decisions }: Plan): readonly Diagnostic[] {
  return undecided(steps, decisions).map((finding) =>
    toDiagnostic('condition', { severity: 'error', ...finding }),
  );
}

/** Values that cannot stand where the text puts them. */
async function unsafe(plan: Plan, doors: PreflightDoors): Promise<readonly Diagnostic[]> {
  if (plan.values.length === 0) return [];
  const { tryResolve } = await import('./resolve.ts');
  const values = new Map(plan.values.map((bound) => [bound.name, bound]));
  return runnable(plan).flatMap(({ step }) => {
    const quoting = doors.stepTypes.get(step.type)?.quoting ?? 'none';
    if (quoting === 'none') return [];
    return tryResolve(step.text, quoting, values).problems.map(({ line, spelling, why, hint }) =>
      error('unsafe-input', step.textLine + line - 1, `\`${spelling}\` ${why}.`, hint),
    );
  });
}

/** Values that a link gives, or that a linked page shares, and its inputs do not take; those of captures only a run can tell. */
async function misfits(plan: Plan): Promise<readonly Diagnostic[]> {
  const { foreseenMisfit } = await import('./running/scope.ts');
  const decisions = new Map(plan.decisions.map((decision) => [decision.condition, decision]));
  const found = new Map<string, Diagnostic>();
  for (const planned of plan.steps) {
    if (planned.from === null || ruledOut(planned, decisions) !== null) continue;
    const why = await foreseenMisfit(planned, plan);
    if (why === null) continue;
    const link = plan.linked?.find((one) => planned.id.startsWith(`${one.link.id}/`));
    const message = `\`${planned.from.path}\` cannot run so: ${why}.`;
    found.set(message, error('unfit-input', link?.link.step.line ?? 1, message));
  }
  return [...found.values()];
}

async function sudo(plan: Plan, doors: PreflightDoors): Promise<readonly Diagnostic[]> {
  for (const { step } of runnable(plan, false)) {
    const command = step.shell?.commands.find((one) => one.sudo);
    if (command === undefined) continue;
    const asks = doors.hasCommand('sudo') ? await doors.sudoAsks() : false;
    if (asks === false) return [];
    const line = step.textLine + command.line;
    if (asks === undefined) return [sudoUntold(line)];
    return [
      error(
        'sudo-password',
        line,
        '`sudo` would ask for a password here, and nobody is there to give it.',
        'Let this user run it by a sudoers rule with NOPASSWD.',
      ),
    ];
  }
  return [];
}

/** A place has to be one, and what leads there has to be here; what is still to be captured only a run can tell. */
async function ways(plan: Plan, doors: PreflightDoors): Promise<readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic>();
  for (const { step, on } of runnable(plan, true)) {
    const said = step.annotations.in ?? step.annotations.host ?? on ?? '';
    const place = said.includes('{{') ? await knownPlace(said, plan) : said;
    if (place === undefined) continue;
    if (placeNamed(place) === undefined)
      found.set(step.id, error('cannot-run', step.line, noPlace(place)));
    const way = wayTo(place, doors.env);
    if (found.has(way) || placeNamed(place) === undefined || doors.hasCommand(way)) continue;
    const message = `\`${way}\`, which leads to \`${place}\`, is not on this machine's PATH.`;
    found.set(way, error('cannot-run', step.line, message));
  }
  return [...found.values()];
}

/** The name of a place by the values that are known before the run; `undefined`: one of them is not. */
async function knownPlace(said: string, { values }: Plan): Promise<string | undefined> {
  const { tryResolve } = await import('./resolve.ts');
  const bound = new Map(values.map((value) => [value.name, value]));
  const { masked, problems } = tryResolve(said, 'none', bound);
  return problems.length > 0 || masked.includes('{{') ? undefined : masked;
}

function sudoUntold(line: number): Diagnostic {
  return {
    rule: 'sudo-password',
    severity: 'warning',
    line,
    column: 1,
    message: '`sudo` may ask for a password here; only a run can tell.',
    hint: 'Let this user run it by a sudoers rule with NOPASSWD.',
  };
}

const PROBLEM = maybe(fields({ code: oneOf(['UNREACHABLE', 'STEP_CANNOT_RUN']), message: text }));

async function stepTypes(plan: Plan, doors: PreflightDoors): Promise<readonly Diagnostic[]> {
  const { env } = doors;
  const connections = connectionsOf(plan.runbook.frontmatter.connections, env);
  const found: Diagnostic[] = [];
  const asked = new Set<string>();
  for (const planned of plan.steps) {
    const { step } = planned;
    const type = doors.stepTypes.get(step.type);
    const question = JSON.stringify([step.type, step.annotations.connection ?? 'default']);
    if (type?.preflight === undefined || asked.has(question)) continue;
    if (type.quoting === 'shell' && isElsewhere(step.annotations, planned.on)) continue;
    if (type.preflightsConnection) asked.add(question);
    const cwd = planned.from?.folder ?? plan.runbook.folder;
    const problem = await promisedBy(type.name, 'preflight', PROBLEM, async () =>
      type.preflight?.(step, step.body, { env, cwd, connections }),
    );
    if (problem === undefined) continue;
    const rule = problem.code === 'UNREACHABLE' ? 'unreachable' : 'cannot-run';
    found.push(error(rule, step.line, problem.message));
  }
  return found;
}

async function disk(doors: PreflightDoors): Promise<readonly Diagnostic[]> {
  const free = await doors.freeBytes();
  if (free === undefined || free >= MIN_FREE_BYTES) return [];
  const mebibytes = Math.floor(free / 1024 / 1024);
  return [
    error(
      'disk-full',
      1,
      `The disk of the run log has only ${mebibytes} MiB left.`,
      'Free some, or choose another folder with --state.',
    ),
  ];
}

/** A step that a process would run, and the host that the plan gives it. */
type Runnable = Pick<PlannedStep, 'step' | 'on'>;

/** Steps that a process would run, without those that an unattended run leaves out or whose condition does not hold. */
function runnable(plan: Plan, elsewhere?: boolean): readonly Runnable[] {
  const decisions = new Map(plan.decisions.map((decision) => [decision.condition, decision]));
  const isRun = (planned: PlannedStep): boolean =>
    planned.by === 'machine' &&
    (planned.step.annotations.unattended ?? 'run') === 'run' &&
    ruledOut(planned, decisions) === null;
  return plan.steps
    .filter(isRun)
    .filter(
      ({ step, on }) => elsewhere === undefined || isElsewhere(step.annotations, on) === elsewhere,
    )
    .flatMap((planned) =>
      planned.probe === null ? [planned] : [planned, { ...planned, step: planned.probe }],
    );
}

function error(rule: string, line: number, message: string, hint?: string): Diagnostic {
  return {
    rule,
    severity: 'error',
    line,
    column: 1,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
