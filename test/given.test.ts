import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRunbook } from '../src/checking.ts';
import { makeUnattendedOperator } from '../src/cli/running/unattended-operator.ts';
import type { RunWriter } from '../src/engine/contracts/run-store.ts';
import type { AnyStepType, StepContext } from '../src/engine/contracts/step-type.ts';
import { HandrailError } from '../src/engine/model/errors.ts';
import type { RunEvent } from '../src/engine/model/event.ts';
import { kindOf } from '../src/engine/model/guard.ts';
import { DEFAULT_REQUEST } from '../src/engine/model/plan.ts';
import { createHandrail } from '../src/handrail.ts';
import { DEFAULT_RESUME } from '../src/host/go-on.ts';
import { systemClock } from '../src/host/system-clock.ts';
import * as library from '../src/index.ts';
import { MemoryStore } from '../src/stores/memory.ts';
import { workplace } from './support/engine.ts';
import { ownType } from './support/own-type.ts';

const { folder } = workplace({
  'ops.md': '# One\n\n~~~own name=one\nx\n~~~\n\n- [ ] Look\n',
  'other.md': '# Other\n',
});
const WORLD = { env: {}, cwd: folder, state: 'memory:', version: '0.0.0-test' };
const SENTENCE =
  /^HandrailError: .* where .* was expected\.(?: (?:Give|Say) [^.]*\.| Did you mean `\w+`\?)?$/;

const OWN = ownType();
const own = (members: object): AnyStepType => ({ ...OWN, ...members });

const RENDERER = { name: 'mine', summary: 'Mine.', of: 'report', render: () => [] };

/** The same, with a member called otherwise. */
function instead<T extends object>(on: T, member: string, called: string): T {
  const all = plain(on);
  const { [member]: one, ...others } = all;
  return { ...others, [called]: one } as T;
}

/** An object of a class as one of none. */
function plain(on: object): Record<string, unknown> {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(on));
  const all = Object.getPrototypeOf(on) === Object.prototype ? Object.keys(on) : names;
  return { ...on, ...Object.fromEntries(all.map((name) => [name, Reflect.get(on, name)])) };
}

/** What programs without types may do. */
const untyped = (on: object, verb: string, ...given: readonly unknown[]): unknown =>
  Reflect.apply(Reflect.get(on, verb), on, given);
const create = (world: unknown): unknown => Reflect.apply(createHandrail, null, [world]);

/** What is thrown, at once or late. */
async function refusal(act: () => unknown): Promise<string> {
  try {
    await act();
    return 'nothing';
  } catch (error) {
    return String(error);
  }
}

async function prepared(type = OWN) {
  const handrail = createHandrail({ ...WORLD, stepTypes: [type] });
  const { source, runbook } = await handrail.read('ops.md');
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const attendance = { operator, signal: new AbortController().signal };
  return { handrail, source, runbook, plan, attendance };
}

/** Members that are refused by a sentence which names them, where each is what nothing ever is. */
async function refused(
  names: readonly string[],
  give: (one: object) => unknown,
): Promise<readonly string[]> {
  const all = names.map(async (name) => {
    const said = await refusal(() => give({ [name]: Symbol(name) }));
    return SENTENCE.test(said) && said.includes(`\`${name}\``) ? [name] : [];
  });
  return (await Promise.all(all)).flat();
}

