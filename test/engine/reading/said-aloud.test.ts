import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const fenced = (text: string, tag = ''): string => `\`\`\`${tag}\n${text}\n\`\`\`\n`;

async function leftOutOf(markdown: string): Promise<readonly number[]> {
  const { diagnostics } = await read(markdown);
  return diagnostics.filter(({ rule }) => rule === 'left-out').map(({ line }) => line);
}

test.each([
  ['an ordered list of HTML', '<ol>\n<li>Stop it: <code>systemctl stop app</code></li>\n</ol>'],
  [
    'a table of hosts and commands',
    '| Host | Command |\n|---|---|\n| web1 | `rm -rf /srv/cache` |\n| web2 | `systemctl restart app` |',
  ],
  ['a command for one system', '- On RHEL: `yum install jq`'],
])('%s among steps is named where it is left out', async (_what, text) => {
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\n${text}\n`)).toEqual([7]);
});

test.each([
  ['a request with a blank to fill in', fenced('GET https://api.test/users/<user_id>', 'http')],
  ['a request that says so', fenced('GET /users/<user_id>', 'http run')],
  ['a request whose host is a blank', fenced('GET <base_url>/users/1', 'http run')],
  ['data that is to be run', fenced('a: 1', 'yaml run')],
])('%s is named where it is not carried out', async (_what, text) => {
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\nSend it:\n\n${text}`)).toEqual([9]);
});

test.each([
  ['a request that is sent', 'Send it:', fenced('GET https://api.test/users/1', 'http run')],
  ['a request that is described', 'It answers to this:', fenced('GET /users/1', 'http')],
  ['data of nobody’s', 'Send it:', fenced('a: 1', 'yaml')],
])('%s is left out by nobody', async (_what, lead, text) => {
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\n${lead}\n\n${text}`)).toEqual([]);
});

test.each([
  ['a comment', '<!-- <ol><li>x</li></ol> -->'],
  [
    'a table of facts',
    '| Host | Port |\n|---|---|\n| `web 1` | `80 tcp` |\n| `web 2` | `81 tcp` |',
  ],
  ['a bullet about a command', '- Logs: `journalctl -u app`'],
])('%s is not', async (_what, text) => {
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\n${text}\n`)).toEqual([]);
});

test('a session of Redis is a person’s', async () => {
  const { steps } = await read(
    `# Flush it\n\n${fenced('127.0.0.1:6379> SELECT 2\nOK\n127.0.0.1:6379[2]> FLUSHDB\nOK')}`,
  );
  expect(steps.map(({ type }) => type)).toEqual(['manual']);
});

test('an untagged fence of what root types is a step, a commented-out script is none', async () => {
  const text = '# systemctl stop app.socket\n# systemctl stop app.service';
  const [step] = (await read(`# Stop it\n\nStop both:\n\n${fenced(text)}`)).steps;
  expect(step).toMatchObject({ type: 'shell', inferred: true });
  expect(step?.text).not.toContain('#');
  const tagged = (await read(`# Stop it\n\nStop both:\n\n${fenced(text, 'bash')}`)).steps;
  expect(tagged.filter(({ type }) => type === 'shell')).toEqual([]);
});

test('an untagged fence whose comments are all commands is doubtful', async () => {
  const [root] = (await read(`# T\n\nRun:\n\n${fenced('# ls /srv\ntouch x\n# whoami\nroot')}`))
    .steps;
  expect(root?.doubtful?.or).toContain('prompt of root');
  const [own] = (await read(`# T\n\nRun:\n\n${fenced('# Look at it\nls /srv\ntouch x')}`)).steps;
  expect(own?.doubtful).toBeUndefined();
});

test.each(['Something along these lines:', 'The output resembles this:', 'Yours may vary:'])(
  '"%s" shows a shape: at most a warning',
  async (lead) => {
    const page = `# T\n\n${fenced('echo a', 'bash')}\nThe output. ${lead}\n\n${fenced('b')}`;
    const [step] = (await read(page)).steps;
    expect(step?.expectation?.advisory ?? true).toBe(true);
  },
);

test.each(['Erwartete Ausgabe:', 'Salida esperada:', 'Sortie attendue :', '期待される出力：'])(
  '"%s" is asserted on a page of no other words',
  async (lead) => {
    const page = `# T\n\n${fenced('echo a', 'bash')}\n${lead}\n\n${fenced('b')}`;
    const [step] = (await read(page)).steps;
    expect(step?.expectation).toMatchObject({ text: 'b', advisory: false });
  },
);

test.each([
  ['steps that are counted in plain lines', 'Step 1: Close the gate\nStep 2: Drain the pond'],
  ['one of them', 'Step 1: Close the gate'],
])('%s are named where they are left out', async (_what, text) => {
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\n${text}\n`)).toEqual([7]);
});

test.each([
  ['(1)', '(2)'],
  ['1a.', '1b.'],
  ['a)', 'b)'],
  ['A.', 'B.'],
  ['(i)', '(ii)'],
  ['1 -', '2 -'],
  ['1.1', '1.2'],
  ['#4', '#5'],
  ['①', '②'],
  ['(9)', '(10)'],
])('so are lines that count on from "%s" to "%s"', async (one, two) => {
  const text = `${one} Close the gate\n${two} Drain the pond`;
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\n${text}\n`)).toEqual([7]);
});

