import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { newRunId } from '../../src/host/run-id.ts';
import { documentText, type RequestDocument } from '../../src/team/documents.ts';
import { recordSource } from '../../src/team/requests/record-source.ts';
import { sign } from '../../src/team/signed.ts';
import { dueId } from '../../src/team/worker/due-runs.ts';
import { forEachTest, type OpsTeam, opsTeam } from '../support/ops-team.ts';
import * as signedRequests from '../support/signed-requests.ts';
import type { FreshTeam } from '../support/team.ts';

/*
 * Persons whom the host knows and who sign whatever they like, and whoever has the database: neither gets more than the
 * policy of the host gives.
 */
let team: FreshTeam;
let ops: OpsTeam;
forEachTest((fresh) => {
  ({ team, ops } = fresh);
});

const at = (file: string): string => path.join(ops.folder, file);
const asHost = () => ({ HANDRAIL_TEAM: team.host });

const SCHEDULED = {
  path: '/srv/ops.md',
  procedure: null,
  cron: '30 2 * * *',
  timezone: 'UTC',
  inputs: {},
  host: 'web1',
};

/** A request for a procedure as ada signs it, with whatever she writes into it; its id. */
const asked = async (procedure: string, more: Partial<RequestDocument> = {}): Promise<string> =>
  (await signedRequests.asked(team, ops, procedure, more)).id;

/** The same, which bo has agreed to. */
async function agreed(procedure: string, more: Partial<RequestDocument> = {}): Promise<string> {
  const request = await signedRequests.asked(team, ops, procedure, more);
  await signedRequests.agreedTo(team, ops, request);
  return request.id;
}

function policy(...rules: readonly string[]): void {
  const own = rules.map((rule) => `  - runbooks: ["${ops.folder}/**"]\n    ${rule}\n`).join('');
  writeFileSync(
    at('policy.yaml'),
    `allowed_signers: allowed_signers\nexpires: 24h\nrules:\n${own}`,
  );
}

describe('somebody with a login of their own who writes without an end', () => {
  test("hides nobody else's word behind theirs", async () => {
    const request = await signedRequests.asked(team, ops, 'count');
    await team.sql(
      team.admin,
      `INSERT INTO handrail.answer (subject, kind, document, signature, who, login) SELECT $1, 'approval', convert_to(n::text, 'UTF8'), 'x', 'bo', 'mallory' FROM generate_series(1, 250) n`,
      [request.id],
    );
    await signedRequests.agreedTo(team, ops, request);
    await ops.worker(asHost()).says(`run ${request.id}: passed`);
    expect(ops.read('count')).toBe('x\n');
  });

  test("asks for nothing by the id of another host's due run, whose record that would keep out", async () => {
    const due = dueId('web1', SCHEDULED, new Date());
    const ask = `SELECT handrail.ask($1, 'web1', 'x', 'x', 'x', 'eve', '/x', 'y', now())`;
    expect(await team.refusal(team.admin, ask, [due])).toBe('22023');
    expect(await team.refusal(team.admin, ask, [newRunId(Date.now())])).toBe('');
  });

  test('has the id of no due run of another host, neither for a run of its own nor as its due time', async () => {
    const of = (host: string): string => dueId(host, SCHEDULED, new Date());
    const begin = 'SELECT handrail.beat($1)';
    const due = "SELECT handrail.claim_due($1, '/x', 'y', now(), 'w')";
    for (const [id, refusal] of [
      [of('web2'), '42501'],
      [of('web1'), ''],
    ] as const)
      expect([
        await team.refusal(team.host, begin, [id]),
        await team.refusal(team.host, due, [id]),
      ]).toEqual([refusal, refusal]);
  });

  test('keeps nobody else from their turn', async () => {
    await team.sql(
      team.admin,
      `INSERT INTO handrail.request SELECT gen_random_uuid(), 'web1', 'x', 'x', '\\x', 'eve', '/x', 'y', now() + interval '1 h', 'mallory', '2000-01-01' FROM generate_series(1, 1100)`,
    );
    const id = await asked('count');
    const source = recordSource(team.host, 'web1', 'w');
    const open = await source.open();
    await source.close();
    expect(open).toHaveLength(1000);
    expect(open.at(-1)?.id).toBe(id);
  });
});

