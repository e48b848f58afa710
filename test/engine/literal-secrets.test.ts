import { describe, expect, test } from 'vitest';
import { writtenSecrets } from '../../src/engine/literal-secrets.ts';
import { readRunbookText } from '../support/rendered-run.ts';

async function found(script: string): Promise<readonly string[]> {
  const { steps } = await readRunbookText(`# A\n\n\`\`\`bash\n${script}\n\`\`\`\n`);
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
    "export DB_PASSWORD='your-password-here'",
  ])('is none in %s', async (script) => {
    expect(await found(script)).toEqual([]);
  });
});
