import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { noteOnce } from '../../../src/cli/alerts/start.ts';
import { thisEngine } from '../../../src/stores/files/engine.ts';

const AT = '2026-11-29T02:14:31.512Z';
const begin = { words: ['ca68c2b5', 'pool.md'], run: 'second', at: AT };
/** A pid that no process has, on this boot. */
const GONE = { ...thisEngine(), pid: 2 ** 30, pidStart: 1 };
const ELSEWHERE = { ...GONE, bootId: 'another' };
const EARLIER = '2026-11-29T02:00:00.000Z';

const left: readonly (readonly [
  of: string,
  note: string,
  recorded: readonly string[],
  mayBegin: boolean,
])[] = [
  ['an engine that is at work', noteOf(thisEngine()), [], false],
  ['a dead engine whose run is recorded', noteOf(GONE), ['first'], false],
  ['a dead engine that began no run', noteOf(GONE), [], true],
  ['an engine that cannot be seen from here, just now', noteOf(ELSEWHERE), [], false],
  ['an engine of another boot, long ago', noteOf(ELSEWHERE, EARLIER), [], true],
  ['an earlier edition, which named no run', `{"at":"${AT}","words":[]}`, [], false],
  ['nobody who can be known', '', [], false],
];

function noteOf(engine: object, at = AT): string {
  return JSON.stringify({ at, words: begin.words, run: 'first', engine });
}

for (const [of, note, recorded, mayBegin] of left) {
  test(`behind a note of ${of}, ${mayBegin ? 'one of two' : 'nobody'} may begin`, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'handrail-once-'));
    const isRecorded = (run: string): Promise<boolean> => Promise.resolve(recorded.includes(run));
    const own = await noteOnce(folder, { ...begin, run: 'first' }, isRecorded);
    expect(own.before).toBe(null);
    const [file = ''] = readdirSync(folder);
    writeFileSync(path.join(folder, file), note);
    const both = await Promise.all([
      noteOnce(folder, begin, isRecorded),
      noteOnce(folder, begin, isRecorded),
    ]);
    expect(both.filter(({ before }) => before === null)).toHaveLength(mayBegin ? 1 : 0);
    // What was found stays as it was.
    expect(readFileSync(path.join(folder, file), 'utf8')).toBe(note);
  });
}

test('what came to nothing may be begun again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-once-'));
  const none = (): Promise<boolean> => Promise.resolve(false);
  (await noteOnce(folder, begin, none)).forget();
  expect(readdirSync(folder)).toEqual([]);
  expect((await noteOnce(folder, begin, none)).before).toBe(null);
  expect((await noteOnce(folder, begin, none)).before).toEqual({ at: AT, run: 'second' });
});
