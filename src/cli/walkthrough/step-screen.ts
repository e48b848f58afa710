import { commandText } from '../../engine/checks/rule.ts';
import type { Situation } from '../../engine/contracts/operator.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import type { Step, StepPart } from '../../engine/model/runbook.ts';
import { conditionWords } from '../../engine/model/step-condition.ts';
import { transcriptOf } from '../../engine/running/judge.ts';
import { shellFacts } from '../../engine/shell/facts.ts';
import { linesBetween } from '../../engine/shell/statement-lines.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted, toneOf } from '../progress/words.ts';
import { clipStart, displayWidth, pad } from '../screen/layout.ts';
import { outcomeMark } from '../screen/marks.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Tone } from '../screen/style.ts';
import {
  type Canvas,
  capital,
  clip,
  FACT_INDENT,
  facts,
  fold,
  isTooLong,
  numbered,
  rule,
  sentences,
  sideWidth,
  spread,
} from './canvas.ts';
import { countedTitle } from './counted-title.ts';
import { partText, triesHere } from './part-text.ts';

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
  /** Planned ids of steps of which something else ran than the page says. */
  readonly instead?: ReadonlySet<string>;
  /** Ids of conditions that the person was asked about in this sitting. */
  readonly judged?: ReadonlySet<string>;
  /** The part of its fence that comes next (from 0); absent or `null`: the fence has no parts. */
  readonly part?: number | null;
  /** Parts that have passed. */
  readonly passed?: ReadonlySet<number>;
  /** Lines that the keys take below the stop. */
  readonly keyLines?: number;
}

const MAX_CODE_LINES = 40;
const MOST_PARTS_LINES = 2;
/** A narrower screen has no room for who and which run on its first line. */
const NARROW = 60;
const LEAST_CODE_LINES = 3;
/** Blank lines around the code and the facts, the clocks and the prompt. */
const AROUND = 5;

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  none: 'changes nothing',
  reads: 'read only',
  writes: 'writes',
  destroys: 'DESTRUCTIVE',
  asks: 'done by you',
};

/** Everything a person needs to decide about one step; in plain words with the text that leads to it, else that stands above. */
export function stepScreen(
  situation: Situation,
  lore: StepLore,
  canvas: Canvas,
): readonly string[] {
  return canvas.plain ? plainStep(situation, lore, canvas) : drawnStep(situation, lore, canvas);
}

/** The lines on top of every stop: where we are, what was done and what comes. */
export function headLines(
  situation: Situation,
  { user, instead }: Pick<StepLore, 'user' | 'instead'>,
  canvas: Canvas,
): readonly string[] {
  if (canvas.plain) return [''];
  const { plan, position, run } = situation;
  const { width, style } = canvas;
  // Steps of a rollback stand in no plan.
  const at = position === 0 ? 'roll back' : `step ${position}/${plan.steps.length}`;
  const name = clip(basename(plan.runbook.path), Math.max(10, width - 48));
  return [
    '',
    rule(canvas),
    style(
      'dim',
      spread(`${name}   ${at}`, width < NARROW ? '' : `run ${shortRun(run)}   ${user}`, width),
    ),
    ...wayLine(situation, instead, canvas),
  ];
}

/** The beginning of a run id that a person can read out: `0193-7f2a`. */
export const shortRun = (run: string): string => `${run.slice(0, 8)}…${run.slice(-4)}`;

/** What a person types to approve a step that destroys: its targets with their values, as it would run, or its name. */
export function approvalWords({
  planned: { step },
  text,
}: Pick<Situation, 'planned' | 'text'>): readonly string[] {
  const targets = step.shell === undefined ? [] : shellFacts(text).targets.filter(typable);
  return targets.length > 0 ? targets : [step.id.slice(step.id.lastIndexOf('/') + 1)];
}

/** Whether a target is a word that a person can type, and that names something. */
export function typable(text: string): boolean {
  const target = text.trim();
  return (
    target !== '' &&
    !target.includes('***') &&
    // A part of a pipeline names nothing.
    !OPERATORS.some((operator) => target.includes(operator)) &&
    target.length <= 60 &&
    screenLine(target) === target
  );
}

const OPERATORS = ['|', '&', ';', '<', '>', '`'];

export function effectWord(effect: Effect): string {
  return EFFECT_WORDS[effect];
}

