import { expect, test } from 'vitest';
import { makeUnattendedOperator } from '../../../src/cli/running/unattended-operator.ts';
import type {
  AnyStepType,
  StepContext,
  StepOutput,
  StepResult,
} from '../../../src/engine/contracts/step-type.ts';
import { LOG } from '../../../src/engine/record/files.ts';
import { createHandrail } from '../../../src/handrail.ts';
import type { Attendance, World } from '../../../src/world.ts';
import { workplace } from '../../support/engine.ts';
import { ownType } from '../../support/own-type.ts';

const { folder } = workplace('# One\n\n~~~own name=one\nx\n~~~\n');

function trapped(member: 'message' | 'name', value: () => unknown): Error {
  return Object.defineProperty(new Error('late'), member, { get: value });
}

function never(): never {
  throw new TypeError('nobody may ask');
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** What may be thrown in JavaScript, and throws in its turn, or has no words, when it is asked what it is. */
const THROWN: Readonly<Record<string, unknown>> = {
  'a proxy of traps': new Proxy({}, { get: never, getPrototypeOf: never, has: never }),
  'a revoked proxy': revoked(),
  'an object of nothing': Object.create(null),
  'an object without words': { toString: never },
  'an error whose message throws': trapped('message', never),
  'an error whose name throws': trapped('name', never),
  'an error whose message is a symbol': trapped('message', () => Symbol('late')),
  'a function': never,
  nothing: undefined,
};

const OWN = ownType();

interface Door {
  readonly type?: (one: unknown) => Partial<AnyStepType>;
  readonly world?: (one: unknown) => Partial<World>;
  readonly attendance?: (one: unknown) => Partial<Attendance>;
  /** How the run ends, or what is said before it begins. */
  readonly ends: RegExp;
}

function thrower(one: unknown): () => never {
  return () => {
    throw one;
  };
}

function abortedBy(one: unknown): Pick<Attendance, 'signal'> {
  return { signal: AbortSignal.abort(one) };
}

const TYPES = /^HandrailError: The step type `own` does not keep its contract: .* threw "[^"]+"/;

/** Where somebody else's code may throw. */
const DOORS: Readonly<Record<string, Door>> = {
  detect: { type: (one) => ({ detect: thrower(one) }), ends: TYPES },
  preflight: { type: (one) => ({ preflight: thrower(one) }), ends: TYPES },
  run: { type: (one) => ({ run: thrower(one) }), ends: /^failed, sound: step `one` failed/ },
  decide: {
    attendance: (one) => ({ operator: { ...makeUnattendedOperator(), decide: thrower(one) } }),
    ends: /^failed, sound: not by a step, but by \S/,
  },
  said: {
    attendance: (one) => ({ said: { take: thrower(one) } }),
    ends: /^failed, sound: not by a step, but by \S/,
  },
  abort: { attendance: abortedBy, ends: /^cancelled, sound: ended from outside/ },
  ended: { world: (one) => ({ ended: thrower(one) }), ends: /^passed, sound: / },
};

async function ending(door: Door, one: unknown): Promise<string> {
  const { type, world, attendance } = door;
  const handrail = createHandrail({
    env: {},
    cwd: folder,
    state: 'memory:',
    version: '0.0.0-test',
    stepTypes: [{ ...OWN, ...type?.(one) }],
    ...world?.(one),
  });
  const operator = makeUnattendedOperator();
  let run: string | undefined;
  try {
    const { source, runbook } = await handrail.read('ops.md');
    const plan = await handrail.prepare(await handrail.plan(runbook), operator);
    const attends = { operator, signal: new AbortController().signal, ...attendance?.(one) };
    const handle = handrail.run(plan, source, attends);
    run = handle.run;
    for await (const _ of handle.events);
  } catch (error) {
    // What was thrown comes up as it is once the run has begun.
    if (run === undefined) return String(error);
  }
  const reader = await handrail.find(run);
  const { outcome, why } = await handrail.report(reader);
  return `${outcome}, ${(await handrail.verify(reader)).name}: ${why}`;
}

test.each(
  Object.keys(DOORS).flatMap((door) => Object.keys(THROWN).map((thrown) => [door, thrown])),
)(
  'whatever is thrown is told, and the record has its end: `%s` throws %s',
  async (door, thrown) => {
    const at = DOORS[door] as Door;
    expect(await ending(at, THROWN[thrown])).toMatch(at.ends);
  },
);

const OUT: StepOutput = { stream: 'stdout', chunk: Buffer.from('done\n') };

