import path from 'node:path';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import { withoutItem } from '../../engine/model/each.ts';
import { saidOutcome } from '../../engine/model/outcome.ts';
import type { AttemptReport, RunReport } from '../../engine/model/report.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { readEvent } from '../../engine/record/read-event.ts';
import { stepTypes } from '../../steps/index.ts';

const EXCERPT_BYTES = 64 * 1024;
const MACHINE = new Set(
  stepTypes.filter(({ human, run }) => !human && run).map(({ name }) => name),
);

/** A test that says what a run did: its inputs, what its steps printed and how they ended. Secrets are left to be filled in. */
export async function recordedTest(
  reader: RunReader,
  report: RunReport,
  runbook: Runbook | null,
): Promise<string> {
  const probed = new Set(runbook?.steps.flatMap(({ probes }) => probes ?? []));
  const lines = [
    `# yaml-language-server: $schema=node_modules/handrail/docs/schema/test.schema.json`,
    `# Recorded from run ${report.run}. Stand-ins for commands, under \`commands:\`, say more than whole results do.`,
    `runbook: ${text(path.basename(report.started.runbook.path))}`,
    'tests:',
    `  - name: ${text(`as on ${report.startedAt.slice(0, 10)}: ${saidOutcome(report)}`)}`,
    ...(report.started.procedures[0] === undefined
      ? []
      : [`    procedure: ${text(report.started.procedures[0])}`]),
  ];
  const given = report.inputs.filter(({ source }) => !source.startsWith('step '));
  if (given.length > 0) lines.push('    inputs:');
  for (const { name, value, secret } of given)
    lines.push(`      ${text(name)}: ${text(secret ? 'a-secret-value' : (value ?? ''))}`);
  const ran = report.steps.filter(({ attempts, own }) => attempts.length > 0 && !own);
  const answers = answersOf(report);
  const left = new Set(answers.filter(([, answer]) => answer !== 'go-on').map(([id]) => id));
  const machine = ran.filter(({ id, type }) => MACHINE.has(type) && !left.has(id));
  const printed = await printing(reader);
  if (machine.length > 0) lines.push('    instead:');
  for (const step of machine) lines.push(...(await resultLines(printed, step, probed)));
  if (answers.length > 0) lines.push('    answers:');
  for (const [id, answer] of answers) lines.push(`      ${text(id)}: ${answer}`);
  for (const [word, ids] of Object.entries(saidBeforehand(report)))
    if (ids.length > 0) lines.push(`    ${word}: [${ids.map(text).join(', ')}]`);
  lines.push('    expect:', `      exit: ${report.exitCode ?? 0}`, '      steps:');
  for (const { id, outcome } of report.steps)
    lines.push(`        ${text(id)}: ${outcome ?? 'not reached'}`);
  return `${lines.join('\n')}\n`;
}

/** What people said of conditions and approved: no person is there to say it again. */
function saidBeforehand({ conditions, remarks, steps }: RunReport): Record<string, string[]> {
  const isStep = (id: string): boolean => steps.some((step) => step.id === id);
  // What was decided last of each is what the run was carried out by.
  const last = new Map(conditions.map((one) => [one.condition, one]));
  const said = [...last.values()].filter(({ by, stepId }) => by !== 'runbook' && isStep(stepId));
  // Of several ways, those that were not taken follow from the one that was.
  const isChosen = ({ group }: (typeof said)[number]): boolean =>
    said.some((one) => one.group === group && one.holds);
  const idsOf = (wanted: boolean): string[] =>
    said
      .filter((one) => one.holds === wanted)
      .filter((one) => wanted || one.group === undefined || !isChosen(one))
      .map(({ stepId, part }) => (part === undefined ? stepId : `${stepId}:${part.number}`));
  const approve = remarks.flatMap(({ event }) =>
    event.type === 'approval.granted' && event.stepId !== undefined ? [event.stepId] : [],
  );
  return { approve: [...new Set(approve)], holds: idsOf(true), not: idsOf(false) };
}

/**
 * What people answered in the end. What the page itself leaves out, or goes on after, needs nobody in a test either, and
 * what nobody came to has no answer.
 */
function answersOf({ steps, remarks }: RunReport): readonly (readonly [string, string])[] {
  const skipped = new Set(
    remarks.flatMap(({ event }) =>
      event.type === 'deviation.recorded' && event.what === 'skipped' ? [event.stepId] : [],
    ),
  );
  return steps.flatMap(({ id, attempts, outcome, own }) => {
    if (own || outcome === null) return [];
    if (outcome === 'skipped') return skipped.has(id) ? [[id, 'skip'] as const] : [];
    const answer = attempts.length === 0 ? undefined : ANSWERS[outcome];
    if (answer !== undefined) return [[id, answer] as const];
    // Where somebody leaves it failed, that is its last attempt, which ran nothing.
    const last = attempts.at(-1);
    return last?.handled === true && last.text === '' ? [[id, 'go-on'] as const] : [];
  });
}

