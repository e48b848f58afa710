import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunStore, RunWriter } from '../../src/engine/contracts/run-store.ts';
import type { RunEventBody } from '../../src/engine/model/event.ts';
import { outputLog } from '../../src/engine/record/output-log.ts';
import { readEvent } from '../../src/engine/record/read-event.ts';
import { newRunId } from '../../src/host/run-id.ts';
import { systemClock } from '../../src/host/system-clock.ts';
import { openStore } from '../../src/stores/index.ts';

/** Records a real run again and again, under ids of its own, in a state folder: as the store would have. */
export async function copyRun(folder: string, count: number, state: string): Promise<void> {
  const { text, bodies } = recorded(folder);
  const store = openStore(state, systemClock);
  for (let number = 0; number < count; number += 1)
    await record(store, text, async (writer) => {
      for (const body of bodies) await writer.append([body], { durable: false });
    });
}

/** Records one run of so many events: a step that was tried again and again. */
export async function longRun(folder: string, events: number, state: string): Promise<void> {
  const { text, bodies } = recorded(folder);
  const [started, finished] = (['step.started', 'step.finished'] as const).map((type) =>
    bodies.find((body) => body.type === type),
  );
  if (started?.type !== 'step.started' || finished?.type !== 'step.finished')
    throw new Error('the run has no step');
  const end = bodies.findIndex(({ type }) => type === 'step.started');
  await record(openStore(state, systemClock), text, async (writer) => {
    await writer.append(bodies.slice(0, end), { durable: false });
    const batch: RunEventBody[] = [];
    for (let number = 1; number <= events / 2; number += 1) {
      batch.push({ ...started, try: number }, { ...finished, try: number });
      if (batch.length >= 1000) await writer.append(batch.splice(0), { durable: false });
    }
    await writer.append([...batch, ...bodies.slice(-1)], { durable: false });
  });
}

async function record(
  store: RunStore,
  text: Uint8Array,
  fill: (writer: RunWriter) => Promise<void>,
): Promise<void> {
  const run = newRunId(Date.now());
  const at = new Date().toISOString();
  const writer = await store.create(run, text);
  await store.enter({ run, what: 'created', head: writer.head, at });
  await fill(writer);
  await outputLog(writer).seal();
  await store.enter({ run, what: 'sealed', head: writer.head, at });
  await writer.close();
}

/** The text of a run and its events without their seal. */
function recorded(folder: string): {
  readonly text: Uint8Array;
  readonly bodies: readonly RunEventBody[];
} {
  const lines = readFileSync(path.join(folder, 'log.jsonl'), 'utf8').trim().split('\n');
  const bodies = lines.slice(0, -1).flatMap((raw, index): readonly RunEventBody[] => {
    const line = { line: index + 1, raw: Buffer.from(raw), complete: true };
    const event = readEvent(line);
    if (event === undefined) return [];
    const { seq: _s, at: _a, monoMs: _m, run: _r, attempt: _t, prev: _p, ...body } = event;
    return [body];
  });
  return { text: readFileSync(path.join(folder, 'runbook.md')), bodies };
}
