import { expect, test } from 'vitest';
import { read, stepsOf } from '../../support/read.ts';

/** Type and text of every step of a page that is one fence. */
async function typed(text: string, tag: string): Promise<string> {
  const { steps } = await read(`# U\n\n\`\`\`${tag}\n${text}\n\`\`\`\n`);
  return steps.map((step) => `${step.type}: ${step.text.trim()}`).join('\n');
}

test.each([
  ['a sign', 'systemctl status app\n● app.service - the app\n   Active: active (running)'],
  ['another sign', 'brew doctor\n✔ Homebrew is fine'],
  ['a count', 'pg_basebackup -D /data -P\n12345/12345 kB (100%), 1/1 tablespace'],
  ['a share', 'rsync -a --info=progress2 a/ b/\n1,234,567  45%  10.00MB/s  0:00:12'],
  ['a name and what happens to it', 'terraform apply\naws_instance.web: Creating...'],
  ['words and a number', 'git push origin main\nEnumerating objects: 5, done.'],
])('a line with %s below a command is put out by it and is not run', async (_what, text) => {
  expect(await typed(text, 'bash')).toBe(`shell: ${text.split('\n', 1)[0]}`);
});

test.each([
  'aws_instance.web: Creating...\naws_instance.web: Creation complete after 10s [id=i-1]\n\nApply complete! Resources: 1 added.',
  '● app.service - the app\n   Loaded: loaded (/lib/systemd/system/app.service)',
  'Counting objects: 100% (5/5), done.\nWriting objects: 100% (5/5), done.',
])('what programs put out is no step, however it is tagged: %s', async (text) => {
  expect(await typed(text, 'bash')).toBe('');
});

test('what is put out among several commands leaves the fence to a person', async () => {
  const text = 'git push origin main\nEnumerating objects: 5, done.\ngit push --tags';
  expect(await typed(text, 'bash')).toBe(`manual: ${text}`);
});

test.each([
  ['sh', 'mkfs.ext4 /dev/sdb1'],
  ['sh', '$RUNNER migrate'],
  ['sh', 'if $DRY; then echo no; fi'],
  ['sh', '> /var/log/app.log'],
  ['sh', '>app.log'],
  ['sh', '7z x a.7z\n2to3 -w a.py'],
  ['sh', ': > app.log'],
  ['', 'HOST=web1\nPORT=80\ncurl -s http://$HOST:${PORT}/'],
  ['', 'TAG=\'v1\'\ngit push origin "$TAG"'],
])('a fence `%s` of commands runs as it stands: %s', async (tag, text) => {
  expect(await typed(text, tag)).toBe(`shell: ${text}`);
});

test.each([
  ['sh', 'kern.*  /var/log/kern.log\nmail.info  -/var/log/mail.log'],
  ['sh', '*.info;mail.none;authpriv.none  /var/log/messages'],
  ['sh', "$ModLoad imtcp\nif $programname == 'app' then /var/log/app.log"],
  ['', 'HOST=web1\nPORT=80'],
  ['', '> restart the database\n> then wait'],
])('a fence `%s` of text for a file or a mail is none: %s', async (tag, text) => {
  expect(await typed(text, tag)).toBe('');
});

test('a sentence with code in it leaves the commands around it to a person', async () => {
  for (const code of ['`touch x`', '$(touch x)'])
    expect(await typed(`cd /srv\nNow edit the file and set ${code} in it`, 'sh')).toMatch(
      /^manual/,
    );
});

test.each([
  'Use `systemctl restart app` to bring it back',
  'On the primary run `pg_ctl promote`.',
  'When done, call `sudo reboot` on db1',
  'please run `kubectl delete pod x`',
  'Ejecute `reboot` en el nodo',
  'Bitte `reboot` nur auf dem Replikat ausführen.',
  'выполните `systemctl start app` на узле',
])(
  'words around code that acts are never run in a shell, alone or below a command: %s',
  async (line) => {
    for (const text of [line, `kubectl get pods\n${line}`])
      expect(await typed(text, 'bash')).toMatch(/^manual/);
  },
);

test('what a command is given by another is no sentence', async () => {
  for (const line of [
    'tar czf `hostname`.tar.gz /srv',
    'eval `ssh-agent -s`',
    'scp x `cat host`:/x',
  ])
    expect(await typed(line, 'bash')).toBe(`shell: ${line}`);
});

test('a command of psql behind its prompt is typed, and no setting', async () => {
  expect(await typed('shop=# \\d+ orders', 'sql')).toBe('sql: \\d+ orders');
  expect(await typed('work_mem = 64MB', 'sql')).toBe('');
});

test('a log in comments is shown and asks for nothing; comments that tell do', async () => {
  const log =
    '# Backup done:\n# [2026-02-15 14:30:00] begin\n# [2026-02-15 14:30:05] dump\n# [2026-02-15 14:30:15] done';
  const told = '# 1. Log in to the console\n# 2. Press the button\n# 3. Wait for the lamp';
  const page = (text: string): string => `# U\n\n## Look\n\n\`\`\`bash\n${text}\n\`\`\`\n`;
  expect(await stepsOf(page(log))).toEqual([]);
  expect(await stepsOf(page(told))).toHaveLength(1);
});

test.each([
  [
    'devices',
    '',
    'Disk /dev/sda: 111 GiB\n/dev/sda1  *  2048  206847  100M\n/dev/sda2  206848  2328  111G',
  ],
  ['places', '', '/etc/kubernetes   # manifests\n/var/lib/etcd     # data'],
  ['a host', '', 'register.backup.example.com TCP Port 8086.'],
])('%s are no programs', async (_what, tag, text) => {
  expect(await typed(text, tag)).toBe('');
});

test.each([
  '/etc/init.d/app restart',
  '/var/lib/app/bin/check',
  '~/.local/bin/check',
  'a.b.sh now',
])('`%s` is one', async (text) => {
  expect(await typed(text, 'bash')).toBe(`shell: ${text}`);
});

test('what is an example of the command above is shown, and not run again', async () => {
  const page = (lead: string, above: string) =>
    `# U\n\nRun the script:\n\n\`\`\`bash\nnode restore.js ${above}\n\`\`\`\n\n${lead}\n\n\`\`\`bash\nnode restore.js a.sql --quick\n\`\`\`\n`;
  for (const lead of ['For example:', 'Bijvoorbeeld:'])
    expect(await stepsOf(page(lead, 'FILE.sql [--quick]'))).toHaveLength(1);
  expect(await stepsOf(page('For example:', 'b.sql'))).toHaveLength(2);
  expect(await stepsOf(page('Then restore the other one:', 'FILE.sql [--quick]'))).toHaveLength(2);
});

test.each([
  ['sql', '[mysqld]\nskip-networking\ninnodb_buffer_pool_size=4G'],
  [
    'postgresql',
    '# TYPE DATABASE USER ADDRESS METHOD\nhost all all 10.0.0.0/8 scram-sha-256\nlocal all all peer',
  ],
  ['sql', 'shared_buffers = 4GB'],
])('in a fence `%s`, lines of a file are no statements: %j', async (tag, text) => {
  expect(await typed(text, tag)).toBe('');
});

test('an item directly above its fence says more than a label over the fence before it', async () => {
  const page =
    '# Rotate\n\n1. Make:\n\n```\nzorbctl make\n```\n\nOutput:\n\n```\nmade\n```\n\n2. Swap:\n\n```\nquuxctl swap edge\n```\n';
  const { steps } = await read(page);
  expect(steps.map(({ text }) => text)).toEqual(['zorbctl make', 'quuxctl swap edge']);
});