describe('what a program without types gives is refused by a sentence that names it', () => {
  test('in a world', async () => {
    const more = 'clock beginning ended secondWord destroysNeedsTwo stepTypes renderers store';
    const names = [...Object.keys(WORLD), ...more.split(' ')];
    expect(await refused(names, (one) => create({ ...WORLD, ...one }))).toEqual(names);
    for (const world of [undefined, null, 5, 'x', {}])
      expect(await refusal(() => create(world))).toMatch(SENTENCE);
  });

  test('in a step type, a renderer and a run store', async () => {
    const more = 'preflight recall asserts link takes called content isTicked isShown reachesOut';
    const names = [...Object.keys(OWN).filter((name) => name !== 'examples'), ...more.split(' ')];
    const given = (one: object): unknown => create({ ...WORLD, stepTypes: [own(one)] });
    expect(await refused(names, given)).toEqual(names);
    const taken = { name: 'run-log', of: 'report', render: () => [] };
    for (const one of [null, {}, taken, { ...taken, name: 'mine', of: 'runbook' }])
      expect(await refusal(() => create({ ...WORLD, renderers: [one] }))).toMatch(SENTENCE);
    expect(await refusal(() => create({ ...WORLD, store: {} }))).toMatch(/`scheme` is undefined/);
  });

  test('by a name that nobody knows, which is told with the nearest one', async () => {
    const { handrail, runbook, source, plan, attendance } = await prepared();
    const { detect, ...blind } = OWN;
    const store = new MemoryStore({ ...systemClock });
    const { operator } = attendance;
    const slips: readonly [string, string, () => unknown][] = [
      ['stor', 'store', () => create({ ...WORLD, stor: store })],
      ['versoin', 'version', () => create({ ...WORLD, version: undefined, versoin: '1' })],
      ['detct', 'detect', () => create({ ...WORLD, stepTypes: [{ ...blind, detct: detect }] })],
      ['preflght', 'preflight', () => create({ ...WORLD, stepTypes: [own({ preflght: detect })] })],
      ['rendr', 'render', () => create({ ...WORLD, renderers: [{ ...RENDERER, rendr: detect }] })],
      ['reed', 'read', () => create({ ...WORLD, store: instead(store, 'read', 'reed') })],
      ['newst', 'newest', () => create({ ...WORLD, store: { ...plain(store), newst: detect } })],
      ['decied', 'decide', () => handrail.prepare(plan, instead(operator, 'decide', 'decied'))],
      [
        'atemptSignal',
        'attemptSignal',
        () => handrail.prepare(plan, { ...operator, ...{ atemptSignal: detect } }),
      ],
      ['aprove', 'approve', () => untyped(handrail, 'plan', runbook, { aprove: [] })],
      [
        'singal',
        'signal',
        () => untyped(handrail, 'run', plan, source, { operator, singal: attendance.signal }),
      ],
    ];
    for (const [slip, meant, give] of slips) {
      const said = await refusal(give);
      expect(said).toMatch(SENTENCE);
      expect([said.includes(`\`${slip}\``), said.includes(`\`${meant}\``)]).toEqual([true, true]);
    }
  });

  test('but what is its own affair is left to an object of a class', async () => {
    class Mine extends MemoryStore {
      readonly queues = new Map();
      readonly context = 'mine';
    }
    class Type {
      context = 'mine';
      line(): void {}
    }
    const stepTypes = [Object.assign(new Type(), OWN)];
    const store = new Mine(systemClock);
    expect(createHandrail({ ...WORLD, stepTypes, store }).store.scheme).toBe('memory');
  });

  test('in a request, also by a name that nobody knows', async () => {
    const { handrail, runbook, attendance } = await prepared();
    const plan = (one: unknown): unknown => untyped(handrail, 'plan', runbook, one);
    const names = [...Object.keys(DEFAULT_REQUEST), 'aprove'];
    expect(await refused(names, plan)).toEqual(names);
    for (const one of [null, 5, 'x']) expect(await refusal(() => plan(one))).toMatch(SENTENCE);
    const again = [...Object.keys(DEFAULT_RESUME), 'sure'];
    const resume = (one: object): unknown => untyped(handrail, 'resume', null, one, attendance);
    expect(await refused(again, resume)).toEqual(again);
  });

  test('in an attendance', async () => {
    const { handrail, source, plan, attendance } = await prepared();
    const run = (one: object): unknown =>
      untyped(handrail, 'run', plan, source, { ...attendance, ...one });
    const names = ['operator', 'signal', 'run', 'said', 'lock', 'sayd'];
    expect(await refused(names, run)).toEqual(names);
    const { operator } = attendance;
    const members = [...Object.keys(operator), 'attemptSignal'];
    const runBy = (one: object): unknown => run({ operator: { ...operator, ...one } });
    expect(await refused(members, runBy)).toEqual(members);
    expect(await refusal(() => run({ run: '../elsewhere' }))).toMatch(SENTENCE);
  });

  test.each([
    ['read', []],
    ['read', [new URL('file:///etc')]],
    ['parse', ['# One']],
    ['plan', ['ops.md']],
    ['prepare', []],
    ['judge', []],
    ['run', []],
    ['report', []],
    ['verify', ['last']],
    ['render', []],
  ])('in the place of what another verb answers: %s %j', async (verb, given) => {
    const { handrail } = await prepared();
    expect(await refusal(() => untyped(handrail, verb, ...given))).toMatch(SENTENCE);
  });
});

