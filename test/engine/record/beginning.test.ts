import { hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { RunEvent } from '../../../src/engine/model/event.ts';
import { EXIT } from '../../../src/engine/model/outcome.ts';
import { workplace } from '../../support/engine.ts';
import { type Scene, scene } from '../../support/faults/scene.ts';
import { rechained } from '../../support/fuzzing/forgery.ts';

beforeAll(() => expect(inject('bundleError')).toBe(''));

const INPUTS = '---\ninputs:\n  target: { default: staging }\n  size: { default: "3" }\n---\n';

/** A run with two values whose engine was lost while its second step was at work. */
async function killed(): Promise<{ readonly on: Scene; readonly folder: string }> {
  const on = scene('writes, without one', 400);
  on.edit((page) => INPUTS + page.replace('echo said', 'echo said {{target}} {{size}}'));
  await on.run({ point: 'after exit, before its record', kind: 'SIGKILL' });
  const runs = join(on.place.folder, '.handrail/runs');
  return { on, folder: join(runs, readdirSync(runs)[0] ?? '') };
}

const OPENING = 3;
const logOf = (folder: string): string => join(folder, 'log.jsonl');
const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8').split('\n').slice(0, -1);
const write = (file: string, lines: readonly string[]): void =>
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));

describe('a run that was killed', () => {
  let killedOnce: ReturnType<typeof killed> | undefined;
  let lost: readonly string[] | undefined;
  const forgeries: Readonly<Record<string, (lines: readonly string[]) => readonly string[]>> = {
    'another value': (lines) =>
      lines.map((line) => line.replace('"value":"staging"', '"value":"production"')),
    'a value from somewhere else': (lines) =>
      lines.map((line) => line.replace('"source":"default"', '"source":"--input"')),
    'no values': (lines) => [
      (lines[0] ?? '').replace(/"bound":\[[^\]]*\]/, '"bound":[]'),
      ...lines.slice(OPENING),
    ],
    'one value less': (lines) => [
      (lines[0] ?? '').replace('"bound":["target",', '"bound":['),
      ...lines.toSpliced(1, 1).slice(1),
    ],
    'one value less than it names': (lines) => lines.toSpliced(1, 1),
    'more values': (lines) => [
      (lines[0] ?? '').replace('"bound":[', '"bound":["more",'),
      (lines[1] ?? '').replace('"name":"target"', '"name":"more"'),
      ...lines.slice(1),
    ],
    'another person': (lines) => lines.map((line) => line.replace(/"user":"[^"]*"/, '"user":"bo"')),
    'values in another order': (lines) => lines.with(1, lines[2] ?? '').with(2, lines[1] ?? ''),
  };

  test.each(Object.entries(forgeries))(
    'is altered where its whole log was made anew with right hashes and %s, and is not gone on with',
    async (_what, forge) => {
      killedOnce ??= killed();
      const { on, folder } = await killedOnce;
      // What is forged leads nowhere, so the run stays as it was lost but for its log.
      lost ??= linesOf(logOf(folder));
      const before = lost;
      write(logOf(folder), before);
      expect(before.slice(0, OPENING).map((line) => JSON.parse(line).type)).toEqual([
        'run.started',
        'input.bound',
        'input.bound',
      ]);
      expect(await on.verify()).toBe('unsealed');
      const forged = rechained(forge(before));
      expect(forged).not.toEqual(before);
      write(logOf(folder), forged);
      const found = await on.place.handrail.verify(await on.place.handrail.find('last'));
      expect([found.name, found.line]).toEqual(['altered', 1]);
      const { exitCode, stderr } = await on.resumeUnder({}, ['--not-done', 'last']);
      expect([exitCode, stderr]).toEqual([
        EXIT.usage,
        expect.stringContaining('the run began otherwise'),
      ]);
    },
  );

  test('within the write that it begins with is a crash tail at whatever byte, and is not gone on with', async () => {
    const { on, folder } = await killed();
    const whole = linesOf(logOf(folder));
    const opening = Buffer.from(
      whole
        .slice(0, OPENING)
        .map((line) => `${line}\n`)
        .join(''),
    );
    for (const name of ['output', 'state'])
      rmSync(join(folder, name), { recursive: true, force: true });
    const ends = [0];
    for (const line of whole.slice(0, OPENING))
      ends.push((ends.at(-1) ?? 0) + Buffer.byteLength(line) + 1);
    const sizes = ends
      .flatMap((end) => [end - 1, end, end + 1, end + 9])
      .concat(opening.length / 2);
    for (const size of sizes.filter((one) => one >= 0 && one < opening.length)) {
      writeFileSync(logOf(folder), opening.subarray(0, size));
      expect([size, await on.verify()]).toEqual([size, size === 0 ? 'unsealed' : 'crash tail']);
      const { exitCode } = await on.resumeUnder({}, ['--input', 'target=x', '--input', 'size=1']);
      expect([`${size}: ${EXIT.usage}`, `${size}: ${EXIT.notFound}`]).toContain(
        `${size}: ${exitCode}`,
      );
      expect(on.starts()).toEqual(['one', 'two']);
    }
    writeFileSync(logOf(folder), opening);
    expect(await on.verify()).toBe('unsealed');
  });

  test('or has its end is what it was where the chain of all runs was written by an edition that entered no hash', async () => {
    const { on } = await killed();
    const state = join(on.place.folder, '.handrail');
    const asBefore = (): void => {
      const ledger = rechained(
        linesOf(join(state, 'runs.jsonl')).map((line) => {
          const entry = JSON.parse(line);
          return entry.what === 'created' ? line.replace(entry.head, '0'.repeat(64)) : line;
        }),
      );
      write(join(state, 'runs.jsonl'), ledger);
      const head = hash('sha256', ledger.at(-1) ?? '', 'hex');
      writeFileSync(join(state, 'runs.head'), `${ledger.length}\n${head}\n`);
    };
    asBefore();
    expect(await on.verify()).toBe('unsealed');
    expect(await on.resume([{ outcome: 'done', step: 'last' }])).toBe(0);
    expect((await on.verifyAll()).map(({ name }) => name)).toEqual(['sound']);
  });
});

test('a run is entered with the write that it begins with, and what is said from outside stands behind that', async () => {
  const place = workplace(`${INPUTS}# A\n\n~~~bash\necho {{target}} {{size}}\n~~~\n`);
  const words: RunEvent[] = [{ type: 'note.added', by: 'bo', text: 'Go' }];
  const { run } = await place.run('ops.md', { said: { take: () => words.splice(0) } });
  const state = join(place.folder, '.handrail');
  const lines = linesOf(logOf(join(state, 'runs', run)));
  const types = lines.map((line) => JSON.parse(line).type);
  expect(types.slice(0, 4)).toEqual(['run.started', 'input.bound', 'input.bound', 'note.added']);
  const [created = ''] = linesOf(join(state, 'runs.jsonl'));
  const head = hash('sha256', lines[2] ?? '', 'hex');
  expect(JSON.parse(created)).toMatchObject({ what: 'created', head });
  expect((await place.handrail.verify(await place.handrail.find(run))).name).toBe('sound');
});
