import { formatDuration } from '../../text/duration.ts';
import { HandrailError } from '../model/errors.ts';
import type { ClockDisagreement, TimelineRun } from '../model/timeline.ts';
import type { DraftEvent } from './draft.ts';

/** An event with its times set right: of what happened by the one clock, and of what was recorded by the other. */
export function movedEvent(event: DraftEvent, happened: number, recorded: number): DraftEvent {
  const isNoteOfThePast =
    event.source.type !== 'import' && event.occurredAt !== event.recordedAt && !isTimed(event);
  // What a person said happened at a time was no reading of this clock.
  const byMs = isNoteOfThePast ? 0 : happened;
  return {
    ...event,
    occurredAt: moved(event.occurredAt, byMs),
    recordedAt: moved(event.recordedAt, recorded),
    endedAt: event.endedAt === null ? null : moved(event.endedAt, byMs),
  };
}

/** A run whose host's clock was off. */
export function movedRun(run: TimelineRun, byMs: number): TimelineRun {
  if (byMs === 0) return run;
  return {
    ...run,
    startedAt: moved(run.startedAt, byMs),
    endedAt: run.endedAt === null ? null : moved(run.endedAt, byMs),
  };
}

/** What was set right stands in the timeline. */
export function correctedClocks(
  offsets: ReadonlyMap<string, number> | undefined,
): readonly ClockDisagreement[] {
  return [...(offsets ?? [])].map(([where, byMs]) => ({
    where,
    line: null,
    byMs,
    message: `its clock was off: its times are moved by ${sayOffset(byMs)}, as asked for`,
  }));
}

/** A clock was to be set right that nothing was timed by. */
export function unknownClock(name: string, clocks: Iterable<string>): HandrailError {
  const known = [...clocks].join(', ');
  const message = `\`--offset ${name}\` corrects no clock: nothing here was timed by it. Clocks are ${known || 'none'}.`;
  return new HandrailError('USAGE', { message });
}

function isTimed({ kind, source }: DraftEvent): boolean {
  return source.type === 'run' && kind !== 'note' && kind !== 'milestone';
}

function sayOffset(byMs: number): string {
  return `${byMs < 0 ? '−' : '+'}${formatDuration(Math.abs(byMs))}`;
}

function moved(at: string, byMs: number): string {
  return new Date(Date.parse(at) + byMs).toISOString();
}
