import { describe, expect, test } from 'vitest';
import { findingsOf, read } from '../../support/read.ts';

const step = (command: string): string => `\`\`\`bash\n${command}\n\`\`\`\n\n`;
const pageOf = (titles: readonly string[]): string =>
  `# Restart\n\n${titles.map((title, at) => `${title}\n\n${step(`restart-${at} --now`)}`).join('')}`;
const groupsOf = async (titles: readonly string[]): Promise<readonly (string | undefined)[]> =>
  (await read(pageOf(titles))).steps.map(({ condition }) => condition?.group);

describe('titles that only say by what means are ways to do one thing', () => {
  test.each([
    [['## By hand', '## By script']],
    [['## A) By hand', '## B) By script']],
    [['**A) By hand**', '**B) By script**']],
    [['A) By hand:', 'B) By script:']],
    [['A. By hand:', 'B. By script:']],
    [['## Using the console', '## Using the API']],
    [['## A) Restart by hand', '## B) Restart with Ansible']],
    [['**Avec systemd :**', '**Avec docker :**']],
    [['## Mit systemd', '## Mit Docker']],
    [['## С помощью systemd', '## С помощью docker']],
  ])('%j', async (titles) => {
    const [first, second] = await groupsOf(titles);
    expect(first).toBeDefined();
    expect(second).toBe(first);
  });

  test.each([
    [['## With the app down, move it', '## Using the id from above, start it']],
    [['## A) Stop the pool', '## B) Start the pool again']],
    [['## Using the console']],
  ])('%j are none', async (titles) => {
    expect(new Set(await groupsOf(titles))).toEqual(new Set([undefined]));
  });
});

test.each([
  '# Restart\n\nThere are two ways:\n\n- by hand: `systemctl restart web`\n- by script: `./restart.sh`\n',
  '# Restart\n\n- A) by hand: `systemctl restart web`\n- B) by script: `./restart.sh`\n',
])('bullets of ways with commands are said to be left out: %j', async (page) => {
  expect((await findingsOf(page)).filter((each) => each.endsWith('left-out'))).toHaveLength(2);
});

test.each([
  ['# Restart\n\nRestart it:\n\nsystemctl restart web\nkubectl rollout status deploy/web\n', 5],
  ['# Install\n\n{{< tab "Debian" >}}\napt-get install -y web\n{{< /tab >}}\n', 4],
])('commands in no fence are said to be left out: %j', async (page, line) => {
  expect(await findingsOf(page)).toContain(`${line} left-out`);
});

test.each([
  '# Restart\n\nmake sure that it is up\n',
  '# Restart\n\nkubectl exec into a pod\n',
  '# Restart\n\nFind the host and restart it\n',
])('a sentence is none of them: %j', async (page) => {
  expect(await findingsOf(page)).not.toContain('3 left-out');
});

test.each([
  ['| Task | Command to run |\n|---|---|\n| Web | `systemctl restart web` |\n'],
  ['| Symptom | Command hint |\n|---|---|\n| Slow | `systemctl restart web` |\n'],
  ['| Was | Auszuführender Befehl |\n|---|---|\n| Web | `systemctl restart web` |\n'],
])(
  'a table with a column of commands is said to be left out, or is doubtful: %j',
  async (table) => {
    const { steps, diagnostics } = await read(`# T\n\n${table}`);
    expect(steps.every(({ doubtful }) => doubtful !== undefined)).toBe(true);
    expect(steps.length + diagnostics.filter(({ rule }) => rule === 'left-out').length).toBe(1);
  },
);

test('`exit` as the last line of a session ends it, and is not run', async () => {
  const session = '[root@db ~]# systemctl restart web\n[root@db ~]# exit\nlogout';
  const { steps } = await read(`# Fix\n\n\`\`\`console\n${session}\n\`\`\`\n`);
  expect(steps.map(({ text, expectation }) => [text, expectation])).toEqual([
    ['systemctl restart web', null],
  ]);
});

const CODE: Readonly<Record<string, string>> = {
  reStructuredText:
    '.. code-block:: bash\n   :linenos:\n\n   if true; then\n     echo a\n   fi\n\nCheck it.\n',
  'reStructuredText, farther indented':
    '.. code:: bash\n\n    if true; then\n      echo a\n    fi\n',
  AsciiDoc: '[source,bash]\n----\nif true; then\n  echo a\nfi\n----\n',
  'a wiki': '{code:bash}\nif true; then\n  echo a\nfi\n{code}\n',
};
test.each(Object.entries(CODE))('code as %s writes it is a fence', async (_what, code) => {
  const { steps } = await read(`# Deploy\n\nRun it:\n\n${code}`);
  expect(steps.map(({ title, text }) => [title, text])).toEqual([
    ['Run it', 'if true; then\n  echo a\nfi'],
  ]);
});

describe('what is to be done in one case only', () => {
  test.each([
    [
      '- Disk full → clean:\n\n  ```bash\n  clean --now\n  ```\n\n- Service dead → restart:\n\n  ```bash\n  restart --now\n  ```\n',
    ],
    [
      '## Is the disk full?\n\n```bash\nclean --now\n```\n\n## Did it crash?\n\n```bash\nrestart --now\n```\n',
    ],
    [
      'Is the disk full?\n\n**Yes**\n\n```bash\nclean --now\n```\n\n**No**\n\n```bash\nrestart --now\n```\n',
    ],
    [
      'As long as the replica is up, promote it:\n\n```bash\npromote --now\n```\n\n1. (Only the first time) Create it:\n\n   ```bash\n   createdb x\n   ```\n',
    ],
  ])('%j', async (page) => {
    const { steps } = await read(`# Fix\n\n${page}`);
    expect(steps).toHaveLength(2);
    expect(steps.every(({ condition }) => condition !== undefined)).toBe(true);
  });

  test('a question over what only looks holds up nothing', async () => {
    const { steps } = await read('# Fix\n\n## Is the disk full?\n\n```bash\ndf -h\n```\n');
    expect(steps.map(({ condition }) => condition)).toEqual([undefined]);
  });

  test.each([
    'Avoid:',
    'Not like this:',
    'In the past we did:',
    'The cron job looks like this:',
    'The script does the following:',
  ])('what stands below "%s" is not run unasked', async (lead) => {
    const { steps } = await read(`# Fix\n\n${lead}\n\n\`\`\`bash\nclean --now\n\`\`\`\n`);
    expect(steps.every(({ doubtful }) => doubtful !== undefined)).toBe(true);
  });
});

test.each([
  '```bash\nrestart --now\n```\n\nDo this only on the primary.\n',
  '```bash\nrestart --now\n```\n\n(Skip this if the primary is up.)\n',
  '> Skip this on replicas.\n\n```bash\nrestart --now\n```\n',
  '## Primary only\n\n```bash\nrestart --now\n```\n',
])('what a sentence above or below says of a fence holds it up: %j', async (page) => {
  const { steps } = await read(`# Fix\n\n${page}`);
  expect(steps.map(({ condition }) => condition !== undefined)).toEqual([true]);
});

test('a sentence below that is not about it holds up nothing', async () => {
  const below = 'Do this with care.\n\nOnly the primary answers.\n';
  const { steps } = await read(`# Fix\n\n\`\`\`bash\nrestart --now\n\`\`\`\n\n${below}`);
  expect(steps.map(({ condition }) => condition)).toEqual([undefined]);
});