const NOTHING_ELSE: readonly unknown[] = [
  ...[null, 5, -1, Number.NaN, 1n, true, '', Symbol('s'), () => 1, [], [null], {}, { a: 1 }],
  ...[new Date(0), new Map(), Object.create(null), new URL('file:///etc'), Buffer.from('x')],
  ...[Promise.resolve(1), /x/, new Error('e'), class {}, { run: 'x' }, [[]], async () => 1],
];

/** Every function of the library: each of its arguments, in the place of which something else is given. */
async function everyArgument(): Promise<
  Readonly<Record<string, readonly ((one: unknown) => unknown)[]>>
> {
  const { handrail, source, runbook, plan, attendance } = await prepared();
  const { operator } = attendance;
  const page = join(folder, 'ops.md');
  const clock = systemClock;
  const chain = (): library.Chain => new library.Chain('run', clock);
  const entry = { run: 'run', what: 'created', head: library.NO_HEAD, at: '2026-12-01T00:00:00Z' };
  const end = { size: 0, head: library.NO_HEAD };
  const step = runbook.steps[0];
  const request = { program: 'true', args: [] };
  const { signal } = attendance;
  const context = { cwd: folder, env: {}, lockFds: [], signal, timeoutMs: null };
  const of = (name: string, ...given: readonly unknown[]): unknown =>
    Reflect.apply(Reflect.get(library, name), null, given);
  const made = (...given: readonly unknown[]): unknown => Reflect.construct(library.Chain, given);
  const program = (...given: readonly unknown[]): unknown =>
    untyped(of('runProgram', ...given) as object, 'next');
  const verb = (name: string, ...given: readonly unknown[]): unknown =>
    untyped(handrail, name, ...given);
  return {
    makeUnattendedOperator: [],
    createHandrail: [(one) => of('createHandrail', one)],
    defineStepType: [(one) => of('defineStepType', isObject(one) ? null : one)],
    HandrailError: [(one) => Promise.reject(Reflect.construct(HandrailError, [one]))],
    checkRunbook: [
      (one) => of('checkRunbook', isText(one) ? '' : one, { hasCommand: () => true }),
      (one) => of('checkRunbook', page, one),
      (one) => of('checkRunbook', page, { hasCommand: isCall(one) ? 5 : one }),
      (one) =>
        of('checkRunbook', page, { hasCommand: () => true, procedure: isText(one) ? 5 : one }),
    ],
    readRunbook: [
      (one) => of('readRunbook', one),
      (one) => of('readRunbook', page, isObject(one) ? { a: 1 } : one),
    ],
    renderRun: [(one) => of('renderRun', one)],
    Chain: [
      (one) => made(isText(one) ? '' : one, clock),
      (one) => made('run', one),
      (one) => made('run', clock, one),
      (one) => untyped(chain(), 'draft', isList(one) ? [one] : one),
      (one) => untyped(chain(), 'commit', one),
    ],
    ledgerLine: [(one) => of('ledgerLine', one, end), (one) => of('ledgerLine', entry, one)],
    outputFile: [
      (one) => of('outputFile', isText(one) ? null : one, 1),
      (one) => of('outputFile', 'step', Number.isInteger(one) ? 0.5 : one),
    ],
    runProgram: [
      (one) => program(one, request, context),
      (one) => program(step, one, context),
      (one) => program(step, request, one),
      () => program(step, { ...request, inptu: 'lost' }, context),
    ],
    read: [(one) => verb('read', one)],
    parse: [
      (one) => verb('parse', one),
      () => verb('parse', { ...source, text: '# Another\n' }),
      () => verb('parse', { ...source, bytes: Buffer.from('# Another\n') }),
      () => verb('parse', { ...source, sha256: '0'.repeat(64) }),
    ],
    plan: [
      (one) => verb('plan', one),
      (one) => verb('plan', runbook, isEmpty(one) ? 5 : one),
      (one) => verb('plan', runbook, { timeoutMs: isNothing(one) || one === 5 ? 0 : one }),
      (one) => verb('plan', runbook, { parallel: one === 5 ? 0 : one }),
    ],
    prepare: [(one) => verb('prepare', one, operator), (one) => verb('prepare', plan, one)],
    judge: [(one) => verb('judge', one)],
    run: [
      (one) => verb('run', one, source, attendance),
      (one) => verb('run', plan, one, attendance),
      (one) => verb('run', plan, source, one),
      () => verb('run', plan, { ...source, bytes: Buffer.from('# Another\n') }, attendance),
    ],
    lock: [(one) => verb('lock', one, runbook), (one) => verb('lock', runId, one)],
    outlook: [
      (one) => verb('outlook', isText(one) || isNothing(one) ? 5 : one),
      (one) => verb('outlook', null, isEmpty(one) ? 5 : one),
    ],
    resume: [
      (one) => verb('resume', isText(one) || isNothing(one) ? 5 : one, {}, attendance),
      (one) => verb('resume', null, isEmpty(one) ? 5 : one, attendance),
      (one) => verb('resume', null, {}, one),
    ],
    find: [(one) => verb('find', isText(one) ? null : one)],
    report: [(one) => verb('report', one)],
    verify: [(one) => verb('verify', one)],
    render: [(one) => verb('render', one)],
  };
}

