import type { Passage, PlannedStep } from '../model/plan.ts';
import type { FenceExtent, Procedure, Runbook, Step } from '../model/runbook.ts';
import { chainOf, type StepCondition } from '../model/step-condition.ts';
import { freeId, readingStep } from '../reading/reading-step.ts';
import { conditionsOver } from './conditions.ts';
import { isWithin } from './pick-procedures.ts';
import { plannedStep } from './sequence.ts';

/**
 * The steps of a run with everything else that stands under what was picked, once and in order: text between two stops
 * leads to the second, a heading that asks for something and holds no step is a stop of its own, and so is what
 * stands behind the last step. A cleanup comes at the end, out of its place, with all of its own text; a rollback keeps
 * its text to itself. Linear in the text.
 */
export function wholePage(
  runbook: Runbook,
  picked: readonly Procedure[],
  steps: readonly PlannedStep[],
): readonly PlannedStep[] {
  const taken = new Set([...runbook.steps, ...runbook.readings].map(({ id }) => id));
  const stopsOn = (page: Page, phase: PlannedStep['phase']): readonly PlannedStep[] => {
    const own = steps.filter((one) => one.phase === phase && page.isOpen(one.step.line));
    return shownStops({ runbook, page, phase, taken }, own.toSorted(byLine));
  };
  const cleanups = cleanupsOf(runbook, picked).flatMap((one) =>
    stopsOn(pageOf(runbook, [one]), 'cleanup'),
  );
  return [...stopsOn(pageOf(runbook, picked), 'main'), ...cleanups.toSorted(byLine)];
}

/** The cleanups of what was picked; what a way back cleans up is read where that way is gone. */
function cleanupsOf({ procedures }: Runbook, picked: readonly Procedure[]): readonly Procedure[] {
  const later = procedures.filter((one) => isForLater(one, picked));
  return later.filter(
    (one) =>
      one.role === 'cleanup' &&
      (picked.length === 0 || picked.some((outer) => isWithin(one, outer))) &&
      !later.some((outer) => outer.role === 'rollback' && isWithin(one, outer)),
  );
}

/** What is walked through at one time: the page but its cleanups, or one of these. */
interface Stretch {
  readonly runbook: Runbook;
  readonly page: Page;
  readonly phase: PlannedStep['phase'];
  /** Ids that are given to a step or to text already. */
  readonly taken: Set<string>;
}

function shownStops(
  { runbook, page, phase, taken }: Stretch,
  stops: readonly PlannedStep[],
): readonly PlannedStep[] {
  const conditionOver = conditionsOver(runbook, stops);
  const asStop = (step: Step): PlannedStep => ({
    ...plannedStep(step, phase),
    reading: true,
    // Text is read under what is said above it.
    condition: conditionOver(step.line),
  });
  const readings = runbook.readings.filter(({ line }) => page.isOpen(line)).map(asStop);
  const asked = [...stops, ...readings].toSorted(byLine);
  const among = { runbook, page, taken };
  const behind = textBehind(asked, page, conditionOver).map((rest) =>
    asStop(restStep(among, rest, asked)),
  );
  const main = behind.length === 0 ? asked : [...asked, ...behind].toSorted(byLine);
  const whole = withBullets(main, page);
  const isText = new Set(behind);
  const isGated = runbook.kind === 'manual' && phase === 'main';
  const shown = main.map((stop, at): PlannedStep => {
    const before = page.textBefore(stop.step.line, whole[at - 1]);
    const passage = isGated && !isText.has(stop) ? page.passageTo(stop.step, whole[at - 1]) : null;
    const row = stop.reading === true ? '' : rowOf(stop.step, page.lines);
    const lead = joined(before, row);
    const own = { ...stop, step: whole[at] ?? stop.step };
    const inside = stop.reading === true ? '' : insideItem(own, page.lines, innerOf(main, at));
    return {
      ...stop,
      ...(lead === '' ? {} : { lead }),
      ...(passage === null ? {} : { passage: { ...passage, own: joined(passage.own, row) } }),
      ...(inside === '' ? {} : { inside }),
    };
  });
  const last = page
    .rest(whole.at(-1), conditionOver)
    .map((rest) => asStop(restStep(among, rest, main)));
  return [...shown, ...last];
}

type ConditionOver = (line: number) => StepCondition | null;

/**
 * What a section says behind its last step, where that was asked about and the next stop stands under something else:
 * it is read where the section is carried out, and goes with it where not.
 */
