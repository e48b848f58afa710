import { expect, test } from 'vitest';
import { makeUnattendedOperator } from '../../../src/cli/running/unattended-operator.ts';
import type { OutputWriter, RunStore, RunWriter } from '../../../src/engine/contracts/run-store.ts';
import { HandrailError } from '../../../src/engine/model/errors.ts';
import { createHandrail } from '../../../src/handrail.ts';
import { MemoryStore } from '../../../src/stores/memory.ts';
import { workplace } from '../../support/engine.ts';

const { folder } = workplace({
  'ops.md': '# One\n\n```bash name=one\necho one\n```\n\n- [ ] Look\n',
});
const clock = { nowMs: Date.now, monoMs: () => performance.now(), sleep: async () => {} };

/** The same store, of which one member throws as soon as `when` says so. */
function failing(member: string, error: () => unknown, when: (written: string) => boolean) {
  const store = new MemoryStore(clock);
  let written = '';
  const over = <T extends object>(on: T, change: Readonly<Record<string, unknown>>): T =>
    new Proxy(on, {
      get: (of, name) => {
        if (name === member && when(written)) return () => Promise.reject(error());
        if (typeof name === 'string' && Object.hasOwn(change, name)) return change[name];
        const value: unknown = Reflect.get(of, name);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
  const writer = (on: RunWriter): RunWriter =>
    over(on, {
      async append(...[bodies, options]: Parameters<RunWriter['append']>) {
        const stored = await on.append(bodies, options);
        written += bodies.map(({ type }) => `${type}\n`).join('');
        return stored;
      },
      openOutput: async (...given: Parameters<RunWriter['openOutput']>): Promise<OutputWriter> =>
        over(await on.openOutput(...given), {}),
    });
  const mine: RunStore = over(store, {
    create: async (...given: Parameters<RunStore['create']>) =>
      writer(await store.create(...given)),
    reopen: async (...given: Parameters<RunStore['reopen']>) =>
      writer(await store.reopen(...given)),
  });
  return createHandrail({
    env: process.env,
    cwd: folder,
    state: 'memory:',
    version: '0',
    store: mine,
  });
}

type Handrail = ReturnType<typeof createHandrail>;

async function thrownBy(handrail: Handrail): Promise<unknown> {
  const { source, runbook } = await handrail.read('ops.md');
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const { signal } = new AbortController();
  try {
    for await (const _ of handrail.run(plan, source, { operator, signal }).events);
    return 'nothing';
  } catch (error) {
    return error;
  }
}

/** What it all comes from. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}

const always = (): boolean => true;
const hasBegun = (written: string): boolean => written.includes('step.started');
const isOver = (written: string): boolean => written.includes('run.waiting');

test.each<[string, string, string, (written: string) => boolean]>([
  ['create', 'at once', 'LOG_UNWRITABLE', always],
  ['enter', 'at once', 'LOG_UNWRITABLE', always],
  ['append', 'at once', 'LOG_UNWRITABLE', always],
  ['append', 'in a step', 'LOG_LOST', hasBegun],
  ['openOutput', 'in a step', 'LOG_LOST', hasBegun],
  ['write', 'in a step', 'LOG_LOST', hasBegun],
  ['keep', 'at the end', 'LOG_UNFINISHED', hasBegun],
  ['enter', 'at the end', 'LOG_UNFINISHED', isOver],
])(
  'a run store that cannot write is told as one: `%s` throws %s',
  async (member, _, code, when) => {
    const mine = new TypeError('the shelf is full');
    const thrown = await thrownBy(failing(member, () => mine, when));
    expect(thrown).toBeInstanceOf(HandrailError);
    expect(thrown).toMatchObject({ code });
    expect(rootOf(thrown)).toBe(mine);
    expect(String(thrown)).toContain(': the shelf is full. ');
  },
);

test('what a run store says in the words of its contract comes up as it is', async () => {
  const mine = new HandrailError('LOG_UNWRITABLE', { path: 'shelf', why: 'it is full' });
  expect(await thrownBy(failing('create', () => mine, always))).toBe(mine);
});
