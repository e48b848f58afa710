import type { RunEvent } from '../model/event.ts';
import type { Occasion } from '../model/occasion.ts';

/** Tells people about a run. Never throws: what could not be told comes back as an event. */
export interface Notifier {
  /** Tells everybody who wants to know of these occasions; what comes back is for the record. */
  tell(occasions: readonly Occasion[], event: RunEvent): Promise<readonly RunEvent[]>;
  /** The occasions that a run's end is. */
  atEnd(event: Extract<RunEvent, { type: 'run.finished' }>): Promise<readonly Occasion[]>;
}

/**
 * Passes a run's events on and tells people of its start and its end. The start is told beside the
 * run's work; the end once the run has let go of its lock. What was told is recorded after the end.
 */
export async function* announce(
  events: AsyncGenerator<RunEvent, void>,
  notifier: Notifier | null,
): AsyncGenerator<RunEvent, void> {
  if (notifier === null) {
    yield* events;
    return;
  }
  let started: Promise<readonly RunEvent[]> = Promise.resolve([]);
  let finished: Extract<RunEvent, { type: 'run.finished' }> | null = null;
  for await (const event of events) {
    yield event;
    if (event.type === 'run.started') started = notifier.tell(['start'], event);
    if (event.type === 'run.finished') finished = event;
  }
  yield* await started;
  if (finished !== null) yield* await notifier.tell(await notifier.atEnd(finished), finished);
}
