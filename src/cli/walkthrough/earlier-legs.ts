import type { RawLine } from '../../engine/contracts/run-store.ts';
import { type RunEvent, type StoredEvent, WENT_ON } from '../../engine/model/event.ts';
import { readEvent } from '../../engine/record/read-event.ts';
import { clockTime } from './canvas.ts';

/** What the record of a run says of its legs before this one. */
export interface EarlierLegs {
  /** The time that they took together. */
  readonly elapsedMs: number;
  /** When each step was come to first, on the clock of the run. */
  readonly cameTo: ReadonlyMap<string, number>;
  /** Answers that a person gave, by planned id. */
  readonly answers: ReadonlyMap<string, EarlierAnswer>;
  readonly instead: Instead;
}

/** What ran of steps instead of what the page says: a text that was edited, or only the lines behind one that failed. */
export interface Instead {
  /** Planned ids of those whose last try was so. */
  readonly steps: Set<string>;
  /** Those of which the next try will be. */
  readonly said: Set<string>;
}

/** Takes in what an event says of it. */
export function takeInstead({ steps, said }: Instead, event: RunEvent | StoredEvent): void {
  if (event.type === 'deviation.recorded' && event.stepId !== undefined) {
    if (event.what === 'edited' || event.what.startsWith(WENT_ON)) said.add(event.stepId);
  } else if (event.type === 'step.started' && event.probe !== true) {
    if (said.delete(event.stepId)) steps.add(event.stepId);
    // The other parts of a step stay as they were run.
    else if (event.part === undefined) steps.delete(event.stepId);
  }
}

/** An answer, and when and by whom it was given. */
export interface EarlierAnswer {
  readonly at: string;
  readonly by: string;
  readonly note: string;
}

/** Reads them from the log of the run. */
export async function earlierLegs(lines: AsyncIterable<RawLine>): Promise<EarlierLegs> {
  let beforeMs = 0;
  let legMs = 0;
  const cameTo = new Map<string, number>();
  const answers = new Map<string, EarlierAnswer>();
  const instead: Instead = { steps: new Set(), said: new Set() };
  for await (const line of lines) {
    const event = readEvent(line);
    // The seal may be set by whoever comes later.
    if (event === undefined || event.type === 'run.sealed') continue;
    if (event.type === 'run.resumed') {
      beforeMs += legMs;
      legMs = 0;
    }
    legMs = Math.max(legMs, event.monoMs);
    takeInstead(instead, event);
    if (!('stepId' in event) || event.stepId === undefined) continue;
    const { at, stepId } = event;
    if (!cameTo.has(stepId)) cameTo.set(stepId, beforeMs + event.monoMs);
    if (event.type === 'step.finished' && event.by !== undefined)
      answers.set(stepId, { at, by: event.by, note: event.note ?? '' });
    else if (event.type === 'step.resolved') answers.delete(stepId);
  }
  return { elapsedMs: beforeMs + legMs, cameTo, answers, instead };
}

/** Such as `03:19:22 ada: internal only`; with its day where that is not today. */
export function answerInWords({ at, by, note }: EarlierAnswer, today = new Date()): string {
  const then = new Date(at);
  const isToday = then.toDateString() === today.toDateString();
  const when = isToday ? clockTime(then) : `${at.slice(0, 10)} ${clockTime(then)}`;
  return `${when} ${by}${note === '' ? '' : `: ${note}`}`;
}
