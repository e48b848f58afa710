import type { Renderer } from '../engine/contracts/renderer.ts';
import { carriedOutBy } from '../engine/model/effect.ts';
import { outcomeFacts } from '../engine/model/outcome.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { Step } from '../engine/model/runbook.ts';
import { sayValues } from '../engine/model/said-values.ts';
import { escapeHtml } from './formats/html.ts';
import { placeRemarks } from './formats/placed-steps.ts';
import { runView } from './formats/run-view.ts';
import { type StepView, stepView } from './formats/step-view.ts';
import { toolsFor } from './formats/tools.ts';
import { inHtml } from './formats/untrusted.ts';

/** One page that needs nothing else: no script, light and dark, prints. */
export const runHtml: Renderer<'report'> = {
  name: 'html',
  summary: 'one static page: no script, nothing loaded',
  of: 'report',
  async render({ report, runbook }, context) {
    const tools = toolsFor(report, context, { safe: inHtml, block: escapeHtml });
    const [page, remark] = await Promise.all([
      context.template('run-page'),
      context.template('run-log-remark'),
    ]);
    const run = runView(report, tools);
    const steps = new Map(runbook.steps.map((step) => [step.id, step]));
    const titles = new Map(runbook.procedures.map(({ id, title }) => [id, title]));
    const remarks = placeRemarks(report);
    const procedures: { readonly id: string; readonly title: unknown; steps: unknown[] }[] = [];
    for (const step of report.steps) {
      const planned = steps.get(step.id);
      const view = await stepView(step, planned, remarks.get(step.id) ?? [], false, tools);
      const last = procedures.at(-1);
      const own = last?.id === step.procedure ? last : undefined;
      const shown = {
        ...withLines(view, remark),
        mark: outcomeFacts(step.outcome).mark ?? 'caution',
        text: inHtml(textOf(planned, report)),
      };
      if (own) own.steps.push(shown);
      else
        procedures.push({
          id: step.procedure,
          title: inHtml(titles.get(step.procedure) ?? (step.procedure || run.title.text)),
          steps: [shown],
        });
    }
    const content = page({
      run,
      mark: outcomeFacts(report.outcome).mark ?? 'caution',
      remarks: run.remarks.map((each) => remark(each).trim()),
      procedures,
    });
    return [{ path: 'run.html', content }];
  },
};

/** What the author wrote; what a person was to do, with the values that the run had. */
function textOf(planned: Step | undefined, { inputs }: RunReport): string | null {
  if (planned === undefined) return null;
  if (carriedOutBy(planned.effect) === 'machine') return planned.text;
  return sayValues(planned.text, (name) => {
    const bound = inputs.findLast((input) => input.name === name);
    return bound && { value: bound.value ?? '', secret: bound.secret };
  });
}

/** The view with its remarks as lines; every entry knows its step's mark. */
function withLines(view: StepView, template: (data: object) => string): object {
  const entries = view.entries.map((entry) => ({
    ...entry,
    attempt: entry.attempt,
    remark: entry.remark && { line: template(entry.remark).trim(), text: entry.remark.text },
  }));
  return { ...view, entries };
}
