import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followRun } from '../../src/cli/follow.ts';
import { screenStyle } from '../../src/cli/screen/style.ts';
import type { LinePlace, RunReader } from '../../src/engine/contracts/run-store.ts';
import { FileStore } from '../../src/stores/file.ts';
import { steadyClock } from '../support/clock.ts';
import { workplace } from '../support/engine.ts';
import { started } from '../support/incident-seven.ts';

const RUN = '019aa39e-0000-7000-8000-000000000001';

test.each([
  ['cut', (log: string) => truncateSync(log)],
  ['removed', (log: string) => rmSync(log)],
])('who follows a run is told when its log is %s behind what was shown', async (_, attack) => {
  const store = new FileStore(mkdtempSync(join(tmpdir(), 'handrail-follow-')), steadyClock());
  const writer = await store.create(RUN, Buffer.from('# A\n'));
  await writer.append([started('A', [])], { durable: false });
  const reader = await store.read(RUN);
  if (reader === undefined) throw new Error('it was made just now');
  let isShown = false;
  const out = {
    write(): undefined {
      if (!isShown) attack(join(store.where, 'runs', RUN, 'log.jsonl'));
      isShown = true;
    },
    closed: false,
    isTerminal: false,
  };
  const context = { out, err: out, style: screenStyle(false), colour: false };
  await expect(followRun(reader, context)).rejects.toMatchObject({
    code: 'RUN_NOT_RESUMABLE',
    message: expect.stringContaining('holds less than was shown of it'),
  });
  await writer.close();
});

test.each([
  ['true', 'Run passed'],
  ['false', 'Run passed with exceptions'],
])('the last word on a run is that of every listing: %s and going on', async (script, said) => {
  const place = workplace(`# A\n\n~~~bash name=one on-fail=continue\n${script}\n~~~\n`);
  await place.run();
  let shown = '';
  const out = {
    write(text: string | Uint8Array): undefined {
      shown += text.toString();
    },
    closed: false,
    isTerminal: false,
  };
  const context = { out, err: out, style: screenStyle(false), colour: false };
  await followRun(await place.handrail.find('last'), context);
  expect(shown.split('\n')).toContain(said);
});

/** Follows a run that is written in so many batches, each once the one before it was shown. */
async function following(
  batches: number,
  attack: (log: string, batch: number) => void = () => undefined,
) {
  const store = new FileStore(mkdtempSync(join(tmpdir(), 'handrail-follow-')), steadyClock());
  const writer = await store.create(RUN, Buffer.from('# A\n'));
  await writer.append([started('A', [])], { durable: false });
  const reader = await store.read(RUN);
  if (reader === undefined) throw new Error('it was made just now');
  const counts = { read: 0, shown: '', batch: 0 };
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await writer.close();
    isOpen = false;
  };
  const counting: RunReader = Object.assign(Object.create(reader), {
    async *lines(from?: LinePlace) {
      for await (const line of reader.lines(from)) {
        counts.read += 1;
        yield line;
      }
    },
    async changed() {
      counts.batch += 1;
      const { batch } = counts;
      if (batch > batches) return close();
      const text = `note ${batch} é`;
      await writer.append([{ type: 'note.added', by: 'ana', text }], { durable: false });
      attack(join(store.where, 'runs', RUN, 'log.jsonl'), batch);
    },
  });
  const out = {
    write(text: string | Uint8Array): undefined {
      counts.shown += text.toString();
    },
    closed: false,
    isTerminal: false,
  };
  try {
    await followRun(counting, { out, err: out, style: screenStyle(false), colour: false });
  } finally {
    await close();
  }
  return counts;
}

test('who follows a run reads what is new, and the line that was shown last', async () => {
  const { read, shown } = await following(100);
  expect(shown.match(/note \d+ é/g)).toHaveLength(100);
  expect(read).toBeLessThan(3 * 101);
});

test.each([
  [
    'a line before the last one is taken away',
    (text: string) => text.slice(text.indexOf('\n') + 1),
  ],
  [
    'the line that was shown last reads otherwise',
    (text: string) => text.replace('note 2', 'nope 2'),
  ],
  ['a line grows', (text: string) => text.replace('note 1', 'note 11')],
])('who follows a run is told of it when %s', async (_, edit) => {
  const attack = (log: string, batch: number): void => {
    if (batch === 3) writeFileSync(log, edit(readFileSync(log, 'utf8')));
  };
  await expect(following(6, attack)).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
});
