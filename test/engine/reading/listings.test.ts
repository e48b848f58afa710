import { expect, test } from 'vitest';
import { read, stepsOf } from '../../support/read.ts';

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

test.each([
  ['settings with spaces around the sign', 'vm.swappiness = 10\nnet.core.somaxconn = 1024'],
  ['addresses', 'https://boards.example.org\nhttps://status.example.org'],
  ['a table', 'To        Action   From\n--        ------   ----\n22/tcp    ALLOW    Anywhere'],
  ['blocks of a proxy', 'backend app\n    balance roundrobin\n    server s1 10.0.0.1:80 check'],
  ['blocks of an SSH client', 'Host bastion\n  HostName 10.0.0.1'],
  ['a site of a web server', 'example.org {\n  reverse_proxy localhost:3000\n}'],
  ['right and wrong', '# Bad\nrm -rf $DIR/*\n\n# Good\nrm -rf "$DIR"/cache'],
  ['a tree of files', 'infra/\n├── <cluster>.tfvars\n└── main.tf'],
  [
    'lines of a file that the first comment names',
    '# /etc/security/limits.conf\npump soft nofile 65536\npump hard nofile 65536',
  ],
  ['words with colons', 'if disk > 90%:\n    clean logs\nelse:\n    nothing'],
])('%s tagged bash are shown, never run', async (_what, text) => {
  expect(await stepsOf(`## X\n\n\`\`\`bash\n${text}\n\`\`\`\n`)).toEqual([]);
});

test.each([
  ['Usage:', 'bash', 'backup.sh [--full] [--target DIR]'],
  ['Syntax:', '', 'backup.sh [--full] <target>'],
  ['', '', 'docker version 24\nnode v22.1.0\nnpm 10.2'],
  ['The schema of the table:', 'sql', 'CREATE TABLE x (\n  id int\n);'],
])('below %j a fence `%s` that shows how a thing is, is shown', async (lead, tag, text) => {
  expect(await stepsOf(`## X\n\n${lead}\n\n\`\`\`${tag}\n${text}\n\`\`\`\n`)).toEqual([]);
});

test.each([
  ['sudo -u app python3 - <<EOF\nif x:\n  print(1)\nEOF'],
  ['  ip addr show eth0\n  ip addr show eth1'],
  ['# Good to know: takes a minute\nrestic check'],
  ['# /etc/nginx/nginx.conf\nnginx -t'],
  ['# pump.conf\npumpctl --apply all'],
])('%j stays a step', async (text) => {
  expect(await stepsOf(`## X\n\n\`\`\`bash\n${text}\n\`\`\`\n`)).toHaveLength(1);
});

test.each([
  ['es', 'Inserta las siguientes líneas en el archivo:'],
  ['ru', 'Добавьте в файл следующие строки:'],
  ['de', 'Fügen Sie diese Zeilen in die Datei ein:'],
  ['fr', 'Ajoutez ces lignes au fichier :'],
])('a script that is to be written into a file runs nothing (%s)', async (_code, lead) => {
  const page = `# U\n\n${lead}\n\n\`\`\`\n#!/bin/bash\nmkdir /dev/net\n\`\`\`\n`;
  expect(await stepsOf(page)).toEqual([]);
});

test.each([
  ['Before', 'After'],
  ['Vorher', 'Nachher'],
  ['修改前', '修改后'],
  ['Antes', 'Después'],
])('what stands under %j and %j is compared and not run', async (before, after) => {
  const page = `# Changes\n\n**${before}**:\n\`\`\`bash\npnpm start\n\`\`\`\n\n**${after}**:\n\`\`\`bash\npnpm deploy\n\`\`\`\n`;
  expect(await stepsOf(page)).toEqual([]);
  const alone = `# Changes\n\n**${after}**:\n\`\`\`bash\npnpm deploy\n\`\`\`\n`;
  expect(await stepsOf(alone)).toHaveLength(1);
});

test('an error with its remedy in one fence is shown', async () => {
  const page =
    '# Fragen\n\n```bash\nnpm run build\n```\n\n```\n错误: version mismatch\n解决:\n  cd backend\n  npm install\n```\n';
  expect(await stepsOf(page)).toHaveLength(1);
});

