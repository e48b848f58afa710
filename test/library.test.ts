import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeUnattendedOperator } from '../src/cli/running/unattended-operator.ts';
import type { Operator } from '../src/engine/contracts/operator.ts';
import { defineStepType } from '../src/engine/contracts/step-type.ts';
import { createHandrail } from '../src/handrail.ts';
import { runProgram } from '../src/steps/shell/program.ts';
import { workplace } from './support/engine.ts';
import { freePort, startPostgres } from './support/postgres.ts';
import { untilNobodyWorksIn } from './support/processes.ts';

const root = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(tmpdir(), 'handrail-library-'));
const page = readFileSync(path.join(root, 'docs/library.md'), 'utf8');
const programs = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
/** The runbooks that stand on the page, by the names above them. */
const runbooks = [...page.matchAll(/^`(\S+\.md)`:\n\n````markdown\n([\s\S]*?)^````$/gm)];

/** Runs a program of the page in a folder where the package is installed; what it printed. */
function ran(index: number, port = 7321): string {
  const file = path.join(folder, `program-${index}.ts`);
  writeFileSync(file, (programs[index] ?? '').replaceAll('7321', String(port)));
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

  test('bring a step type of their own', async () => {
    // The port of the page may be somebody else's here.
    const port = await freePort();
    const wait = path.join(folder, 'wait.md');
    writeFileSync(wait, readFileSync(wait, 'utf8').replaceAll('7321', String(port)));
    expect(ran(1, port)).toBe(`127.0.0.1:${port} answers\n`);
  });

  test('bring a step type that starts a program', () => {
    expect(ran(2)).toBe('19\n');
  });

  test('bring an operator of their own', () => {
    expect(ran(3)).toBe('empty chat a thumb in #ops\nconfirmed passed not-applicable\n');
  });

  test('bring a renderer of their own', () => {
    expect(ran(4)).toBe('greet=passed\n');
  });

  test('bring a run store of their own, whose record cannot be talked round either', () => {
    expect(ran(5)).toBe('sound\naltered\n');
  });

  test('are all there is', () => {
    expect([programs.length, runbooks.length]).toEqual([6, 4]);
  });
});

const EMBEDDING = `
import { createHandrail, makeUnattendedOperator } from 'handrail';
async function main() {
  const handrail = createHandrail({ env: process.env, cwd: process.cwd(), state: 'kept', version: '1.0.0' });
  const { source, runbook } = await handrail.read('hello.md');
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook, { inputs: { name: 'Ada' } }), operator);
  const { run, events } = handrail.run(plan, source, { operator, signal: new AbortController().signal });
  for await (const event of events) if (event.type === 'run.finished') console.log(event.outcome);
  const reader = await handrail.find(run);
  console.log((await handrail.verify(reader)).name, (await handrail.render(reader, 'html')).includes('hello Ada'));
  const query = await handrail.read('query.md');
  const asking = await handrail.prepare(await handrail.plan(query.runbook), operator);
  const asked = handrail.run(asking, query.source, { operator, signal: new AbortController().signal });
  for await (const event of asked.events)
    if (event.type === 'step.output') console.log(Buffer.from(event.chunk).toString().trim());
}
main();
`;

const QUERY = `---
connections: { default: { url: $DATABASE_URL } }
---
# Look

~~~sql
SELECT 41 + 1 AS answer;
~~~
`;

