import { isSettled } from '../../engine/model/outcome.ts';
import type { PlannedStep } from '../../engine/model/plan.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { Outlook } from '../../library.ts';
import { formatDuration } from '../../text/duration.ts';
import { counted } from '../progress/words.ts';
import { type Canvas, capital, clip, facts, fold, numbered, rule, sentences } from './canvas.ts';
import { countedTitle } from './counted-title.ts';
import { partText } from './part-text.ts';
import { shortRun } from './step-screen.ts';

const MOST_LINES = 12;

/** What a person should know before going on with a run: how far it came, why it stopped, what is different now. */
export function resumeScreen(
  outlook: Outlook,
  canvas: Canvas,
  now: { readonly atMs: number; readonly user: string },
): readonly string[] {
  const { report, plan } = outlook;
  const next = nextStep(outlook);
  const rows: readonly (readonly [string, string])[] = [
    ['run', `${shortRun(report.run)}, ${startedInWords(report, now.atMs)}`],
    ['stopped', stoppedInWords(outlook)],
    ['changed', changedInWords(outlook)],
    ['done', doneInWords(report)],
    ['steps', stepsInWords(report)],
    ...troubles(report),
    ...remarksOf(report),
    ['next', next === undefined ? 'nothing is left to do' : nextInWords(outlook, next)],
    ['advice', adviceInWords(outlook)],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  const [procedure] = plan.procedures;
  const what =
    plan.procedures.length === 1 && procedure !== undefined ? `${procedure.title}, ` : '';
  const title = `Go on with ${what}${report.started.runbook.title}?`;
  if (canvas.plain)
    return [
      ...fold(title, canvas.width),
      ...shown.flatMap(([label, value]) =>
        fold(sentences(`${capital(label)}: ${value}`), canvas.width),
      ),
      ...(next ? numberless(textOf(outlook, next), canvas) : []),
    ];
  return [
    '',
    ...fold(title, canvas.width).map((line) => canvas.style('strong', line)),
    rule(canvas),
    ...facts(shown, canvas),
    '',
    ...(next ? textLines(outlook, next, canvas) : []),
    '',
  ];
}

/** The step whose end was never recorded. */
export function unknownStep({ report, plan }: Outlook): PlannedStep | undefined {
  const unknown = report.steps.find(({ outcome }) => outcome === 'unknown');
  return plan.steps.find(({ id }) => id === unknown?.id);
}

/** What changed in the runbook's steps since the run began, as lines that went (`-`) and came (`+`). */
export function changesScreen({ changed }: Outlook, canvas: Canvas): readonly string[] {
  return (changed?.changes ?? []).flatMap(({ id, what, line, before, now }) => {
    const [old, current] = [before.trimEnd().split('\n'), now.trimEnd().split('\n')];
    const gone = old.filter((one) => one !== '' && !current.includes(one));
    const come = current.filter((one) => one !== '' && !old.includes(one));
    return [
      ...fold(`line ${line}: step ${id} was ${what}`, canvas.width),
      ...gone.map((one) => canvas.style('bad', clip(`- ${one}`, canvas.width))),
      ...come.map((one) => canvas.style('good', clip(`+ ${one}`, canvas.width))),
      '',
    ];
  });
}

function nextStep({ report, plan }: Outlook): PlannedStep | undefined {
  const settled = new Set(report.steps.filter(isSettled).map(({ id }) => id));
  return plan.steps.find(({ id }) => !settled.has(id));
}

function nextInWords({ plan: { steps }, report }: Outlook, next: PlannedStep): string {
  const { parts } = next.step;
  const at = nextPart(report, next);
  const part = at < 0 ? '' : `, part ${at + 1} of ${parts.length} (${parts[at]?.title ?? ''})`;
  return `${countedTitle(steps.indexOf(next) + 1, next.step.title)}${part}, of ${counted(steps.length, 'step')}`;
}

/** The part (from 0) that comes next of a fence whose parts were run one by one; -1: all of it does. */
function nextPart({ conditions, steps }: RunReport, { id, step }: PlannedStep): number {
  const parts = steps.find((one) => one.id === id)?.parts ?? null;
  if (parts === null || parts.of !== step.parts.length) return -1;
  const isOut = (condition: string | undefined): boolean =>
    conditions.findLast((one) => one.condition === condition)?.holds === false;
  return step.parts.findIndex(
    ({ condition }, at) => !parts.numbers.includes(at + 1) && !isOut(condition?.id),
  );
}

/** What was running when handrail was lost, else what would run next. */
function textOf({ report, texts }: Outlook, next: PlannedStep): string {
  const before = report.steps.find(({ id }) => id === next.id);
  const lost =
    before?.outcome === 'unknown' ? before.attempts.findLast(({ probe }) => !probe) : undefined;
  if (lost !== undefined && lost.text !== '') return lost.text;
  const text = texts.get(next.id) ?? next.step.text;
  const at = nextPart(report, next);
  return at < 0 ? text : partText(next.step, text, at);
}

/** A person's own step is said as it is, and not numbered as code is. */
function textLines(outlook: Outlook, next: PlannedStep, canvas: Canvas): readonly string[] {
  const text = textOf(outlook, next);
  if (next.by === 'person') return canvas.prose(text, canvas.width);
  return numbered(text, canvas, { most: MOST_LINES, language: next.step.language });
}

function startedInWords({ started, startedAt, attempts }: RunReport, atMs: number): string {
  const { user, host } = started.who;
  const by = user === undefined ? '' : ` by ${user}`;
  const again =
    attempts > 1 ? `, resumed ${attempts === 2 ? 'once' : `${attempts - 1} times`}` : '';
  return `started ${localTime(startedAt)}${by} on ${host}${again} (${ago(startedAt, atMs)})`;
}

function stoppedInWords(outlook: Outlook): string {
  const { report } = outlook;
  const unknown = unknownStep(outlook);
  const attempt = report.steps
    .find(({ id }) => id === unknown?.id)
    ?.attempts.findLast(({ probe }) => !probe);
  const part = attempt?.part ? `, part ${attempt.part.number} of ${attempt.part.of},` : '';
  if (unknown !== undefined)
    return `step "${unknown.step.title}"${part} was running when handrail was lost${attempt ? ` (it began ${localTime(attempt.startedAt)})` : ''}: whether it was done is UNKNOWN`;
  const why = report.why ?? report.waitingFor?.why ?? '';
  const rests = ago(report.lastEventAt, Date.now()).replace(/ ago$/, '');
  return `${localTime(report.lastEventAt)}, ${report.outcome}${why === '' ? '' : `: ${why}`}; it rests for ${rests}`;
}

function changedInWords({ changed }: Outlook): string {
  if (changed === null) return '';
  if (changed.changes.length === 0) return 'the text around the steps, no step';
  const what = changed.changes.map(({ id, what: how }) => `${id} ${how}`).join(', ');
  return `${what}${changed.refuses ? '; this is where the run goes on, or the order is another: look at it' : ''}`;
}

function stepsInWords({ steps }: RunReport): string {
  const counts = new Map<string, number>();
  for (const { outcome } of steps)
    counts.set(outcome ?? 'not run', (counts.get(outcome ?? 'not run') ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** How far it came: `3 of 12`, and what was done last. */
function doneInWords({ steps }: RunReport): string {
  const settled = steps.filter(isSettled);
  const last = settled.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1)).at(-1);
  const by = last?.by ? ` by ${last.by}` : '';
  const when = last?.at ? `, ${localTime(last.at)}` : '';
  const latest = last === undefined ? '' : `; last: ${last.title} (${last.outcome}${by}${when})`;
  return `${settled.length} of ${steps.length}${latest}`;
}

/** What did not go as the page says, each with its reason: the next person has to know. */
function troubles({ steps }: RunReport): readonly (readonly [string, string])[] {
  return steps.flatMap(({ title, outcome, why, note, by }, at): readonly [string, string][] => {
    if (outcome === null || outcome === 'passed' || outcome === 'confirmed') return [];
    const said = [why ?? note ?? '', by ?? ''].filter((text) => text !== '').join(', ');
    return [
      [
        outcome === 'not-applicable' ? 'n/a' : outcome,
        `${countedTitle(at + 1, title)}${said === '' ? '' : `: ${said}`}`,
      ],
    ];
  });
}

const MOST_REMARKS = 6;

/** Notes and departures, the newest last. */
function remarksOf({ remarks }: RunReport): readonly (readonly [string, string])[] {
  const told = remarks.flatMap(({ at, event }): readonly [string, string][] => {
    const when = localTime(at).slice(11);
    if (event.type === 'note.added') return [['note', `${event.text} (${event.by}, ${when})`]];
    if (event.type !== 'deviation.recorded' || !/^(?:edited|command)/.test(event.what)) return [];
    const text = (event.text ?? '').trim().replace(/(?<!\s)\s*\n\s*/g, '; ');
    return [[event.what, `${text} (${event.by}, ${when})`]];
  });
  const rest = told.length - MOST_REMARKS;
  const more: readonly [string, string][] =
    rest > 0 ? [['', `… ${rest} before: handrail log`]] : [];
  return [...more, ...told.slice(-MOST_REMARKS)];
}

function adviceInWords(outlook: Outlook): string {
  const unknown = unknownStep(outlook);
  if (unknown === undefined) return outlook.changed?.refuses ? 'f shows what changed' : '';
  if (unknown.probe !== null) return 'go on: its probe looks first whether it was done';
  return 'look at the system itself: only then say whether it was done';
}

function numberless(text: string, { width }: Canvas): readonly string[] {
  const lines = text.trimEnd().split('\n').slice(0, MOST_LINES);
  return ['Its text:', ...lines.flatMap((line) => fold(line, width))];
}

function localTime(at: string): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${date.toTimeString().slice(0, 8)}`;
}

const ago = (at: string, nowMs: number): string =>
  `${formatDuration(Math.max(0, nowMs - Date.parse(at)))} ago`;
