import type { RenderContext, Renderer } from '../engine/contracts/renderer.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { RENDERED } from '../engine/record/files.ts';
import { fence } from './formats/fence.ts';
import { type PlacedStep, placeSteps, saidLines, tickedLines } from './formats/placed-steps.ts';
import type { RemarkView } from './formats/remark-view.ts';
import { runView } from './formats/run-view.ts';
import { takeApart } from './formats/source-lines.ts';
import { type Insertion, splice } from './formats/splice.ts';
import type { ViewTools } from './formats/step-state.ts';
import { stepView } from './formats/step-view.ts';
import { toolsFor } from './formats/tools.ts';
import { inMarkdown } from './formats/untrusted.ts';

/** `run.md`: the runbook filled in with what happened. */
export const runLog: Renderer<'report'> = {
  name: 'run-log',
  summary: 'The runbook filled in: boxes ticked, and after each step what happened.',
  of: 'report',
  async render({ report, runbook }, context) {
    const source = takeApart(context.source, runbook);
    const tools = toolsFor(report, context, { safe: inMarkdown, block: fence });
    const templates = await templatesOf(context);
    const placed = placeSteps(report, runbook, source);
    const insertions: Insertion[] = [
      { line: 0, prefix: '', close: false, text: headText(tools, templates) },
    ];
    for (const each of placed) insertions.push(await stepInsertion(each, tools, templates));
    insertions.push({
      line: source.lines.length,
      prefix: '',
      close: false,
      text: footText(tools, templates),
    });
    return [
      {
        path: RENDERED,
        content: splice(
          source,
          insertions,
          saidLines(report, source, tickedLines(placed, source)),
          context.onlyPicked === true ? pickedLines(report, runbook) : undefined,
        ),
      },
    ];
  },
};

/** Lines (0-based) of the procedures that were picked or touched, and the headings above them; `undefined`: all. */
function pickedLines(
  { started, steps }: RunReport,
  { procedures }: Runbook,
): ((at: number) => boolean) | undefined {
  if (started.procedures.length === 0) return undefined;
  const touched = new Set([
    ...started.procedures,
    ...steps.filter(({ attempts }) => attempts.length > 0).map(({ procedure }) => procedure),
  ]);
  const shown = procedures.filter(({ id }) => touched.has(id));
  if (shown.length === 0) return undefined;
  const headings = new Set(
    procedures
      .filter((one) => shown.some(({ line }) => one.line <= line && line <= one.endLine))
      .map(({ line }) => line),
  );
  return (at) =>
    headings.has(at + 1) ||
    // A blank line behind a heading parts it from the next.
    headings.has(at) ||
    shown.some(({ line, endLine }) => line <= at + 1 && at + 1 <= endLine);
}

type Template = Awaited<ReturnType<RenderContext['template']>>;

interface Templates {
  readonly head: Template;
  readonly step: Template;
  readonly remark: Template;
  readonly foot: Template;
}

async function templatesOf(context: RenderContext): Promise<Templates> {
  const [head, step, remark, foot] = await Promise.all([
    context.template('run-log-head'),
    context.template('run-log-step'),
    context.template('run-log-remark'),
    context.template('run-log-foot'),
  ]);
  return { head, step, remark, foot };
}

function headText(tools: ViewTools, { head, remark }: Templates): string {
  const view = runView(tools.report, tools);
  const remarks = view.remarks.map((each) => remarkLine(each, remark));
  return trimmed(head({ ...view, remarks }));
}

function footText({ report, ...tools }: ViewTools, { foot }: Templates): string {
  const { seal, events, lastEvent, run } = runView(report, tools);
  return trimmed(foot({ seal, events, lastEvent, run }));
}

async function stepInsertion(
  { step, planned, anchor, remarks }: PlacedStep,
  tools: ViewTools,
  templates: Templates,
): Promise<Insertion> {
  const view = await stepView(step, planned, remarks, anchor.named, tools);
  const entries = view.entries.map(({ remark, ...entry }) => ({
    ...entry,
    remark: remark && { line: remarkLine(remark, templates.remark), text: remark.text },
  }));
  const { line, prefix, close } = anchor;
  return { line, prefix, close, text: trimmed(templates.step({ ...view, entries })) };
}

const remarkLine = (view: RemarkView, template: Template): string => trimmed(template(view));

const trimmed = (text: string): string => text.replace(/^\n+|(?<!\n)\n+$/g, '');