const runId = '00000000-0000-7000-8000-000000000001';
const isText = (one: unknown): boolean => typeof one === 'string';
const isCall = (one: unknown): boolean => typeof one === 'function';
const isNothing = (one: unknown): boolean => one === null;
const isList = (one: unknown): boolean => Array.isArray(one);
const isObject = (one: unknown): boolean =>
  (typeof one === 'object' || typeof one === 'function') && one !== null;
/** What says nothing is no wrong request. */
const isEmpty = (one: unknown): boolean =>
  [Object.prototype, null].includes(Object.getPrototypeOf(Object(one))) &&
  Object.keys(Object(one)).length === 0;

test('every argument of every function of the library is looked at, and there is no other function', async () => {
  const table = await everyArgument();
  const verbs = Object.getOwnPropertyNames(Object.getPrototypeOf(createHandrail(WORLD)));
  const isVerb = (name: string): boolean =>
    isCall(Reflect.get(createHandrail(WORLD), name)) && name !== 'constructor';
  const calls = Object.entries(library).filter(([, one]) => isCall(one));
  const all = [...calls.map(([name]) => name), ...verbs.filter(isVerb)];
  expect(Object.keys(table).toSorted()).toEqual(all.toSorted());
  const unsaid: string[] = [];
  for (const [name, ways] of Object.entries(table))
    for (const [at, way] of ways.entries())
      for (const one of NOTHING_ELSE) {
        const said = await refusal(() => way(one));
        if (!SENTENCE.test(said)) unsaid.push(`${name}[${at}] of ${kindOf(one)}: ${said}`);
      }
  expect(unsaid).toEqual([]);
});

function hiddenIn(asked: object): PropertyDescriptorMap {
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, { value }]));
}

test('an environment behind another object is not taken for an empty one', async () => {
  expect(await refusal(() => create({ ...WORLD, env: Object.create({ PATH: '/bin' }) }))).toMatch(
    SENTENCE,
  );
});

test('a request is heard once, whatever it says the next time', async () => {
  const { handrail, runbook } = await prepared();
  let times = 0;
  const request = {
    get reason() {
      times++;
      return times === 1 ? 'once' : 'twice';
    },
  };
  expect((await handrail.plan(runbook, request)).request.reason).toBe('once');
});

test.each([
  ['in memory', () => ({})],
  ['in a folder', () => ({ state: 'used' })],
  ['in a store that does not look', () => ({ store: careless() })],
])('a run under an id that was used is refused, and the first one kept: %s', async (_, more) => {
  const handrail = createHandrail({ ...WORLD, stepTypes: [OWN], ...more() });
  const { source, runbook } = await handrail.read('ops.md');
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const attendance = { operator, signal: new AbortController().signal, run: runId };
  const carriedOut = async (): Promise<void> => {
    for await (const _event of handrail.run(plan, source, attendance).events);
  };
  await carriedOut();
  const first = await handrail.render(await handrail.find(runId));
  expect(await refusal(carriedOut)).toMatch(
    /there is a run `.*` already\. Nothing was run; give an id that was never used, or none\.$/,
  );
  const reader = await handrail.find(runId);
  expect((await handrail.verify(reader)).name).toBe('sound');
  expect(await handrail.render(reader)).toBe(first);
});

