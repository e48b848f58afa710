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

test.each(
  [
    '**Expected output:**',
    'Output:',
    '**Expected:**',
    'What to expect:',
    'Erwartet:',
    '**Ожидается**',
  ].map((lead) => [lead]),
)('what is expected below %j is asserted', async (lead) => {
  expect(await ran(below(lead))).toBe(1);
});

test.each([
  ['echo OK\n# Verify\necho "role:master"\n# Should show: role:master', 0],
  ['echo a.b\n# Should output: a.b', 0],
  ['echo axb\n# Should output: a.b', 1],
])('a comment says what the output must contain: %j', async (script, exitCode) => {
  expect(await ran(`# X\n\n\`\`\`bash\n${script}\n\`\`\`\n`)).toBe(exitCode);
});

test.each([
  ['one of several', 'echo a\n# Should show: a\necho b\n# Should output: c\ntouch ran', 7],
  ['one at the end of its line', 'echo a # should show: b\ntouch ran', 4],
  ['one over its command', '# Look\n# Expected: on\necho off\n\n# Go on\ntouch ran', 5],
  ['one in a loop', 'for i in 1 2; do\n  echo $i\n  # should print: 3\ndone\ntouch ran', 6],
  ['one behind a here-document', 'cat <<END\na\nEND\n# should return: b\ntouch ran', 7],
  ['one that wants nothing', 'echo a\n# Should print nothing\ntouch ran', 5],
])('a comment guards its command and stops there: %s', async (_what, script, line) => {
  const { exitCode, files, events } = await handrail({
    runbook: `# X\n\n\`\`\`bash\n${script}\n\`\`\`\n`,
  });
  expect(exitCode).toBe(1);
  expect(files).not.toHaveProperty('ran');
  const finished = events.findLast(({ type }) => type === 'step.finished');
  expect(finished).toMatchObject({
    why: `the output is not what line ${line} expects`,
  });
});

test.each([
  [
    'the state of the shell',
    'cd /\nx=5; f() { echo "$x"; }\nf\n# Should show: 5\nx=6\nf # should show: 6\npwd\n# Should output: /',
  ],
  ['quotes around it', 'echo ok\n# Should show: "ok"'],
  ['nothing', 'true\n# Should print nothing\n: \n# Should show: nothing'],
  ['what only looks like a comment', 'cat <<END\n# Should show: b\nEND\necho "a # should show: b"'],
  ['a status that the next line asks for', 'echo a\n# Should show: a\necho "$?"\n# Should show: 0'],
])('commands between guards keep %s', async (_what, script) => {
  expect(await ran(`# X\n\n\`\`\`bash\n${script}\n\`\`\`\n`)).toBe(0);
});

test.each([
  ['### Expected output'],
  ['### What you should see'],
  ['## Check\n\nExpected output:'],
  ['## Verification\n\n**Expected Response**:'],
])('a heading between a command and its output drops nothing: %j', async (between) => {
  expect(await ran(below(between))).toBe(1);
});

test.each([
  ['This prints nothing.', 1],
  ['It should not print anything.', 1],
  ['There should be no output.', 1],
  ['**Expected output:** none', 1],
  ['Expected output:\n\n```text\n```', 1],
  ['Expected output:\n\n```text\n \n```', 1],
  ['If it prints nothing, look at the log.', 0],
  ['Nothing else is needed.', 0],
])('below a command that prints, %j is asserted', async (sentence, exitCode) => {
  expect(await ran(`# X\n\n\`\`\`bash\necho one\n\`\`\`\n\n${sentence}\n`)).toBe(exitCode);
});

test.each([
  ['echo 4', 'Expected: 4', 0],
  ['echo 14', 'Expected: 4', 1],
  ['echo "waiting: 4"', 'This should return 4.', 0],
  ['echo "waiting: 40"', 'This should print 4.', 1],
  ['printf " 2\\n(4 rows)\\n"', 'Expected: 4', 1],
  ['echo active', 'It should be `active`.', 0],
  ['echo failed', 'It should say `active`.', 1],
  ['echo PONG', '**Expected:** PONG', 0],
  ['echo ERR', '**Expected output:** `PONG`', 1],
  ['echo 97.5 %', 'The result should be 97.5 %', 0],
  ['echo failed', 'The output should be short.', 0],
  ['echo 9', 'It should be less than 5.', 0],
  ['true', 'It should return 0.', 0],
])(
  'a value that a sentence names behind a command is asserted: %s, %s',
  async (script, said, code) => {
    expect(await ran(`# X\n\n\`\`\`bash\n${script}\n\`\`\`\n\n${said}\n`)).toBe(code);
  },
);
