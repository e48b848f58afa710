import type { Situation } from '../../engine/contracts/operator.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import { formatDuration } from '../../text/duration.ts';
import { screenLine } from '../screen/safe-text.ts';
import { type Canvas, clip, clockSpan, facts, fold, numbered, rule, spread } from './canvas.ts';
import { partText } from './part-text.ts';

/** What is known about a step beyond the situation. */
export interface StepLore {
  readonly host: string;
  readonly user: string;
  /** The markdown that leads to the step. */
  readonly lead: string;
  /** Such as `2 s     last run: ok yesterday, asmith`; `''` when it never ran. */
  readonly usually: string;
  readonly inputs: readonly (readonly [name: string, value: string])[];
  /** Commands that stand in the step's own words, such as a checklist item's. */
  readonly codes: readonly string[];
  /** The part of its fence that comes next (from 0); absent or `null`: the fence has no parts. */
  readonly part?: number | null;
  /** Parts that have passed. */
  readonly passed?: ReadonlySet<number>;
}

const MAX_CODE_LINES = 40;
const MAX_LEAD_LINES = 14;
const AHEAD = 3;

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  none: 'changes nothing',
  reads: 'read only',
  writes: 'writes',
  destroys: 'DESTRUCTIVE',
  asks: 'done by you',
};

/** Everything a person needs to decide about one step. */
export function stepScreen(
  situation: Situation,
  lore: StepLore,
  canvas: Canvas,
): readonly string[] {
  return canvas.plain ? plainStep(situation, lore, canvas) : drawnStep(situation, lore, canvas);
}

/** The lines on top of every screen: where we are. */
export function headLines(situation: Situation, user: string, canvas: Canvas): readonly string[] {
  if (canvas.plain) return [''];
  const { plan, position, elapsedMs, run } = situation;
  const left = `${clip(basename(plan.runbook.path), Math.max(10, canvas.width - 58))}   step ${position}/${plan.steps.length}   ${clockSpan(elapsedMs)} elapsed${budget(situation)}`;
  return [
    '',
    canvas.style('dim', spread(left, `run ${shortRun(run)}   ${user}`, canvas.width)),
    rule(canvas),
  ];
}

/** The beginning of a run id that a person can read out: `0193-7f2a`. */
export const shortRun = (run: string): string => `${run.slice(0, 8)}…${run.slice(-4)}`;

/** A step is dangerous when it destroys, or when its author wants it confirmed. */
export function needsApproval({ step }: PlannedStep): boolean {
  return step.effect === 'destroys' || step.annotations.confirm === true;
}

/** What a person types to approve a step that destroys. */
export function approvalWord({ step }: PlannedStep): string {
  const target = step.shell?.target.trim() ?? '';
  const isTypable = target !== '' && target.length <= 60 && screenLine(target) === target;
  return isTypable ? target : step.id;
}

export function effectWord(effect: Effect): string {
  return EFFECT_WORDS[effect];
}

function drawnStep(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const { planned, position } = situation;
  const { step } = planned;
  const tags = `${effectWord(step.effect)}  ${step.type}  ${lore.host}`;
  const title = headings(`## ${position}. ${step.title}`, tags, canvas.width);
  const tone = needsApproval(planned) ? 'bad' : 'strong';
  return [
    ...headLines(situation, lore.user, canvas),
    ...wayLine(situation, canvas),
    ...trailLine(situation, canvas),
    ...title.map((line) => canvas.style(tone, line)),
    '',
    ...leadLines(lore, canvas),
    ...bodyLines(situation, lore, canvas),
    ...factLines(situation, lore, canvas),
    '',
  ];
}

/** A title with what kind of step it is: on one line, or the kind below where the screen is narrow. */
function headings(title: string, tags: string, width: number): readonly string[] {
  if (title.length + tags.length + 3 <= width || width >= 60) return [spread(title, tags, width)];
  return [...fold(title, width), clip(`   ${tags}`, width)];
}

function wayLine(
  { plan, position, outcomes }: Situation,
  { width, style }: Canvas,
): readonly string[] {
  const done = plan.steps
    .slice(0, position - 1)
    .map(({ id }, at) => `${at + 1} ${shortOutcome(outcomes.get(id))}`);
  const next = plan.steps
    .slice(position, position + AHEAD)
    .map(
      (planned, at) =>
        `${position + at + 1} ${clip(planned.step.title, 18)}${needsApproval(planned) ? ' (!)' : ''}`,
    );
  const shown = done.length > 6 ? `… ${done.slice(-6).join('  ')}` : done.join('  ');
  const left = shown === '' ? '' : `done  ${shown}`;
  const right = next.length === 0 ? 'last step' : `next  ${next.join('  ')}`;
  if (left === '') return [style('dim', clip(right, width))];
  return left.length + right.length + 3 <= width
    ? [style('dim', spread(left, right, width))]
    : [style('dim', clip(left, width)), style('dim', clip(right, width))];
}

