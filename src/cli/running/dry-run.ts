import { EXIT } from '../../engine/model/outcome.ts';
import type { Plan, PlannedStep } from '../../engine/model/plan.ts';
import { plannedTexts } from '../../engine/planning/planned-texts.ts';
import { foreseeWhens } from '../../engine/running/scope.ts';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { screenCode, screenLine } from '../screen/safe-text.ts';
import { diagnosticLines } from '../show/diagnostic-lines.ts';

/** Says what a plan would run, with its inputs filled in, and what stands in its way. Exit 65 when something does. */
export async function dryRun(
  plan: Plan,
  asJson: boolean,
  { out, style }: CliContext,
): Promise<number> {
  const isRefused = plan.findings.some(({ severity }) => severity === 'error');
  const exitCode = isRefused ? EXIT.refused : EXIT.passed;
  const texts = await plannedTexts(plan);
  const whens = await Promise.all(plan.steps.map((planned) => foreseeWhens(planned, plan)));
  if (asJson) {
    await out.write(`${JSON.stringify(planJson(plan, texts, whens), null, 2)}\n`);
    return exitCode;
  }
  const { runbook, steps, findings } = plan;
  const head = `${style('strong', screenLine(runbook.title))}  ${style('dim', screenLine(runbook.path))}`;
  const rows = steps.flatMap((planned, index) => [
    '',
    `${style('dim', `${index + 1}/${steps.length}`)}  ${style('strong', screenLine(planned.step.title))}  ${planned.step.type}, ${planned.step.effect}${planned.phase === 'cleanup' ? ', cleanup' : ''}  ${style('dim', screenLine(planned.id))}`,
    ...whenRows(planned, whens[index] ?? null),
    ...screenCode(texts.get(planned.id) ?? '')
      .replace(/(?<!\n)\n+$/, '')
      .split('\n')
      .map((line) => `  | ${line}`),
  ]);
  const doubts = findings.length === 0 ? [] : ['', ...diagnosticLines(findings, style)];
  const verdict = isRefused
    ? style('bad', 'An unattended run would be refused; nothing was run.')
    : `${counted(steps.length, 'step')} would run; nothing was run.`;
  await out.write(`${[head, ...rows, ...doubts, '', verdict].join('\n')}\n`);
  return exitCode;
}

const FORESEEN = {
  true: 'holds',
  false: 'does not hold: the step is skipped',
  unknown: 'is not yet known',
} as const;

type Foreseen = Awaited<ReturnType<typeof foreseeWhens>>;

function whenRows({ step: { annotations } }: PlannedStep, foreseen: Foreseen): string[] {
  const { when } = annotations;
  if (when === undefined || foreseen === null) return [];
  return [`  when ${screenLine(when)}: ${FORESEEN[foreseen]}`];
}

function whenJson({ step: { annotations } }: PlannedStep, holds: Foreseen): object {
  const { when } = annotations;
  return when === undefined ? {} : { when: { text: when, holds } };
}

function planJson(
  plan: Plan,
  texts: ReadonlyMap<string, string>,
  whens: readonly Foreseen[],
): object {
  return {
    runbook: plan.runbook.path,
    hash: plan.hash,
    steps: plan.steps.map((planned, index) => ({
      id: planned.id,
      type: planned.step.type,
      title: planned.step.title,
      effect: planned.step.effect,
      phase: planned.phase,
      line: planned.step.line,
      ...whenJson(planned, whens[index] ?? null),
      text: texts.get(planned.id) ?? '',
    })),
    inputs: plan.values.map(({ name, source, secret, value }) => ({
      name,
      source,
      secret,
      ...(secret ? {} : { value }),
    })),
    findings: plan.findings,
  };
}
