import { setTimeout } from 'node:timers/promises';
import type { RunReader } from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { RunEvent, StoredEvent } from '../engine/model/event.ts';
import { readEvent } from '../engine/record/read-event.ts';
import { reportOf } from '../engine/replay.ts';
import type { CliContext } from './context.ts';
import { Progress } from './progress/progress.ts';
import { overLostLines } from './team/lost-lines.ts';

const POLL_MS = 250;
/** A word may be lost with its connection. */
const POLL_WHEN_TOLD_MS = 2000;

/**
 * Shows a run from its record as it is shown while it runs, and goes on until it has ended or nobody reads. A line to the
 * record that is lost is said, and made anew.
 */
export async function followRun(
  reader: RunReader,
  context: Pick<CliContext, 'out' | 'err' | 'style' | 'colour'>,
): Promise<void> {
  const { out, style, colour } = context;
  const progress = new Progress({
    out,
    style,
    colour,
    mode: 'from its record',
    run: reader.run,
    where: reader.where,
    exceptions: async () => (await reportOf(reader)).exceptions,
  });
  const seen: Seen = { line: 0, bytes: 0, last: null };
  await overLostLines(context, async (isThere) => {
    for (;;) {
      const live = await reader.live();
      isThere();
      await showFrom(reader, seen, progress);
      if (!live || out.closed) return;
      await news(reader);
    }
  });
}

/** Waits until it is worth looking again. */
async function news(reader: RunReader): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  const pollMs = reader.changed === undefined ? POLL_MS : POLL_WHEN_TOLD_MS;
  await Promise.race([
    setTimeout(pollMs, undefined, { signal }).catch(() => undefined),
    ...(reader.changed === undefined ? [] : [reader.changed(signal)]),
  ]);
  over.abort();
}

/** Which line was shown last, and where it begins: the next look begins there, and has to find it as it was. */
interface Seen {
  line: number;
  bytes: number;
  last: Uint8Array | null;
}

/** Shows the events behind those that were seen. */
async function showFrom(reader: RunReader, seen: Seen, progress: Progress): Promise<void> {
  let isThere = seen.last === null;
  for await (const line of reader.lines({ line: Math.max(0, seen.line - 1), bytes: seen.bytes })) {
    if (!line.complete) break;
    // A reader that begins at the beginning comes to it, too.
    if (line.line < seen.line) continue;
    if (line.line === seen.line) {
      isThere = seen.last !== null && Buffer.compare(line.raw, seen.last) === 0;
      if (!isThere) break;
      continue;
    }
    const event = readEvent(line);
    if (event) for await (const one of toRunEvents(event, reader)) await progress.show(one);
    if (seen.last !== null) seen.bytes += seen.last.length + 1;
    seen.line = line.line;
    seen.last = line.raw;
  }
  if (!isThere) throw fewer(reader.run);
}

/** What was shown is no longer there: to end as if the run had ended would hide it. */
function fewer(run: string): HandrailError {
  const message = `The log of run ${run} holds less than was shown of it: it was cut or taken away meanwhile. \`handrail verify ${run}\` says more.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message });
}

/** What a stored event looked like when it happened: output has its bytes again. */
async function* toRunEvents(event: StoredEvent, reader: RunReader): AsyncGenerator<RunEvent> {
  if (event.type === 'run.sealed') return;
  if (event.type !== 'step.output') {
    yield event;
    return;
  }
  let left = event.bytes;
  for await (const chunk of reader.output(event.stepId, event.try, event.offset)) {
    const { type, stepId, try: attempt, stream } = event;
    yield { type, stepId, try: attempt, stream, chunk: chunk.subarray(0, left) };
    left -= chunk.length;
    if (left <= 0) return;
  }
}
