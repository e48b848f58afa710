import { describe, expect, test } from 'vitest';
import type { RunWriter } from '../../../src/engine/contracts/run-store.ts';
import type { RunEvent, RunEventBody } from '../../../src/engine/model/event.ts';
import { outputFile } from '../../../src/engine/record/files.ts';
import { journal } from '../../../src/engine/record/journal.ts';
import { readChain } from '../../../src/engine/record/read-chain.ts';
import { wrongBeginning } from '../../../src/engine/record/wrong-file.ts';
import { MemoryStore } from '../../../src/stores/memory.ts';
import { steadyClock } from '../../support/clock.ts';
import { type Fault, failing, storedEvents } from '../../support/fault-store.ts';

const RUN = '019aa39e-0000-7000-8000-000000000001';
const started = (number = 1): RunEvent => ({
  type: 'step.started',
  stepId: 'one',
  stepType: 'shell',
  title: 'One',
  line: 1,
  try: number,
  effect: 'reads',
  text: 'true',
  textSha256: '0'.repeat(64),
  cwd: '/',
  env: [],
  timeoutMs: null,
});
const printed = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): RunEvent => ({
  type: 'step.output',
  stepId: 'one',
  try: 1,
  stream,
  chunk: Buffer.from(text),
});
const ended = (number = 1): RunEvent => ({
  type: 'step.finished',
  stepId: 'one',
  try: number,
  outcome: 'passed',
  durationMs: 1,
  stdoutBytes: 0,
  stderrBytes: 0,
});
const over: RunEvent = { type: 'run.finished', outcome: 'passed', exitCode: 0, durationMs: 1 };

/** What is stored of the events, and what came up, in one list: `+` for stored, `>` for seen. */
async function journalled(events: readonly RunEvent[], fault: Fault = {}) {
  const store = new MemoryStore(steadyClock());
  const writer = await store.create(RUN, Buffer.from(''));
  const order: string[] = [];
  const noting: RunWriter = Object.defineProperties(failing(writer, fault), {
    append: {
      value: async (bodies: readonly RunEventBody[], options: { durable: boolean }) => {
        const stored = await failing(writer, fault).append(bodies, options);
        for (const { type } of bodies) order.push(`+${options.durable ? '!' : ''}${type}`);
        return stored;
      },
    },
  });
  let isEnded = false;
  async function* source(): AsyncGenerator<RunEvent, void> {
    try {
      yield* events;
    } finally {
      isEnded = true;
    }
  }
  let error: unknown;
  try {
    for await (const event of journal(source(), noting)) order.push(`>${event.type}`);
  } catch (thrown) {
    error = thrown;
  }
  return { order, error, isEnded, stored: await storedEvents(store, RUN), store };
}

