import { expect, test } from 'vitest';
import { siteRuns } from '../../../src/cli/site/gather.ts';
import { MemoryStore } from '../../../src/stores/memory.ts';
import { steadyClock } from '../../support/clock.ts';
import { site } from '../../support/site-pages.ts';

const BOOK = '# Book\n\n## Fail over {.emergency}\n\n1. Do\n\n   ```bash\n   date\n   ```\n';

test('every list of runs that leaves some out says which, and nothing is called never run then', async () => {
  const leftOut = { older: 700, newest: 500, unreadable: ['garbled-run'] };
  const { files } = await site({ 'book.md': BOOK }, {}, '2027-01-01', leftOut);
  const pages = files.filter(({ path }) => path.endsWith('.html'));
  const withWords = (words: string): readonly string[] =>
    pages.filter(({ content }) => String(content).includes(words)).map(({ path }) => path);
  const lists = ['index.html', '_/runs.html', '_/drills.html'].toSorted();
  expect(withWords('700 older runs are left out').toSorted()).toEqual(lists);
  expect(withWords('cannot be read: garbled-run').toSorted()).toEqual(lists);
  expect(withWords('Never run')).toEqual([]);
  expect(withWords('Not run in the newest 500 runs')).toContain('book.html');
});

test('runs that are older than those looked at are counted, and those that cannot be read are named', async () => {
  const store = new MemoryStore(steadyClock());
  for (const run of ['a', 'b', 'c', 'd']) {
    const writer = await store.create(run, new Uint8Array());
    if (run !== 'b')
      await writer.append([{ type: 'note.added', by: 'me', text: 'x' }], { durable: true });
    await writer.close();
  }
  const { runs, leftOut } = await siteRuns(store, '/', 3);
  expect({ runs, leftOut }).toEqual({
    runs: [],
    leftOut: { older: 1, newest: 3, unreadable: ['d', 'c'] },
  });
});
