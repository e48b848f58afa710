import { expect, test } from 'vitest';
import { DEFAULT_REQUEST, type RunRequest } from '../../../src/engine/model/plan.ts';
import { planRun } from '../../../src/engine/plan.ts';
import { read } from '../../support/read.ts';

const LINKED =
  '# Other\n\n## 1. Look\n\n```bash\nuptime\n```\n\n## 2. Tell\n\nThe team hears of it.\n';
const PAGE = `# Move it

## Move

### 1. Stop it

\`\`\`bash name=stop
true
\`\`\`

### 2. Point the app elsewhere

Change its host.

### 3. Start it

\`\`\`bash name=start
true
\`\`\`

1. [The other one](other.md)

## Rollback

### 1. Stop it again

\`\`\`bash
true
\`\`\`

### 2. Point the app back

Change its host.
`;

/** Lines of what the plan says is left out, of a linked page behind its path. */
async function leftOut(request: Partial<RunRequest>): Promise<readonly string[]> {
  const plan = await planRun(await read(PAGE), { ...DEFAULT_REQUEST, ...request }, async () => ({
    ...(await read(LINKED)),
    path: 'other.md',
  }));
  return plan.leftOut.map(
    ({ path = '', line, message }) => `${path}${line} ${message.split('”')[0]}`,
  );
}

test('a plan for nobody says what stands among its steps and holds none, on linked pages too', async () => {
  const own = '11 “2. Point the app elsewhere';
  const both = [own, 'other.md9 “2. Tell'];
  expect(await leftOut({})).toEqual(both);
  expect(await leftOut({ procedures: ['move'] })).toEqual(both);
  expect(await leftOut({ procedures: ['rollback'] })).toEqual(['31 “2. Point the app back']);
  expect(await leftOut({ steps: ['stop'] })).toEqual([]);
  // Who attends it stops there.
  expect(await leftOut({ attended: true })).toEqual([]);
});
