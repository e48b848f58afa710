import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makeUnattendedOperator } from '../../src/cli/running/unattended-operator.ts';
import type { Clock } from '../../src/engine/contracts/clock.ts';
import type { StepType } from '../../src/engine/contracts/step-type.ts';
import type { RunEvent } from '../../src/engine/model/event.ts';
import { createHandrail } from '../../src/handrail.ts';
import type { Handrail } from '../../src/library.ts';
import { workplace } from '../support/engine.ts';
import { ownType } from '../support/own-type.ts';

const FASTER = 50;
/** A clock by which an hour is over in a minute or so: what is waited for comes when it comes. */
const quick: Clock = {
  nowMs: () => Date.now() * FASTER,
  monoMs: () => performance.now() * FASTER,
  async sleep(ms, signal) {
    await sleep(ms / FASTER, undefined, signal && { signal }).catch(() => {});
  },
};

type Run = NonNullable<StepType<null>['run']>;

/** A handrail that knows fences `own`, which `run` carries out. */
function embedded(run: Run, text: string, members: object = {}): Handrail {
  const { folder } = workplace(text);
  const type = ownType(run, 'writes');
  const world = { env: process.env, cwd: folder, state: 'memory:', version: '0.0.0-test' };
  return createHandrail({ ...world, clock: quick, stepTypes: [{ ...type, ...members }] });
}

interface Came {
  readonly events: readonly RunEvent[];
  readonly outcome: string;
  readonly verdict: string;
}

async function carriedOut(
  handrail: Handrail,
  onEvent: (event: RunEvent, stop: AbortController) => 'leave' | undefined = () => undefined,
): Promise<Came> {
  const { source, runbook } = await handrail.read('ops.md');
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const stop = new AbortController();
  const seen: RunEvent[] = [];
  const { run, events } = handrail.run(plan, source, { operator, signal: stop.signal });
  for await (const event of events) {
    seen.push(event);
    if (onEvent(event, stop) === 'leave') break;
  }
  const reader = await handrail.find(run);
  const { outcome } = await handrail.report(reader);
  return { events: seen, outcome, verdict: (await handrail.verify(reader)).name };
}

const never: Run = async function* () {
  yield { stream: 'stdout', chunk: Buffer.from('begun\n') };
  await new Promise(() => {});
  return { outcome: 'passed' };
};

const forEver: Run = async function* () {
  for (;;) {
    yield { stream: 'stdout', chunk: Buffer.from('.') };
    await sleep(1);
  }
};

const clinging: Run = async function* () {
  try {
    for (;;) yield { stream: 'stdout', chunk: Buffer.from('begun\n') };
  } finally {
    await new Promise(() => {});
  }
};

const TWO =
  '# One\n\n~~~own name=one timeout=100s retries=3 on-fail=continue\nx\n~~~\n\n~~~bash name=two\ntrue\n~~~\n';
const UNTIMED = '# One\n\n~~~own name=one\nx\n~~~\n\n~~~bash name=two\ntrue\n~~~\n';

describe('a step type that does not heed that its step is to end', () => {
  test.each([
    ['waits for what never comes', never],
    ['prints for ever', forEver],
  ])('is left behind at a timeout, and nobody knows what became of it: %s', async (_, run) => {
    const { events, outcome, verdict } = await carriedOut(embedded(run, TWO));
    const ends = events.filter(({ type }) => type === 'step.finished');
    expect(ends).toMatchObject([{ stepId: 'one', outcome: 'unknown', facts: { abandoned: true } }]);
    expect(ends[0]).toHaveProperty('why', expect.stringContaining('did not within 30 s'));
    expect([outcome, verdict]).toEqual(['waiting', 'sound']);
  });

  test('is left behind when the run is stopped', async () => {
    const { events, outcome, verdict } = await carriedOut(
      embedded(never, UNTIMED),
      (event, stop) => {
        if (event.type === 'step.output') stop.abort('SIGINT');
        return undefined;
      },
    );
    expect(events.filter(({ type }) => type === 'step.finished')).toMatchObject([
      { stepId: 'one', outcome: 'unknown' },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 130 });
    expect([outcome, verdict]).toEqual(['cancelled', 'sound']);
  });

  test('keeps nobody who leaves the loop', async () => {
    const came = await carriedOut(embedded(clinging, UNTIMED), (event) =>
      event.type === 'step.output' ? 'leave' : undefined,
    );
    expect(came.outcome).toBe('interrupted');
  });
});

function changing(...all: string[]): () => string | undefined {
  return () => all.shift();
}