const ANSWERS: Readonly<Record<string, string>> = {
  confirmed: 'confirm',
  declined: 'decline',
  'not-applicable': 'not-applicable',
};

async function resultLines(
  printed: Printing,
  { id, attempts }: RunReport['steps'][number],
  probed: ReadonlySet<string>,
): Promise<readonly string[]> {
  // What a person said of it afterwards ran nothing.
  const tried = attempts.filter(({ probe }) => !probe);
  const last = tried.findLast(({ text: ran }) => ran !== '');
  const own =
    last === undefined
      ? []
      : await endLines(printed, id, partsUpTo(tried, last), tried.at(-1)?.outcome);
  const probes: string[] = [];
  const isProbed = probed.has(withoutItem(id)) || attempts.some(({ probe }) => probe);
  for (const one of isProbed ? answersOfProbe(attempts) : []) {
    const [first = 'exit: 0', ...rest] =
      one === null ? ['exit: 1'] : await endLines(printed, id, [one]);
    probes.push(`          - ${first}`, ...rest.map((line) => `            ${line}`));
  }
  return [
    `      ${text(id)}:`,
    ...own.map((line) => `        ${line}`),
    ...(probes.length === 0 ? [] : ['        probe:', ...probes]),
  ];
}

/**
 * What the probe of a step comes to in a test, before the step and after it. As of the step itself, what came last is
 * what it came to. A test asks every probe beforehand, a person need not: a step that ran was not done then (`null`
 * where nobody had asked).
 */
function answersOfProbe(
  attempts: RunReport['steps'][number]['attempts'],
): readonly (AttemptReport | null)[] {
  const ran = attempts.findLastIndex(({ probe }) => !probe);
  const after = attempts.slice(ran + 1).at(-1);
  if (ran < 0) return after === undefined ? [] : [after];
  const before = attempts.slice(0, ran).find(({ probe, outcome }) => probe && outcome !== 'passed');
  return [before ?? null, ...(after === undefined ? [] : [after])];
}

/** Of a fence whose parts ran one by one, the last attempt of each, in the order they ran; else that attempt alone. */
function partsUpTo(tried: readonly AttemptReport[], last: AttemptReport): readonly AttemptReport[] {
  if (last.part === null) return [last];
  const whole = tried.findLastIndex(({ part }) => part === null);
  const parts = tried
    .slice(whole + 1, tried.indexOf(last) + 1)
    .filter(({ part, text: ran }) => part?.of === last.part?.of && ran !== '');
  const latest = new Map(parts.map((one) => [one.part?.number, one]));
  return parts.filter((one) => latest.get(one.part?.number) === one);
}

/** What an attempt of a step printed, as far as a test keeps it. */
type Printing = (
  stepId: string,
  attempt: AttemptReport,
) => Promise<{ readonly output: string; readonly error: string }>;

/** The two streams of an attempt stand in one file: the log says which piece is whose. */
async function printing(reader: RunReader): Promise<Printing> {
  const errors = new Map<string, { readonly offset: number; readonly bytes: number }[]>();
  for await (const line of reader.lines()) {
    const event = readEvent(line);
    if (event?.type !== 'step.output' || event.stream !== 'stderr') continue;
    const key = `${event.try} ${event.stepId}`;
    errors.set(key, [...(errors.get(key) ?? []), event]);
  }
  return async (stepId, { try: number, output: file }) => {
    const excerpt = file === null ? undefined : await reader.excerpt(file.path, EXCERPT_BYTES, 0);
    const bytes = Buffer.from(excerpt?.head ?? []);
    const texts = { output: '', error: '' };
    let at = 0;
    for (const { offset, bytes: length } of errors.get(`${number} ${stepId}`) ?? []) {
      texts.output += bytes.subarray(at, offset).toString();
      at = offset + length;
      texts.error += bytes.subarray(offset, at).toString();
    }
    texts.output += bytes.subarray(at).toString();
    return texts;
  };
}

/** What attempts printed, and the last one's exit code where it is not 0, or the outcome that was said of it since. */
async function endLines(
  printed: Printing,
  stepId: string,
  attempts: readonly AttemptReport[],
  said?: AttemptReport['outcome'],
): Promise<readonly string[]> {
  const all = await Promise.all(attempts.map((one) => printed(stepId, one)));
  const error = all.map((one) => one.error).join('');
  const lines = [
    `output: ${text(all.map(({ output }) => output).join(''))}`,
    ...(error === '' ? [] : [`error: ${text(error)}`]),
  ];
  const last = attempts.at(-1);
  const outcome = said ?? last?.outcome;
  if (outcome === 'timed-out' || outcome === 'cancelled') return [...lines, `outcome: ${outcome}`];
  // What printed something else than expected failed with whatever exit code.
  const exit = last?.exitCode ?? (outcome === 'passed' ? 0 : 1);
  return exit === 0 ? lines : [...lines, `exit: ${exit}`];
}

/** JSON is YAML: a text in double quotes holds whatever it holds. */
const text = (value: string): string =>
  /^[A-Za-z][\w./-]{0,60}$/.test(value) && !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
