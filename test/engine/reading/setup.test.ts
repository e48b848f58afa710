import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const stepsOf = async (page: string): Promise<readonly string[]> =>
  (await read(page)).steps.map(({ type, line }) => `${line} ${type}`);
const pair = (first: string, then: string, tag = 'bash'): string =>
  `# X\n\n\`\`\`${tag}\n${first}\n\`\`\`\n\n## Use it\n\n\`\`\`bash\n${then}\n\`\`\`\n`;

test.each([
  ['a function', 'log() { echo "$1"; }', 'log started', 'bash'],
  ['a function in a pipe', 'shout() { tr a-z A-Z; }', 'echo hi | shout', 'bash'],
  ['an alias', 'alias k=kubectl', 'k get pods', 'bash'],
  ['exports', 'export NS=prod\nexport APP=web', 'kubectl -n "$NS" get deploy "$APP"', 'bash'],
  ['assignments', 'NS=prod; APP=web', 'kubectl -n "$NS" get deploy "$APP"', 'bash'],
  ['an assignment without a language', 'NS=prod', 'kubectl -n "$NS" get pods', ''],
])('%s that later steps use is a step', async (_what, first, then, tag) => {
  expect(await stepsOf(pair(first, then, tag))).toHaveLength(2);
  expect((await read(pair(first, then, tag))).inputs).toEqual([]);
});

test.each([
  ['a function', 'log() { echo "$1"; }', 'bash'],
  ['an alias', 'alias k=kubectl', 'bash'],
  ['an assignment without a language', 'NS=prod', ''],
])('%s that nothing uses runs nothing', async (_what, first, tag) => {
  expect(await stepsOf(pair(first, 'uptime', tag))).toHaveLength(1);
});

test('assignments lead a script without a language', async () => {
  expect(await stepsOf('# X\n\nMake the tag:\n\n```\nTAG=v1\ngit tag $TAG\n```\n')).toEqual([
    '5 shell',
  ]);
});

test.each(['Next steps', 'See also', 'Related runbooks', 'Further reading'])(
  'links under "%s" run nothing, and it is said',
  async (heading) => {
    const page = `# X\n\n\`\`\`bash\nuptime\n\`\`\`\n\n## ${heading}\n\n1. [Rotate the keys](./rotate.md)\n2. [Check the backups](./backup.md)\n`;
    const { steps, diagnostics } = await read(page);
    expect(steps.map(({ line }) => line)).toEqual([3]);
    expect(diagnostics.map(({ rule, line }) => `${line} ${rule}`)).toEqual([
      '9 left-out',
      '10 left-out',
    ]);
  },
);

test('a bullet that is only a link to a runbook is said to be left out', async () => {
  const { diagnostics } = await read(
    '# X\n\n- [Restore](./restore.md)\n- [Site](https://example.com/a.md)\n',
  );
  expect(diagnostics.map(({ rule, line }) => `${line} ${rule}`)).toEqual(['3 left-out']);
});