test('what a result says is asked once', async () => {
  const once = Object.defineProperty({}, 'outcome', { get: changing('passed', 'great', 'great') });
  const run = async function* () {
    yield { stream: 'stdout', chunk: Buffer.from('high\n') };
    return once;
  };
  const { outcome, verdict } = await carriedOut(embedded(run as unknown as Run, UNTIMED));
  expect([outcome, verdict]).toEqual(['passed', 'sound']);
});

describe('a step type that does not keep its contract', () => {
  test.each<[string, unknown]>([
    ['text where bytes were expected', [{ stream: 'stdout', chunk: 'hello' }]],
    ['a stream that is none', [{ stream: 'out', chunk: Buffer.from('hello') }]],
    ['no result', undefined],
    ['an outcome that is none', { outcome: 'great' }],
    ['an outcome that only people give', { outcome: 'confirmed' }],
    ['facts that cannot be stored', { outcome: 'passed', facts: { size: 1n } }],
    ['null', null],
    ['an exit code by a slip of the pen', { outcome: 'passed', exitcode: 3 }],
    ['a word that nobody hears', { outcome: 'failed', reason: 'low water' }],
    ...Object.entries({
      exitCode: '1',
      signal: 9,
      why: 7,
      warnings: [1],
      captured: { a: 1 },
      facts: 'none',
      observed: 5,
      attachments: [{ path: 'x' }],
      expectations: [1],
    }).map(([name, value]): [string, unknown] => [name, { outcome: 'failed', [name]: value }]),
  ])('fails its step and is named, and the record is sound: %s', async (_, given) => {
    const run = async function* () {
      if (Array.isArray(given)) yield* given;
      return given;
    };
    // What TypeScript would not let through comes from programs without it.
    const { events, outcome, verdict } = await carriedOut(embedded(run as unknown as Run, UNTIMED));
    expect(events.filter(({ type }) => type === 'step.finished')).toMatchObject([
      {
        stepId: 'one',
        outcome: 'failed',
        why: expect.stringMatching(/^The step type `own` does not/),
      },
    ]);
    expect([outcome, verdict]).toEqual(['failed', 'sound']);
  });
});

test.each<[string, object]>([
  ['preflight', { preflight: async () => 'not today' }],
  ['preflight', { preflight: () => Promise.reject(new TypeError('no tide')) }],
  ['asserts', { asserts: () => 'yes' }],
  ['link', { link: () => ({ path: 5 }) }],
  ['detect', { detect: () => ({ body: 1, why: 'x', effect: 'reads', unread: 5 }) }],
])('a step type is named that cannot be asked: %s', async (member, members) => {
  await expect(carriedOut(embedded(forEver, UNTIMED, members))).rejects.toThrow(
    new RegExp(`^The step type .own. does not keep its contract: .${member}`),
  );
});

test('a step type that throws by accident fails its step by name, and the record is sound', async () => {
  const run: Run = async function* () {
    yield { stream: 'stdout', chunk: Buffer.from('begun\n') };
    throw new TypeError('tide is not a function');
  };
  const { events, outcome, verdict } = await carriedOut(embedded(run, UNTIMED));
  expect(events.find(({ type }) => type === 'step.finished')).toMatchObject({
    outcome: 'failed',
    why: 'The step type `own` does not keep its contract: `run` threw "tide is not a function", where an outcome or a HandrailError was expected. Mend the step type.',
  });
  expect([outcome, verdict]).toEqual(['failed', 'sound']);
});

describe('a step type that throws what an aborted signal makes it throw', () => {
  const waiting: Run = async function* (_step, _body, { signal }) {
    yield { stream: 'stdout', chunk: Buffer.from('begun\n') };
    await sleep(1e9, undefined, { signal });
    return { outcome: 'passed' };
  };
  const asking: Run = async function* (_step, _body, { signal }) {
    for (;;) {
      yield { stream: 'stdout', chunk: Buffer.from('.') };
      await sleep(1);
      signal.throwIfAborted();
    }
  };

  test.each([
    ['AbortError', waiting],
    ['the reason', asking],
  ])('has ended as it was told: %s', async (_, run) => {
    const timed = await carriedOut(
      embedded(run, '# One\n\n~~~own name=one timeout=100s\nx\n~~~\n'),
    );
    expect(timed.events.at(-2)).toMatchObject({ type: 'step.finished', outcome: 'timed-out' });
    expect([timed.outcome, timed.verdict]).toEqual(['failed', 'sound']);
    const stopped = await carriedOut(embedded(run, UNTIMED), (event, stop) => {
      if (event.type === 'step.output') stop.abort('SIGTERM');
      return undefined;
    });
    expect(stopped.events.at(-2)).toMatchObject({ type: 'step.finished', outcome: 'cancelled' });
    expect([stopped.outcome, stopped.verdict]).toEqual(['cancelled', 'sound']);
  });
});
