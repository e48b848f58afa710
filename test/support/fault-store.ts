import type { OutputWriter, RunStore, RunWriter } from '../../src/engine/contracts/run-store.ts';
import { HandrailError } from '../../src/engine/model/errors.ts';
import type { RunEventBody } from '../../src/engine/model/event.ts';

/** Says at which write the disk is full: before those events, or before that output. */
export interface Fault {
  append?(bodies: readonly RunEventBody[]): boolean;
  output?(bytes: number): boolean;
}

/** A writer on a disk that is full from a chosen write on. */
export function failing(writer: RunWriter, fault: Fault): RunWriter {
  let isFull = false;
  const lost = (): HandrailError =>
    new HandrailError('LOG_LOST', { path: '/full', why: 'the disk is full', run: writer.run });
  const check = (fails: boolean | undefined): void => {
    isFull ||= fails === true;
    if (isFull) throw lost();
  };
  return {
    run: writer.run,
    get nextSeq() {
      return writer.nextSeq;
    },
    get head() {
      return writer.head;
    },
    async append(bodies, options) {
      check(fault.append?.(bodies));
      return writer.append(bodies, options);
    },
    async openOutput(stepId, attempt) {
      const output = await writer.openOutput(stepId, attempt);
      const failingOutput: OutputWriter = {
        write(chunk) {
          check(fault.output?.(chunk.length));
          return output.write(chunk);
        },
        sum: () => output.sum(),
        close: () => output.close(),
      };
      return failingOutput;
    },
    keep: (name, bytes) => writer.keep(name, bytes),
    close: () => writer.close(),
  };
}

/** All lines of a run as events. */
export async function storedEvents(store: RunStore, run: string): Promise<readonly RunEventBody[]> {
  const reader = await store.read(run);
  const events: RunEventBody[] = [];
  for await (const { raw } of reader?.lines() ?? [])
    events.push(JSON.parse(Buffer.from(raw).toString()));
  return events;
}
