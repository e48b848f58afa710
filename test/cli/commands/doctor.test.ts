import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { type OpsTeam, opsTeam } from '../../support/ops-team.ts';
import { type FreshTeam, startTeam, type TestTeam } from '../../support/team.ts';

let server: TestTeam;
let team: FreshTeam;
let ops: OpsTeam;
let url: string;
beforeAll(async () => {
  server = await startTeam();
});
afterAll(() => server.stop());
beforeEach(async () => {
  team = await server.fresh();
  url = team.host;
  ops = opsTeam(url);
});
afterEach(() => ops.close());

/** What doctor says of the team, as `what verdict: say`. */
async function said(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { folder } = ops;
  const call = { folder, args: ['doctor', '--json'], env: { HANDRAIL_TEAM: url, ...env } };
  const { findings } = JSON.parse((await handrail(call)).stdout);
  return findings
    .map((one: Record<string, string>) => `${one['what']} ${one['verdict']}: ${one['say']}`)
    .join('\n');
}

test('a login that may just what it needs is good', async () => {
  const text = await said();
  expect(text).toMatch(/its login good: handrail_host_web1, host web1$/m);
  expect(text).toMatch(/its clock good/);
  expect(text).toMatch(/mirror good/);
  expect(text).not.toContain('its tables');
});

test.each([
  [
    'GRANT DELETE ON handrail.event TO handrail_host_web1',
    /its login doubtful: .*writes past the functions/,
  ],
  ['GRANT handrail_owner TO handrail_host_web1', /its login doubtful: .*owns the tables/],
  ['ALTER TABLE handrail.event DISABLE TRIGGER append_only', /its tables bad: 1 triggers/],
])('%s is found', async (sql, finding) => {
  await team.sql(team.admin, sql);
  expect(await said()).toMatch(finding);
  // Roles belong to the whole server.
  await team.sql(team.admin, 'REVOKE handrail_owner FROM handrail_host_web1');
});

test('the superuser may too much', async () => {
  url = team.admin;
  expect(await said()).toMatch(/its login doubtful: postgres, of no host: .*superuser/);
});

test.each([
  ['ada', 'key good: .*SHA256:'],
  ['nobody', 'key bad: .*no SSH key'],
])('the key of %s is looked at', async (who, finding) => {
  const env = { HANDRAIL_KEY: path.join(ops.folder, who) };
  expect(await said(env)).toMatch(new RegExp(finding));
});

test('a policy whose file of allowed signers names nobody lets nobody in', async () => {
  const env = { HANDRAIL_POLICY: path.join(ops.folder, 'policy.yaml') };
  expect(await said(env)).toMatch(/policy good: .*1 rule, 2 allowed signers/);
  const policy = ops.read('policy.yaml');
  const written = (text: string): void => writeFileSync(env.HANDRAIL_POLICY, text);
  written(policy.replace(/rules:[\s\S]*/, 'rules: []\n'));
  expect(await said(env)).toMatch(/policy bad: .*0 rules.*nobody can ask for anything/);
  written(`expires: 0h\n${policy}`);
  expect(await said(env)).toMatch(/policy bad: .*`expires: 0h` is no time/);
  written(policy);
  writeFileSync(path.join(ops.folder, 'allowed_signers'), '# nobody\n');
  expect(await said(env)).toMatch(/policy bad: .*nobody can ask for anything/);
});
