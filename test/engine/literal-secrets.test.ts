import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/engine/check.ts';
import { withoutWritten, writtenIn, writtenSecrets } from '../../src/engine/literal-secrets.ts';
import { createRedactor } from '../../src/engine/redact.ts';
import { handrail } from '../support/handrail.ts';
import { readRunbookText } from '../support/rendered-run.ts';

async function found(script: string, language = 'bash'): Promise<readonly string[]> {
  const { steps } = await readRunbookText(`# A\n\n\`\`\`${language}\n${script}\n\`\`\`\n`);
  return steps.flatMap(writtenSecrets).map(({ value }) => value);
}

describe('a secret that stands in a step', () => {
  test.each([
    ["DB_PASS='s3cr3t-value-9' ./restart", 's3cr3t-value-9'],
    ['export PGPASSWORD=Tr0ub4dor_3', 'Tr0ub4dor_3'],
    ["redis-cli CONFIG SET masterauth 'Cl0udyDay42'", 'Cl0udyDay42'],
    ["redis-cli -a 'Cl0udyDay42' ping", 'Cl0udyDay42'],
    ["mysql -u root -pHunter2Hunter2 -e 'select 1'", 'Hunter2Hunter2'],
    ['curl -s -H "Authorization: Bearer abcd1234efgh5678" http://127.0.0.1:1/', 'abcd1234efgh5678'],
    ['curl -u admin:Tr0ub4dor-3 https://127.0.0.1/', 'Tr0ub4dor-3'],
    ["some-tool --password 'Xy7-long-one' now", 'Xy7-long-one'],
    ['some-tool --api-token=abc123def456 now', 'abc123def456'],
    [String.raw`some-tool --password "hunter\"2long" now`, String.raw`hunter\"2long`],
    [String.raw`some-tool --token="ab\"cdefgh99" now`, String.raw`ab\"cdefgh99`],
    ["some-tool --password 'it\"s-long-1' now", 'it"s-long-1'],
    ['some-tool --password "it\'s-long-2" now', "it's-long-2"],
    ["smbclient //nas/backup -U 'ops%Wint3rCold' -c ls", 'Wint3rCold'],
    ['smbclient -U ops%Wint3rCold -L nas', 'Wint3rCold'],
    ['rpcclient --user=ops%Wint3rCold dc1', 'Wint3rCold'],
    ['sqlplus shop/Wint3rCold@db1 @fix.sql', 'Wint3rCold'],
    ['sqlplus -S shop/Wint3rCold', 'Wint3rCold'],
    ['ldapsearch -x -w Wint3rCold -b dc=x', 'Wint3rCold'],
    ['expdp shop/Wint3rCold@db1 schemas=shop', 'Wint3rCold'],
    ['rman target sys/Wint3rCold@db1', 'Wint3rCold'],
    ['kinit ops@CORP <<< Wint3rCold', 'Wint3rCold'],
    ["sudo -S systemctl restart app <<<'Wint3rCold'", 'Wint3rCold'],
    ["printf '%s' 'Wint3rCold' | kinit ops", 'Wint3rCold'],
    [
      'curl -d "{}" https://hooks.slack.com/services/T0AAA111/B0BBB222/q7w8e9r0t1y2u3i4o5p6',
      'T0AAA111/B0BBB222/q7w8e9r0t1y2u3i4o5p6',
    ],
    [
      'curl -d @m.json https://acme.webhook.office.com/webhookb2/11112222-aaaa@3333/IncomingWebhook/44445555/6666',
      '11112222-aaaa@3333/IncomingWebhook/44445555/6666',
    ],
    [
      'curl -d @m.json https://discord.com/api/webhooks/123456789012/AbCdEfGhIjKlMnOpQr',
      '123456789012/AbCdEfGhIjKlMnOpQr',
    ],
    [
      'curl https://api.telegram.org/bot123456789:AAabcdefghijklmnopqrstuvwxyz012345678/getMe',
      '123456789:AAabcdefghijklmnopqrstuvwxyz012345678',
    ],
    [
      'azcopy copy a "https://acme.blob.core.windows.net/c?se=2030&sig=abcDEF0123456789%3D"',
      'abcDEF0123456789%3D',
    ],
  ])('is found in %s', async (script, value) => {
    expect(await found(script)).toContain(value);
  });

  test.each([
    'redis-cli -a "$REDIS_PASSWORD" ping',
    'mysql -u root -p shop',
    'tar -x -p -f backup.tar',
    'ps -u root',
    'DB_PASS=$(cat /run/secrets/db)',
    'curl -u "$USER:$TOKEN" https://127.0.0.1/',
    'passwd --status root',
    'some-tool --token-file /etc/token',
    'smbclient -U ops -L nas',
    'smbclient -U "$SMB_USER%$SMB_PASS" -L nas',
    'sqlplus / as sysdba',
    'sqlplus shop@db1 @scripts/fix.sql',
    'sqlplus "$DB_USER/$DB_PASS@db1"',
    'impdp shop@db1 directory=dumps dumpfile=may/shop.dmp',
    'kinit ops@CORP <<< "$KRB_PASS"',
    'kinit -k -t /etc/krb5.keytab ops',
    'curl -d "{}" "$SLACK_WEBHOOK"',
    'curl -d "{}" https://hooks.slack.com/services/<path>',
    'curl https://docs.example.org/webhooks/guide?key=short',
    "export DB_PASSWORD='your-password-here'",
    String.raw`printf 'PGPASSWORD=%s\n' {{new}} | ssh db1 tee x`,
    String.raw`printf 'DB_TOKEN=%-20s\r\n' "$T"`,
  ])('is none in %s', async (script) => {
    expect(await found(script)).toEqual([]);
    expect(withoutWritten(script)).toBe(script);
  });

  test.each([
    [String.raw`net use Z: \\nas\backup /user:ops Wint3rCold`, ['Wint3rCold']],
    [String.raw`net use Z: \\nas\backup Wint3rCold /user:ops`, ['Wint3rCold']],
    ['net user ops Wint3rCold /add', ['Wint3rCold']],
    [String.raw`net use Z: \\nas\backup /user:ops *`, []],
    [String.raw`net use Z: \\nas\backup /delete`, []],
    ['net user ops /active:no', []],
    ['cmdkey /generic:nas /user:ops /pass:Wint3rCold', ['Wint3rCold']],
    ['schtasks /create /tn x /ru ops /rp Wint3rCold /tr x', ['Wint3rCold']],
    ['sqlcmd.exe -S db -U sa -P Wint3rCold -Q "select 1"', ['Wint3rCold']],
    ['sqlcmd -S db -E -Q "select 1"', []],
    [String.raw`psexec \\nas -u ops -p Wint3rCold cmd`, ['Wint3rCold']],
    ['plink -ssh -P 2222 -pw Wint3rCold ops@web-1 uptime', ['Wint3rCold']],
    ['$p = ConvertTo-SecureString "Wint3rCold" -AsPlainText -Force', ['Wint3rCold']],
    ['$p = ConvertTo-SecureString $env:SECRET -AsPlainText -Force', []],
    ['$env:DB_PASSWORD = "Wint3rCold"', ['Wint3rCold']],
    ['$env:DB_PASSWORD = "$secret"', []],
  ])('is told apart in a fence for Windows: %s', async (script, values) => {
    expect(await found(script, 'bat')).toEqual(values);
  });

  const letters = 'Ab3dEf6hIj'.repeat(4);
  const jwtPart = `eyJ${letters.slice(0, 12)}`;
  test.each([
    ['AWS', `AKIA${letters.toUpperCase().slice(0, 16)}`],
    ['AWS, for a while', `ASIA${letters.toUpperCase().slice(0, 16)}`],
    ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'].map((sign) => [
      'GitHub',
      `${sign}${letters.slice(0, 36)}`,
    ]),
    ['GitLab', `glpat-${letters.slice(0, 20)}`],
    ['Slack', `xoxb-${letters.slice(0, 24)}`],
    ['Stripe', `sk_${'live'}_${letters.slice(0, 24)}`],
    ['Stripe, to try', `rk_${'test'}_${letters.slice(0, 24)}`],
    ['a model', `sk-proj-${letters.slice(0, 30)}`],
    ['Google', `AIza${letters.slice(0, 35)}`],
    ['npm', `npm_${letters.slice(0, 36)}`],
    ['a JSON web token', `${jwtPart}.${jwtPart}.${letters}`],
  ])('of %s is found by its shape alone: %s', async (_, value = '') => {
    expect(await found(`deploy ${value} now`)).toContain(value);
  });

  test('a private key is found by its frame', async () => {
    const frame = (word: string): string => `-----${word} OPENSSH ${'PRIVATE'} KEY-----`;
    const key = `${frame('BEGIN')}\n${letters}\n${frame('END')}`;
    expect(await found(`cat > key <<'EOF'\n${key}\nEOF`)).toContain(key);
  });
});

