import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { toolsOf } from '../../engine/checks/tool-missing.ts';
import type { Decision, Operator } from '../../engine/contracts/operator.ts';
import type { AnyStepType, StepOutput, StepResult } from '../../engine/contracts/step-type.ts';
import { withoutItem } from '../../engine/model/each.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { Runbook, Step } from '../../engine/model/runbook.ts';
import { createHandrail } from '../../handrail.ts';
import { stepTypes } from '../../steps/index.ts';
import { makeUnattendedOperator } from '../running/unattended-operator.ts';
import type { ReadTests } from './read-tests.ts';
import { isNamed, nameOf, reachable, refusalsOf } from './refusals.ts';
import { makeScratch, type Scratch } from './scratch.ts';
import type { RunbookTest, TestFile } from './test-words.ts';

/** What came of one test. */
export interface TestResult {
  readonly name: string;
  /** Everything that is not as expected; empty when it passed. */
  readonly differences: readonly string[];
  readonly durationMs: number;
}

/** Runs one test: the real engine and a real bash in a scratch folder, with stand-ins for every command. */
export async function runTest(
  { runbook, tests }: ReadTests,
  test: RunbookTest,
  world: { readonly path: string; readonly version: string },
): Promise<TestResult> {
  const startMs = performance.now();
  let scratch: Scratch | undefined;
  const done = (differences: readonly string[]): TestResult => ({
    name: test.name,
    // Nobody looks for the page in the scratch folder.
    differences: differences.map((text) =>
      scratch === undefined ? text : text.replaceAll(`${scratch.page}/`, ''),
    ),
    durationMs: Math.round(performance.now() - startMs),
  });
  try {
    scratch = makeScratch(runbook, await linkedFrom(runbook), tests, test, world.path);
    return done(await carriedOut(scratch, tests, test, world.version));
  } catch (error) {
    if (!(error instanceof HandrailError)) throw error;
    const expected = test.expect?.exit;
    if (expected === error.exitCode && holdsWhy(test, error.message)) return done([]);
    return done([error.message]);
  } finally {
    scratch?.remove();
  }
}