function textBehind(
  asked: readonly PlannedStep[],
  page: Page,
  conditionOver: ConditionOver,
): readonly Rest[] {
  const behind = new Set<string>();
  const whole = withBullets(asked, page);
  return asked.flatMap((stop, at) => {
    for (const { id } of chainOf(asked[at - 1]?.condition)) behind.add(id);
    if (behind.size === 0) return [];
    const own = new Set(chainOf(stop.condition).map(({ id }) => id));
    return page
      .partsBefore(stop.step.line, whole[at - 1], conditionOver)
      .filter(({ under }) => behind.has(under) && !own.has(under));
  });
}

const withBullets = (stops: readonly PlannedStep[], { lines }: Page): readonly Step[] =>
  stops.map((stop, at) => withItsBullets(stop, lines, stops[at + 1]?.step.line));

const joined = (...texts: readonly string[]): string =>
  texts.filter((text) => text !== '').join('\n\n');

const byLine = (one: PlannedStep, other: PlannedStep): number => one.step.line - other.step.line;

/**
 * "1) Check it" over bullets that are not indented: markdown sees two lists, and whoever wrote them means one. They are the
 * item's where nothing stands between, where the numbering goes on behind them, or where its words end with a colon.
 */
function withItsBullets(
  { step, by, reading }: PlannedStep,
  lines: readonly string[],
  limit = lines.length + 1,
): Step {
  const number = Number(/^(\d{1,3})[.)][ \t]/.exec(lines[step.line - 1] ?? '')?.[1] ?? Number.NaN);
  if (by !== 'person' || reading === true || Number.isNaN(number)) return step;
  let from = step.endLine;
  while (from < limit - 1 && isBlank(lines[from])) from += 1;
  if (from >= limit - 1 || !BULLET.test(lines[from] ?? '')) return step;
  let end = from + 1;
  let at = end;
  for (; at < limit - 1; at += 1) {
    const line = lines[at] ?? '';
    if (isBlank(line)) continue;
    const goesOn = BULLET.test(line) || /^[ \t]+\S/.test(line);
    if (!goesOn && (isBlank(lines[at - 1]) || !isGoingOn(line))) break;
    end = at + 1;
  }
  const next = Number(/^(\d{1,3})[.)][ \t]/.exec(lines[at] ?? '')?.[1] ?? Number.NaN);
  const isLedTo = LEADS.test(lines[step.endLine - 1] ?? '');
  const isItsOwn = from === step.endLine || next === number + 1 || isLedTo;
  return isItsOwn ? { ...step, endLine: end } : step;
}

/** Words that lead to what stands below them. */
const LEADS = /[:\uFF1A][*_\s]*$/;

const BULLET = /^[-*+][ \t]/;
const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === '';

/** Lines of the stops that stand within a stop. */
function innerOf(main: readonly PlannedStep[], at: number): (line: number) => boolean {
  const end = main[at]?.step.endLine ?? 0;
  const inner = new Set<number>();
  for (let next = at + 1; (main[next]?.step.line ?? Number.POSITIVE_INFINITY) <= end; next += 1) {
    const { line, endLine } = main[next]?.step ?? { line: 0, endLine: -1 };
    for (let own = line; own <= endLine; own += 1) inner.add(own);
  }
  return (line) => inner.has(line);
}

interface Rest {
  /** The id of the innermost condition over it; `''`: there is none. */
  readonly under: string;
  readonly line: number;
  readonly end: number;
  readonly text: string;
}

interface Page {
  readonly lines: readonly string[];
  /** The line stands under what was picked, and not in a part that runs at another time. */
  isOpen(line: number): boolean;
  /** Lines from behind the stop before up to a stop, without those of steps. */
  textBefore(line: number, before: Step | undefined): string;
  /** The same lines by whose text they are; `null`: the stop is of the same procedure as the one before. */
  passageTo(step: Step, before: Step | undefined): Passage | null;
  /** Lines behind the last stop that say something, parted where they are said under something else. */
  rest(last: Step | undefined, conditionOver: ConditionOver): readonly Rest[];
  /** The same of the lines between two stops. */
  partsBefore(
    line: number,
    before: Step | undefined,
    conditionOver: ConditionOver,
  ): readonly Rest[];
}

