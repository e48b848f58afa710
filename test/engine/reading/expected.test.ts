import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

const ran = async (runbook: string): Promise<number | null> =>
  (await handrail({ runbook })).exitCode;
const below = (lead: string): string =>
  `# X\n\n\`\`\`bash\necho one\n\`\`\`\n\n${lead}\n\n\`\`\`text\ntwo\n\`\`\`\n`;

test.each([['**Example output:**'], ['Sample output:'], ['The output is similar to:']])(
  'what is shown below %j warns at most',
  async (lead) => {
    expect(await ran(below(lead))).toBe(0);
  },
);

test.each([['**Expected output:**'], ['Output:']])(
  'what is expected below %j is asserted',
  async (lead) => {
    expect(await ran(below(lead))).toBe(1);
  },
);

test.each([
  ['echo OK\n# Verify\necho "role:master"\n# Should show: role:master', 0],
  ['echo a.b\n# Should output: a.b', 0],
  ['echo axb\n# Should output: a.b', 1],
])('a comment says what the output must contain: %j', async (script, exitCode) => {
  expect(await ran(`# X\n\n\`\`\`bash\n${script}\n\`\`\`\n`)).toBe(exitCode);
});
