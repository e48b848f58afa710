import type { RunReader, RunStore } from '../contracts/run-store.ts';
import { HandrailError } from '../model/errors.ts';
import type { RunOutcome } from '../model/outcome.ts';

/**
 * The run that a word names: an id, the beginning of one, or `last` (also `''`), the run that something happened
 * to last: a resumed older run counts. Throws RUN_NOT_FOUND or RUN_AMBIGUOUS.
 */
export async function findRun(store: RunStore, name: string): Promise<RunReader> {
  if (name === 'last' || name === '') {
    for await (const reader of newestFirst(store)) return reader;
    throw notFound(store, name);
  }
  const matches = (await store.runs()).filter((run) => run.startsWith(name));
  const [only] = matches;
  if (matches.length > 1) throw new HandrailError('RUN_AMBIGUOUS', { name, count: matches.length });
  const reader = only === undefined ? undefined : await store.read(only);
  if (reader === undefined) throw notFound(store, name);
  return reader;
}

function notFound(store: RunStore, name: string): HandrailError {
  return new HandrailError('RUN_NOT_FOUND', { name, state: store.where });
}

const ENDED: ReadonlySet<RunOutcome> = new Set(['passed', 'refused', 'skipped', 'abandoned']);

/** The newest run that can be gone on with. Throws RUN_NOT_FOUND. */
export async function findResumable(store: RunStore): Promise<RunReader> {
  for await (const reader of newestFirst(store)) {
    const outcome = await lastOutcome(reader);
    if (outcome === undefined || !ENDED.has(outcome)) return reader;
  }
  throw new HandrailError('RUN_NOT_RESUMABLE', {
    message: `No run in ${store.where} can be resumed: all of them are over. \`handrail runs\` lists them.`,
  });
}

/** By the project-wide chain, which notes every beginning, resume and seal; runs it does not know come last. */
async function* newestFirst(store: RunStore): AsyncGenerator<RunReader> {
  const order: string[] = [];
  for await (const { raw, complete } of store.ledger()) {
    const run = complete ? /"run":"([^"]*)"/.exec(Buffer.from(raw).toString())?.[1] : undefined;
    if (run !== undefined) order.push(run);
  }
  const known = await store.runs();
  const seen = new Set<string>();
  for (const run of [...order.reverse(), ...known.toReversed()]) {
    if (seen.has(run)) continue;
    seen.add(run);
    const reader = known.includes(run) ? await store.read(run) : undefined;
    if (reader !== undefined) yield reader;
  }
}

const TAIL_BYTES = 64 * 1024;

/** How the run stands by the end of its log; `undefined`: it has no end. */
async function lastOutcome(reader: RunReader): Promise<RunOutcome | undefined> {
  const end = await reader.excerpt('log.jsonl', 0, TAIL_BYTES);
  const lines = Buffer.from(end?.tail ?? [])
    .toString()
    .split('\n')
    .reverse();
  for (const line of lines) {
    const type = /"type":"([^"]*)"/.exec(line)?.[1];
    if (type === 'run.finished') {
      // Written by `JSON.stringify` from the outcomes there are.
      return /"outcome":"([^"]*)"/.exec(line)?.[1] as RunOutcome | undefined;
    }
    if (type === 'run.abandoned') return 'abandoned';
    if (type !== undefined && type !== 'run.sealed' && type !== 'note.added') return undefined;
  }
  return undefined;
}