function drawnStep(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  return [
    ...headLines(situation, lore, canvas),
    ...titleLines(situation, lore, canvas),
    ...apart(bodyLines(situation, lore, canvas)),
    ...factLines(situation, lore, canvas),
    '',
  ];
}

/** One mark a stop that is behind us, and what comes, as much of it as fits. */
function wayLine(
  { plan, position, outcomes }: Situation,
  instead: StepLore['instead'],
  { width, style, marks }: Canvas,
): readonly string[] {
  // A rollback stands in no plan: nothing of that comes next.
  if (position === 0) return [];
  const most = Math.max(4, Math.floor(width / 4));
  const first = Math.max(0, position - 1 - most);
  const strip = plan.steps.slice(first, position - 1).map(({ id }) => {
    const outcome = outcomes.get(id);
    const mark = outcomeMark(outcome, marks, instead?.has(id));
    return style(mark === marks.partly ? 'careful' : toneOf(outcome ?? null), mark);
  });
  const shown = `${first > 0 ? '…' : ''}${strip.join('')}${style('here', marks.here)}`;
  const taken = strip.length + 1 + (first > 0 ? 1 : 0) + 3;
  return [
    `${shown}   ${style('dim', nextInWords(plan.steps.slice(position), position, width - taken))}`,
  ];
}

function nextInWords(next: readonly PlannedStep[], position: number, room: number): string {
  if (next.length === 0) return 'last step';
  let words = 'next ';
  for (const [at, planned] of next.entries()) {
    const mark = planned.needsApproval ? ' (!)' : '';
    const entry = ` ${countedTitle(position + at + 1, screenLine(planned.step.title), '')}${mark}`;
    if (at > 0 && displayWidth(words) + displayWidth(entry) + 1 > room) break;
    words += at > 0 ? ` ${entry}` : entry;
  }
  return clip(words, Math.max(8, room));
}

/** What the stop is, and what it does to the world; where it stands on the page below. */
function titleLines(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const { planned, position } = situation;
  const { step } = planned;
  const tone = planned.needsApproval ? 'bad' : 'strong';
  const tags = tagsOf(planned, lore);
  const title = countedTitle(position, step.title);
  const head = titled({ title, tone }, { tags, tone: effectTone(planned) }, canvas);
  return [...head, ...trailLine(situation, canvas)];
}

/** A title with what it is at the end of its line; where both do not fit, the title is whole and the other below it. */
export function titled(
  { title, tone }: { readonly title: string; readonly tone: Tone },
  aside: { readonly tags: string; readonly tone: Tone },
  canvas: Canvas,
): readonly string[] {
  const { tags } = aside;
  const isNarrow = displayWidth(title) + displayWidth(tags) + 3 > canvas.width;
  return isNarrow
    ? [
        ...fold(title, canvas.width).map((line) => canvas.style(tone, line)),
        canvas.style(aside.tone, clip(`   ${tags}`, canvas.width)),
      ]
    : [
        `${canvas.style(tone, pad(screenLine(title), sideWidth(canvas.width, [title], [tags]) - displayWidth(tags)))}${canvas.style(aside.tone, tags)}`,
      ];
}

function tagsOf({ step, reading }: PlannedStep, { codes, host }: StepLore): string {
  if (reading === true)
    return `READ   ${codes.length === 0 ? 'no command' : counted(codes.length, 'command')} in it`;
  return `${effectWord(step.effect)}  ${step.type}  ${host}`;
}

export function effectTone(planned: PlannedStep): Tone {
  if (planned.needsApproval || planned.step.effect === 'destroys') return 'bad';
  if (planned.step.effect === 'writes') return 'careful';
  return planned.by === 'person' ? 'note' : 'dim';
}

/** Headings above the step, the nearest of them whole: what is cut is cut at the front. One that is its title is no news. */
function trailLine({ plan, planned }: Situation, canvas: Canvas): readonly string[] {
  const procedure = plan.runbook.procedures.find(({ id }) => id === planned.step.procedure);
  const trail = procedure?.trail ?? [];
  const isTitle = planned.reading === true || trail.at(-1) === planned.step.title;
  const shown = isTitle ? trail.slice(0, -1) : trail;
  if (shown.length === 0) return [];
  const { width, style } = canvas;
  return [style('dim', clipStart(`   ${shown.map(screenLine).join(' > ')}`, width))];
}