/** A new one takes the place of the one that there was. */
function careless(): MemoryStore {
  let store = new MemoryStore(systemClock);
  const createAnew = async (run: string, bytes: Uint8Array): Promise<RunWriter> => {
    store = new MemoryStore(systemClock);
    return store.create(run, bytes);
  };
  return new Proxy(store, {
    get: (_, member) => {
      if (member === 'create') return createAnew;
      const one: unknown = Reflect.get(store, member);
      return typeof one === 'function' ? one.bind(store) : one;
    },
  });
}

test('bytes of a source that are used again before the run begins change nothing of its record', async () => {
  const { handrail, source, plan, attendance } = await prepared();
  const { run, events } = handrail.run(plan, source, attendance);
  source.bytes.fill(0);
  for await (const _ of events);
  expect((await handrail.verify(await handrail.find(run))).name).toBe('sound');
});

test('a step type that yields for ever without waiting for anything is ended by the signal', async () => {
  const endless = own({
    async *run(_step: unknown, _body: unknown, { signal }: StepContext) {
      while (!signal.aborted) yield { stream: 'stdout', chunk: Buffer.from('.') };
      return { outcome: 'cancelled' };
    },
  });
  const { handrail, source, plan, attendance } = await prepared(endless as typeof OWN);
  const stop = new AbortController();
  const events: RunEvent[] = [];
  const given = { ...attendance, signal: stop.signal };
  for await (const event of handrail.run(plan, source, given).events) {
    if (event.type === 'step.started') setImmediate(() => stop.abort('SIGTERM'));
    events.push(event);
  }
  expect(events.at(-1)).toMatchObject({ outcome: 'cancelled' });
});

test.each([
  ['a promise', (asked: object) => Promise.resolve(asked)],
  ['a Map', (asked: object) => new Map(Object.entries(asked))],
  ['a list', (asked: object) => [asked]],
  ['behind another object', (asked: object) => Object.create(asked)],
  ['not listed', (asked: object) => Object.defineProperties({}, hiddenIn(asked))],
  ['kept by a class', (asked: object) => Object.create({}, hiddenIn(asked))],
  [
    'answered by a proxy',
    (asked: object) => new Proxy({}, { get: (_, is) => Reflect.get(asked, is) }),
  ],
  ['a Date', () => new Date()],
  ['a URL', () => new URL('http://localhost/?steps=one')],
  ['an expression', () => /one/],
  ['a list with a gap', () => ({ steps: Object.assign([], { 1: 'one' }) })],
  ['inputs in a Map', () => ({ inputs: new Map([['name', 'Ada']]) })],
  ['inputs in a URL', () => ({ inputs: new URL('http://localhost/?name=Ada') })],
  ['inputs behind another object', () => ({ inputs: Object.create({ name: 'Ada' }) })],
])('a request that is %s never runs what was not meant', async (_, made) => {
  const { handrail, runbook } = await prepared();
  const plan = (): unknown => untyped(handrail, 'plan', runbook, made({ steps: ['one'] }));
  expect(await refusal(plan)).toMatch(SENTENCE);
});

test.each([undefined, null, {}, { message: undefined }, { message: '' }, { message: Symbol('s') }])(
  'an error of which nobody says anything never says `undefined`: %j',
  (data) => {
    const error: unknown = Reflect.construct(HandrailError, ['USAGE', data]);
    expect(String(error)).toBe('HandrailError: nobody said what is wrong');
  },
);

test('whether a command is here is answered at once', async () => {
  writeFileSync(join(folder, 'tool.md'), '# Tool\n\n```bash\nnosuch --tool\n```\n');
  const hasCommand = async (): Promise<boolean> => false;
  const said = await refusal(() =>
    Reflect.apply(checkRunbook, null, [join(folder, 'tool.md'), { hasCommand }]),
  );
  expect(said).toMatch(SENTENCE);
  expect(said).toContain('`hasCommand` answered an object');
});

test.each([[[]], [['ops.md']], [['ops.md', { hasCommand: 'ls' }]]])(
  'a page is checked where it is given, and what there is: %j',
  async (given) => {
    const said = await refusal(() => Reflect.apply(checkRunbook, null, given));
    expect(said).toMatch(/^HandrailError: `checkRunbook` was given .* was expected\./);
  },
);

test.each([
  ['step types', 'stepTypes', own({})],
  ['renderers', 'renderers', RENDERER],
])('of two %s of one name neither is taken silently', async (kind, member, one) => {
  const said = await refusal(() => create({ ...WORLD, [member]: [one, { ...one }] }));
  expect(said).toMatch(SENTENCE);
  expect(said).toContain(`two ${kind} are called \`${one.name}\``);
});

