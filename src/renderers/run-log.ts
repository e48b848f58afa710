import type { RenderContext, Renderer } from '../engine/contracts/renderer.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { RENDERED } from '../engine/record/files.ts';
import { fence } from './formats/fence.ts';
import { type PlacedStep, placeSteps, saidLines, tickedLines } from './formats/placed-steps.ts';
import type { RemarkView } from './formats/remark-view.ts';
import { runView } from './formats/run-view.ts';
import { type SourceLines, takeApart } from './formats/source-lines.ts';
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

/** Text that is put into a source, after a line (0: before everything but the frontmatter). */
interface Insertion {
  readonly line: number;
  /** What its lines begin with, so that it stands in the same list item or quote as that line. */
  readonly prefix: string;
  /** Markdown, LF line ends, no blank lines around it. */
  readonly text: string;
  /** Stands directly under its line, without a blank one between. */
  readonly close: boolean;
}

/**
 * The source with its insertions, each in a block quote: no inserted line can begin anything else, and a reader sees
 * at a glance which words are the record's. Every line of the source stays as it is, but for `changed` ones (0-based), and
 * those that are not `kept` (0-based), which are left out; without it all are kept.
 */
function splice(
  source: SourceLines,
  insertions: readonly Insertion[],
  changed: ReadonlyMap<number, string>,
  kept?: (at: number) => boolean,
): string {
  const { lines, ends, eol, bom } = source;
  const byLine = new Map<number, Insertion[]>();
  for (const insertion of insertions) {
    const line = insertion.line === 0 ? source.frontmatterLines : insertion.line;
    byLine.set(line, [...(byLine.get(line) ?? []), insertion]);
  }
  const out: string[] = [bom];
  const unclosed = new Map(
    source.fences.filter(({ closed }) => !closed).map((open) => [open.endLine, open]),
  );
  const put = (at: number, above: string): void => {
    const here = byLine.get(at);
    const open = unclosed.get(at);
    const closing = [
      ...(open ? [`${open.prefix}${open.mark}`] : []),
      ...(at === lines.length && source.openHtml !== '' ? [source.openHtml] : []),
    ];
    // What nobody closed is closed where its author meant it to end: nothing else is put into it.
    if (here || open) out.push(...closing.map((line) => line + eol));
    if (here) out.push(inserted(here, closing.at(-1) ?? above, lines[at], eol));
  };
  put(0, '');
  for (const [at, line] of lines.entries()) {
    const isLast = at === lines.length - 1;
    const end = ends[at] ?? (isLast && (byLine.has(at + 1) || unclosed.has(at + 1)) ? eol : '');
    if (kept === undefined || kept(at)) out.push(changed.get(at) ?? line, end);
    put(at + 1, line);
  }
  return out.join('');
}

function inserted(
  here: readonly Insertion[],
  above: string,
  below: string | undefined,
  eol: string,
): string {
  const out: string[] = [];
  let previous: Insertion | undefined;
  for (const insertion of here) {
    const together = previous !== undefined && previous.prefix === insertion.prefix;
    if (together) out.push(`${insertion.prefix}>`);
    else if (previous || (!insertion.close && above.trim() !== ''))
      out.push(blankIn(insertion.prefix));
    out.push(...insertion.text.split('\n').map((line) => quoted(line, insertion.prefix)));
    previous = insertion;
  }
  if (below !== undefined && !/^\s*(?:$|[-*+]\s|\d{1,9}[.)]\s)/.test(below) && previous)
    out.push(blankIn(previous.prefix));
  else if (below !== undefined && below.trim() !== '' && previous && !previous.close)
    out.push(blankIn(previous.prefix));
  return out.map((line) => line + eol).join('');
}

const quoted = (line: string, prefix: string): string =>
  line === '' ? `${prefix}>` : `${prefix}> ${line}`;

/** A blank line that stays in the quotes around, and leaves the list item's indentation off. */
const blankIn = (prefix: string): string => prefix.replace(/(?<!\s)\s+$/, '');
