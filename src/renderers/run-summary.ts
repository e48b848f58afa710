import type { Renderer } from '../engine/contracts/renderer.ts';
import type { RunReport, StepReport } from '../engine/model/report.ts';
import { fence } from './formats/fence.ts';
import { runView } from './formats/run-view.ts';
import type { ViewTools } from './formats/step-state.ts';
import { stepView } from './formats/step-view.ts';
import { toolsFor } from './formats/tools.ts';
import { inMarkdown } from './formats/untrusted.ts';

const MOST_STEPS = 20;

/** A short markdown summary: what a pipeline shows of a run, such as `$GITHUB_STEP_SUMMARY`. */
export const runSummary: Renderer<'report'> = {
  name: 'summary',
  summary: 'a short markdown summary: the outcome, and what needs attention',
  of: 'report',
  async render({ report }, context) {
    const tools = toolsFor(report, context, { safe: inMarkdown, block: fence });
    const [template, remark] = await Promise.all([
      context.template('run-summary'),
      context.template('run-log-remark'),
    ]);
    const run = runView(report, tools);
    const steps = worthTelling(report);
    const attention: object[] = [];
    for (const step of steps.slice(0, MOST_STEPS)) attention.push(await attentionTo(step, tools));
    const content = template({
      run,
      attention,
      more: Math.max(0, steps.length - MOST_STEPS),
      remarks: run.remarks.map((each) => remark(each).trim()),
    });
    return [{ path: 'summary.md', content: `${content.trimEnd()}\n` }];
  },
};

/** Steps that did not just pass; those that were not reached only say that the run stopped before. */
function worthTelling(report: RunReport): readonly StepReport[] {
  return report.steps.filter(
    ({ outcome }) => outcome !== null && outcome !== 'passed' && outcome !== 'confirmed',
  );
}

async function attentionTo(step: StepReport, tools: ViewTools): Promise<object> {
  const view = await stepView(step, undefined, [], false, tools);
  const attempt = view.entries.findLast((entry) => entry.attempt)?.attempt;
  const state = view.entries.findLast((entry) => entry.state)?.state;
  const output = attempt?.output ?? null;
  return {
    outcome: view.outcome,
    line: view.line,
    title: view.title,
    why: state?.why ?? attempt?.why ?? null,
    output,
    excerpt: indented(output?.tail ?? output?.head ?? ''),
  };
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
