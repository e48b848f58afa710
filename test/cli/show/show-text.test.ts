import { describe, expect, test } from 'vitest';
import { showText } from '../../../src/cli/show/show-text.ts';
import { read } from '../../support/read.ts';

/** The chapters that are shown of a page, each with its first row. */
async function chaptersOf(markdown: string): Promise<Readonly<Record<string, string>>> {
  const shown = showText(await read(markdown), (_, text) => text).split('\n');
  const rows = ['Inputs', 'References, never run', 'Findings'].flatMap((name) => {
    const at = shown.indexOf(name);
    return at < 0 ? [] : [[name, shown[at + 1]?.trim() ?? '']];
  });
  return Object.fromEntries(rows);
}

const HARBOUR = '---\ninputs: { quay: {} }\n---\n\n# Harbour\n\n```bash\necho {{quay}}\n```\n';

describe('the outline of a runbook has a chapter', () => {
  test.each([
    ['of inputs', HARBOUR, { Inputs: 'quay  {{quay}}  declared, not bound, line 8' }],
    [
      'of fences that are shown',
      '# Harbour\n\n- [ ] Look\n\n```yaml\nquay: 4\n```\n',
      { 'References, never run': expect.stringMatching(/^5\s+yaml\s/) },
    ],
    [
      'of findings',
      '# Harbour\n\n```bash\necho "open\n',
      { Findings: expect.stringContaining('unclosed-fence') },
    ],
    ['of nothing that it does not have', '# Harbour\n\n```bash\ntrue\n```\n', {}],
  ])('%s', async (_what, markdown, chapters) => {
    expect(await chaptersOf(markdown)).toEqual(chapters);
  });
});
