import { hash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { EXIT } from '../../../src/engine/model/outcome.ts';
import { type Scene, scene } from '../../support/faults/scene.ts';

beforeAll(() => expect(inject('bundleError')).toBe(''));

/** A run whose engine was lost while its second step was at work, once what the step had printed was in the log. */
async function lost(): Promise<{ readonly on: Scene; readonly folder: string }> {
  const on = scene('writes, without one', 400);
  await on.run({ point: 'after exit, before its record', kind: 'SIGKILL' });
  const runs = join(on.place.folder, '.handrail/runs');
  return { on, folder: join(runs, readdirSync(runs)[0] ?? '') };
}

test.each([
  ['other bytes', (text: string) => text.replace('said', 'SAID'), 'begins with other bytes'],
  ['fewer bytes', (text: string) => text.slice(0, 2), 'has 2 bytes'],
  ['none', () => null, 'has 0 bytes'],
])(
  'output of an attempt without its end is vouched for as far as the log says: %s are found, also once the run was gone on with',
  async (_what, edit, message) => {
    const { on, folder } = await lost();
    const file = join(folder, 'output/two-1.log');
    const before = readFileSync(file, 'utf8');
    expect(await on.verify()).toBe('unsealed');
    writeFileSync(file, `${before}and a piece that no line tells of yet\n`);
    expect(await on.verify()).toBe('unsealed');
    const after = edit(before);
    if (after === null) rmSync(file);
    else writeFileSync(file, after);
    const reader = await on.place.handrail.find('last');
    const found = await on.place.handrail.verify(reader);
    expect([found.name, found.message]).toEqual(['output', expect.stringContaining(message)]);
    expect(await on.resume([{ outcome: 'done', step: 'two' }])).toBe(0);
    expect(await on.verify()).toBe('output');
  },
);

test('state that was kept after a step which the log does not know tells of a log that was cut', async () => {
  const { on, folder } = await lost();
  const log = join(folder, 'log.jsonl');
  const all = readFileSync(log, 'utf8').split('\n');
  const from = all.findIndex((line) => line.includes('"type":"step.started"'));
  rmSync(join(folder, 'output'), { recursive: true });
  writeFileSync(log, `${all.slice(0, from).join('\n')}\n`);
  const { name, message } = await on.place.handrail.verify(await on.place.handrail.find('last'));
  expect([name, message]).toEqual(['truncated', expect.stringContaining('state/')]);
});

test('an end that is put behind the log vouches for no other output than its lines tell of', async () => {
  const { on, folder } = await lost();
  const log = join(folder, 'log.jsonl');
  const all = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  const [last = ''] = all.slice(-1);
  const text = 'all is well, and nothing else was said\n';
  writeFileSync(join(folder, 'output/two-1.log'), text);
  const output = {
    path: 'output/two-1.log',
    bytes: text.length,
    sha256: hash('sha256', text, 'hex'),
  };
  const { at, run, attempt } = JSON.parse(last);
  const header = { seq: all.length, at, monoMs: 9, run, attempt, type: 'step.finished' };
  const body = { stepId: 'two', try: 1, outcome: 'passed', durationMs: 1, stdoutBytes: 39 };
  const prev = hash('sha256', last, 'hex');
  appendFileSync(log, `${JSON.stringify({ ...header, prev, ...body, stderrBytes: 0, output })}\n`);
  expect(await on.verify()).toBe('output');
});

test('a claim that an engine is at work hides nothing where that process has nothing of the run open', async () => {
  const { on, folder } = await lost();
  mkdirSync(join(folder, 'engine'), { recursive: true });
  writeFileSync(join(folder, 'engine/99'), JSON.stringify({ pid: process.pid }));
  writeFileSync(join(folder, 'output/more-1.log'), 'x');
  expect(await on.verify()).toBe('truncated');
});

test('a run is not gone on with by a copy of its text that is another one, nor where nobody knows it', async () => {
  const { on, folder } = await lost();
  const other = join(on.place.folder, 'other');
  const id = folder.split('/').at(-1) ?? '';
  cpSync(folder, join(other, 'runs', id), { recursive: true });
  const there = await on.resumeUnder({}, [id, '--state', other, '--not-done', 'last']);
  expect([there.exitCode, there.stderr]).toEqual([
    EXIT.usage,
    expect.stringContaining('does not know it'),
  ]);
  appendFileSync(join(folder, 'runbook.md'), '\n```bash\necho evil >> evil\n```\n');
  rmSync(join(on.place.folder, 'ops.md'));
  const here = await on.resumeUnder({}, ['--not-done', 'last']);
  expect([here.exitCode, here.stderr]).toEqual([
    EXIT.usage,
    expect.stringContaining('is not the text that its log vouches for'),
  ]);
  expect(readdirSync(on.place.folder)).not.toContain('evil');
});

test.each([
  ['before its seal was entered', 'before the seal is entered'],
  ['after its seal was entered', 'before the seal'],
] as const)(
  'a run that passed and whose engine was lost %s is sealed by going on with it, and nothing runs again',
  async (_when, point) => {
    const on = scene('reads', 10);
    expect((await on.run({ point, kind: 'SIGKILL' })).exitCode).toBe(137);
    const found = await on.place.handrail.verify(await on.place.handrail.find('last'));
    expect([found.name, found.message]).toEqual([
      'unsealed',
      expect.stringMatching(/`handrail resume \S+` seals it$/),
    ]);
    on.edit((text) => `${text}\nAnd that was all.\n`);
    expect(await on.resume()).toBe(EXIT.passed);
    expect([await on.verify(), on.starts()]).toEqual(['sound', ['one', 'two', 'three']]);
    expect(await on.resume()).toBe(EXIT.usage);
  },
);

test('an end without its seal that somebody else wrote settles nothing: the step in doubt stays in doubt', async () => {
  const { on, folder } = await lost();
  const log = join(folder, 'log.jsonl');
  const all = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  const [last = ''] = all.slice(-1);
  const { at, run, attempt } = JSON.parse(last);
  const header = { seq: all.length, at, monoMs: 9, run, attempt, type: 'run.finished' };
  const body = { prev: hash('sha256', last, 'hex'), outcome: 'passed', exitCode: 0, durationMs: 9 };
  appendFileSync(log, `${JSON.stringify({ ...header, ...body })}\n`);
  expect(await on.verify()).toBe('unsealed');
  expect(await on.resume()).toBe(EXIT.unknown);
});
