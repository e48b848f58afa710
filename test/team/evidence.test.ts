import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpsTeam, opsTeam } from '../support/ops-team.ts';
import { startTeam, type TestTeam } from '../support/team.ts';

let ops: OpsTeam;
beforeEach(() => {
  ops = opsTeam(null);
});
afterEach(() => ops.close());

describe('handrail evidence', () => {
  test('lists every run that the chain knows: who, what, tested before, how it ended, and what is gone', async () => {
    const count = () => ops.as(null, 'run', 'ops.md#count', '--unattended', '--reason', 'drill');
    const first = await count();
    await count();
    await ops.as('bo', 'review', 'last', 'as', 'planned');
    const { stdout } = await ops.as(null, 'evidence', '--since', '1d', '--json');
    const { runs } = JSON.parse(stdout);
    expect(runs).toMatchObject([
      { record: 'kept', outcome: 'passed', testedBefore: '', reason: 'drill', procedures: 'count' },
      {
        record: 'kept',
        outcome: 'passed',
        testedBefore: '<run>',
        reviews: expect.stringMatching(/^bo: good, as planned \(signature not checked/),
      },
    ]);
    rmSync(first.runs[0] ?? '', { recursive: true });
    const garbled = path.join(first.runs[0] ?? '', '../00000000-0000-7000-8000-000000000001');
    mkdirSync(garbled);
    writeFileSync(path.join(garbled, 'log.jsonl'), 'garbled\n');
    const csv = (await ops.as(null, 'evidence')).stdout.trim().split('\r\n');
    expect(csv[0]).toMatch(/^run,record,created,/);
    expect(csv.slice(1).map((line) => line.split(',')[1])).toEqual([
      'missing',
      'kept',
      'unreadable',
    ]);
    expect((await ops.as(null, 'evidence', '--since', 'whenever')).exitCode).toBe(64);
  });
});

describe('a review', () => {
  const reviews = async (...more: string[]): Promise<readonly string[]> => {
    const { stdout } = await ops.as(null, 'evidence', '--json', ...more);
    const { runs }: { readonly runs: readonly { readonly reviews: string }[] } = JSON.parse(stdout);
    return runs.map((run) => run.reviews);
  };
  const SIGNERS = ['--allowed-signers', 'allowed_signers'];

  test('counts where it is signed by whom it names, over this run as it is', async () => {
    const count = () => ops.as(null, 'run', 'ops.md#count', '--unattended');
    const first = await count();
    await ops.as('bo', 'review', 'last', 'as planned');
    expect(await reviews(...SIGNERS)).toEqual(['bo: good, as planned']);
    expect((await ops.as(null, 'verify', 'last')).exitCode).toBe(0);
    const second = await count();
    // The same file beside another run, and somebody else's key under a known name.
    const of = (run = ''): string => path.join(run, 'reviews');
    cpSync(of(first.runs[0]), of(second.runs[1]), { recursive: true });
    const eve = path.join(ops.folder, 'eve');
    await ops.as(null, 'review', 'last', 'fine', '--key', eve, '--as', 'bo');
    const [, said = ''] = await reviews(...SIGNERS);
    const words = said.split('; ').toSorted();
    expect(words).toEqual([
      'bo: good, as planned (does not count: it is of another run)',
      'bo: good, fine (does not count: the signature is of nobody known by that name)',
    ]);
    writeFileSync(path.join(of(first.runs[0]), 'x.json'), '{"document":1}');
    expect((await reviews(...SIGNERS))[0]).toContain('it cannot be read');
  });
});

test('a look at a run by who asked for it is told for what it is', async () => {
  const out = ['--out', 'inbox/r.json'];
  await ops.as('ada', 'request', 'ops.md#count', '--host', 'web1', ...out);
  await ops.as('bo', 'approve', 'inbox/r.json', '--yes');
  const from = ['--policy', 'policy.yaml', '--from', 'inbox', '--once'];
  expect((await ops.as(null, 'worker', '--host', 'web1', ...from)).exitCode).toBe(0);
  for (const who of ['ada', 'bo']) await ops.as(who, 'review', 'last', 'fine');
  const signers = ['--allowed-signers', 'allowed_signers', '--json'];
  const { runs } = JSON.parse((await ops.as(null, 'evidence', ...signers)).stdout);
  expect(runs[0].reviews.split('; ').toSorted()).toEqual([
    'ada: good, fine (no second look: the run is their own)',
    'bo: good, fine',
  ]);
});

test('a period that ends before it begins is refused', async () => {
  const period = ['--since', '1h', '--until', '2h'];
  expect((await ops.as(null, 'evidence', ...period)).exitCode).toBe(64);
});

describe("the README's two people and one host", () => {
  let server: TestTeam;
  beforeAll(async () => {
    server = await startTeam();
  });
  afterAll(() => server.stop());

  test('work as they stand there', async () => {
    const team = await server.fresh();
    const admin = ['--team', team.admin];
    expect((await ops.as(null, 'team', 'init', team.admin)).exitCode).toBe(0);
    const asked = await ops.as(
      'ada',
      'request',
      'ops.md#count',
      '--host',
      'web1',
      '--reason',
      'pool full',
      ...admin,
    );
    expect(asked.exitCode).toBe(0);
    const [row] = await team.sql(team.admin, 'SELECT id FROM handrail.request');
    const id = String(row?.['id']);
    const worker = ops.worker({ HANDRAIL_TEAM: team.host });
    await worker.says('waiting (0 of 1 approval)');
    expect((await ops.as(null, 'queue', ...admin)).stdout).toContain('0 of 1 approval');
    expect((await ops.as('bo', 'approve', id.slice(0, 30), '--yes', ...admin)).exitCode).toBe(0);
    await worker.says(`run ${id}: passed`);
    const rows = async () => JSON.parse((await ops.as(null, 'queue', '--json', ...admin)).stdout);
    await expect
      .poll(rows)
      .toMatchObject([{ state: 'passed', requester: 'ada', approvals: ['bo'] }]);
    expect(ops.read('count')).toBe('x\n');
    // A third look at it from elsewhere, which counts where the record is read.
    expect((await ops.as('bo', 'review', id, 'as asked', ...admin)).exitCode).toBe(0);
    const signers = ['--allowed-signers', 'allowed_signers', '--json', ...admin];
    const { stdout: told } = await ops.as(null, 'evidence', ...signers);
    expect(told).toContain('"bo: good, as asked"');
    // The host by the name that it was asked for under, in the team's record and in its own.
    for (const where of [admin, []]) {
      for (const command of ['evidence', 'runs'])
        expect((await ops.as(null, command, '--json', ...where)).stdout).toContain(
          '"host": "web1"',
        );
      expect((await ops.as(null, 'log', id, ...where)).stdout).toContain('Where: web1, in');
      expect((await ops.as(null, 'timeline', id, '--format', 'csv', ...where)).stdout).toContain(
        'web1',
      );
    }
    await expect.poll(async () => (await ops.as(null, 'verify', id, ...admin)).exitCode).toBe(0);
    // Whoever owns the record can write anything into it: the list names it, and is no less a list.
    for (const line of ['{"type":"run.fin', 'null', '{"type":"run.finished","why":7}']) {
      const last = `(SELECT max(seq) FROM handrail.event WHERE type = 'run.finished')`;
      await team.sql(
        team.admin,
        `SET session_replication_role = replica; UPDATE handrail.event SET line = convert_to('${line}', 'UTF8') WHERE seq = ${last}`,
      );
      expect(await rows()).toMatchObject([
        { state: 'unknown', why: expect.stringContaining('altered') },
      ]);
    }
  });

  test('doctor looks at the record and the policy', async () => {
    const team = await server.fresh();
    const policy = path.join(ops.folder, 'policy.yaml');
    const { handrail } = await import('../support/handrail.ts');
    const { stdout } = await handrail({
      folder: ops.folder,
      args: ['doctor'],
      env: { HANDRAIL_TEAM: team.admin, HANDRAIL_POLICY: policy },
    });
    expect(stdout).toMatch(/team's record\s+good: PostgreSQL/);
    expect(stdout).toMatch(/its login\s+doubtful: .*it may too much \(superuser/);
    expect(stdout).toMatch(/policy\s+good: .*1 rule,/);
  });
});