describe('a request that its requester wrote by hand', () => {
  test.each([
    [
      'is none when it is over at a time that there is not',
      { expires: '2026-99-99T99:99:99Z' },
      /refused \(its document cannot be read\)/,
    ],
    [
      'waits when it is dated later than it is, which would outlive the policy',
      { at: '2126-01-01T00:00:00Z', expires: '2127-01-01T00:00:00Z' },
      /waiting \(it was made at 2126-01-01T00:00:00Z by its own clock, which is ahead/,
    ],
    [
      'is over when it is older than the policy allows, whatever it says itself',
      { at: '2026-01-01T00:00:00Z', expires: '2127-01-01T00:00:00Z' },
      /expired \(it was made at 2026-01-01T00:00:00Z, longer ago than the policy/,
    ],
  ])('%s', async (_, more, said) => {
    policy('approvals: 1');
    await agreed('count', more);
    await ops.worker(asHost()).says(said);
    expect(ops.read('count')).toBe('');
  });

  test.each([
    ['another name of a procedure', 'Drop', /refused \(`Drop` is not what its procedure is called/],
    ['the whole page', '', /waiting \(0 of 1 approval for `drop` in it\)/],
  ])('gets by %s nothing that an earlier rule holds back', async (_, procedure, said) => {
    policy('procedures: ["drop"]\n    approvals: 1', 'approvals: 0');
    await asked(procedure);
    await ops.worker(asHost()).says(said);
    expect(ops.read('count') + ops.read('dropped')).toBe('');
  });

  test('gets by a page that leads on to another nothing that an earlier rule holds back', async () => {
    writeFileSync(at('other.md'), '# Other\n\n## Way\n\n1. [Drop](ops.md#drop)\n');
    writeFileSync(at('ops.md'), `${ops.read('ops.md')}\n## Way\n\n1. [Way](other.md#way)\n`);
    policy('procedures: ["drop"]\n    requesters: [bo]', 'approvals: 0');
    await asked('way');
    await ops
      .worker(asHost())
      .says(/refused \(the policy does not let ada ask for `\/.*ops.md#drop` in it\)/);
    expect(ops.read('dropped')).toBe('');
  });
});

test('what a linked page declares is as it was signed, or nothing is started', async () => {
  const linked = (value: string): string =>
    `---\ninputs:\n  word: { default: ${value} }\n---\n# Other\n\n## Say\n\n\`\`\`bash\necho {{word}} >> said\n\`\`\`\n`;
  writeFileSync(at('other.md'), linked('good'));
  writeFileSync(at('ops.md'), `${ops.read('ops.md')}\n## Way\n\n1. [Say](other.md#say)\n`);
  await agreed('way');
  writeFileSync(at('other.md'), linked('evil'));
  await ops.worker(asHost()).says('refused (what would run on this host is not what was signed)');
  expect(ops.read('said')).toBe('');
});

test('who has the database starts nothing that is over by saying that it was taken', async () => {
  policy('approvals: 1');
  const worker = ops.worker(asHost());
  await worker.says('takes requests from');
  const id = await asked('slow');
  await worker.says(`${id}: waiting`);
  const [own] = await team.sql(
    team.admin,
    "SELECT DISTINCT application_name FROM pg_stat_activity WHERE usename LIKE 'handrail_host%'",
  );
  expect(own).toBeDefined();
  const over = await agreed('count', { at: '2026-01-01T00:00:00Z' });
  const { hostname } = await import('node:os');
  const { workerName } = await import('../../src/team/worker/carry-out.ts');
  await team.sql(team.admin, 'INSERT INTO handrail.claim VALUES ($1, $2, $3)', [
    over,
    'web1',
    workerName(hostname(), at('.handrail')),
  ]);
  process.kill(-(worker.process.pid ?? 0), 'SIGKILL');
  const second = ops.worker(asHost());
  await second.says(`${over}: expired`);
  expect(ops.read('count')).toBe('');
});

test('a row that nobody can read keeps no other request from its turn', async () => {
  await team.sql(
    team.admin,
    `INSERT INTO handrail.request VALUES (gen_random_uuid(), 'web1', '\\x00ff', 'x', '\\x', 'ada', '/x', 'y', 'infinity', 'x')`,
  );
  await asked('count', { runbook: `/${'x/'.repeat(2000)}` });
  await asked('count', { runbook: `${at('ops.md')}\u0000`, reason: 'a\u0000b' });
  const id = await agreed('count');
  await ops.worker(asHost()).says(`run ${id}: passed`);
  expect(ops.read('count')).toBe('x\n');
});

test('the queue is told whatever times and states somebody wrote into it', async () => {
  const id = await asked('count');
  await team.sql(
    team.admin,
    `SET session_replication_role = replica; UPDATE handrail.request SET expires_at = 'infinity', at = '-infinity';
     INSERT INTO handrail.word (request, state, why) VALUES ('${id}', E'\\x1b[2J', 'x');
     INSERT INTO handrail.presence VALUES ('web1', 'infinity', 0)`,
  );
  const { exitCode, stdout } = await ops.as('bo', 'queue');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('is no state of a request')]);
  expect(stdout).not.toContain('\u001b[2J');
  expect(JSON.parse((await ops.as('bo', 'queue', '--json')).stdout)).toMatchObject([
    { state: 'unknown', host: 'web1' },
  ]);
});

test('a folder of requests holds whatever somebody put there', async () => {
  ops.close();
  ops = opsTeam(null);
  const inbox = (file: string): string => path.join(ops.folder, 'inbox', file);
  spawnSync('mkfifo', [inbox('a.json')]);
  mkdirSync(inbox('b.json'));
  symlinkSync('/dev/zero', inbox('c.json'));
  symlinkSync('/nowhere', inbox('d.json'));
  writeFileSync(inbox('e.json'), 'null');
  await ops.as('ada', 'request', 'ops.md#count', '--host', 'web1', '--out', inbox('r.json'));
  await ops.as('bo', 'approve', inbox('r.json'), '--yes');
  const words = ['--host', 'web1', '--policy', 'policy.yaml', '--from', 'inbox', '--once'];
  const { exitCode } = await ops.as(null, 'worker', ...words);
  expect([exitCode, ops.read('count')]).toEqual([0, 'x\n']);
});

test.each(['a.json', 'z.json'])(
  'a forged file by the id of a request that waits keeps that from nothing: %s',
  async (name) => {
    ops.close();
    ops = opsTeam(null);
    const inbox = (file: string): string => path.join(ops.folder, 'inbox', file);
    await ops.as('ada', 'request', 'ops.md#count', '--host', 'web1', '--out', inbox('r.json'));
    const real = JSON.parse(readFileSync(inbox('r.json'), 'utf8'));
    const forged = JSON.parse(real.document);
    const { request } = await signedRequests.signedRequest(ops, 'drop', { id: forged.id });
    const { document, signature } = await sign(
      'request',
      documentText(request),
      path.join(ops.folder, 'eve'),
    );
    writeFileSync(inbox(name), JSON.stringify({ kind: 'request', document, signature }));
    const words = ['--host', 'web1', '--policy', 'policy.yaml', '--from', 'inbox', '--once'];
    await ops.as(null, 'worker', ...words);
    await ops.as('bo', 'approve', inbox('r.json'), '--yes');
    const queued = async (): Promise<unknown> => {
      const { stdout } = await ops.as('bo', 'queue', '--from', 'inbox', '--json');
      return JSON.parse(stdout);
    };
    expect(await queued()).toContainEqual(
      expect.objectContaining({ state: 'queued', requester: 'ada', approvals: ['bo'] }),
    );
    await ops.as(null, 'worker', ...words);
    expect([ops.read('count'), ops.read('dropped')]).toEqual(['x\n', '']);
    expect(await queued()).toContainEqual(expect.objectContaining({ state: 'passed' }));
  },
);

test('who asked for a run is told at once that they cannot approve a step of it', async () => {
  ops.close();
  ops = opsTeam(null);
  writeFileSync(
    path.join(ops.folder, 'policy.yaml'),
    ops.read('policy.yaml').replace('approvals: 1', 'approvals: 0'),
    {
      mode: 0o600,
    },
  );
  writeFileSync(
    path.join(ops.folder, 'ops.md'),
    '# Ops\n\n## Swap\n\n```bash name=swap confirm=two\ntouch swapped\n```\n',
  );
  await ops.as(
    'ada',
    'request',
    'ops.md#swap',
    '--host',
    'web1',
    '--out',
    path.join(ops.folder, 'inbox/r.json'),
  );
  const words = ['--host', 'web1', '--policy', 'policy.yaml', '--from', 'inbox', '--once'];
  const { runs } = await ops.as(null, 'worker', ...words);
  const run = path.basename(runs.at(-1) ?? '');
  const own = await ops.as('ada', 'approve', run, 'swap', '--yes');
  expect([own.exitCode, own.stderr]).toEqual([77, expect.stringContaining('ada asked for run')]);
  expect((await ops.as('bo', 'approve', run, 'swap', '--yes')).exitCode).toBe(0);
});

describe('who approves a request', () => {
  test('sees which lines would run, and every page that they lead on to', async () => {
    writeFileSync(at('other.md'), '# Other\n\n## Say\n\n```bash\necho other >> said\n```\n');
    writeFileSync(at('ops.md'), `${ops.read('ops.md')}\n## Way\n\n1. [Say](other.md#say)\n`);
    const made = await ops.as('ada', 'request', 'ops.md#way', '--host', 'web1');
    expect(made.exitCode).toBe(0);
    const [row] = await team.sql(team.admin, 'SELECT id FROM handrail.request');
    const { stdout } = await ops.as('bo', 'approve', String(row?.['id']));
    expect(stdout).toMatch(/> 1\. \[Say\]\(other\.md#say\)/);
    expect(stdout).toMatch(/\| rm -rf data/);
    expect(stdout).toMatch(/It leads on to \S*other\.md, sha256 \S+:\n[\s\S]*echo other/);
  });

  test('signs no text but the one that the record shows', async () => {
    writeFileSync(
      at('drop.md'),
      '# Drop\n\n```bash name=drop confirm=two\necho x >> dropped\n```\n',
    );
    await ops.as(null, 'run', 'drop.md', '--all', '--unattended', '--approve', 'drop');
    await ops.as(null, 'team', 'sync', '--team', team.host);
    await team.sql(
      team.admin,
      `SET session_replication_role = replica; UPDATE handrail.event SET line =
         convert_to(replace(convert_from(line, 'UTF8'), '"text":"echo x', '"text":"echo y'), 'UTF8') WHERE type = 'run.waiting'`,
    );
    const [run] = await team.sql(team.admin, 'SELECT run FROM handrail.run');
    const words = ['approve', String(run?.['run']), 'drop', '--yes', '--team', team.admin];
    const { exitCode, stderr } = await ops.as('bo', ...words);
    expect([exitCode, stderr]).toEqual([77, expect.stringContaining('it was altered')]);
    expect(await team.sql(team.admin, 'SELECT FROM handrail.answer')).toEqual([]);
  });
});

test.each([
  ['declared as one', 'word: { secret: true }', 'word'],
  ['called like one', 'x: { default: y }', 'db_password'],
  ['taken from a variable that is called like one', 'word: { env: API_TOKEN }', 'word'],
])('a secret that is %s is in no request', async (_, declared, name) => {
  writeFileSync(
    at('ops.md'),
    `---\ninputs:\n  ${declared}\n---\n# Ops\n\n## Count\n\n\`\`\`bash\necho {{word}}\n\`\`\`\n`,
  );
  const words = ['request', 'ops.md', '--host', 'web1', '--input', `${name}=hunter2`];
  const { exitCode, stderr } = await ops.as('ada', ...words);
  expect([exitCode, stderr]).toEqual([64, expect.stringContaining('is a secret')]);
  expect(await team.sql(team.admin, 'SELECT FROM handrail.request')).toEqual([]);
});

test('what was read of a request is read anew when the allowed signers are others', async () => {
  policy('approvals: 1');
  const worker = ops.worker(asHost());
  const id = await asked('count');
  await worker.says(`${id}: waiting (0 of 1 approval)`);
  const known = readFileSync(at('allowed_signers'), 'utf8');
  writeFileSync(at('allowed_signers'), known.replace(/^ada .*\n/, ''));
  await worker.says(`${id}: refused (it is not signed by ada`);
});