test.each([
  ['the place of a file', '# U\n\n### Location\n\n```\n/var/lib/vz/snippets/hook.sh\n```\n'],
  ['a sum of metrics', '# U\n\n```console\n(disk_used_in_bytes / disk_size_in_bytes) * 100\n```\n'],
  ['a metric by label', '# U\n\n```sh\npod_ready{job="web"} == 0\n```\n'],
  [
    'an error that may come',
    '# U\n\nYou may see this error:\n\n```sh\nUnable to find the image "web:2" locally\nSee the manual of the daemon for how to log in first.\n```\n',
  ],
  [
    'a query of metrics',
    '# U\n\n```sh\ntopk(25, sort_desc(\n  sum(rate(etcd_server_requests[5m]))\n))\n```\n',
  ],
  ['a query by label', '# U\n\n```bash\nsum by (job) (rate(http_requests_total[5m]))\n```\n'],
])('%s runs nothing', async (_what, page) => {
  expect(await stepsOf(page)).toEqual([]);
});

test('a path that is to be run is run, words typed to an assistant are not', async () => {
  expect(await stepsOf('# U\n\nRun it:\n\n```\n/usr/local/bin/backup.sh\n```\n')).toHaveLength(1);
  const typed = '# U\n\n```bash\n/plugin marketplace add ops/tools\n/oac:setup --core\n```\n';
  expect((await stepsOf(typed)).filter((step) => step.includes(' shell '))).toEqual([]);
});

test.each([
  ['', true],
  ['Run each of these:\n\n', false],
])(
  'rows below a head of tasks and commands, under "%s", are doubtful where they act: %s',
  async (lead, expected) => {
    const { steps } = await read(
      `# Commands\n\n${lead}| Task | Command |\n|---|---|\n| Look | \`systemctl status web\` |\n| Restart | \`systemctl restart web\` |\n`,
    );
    expect(steps.map(({ doubtful }) => doubtful !== undefined)).toEqual([false, expected]);
  },
);

test.each([
  '+----+\n| id |\n+----+\n|  7 |\n+----+',
  ' id | name\n----+------\n  7 | web\n(1 row)',
])('a table that a query puts out is no statement, whatever it is tagged: %j', async (table) => {
  expect(await stepsOf(`# U\n\n\`\`\`sql\n${table}\n\`\`\`\n`)).toEqual([]);
});

test.each([
  '[[ -e go ]]',
  '[ -e go ]',
  '[ "$state" = ready ]',
  '[[ $a == b ]]',
  '[ ! -d /srv/old ]',
  '[ $(wc -l < list) -gt 3 ]',
])('what bash tests is a command and no data: %s', async (script) => {
  expect(await stepsOf(`# U\n\n\`\`\`bash\n${script}\n\`\`\`\n`)).toHaveLength(1);
});

test.each(['["a", "b"]', '[package]', '[[bin]]\nname = "x"', '[\n  {"a": 1}\n]'])(
  'data is no command, whatever it is tagged: %j',
  async (data) => {
    expect(await stepsOf(`# U\n\n\`\`\`bash\n${data}\n\`\`\`\n`)).toEqual([]);
  },
);

test.each([
  'cut -d: -f1 /etc/passwd',
  "awk -F: '{ print $1 }' /etc/passwd",
  'scp web-1: .',
  'chown app: /srv/app',
  'grep error: /var/log/app',
])('a colon in a command makes it no data: %s', async (command) => {
  expect(await stepsOf(`# U\n\n\`\`\`bash\n${command}\n\`\`\`\n`)).toHaveLength(1);
});

test.each([
  ['1. Restart the pods\n2. Look at the log'],
  ['- Too little memory\n- Too many pods'],
  ['□ Look at the queue'],
  ['SELECT count(*) FROM jobs;'],
])('%j among commands: a person makes sense of it', async (lines) => {
  const { steps } = await read(`# U\n\n\`\`\`bash\nkubectl get pods\n${lines}\n\`\`\`\n`);
  expect(steps.map(({ type }) => type)).toEqual(['manual']);
});

test.each([
  ['case $1 in\n  1) ls ;;\n  *) pwd ;;\nesac'],
  ['cat <<END\n1. Restart the pods\n- one\nSELECT 1;\nEND'],
  ['psql -c "\nSELECT 1;"'],
])('what only looks like it is a command: %j', async (script) => {
  const { steps } = await read(`# U\n\n\`\`\`bash\n${script}\n\`\`\`\n`);
  expect(steps.map(({ type }) => type)).toEqual(['shell']);
});

test.each([
  ['(db_total_size_bytes / db_quota_bytes) * 100', 'console'],
  ['http_requests_total{job="web"}', 'bash'],
  ['queue_depth_jobs_total > 100', 'bash'],
])('%s is a query of metrics and no command', async (query, tag) => {
  expect(await stepsOf(`# U\n\nRun this query:\n\n\`\`\`${tag}\n${query}\n\`\`\`\n`)).toEqual([]);
});