describe('what is written into a step is quoted nowhere', () => {
  const PAGE = `# Restore

~~~bash
no-such-tool --password=Wint3rCold99 restore
~~~

~~~bash
echo second --password=Summ3rHot77 > /dev/null
~~~
`;

  test('by titles that tell steps under one heading apart', async () => {
    const { steps } = await readRunbookText(PAGE);
    expect(steps.map(({ title }) => title)).toEqual([
      'Restore: no-such-tool …',
      'Restore: echo second …',
    ]);
  });

  test('by findings', async () => {
    const runbook = await readRunbookText('# A\n\n~~~bash\nmysql -u root -pWint3rCold99\n~~~\n');
    const findings = check(runbook, {}, { unattended: true });
    expect(findings.map(({ message }) => message).join()).toContain('-p***');
    expect(JSON.stringify(findings)).not.toContain('Wint3rCold99');
  });

  test('by the log of a run, also of one that is refused, on its items and on the screen', async () => {
    const items = '---\ninputs: { hosts: { default: [a, b] } }\n---\n';
    const each = `~~~bash each="host in hosts"\necho {{host}} --password=Wint3rCold99 > /dev/null\n~~~\n`;
    for (const runbook of [
      PAGE,
      `${items}# A\n\n${each}`,
      '~~~bash\necho --password=Wint3rCold99\n~~~\n',
    ]) {
      const { events, stdout, stderr } = await handrail({ runbook });
      expect(events.length).toBeGreaterThan(1);
      expect(JSON.stringify([events, stdout, stderr])).not.toMatch(/Wint3rCold99|Summ3rHot77/);
    }
  });

  const SAID = {
    'mysql -pWint3rCold99 -u root': 'mysql -p*** -u root',
    'curl -u admin:Wint3rCold99 https://db.example': 'curl -u admin:*** https://db.example',
    'redis-cli -a Wint3rCold99': 'redis-cli -a ***',
    'sqlplus shop/Wint3rCold99@db1': 'sqlplus shop/***@db1',
    'DB_PASSWORD=Wint3rCold99': 'DB_PASSWORD=***',
    'net-tool --password Wint3rCold99 now': 'net-tool --password *** now',
  };

  test.each(Object.entries(SAID))(
    'by the titles and ids of what people do: %s',
    async (code, as) => {
      const page = `# A\n\n- [ ] Log in with \`${code}\` first\n\n1. Run \`${code}\` there\n2. Look at it\n`;
      const { steps } = await readRunbookText(page);
      expect(steps.map(({ title }) => title)).toEqual([
        `Log in with ${as} first`,
        `Run ${as} there`,
        'Look at it',
      ]);
      expect(JSON.stringify(steps.map(({ id }) => id))).not.toMatch(/wint3rcold99/i);
    },
  );

  test('by titles that only speak of programs', async () => {
    const items = ['Use sqlplus and/or curl', 'Open htpasswd to add people', 'Ask mysql for -p'];
    const page = `# A\n\n${items.map((item) => `- [ ] ${item}\n`).join('')}`;
    const { steps } = await readRunbookText(page);
    expect(steps.map(({ title }) => title)).toEqual(items);
  });

  test.each(['markdown', 'html', 'json', 'summary', 'jsonl'])(
    'by a rendered run, refused or not: as %s',
    async (format) => {
      const items = Object.keys(SAID).map((code) => `- [ ] Try \`${code}\`\n`);
      const script = 'function curl { :; }\ncurl -u admin:Summ3rHot77 x\ncurl -u admin:root x';
      const page = (more: string): string =>
        `# A\n\nThe key is \`API_KEY=Autumn5Rain\`.\n\n~~~bash\n${script}\n${more}\n~~~\n\nSay Summ3rHot77 to root.\n\n${items.join('')}`;
      for (const more of ['true', 'echo $NOWHERE_SET']) {
        const { folder, runs } = await handrail({ runbook: page(more) });
        const { stdout, exitCode } = await handrail({
          folder,
          args: ['log', 'last', '--format', format],
        });
        expect(exitCode).toBe(0);
        const kept = readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8');
        expect(`${stdout}${kept}`).not.toMatch(/Wint3rCold99|Summ3rHot77|Autumn5Rain/i);
        expect(kept).toContain('curl -u admin:*** x\ncurl -u admin:*** x');
        expect(kept).toContain('Say *** to root.');
      }
    },
  );

  test.each(['markdown', 'html', 'json', 'summary', 'junit'])(
    'by a run that carried it out: what ran, what it printed, headings, names of files: as %s',
    async (format) => {
      const page = [
        '---\ntitle: Set `mysql -pAutumn5Rain` anew\n---\n\n# Use password=Wint3rCold99 at last\n',
        '```bash\necho mysql -pWint3rCold99\necho curl -u root:root\n```\n',
        '```bash\necho API_KEY=Summ3rHot77; echo 2026-12-01 --password=2026-12-01\nfalse\n```\n',
      ].join('\n');
      const { folder, runs } = await handrail({ runbook: page });
      const args = ['log', 'last', '--format', format];
      const { stdout, exitCode } = await handrail({ folder, args });
      expect(exitCode).toBe(0);
      const kept = readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8');
      const names = readdirSync(path.join(runs[0] ?? '', 'output')).join('\n');
      expect(names).not.toBe('');
      expect(`${stdout}${kept}${names}`).not.toMatch(/Wint3rCold99|Summ3rHot77|Autumn5Rain/i);
      expect(kept).toContain('> mysql -p***');
      expect(kept).not.toContain('As it ran');
    },
  );

  test('by a rendered run, which hides no name that only holds a word given as a secret', async () => {
    const lines = {
      'echo mysql -h root.example.org -proot rootdb': 'echo mysql -h root.example.org -p*** rootdb',
      'echo curl -u ops:admin https://admin-1.example/latest':
        'echo curl -u ops:*** https://admin-1.example/latest',
      'echo redis-cli -a admin -h db_admin': 'echo redis-cli -a *** -h db_admin',
      'echo sshpass -proot ssh ops@db1': 'echo sshpass -p*** ssh ops@db1',
    };
    const fences = Object.keys(lines).map((line) => `~~~bash\n${line}\n~~~\n`);
    const { runs } = await handrail({ runbook: `# A\n\n${fences.join('\n')}` });
    const kept = readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8');
    for (const line of Object.values(lines)) expect(kept).toContain(`~~~bash\n${line}\n~~~`);
    expect(kept).not.toContain('As it ran');
  });

  test('by the log, which loses no input and no output that only is the same word as one', async () => {
    const page = [
      '---\ninputs: { env: { description: Where, default: production } }\n---\n\n# A\n',
      '~~~bash\necho --password=production\necho deployed to {{env}}\n~~~\n',
      '~~~bash\necho x --password=postgres\necho postgres is up\n~~~\n',
      '~~~bash\necho --password=Sommer\n~~~\n',
    ].join('\n');
    const { runs } = await handrail({ runbook: page });
    const log = readFileSync(path.join(runs[0] ?? '', 'log.jsonl'), 'utf8');
    const kept = readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8');
    expect(log).toMatch(/"input.bound"[^\n]*"value":"production"/);
    for (const line of ['deployed to production', 'postgres is up'])
      expect(kept).toContain(`> ${line}\n`);
    expect(kept).toContain('echo x --password=***\necho postgres is up');
    expect(`${log}${kept}`).not.toContain('Sommer');
  });

  test('by what a run shows and keeps, where it is also a word or a name: hidden wherever it is given, whoever prints it, and nowhere else', async () => {
    const given = [
      ['PGPASSWORD=postgres true -U postgres', 'set -x; PGPASSWORD=postgres true -U postgres'],
      [
        'export DB_PASSWORD=admin',
        'export DB_PASSWORD=admin; declare -p DB_PASSWORD; env | grep DB_P',
      ],
      ['mysql -pdeployed -e x', 'echo mysql -pdeployed'],
      ['sshpass -proot true', `echo sshpass -p root; echo '["sshpass", "-p", "root"]'`],
      ['app --password admin', 'echo app --password admin; echo "app --password=\'admin\'"'],
      ["sshpass -p 'root' true", "echo sshpass -p 'root'"],
      ['curl -u admin:admin', 'echo curl -u admin:admin; printf admin:admin | base64'],
      [
        'pg_dump postgres://app:deployed@db/app',
        'echo postgres://app:deployed@db/app app:deployed',
      ],
      ['psql "host=db password=admin" -c x', 'echo "host=db password=admin"'],
    ] as const;
    const said = 'postgres of admin was deployed by root';
    for (const [command, line] of given) {
      const page = `# A\n\nThe ${said}.\n\n~~~bash\n${line}\nfalse && ${command} || true\necho '${said}'\n~~~\n`;
      const { runs, stdout } = await handrail({ runbook: page });
      const files = ['run.md', 'log.jsonl'].map((name) =>
        readFileSync(path.join(runs[0] ?? '', name), 'utf8'),
      );
      for (const shown of [stdout, ...files]) {
        expect(shown, command).not.toMatch(
          /(?:PASSWORD[=":\s]{1,4}|-p[\s",\\]*|--password[=\s']+|admin:|app:|password=)(?:postgres|admin|deployed|root)|YWRtaW46YWRtaW4/,
        );
      }
      expect(files[0], command).toContain(`> ${said}\n`);
    }
  });

  test.each([
    `{"password":"VALUE"}`,
    String.raw`"{\"password\": \"VALUE\"}"`,
    'password: VALUE',
    '  db-password: "VALUE"',
    'DB_PASSWORD: VALUE',
    '<password>VALUE</password>',
    '<ns:dbPassword type="x">VALUE</ns:dbPassword>',
    '<property name="db.password" value="VALUE"/>',
    'spring.datasource.password=VALUE',
    'password = VALUE',
    "'password' => 'VALUE',",
  ])('by what a run shows of a word that a form gives: %s', async (form) => {
    for (const value of ['admin', 'sommer']) {
      const given = form.replace('VALUE', value);
      const page = `# A\n\nThe ${value} tool.\n\n~~~bash\ncat <<'E'\n${given}\nE\necho the ${value} tool\n~~~\n`;
      const { runs, stdout } = await handrail({ runbook: page });
      const kept = ['run.md', 'log.jsonl'].map((name) =>
        readFileSync(path.join(runs[0] ?? '', name), 'utf8'),
      );
      for (const shown of [stdout, ...kept]) {
        expect(shown).toContain(`the ${value} tool`);
        expect(shown.replaceAll(new RegExp(`the ${value} tool`, 'gi'), '')).not.toContain(value);
      }
    }
  });

  test.each([
    ['password=admin', 'DB_PASSWORD=admin'],
    ['{"password":"admin"}', '<password>admin</password>'],
    ['DB_PASSWORD: admin', '%22password%22:%22admin%22'],
  ])('by a text that gives in another form what %s gives: %s', (form, other) => {
    const [one] = writtenIn(form);
    expect(createRedactor(one === undefined ? [] : [one]).mask(other)).not.toContain('admin');
  });

  test.each([
    '{"user":"x","password":"admin"}',
    'x=1&password=admin',
    '<password>admin</password>',
  ])('by its encoding together with what gives it: %s', (form) => {
    const [one] = writtenIn(form);
    const coded = Buffer.from(form).toString('base64');
    const shown = createRedactor(one === undefined ? [] : [one]).mask(coded);
    expect(Buffer.from(shown.split('***')[1] ?? '', 'base64').toString()).not.toContain('admin');
    expect(shown).toContain('***');
  });

  test('of a linked page, also from the words beside its steps', async () => {
    const other = '# B\n\nThe password: hunter2\n\n~~~bash\nx=hunt; echo "${x}er2" is\n~~~\n';
    const { folder } = await handrail({
      runbook: '# A\n\n1. [Other](other.md)\n',
      files: { 'other.md': other },
      args: ['check', '{file}'],
    });
    for (const time of ['first', 'known']) {
      const { stdout, exitCode } = await handrail({
        folder,
        args: ['run', '{file}', '--unattended'],
      });
      expect([time, exitCode]).toEqual([time, 0]);
      expect(stdout).toContain('*** is');
    }
  });

  test.each(['password: required', 'Passwort: erforderlich.', '"token": "string"'])(
    'and what may only be said of one is no finding, and hidden where it is given alone: %s',
    async (form) => {
      expect(writtenIn(form)).toMatchObject([{ onlyGiven: true }]);
      const page = await readRunbookText(`# A\n\n~~~bash\necho '${form}'\n~~~\n`);
      expect(check(page).filter(({ rule }) => rule === 'literal-secret')).toEqual([]);
    },
  );

  test.each(['mysql -pMyS3cretPw9', 'mysql -pTheH0rse', 'app --password SomeTh1ng'])(
    'by what somebody made up of a word that placeholders begin with: %s',
    async (command) => expect(await found(command)).toHaveLength(1),
  );

  test.each([
    ['Page of postgres', 'export PGPASSWORD=postgres', 'Page of postgres'],
    ['Start postgres: export PGPASSWORD=postgres', '', 'Start postgres: export PGPASSWORD=***'],
    ['Deployed: `mysql -pdeployed`', '', 'Deployed: `mysql -p***`'],
    ['Use Wint3rCold', 'mysql -pWint3rCold', 'Use ***'],
  ])('by a title, which keeps its words: %s', (said, from, shown) =>
    expect(withoutWritten(said, from)).toBe(shown),
  );

  test.each([
    '| User | Password |\n|---|---|\n| ops | VALUE |',
    '| Setting | Value |\n|---|---|\n| **Password** | VALUE |',
    '| Host | Root password (old) | Port |\n| :-- | :-: | --- |\n| db1 | `VALUE` | 22 |',
    '| Benutzer | Passwort |\n|--|--|\n| ops | VALUE |',
    'Password\n:   VALUE',
    'User\n: ops\n\nPassword\n: `VALUE`',
    '- **Password:** VALUE',
    'Log in as ops, password: VALUE.',
  ])('by a run whose page has it beside its steps: %s', async (where) => {
    const page = `# A\n\n${where.replace('VALUE', 'hunter2')}\n\n~~~bash\nx=hunt; echo \${x}er2 is\n~~~\n`;
    const { runs, stdout } = await handrail({ runbook: page });
    const kept = ['run.md', 'log.jsonl'].map((name) =>
      readFileSync(path.join(runs[0] ?? '', name), 'utf8'),
    );
    for (const shown of [stdout, ...kept]) expect(shown).not.toContain('hunter2');
    expect(kept[0]).toContain('*** is');
  });

  test.each([
    'required',
    'see Vault',
    '-',
    '`true`',
    '`DB_PASSWORD`',
    '<password>',
    '`$PW`',
    'yes',
  ])('and a cell below a heading that holds none stays: %s', (cell) =>
    expect(writtenIn(`| User | Password |\n|---|---|\n| ops | ${cell} |`)).toEqual([]),
  );

  test('by a rendered run, whose lines are as many as the page has, whatever they end in', async () => {
    for (const eol of ['\n', '\r\n']) {
      const key = ['-----BEGIN PRIVATE KEY-----', 'QWxsZXNHdXRl', '-----END PRIVATE KEY-----'];
      const page = [
        '# A',
        '',
        '~~~bash',
        "cat <<'E' >/dev/null",
        ...key,
        'E',
        '~~~',
        '',
        'End',
        '',
      ];
      const { runs } = await handrail({ runbook: page.join(eol) });
      const kept = readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8');
      expect(kept).toContain(["cat <<'E' >/dev/null", '***', '***', '***', 'E', '~~~'].join(eol));
    }
  });
});