test.each([
  ['kept', `${folder}/kept`],
  ['file:kept', `${folder}/kept`],
  ['file:../kept', `${dirname(folder)}/kept`],
  ['file:///srv/kept', '/srv/kept'],
  ['/srv/kept', '/srv/kept'],
])('where runs are kept begins at `cwd`, as a path and as a URL: %s', (state, where) => {
  expect(createHandrail({ ...WORLD, state }).store.where).toBe(where);
});

test.each(['file://kept', 'file://kept/runs', 'file:///srv%2Fkept', 'redis://kept'])(
  'where nothing can be kept is said in a sentence: %s',
  (state) => {
    const call = (): unknown => createHandrail({ ...WORLD, state });
    expect(call).toThrow(HandrailError);
    expect(call).toThrow(/\. Give (?:a|its) .*\.$/);
  },
);

test('a plan is carried out with the text that it was made of, and no other', async () => {
  const { handrail, plan, attendance } = await prepared();
  const { source } = await handrail.read('other.md');
  expect(() => handrail.run(plan, source, attendance)).toThrow(/of another text/);
});

test('a run that nobody reads keeps nobody out', async () => {
  const { handrail, source, plan, attendance } = await prepared();
  handrail.run(plan, source, attendance);
  await handrail.run(plan, source, attendance).events.return();
  const lock = handrail.lock('00000000-0000-7000-8000-000000000001', plan.runbook);
  await handrail.run(plan, source, { ...attendance, lock }).events.return();
  const events: RunEvent[] = [];
  for await (const event of handrail.run(plan, source, attendance).events) events.push(event);
  expect(events.at(-1)).toMatchObject({ outcome: 'waiting' });
});

test('a lock that cannot be given back changes nothing of how the run ended', async () => {
  const { handrail, source, plan, attendance } = await prepared();
  const release = (): Promise<void> => Promise.reject(new TypeError('the lock is stuck'));
  const held = async () => ({ fds: [], release });
  const lock = { name: 'stuck', take: held, peek: held, drop: async () => {} };
  const { run, events } = handrail.run(plan, source, { ...attendance, lock });
  const ends: string[] = [];
  const said = await refusal(async () => {
    for await (const event of events) if (event.type === 'run.finished') ends.push(event.outcome);
  });
  const { outcome } = await handrail.report(await handrail.find(run));
  expect([ends, said, outcome]).toEqual([['waiting'], 'TypeError: the lock is stuck', 'waiting']);
});

test('a lock that cannot be given back hides neither what broke the run, nor keeps a step at work', async () => {
  const stuck = (): never => {
    throw new TypeError('the lock is stuck');
  };
  const free = async () => ({ fds: [], release: async () => {} });
  const lock = { name: 'stuck', take: free, peek: free, drop: stuck };
  const beginning = (): never => {
    throw new TypeError('nobody to tell');
  };
  const { plan, source, attendance } = await prepared();
  const handrail = createHandrail({ ...WORLD, stepTypes: [OWN], beginning });
  const { events } = handrail.run(plan, source, { ...attendance, lock });
  expect(await refusal(() => events.next())).toBe('TypeError: nobody to tell');
  let ended = false;
  const waits = own({
    async *run() {
      try {
        yield { stream: 'stdout', chunk: Buffer.from('begun\n') };
        yield { stream: 'stdout', chunk: Buffer.from('goes on\n') };
      } finally {
        ended = true;
      }
      return { outcome: 'passed' };
    },
  });
  const other = await prepared(waits);
  const left = other.handrail.run(other.plan, other.source, { ...other.attendance, lock });
  const said = await refusal(async () => {
    for await (const { type } of left.events) if (type === 'step.output') break;
  });
  expect([said, ended]).toEqual(['TypeError: the lock is stuck', true]);
});