test.each([
  ['If you get an error like this:', 'docker: Error response from daemon: unauthorized.'],
  ['If you see the following message:', "Unable to find image 'web:1' locally"],
  ['It may fail:', 'fatal: not a git repository'],
])('%s what went wrong is shown, and nothing is run or expected', async (lead, message) => {
  const page = `# U\n\n\`\`\`bash\ndocker run web\n\`\`\`\n\n${lead}\n\n\`\`\`sh\n${message}\n\`\`\`\n`;
  const { steps } = await read(page);
  expect(steps.map(({ text, expectation }) => [text, expectation])).toEqual([
    ['docker run web', null],
  ]);
});

test.each([
  ['df -h', 'Filesystem      Size  Used\n/dev/sda1        30G   20G'],
  ['kubectl get pods', 'NAME    READY   STATUS\nweb-1   1/1     Running'],
  ['curl -s localhost/health', '{"status":"ok"}'],
  ['docker run web', 'docker: Error response from daemon: unauthorized.'],
])('what `%s` puts out below it is no command, whatever the tag of both', async (typed, output) => {
  const { steps } = await read(`# U\n\n\`\`\`bash\n${typed}\n${output}\n\`\`\`\n`);
  expect(steps.map(({ type, text }) => [type, text])).toEqual([['shell', typed]]);
});

test('what several commands put out among them is left to a person', async () => {
  const text =
    'uptime\n 10:00:00 up 3 days, 2 users\nfree -m\n       total  used  free\nMem:    7000  3000  4000';
  expect(await stepsOf(`# U\n\n\`\`\`bash\n${text}\n\`\`\`\n`)).toEqual([
    expect.stringContaining('manual'),
  ]);
});

test('what a sentence shows is not run, though it is tagged as shell', async () => {
  const page =
    '# U\n\n```bash\n./status\n```\n\nYou should see something like:\n\n```bash\nrm -rf /srv/old would be run\n```\n';
  expect(await stepsOf(page)).toHaveLength(1);
});

test.each([
  ['Save the following as `/usr/local/bin/purge.sh`:', 'rm -rf /srv/old\ntar czf x.tgz /srv'],
  ['Add this to your `~/.bashrc`:', 'export A=b\nrm -f /tmp/lock'],
  ['', '-rm -rf /srv/a\n+rm -rf /srv/b'],
])('%s: text for a file and changes of one are not run', async (lead, text) => {
  expect(await stepsOf(`# U\n\n${lead}\n\n\`\`\`bash\n${text}\n\`\`\`\n`)).toEqual([]);
});

test.each([
  ['Add this to your `~/.bashrc`:', 'export A=b\nalias ll="ls -l"'],
  ['Add this to your `~/.bashrc`:', 'echo "export A=b" >> ~/.bashrc'],
  ['Save the dump to `/srv/dump.sql`:', 'pg_dump shop > /srv/dump.sql'],
  ['Copy it into /etc/app.conf:', 'cp app.conf /etc/app.conf'],
])('%s %j is a step', async (lead, text) => {
  expect(await stepsOf(`# U\n\n${lead}\n\n\`\`\`bash\n${text}\n\`\`\`\n`)).toHaveLength(1);
});

test.each([
  ['At 10:03 we ran:', true],
  ['Bob accidentally executed this on the primary:', true],
  ['The cron job runs this every night:', true],
  ['This is equivalent to:', true],
  ['The old way, which is deprecated:', true],
  ['Run this as the operator:', false],
  ['Then run the job:', false],
])('below %j commands are run on nobody’s yes: %s', async (lead, expected) => {
  const { steps } = await read(`# U\n\n${lead}\n\n\`\`\`bash\nsystemctl restart web\n\`\`\`\n`);
  expect(steps.map(({ doubtful }) => doubtful !== undefined)).toEqual([expected]);
});

test.each([
  'The following can go to `/etc/cron.daily/purge`:',
  'Das folgende Skript kann in `/etc/cron.daily/purge` liegen:',
  'Une tâche cron peut lancer ce script :',
  'Скрипт для cron:',
])('a script that is handed to something else is not run: %j', async (lead) => {
  for (const tag of ['', 'bash'])
    expect(
      await stepsOf(`# U\n\n${lead}\n\n\`\`\`${tag}\n#!/bin/sh\nrm -rf /srv/old\n\`\`\`\n`),
    ).toEqual([]);
});
