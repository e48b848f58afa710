import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

/* What a host is called stands in the login that the team gave it: no run asks the record, which may be away. */
const away = (login: string): string => `postgres://${login}@127.0.0.1:1/ops`;
const file = (text: string): string => `# url: ${away('handrail_host_old1:x')}\n${text}\n`;

test.each([
  ['the environment', { env: away('handrail_host_web1:x') }, 'web1'],
  ['the environment, with no password', { env: away('handrail_host_db.eu-2') }, 'db.eu-2'],
  ['the configuration', { file: file(`team: { url: '${away('handrail_host_web2:x')}' }`) }, 'web2'],
  [
    'the configuration, in lines of their own',
    { file: file(`team:\n  url: ${away('handrail_host_web3:x')}`) },
    'web3',
  ],
  [
    'the environment before the configuration',
    {
      env: away('handrail_host_web1:x'),
      file: file(`team: { url: '${away('handrail_host_web2:x')}' }`),
    },
    'web1',
  ],
  ["a person's login", { env: away('handrail_person_ada:x') }, hostname()],
  [
    "a person's login before the configuration",
    {
      env: away('handrail_person_ada:x'),
      file: file(`team: { url: '${away('handrail_host_web2:x')}' }`),
    },
    hostname(),
  ],
  ['a login of their own', { env: away('ops:x') }, hostname()],
  ['no record', {}, hostname()],
])('a run is on the host that the team knows by the login of %s', async (_, given, name) => {
  const { env: url, file: text } = given as { env?: string; file?: string };
  const { folder } = await handrail({
    args: ['--version'],
    runbook: '# A\n\n```bash\ntrue\n```\n',
  });
  if (text !== undefined) {
    mkdirSync(path.join(folder, 'own/handrail'), { recursive: true });
    writeFileSync(path.join(folder, 'own/handrail/config.yaml'), text);
  }
  const env = {
    XDG_CONFIG_HOME: path.join(folder, 'own'),
    ...(url === undefined ? {} : { HANDRAIL_TEAM: url }),
  };
  await handrail({ folder, env, args: ['incident', 'open', 'INC-1', '--title', 'T'] });
  const { events, runs } = await handrail({
    folder,
    env,
    args: ['run', 'runbook.md', '--unattended'],
  });
  expect(events[0]).toMatchObject({ who: { host: name } });
  expect(readFileSync(path.join(runs.at(-1) ?? '', 'run.md'), 'utf8')).toContain(name);
  const log = path.join(folder, '.handrail/incidents/INC-1/log.jsonl');
  expect(JSON.parse(readFileSync(log, 'utf8').split('\n')[0] ?? '')).toMatchObject({ host: name });
});
