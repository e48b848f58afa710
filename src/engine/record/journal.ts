import type { OutputWriter, RunWriter } from '../contracts/run-store.ts';
import type { RunEvent } from '../model/event.ts';
import { attemptOf, type Durability, type Entering, outputLog } from './output-log.ts';

type OutputEvent = Extract<RunEvent, { type: 'step.output' }>;
type StoredBody = Exclude<RunEvent, OutputEvent>;

/**
 * What has to survive a power cut before anything else happens, and all that was stored before it. Everything else
 * is in the log at once, too; the seal comes last.
 */
const NOW: ReadonlySet<RunEvent['type']> = new Set([
  'run.started',
  'run.resumed',
  'step.started',
  'step.resolved',
  'question.asked',
]);

/**
 * Stores every event before anybody sees it, and seals the log after the last one; `entering` is told of the beginning and
 * of the seal before they are written. Output goes to the attempt's file; the log gets a line on where which bytes stand, at most 100 ms or 64 KiB later. Throws
 * LOG_UNWRITABLE or LOG_LOST, after the running step was ended.
 */
export async function* journal(
  events: AsyncGenerator<RunEvent, void>,
  writer: RunWriter,
  entering?: Entering,
): AsyncGenerator<RunEvent, void> {
  const log = outputLog(writer);
  // Hosts side by side print at once, each into the file of its own attempt.
  const outputs = new Map<string, OutputWriter>();
  const outputOf = async (event: OutputEvent): Promise<OutputWriter> => {
    const known = outputs.get(attemptOf(event));
    if (known !== undefined) return known;
    const opened = await writer.openOutput(event.stepId, event.try);
    outputs.set(attemptOf(event), opened);
    return opened;
  };
  const withOutput = async (event: StoredBody): Promise<StoredBody> => {
    if (event.type !== 'step.finished') return event;
    const output = outputs.get(attemptOf(event));
    outputs.delete(attemptOf(event));
    return output === undefined ? event : { ...event, output: await output.close() };
  };
  try {
    for (let next = await events.next(); !next.done; next = await events.next()) {
      const event = next.value;
      if (event.type === 'step.output') {
        const output = await outputOf(event);
        await output.write(event.chunk);
        await log.note(place(event), output);
        yield event;
        continue;
      }
      const stored = await withOutput(event);
      const group = [stored, ...(await boundWith(stored, events))];
      const before = stored.type === 'run.started' ? entering?.opening : undefined;
      await log.append(group, durabilityOf(stored.type), before);
      yield* group;
    }
    await log.seal(entering?.seal);
  } finally {
    log.stop();
    await events.return();
    for (const output of outputs.values()) await output.close();
  }
}

/** What a run was asked to do and the values it was given stand in one write: nobody finds the one without the other. */
async function boundWith(
  event: RunEvent,
  events: AsyncGenerator<RunEvent, void>,
): Promise<readonly StoredBody[]> {
  if (event.type !== 'run.started' && event.type !== 'run.resumed') return [];
  const group: StoredBody[] = [];
  for (const _ of event.bound ?? []) {
    const next = await events.next();
    if (next.done || next.value.type === 'step.output') break;
    group.push(next.value);
  }
  return group;
}

/** The end of a step is on disk before the next effect: the start of the next step takes it along. */
function durabilityOf(type: RunEvent['type']): Durability {
  if (NOW.has(type)) return 'now';
  return type === 'step.finished' ? 'soon' : 'later';
}

function place({ type, stepId, try: number, stream, chunk }: OutputEvent) {
  return { type, stepId, try: number, stream, bytes: chunk.length } as const;
}