describe('a bundle of one file that somebody else makes of it', () => {
  test.each([
    ['esm', 'mjs'],
    ['cjs', 'cjs'],
  ] as const)('works in a folder with nothing else in it: %s', async (format, ending) => {
    writeFileSync(path.join(folder, 'embedding.js'), EMBEDDING);
    const build = await rolldown({
      cwd: folder,
      input: 'embedding.js',
      platform: 'node',
      external: ['@lydell/node-pty', 'pg-native', /^node:/],
      logLevel: 'silent',
    });
    const { output } = await build.generate({ format, codeSplitting: false });
    await build.close();
    const server = await startPostgres();
    const alone = mkdtempSync(path.join(tmpdir(), 'handrail-alone-'));
    try {
      writeFileSync(path.join(alone, `out.${ending}`), output[0].code);
      for (const [, name = '', text = ''] of runbooks) writeFileSync(path.join(alone, name), text);
      writeFileSync(path.join(alone, 'query.md'), QUERY);
      const said = execFileSync(process.execPath, [`out.${ending}`], {
        cwd: alone,
        encoding: 'utf8',
        env: { ...process.env, DATABASE_URL: server.url },
      });
      expect(output).toHaveLength(1);
      expect(said).toMatch(/^passed\nsound true\n[\s\S]*\b42\b/);
    } finally {
      await server.stop();
      rmSync(alone, { recursive: true, force: true });
    }
  });

  test('finds nothing in it that only a file of CommonJS has, in its own place', () => {
    const there = path.join(root, 'dist');
    const found = new Set(['index.js']);
    const wrong: string[] = [];
    for (const name of found) {
      const text = readFileSync(path.join(there, name), 'utf8');
      for (const [, file = ''] of text.matchAll(/["'`]\.\/([\w.-]{1,200}\.cjs)["'`]/g))
        found.add(file);
      // The driver does without the one; the others stand in text that could be written out.
      for (const [word] of text.matchAll(
        /\b__(?:file|dir)name\b|\bimport\.meta\b|\brequire\("[^.][^"]*"\)/g,
      ))
        if (!/"(?:pg-native|ajv.*)"/.test(word)) wrong.push(`${name}: ${word}`);
    }
    expect(found.size).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });
});

describe('whoever embeds the pipeline', () => {
  test('keeps much output in memory, each piece of it at the same cost', async () => {
    const MEGABYTES = 100;
    const loud = defineStepType<null>({
      name: 'loud',
      summary: 'Says much.',
      quoting: 'none',
      human: false,
      detect: (block) =>
        block.kind === 'fence' && block.language === 'loud'
          ? { body: null, why: 'fence `loud`', effect: 'reads' }
          : undefined,
      async *run() {
        for (let piece = 0; piece < MEGABYTES; piece += 1)
          yield { stream: 'stdout', chunk: Buffer.alloc(2 ** 20, 'x') };
        return { outcome: 'passed' };
      },
      examples: [],
    });
    const { folder: there } = workplace('# One\n\n~~~loud name=one\n~~~\n');
    const handrail = createHandrail({
      env: {},
      cwd: there,
      state: 'memory:',
      version: '0.0.0-test',
      stepTypes: [loud],
    });
    const { source, runbook } = await handrail.read('ops.md');
    const operator = makeUnattendedOperator();
    const plan = await handrail.prepare(await handrail.plan(runbook), operator);
    const { signal } = new AbortController();
    const { run, events } = handrail.run(plan, source, { operator, signal });
    for await (const _ of events);
    const { steps } = await handrail.report(await handrail.find(run));
    expect(steps.map(({ outcome }) => outcome)).toEqual(['passed']);
    // Hashed anew with every piece, it took longer than the runner waits.
  }, 30_000);

  test('reads a page by its whole path where the process stands in no folder any more', () => {
    const { folder: there } = workplace('# One\n\n~~~bash name=one\ntrue\n~~~\n');
    const gone = mkdtempSync(path.join(tmpdir(), 'handrail-gone-'));
    const code = `
      const { readRunbook } = await import(${JSON.stringify(path.join(root, 'dist/index.js'))});
      const here = process.cwd();
      process.chdir(here);
      require('node:fs').rmSync(here, { recursive: true });
      for (const name of process.argv.slice(1))
        console.log(await readRunbook(name).then(({ runbook }) => runbook.title, String));`;
    const said = execFileSync(
      process.execPath,
      [
        '--input-type=commonjs',
        '-e',
        `(async () => {${code}})()`,
        path.join(there, 'ops.md'),
        'ops.md',
      ],
      { cwd: gone, encoding: 'utf8' },
    );
    expect(said).toBe(
      'One\nHandrailError: `ops.md` cannot be read: the folder that it begins at is gone. Check its permissions.\n',
    );
  });

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

  test('goes on with their own steps only where these are known', async () => {
    const text = '# One\n\n~~~bash name=one\nfalse\n~~~\n\n~~~tide name=two\nwait\n~~~\n';
    const { folder: there } = workplace(text);
    const done: string[] = [];
    const tide = defineStepType<null>({
      name: 'tide',
      summary: 'Waits for the tide.',
      quoting: 'none',
      human: false,
      detect: (block) =>
        block.kind === 'fence' && block.language === 'tide'
          ? { body: null, why: 'fence `tide`', effect: 'reads' }
          : undefined,
      async *run() {
        yield { stream: 'stdout', chunk: Buffer.from('high\n') };
        done.push('two');
        return { outcome: 'passed' };
      },
      examples: [],
    });
    const world = { env: process.env, cwd: there, state: 'kept', version: '0.0.0-test' };
    const handrail = createHandrail({ ...world, stepTypes: [tide] });
    const operator = makeUnattendedOperator();
    const attendance = { operator, signal: new AbortController().signal };
    const { source, runbook } = await handrail.read('ops.md');
    const plan = await handrail.prepare(await handrail.plan(runbook), operator);
    const { run, events } = handrail.run(plan, source, attendance);
    for await (const _ of events);
    // The step to go on with is bash's: theirs comes after it, and would be passed over.
    writeFileSync(path.join(there, 'ops.md'), text.replace('false', 'true'));
    const without = createHandrail(world);
    const refusal = /step `two` \(line 7\) is of the type `tide`, which nobody here knows/;
    await expect(without.resume(run, { force: true }, attendance)).rejects.toThrow(refusal);
    await expect(without.outlook(run)).rejects.toThrow(refusal);
    const handle = await handrail.resume(run, { force: true }, attendance);
    for await (const _ of handle.events);
    expect(done).toEqual(['two']);
    // What is behind is nobody's to carry out any more.
    expect((await without.report(await without.find(run))).outcome).toBe('passed');
  });

  test('finds no secret in the record, by whatever name something of theirs goes', async () => {
    const secret = 'hunter2-of-the-harbour';
    const { folder: there } = workplace(
      '---\ninputs: { key: { secret: true } }\n---\n# One\n\n~~~tide name=one confirm\n{{key}}\n~~~\n',
    );
    const tide = defineStepType<null>({
      name: 'tide',
      summary: 'Keeps a file.',
      quoting: 'none',
      human: false,
      detect: (block) =>
        block.kind === 'fence' && block.language === 'tide'
          ? { body: null, why: 'fence `tide`', effect: 'reads' }
          : undefined,
      async *run(_step, _body, { text, attach }) {
        yield { stream: 'stdout', chunk: Buffer.from(text) };
        const kept = await attach?.(`${text}.txt`, Buffer.from(text));
        return { outcome: 'passed', attachments: kept ? [kept] : [], facts: { [text]: text } };
      },
      examples: [],
    });
    const world = { env: process.env, cwd: there, state: 'kept', version: '0.0.0-test' };
    const handrail = createHandrail({ ...world, stepTypes: [tide] });
    const operator: Operator = {
      ...makeUnattendedOperator(),
      name: `bot ${secret}`,
      decide: async () => ({ do: 'run', approval: secret }),
    };
    const { source, runbook } = await handrail.read('ops.md');
    const request = { inputs: { key: secret }, attended: true };
    const plan = await handrail.prepare(await handrail.plan(runbook, request), operator);
    const attendance = { operator, signal: new AbortController().signal };
    const { run, events } = handrail.run(plan, source, attendance);
    const said: unknown[] = [];
    for await (const event of events) said.push(event);
    const reader = await handrail.find(run);
    for (const name of await reader.names()) {
      said.push(name);
      if (name !== 'runbook.md') said.push(Buffer.from((await reader.file(name)) ?? '').toString());
    }
    expect(JSON.stringify(said)).not.toContain(secret);
    expect(JSON.stringify(said)).toContain('bot ***');
    expect((await handrail.verify(reader)).name).toBe('sound');
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
