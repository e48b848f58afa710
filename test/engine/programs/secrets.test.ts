import { describe, expect, test } from 'vitest';
import { secretValues } from '../../../src/engine/programs/secrets.ts';
import { readShell } from '../../../src/engine/shell/facts.ts';

const secretsOf = async (text: string): Promise<readonly string[]> =>
  (await readShell(text)).commands.flatMap(({ name, args }) =>
    secretValues([name, ...args]).map(({ value }) => value),
  );

describe('secrets given on a command line', () => {
  test.each([
    ['mysql -u root -phunter22 shop', ['hunter22']],
    ['mysqldump --password=hunter22 shop', ['hunter22']],
    ['mysql -p shop', []],
    ['curl -u ops:hunter22 https://a.example', ['hunter22']],
    ['curl -u ops https://a.example', []],
    ['redis-cli -a hunter22 info', ['hunter22']],
    ['redis-cli AUTH hunter22', ['hunter22']],
    ['sshpass -p hunter22 ssh web-1 uptime', ['hunter22']],
    ['zip -P hunter22 a.zip b', ['hunter22']],
    ['vault login hunter22', ['hunter22']],
    ['htpasswd -b users bob hunter22', ['hunter22']],
    ['deploy-it --api-token hunter22', ['hunter22']],
    ['sudo env A=b mysql -phunter22', ['hunter22']],
    ['mysql -p"$PASSWORD"', []],
    ['rabbitmqctl change_password bob hunter22', ['hunter22']],
    ['docker run -p 80:80 web', []],
    ['ssh -p 22 web-1', []],
    ['mkdir -p /srv/x', []],
    ['echo constructor -p x', []],
  ])('%s', async (text, expected) => {
    expect(await secretsOf(text)).toEqual(expected);
  });
});
