import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workplace } from './support/engine.ts';

const root = path.dirname(import.meta.dirname);
const folder = mkdtempSync(path.join(tmpdir(), 'handrail-library-'));
const programs = [
  ...readFileSync(path.join(root, 'docs/library.md'), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm),
].map(([, text = '']) => text);

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
  writeFileSync(
    path.join(folder, 'hello.md'),
    '---\ninputs: { name: {} }\n---\n# Hello\n\n```bash name=greet\necho "hello {{name}}"\n```\n',
  );
  writeFileSync(path.join(folder, 'wait.md'), '# Wait\n\n```wait-for\n127.0.0.1:7321\n```\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the programs of the page on the library', () => {
  test('read, plan, prepare and run', () => {
    expect(ran(0)).toBe('greet passed\npassed sound\n');
  });

  test('bring a step type of their own', () => {
    expect(ran(1)).toBe('127.0.0.1:7321 answers\n');
  });

  test('bring a renderer of their own', () => {
    expect(ran(2)).toBe('greet=passed\n');
  });

  test('are all there is', () => {
    expect(programs).toHaveLength(3);
  });
});

describe('whoever embeds the pipeline', () => {
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
      show: () => {},
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
