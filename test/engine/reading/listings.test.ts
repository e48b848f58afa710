import { expect, test } from 'vitest';
import { stepsOf } from '../../support/read.ts';

const USES = '\n## Dump\n\n```bash\npg_dump "$DATABASE_URL" > /tmp/x\n```\n';

test.each([
  ['## Values\n\n```bash\nMODE=production\nPORT=8080\nDATABASE_URL=postgresql://db/x\n```\n'],
  ['## Environment variables\n\n```bash\nMODE=production\nDATABASE_URL=postgresql://db/x\n```\n'],
])('a listing of variables stays one when a later fence uses a few of them', async (text) => {
  expect(await stepsOf(text + USES)).toEqual([expect.stringContaining('shell Dump')]);
});

test('assignments that later fences use are a step', async () => {
  expect(
    await stepsOf(`## Set up\n\n\`\`\`bash\nDATABASE_URL=postgresql://db/x\n\`\`\`\n${USES}`),
  ).toHaveLength(2);
});
