import { describe, expect, test } from 'vitest';
import {
  environmentSecrets,
  isSecretName,
  literalSecrets,
  urlPasswords,
} from '../../src/engine/secrets.ts';

test.each([
  'API_TOKEN',
  'GITHUB_TOKEN',
  'db_password',
  'PGPASSWORD',
  'MYSQL_PWD',
  'SIGNING_KEY',
  'apiKey',
  'API_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'SLACK_WEBHOOK_SECRET',
  'passphrase',
  'db-password',
  'CLIENT_SECRET',
  'KEY',
])('%s names a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'PWD',
  'OLDPWD',
  'HOME',
  'KEYBOARD_LAYOUT',
  'TOKENIZERS_PARALLELISM',
  'SSH_AUTH_SOCK',
  'PUBLIC_KEY',
  'TOKEN_TTL',
  'KEY_FILE',
  'PASSWORD_FILE',
  'COMPASS',
  'MONKEY',
  'version',
  'host',
])('%s does not', (name) => {
  expect(isSecretName(name)).toBe(false);
});

describe('literal secrets', () => {
  test('well-known shapes, assignments, headers and URLs are found where they stand', () => {
    const text = [
      'export DB_PASSWORD="hunter2hunter2"',
      'curl -H "Authorization: Bearer abcdef0123456789" https://bob:s3cr3tpw@api.example/x',
      `git clone https://ghp_${'a'.repeat(36)}@github.com/x`,
      'mysql --password=correcthorse',
    ].join('\n');
    const found = literalSecrets(text);
    expect(found.map((one) => one.value)).toEqual([
      'hunter2hunter2',
      'abcdef0123456789',
      's3cr3tpw',
      `ghp_${'a'.repeat(36)}`,
      'correcthorse',
    ]);
    for (const { value, start, end } of found) expect(text.slice(start, end)).toBe(value);
  });

  test('one in single quotes goes to the closing one, whatever stands in it', () => {
    const [found] = literalSecrets(`export DB_PASSWORD='hunter-Zwei/9"x&y (z)'`);
    expect(found?.value).toBe('hunter-Zwei/9"x&y (z)');
  });

  test('variables and placeholders are none', () => {
    const text =
      'TOKEN=$TOKEN PASSWORD=your-password-here API_KEY=<api-key> SECRET={SECRET_VALUE} --token "$T" ' +
      'postgres://user:password@db/x https://h/a:b@c TOKEN_FILE=/run/x';
    expect(literalSecrets(text)).toEqual([]);
  });
});

test('passwords of URLs are found as written and decoded', () => {
  expect(urlPasswords('postgres://app:p%40ssw0rd@db:5432/shop')).toEqual([
    'p%40ssw0rd',
    'p@ssw0rd',
  ]);
});

test('an environment gives its secrets, and nothing too common to mask', () => {
  const found = environmentSecrets({
    API_TOKEN: 'abcdef123456',
    USE_TOKEN: 'true',
    DATABASE_URL: 'postgres://a:hunter22@db/x',
    HOME: '/root',
    EMPTY_SECRET: '',
  });
  expect(found.map(({ name, value }) => [name, value])).toEqual([
    ['API_TOKEN', 'abcdef123456'],
    ['DATABASE_URL', 'hunter22'],
  ]);
});
