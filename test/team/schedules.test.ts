import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dueId } from '../../src/team/worker/due-runs.ts';
import { forEachTest, type OpsTeam } from '../support/ops-team.ts';
import { signedRequest } from '../support/signed-requests.ts';
import type { FreshTeam } from '../support/team.ts';

let team: FreshTeam;
let ops: OpsTeam;
forEachTest((fresh) => {
  ({ team, ops } = fresh);
});

const asHost = (): Record<string, string> => ({ HANDRAIL_TEAM: team.host });

/** A page that is due every minute on a host; it was known a day ago, so that the last time is due now. */
function scheduled(host: string): void {
  writeFileSync(
    path.join(ops.folder, 'ops.md'),
    `---\nschedule:\n  - { procedure: count, cron: "* * * * *", timezone: UTC, host: ${host} }\n---\n# Ops\n\n## Count\n\n\`\`\`bash\necho "$HANDRAIL_RUN_ID" >> counted\n\`\`\`\n`,
  );
  const policy = ops.read('policy.yaml').replace('    approvals: 1', '    schedules: true');
  writeFileSync(path.join(ops.folder, 'policy.yaml'), policy);
}

/** Makes an entry known since yesterday to the host's state in a folder. */
function knownSince(state: string): void {
  mkdirSync(state, { recursive: true });
  const page = path.join(ops.folder, 'ops.md');
  const key = JSON.stringify([page, 'count', '* * * * *', 'UTC', {}]);
  const at = Date.now() - 86_400_000;
  writeFileSync(path.join(state, 'schedules.json'), JSON.stringify({ [key]: at }));
}

const counted = (): readonly string[] => ops.read('counted').split('\n').filter(Boolean);
const runsIn = (state: string): readonly string[] => readdirSync(path.join(state, 'runs'));

