import { describe, expect, test } from 'vitest';
import { FRONTMATTER } from '../../../src/engine/model/frontmatter.ts';
import type { Words } from '../../../src/engine/model/word.ts';
import { workplace } from '../../support/engine.ts';
import { read } from '../../support/read.ts';

const page = (field: string): string => `---\n${field}\n---\n\n# T\n\n~~~bash\ntouch ran\n~~~\n`;

const frontmatter: Words = FRONTMATTER;
const ofHosts = Object.entries(frontmatter).flatMap(([name, { value }]) =>
  value.kind === 'texts' && value.form === 'host' ? [name] : [],
);

test('there are fields that say where a run happens', () => {
  expect(ofHosts).toContain('hosts');
});

describe.each(ofHosts)('`%s` that names no host', (name) => {
  test.each(['[]', '[ ]', '""', '[""]', ''])(
    '(`%s`) is refused, and nothing is run here',
    async (said) => {
      const field = `${name}: ${said}`;
      const { diagnostics } = await read(page(field).replaceAll('~~~', '```'));
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ message }) => message)).toEqual([
        expect.stringContaining(`field \`${name}`),
      ]);
      await expect(workplace(page(field)).run()).rejects.toThrow(`field \`${name}`);
    },
  );
});

test('lists that may say nothing are taken empty', async () => {
  const { diagnostics } = await read(page('on-alert: []').replaceAll('~~~', '```'));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
