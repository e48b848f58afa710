import type { Situation } from '../../engine/contracts/operator.ts';
import type { Plan, PlannedStep } from '../../engine/model/plan.ts';
import type { Procedure } from '../../engine/model/runbook.ts';
import { facts as factsOfTitle } from '../../engine/reading/headings.ts';
import { formatDuration } from '../../text/duration.ts';
import { clockSpan } from './canvas.ts';
import type { ClockWords, SinceMs } from './clock-line.ts';
import type { Desk, DeskMode } from './desk.ts';
import type { EarlierLegs } from './earlier-legs.ts';

/** When a situation was first looked at: its elapsed time is of that moment. */
const readAts = new WeakMap<Situation, number>();

/** The clocks of one stop: they go on while it waits. */
export function clocksAt(
  situation: Situation,
  { mode, usualMs }: Pick<Desk, 'mode' | 'usualMs'>,
): () => ClockWords {
  const { planned } = situation;
  const elapsedMs = mode.clocks.earlierMs + situation.elapsedMs;
  const readAt = readAts.get(situation) ?? performance.now();
  readAts.set(situation, readAt);
  const startMs = elapsedMs + performance.now() - readAt;
  if (mode.clocks.here?.id !== planned.id) mode.clocks.here = { id: planned.id, sinceMs: startMs };
  const hereMs = mode.clocks.here.sinceMs;
  const limit = budgetAt(situation, startMs, mode);
  const usual = usualMs(planned.id);
  return () => {
    const nowMs = elapsedMs + performance.now() - readAt;
    const leftMs = limit === null ? 0 : wholeSeconds(limit.budgetMs - (nowMs - limit.sinceMs));
    const allowed =
      limit === null
        ? ''
        : leftMs >= 0
          ? `${inSeconds(leftMs)} left of ${inSeconds(limit.budgetMs)}`
          : `over ${inSeconds(limit.budgetMs)} by ${inSeconds(-leftMs)}`;
    const parts = [
      clockSpan(nowMs),
      allowed,
      `here ${inSeconds(nowMs - hereMs)}`,
      usual === null ? '' : `usually ${formatDuration(usual)}`,
    ].filter((part) => part !== '');
    return { parts, isOver: leftMs < 0 };
  };
}

/** How long the run goes on, and nothing of a stop's own: before one was begun. */
export function clockOfRun(situation: Situation, { mode }: Pick<Desk, 'mode'>): () => ClockWords {
  const readAt = readAts.get(situation) ?? performance.now();
  readAts.set(situation, readAt);
  const elapsedMs = mode.clocks.earlierMs + situation.elapsedMs;
  return () => ({ parts: [clockSpan(elapsedMs + performance.now() - readAt)], isOver: false });
}

const wholeSeconds = (ms: number): number => Math.round(ms / 1000) * 1000;

/** `12 s`, `4 m 58 s`, `5 m`: whole seconds, without zeros behind. */
const inSeconds = (ms: number): string =>
  formatDuration(wholeSeconds(ms))
    .replace(/\.0 s$/, ' s')
    .replace(/^0 ms$/, '0 s')
    .replace(/ 0{1,2} [ms]$/, '');

interface Limit {
  readonly budgetMs: number;
  readonly sinceMs: SinceMs;
}

/** The time that the nearest words above the stop allow: its label ("**Immediate actions (5 minutes)**:") or a heading. */
function budgetAt(
  { plan, planned }: Situation,
  nowMs: SinceMs,
  { clocks }: DeskMode,
): Limit | null {
  const allowed = allowedAt(plan, planned);
  if (allowed === null) return null;
  const { key, budgetMs } = allowed;
  if (!clocks.begun.has(key)) clocks.begun.set(key, nowMs);
  return { budgetMs, sinceMs: clocks.begun.get(key) ?? nowMs };
}

/** Sets the clocks on from where earlier legs of the run left them. */
export function setOn(
  { clocks }: Pick<DeskMode, 'clocks'>,
  plan: Plan,
  { elapsedMs, cameTo }: EarlierLegs,
): void {
  clocks.earlierMs = elapsedMs;
  for (const planned of plan.steps) {
    const atMs = cameTo.get(planned.id);
    const key = allowedAt(plan, planned)?.key;
    if (atMs === undefined || key === undefined) continue;
    clocks.begun.set(key, Math.min(atMs, clocks.begun.get(key) ?? atMs));
  }
}

/** How long may be taken where a step stands, and what tells that place from others. */
function allowedAt(
  plan: Plan,
  planned: PlannedStep,
): { readonly budgetMs: number; readonly key: string } | null {
  const { line, label, procedure } = planned.step;
  const above = plan.runbook.procedures.filter((one) => one.line <= line && line <= one.endLine);
  const heading = above.findLast(({ budgetMs }) => (budgetMs ?? 0) > 0);
  const ofLabel = label === '' ? null : factsOfTitle(label).budgetMs;
  const allowed = ofLabel ?? heading?.budgetMs ?? 0;
  if (allowed <= 0) return null;
  const key = ofLabel === null ? headingKey(heading) : `${procedure}\n${label}`;
  return { budgetMs: allowed, key };
}

const headingKey = (heading: Procedure | undefined): string => heading?.id ?? '';
