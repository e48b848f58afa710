import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workplace } from '../support/engine.ts';

const read = (place: { readonly folder: string }, name: string): string =>
  readFileSync(join(place.folder, name), 'utf8');
const STEP = (name: string, script: string): string => `~~~bash name=${name}\n${script}\n~~~\n`;
const PAGE = (first: string): string =>
  `---\ninputs: { who: { type: string } }\n---\n# A\n\n${STEP('one', first)}\n${STEP('two', '[ -e mended ]; echo "$FOUND {{who}}" > said')}`;

test('what a step that is done has set is not asked for when the run is gone on with', async () => {
  const place = workplace(PAGE('FOUND=kept'));
  const asked = { request: { inputs: { who: 'ana' } } };
  expect((await place.run('ops.md', asked)).exitCode).toBe(1);
  writeFileSync(join(place.folder, 'mended'), '');
  expect((await place.resume()).exitCode).toBe(0);
  expect(read(place, 'said')).toBe('kept ana\n');
});

test('what nothing has set is still asked for then', async () => {
  const place = workplace(PAGE('true'));
  const given = { FOUND: 'given' };
  const asked = { request: { inputs: { who: 'ana' } }, env: given };
  expect((await place.run('ops.md', asked)).exitCode).toBe(1);
  await expect(place.resume()).rejects.toThrow(/Nothing sets `\$FOUND`/);
  expect(existsSync(join(place.folder, 'said'))).toBe(false);
});

test('a rollback has what the steps before it have set', async () => {
  const back = `\n## Rollback\n\n${STEP('back', 'echo "$FOUND" > undone')}`;
  const place = workplace(
    `# A\n\n## Do\n\n${STEP('one', 'FOUND=kept')}\n${STEP('two on-fail=rollback', 'false')}${back}`,
  );
  const done = await place.run('ops.md', { request: { procedures: ['do'] } });
  expect([done.exitCode, read(place, 'undone')]).toEqual([1, 'kept\n']);
});

test('a step that changes something and ran out of its time is settled by a word', async () => {
  const place = workplace(`# A\n\n${STEP('one effect=writes timeout=100ms', 'sleep 20')}`);
  await place.run();
  expect((await place.resume()).exitCode).toBe(4);
  const done = await place.resume(null, { resume: { words: [{ step: 'one', outcome: 'done' }] } });
  expect(done.exitCode).toBe(0);
});

test('a word about a step that is not in doubt is refused, and the run stays as it was', async () => {
  const place = workplace(PAGE('FOUND=kept'));
  await place.run('ops.md', { request: { inputs: { who: 'ana' } } });
  for (const [step, outcome] of [
    ['one', 'not-done'],
    ['two', 'done'],
    ['two', 'not-done'],
    ['last', 'done'],
  ] as const)
    await expect(place.resume(null, { resume: { words: [{ step, outcome }] } })).rejects.toThrow(
      /of unknown outcome: there is nothing/,
    );
  expect((await place.handrail.report(await place.handrail.find('last'))).attempts).toBe(1);
});
