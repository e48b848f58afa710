import { withoutItem } from '../../engine/model/each.ts';
import { withoutHost } from '../../engine/model/place.ts';
import type { Remark, RunReport, StepReport } from '../../engine/model/report.ts';
import type { Runbook, Step } from '../../engine/model/runbook.ts';
import { sayInMarkdown } from '../../engine/model/said-values.ts';
import { type Anchor, anchorOf, setBox } from './anchor.ts';
import { inline } from './inline.ts';
import { fenceAround, type SourceLines } from './source-lines.ts';

/** A step that ran, or was to, with its place in the source and what was said at it. */
export interface PlacedStep {
  readonly step: StepReport;
  /** The runbook's own step; a linked runbook's steps have none. */
  readonly planned: Step | undefined;
  readonly anchor: Anchor;
  readonly remarks: readonly Remark[];
}

/** Finds each step's place: its own block, or the link that brought it in, or the end. */
export function placeSteps(
  report: RunReport,
  runbook: Runbook,
  source: SourceLines,
): readonly PlacedStep[] {
  const byId = new Map(runbook.steps.map((step) => [step.id, step]));
  const ownLines = new Set(runbook.steps.map((step) => step.line));
  const byLine = new Map(runbook.steps.map((step) => [step.line, step]));
  const remarks = placeRemarks(report);
  return inOrderOfTime(report.steps).map((step) => {
    const own = withoutHost(withoutItem(step.id));
    const planned = byId.get(step.id) ?? renamed(step, own, byId, byLine);
    const at = step.own ? byLine.get(step.line) : undefined;
    const root = planned ?? byId.get(own) ?? linkOf(own, byId) ?? at;
    const anchor = root ? anchorOf(root, source, ownLines) : atTheEnd(source);
    return {
      step,
      planned,
      anchor: planned ? anchor : { ...anchor, named: true },
      remarks: remarks.get(step.id) ?? [],
    };
  });
}

/** A step whose id was made otherwise when it ran: it stands on its line, and nothing else has its id. */
function renamed(
  step: StepReport,
  own: string,
  byId: ReadonlyMap<string, Step>,
  byLine: ReadonlyMap<number, Step>,
): Step | undefined {
  if (step.own || step.id !== own || linkOf(step.id, byId) !== undefined) return undefined;
  const there = byLine.get(step.line);
  return there?.type === step.type && there.procedure === step.procedure ? there : undefined;
}

/** Commands of the operator's own stand before the step that ended after them: both are told at the same place. */
function inOrderOfTime(steps: readonly StepReport[]): readonly StepReport[] {
  const own = steps.filter((step) => step.own);
  if (own.length === 0) return steps;
  const began = (step: StepReport): string => step.attempts[0]?.startedAt ?? '';
  const taken = new Set<StepReport>();
  const before = (step: StepReport): readonly StepReport[] => {
    const found = own.filter(
      (one) => one.line === step.line && !taken.has(one) && began(one) < began(step),
    );
    for (const one of found) taken.add(one);
    return found;
  };
  const placed = steps.filter((step) => !step.own).flatMap((step) => [...before(step), step]);
  return [...placed, ...own.filter((one) => !taken.has(one))];
}

/** Source lines (0-based) whose box is set by what happened: ticked when all that stands under it was done. */
export function tickedLines(
  placed: readonly PlacedStep[],
  source: SourceLines,
): ReadonlyMap<number, string> {
  const boxes = new Map<number, boolean>();
  for (const { step, anchor } of placed) {
    if (anchor.box > 0) boxes.set(anchor.box, (boxes.get(anchor.box) ?? true) && isDone(step));
  }
  const changed = new Map<number, string>();
  for (const [line, done] of boxes)
    changed.set(line - 1, setBox(source.lines[line - 1] ?? '', done));
  return changed;
}

/** Source lines (0-based) whose words name inputs, with the values that the run had; fences stay as they are. */
export function saidLines(
  report: RunReport,
  source: SourceLines,
  changed: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const values = new Map(
    report.inputs.map(({ name, value, secret }) => [name, { value: value ?? '', secret }]),
  );
  if (values.size === 0) return changed;
  const said = new Map(changed);
  for (const [at, written] of source.lines.entries()) {
    const line = changed.get(at) ?? written;
    if (!line.includes('{{') || at < source.frontmatterLines) continue;
    if (/^\s*<!--/.test(line) || fenceAround(source, at + 1) !== undefined) continue;
    said.set(
      at,
      sayInMarkdown(line, (name) => values.get(name), inline),
    );
  }
  return said;
}

/** Whether a step counts as carried out. */
function isDone(step: StepReport): boolean {
  return (
    step.outcome === 'passed' ||
    step.outcome === 'confirmed' ||
    (step.outcome === 'unknown' && step.resolution?.outcome === 'done')
  );
}

/** The step that links to the runbook a step comes from: its id stands in front, with `/`. */
function linkOf(id: string, byId: ReadonlyMap<string, Step>): Step | undefined {
  for (let slash = id.indexOf('/'); slash > 0; slash = id.indexOf('/', slash + 1)) {
    const root = byId.get(id.slice(0, slash));
    if (root) return root;
  }
  return undefined;
}

function atTheEnd(source: SourceLines): Anchor {
  return { line: source.lines.length, prefix: '', close: false, named: true, box: 0 };
}

/** What was said of the request that the run carries out stands in front of it. */
function isOfWholeRun({ event, stepId }: Remark): boolean {
  const { type } = event;
  if (type === 'request.received') return true;
  return stepId === null && (type === 'approval.granted' || type === 'approval.refused');
}

/** Remarks by step id. What was said at no step in particular stands at the step that had been started last. */
export function placeRemarks(report: RunReport): ReadonlyMap<string, readonly Remark[]> {
  const starts = report.steps
    .flatMap((step) => step.attempts.map((attempt) => ({ id: step.id, at: attempt.startedAt })))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const ids = new Set(report.steps.map((step) => step.id));
  const byStep = new Map<string, Remark[]>();
  for (const remark of report.remarks) {
    if (isOfWholeRun(remark)) continue;
    const own = remark.stepId !== null && ids.has(remark.stepId) ? remark.stepId : undefined;
    const id = own ?? starts.findLast((start) => start.at <= remark.at)?.id;
    if (id !== undefined) byStep.set(id, [...(byStep.get(id) ?? []), remark]);
  }
  return byStep;
}
