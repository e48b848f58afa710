import { describe, expect, test } from 'vitest';
import { literalSecrets } from '../../src/engine/secrets.ts';
import { handrail } from '../support/handrail.ts';

/** Each stands in a place of its own, and no other holds its word. */
const PAGE = `---
title: Vault
inputs:
  api_token:
    secret: true
    default: Nr01-defaulted
  db_password:
    choices: [Nr02Choice, Nr03Choice]
    default: Nr04Default
environments: { prod: { values: { db_password: Nr02Choice, api_token: Nr05Prod } } }
schedule:
  - cron: "0 3 * * *"
    inputs: { api_token: Nr06Cron, db_password: Nr07Cron }
---
# Vault

The password is nr08hidden. Or **password**: \`nrninehidden\`, and \`mysql -pNr10Sees app\`.

- [ ] Log in as \`admin\` with password Nr11Typed, [here](https://bob:Nr12Link@vault.example/x)

> [!WARNING]
> Le mot de passe est Nr13Warned

\`\`\`yaml
password: Nr14Yaml
\`\`\`

<p>password: Nr15Html</p>

## Password: Nr16Heading

\`\`\`bash
curl -s -d '{"user":"a","password":"nr17!json"}' -H "Authorization: Bearer nr18abcdefghij" https://vault.example
export DB_PASSWORD=Nr19Exported
\`\`\`

| What | Command |
|---|---|
| Dump | \`mysqldump -pNr20Cell app\` |
`;
const LITERAL = /nr(?:\d\d|nine)/i;

describe('what an author wrote as a secret is shown by no rendering of the page', () => {
  test.each([
    ['list', '{file}', '--json'],
    ['show', '{file}'],
    ['show', '{file}', '--json'],
    ['check', '{file}'],
    ['check', '{file}', '--json'],
    ['check', '{file}', '--format', 'sarif'],
    ['run', '{file}', '--dry-run'],
    ['run', '{file}', '--unattended'],
    ['schedule', '{file}'],
  ])('%s %s %s %s', async (...args) => {
    const { stdout, stderr, events } = await handrail({ runbook: PAGE, args });
    expect(`${stdout}${stderr}${JSON.stringify(events)}`).not.toMatch(LITERAL);
    expect(`${stdout}${stderr}`).not.toBe('');
  });

  test('site build', async () => {
    const args = ['site', 'build', '.', '--out', 'out'];
    const { files, stdout, stderr } = await handrail({ runbook: PAGE, args });
    const made = Object.entries(files).filter(([name]) => name !== 'runbook.md');
    expect(made.map(([name]) => name)).toEqual(
      expect.arrayContaining(['out/runbook.html', 'out/_/search.js']),
    );
    expect(`${stdout}${stderr}${made.map(([, text]) => text).join('\n')}`).not.toMatch(LITERAL);
    const page = files['out/runbook.html'] ?? '';
    expect(page).toContain('The password is ***.');
    expect(page).toContain('mysqldump -p*** app');
  });
});

describe('a password that is said in words', () => {
  test.each([
    ['The password is hunter2.', 'hunter2'],
    ['Password: Hunter2Xyz', 'Hunter2Xyz'],
    ['**Password**: `swordfish`', 'swordfish'],
    ['password: "s3cret!"', 's3cret!'],
    ['{"user":"a","password":"s3cret!"}', 's3cret!'],
    ['Das Passwort lautet `geheim`', 'geheim'],
    ['пароль: Зима2024', 'Зима2024'],
    ['db_password: Foo9barbaz', 'Foo9barbaz'],
    ['The passphrase is correct-horse-7', 'correct-horse-7'],
    ['log in with password Hunter9Zed, then go on', 'Hunter9Zed'],
  ])('is found in %s', (text, value) => {
    expect(literalSecrets(text).map((one) => one.value)).toEqual([value]);
  });

  test.each([
    'the password is required',
    'The password: 8-16 characters',
    'password is 12-character long',
    'password: base64 encoded',
    'Password: 1Password vault',
    'the password is stored in KeePass2',
    'password_file: /etc/pw9x',
    'the password is set in step3',
    'the password is `$DB_PASSWORD`',
    'password: ${PW1abc}',
    'the password policy is rotate90',
    'reset the password on server01',
  ])('is none in %s', (text) => {
    expect(literalSecrets(text)).toEqual([]);
  });
});