test.each([
  ['SIGHUP', 129, 'ended by SIGHUP'],
  ['SIGQUIT', 131, 'ended by SIGQUIT'],
  [undefined, 143, 'ended from outside'],
  [null, 143, 'ended from outside'],
  ['', 143, 'ended from outside'],
  ['the tab was\nclosed', 143, 'ended from outside: the tab was closed'],
  [new Error('no more of pa55-w0rd!'), 143, 'ended from outside: no more of ***'],
  ['toString', 143, 'ended from outside: toString'],
])('a run that is aborted says by what: %j', async (reason, exitCode, why) => {
  const handrail = createHandrail({ ...WORLD, env: { API_TOKEN: 'pa55-w0rd!' }, stepTypes: [OWN] });
  const { source, runbook } = await handrail.read('ops.md');
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const stop = new AbortController();
  const { run, events } = handrail.run(plan, source, { operator, signal: stop.signal });
  for await (const { type } of events) if (type === 'step.started') stop.abort(reason);
  const report = await handrail.report(await handrail.find(run));
  expect(report).toMatchObject({ outcome: 'cancelled', exitCode, why });
});

test('a run is kept where its handle says', async () => {
  const { handrail, source, plan, attendance } = await prepared();
  const { run, where, events } = handrail.run(plan, source, attendance);
  for await (const _ of events);
  expect((await handrail.find(run)).where).toBe(where);
});

/** How a run ends that is attended by an operator of these members, and whether its record can be read. */
async function attended(members: object): Promise<readonly [string, string, string]> {
  const handrail = createHandrail({ ...WORLD, stepTypes: [OWN] });
  const { source, runbook } = await handrail.read('ops.md');
  const operator = { ...makeUnattendedOperator(), name: 'ada', ...members };
  const plan = await handrail.prepare(await handrail.plan(runbook, { attended: true }), operator);
  const { signal } = new AbortController();
  const { run, events } = handrail.run(plan, source, { operator, signal });
  const said = await refusal(async () => {
    for await (const _ of events);
  });
  const reader = await handrail.find(run);
  return [said, (await handrail.report(reader)).outcome, (await handrail.verify(reader)).name];
}

const NO_DECISIONS: readonly unknown[] = [
  { do: Object('run') },
  ...[undefined, null, 5, 'run', {}, { do: 'dance' }, { do: 'toString' }],
  ...[{ do: 'skip' }, { do: 'note' }, { do: 'wait' }, { do: 'command' }, { do: 'reopen' }],
  ...[{ do: 'run', text: 5 }, { do: 'confirm', note: 5 }, { do: 'jump' }, { do: 'rollback' }],
  { do: 'settle', stepId: 'look', outcome: 'great' },
];

test.each<[string, object]>([
  ...NO_DECISIONS.map((one): [string, object] => [
    JSON.stringify(one) ?? 'undefined',
    { decide: async () => one },
  ]),
  ['terminal', { decide: async () => ({ do: 'run' }), terminal: () => undefined }],
  ['attemptSignal', { decide: async () => ({ do: 'run' }), attemptSignal: () => 5 }],
])(
  'an operator that answers what is no answer is named, and nothing passes: %s',
  async (_, members) => {
    const [said, ...ends] = await attended(members);
    expect(said).toMatch(
      /^HandrailError: The operator `ada` does not keep its contract: .* expected/,
    );
    expect(ends).toEqual(['failed', 'sound']);
  },
);

test('an operator that says for ever what does not help can be stopped all the same', async () => {
  const { handrail, source, plan } = await prepared();
  const operator = {
    ...makeUnattendedOperator(),
    decide: async () => ({ do: 'probe' }) as const,
  };
  const stop = new AbortController();
  setImmediate(() => stop.abort('SIGTERM'));
  const events: RunEvent[] = [];
  for await (const event of handrail.run(plan, source, { operator, signal: stop.signal }).events)
    events.push(event);
  expect(events.at(-1)).toMatchObject({ outcome: 'cancelled' });
});

test.each(['.', 'kept', './kept', '~', 'file:///srv'])(
  'a world begins at a whole path: %s is none',
  async (cwd) => {
    expect(await refusal(() => create({ ...WORLD, cwd }))).toMatch(
      /`cwd` is a text in its world, where a whole path, from `\/` on, was expected/,
    );
  },
);

test('steps of a type that nobody brought are neither looked at nor run', async () => {
  const { plan, source, attendance } = await prepared();
  const bare = createHandrail(WORLD);
  const said =
    /its plan has a step of the type `own` \(line 3\), .* Give `createHandrail` the same/;
  expect(await refusal(() => bare.prepare(plan, attendance.operator))).toMatch(said);
  expect(await refusal(() => bare.judge(plan))).toMatch(said);
  expect(await refusal(() => bare.run(plan, source, attendance))).toMatch(said);
});
