import { execFile } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/engine/contracts/clock.ts';
import { HandrailError } from '../../src/engine/model/errors.ts';
import { LogLines } from '../../src/engine/timeline/log-lines.ts';
import { FileIncidentStore } from '../../src/stores/incidents.ts';

const clock: Clock = {
  nowMs: () => 1_795_140_000_000,
  monoMs: () => 0,
  sleep: () => Promise.resolve(),
};
const store = () =>
  new FileIncidentStore(mkdtempSync(join(tmpdir(), 'handrail-incidents-')), clock);
const note = (text: string) => ({ type: 'note.added', by: 'me', host: 'here', text }) as const;

async function verdictOf(incidents: FileIncidentStore, name: string) {
  const chain = new LogLines();
  const texts = [];
  for await (const raw of incidents.lines(name)) texts.push(chain.take(raw)?.event['text'] ?? null);
  return { ...chain.verdict(), texts };
}

/** Files of a folder that this process holds open. */
const openBelow = (folder: string): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(join('/proc/self/fd', fd));
      return file.startsWith(folder) ? [file] : [];
    } catch {
      return [];
    }
  });

test('no file of an incident stays open when something was appended, or was refused', async () => {
  const incidents = store();
  await incidents.append('INC-7', [note('a')]);
  await incidents.append('INC-7', [note('b')]);
  const refusing = {
    *[Symbol.iterator]() {
      yield note('c');
      throw new Error('no more');
    },
  };
  await expect(incidents.append('INC-7', refusing)).rejects.toThrow();
  expect(openBelow(incidents.where)).toEqual([]);
});

test('what is appended stands in a chained log that is sealed each time', async () => {
  const incidents = store();
  expect(await incidents.append('INC-7', [note('a'), note('b')])).toMatchObject({
    count: 2,
    firstSeq: 0,
  });
  expect(await incidents.append('INC-7', [note('c')])).toMatchObject({ count: 1, firstSeq: 3 });
  expect(await verdictOf(incidents, 'INC-7')).toMatchObject({
    verdict: 'sound',
    lines: 5,
    texts: ['a', 'b', null, 'c', null],
  });
  expect(await incidents.incidents()).toEqual([
    { name: 'INC-7', path: 'incidents/INC-7/log.jsonl' },
  ]);
});

test('a line that a crash left half written is put aside, and the log goes on', async () => {
  const incidents = store();
  await incidents.append('INC-7', [note('a')]);
  appendFileSync(join(incidents.where, 'incidents/INC-7/log.jsonl'), '{"seq":2,"at"');
  await incidents.append('INC-7', [note('b')]);
  expect(await verdictOf(incidents, 'INC-7')).toMatchObject({
    verdict: 'sound',
    texts: ['a', null, 'b', null],
  });
  expect(readFileSync(join(incidents.where, 'incidents/INC-7/log.torn'), 'utf8')).toBe(
    '{"seq":2,"at"\n',
  );
});

test('processes that append at the same time take turns: no note is lost and the chain holds', async () => {
  const incidents = store();
  const script = `import { FileIncidentStore } from '${resolve('src/stores/incidents.ts')}';
    const clock = { nowMs: Date.now, monoMs: () => performance.now(), sleep: async () => {} };
    const store = new FileIncidentStore(process.argv[1], clock);
    for (let i = 0; i < 10; i++) await store.append('INC-7', [{ type: 'note.added', by: 'x', host: 'h', text: process.argv[2] + i }]);`;
  const run = (name: string) =>
    promisify(execFile)(process.execPath, [
      '--input-type=module-typescript',
      '-e',
      script,
      incidents.where,
      name,
    ]);
  await Promise.all(['a', 'b', 'c'].map(run));
  const { verdict, texts } = await verdictOf(incidents, 'INC-7');
  expect(verdict).toBe('sound');
  expect(texts.filter((text) => text !== null)).toHaveLength(30);
});

test('any name has a folder of its own inside the state folder, and no other gets in', async () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.constantFrom('..', '.', '../x', '/etc', 'INC 7', 'a/b', 'ž', 'CON', '*'),
  );
  const incidents = store();
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(name, async (given) => {
      if (given.trim() === '' || /\p{Cc}/u.test(given) || encodeURIComponent(given).length > 200) {
        const short = encodeURIComponent(given).length <= 200;
        if (short)
          await expect(incidents.append(given, [note('x')])).rejects.toThrow(/cannot be the name/);
        return;
      }
      seen.add(given.toWellFormed());
      await incidents.append(given, [note('x')]);
      expect((await incidents.incidents()).map((entry) => entry.name).toSorted()).toEqual(
        [...seen].toSorted(),
      );
    }),
    { numRuns: 60 },
  );
  expect(readdirSync(incidents.where).toSorted()).toEqual([
    'incidents',
    'incidents.head',
    'incidents.jsonl',
  ]);
});

test('logs are for the owner alone', async () => {
  const incidents = store();
  await incidents.append('INC-7', [note('a')]);
  const mode = (path: string): number => statSync(join(incidents.where, path)).mode & 0o777;
  expect([mode('incidents'), mode('incidents/INC-7'), mode('incidents/INC-7/log.jsonl')]).toEqual([
    0o700, 0o700, 0o600,
  ]);
});

test('the open incident is remembered until it is closed', async () => {
  const incidents = store();
  expect(await incidents.current()).toBeNull();
  await incidents.append('INC-7', [note('a')]);
  await incidents.setCurrent('INC-7');
  expect(await incidents.current()).toBe('INC-7');
  await incidents.setCurrent(null);
  expect(await incidents.current()).toBeNull();
});

test('who is refused what they read for a log leaves it sealed: nobody was lost', async () => {
  const incidents = store();
  async function* read() {
    yield note('a');
    throw new HandrailError('IMPORT_UNREADABLE', { message: 'the second line is no entry' });
  }
  await expect(incidents.append('INC-7', read())).rejects.toThrow('the second line');
  expect(await verdictOf(incidents, 'INC-7')).toMatchObject({
    verdict: 'sound',
    texts: ['a', null],
  });
  expect((await incidents.entries('INC-7')).at(-1)?.what).toBe('sealed');
});