test.each([
  'a) Low\nb) High',
  '(1) Close the gate\n(3) Drain the pond',
  '3 Close the gate\n4 Drain the pond',
  'a. Close the gate\n2. Drain the pond',
])('%j counts nothing that is to be done', async (text) => {
  expect(await leftOutOf(`# T\n\n${fenced('uptime', 'bash')}\n${text}\n`)).toEqual([]);
});

test('a counted line over its fence is that fence’s', async () => {
  const text = `Step 1: Look at it\n\n${fenced('uptime', 'bash')}`;
  expect(await leftOutOf(`# T\n\n${text}`)).toEqual([]);
});

test.each(['Cron runs this every night, you do not need to:', 'No need to run this by hand.'])(
  'what stands under %j is doubtful',
  async (lead) => {
    const [step] = (await read(`# T\n\n${lead}\n\n${fenced('restic forget x', 'bash')}`)).steps;
    expect(step?.doubtful?.or).toContain('what something else does');
  },
);

test.each([
  ['show and its answer', '', 'core1# show module\nMod  Ports\n---  -----\n1    48     ok'],
  [
    'two prompts of one device',
    '',
    'ops@edge1> show chassis\nops@edge1# delete interfaces xe-0/0/1',
  ],
  ['the same as a shell’s', 'bash', 'ops@edge1> configure\n[edit]\nops@edge1# commit confirmed 5'],
  ['cmdlets', '', "Get-Printer -ComputerName P1 | Where-Object { $_.State -eq 'Error' }"],
])('%s are a person’s, and no expected output', async (_what, tag, text) => {
  const { steps } = await read(`# Look at it\n\n${fenced('uptime', 'bash')}\n${fenced(text, tag)}`);
  expect(steps.map(({ type, expectation }) => [type, expectation])).toEqual([
    ['shell', null],
    ['manual', null],
  ]);
});

test('what you want to see is asserted', async () => {
  const text = `# T\n\n${fenced('uptime', 'bash')}\nYou want to see \`load average\`.\n`;
  expect((await read(text)).steps[0]?.expectation).toMatchObject({ advisory: false });
});

test.each([
  ['an ordered list of HTML', '<ol>\n<li>Stop the app</li>\n</ol>', '1. Stop the app'],
  [
    'a table of tools',
    '| Tool | Command |\n|---|---|\n| disk | `df -h` |\n| memory | `free -m` |',
    'Run these commands:\n\n| Tool | Command |\n|---|---|\n| disk | `df -h` |\n| memory | `free -m` |',
  ],
  [
    'the same table',
    '| Tool | Command |\n|---|---|\n| disk | `df -h` |\n| memory | `free -m` |',
    '| Tool | Check |\n|---|---|\n| disk | `df -h` |\n| memory | `free -m` |',
  ],
  ['a bullet for one system', '- On RHEL: `yum install jq`', '- [ ] On RHEL: `yum install jq`'],
  ['a bullet that is a link', '- [Back up](backup.md)', '1. [Back up](backup.md)'],
  ['a fence that reads as none', fenced('a: 1', 'yaml run'), fenced('echo 1', 'bash')],
])('what is said of %s makes a step of it', async (_what, leftOut, done) => {
  const page = (text: string): string => `# T\n\n${fenced('uptime', 'bash')}\n${text}\n`;
  const { diagnostics } = await read(page(leftOut));
  const hint = diagnostics.find(({ rule }) => rule === 'left-out')?.hint ?? '';
  const { steps } = await read(page(done));
  expect(await leftOutOf(page(done))).toEqual([]);
  expect(steps.length).toBeGreaterThan(1);
  // A hint quotes what has to be written: it stands in what makes the step.
  const quoted = [...hint.matchAll(/[`"]{1,3}([^`"]{1,80})/g)].map(([, said = '']) => said);
  const written = quoted.map((said) => said.split(' …')[0]?.trim().split(' ')[0] ?? '');
  expect(written.some((word) => word !== '' && done.includes(word)) || /commands/.test(hint)).toBe(
    true,
  );
});

test.each([
  ['paths of what there is', '/etc/kubernetes  # manifests\n/var/lib/kubelet  # data', true],
  ['paths of programs', '/usr/local/bin/a.sh\n/opt/app/bin/start', false],
])('a fence of %s: doubtful %s', async (_what, script, is) => {
  const [step] = (await read(`# T\n\n${fenced(script, 'bash')}`)).steps;
  expect(step?.doubtful !== undefined).toBe(is);
});

test.each([
  ['several sections', 'helm install a\nkubectl apply -f a.yaml', true],
  ['one section', '', false],
])(
  'a fence that repeats the commands of %s is a summary, and doubtful: %s',
  async (_of, more, is) => {
    const first = 'helm repo add a https://a.test\nhelm repo update';
    const own = `${first}\n${more || 'helm install a\nkubectl apply -f a.yaml'}`;
    const text = `# T\n\n## One\n\n${fenced(first, 'bash')}\n## Two\n\n${fenced(more || 'uptime', 'bash')}\n## All of it\n\n${fenced(own, 'bash')}`;
    expect((await read(text)).steps.at(-1)?.doubtful !== undefined).toBe(is);
  },
);
