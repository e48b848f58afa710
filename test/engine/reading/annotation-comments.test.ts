import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const fixtures = join(import.meta.dirname, '../../renderers/fixtures');

test.each(['timeline.md', 'postmortem.md'])(
  'what handrail writes around its own blocks is no annotation: %s',
  async (name) => {
    const { diagnostics } = await read(readFileSync(join(fixtures, name), 'utf8'));
    expect(diagnostics.filter(({ rule }) => rule === 'unknown-annotation')).toEqual([]);
  },
);

test('another word with a colon is one that nobody knows', async () => {
  const { diagnostics } = await read('<!-- handrail: timeline -->\n\n```bash\ntrue\n```\n');
  expect(diagnostics.map(({ rule }) => rule)).toContain('unknown-annotation');
});
