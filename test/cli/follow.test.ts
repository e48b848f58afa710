import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followRun } from '../../src/cli/follow.ts';
import { screenStyle } from '../../src/cli/screen/style.ts';
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