function pageOf(runbook: Runbook, picked: readonly Procedure[]): Page {
  const lines = runbook.text.split('\n');
  const open = new Uint8Array(lines.length + 2);
  const all = [{ line: firstLine(lines), endLine: lines.length }];
  for (const { line, endLine } of picked.length > 0 ? picked : all)
    open.fill(1, line, Math.min(endLine, lines.length) + 1);
  for (const procedure of runbook.procedures)
    if (isForLater(procedure, picked)) open.fill(0, procedure.line, procedure.endLine + 1);
  const own = Uint8Array.from(open);
  for (const { line, endLine } of unwrapped(runbook)) {
    own[line] = 0;
    own[endLine] = 0;
  }
  for (const step of runbook.steps) {
    own.fill(0, step.line, step.endLine + 1);
    if (step.expectation !== null)
      own.fill(0, step.endLine + 1, endOfExpectation(step.expectation.line, lines) + 1);
  }
  const between = (from: number, to: number): readonly number[] => {
    const found: number[] = [];
    for (let line = Math.max(1, from); line <= to; line += 1) if (own[line] === 1) found.push(line);
    return found;
  };
  const linesBefore = (line: number, before: Step | undefined): readonly number[] =>
    between(before === undefined ? 1 : before.endLine + 1, line - 1);
  const procedureOf = new Map(runbook.procedures.map((one) => [one.id, one]));
  return {
    lines,
    isOpen: (line) => open[line] === 1,
    textBefore: (line, before) => textOf(linesBefore(line, before), lines),
    passageTo(step, before) {
      if (step.procedure === before?.procedure) return null;
      const numbers = linesBefore(step.line, before);
      const begins = procedureOf.get(step.procedure)?.line ?? step.line;
      const ends = Math.min(
        procedureOf.get(before?.procedure ?? '')?.endLine ?? 0,
        step.line,
        begins - 1,
      );
      return {
        behind: textOf(
          numbers.filter((at) => at <= ends),
          lines,
        ),
        between: textOf(
          numbers.filter((at) => at > ends && at < begins),
          lines,
        ),
        own: textOf(
          numbers.filter((at) => at >= begins),
          lines,
        ),
      };
    },
    rest: (last, conditionOver) =>
      partsOf(linesBefore(lines.length + 1, last), lines, conditionOver),
    partsBefore: (line, before, conditionOver) =>
      partsOf(linesBefore(line, before), lines, conditionOver),
  };
}

function partsOf(
  numbers: readonly number[],
  lines: readonly string[],
  conditionOver: ConditionOver,
): readonly Rest[] {
  const parts: { readonly under: string; readonly numbers: number[] }[] = [];
  for (const line of numbers) {
    const under = conditionOver(line)?.id ?? '';
    const part = parts.at(-1);
    if (part?.under === under) part.numbers.push(line);
    else parts.push({ under, numbers: [line] });
  }
  return parts.flatMap(({ under, numbers: own }) => {
    const said = own.filter((line) => SAYS.test(lines[line - 1] ?? ''));
    const [first] = said;
    const text = textOf(own, lines);
    return first === undefined ? [] : [{ under, line: first, end: said.at(-1) ?? first, text }];
  });
}

/** Fences around runbooks that are read as part of the page: what is in them is its text, and their own lines are none. */
function unwrapped({ fences, procedures }: Runbook): readonly FenceExtent[] {
  const nested = procedures.filter((one) => one.nested);
  if (nested.length === 0) return [];
  return fences.filter(({ line, endLine }) =>
    nested.some((one) => line < one.line && one.line < endLine),
  );
}

