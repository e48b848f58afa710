import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { findingsOf, read } from '../../support/read.ts';

const head =
  '---\ncwd: ./sub\nshell: sh\ntag: nightly\nskipPrompts: false\nrunme:\n  version: v3\n---\n';

test('the frontmatter of Runme says the folder, the shell and the tags', async () => {
  const { frontmatter, diagnostics } = await read(
    `${head}# R\n\n\`\`\`sh {"name":"where"}\n$ pwd\n\`\`\`\n`,
  );
  expect(frontmatter).toMatchObject({
    defaults: { cwd: './sub' },
    shell: { program: 'sh' },
    tags: ['nightly'],
  });
  expect(diagnostics).toEqual([]);
});

test('what Runme takes without asking is told of, and asked for', async () => {
  const page = '---\nskipPrompts: true\n---\n# R\n\n```sh\nexport MODE="<mode>"\n```\n';
  expect(await findingsOf(page)).toContain('2 frontmatter');
});

test('test cases of scrut and cram are sessions, and their configuration means what it says', async () => {
  const page =
    '# T\n\n```scrut {timeout: 10s, environment: {MODE: test, B: "x y"}}\n$ echo "$MODE $B"\ntest x y\n```\n\n```cram\n  $ echo hi\n  hi\n  $ false\n  [1]\n```\n';
  const { steps, diagnostics } = await read(page);
  expect(diagnostics).toEqual([]);
  expect(steps[0]?.annotations).toEqual({ timeout: 10_000, env: { MODE: 'test', B: 'x y' } });
  expect((await handrail({ runbook: page })).exitCode).toBe(0);
  expect((await handrail({ runbook: page.replace('  hi', '  ho') })).exitCode).toBe(1);
});

test.each(['output_stream: stderr', 'detached: true', 'skip_document_code: 81', 'fail_fast: true'])(
  'what scrut alone can do is named: %s',
  async (word) => {
    expect(await findingsOf(`# T\n\n\`\`\`scrut {${word}}\n$ true\n\`\`\`\n`)).toEqual([
      '3 unknown-annotation',
    ]);
  },
);

test('what clitest says behind a command holds it, and an option that is not known fails', async () => {
  const page = (mark: string): string => `# T\n\n\`\`\`console\n$ echo abc #=> ${mark}\n\`\`\`\n`;
  for (const mark of ['abc', '--regex ^a.c$', '--lines 1', '--egrep b'])
    expect((await handrail({ runbook: page(mark) })).exitCode).toBe(0);
  for (const mark of ['abd', '--regex ^b', '--lines 2', '--eval true'])
    expect((await handrail({ runbook: page(mark) })).exitCode).toBe(1);
});

const executable = `# Deploy

## Prerequisites

- [Set up](prepare.md)
- [The same](prepare.md)

<!--
\`\`\`variables
export REGION=eu
\`\`\`
-->

## Steps

\`\`\`bash
echo "$REGION $SET_UP"
\`\`\`

<!-- expected_similarity=0.9 -->

\`\`\`text
eu yes
\`\`\`
`;

test('a page of Innovation Engine runs its prerequisites once, binds its variables and asserts', async () => {
  const files = { 'prepare.md': '# Set up\n\n```bash\nexport SET_UP=yes\necho set-up\n```\n' };
  const { exitCode, stdout } = await handrail({ runbook: executable, files });
  expect(exitCode).toBe(0);
  expect(stdout.split('| set-up')).toHaveLength(2);
  const wrong = executable.replace('eu yes', 'us yes');
  expect((await handrail({ runbook: wrong, files })).exitCode).toBe(1);
  const given = ['run', '{file}', '--all', '--unattended', '--input', 'REGION=us'];
  expect((await handrail({ runbook: wrong, files, args: given })).exitCode).toBe(0);
});

test('bullets that link to pages run nothing on other pages', async () => {
  const { steps } = await read(
    '# D\n\n## Prerequisites\n\n- [Set up](prepare.md)\n\n```bash\ntrue\n```\n',
  );
  expect(steps.map(({ type }) => type)).toEqual(['shell']);
});

test('a comparison with nothing to compare is told of', async () => {
  expect(
    await findingsOf('# D\n\n```bash\ndate\n```\n\n<!-- expected_similarity=0.9 -->\n'),
  ).toEqual(['7 expectation-near-miss']);
});

test.each([
  ['net use Z: \\\\filer\\share\ndir Z:', true],
  ['ipconfig /flushdns', true],
  ['sc stop Spooler', true],
  ['copy C:\\a\\b.txt D:\\c', true],
  ['net ads join -U admin', false],
  ['cd /srv && ls', false],
  ['sudo net use', false],
])('%j in a fence of bash is for Windows, and a person’s: %s', async (script, is) => {
  const { steps } = await read(`# T\n\n\`\`\`bash\n${script}\n\`\`\`\n`);
  expect(steps.map(({ type }) => type)).toEqual([is ? 'manual' : 'shell']);
});
