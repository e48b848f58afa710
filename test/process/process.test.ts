import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StepOutput } from '../../src/engine/contracts/step-type.ts';
import type { ProcessEnd } from '../../src/process/follow-process.ts';
import { type ProcessRequest, runProcess } from '../../src/process/process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(script: string, request: Partial<ProcessRequest> = {}): Promise<ProcessEnd> {
  const output: AsyncGenerator<StepOutput, ProcessEnd> = runProcess({
    program: 'bash',
    args: ['-c', script],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HANDRAIL_RUN_ID: folder },
    lockFds: [],
    marks: [`HANDRAIL_RUN_ID=${folder}`],
    signal: new AbortController().signal,
    timeoutMs: null,
    ...request,
  });
  let next = await output.next();
  while (!next.done) next = await output.next();
  return next.value;
}

const pidIn = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();

test('who ignores TERM is killed after the grace, wherever it went', async () => {
  const end = await run(
    "trap '' TERM; setsid bash -c 'trap \"\" TERM; echo $$ > far; while :; do sleep 0.05; done' & while :; do sleep 0.05; done",
    { timeoutMs: 300, graceMs: 200 },
  );
  expect(end).toMatchObject({ endedBy: 'timeout', signal: 'SIGKILL' });
  expect(
    existsSync(`/proc/${pidIn('far')}/cmdline`) &&
      readFileSync(`/proc/${pidIn('far')}/cmdline`, 'utf8'),
  ).toBeFalsy();
});

test('a process that was stopped is ended too', async () => {
  const end = await run('trap "exit 5" TERM; kill -STOP $$', { timeoutMs: 200 });
  expect(end).toMatchObject({ endedBy: 'timeout', exitCode: 5 });
});

test('a timeout longer than a timer can be does not fire at once', async () => {
  expect(await run('sleep 0.1', { timeoutMs: 2 ** 40 })).toMatchObject({
    endedBy: 'itself',
    exitCode: 0,
  });
});

test('an environment that is too large cannot run', async () => {
  const env = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`V${at}`, 'x'.repeat(120_000)]),
  );
  await expect(run('true', { env })).rejects.toMatchObject({ code: 'STEP_CANNOT_RUN' });
});

test('a hundred mebibytes pass through in bounded memory', () => {
  const script = `
    import { runProcess } from '${join(import.meta.dirname, '../../src/process/process.ts')}';
    let bytes = 0;
    const before = process.memoryUsage.rss();
    let most = before;
    for await (const { chunk } of runProcess({ program: 'head', args: ['-c', String(100 * 2 ** 20), '/dev/zero'], cwd: '/', env: { PATH: process.env.PATH }, lockFds: [], marks: [], signal: new AbortController().signal, timeoutMs: null })) {
      bytes += chunk.length;
      most = Math.max(most, process.memoryUsage.rss());
    }
    console.log(bytes, most - before < 60 * 2 ** 20);
  `;
  const args = ['--input-type=module', '--experimental-strip-types', '--no-warnings', '-e', script];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe(
    `${100 * 2 ** 20} true\n`,
  );
});

test('a program whose variables are too many together is not started, and the largest are named', async () => {
  const large = Array.from({ length: 40 }, (_, at) => [`v${at}`, 'x'.repeat(120_000)] as const);
  const request: ProcessRequest = {
    program: 'true',
    args: [],
    cwd: '/',
    env: { ...Object.fromEntries(large), v7: 'x'.repeat(121_000), PATH: '/usr/bin:/bin' },
    lockFds: [],
    marks: [],
    signal: new AbortController().signal,
    timeoutMs: null,
  };
  await expect(runProcess(request).next()).rejects.toThrow(
    /`true` cannot be started: its variables have 48\d{5} letters together.*the largest are `v7`/,
  );
});