/** A line that is more than a heading, a rule, a comment, a definition or nothing. */
const SAYS = /^(?!\s*(?:#{1,6}\s|<!--|\[[^\]]+\]:\s|[-*_=]{3,}\s*$|$))[^\p{L}\p{N}]*[\p{L}\p{N}]/u;

/** A step that is a row of a table, as a table of that row: its limits stand under their names. */
function rowOf({ line, endLine }: Step, lines: readonly string[]): string {
  const row = lines[line - 1] ?? '';
  if (line !== endLine || !/^\s*\|/.test(row)) return '';
  let rule = line - 2;
  while (rule > 0 && /^\s*\|/.test(lines[rule] ?? '') && !isTableRule(lines[rule] ?? '')) rule -= 1;
  if (rule < 1 || !isTableRule(lines[rule] ?? '')) return '';
  return [lines[rule - 1], lines[rule], row].join('\n');
}

/** The line between a table's header and its rows. */
const isTableRule = (line: string): boolean => /^[\s|:-]+$/.test(line) && line.includes('---');

function isForLater(procedure: Procedure, picked: readonly Procedure[]): boolean {
  if (procedure.role !== 'rollback' && procedure.role !== 'cleanup') return false;
  return !picked.some((one) => isWithin(one, procedure));
}

/** The first line behind the frontmatter. */
function firstLine(lines: readonly string[]): number {
  if (lines[0]?.trim() !== '---') return 1;
  const end = lines.indexOf('---', 1);
  return end < 0 ? 1 : end + 2;
}

/** The last line of the fence that opens on a line; of another block, that line. */
function endOfExpectation(line: number, lines: readonly string[]): number {
  const fence = /^[\s>]*(`{3,}|~{3,})/.exec(lines[line - 1] ?? '')?.[1];
  if (fence === undefined) return line;
  for (let at = line; at < lines.length; at += 1) {
    const text = (lines[at] ?? '').replace(/^[\s>]+/, '');
    if (text.startsWith(fence) && text.replaceAll(fence[0] ?? '', '').trim() === '') return at + 1;
  }
  return lines.length;
}

/** A table whose rows are steps leaves its header behind, which leads to nothing. */
function textOf(numbers: readonly number[], lines: readonly string[]): string {
  const text = numbers.map((line) => lines[line - 1] ?? '');
  while (text.length > 0 && text.at(-1)?.trim() === '') text.pop();
  if (isTableRule(text.at(-1) ?? '') && (text.at(-2) ?? '').includes('|')) text.splice(-2);
  while (text.length > 0 && text[0]?.trim() === '') text.shift();
  return text.join('\n').trimEnd();
}

function restStep(
  { runbook, page, taken }: Omit<Stretch, 'phase'>,
  { line, end, text }: Rest,
  stops: readonly PlannedStep[],
): Step {
  const { procedures } = runbook;
  const under = (at: number): Procedure | undefined =>
    procedures.findLast((one) => one.line <= at && at <= one.endLine);
  const first = under(line);
  const isOne = first === under(end);
  const around = procedures.findLast((one) => one.line <= line && end <= one.endLine);
  const last = stops.findLast(({ step }) => step.line < line);
  const isLasts = first?.id === last?.step.procedure;
  const title =
    !isOne || first === undefined ? REST : isLasts ? `After “${first.title}”` : first.title;
  const free = freeId('read-the-rest', taken);
  taken.add(free);
  return { ...readingStep(free, title, around, { line, end }, page.lines), text };
}

const REST = 'The rest of the page';

/**
 * What stands in the list item of a step behind its first paragraph, with the paragraph's own links in front, as
 * markdown without the item's indentation: more paragraphs, lists, tables, code that is not run. Lines of the steps
 * that stand within it are left to their own stops. `''`: the paragraph is all of it, or the step is no item.
 */
function insideItem(
  { by, step: { line, endLine } }: PlannedStep,
  lines: readonly string[],
  isAnothers: (line: number) => boolean,
): string {
  const first = lines[line - 1] ?? '';
  const marker = by === 'person' ? MARKER.exec(first)?.[0] : undefined;
  if (marker === undefined) return '';
  let at = line + 1;
  let paragraph = first.slice(marker.length);
  for (; at <= endLine && isGoingOn(lines[at - 1] ?? ''); at += 1)
    paragraph += `\n${lines[at - 1] ?? ''}`;
  const behind: string[] = [];
  // Bullets that are the item's without being indented have an indentation of their own.
  const isFlat = BULLET.test(lines.slice(at - 1, endLine).find((text) => !isBlank(text)) ?? '');
  const columns = isFlat ? 0 : marker.length;
  for (; at <= endLine; at += 1)
    if (!isAnothers(at)) behind.push(withoutIndent(lines[at - 1] ?? '', columns));
  const links = (paragraph.match(LINKS) ?? []).map((link) => `- ${link}`);
  return [links.join('\n'), trimmed(behind)].filter((text) => text !== '').join('\n\n');
}

/** The marker of a list item, in a quote as well. */
const MARKER = /^[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/;
const LINKS = /\[[^[\]\n]+\]\([^()\n]+\)|<https?:[^<>\s]+>/g;

/** The line belongs to the paragraph above it: it is not blank and begins no other block. */
const isGoingOn = (line: string): boolean =>
  !/^[\s>]*(?:$|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|\||<|#{1,6}[ \t])/.test(line) &&
  !/^\s*>/.test(line);

/** Without as much of the item's indentation, or of its quote, as there is. */
function withoutIndent(line: string, columns: number): string {
  let at = 0;
  while (at < columns && /[\s>]/.test(line[at] ?? '')) at += 1;
  // A quote of the item's own begins where its text does.
  const mark = line.slice(0, at).lastIndexOf('>');
  return mark >= 0 && line.slice(0, mark).trim() === '' && mark >= columns - 1
    ? line.slice(mark)
    : line.slice(at);
}

function trimmed(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.trim() !== '');
  return from < 0 ? '' : lines.slice(from).join('\n').trimEnd();
}