describe('the journal', () => {
  test('stores each event before anybody sees it, and seals after the last one', async () => {
    const { order } = await journalled([started(), printed('out'), ended(), over]);
    expect(order).toEqual([
      '+!step.started',
      '>step.started',
      '>step.output',
      '+step.output',
      '+step.finished',
      '>step.finished',
      '+run.finished',
      '>run.finished',
      '+!run.sealed',
    ]);
  });

  test('has a step on disk before it starts, and with it the end of the one before', async () => {
    const { order } = await journalled([started(1), ended(1), started(2), ended(2), over]);
    expect(order.filter((each) => each.startsWith('+!'))).toEqual([
      '+!step.started',
      '+!step.started',
      '+!run.sealed',
    ]);
  });

  test('has the end of a step on disk soon when nothing follows, such as at a prompt', async () => {
    const store = new MemoryStore(steadyClock());
    const writer = await store.create(RUN, Buffer.from(''));
    let syncs = 0;
    const counting = Object.defineProperty(failing(writer, {}), 'append', {
      value: (bodies: readonly RunEventBody[], options: { durable: boolean }) => {
        if (options.durable) syncs += 1;
        return writer.append(bodies, options);
      },
    });
    const seen: number[] = [];
    async function* source(): AsyncGenerator<RunEvent, void> {
      yield started();
      yield ended();
      while (syncs < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      seen.push(syncs);
      yield over;
    }
    for await (const _ of journal(source(), counting));
    expect(seen).toEqual([2]);
  });

  test('seals with the count of events and the hash of the last one', async () => {
    const { stored } = await journalled([started(), ended(), over]);
    const seal = stored.at(-1);
    expect(seal).toMatchObject({ type: 'run.sealed', events: 3, seq: 3 });
    expect(seal && 'head' in seal && 'prev' in seal && seal.head === seal.prev).toBe(true);
  });

  test('puts output into its file, and into the log only where it stands', async () => {
    const { stored, store } = await journalled([
      started(),
      printed('one '),
      printed('two '),
      printed('oops', 'stderr'),
      printed('three'),
      ended(),
      over,
    ]);
    const places = stored.flatMap((event) =>
      event.type === 'step.output' ? [[event.stream, event.offset, event.bytes]] : [],
    );
    expect(places).toEqual([
      ['stdout', 0, 8],
      ['stderr', 8, 4],
      ['stdout', 12, 5],
    ]);
    const end = stored.find((event) => event.type === 'step.finished');
    expect(end?.output).toMatchObject({ bytes: 17, path: 'output/one-1.log' });
    const reader = await store.read(RUN);
    const bytes = await reader?.file('output/one-1.log');
    expect(Buffer.from(bytes ?? []).toString()).toBe('one two oopsthree');
    expect(JSON.stringify(stored)).not.toContain('oops');
  });

  describe('with attempts side by side', () => {
    const of = <Event extends RunEvent>(event: Event, stepId: string): Event => ({
      ...event,
      stepId,
    });
    const begun: RunEvent = {
      type: 'run.started',
      pid: 7,
      who: {
        user: 'ada',
        uid: 1000,
        host: 'web1',
        pid: 7,
        cwd: '/',
        timezone: 'UTC',
        trigger: 'terminal',
        engine: '0.1.0',
        node: '24.1.0',
      },
      runbook: { path: 'a.md', title: 'A', sha256: '0'.repeat(64) },
      linked: [],
      procedures: [],
      planHash: '0'.repeat(64),
      steps: [],
      attended: false,
      budgetMs: null,
      request: {},
    };
    const mixed = [
      of(started(), 'ask@a'),
      of(started(), 'ask@b'),
      of(printed('a1 '), 'ask@a'),
      of(printed('b1 '), 'ask@b'),
      of(printed('b2 '), 'ask@b'),
      of(printed('a2 '), 'ask@a'),
    ];
    const whole = { 'ask@a': 'a1 a2 a3', 'ask@b': 'b1 b2 b3' };
    const outputsOf = async (store: MemoryStore): Promise<Readonly<Record<string, string>>> => {
      const reader = await store.read(RUN);
      const found: [string, string][] = [];
      for (const stepId of Object.keys(whole)) {
        const bytes = await reader?.file(outputFile(stepId, 1));
        found.push([stepId, Buffer.from(bytes ?? []).toString()]);
      }
      return Object.fromEntries(found);
    };

    test('puts what each of them printed into its own file, whoever ends first, and says where it stands there', async () => {
      const { stored, store } = await journalled([
        ...mixed,
        of(ended(), 'ask@x'),
        of(printed('b3'), 'ask@b'),
        of(ended(), 'ask@b'),
        of(started(), 'then@b'),
        of(printed('a3'), 'ask@a'),
        of(ended(), 'ask@a'),
        of(ended(), 'then@b'),
        over,
      ]);
      expect(await outputsOf(store)).toEqual(whole);
      const told: Record<string, string> = {};
      for (const event of stored) {
        if (event.type !== 'step.output') continue;
        const { stepId, offset, bytes } = event;
        expect(offset).toBe((told[stepId] ?? '').length);
        told[stepId] = `${told[stepId] ?? ''}${'.'.repeat(bytes)}`;
      }
      for (const [stepId, text] of Object.entries(whole)) {
        expect(told[stepId]).toHaveLength(text.length);
        const end = stored.find(
          (event) => event.type === 'step.finished' && event.stepId === stepId,
        );
        expect(end).toMatchObject({ output: { bytes: text.length } });
      }
    });

    test.each(Object.keys(whole))(
      'vouches for all that %s had printed when the engine was lost',
      async (edited) => {
        const fault: Fault = { append: (bodies) => has(bodies, 'run.finished') };
        const { store } = await journalled([begun, ...mixed, of(started(), 'then@c'), over], fault);
        const reader = await store.read(RUN);
        if (reader === undefined) throw new Error('no run');
        const chain = await readChain(RUN, reader.lines(), new Set());
        expect(chain).toMatchObject({ why: '', torn: null });
        expect(await wrongBeginning(reader, chain.beginnings)).toBeUndefined();
        const other: typeof reader = Object.defineProperty(Object.create(reader), 'output', {
          value: async function* (stepId: string, attempt: number, from: number) {
            for await (const chunk of reader.output(stepId, attempt, from))
              yield stepId === edited ? Buffer.from(chunk).fill('x') : chunk;
          },
        });
        expect(await wrongBeginning(other, chain.beginnings)).toContain(
          `${outputFile(edited, 1)} begins with other bytes`,
        );
      },
    );
  });

  test('notes output at most 64 KiB later, however much comes', async () => {
    const much = Array.from({ length: 40 }, () => printed('x'.repeat(16 * 1024)));
    const { stored } = await journalled([started(), ...much, ended(), over]);
    const sizes = stored.flatMap((event) => (event.type === 'step.output' ? [event.bytes] : []));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(40 * 16 * 1024);
    expect(Math.max(...sizes)).toBe(64 * 1024);
  });

  test('notes output soon although nothing more comes', async () => {
    const store = new MemoryStore(steadyClock());
    const writer = await store.create(RUN, Buffer.from(''));
    let seen = 0;
    async function* source(): AsyncGenerator<RunEvent, void> {
      yield started();
      yield printed('quiet from here on');
      while (seen === 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const stored = await storedEvents(store, RUN);
        seen = stored.filter(({ type }) => type === 'step.output').length;
      }
      yield ended();
      yield over;
    }
    for await (const _ of journal(source(), writer));
    expect(seen).toBe(1);
  });

  test.each([
    ['a step begins', { append: (bodies) => has(bodies, 'step.started') }, 0],
    ['output comes', { output: () => true }, 1],
    ['a step ends', { append: (bodies) => has(bodies, 'step.finished') }, 1],
    ['it seals', { append: (bodies) => has(bodies, 'run.sealed') }, 3],
  ] satisfies readonly (readonly [string, Fault, number])[])(
    'throws LOG_LOST and ends what runs when the disk is full as %s',
    async (_, fault, kept) => {
      const { error, isEnded, stored } = await journalled(
        [started(), printed('out'), ended(), over],
        fault,
      );
      expect(error).toMatchObject({ code: 'LOG_LOST', exitCode: 73 });
      expect(isEnded).toBe(true);
      expect(stored.filter(({ type }) => type !== 'step.output')).toHaveLength(kept);
    },
  );
});

function has(bodies: readonly RunEventBody[], type: RunEventBody['type']): boolean {
  return bodies.some((body) => body.type === type);
}
