import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeUnattendedOperator } from '../src/cli/running/unattended-operator.ts';
import { defineStepType } from '../src/engine/contracts/step-type.ts';
import { createHandrail } from '../src/handrail.ts';
import { runProgram } from '../src/steps/shell/program.ts';
import { workplace } from './support/engine.ts';
import { untilNobodyWorksIn } from './support/processes.ts';

const root = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(tmpdir(), 'handrail-library-'));
const page = readFileSync(path.join(root, 'docs/library.md'), 'utf8');
const programs = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
/** The runbooks that stand on the page, by the names above them. */
const runbooks = [...page.matchAll(/^`(\S+\.md)`:\n\n````markdown\n([\s\S]*?)^````$/gm)];

/** Runs a program of the page in a folder where the package is installed; what it printed. */
function ran(index: number): string {
  const file = path.join(folder, `program-${index}.ts`);
  writeFileSync(file, programs[index] ?? '');
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
}

beforeAll(() => {
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules/handrail'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const [, name = '', text = ''] of runbooks) writeFileSync(path.join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the programs of the page on the library', () => {
  test('read, plan, prepare and run', () => {
    expect(ran(0)).toBe('greet passed\npassed sound\n');
  });

  test('bring a step type of their own', () => {
    expect(ran(1)).toBe('127.0.0.1:7321 answers\n');
  });

  test('bring a step type that starts a program', () => {
    expect(ran(2)).toBe('19\n');
  });

  test('bring a renderer of their own', () => {
    expect(ran(3)).toBe('greet=passed\n');
  });

  test('bring a run store of their own, whose record cannot be talked round either', () => {
    expect(ran(4)).toBe('sound\naltered\n');
  });

  test('are all there is', () => {
    expect([programs.length, runbooks.length]).toEqual([5, 3]);
  });
});

describe('whoever embeds the pipeline', () => {
  test('goes on with a run by saying only what is new', async () => {
    const { handrail, folder: there } = workplace(
      '# One\n\n~~~bash name=one\ntest -e ready\n~~~\n',
    );
    const operator = makeUnattendedOperator();
    const attendance = { operator, signal: new AbortController().signal };
    const { source, runbook } = await handrail.read('ops.md');
    const plan = await handrail.prepare(await handrail.plan(runbook), operator);
    const ends: string[] = [];
    for await (const event of handrail.run(plan, source, attendance).events)
      if (event.type === 'run.finished') ends.push(event.outcome);
    writeFileSync(path.join(there, 'ready'), '');
    for await (const event of (await handrail.resume(null, {}, attendance)).events)
      if (event.type === 'run.finished') ends.push(event.outcome);
    expect(ends).toEqual(['failed', 'passed']);
  });

  test('ends a program of a step type of their own with all that it started', async () => {
    const type = defineStepType({
      name: 'posix',
      summary: 'Runs a fence with sh.',
      quoting: 'shell',
      human: false,
      detect: (block) =>
        block.kind === 'fence' && block.language === 'posix'
          ? { body: null, why: 'fence `posix`', effect: 'writes' }
          : undefined,
      run: (step, _body, context) =>
        runProgram(step, { program: 'sh', args: ['-s'], input: context.text }, context),
      show: ({ title }) => ({ title, summary: 'sh' }),
      examples: [],
    });
    const { folder: there } = workplace(
      '# One\n\n~~~posix name=one\nsleep 300 & echo begun; wait\n~~~\n',
    );
    const world = { env: process.env, cwd: there, state: 'kept', version: '0.0.0-test' };
    const handrail = createHandrail({ ...world, stepTypes: [type] });
    const operator = makeUnattendedOperator();
    for (const how of ['aborted', 'left'] as const) {
      const { source, runbook } = await handrail.read('ops.md');
      const plan = await handrail.prepare(await handrail.plan(runbook), operator);
      const stop = new AbortController();
      const { run, events } = handrail.run(plan, source, { operator, signal: stop.signal });
      for await (const event of events) {
        if (event.type !== 'step.output') continue;
        if (how === 'left') break;
        stop.abort('SIGTERM');
      }
      await untilNobodyWorksIn(there);
      const { outcome } = await handrail.report(await handrail.find(run));
      expect(outcome).toBe(how === 'left' ? 'interrupted' : 'cancelled');
    }
  });

  test('keeps nobody out where a run breaks before it is begun', async () => {
    const { folder: there } = workplace('# One\n\n~~~bash name=one\ntrue\n~~~\n');
    let breaks = true;
    const handrail = createHandrail({
      env: process.env,
      cwd: there,
      state: 'kept',
      version: '0.0.0-test',
      beginning() {
        if (breaks) throw new TypeError('nobody to tell');
      },
    });
    const operator = makeUnattendedOperator();
    const outcome = async (): Promise<string | undefined> => {
      const { source, runbook } = await handrail.read('ops.md');
      const plan = await handrail.prepare(await handrail.plan(runbook), operator);
      const signal = new AbortController().signal;
      let ended: string | undefined;
      for await (const event of handrail.run(plan, source, { operator, signal }).events)
        if (event.type === 'run.finished') ended = event.outcome;
      return ended;
    };
    await expect(outcome()).rejects.toThrow('nobody to tell');
    breaks = false;
    expect(await outcome()).toBe('passed');
  });

  test('cannot run a plan that was not prepared', async () => {
    const { handrail } = workplace('# One\n\n~~~bash\necho one\n~~~\n');
    const { source, runbook } = await handrail.read('ops.md');
    const plan = await handrail.plan(runbook);
    const operator = { name: 'nobody' };
    const given = [plan, source, { operator, signal: new AbortController().signal }];
    expect(() => Reflect.apply(handrail.run, handrail, given)).toThrow(
      /not prepared.*prepare\(plan, operator\)/,
    );
  });

  test('gets what an operator throws, and the record is closed before', async () => {
    const place = workplace('# One\n\n- [ ] Look\n');
    const { source, runbook } = await place.handrail.read('ops.md');
    const operator = {
      name: 'ada',
      decide: () => Promise.reject(new TypeError('the desk is gone')),
      input: () => Promise.resolve(undefined),
      resolve: () => Promise.resolve(undefined),
      terminal: () => null,
    };
    const planned = await place.handrail.plan(runbook, { attended: true });
    const plan = await place.handrail.prepare(planned, operator);
    const { run, events } = place.handrail.run(plan, source, {
      operator,
      signal: new AbortController().signal,
    });
    const seen: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const event of events) seen.push(event.type);
    };
    await expect(reading()).rejects.toThrow('the desk is gone');
    expect(seen.at(-1)).toBe('run.finished');
    const reader = await place.handrail.find(run);
    const report = await place.handrail.report(reader);
    expect([report.outcome, report.why]).toEqual([
      'failed',
      'not by a step, but by TypeError: the desk is gone',
    ]);
    expect((await place.handrail.verify(reader)).name).toBe('sound');
  });
});
