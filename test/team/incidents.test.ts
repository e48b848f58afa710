import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addLogin } from '../../src/team/logins.ts';
import { handrail } from '../support/handrail.ts';
import { type FreshTeam, startTeam, type TestTeam } from '../support/team.ts';

let server: TestTeam;
let team: FreshTeam;
beforeAll(async () => {
  server = await startTeam();
});
afterAll(() => server.stop());
beforeEach(async () => {
  team = await server.fresh();
});

const RUNBOOK = '# Count\n\n```bash\necho x >> count\n```\n';
const PATIENT = { timeout: 200_000 };

/** A host on which INC-7 is open, with a run in it and a note; everything is sent. */
async function host(url: string, note: string): Promise<string> {
  const env = { HANDRAIL_TEAM: url };
  const opened = ['incident', 'open', 'INC-7', '--title', 'Logins fail'];
  const { folder } = await handrail({ args: opened, env, runbook: RUNBOOK });
  await handrail({ folder, env });
  await handrail({ folder, env, args: ['note', note] });
  await sent(folder, url);
  return folder;
}

const sent = (folder: string, url: string) =>
  handrail({ folder, args: ['team', 'sync'], env: { HANDRAIL_TEAM: url } });

const logOf = (folder: string): string =>
  readFileSync(path.join(folder, '.handrail/incidents/INC-7/log.jsonl'), 'utf8');

async function stored(): Promise<string> {
  const text = "SELECT line FROM handrail.incident WHERE name = 'INC-7' ORDER BY host, seq";
  const rows = await team.sql(team.admin, text);
  return rows.map(({ line }) => `${line}\n`).join('');
}

test('an incident is in the record byte for byte, and is read from there when its host is gone', async () => {
  const folder = await host(team.host, 'pool full');
  expect(await stored()).toBe(logOf(folder));
  rmSync(path.join(folder, '.handrail'), { recursive: true });
  const from = (...args: string[]) => handrail({ folder, args: [...args, '--team', team.admin] });
  const { stdout } = await from('timeline', '--incident', 'INC-7');
  expect(stdout).toContain('pool full');
  expect(stdout).toContain('Run of "Count" ended');
  expect((await from('incident', 'list')).stdout).toMatch(/INC-7 {2}open .*Logins fail/);
  expect((await from('verify', 'INC-7')).exitCode).toBe(0);
  expect((await from('verify')).exitCode).toBe(0);
  const closed = await from('incident', 'close', 'INC-7');
  expect([closed.exitCode, closed.stderr]).toEqual([
    78,
    expect.stringContaining('kept in folders'),
  ]);
});

test('what several hosts say of one incident is told together', async () => {
  const name = `db${Date.now()}`;
  const { url } = await addLogin(team.admin, 'host', name);
  await host(team.host, 'pool full');
  const folder = await host(url, 'disk slow');
  const from = (...args: string[]) => handrail({ folder, args: [...args, '--team', team.admin] });
  const { stdout } = await from('timeline', '--incident', 'INC-7');
  expect(stdout).toContain('pool full');
  expect(stdout).toContain('disk slow');
  expect((await from('verify', `INC-7@${name}`)).exitCode).toBe(0);
});

test.each([
  [
    "UPDATE handrail.incident SET line = convert_to(replace(convert_from(line, 'UTF8'), 'pool', 'cool'), 'UTF8')",
    20,
  ],
  [
    "DELETE FROM handrail.incident WHERE seq = (SELECT max(seq) FROM handrail.incident WHERE name = 'INC-7') AND name = 'INC-7'",
    23,
  ],
  [
    "DELETE FROM handrail.incident WHERE name = 'INC-7' AND seq > (SELECT min(seq) + 1 FROM handrail.incident WHERE name = 'INC-7')",
    21,
  ],
])('verify shows what an administrator did to it: %s', async (sql, exitCode) => {
  const folder = await host(team.host, 'pool full');
  await team.sql(team.admin, `SET session_replication_role = replica; ${sql}`);
  const args = ['verify', 'INC-7', '--team', team.admin];
  expect((await handrail({ folder, args })).exitCode).toBe(exitCode);
});

test('what is said of an incident is sent by itself, and to an older record when that was brought up to date', async () => {
  const env = { HANDRAIL_TEAM: team.host };
  await team.sql(team.admin, 'ALTER FUNCTION handrail.append_incident RENAME TO later');
  const { folder, exitCode } = await handrail({ args: ['incident', 'open', 'INC-7'], env });
  expect(exitCode).toBe(0);
  expect((await sent(folder, team.host)).exitCode).toBe(0);
  expect(await stored()).toBe('');
  await team.sql(team.admin, 'ALTER FUNCTION handrail.later RENAME TO append_incident');
  await handrail({ folder, args: ['note', 'by itself'], env });
  await expect.poll(stored, PATIENT).toBe(logOf(folder));
});
