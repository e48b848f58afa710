import { HandrailError } from '../model/errors.ts';
import type { RunEventBody } from '../model/event.ts';
import type { OutputWriter, RunStore, RunWriter } from './run-store.ts';

type Fail = (error: unknown) => never;

/**
 * What of a run store one run is written with. Whatever a store throws that is none of its contract's errors comes up as
 * LOG_UNWRITABLE before the first step, and as LOG_LOST from then on, with what was thrown as the cause.
 */
export function keptStore(
  store: RunStore,
  run: string,
): Pick<RunStore, 'create' | 'reopen' | 'enter'> {
  let hasBegun = false;
  const fail: Fail = (error) => {
    if (error instanceof HandrailError) throw error;
    const data = { path: `${store.where}/runs/${run}`, why: inWords(error), run };
    throw new HandrailError(hasBegun ? 'LOG_LOST' : 'LOG_UNWRITABLE', data, { cause: error });
  };
  const noting = (bodies: readonly RunEventBody[]): void => {
    hasBegun ||= bodies.some(({ type }) => type === 'step.started');
  };
  return {
    create: async (id, runbook) =>
      keptWriter(await kept(() => store.create(id, runbook), fail), noting, fail),
    async reopen(id) {
      hasBegun = true;
      return keptWriter(await kept(() => store.reopen(id), fail), noting, fail);
    },
    enter: (entry) => kept(() => store.enter(entry), fail),
  };
}

function keptWriter(
  writer: RunWriter,
  noting: (bodies: readonly RunEventBody[]) => void,
  fail: Fail,
): RunWriter {
  return {
    run: writer.run,
    get nextSeq() {
      return writer.nextSeq;
    },
    get head() {
      return writer.head;
    },
    async append(bodies, options) {
      const stored = await kept(() => writer.append(bodies, options), fail);
      noting(bodies);
      return stored;
    },
    openOutput: async (stepId, attempt) =>
      keptOutput(await kept(() => writer.openOutput(stepId, attempt), fail), fail),
    keep: (name, bytes) => kept(() => writer.keep(name, bytes), fail),
    close: () => kept(() => writer.close(), fail),
  };
}

function keptOutput(output: OutputWriter, fail: Fail): OutputWriter {
  return {
    // At once where the store takes it at once: there are many of them.
    write(chunk) {
      try {
        return output.write(chunk)?.catch(fail);
      } catch (error) {
        return fail(error);
      }
    },
    sum: () => output.sum(),
    close: () => kept(() => output.close(), fail),
  };
}

async function kept<T>(act: () => Promise<T>, fail: Fail): Promise<T> {
  try {
    return await act();
  } catch (error) {
    return fail(error);
  }
}

/** The last point is the sentence's own. */
function inWords(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.replace(/\s+/g, ' ').replace(/\.$/, '');
}
