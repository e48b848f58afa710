import path from 'node:path';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import { withoutItem } from '../../engine/model/each.ts';
import { saidOutcome } from '../../engine/model/outcome.ts';
import type { AttemptReport, RunReport } from '../../engine/model/report.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
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
  if (machine.length > 0) lines.push('    instead:');
  for (const step of machine) lines.push(...(await resultLines(reader, step, probed)));
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
  reader: RunReader,
  { id, attempts }: RunReport['steps'][number],
  probed: ReadonlySet<string>,
): Promise<readonly string[]> {
  // What a person said of it afterwards ran nothing.
  const tried = attempts.filter(({ probe }) => !probe);
  const last = tried.findLast(({ text: ran }) => ran !== '');
  const own = last === undefined ? [] : await endLines(reader, last, tried.at(-1)?.outcome);
  const probes: string[] = [];
  const isProbed = probed.has(withoutItem(id)) || attempts.some(({ probe }) => probe);
  for (const one of isProbed ? answersOfProbe(attempts) : []) {
    const [first = 'exit: 0', ...rest] = one === null ? ['exit: 1'] : await endLines(reader, one);
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

/** What an attempt printed, and its exit code where it is not 0, or the outcome that was said of it since. */
async function endLines(
  reader: RunReader,
  { output: file, exitCode, outcome: itsOwn }: AttemptReport,
  outcome = itsOwn,
): Promise<readonly string[]> {
  const excerpt = file === null ? undefined : await reader.excerpt(file.path, EXCERPT_BYTES, 0);
  const printed = excerpt === undefined ? '' : Buffer.from(excerpt.head).toString();
  if (outcome === 'timed-out' || outcome === 'cancelled')
    return [`output: ${text(printed)}`, `outcome: ${outcome}`];
  // What printed something else than expected failed with whatever exit code.
  const exit = exitCode ?? (outcome === 'passed' ? 0 : 1);
  return [`output: ${text(printed)}`, ...(exit === 0 ? [] : [`exit: ${exit}`])];
}

/** JSON is YAML: a text in double quotes holds whatever it holds. */
const text = (value: string): string =>
  /^[A-Za-z][\w./-]{0,60}$/.test(value) && !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