/** A run of a step that does so, and whether its record is sound. */
async function kept(run: NonNullable<AnyStepType['run']>, more: Partial<World> = {}) {
  const world = { env: { API_TOKEN: 'pa55-w0rd!' }, cwd: folder, state: 'memory:', version: '0' };
  const handrail = createHandrail({ ...world, ...more, stepTypes: [{ ...OWN, run }] });
  const operator = makeUnattendedOperator();
  const { source, runbook } = await handrail.read('ops.md');
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const { signal } = new AbortController();
  const handle = handrail.run(plan, source, { operator, signal });
  for await (const _ of handle.events);
  const reader = await handrail.find(handle.run);
  const { steps } = await handrail.report(reader);
  const [{ outcome, attempts } = { outcome: null, attempts: [] }] = steps;
  const log = Buffer.from((await reader.excerpt(LOG, 1e6, 0))?.head ?? []).toString();
  const verdict = (await handrail.verify(reader)).name;
  return { outcome, verdict, log, why: attempts.at(-1)?.why ?? '' };
}

const forged = { path: 'output/elsewhere', bytes: 1, sha256: 'x' };

test.each<[string, NonNullable<AnyStepType['run']>, RegExp]>([
  [
    'hands it on',
    async function* (_step, _body, { attach }) {
      yield OUT;
      const one = await attach?.('a.csv', Buffer.from('1'));
      return { outcome: 'passed', attachments: one === undefined ? [] : [one] };
    },
    /^$/,
  ],
  [
    'forgets to hand it on',
    async function* (_step, _body, { attach }) {
      yield OUT;
      await attach?.('a.csv', Buffer.from('1'));
      return { outcome: 'passed' };
    },
    /^$/,
  ],
  [
    'throws after it',
    async function* (_step, _body, { attach }) {
      yield OUT;
      await attach?.('a.csv', Buffer.from('1'));
      throw new RangeError('late');
    },
    /`run` threw "late"/,
  ],
  [
    'gives one name to two',
    async function* (_step, _body, { attach }) {
      yield OUT;
      await attach?.('a.csv', Buffer.from('1'));
      await attach?.('a.csv', Buffer.from('2'));
      return { outcome: 'passed' };
    },
    /`a\.csv` is taken, where another name was expected/,
  ],
  [
    'gives no name',
    async function* (_step, _body, { attach }) {
      yield OUT;
      await attach?.('', Buffer.from('1'));
      return { outcome: 'passed' };
    },
    /`attach` was given .*: `name` is an empty text/,
  ],
  [
    'names one that nobody kept',
    async function* () {
      yield OUT;
      return { outcome: 'passed', attachments: [forged] };
    },
    /the attachment `output\/elsewhere`, where what `attach` answered/,
  ],
])(
  'the record has every file that a step keeps, and no other: one that %s',
  async (_, run, says) => {
    const { outcome, verdict, why } = await kept(run);
    expect(why).toMatch(says);
    expect([outcome, verdict]).toEqual([why === '' ? 'passed' : 'failed', 'sound']);
  },
);

test('a step that is over keeps nothing any more', async () => {
  let attach: StepContext['attach'];
  await kept(async function* (_step, _body, context) {
    yield OUT;
    ({ attach } = context);
    return { outcome: 'passed' };
  });
  await expect(attach?.('late.csv', Buffer.from('1'))).rejects.toThrow('its attempt is over');
});

const SECRET = 'pa55-w0rd!';

test.each<[string, Partial<StepResult>]>([
  ['why', { why: `no ${SECRET}` }],
  ['warnings', { warnings: [SECRET] }],
  ['signal', { signal: SECRET }],
  ['facts', { facts: { rows: [{ cell: SECRET }] } }],
  ['the name of a fact', { facts: { [SECRET]: 1 } }],
  ['observed', { observed: SECRET }],
])('no secret of a step gets into the record by its own words: %s', async (_, said) => {
  const { log, verdict } = await kept(async function* () {
    yield OUT;
    return { outcome: 'failed', ...said };
  });
  expect([log.includes('step.finished'), log.includes(SECRET), verdict]).toEqual([
    true,
    false,
    'sound',
  ]);
});

test('a resource that never closes keeps no run from its end', async () => {
  const sleep = (ms: number): Promise<void> =>
    ms === 30_000 ? Promise.resolve() : new Promise(() => {});
  const ended = await kept(
    async function* (_step, _body, { resources }) {
      yield OUT;
      await resources.get('stuck', async () => ({ close: () => new Promise<void>(() => {}) }));
      return { outcome: 'passed' };
    },
    { clock: { nowMs: Date.now, monoMs: () => performance.now(), sleep } },
  );
  expect([ended.outcome, ended.verdict]).toEqual(['passed', 'sound']);
});