async function carriedOut(
  scratch: Scratch,
  shared: TestFile,
  test: RunbookTest,
  version: string,
): Promise<readonly string[]> {
  const { env, page, state } = scratch;
  const instead = test.instead ?? {};
  const probes: ProbeAnswers = { ids: new Set(), given: new Map() };
  const types = stepTypes.map((type) => withResults(type, instead, probes));
  const handrail = createHandrail({ env, cwd: page, state, version, stepTypes: types });
  const { source, runbook } = await handrail.read(scratch.runbook);
  const plan = await handrail.plan(runbook, {
    procedures: test.procedure === undefined ? [] : [test.procedure.replace(/^#/, '')],
    all: test.procedure === undefined,
    inputs: Object.fromEntries(
      Object.entries(test.inputs ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    approve: test.approve ?? [],
    holds: test.holds ?? [],
    not: test.not ?? [],
  });
  const real = new Set([...(shared.real ?? []), ...(test.real ?? [])]);
  const files = filesOf(shared, test);
  const steps = [...reachable(plan)];
  const answered = probesAnswered(plan.steps, instead);
  for (const id of answered) probes.ids.add(id);
  const left = Object.entries(test.answers ?? {}).filter(([, answer]) => answer !== 'go-on');
  // What somebody skips, or does by hand, runs nothing either.
  const needless = [...answered, ...left.map(([name]) => name)].map((id) => [id, true]);
  const results = { ...instead, ...Object.fromEntries(needless) };
  const refused = steps.flatMap(([id, step]) => refusalsOf(id, step, results, real, files));
  if (refused.length > 0) return refused;
  // A step that is not reached, or has its result from the test, needs no stand-in.
  scratch.refuseCalls(steps.flatMap(([, step]) => toolsOf(step)).map(({ name }) => name));
  const operator = answering(test);
  const prepared = await handrail.prepare(withGoingOn(plan, test), operator);
  const signal = new AbortController().signal;
  const handle = handrail.run(prepared, source, { operator, signal });
  const seen = await followed(handle.events);
  const report = await handrail.report(await handrail.find(handle.run));
  const outcomes = new Map(report.steps.map(({ id, outcome }) => [id, outcome ?? 'not reached']));
  const whys = new Map(report.steps.map(({ id, why }) => [id, why ?? seen.why]));
  const ids = [
    ...new Set([...report.steps, ...plan.steps, ...plan.runbook.steps].map(({ id }) => id)),
  ];
  const strange = [...strangeNames(test, ids), ...strangeProbes(plan, instead)];
  if (strange.length > 0) return strange;
  const missing = linesOf(scratch.missing);
  return [
    ...missing.map((call) => `nothing stands in for \`${call}\`: write it under \`commands\``),
    ...(missing.length > 0
      ? []
      : differencesOf(test, seen, { outcomes, whys }, linesOf(scratch.calls))),
  ];
}

/** Every file that a test has there, or a stand-in leaves, by its normal path. */
function filesOf(shared: TestFile, test: RunbookTest): Readonly<Record<string, string>> {
  const left = [shared.commands ?? {}, test.commands ?? {}].flatMap((commands) =>
    Object.values(commands).flatMap((entries) => entries.map(({ files }) => files ?? {})),
  );
  return Object.fromEntries(
    [...left, test.files ?? {}].flatMap((files) =>
      Object.entries(files).map(([name, text]) => [path.normalize(name), text]),
    ),
  );
}

/** What a test says of steps that are not there would hold of nothing, and nobody would see it. */
function strangeNames(test: RunbookTest, ids: readonly string[]): readonly string[] {
  const { answers = {}, instead = {}, expect = {} } = test;
  const said = {
    answers,
    instead,
    'expect.steps': expect.steps ?? {},
    'expect.output': expect.output ?? {},
  };
  return Object.entries(said).flatMap(([word, steps]) =>
    Object.keys(steps)
      .filter((name) => !ids.some((id) => nameOf(id, { [name]: true }) !== undefined))
      .map(
        (name) =>
          `there is no step \`${name}\`, which \`${word}\` names; there are ${ids.join(', ')}`,
      ),
  );
}

/** What a test says of a probe that is not there would hold of nothing as well. */
function strangeProbes({ steps }: Plan, instead: Instead): readonly string[] {
  return Object.keys(instead)
    .filter((name) => instead[name]?.probe !== undefined)
    .filter((name) => probesAnswered(steps, { [name]: instead[name] ?? {} }).size === 0)
    .map((name) => `\`instead\` says what the probe of \`${name}\` comes to, and it has none`);
}

/** What was seen of a run. */
interface Seen {
  readonly exitCode: number;
  readonly outcome: string;
  readonly why: string;
  readonly output: ReadonlyMap<string, string>;
}

async function followed(events: AsyncGenerator<RunEvent, void>): Promise<Seen> {
  const output = new Map<string, string>();
  let end = { exitCode: -1, outcome: '', why: '' };
  for await (const event of events) {
    if (event.type === 'step.output')
      output.set(
        event.stepId,
        (output.get(event.stepId) ?? '') + Buffer.from(event.chunk).toString(),
      );
    if (event.type === 'run.finished') {
      const found = (event.findings ?? [])
        .filter(({ severity }) => severity === 'error')
        .map(({ line, message }) => `line ${line}: ${message}`);
      end = {
        exitCode: event.exitCode,
        outcome: event.outcome,
        why: [event.why ?? '', ...found].filter((text) => text !== '').join('; '),
      };
    }
  }
  return { ...end, output };
}

/** How the steps stand, by id, and why. */
interface Standing {
  readonly outcomes: ReadonlyMap<string, string>;
  readonly whys: ReadonlyMap<string, string>;
}

function differencesOf(
  test: RunbookTest,
  seen: Seen,
  { outcomes, whys }: Standing,
  calls: readonly string[],
): readonly string[] {
  const { exit, outcome, steps = {}, output = {}, why } = test.expect ?? {};
  const isAny = exit === undefined && outcome === undefined;
  const ended = seen.why === '' ? '' : ` (${seen.why})`;
  const found: string[] = [];
  if (isAny && seen.outcome !== 'passed') found.push(`the run ${seen.outcome}${ended}`);
  if (outcome !== undefined && outcome !== seen.outcome)
    found.push(`the run ${seen.outcome}, expected ${outcome}${ended}`);
  if (exit !== undefined && exit !== seen.exitCode)
    found.push(`exit code ${seen.exitCode}, expected ${exit}${ended}`);
  if (why !== undefined && !seen.why.includes(why))
    found.push(`the reason is "${seen.why}", expected one with "${why}"`);
  for (const [name, wanted] of Object.entries(steps)) {
    const id = [...outcomes.keys()].find((one) => nameOf(one, { [name]: true }) !== undefined);
    const came = id === undefined ? 'not reached' : outcomes.get(id);
    const because = whys.get(id ?? '') ?? seen.why;
    if (came !== wanted)
      found.push(
        `step \`${name}\` is ${came}, expected ${wanted}${because === '' ? '' : ` (${because})`}`,
      );
  }
  for (const [name, wanted] of Object.entries(output)) {
    const said =
      [...seen.output].find(([id]) => nameOf(id, { [name]: true }) !== undefined)?.[1] ?? '';
    if (!said.includes(wanted.trimEnd()))
      found.push(
        `step \`${name}\` printed ${JSON.stringify(said.slice(0, 400))}, expected ${JSON.stringify(wanted)}`,
      );
  }
  return [...found, ...callDifferences(test, calls)];
}

function callDifferences(test: RunbookTest, calls: readonly string[]): readonly string[] {
  let at = 0;
  const found: string[] = [];
  for (const wanted of test.expect?.calls ?? []) {
    const next = calls.findIndex((call, index) => index >= at && isCall(call, wanted));
    if (next < 0)
      found.push(
        `\`${wanted}\` was not called${at > 0 ? ' after those before it' : ''}; called were: ${calls.join(' · ') || 'none'}`,
      );
    else at = next + 1;
  }
  for (const never of test.expect?.['never-calls'] ?? []) {
    const call = calls.find((one) => isCall(one, never));
    if (call !== undefined) found.push(`\`${call}\` was called`);
  }
  return found;
}

/** Compared word by word without quotes; `...` at the end stands for any more. */
function isCall(call: string, wanted: string): boolean {
  const words = (text: string): readonly string[] =>
    text
      .replace(/["'\\]/g, '')
      .split(/\s+/)
      .filter((word) => word !== '');
  const [said, asked] = [words(call), words(wanted)];
  const isOpen = asked.at(-1) === '...';
  const fixed = isOpen ? asked.slice(0, -1) : asked;
  return (
    (isOpen ? said.length >= fixed.length : said.length === fixed.length) &&
    fixed.every((word, at) => word === '*' || word === said[at])
  );
}

function holdsWhy({ expect }: RunbookTest, message: string): boolean {
  return expect?.why === undefined || message.includes(expect.why);
}

/** The policy of an unattended run, with the answers that the test gives for people. */
function answering(test: RunbookTest): Operator {
  const policy = makeUnattendedOperator();
  const { answers = {} } = test;
  return {
    ...policy,
    name: 'test',
    decide(situation): Promise<Decision> {
      const name = nameOf(situation.planned.id, answers);
      const answer = name === undefined ? undefined : answers[name];
      if (answer === undefined || answer === 'go-on' || situation.failure)
        return policy.decide(situation);
      const why = 'says the test';
      switch (answer) {
        case 'decline':
          return Promise.resolve({ do: 'decline', why });
        case 'not-applicable':
          return Promise.resolve({ do: 'not-applicable', why });
        case 'skip':
          return Promise.resolve({ do: 'skip', why });
        default:
          return Promise.resolve({ do: 'confirm' });
      }
    },
  };
}

/** The plan in which a step that somebody goes on after, although it fails, says so itself: nobody is asked in a test. */
function withGoingOn(plan: Plan, { answers = {} }: RunbookTest): Plan {
  const goesOn = (id: string): boolean => answers[nameOf(id, answers) ?? ''] === 'go-on';
  const steps = plan.steps.map((planned) => {
    if (!goesOn(planned.id)) return planned;
    const annotations = { ...planned.step.annotations, 'on-fail': 'continue' } as const;
    return { ...planned, step: { ...planned.step, annotations } };
  });
  return { ...plan, steps };
}

type Instead = NonNullable<RunbookTest['instead']>;

/** Probes whose results stand with the step that they probe. */
interface ProbeAnswers {
  readonly ids: Set<string>;
  /** How many were given, by the planned id of the step. */
  readonly given: Map<string, number>;
}

/** Ids of the probes that the test says the results of, with the step that they probe or with an item of it. */
function probesAnswered(steps: Plan['steps'], instead: Instead): ReadonlySet<string> {
  const names = Object.entries(instead).filter(([, { probe }]) => probe !== undefined);
  const said = Object.fromEntries(names.map(([name]) => [withoutItem(name), true]));
  return new Set(
    steps.flatMap(({ id, probe }) =>
      probe === null || !isNamed(withoutItem(id), said) ? [] : [probe.id],
    ),
  );
}

/** A step type whose steps come to what the test says, where it says something. */
function withResults(type: AnyStepType, instead: Instead, probes: ProbeAnswers): AnyStepType {
  if (type.run === undefined) return type;
  return {
    ...type,
    async preflight(step, body, context) {
      const isSaid = isNamed(step.id, instead) || probes.ids.has(step.id);
      return isSaid ? undefined : type.preflight?.(step, body, context);
    },
    run(step, body, context) {
      const said = probes.ids.has(step.id)
        ? nextOfProbe(context.env['HANDRAIL_STEP_ID'] ?? '', instead, probes)
        : resultSaid(itemOf(step, context.env) ?? step.id, step.id, instead);
      if (said !== undefined) return resultOf(step, said);
      const own = type.run?.(readByOwnShell(step), body, {
        ...context,
        shell: { ...context.shell, program: ownShell(context.shell.program) },
      });
      if (own === undefined)
        throw new HandrailError('INTERNAL', { message: `no way to run \`${step.type}\`` });
      return own;
    },
  };
}

/** What the test says of an item, or else of the step on the page. */
function resultSaid(item: string, id: string, instead: Instead): Instead[string] | undefined {
  const name = nameOf(item, instead) ?? nameOf(id, instead);
  return name === undefined ? undefined : instead[name];
}

/** What the probe of a planned step comes to this time. */
function nextOfProbe(
  planned: string,
  instead: Instead,
  { given }: ProbeAnswers,
): Result | undefined {
  const number = given.get(planned) ?? 0;
  given.set(planned, number + 1);
  const all = resultSaid(planned, withoutItem(planned), instead)?.probe;
  return all?.[number] ?? all?.at(-1);
}

/** The step read by the shell of the test, which keeps to its PATH, where it names one by a path (`#!/bin/bash -e`). */
function readByOwnShell(step: Step): Step {
  const { interpreter, shell } = step.annotations;
  const said = interpreter ?? /^#!\s*(\S.*)/.exec(step.text)?.[1];
  return {
    ...step,
    annotations: {
      ...step.annotations,
      ...(said === undefined || said === ownShell(said) ? {} : { interpreter: ownShell(said) }),
      ...(shell === undefined ? {} : { shell: ownShell(shell) }),
    },
  };
}

/** `bash` for `/bin/bash` and `/usr/bin/env bash`, with what stands behind it; another program stays as it is. */
function ownShell(said: string): string {
  const [program = '', ...words] = said.trim().split(/\s+/);
  const name = path.basename(program);
  if (name === 'env' && /^(?:bash|sh)$/.test(path.basename(words[0] ?? '')))
    return ownShell(words.join(' '));
  return /^(?:bash|sh)$/.test(name) ? [name, ...words].join(' ') : said;
}

/** The id of the item that a step is done for (`each`); its probe goes by its own. */
function itemOf({ id }: Step, env: Readonly<Record<string, string>>): string | undefined {
  const planned = env['HANDRAIL_STEP_ID'] ?? '';
  const page = withoutItem(planned);
  return planned !== page && (page === id || page.endsWith(`/${id}`)) ? planned : undefined;
}

/** What a step or a probe comes to. */
type Result = Pick<Instead[string], 'output' | 'error' | 'exit' | 'outcome'>;

async function* resultOf(
  step: Step,
  { output = '', error = '', exit = 0, outcome }: Result,
): AsyncGenerator<StepOutput, StepResult> {
  if (error !== '') yield { stream: 'stderr', chunk: inLines(error) };
  if (output !== '') yield { stream: 'stdout', chunk: inLines(output) };
  if (outcome !== undefined) return { outcome, why: 'says the test' };
  const { capture } = step.annotations;
  return {
    outcome: exit === 0 ? 'passed' : 'failed',
    exitCode: exit,
    ...(exit === 0 ? {} : { why: `exit code ${exit}` }),
    ...(capture === undefined ? {} : { captured: { [capture]: output.replace(/\n$/, '') } }),
  };
}

const inLines = (text: string): Buffer => Buffer.from(text.endsWith('\n') ? text : `${text}\n`);

/** Every runbook that one links to, and so on. */
async function linkedFrom(file: string): Promise<readonly string[]> {
  const { readRunbook } = await import('../../host/read-page.ts');
  const found = new Set<string>();
  const visit = async (one: string): Promise<void> => {
    if (!existsSync(one)) return;
    const { runbook } = await readRunbook(one);
    for (const link of linksOf(runbook)) {
      const linked = path.resolve(path.dirname(one), link);
      if (linked === file || found.has(linked)) continue;
      found.add(linked);
      await visit(linked);
    }
  };
  await visit(file);
  return [...found].filter((one) => existsSync(one));
}

function linksOf({ steps }: Runbook): readonly string[] {
  return steps.flatMap(({ body }) =>
    typeof body === 'object' &&
    body !== null &&
    'path' in body &&
    typeof body.path === 'string' &&
    body.path !== ''
      ? [body.path]
      : [],
  );
}

function linesOf(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