function bodyLines(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const { step, reading, by, inside = '' } = situation.planned;
  if (reading === true || by === 'person') {
    const text = reading !== true && saysNoMore(situation.planned) ? '' : step.text;
    return canvas.prose([text, inside].filter((part) => part !== '').join('\n\n'), canvas.width);
  }
  const most = mostCodeLines(situation, lore, canvas);
  const rest = '+ shows all';
  const text = shownText(situation, lore);
  const { language } = step;
  return numbered(text, canvas, { most, language, rest, spare: spareLines(text, step) });
}

/** What runs is seen first: its comments go where there is no room for both, and so do blank lines. */
function spareLines(text: string, { shell }: Step): ReadonlySet<number> {
  if (shell !== undefined) return linesBetween(text);
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !/^\s*(?:(?:--|#).*)?$/.test(line));
  return new Set(lines.slice(0, Math.max(0, first)).keys());
}

/** What stands in the step's list item behind its first paragraph, set for so many columns. */
export function insideLines(
  { inside = '' }: PlannedStep,
  canvas: Canvas,
  columns: number,
): readonly string[] {
  return inside === '' ? [] : canvas.prose(inside, columns);
}

/** An instruction of one sentence is its own title. */
const saysNoMore = ({ by, step: { text, title } }: PlannedStep): boolean =>
  by === 'person' && bareWords(text) === bareWords(title);

const bareWords = (text: string): string => text.replaceAll(/[*_`.:：。]/g, '').trim();

/** Whether the stop shows only the beginning of its code, until `+` is asked for. */
export const isCut = (situation: Situation, lore: StepLore, canvas: Canvas): boolean =>
  isTooLong(shownText(situation, lore), canvas, mostCodeLines(situation, lore, canvas));

/** Lines that the code may take: what it is and what it does stay on the screen, and so do the keys. */
function mostCodeLines(situation: Situation, lore: StepLore, canvas: Canvas): number {
  const taken = [headLines(situation, lore, canvas), titleLines(situation, lore, canvas)]
    .concat([factLines(situation, lore, canvas)])
    .reduce((sum, { length }) => sum + length, AROUND + (lore.keyLines ?? 4));
  return Math.max(LEAST_CODE_LINES, Math.min(MAX_CODE_LINES, canvas.rows - taken));
}

/** The whole fence at first; once parts of it have run, the part that comes next. */
export function shownText(situation: Situation, { part, passed }: StepLore): string {
  const isUnderWay = part != null && (passed?.size ?? 0) > 0;
  return isUnderWay ? partText(situation.planned.step, situation.text, part) : situation.text;
}

/** The parts from the next one on, as many as fit, and how many there are. */
function partsLine(
  { planned: { step }, partsLeftOut }: Situation,
  { part, passed }: StepLore,
  { width }: Canvas,
): string {
  if (part == null) return '';
  const titles = step.parts.map(({ title }, at) => {
    const ranOrNext = passed?.has(at) ? ' (ok)' : at === part ? ' (next)' : '';
    const mark = partsLeftOut.includes(at + 1) ? ' (left out)' : ranOrNext;
    // A number stays with its title, and is not said twice.
    return `${at + 1}\u00a0${screenLine(title).replace(/^\d{1,2}[.)]\s+/, '')}${mark}`;
  });
  const all = titles.join(GAP);
  const room = MOST_PARTS_LINES * (width - FACT_INDENT);
  if (displayWidth(all) <= room) return all;
  let shown = `${titles.length} in all:${GAP}${titles[part] ?? ''}`;
  for (const title of titles.slice(part + 1)) {
    if (displayWidth(shown) + GAP.length + displayWidth(title) > room - 8) return `${shown}${GAP}…`;
    shown += `${GAP}${title}`;
  }
  return shown;
}

const GAP = '   ';

const apart = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', ...lines];

function factLines(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const rows = factRows(situation, lore, canvas);
  return apart(facts(rows, canvas));
}

function factRows(
  situation: Situation,
  lore: StepLore,
  canvas: Canvas,
): readonly (readonly [string, string])[] {
  const { planned, cwd, plan } = situation;
  const tries = triesHere(situation);
  const { step } = planned;
  const inputs = lore.inputs.map(([name, value]) => `${name}=${value}`).join('   ');
  const rows: (readonly [string, string])[] = [
    ['parts', partsLine(situation, lore, canvas)],
    ['inputs', inputs],
    ['does', step.effect === 'destroys' ? step.effectWhy : ''],
    ['expect', expected(planned)],
    ['in', cwd === plan.runbook.folder ? '' : cwd],
    ['timeout', step.annotations.timeout ? formatDuration(step.annotations.timeout) : ''],
    ['usually', lore.usually],
    conditionRow(planned, lore),
    ['note', step.doubtful ? `doubtful: ${step.doubtful.as}, but ${step.doubtful.or}` : ''],
    ['note', step.inferred ? 'no language was given: read it before you run it' : ''],
    ...endlessIn(situation, lore).map((line): [string, string] => ['note', line]),
    ['tries', tries > 0 ? String(tries) : ''],
    ['from', planned.from?.path ?? ''],
  ];
  return rows.filter(([, value]) => value !== '');
}

/** Whoever was asked whether it holds has read it. */
function conditionRow({ condition }: PlannedStep, { judged }: StepLore): readonly [string, string] {
  if (condition === null || judged?.has(condition.id)) return ['', ''];
  return conditionWords(condition);
}

/** What never ends by itself is ended by the person. */
function endlessIn({ planned: { step } }: Situation, { part }: StepLore): readonly string[] {
  const { until, for: most } = step.annotations;
  if (until !== undefined || most !== undefined) return [];
  const own = part == null ? undefined : step.parts[part];
  return (step.shell?.endless ?? [])
    .filter(({ line }) => own === undefined || isWithin(step.textLine + line, own))
    .map((command) => `\`${commandText(command)}\` never ends by itself: Ctrl-C stops it`);
}

const isWithin = (line: number, part: StepPart): boolean =>
  part.line <= line && line <= part.endLine;

function expected({ step }: PlannedStep): string {
  const shown = transcriptOf(step.body)?.map((one) => one.output);
  const codes = step.annotations.exit;
  const exit = codes ? `exit ${codes.join(' or ')}` : '';
  const output =
    step.expectation === null ? '' : expectedOutput(step.expectation, shown?.join('\n'));
  return [exit, output].filter((part) => part !== '').join(', ');
}

const MOST_EXPECTED = 100;

/** What has to come, as much of it as a row holds: nobody looks it up on the page. */
function expectedOutput(
  { text, line, match }: NonNullable<PlannedStep['step']['expectation']>,
  // Of a session what its commands print, without their prompts: the commands stand above.
  printed = text,
): string {
  const words = screenLine(printed.trim().replaceAll(/\s+/g, ' '));
  const where = `(line ${line}, ${match})`;
  return words === '' ? `no output ${where}` : `${clip(words, MOST_EXPECTED)}   ${where}`;
}

/** Where a stop stands and what it is called, in plain words. */
export function plainTitle({ planned, position, plan }: Situation): readonly string[] {
  return [`Step ${position} of ${plan.steps.length}`, planned.step.title];
}

function plainStep(situation: Situation, lore: StepLore, canvas: Canvas): readonly string[] {
  const { planned } = situation;
  const { step } = planned;
  const text = shownText(situation, lore);
  const say = (sentence: string): readonly string[] => fold(sentence, canvas.width);
  const count = text.replace(/\n$/, '').split('\n').length;
  return [
    '',
    ...say(
      sentences(
        ...plainTitle(situation),
        `Type: ${step.type}`,
        `Effect: ${effectWord(step.effect)}`,
        `Host: ${lore.host}`,
      ),
    ),
    ...(lore.lead.trim() === '' ? [] : canvas.prose(lore.lead, canvas.width)),
    ...(planned.by === 'person'
      ? [...say(step.text), ...insideLines(planned, canvas, canvas.width)]
      : [`Command, ${count} ${count === 1 ? 'line' : 'lines'}:`, ...numberless(text, canvas)]),
    ...factRows(situation, lore, canvas).flatMap(([label, value]) =>
      say(sentences(`${capital(label)}: ${value}`)),
    ),
  ];
}

function numberless(text: string, canvas: Canvas): readonly string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .slice(0, MAX_CODE_LINES)
    .flatMap((line) => (line === '' ? [''] : fold(line, canvas.width)));
}

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
