import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';
import { opsTeam } from '../support/ops-team.ts';
import { startTeam } from '../support/team.ts';

const server = await startTeam();
afterAll(() => server.stop());

test('the site of a folder tells the runs of its pages on every host, from the record alone', async () => {
  const team = await server.fresh();
  const ops = opsTeam(team.host);
  const { folder } = ops;
  const own = { HANDRAIL_TEAM: team.host };
  await handrail({ folder, args: ['run', 'ops.md#count', '--unattended'], env: own });
  expect((await handrail({ folder, args: ['team', 'sync'], env: own })).exitCode).toBe(0);
  const elsewhere = { HANDRAIL_TEAM: team.admin, HANDRAIL_HOME: path.join(folder, 'nobody') };
  const args = ['site', 'build', '.', '--out', 'public', '--team'];
  expect((await handrail({ folder, args, env: elsewhere })).exitCode).toBe(0);
  const runs = readdirSync(path.join(folder, 'public/_/runs')).filter((file) =>
    file.endsWith('.html'),
  );
  expect(runs).toHaveLength(1);
  const page = readFileSync(path.join(folder, 'public/_/runs', runs[0] ?? ''), 'utf8');
  expect(page).toMatch(/passed/i);
  ops.close();
});
