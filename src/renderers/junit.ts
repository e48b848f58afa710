import type { Renderer } from '../engine/contracts/renderer.ts';
import type { RunReport, StepReport } from '../engine/model/report.ts';
import { escapeHtml } from './formats/html.ts';
import { OUTCOME_WORDS } from './formats/outcome-words.ts';
import { runView } from './formats/run-view.ts';
import type { ViewTools } from './formats/step-state.ts';
import { type OutputView, stepView } from './formats/step-view.ts';
import { toolsFor } from './formats/tools.ts';
import { inHtml, type Untrusted } from './formats/untrusted.ts';

interface Case {
  readonly title: Untrusted;
  readonly line: number;
  readonly seconds: string;
  readonly outcome: string;
  readonly why: Untrusted | null;
  readonly detail: string;
  readonly failure: boolean;
  readonly error: boolean;
  readonly skipped: boolean;
  readonly output: OutputView | null;
}

/** JUnit XML: a test suite per procedure, a test case per step. */
export const junit: Renderer<'report'> = {
  name: 'junit',
  summary: 'JUnit XML: a suite per procedure, a case per step',
  of: 'report',
  async render({ report, runbook }, context) {
    const tools = toolsFor(report, context, { safe: inHtml, block: escapeHtml });
    const titles = new Map(runbook.procedures.map(({ id, title }) => [id, title]));
    const byProcedure = Map.groupBy(report.steps, (step) => step.procedure);
    const suites: object[] = [];
    const all: Case[] = [];
    for (const [id, steps] of byProcedure) {
      const cases: Case[] = [];
      for (const step of steps) cases.push(await caseOf(step, tools));
      const title = titles.get(id) ?? (id || report.started.runbook.title);
      suites.push({ title: inHtml(title), cases, ...counts(cases, steps) });
      all.push(...cases);
    }
    if (!/^(?:passed|waiting|running)$/.test(report.outcome) && !all.some(isBad)) {
      const cases = [runItself(report)];
      suites.push({ title: inHtml(report.started.runbook.title), cases, ...counts(cases, []) });
      all.push(...cases);
    }
    const template = await context.template('junit');
    const content = template({
      run: runView(report, tools),
      timestamp: inHtml(report.startedAt.replace(/\.\d+Z$/, '')),
      suites,
      ...counts(all, report.steps),
      seconds: inSeconds(report.durationMs ?? 0),
    });
    return [{ path: 'junit.xml', content }];
  },
};

const isBad = (each: Case): boolean => each.failure || each.error;

/** A run that did not pass although no step failed: refused, interrupted, over its time. */
function runItself(report: RunReport): Case {
  const outcome = OUTCOME_WORDS[report.outcome];
  return {
    title: inHtml('The run itself'),
    line: 1,
    seconds: inSeconds(0),
    outcome,
    why: inHtml(report.why ?? outcome),
    detail: '',
    failure: false,
    error: report.outcome !== 'skipped',
    skipped: report.outcome === 'skipped',
    output: null,
  };
}

async function caseOf(step: StepReport, tools: ViewTools): Promise<Case> {
  const last = step.attempts.findLast((each) => !each.probe);
  const view = await stepView(step, undefined, [], false, tools);
  const attempt = view.entries.findLast((entry) => entry.attempt && !entry.attempt.probe)?.attempt;
  const state = view.entries.findLast((entry) => entry.state)?.state;
  const { outcome } = step;
  const handled = last?.handled === true;
  return {
    title: inHtml(step.title),
    line: step.line,
    seconds: inSeconds(timeOf(step)),
    outcome: view.outcome,
    why: state?.why ?? attempt?.why ?? inHtml(view.outcome),
    detail: attempt?.unmet.map((each) => each.detail).join('\n') ?? '',
    failure:
      !handled && (outcome === 'failed' || outcome === 'timed-out' || outcome === 'declined'),
    error: outcome === 'unknown' || outcome === 'cancelled',
    skipped: handled || outcome === null || outcome === 'skipped' || outcome === 'not-applicable',
    output: attempt?.output ?? null,
  };
}

function counts(cases: readonly Case[], steps: readonly StepReport[]): object {
  return {
    tests: cases.length,
    failures: cases.filter((each) => each.failure).length,
    errors: cases.filter((each) => each.error).length,
    skipped: cases.filter((each) => each.skipped).length,
    seconds: inSeconds(steps.reduce((sum, step) => sum + timeOf(step), 0)),
  };
}

const timeOf = (step: StepReport): number =>
  step.attempts.reduce((sum, attempt) => sum + (attempt.durationMs ?? 0), 0);

const inSeconds = (durationMs: number): string => (durationMs / 1000).toFixed(3);