function trailLine({ plan, planned }: Situation, { width, style }: Canvas): readonly string[] {
  const procedure = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
  const trail = procedure?.trail ?? [];
  if (trail.length === 0) return [''];
  return [style('dim', clip(trail.join(' > '), width)), ''];
}

function leadLines({ lead }: StepLore, canvas: Canvas): readonly string[] {
  if (lead.trim() === '') return [];
  const lines = canvas.prose(lead, canvas.width);
  if (lines.length === 0) return [];
  const rest = lines.length - MAX_LEAD_LINES;
  const shown = rest > 0 ? [...lines.slice(-MAX_LEAD_LINES)] : lines;
  return rest > 0 ? [`  (${rest} lines above: ? shows them)`, ...shown, ''] : [...shown, ''];
}

function bodyLines(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  if (situation.planned.step.effect === 'asks')
    return fold(situation.planned.step.text, canvas.width, '  ');
  return numbered(shownText(situation, lore), canvas, { most: MAX_CODE_LINES });
}

/** The whole fence at first; once parts of it have run, the part that comes next. */
function shownText(situation: Situation, { part, passed }: StepLore): string {
  const isUnderWay = part != null && (passed?.size ?? 0) > 0;
  return isUnderWay ? partText(situation, part) : situation.text;
}

function partsLine({ planned }: Situation, { part, passed }: StepLore): string {
  if (part == null) return '';
  const titles = planned.step.parts.map(({ title }, at) => {
    const mark = passed?.has(at) ? ' (ok)' : at === part ? ' (next)' : '';
    return `${at + 1} ${title}${mark}`;
  });
  return titles.join('   ');
}

function factLines(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const rows = factRows(situation, lore);
  return rows.length === 0 ? [] : ['', ...facts(rows, canvas)];
}

function factRows(situation: Situation, lore: StepLore): readonly (readonly [string, string])[] {
  const { planned, cwd, plan, tries } = situation;
  const { step } = planned;
  const inputs = lore.inputs.map(([name, value]) => `${name}=${value}`).join('   ');
  const rows: (readonly [string, string])[] = [
    ['parts', partsLine(situation, lore)],
    ['inputs', inputs],
    ['does', step.effect === 'destroys' ? step.effectWhy : ''],
    ['expect', expected(planned)],
    ['in', cwd === plan.runbook.folder ? '' : cwd],
    ['timeout', step.annotations.timeout ? formatDuration(step.annotations.timeout) : ''],
    ['usually', lore.usually],
    ['note', step.inferred ? 'no language was given: read it before you run it' : ''],
    ['tries', tries > 0 ? String(tries) : ''],
    ['from', planned.from?.path ?? ''],
  ];
  return rows.filter(([, value]) => value !== '');
}

function expected({ step }: PlannedStep): string {
  const codes = step.annotations.exit;
  const exit = codes ? `exit ${codes.join(' or ')}` : '';
  const output = step.expectation
    ? `output as on line ${step.expectation.line} (${step.expectation.match})`
    : '';
  return [exit, output].filter((part) => part !== '').join(', ');
}

function plainStep(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const { planned, position, plan } = situation;
  const { step } = planned;
  const text = shownText(situation, lore);
  const say = (sentence: string): readonly string[] => fold(sentence, canvas.width);
  const count = text.replace(/\n$/, '').split('\n').length;
  return [
    '',
    ...say(
      `Step ${position} of ${plan.steps.length}. ${step.title}. Type: ${step.type}. Effect: ${effectWord(step.effect)}. Host: ${lore.host}.`,
    ),
    ...(lore.lead.trim() === '' ? [] : canvas.prose(lore.lead, canvas.width)),
    ...(step.effect === 'asks'
      ? say(step.text)
      : [`Command, ${count} ${count === 1 ? 'line' : 'lines'}:`, ...numberless(text, canvas)]),
    ...factRows(situation, lore).flatMap(([label, value]) => say(`${capital(label)}: ${value}.`)),
  ];
}

function numberless(text: string, canvas: Canvas): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .slice(0, MAX_CODE_LINES)
    .flatMap((line) => (line === '' ? [''] : fold(line, canvas.width)));
}

function budget({ plan, planned }: Situation): string {
  const procedure = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
  return procedure?.budgetMs ? ` of ${formatDuration(procedure.budgetMs)}` : '';
}

function shortOutcome(outcome: string | undefined): string {
  const words: Readonly<Record<string, string>> = {
    passed: 'ok',
    confirmed: 'ok',
    'not-applicable': 'n/a',
    failed: 'FAILED',
    'timed-out': 'FAILED',
  };
  return outcome === undefined ? '-' : (words[outcome] ?? outcome);
}

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