describe('a schedule that names a host', () => {
  test('is started by its worker, and each due time once with others of the host beside it', async () => {
    scheduled('web1');
    const homes = ['one', 'two', 'three'].map((name) => path.join(ops.folder, name));
    for (const home of homes) knownSince(home);
    const workers = homes.map((home) =>
      ops.worker({ ...asHost(), HANDRAIL_HOME: home }, '--schedules', ops.folder),
    );
    await expect.poll(() => counted().length).toBeGreaterThan(0);
    for (const worker of workers)
      await worker.says(/run .*: passed|another worker of this host has it/);
    expect(new Set(counted()).size).toBe(counted().length);
    const rows = await team.sql(team.admin, 'SELECT run, due_at FROM handrail.due');
    expect(new Set(rows.map(({ due_at }) => String(due_at))).size).toBe(rows.length);
    expect(rows.map(({ run }) => run)).toEqual(expect.arrayContaining([...counted()]));
  });

  test('is not started again by a worker that begins anew, with a record or without one', async () => {
    scheduled('web1');
    const state = path.join(ops.folder, '.handrail');
    knownSince(state);
    const first = ops.worker(asHost(), '--schedules', ops.folder);
    await expect.poll(() => counted().length).toBe(1);
    await first.says(/run .*: passed/);
    first.process.kill('SIGTERM');
    await first.ended;
    const [id] = runsIn(state);
    const nobody = ops.worker(
      { HANDRAIL_TEAM: 'postgres://nobody@127.0.0.1:1/none' },
      '--schedules',
      ops.folder,
    );
    await nobody.says('cannot be reached');
    expect(counted().filter((one) => one === id)).toEqual([id]);
  });

  test('that a lost worker left in the middle is gone on with by the next one of its host', async () => {
    scheduled('web1');
    const state = path.join(ops.folder, '.handrail');
    knownSince(state);
    writeFileSync(
      path.join(ops.folder, 'ops.md'),
      ops
        .read('ops.md')
        .replace(
          /```bash[\s\S]*$/,
          '```bash name=first\necho "$HANDRAIL_RUN_ID" >> counted; until test -e go; do sleep 0.05; done\n```\n\n```bash name=second\necho "$HANDRAIL_RUN_ID" >> ended\n```\n',
        ),
    );
    const first = ops.worker(asHost(), '--schedules', ops.folder);
    await expect.poll(() => counted().length).toBeGreaterThan(0);
    process.kill(first.process.pid ?? 0, 'SIGKILL');
    await first.ended;
    writeFileSync(path.join(ops.folder, 'go'), '');
    const [id = ''] = counted();
    const second = ops.worker(asHost(), '--schedules', ops.folder);
    await second.says(`run ${id}: gone on with after it was interrupted`);
    // What became of the first step nobody saw: a person says.
    await second.says(`run ${id}: waiting, exit 4`);
    expect(counted().filter((one) => one === id)).toEqual([id]);
    expect(ops.read('ended')).not.toContain(id);
  });

  test.each(['eve', 'ada'])(
    'is kept from no due time by a request that has its id, of %s',
    async (who) => {
      scheduled('web1');
      knownSince(path.join(ops.folder, '.handrail'));
      const page = path.join(ops.folder, 'ops.md');
      const minute = Math.floor(Date.now() / 60_000) * 60_000;
      const dues = Array.from({ length: 10 }, (_, ahead) => new Date(minute + ahead * 60_000));
      const ids = dues.map((due) =>
        dueId(
          'web1',
          {
            path: page,
            procedure: 'count',
            cron: '* * * * *',
            timezone: 'UTC',
            inputs: {},
            host: 'web1',
          },
          due,
        ),
      );
      for (const id of ids) {
        const { document, signature } = await signedRequest(ops, 'count', {
          id,
          who,
          runbook: page,
        });
        // The record takes none from people; who has the database puts it there.
        await team.sql(
          team.admin,
          `INSERT INTO handrail.request (id, host, document, signature, texts, who, runbook, procedure, expires_at, login)
             VALUES ($1, 'web1', $2, $3, '', $4, '/x', 'count', now() + interval '1 h', 'x')`,
          [id, Buffer.from(document), signature, who],
        );
      }
      const refusing = ops.worker(asHost());
      for (const id of ids)
        await expect.poll(refusing.log).toContain(`${id}: refused (its id is one that only`);
      refusing.process.kill('SIGTERM');
      await refusing.ended;
      ops.worker(asHost(), '--schedules', ops.folder);
      await expect.poll(() => ids.includes(counted()[0] ?? '')).toBe(true);
      expect(await team.sql(team.admin, 'SELECT FROM handrail.claim')).toEqual([]);
    },
  );

  test.each([
    ['another host is meant', 'web2', ''],
    ['it was written just now', 'web1', 'new'],
    ['the policy says nothing of schedules', 'web1', 'closed'],
  ])('starts nothing where %s', async (_, host, how) => {
    scheduled(host);
    if (how !== 'new') knownSince(path.join(ops.folder, '.handrail'));
    const policy = path.join(ops.folder, 'policy.yaml');
    if (how === 'closed')
      writeFileSync(
        policy,
        readFileSync(policy, 'utf8').replace('schedules: true', 'approvals: 1'),
      );
    const { exitCode } = await ops.as(null, ...once());
    expect([exitCode, counted()]).toEqual([0, []]);
  });

  const once = (): readonly string[] => [
    'worker',
    '--host',
    'web1',
    '--policy',
    'policy.yaml',
    '--from',
    'inbox',
    '--schedules',
    '.',
    '--once',
  ];

  test('is left to it by crontab and timers, and is no missing run of another machine', async () => {
    scheduled('web2');
    expect((await ops.as(null, 'schedule', 'crontab', '.')).stdout).not.toContain('ops.md');
    expect((await ops.as(null, 'schedule', 'systemd', '.')).stdout).not.toContain('ops.md');
    expect((await ops.as(null, 'schedule', 'list', '.')).stdout).toContain(
      'on web2, by its worker',
    );
    expect((await ops.as(null, 'status', '.', '--expect')).exitCode).toBe(0);
  });
});

test('the id of a due time is a UUID of that time, and of nothing else', () => {
  const entry = { path: '/a.md', procedure: null, cron: '* * * * *', timezone: 'UTC', inputs: {} };
  const due = new Date('2026-11-29T07:00:00.000Z');
  const ids = [
    dueId('web1', { ...entry, host: 'web1' }, due),
    dueId('web2', { ...entry, host: 'web2' }, due),
    dueId('web1', { ...entry, host: 'web1', cron: '0 * * * *' }, due),
    dueId('web1', { ...entry, host: 'web1' }, new Date(due.getTime() + 60_000)),
  ];
  expect(new Set(ids).size).toBe(4);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(dueId('web1', { ...entry, host: 'web1' }, due)).toBe(ids[0]);
  expect(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(due.getTime());
});
