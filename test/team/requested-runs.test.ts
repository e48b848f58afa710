import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/host/system-clock.ts';
import { openStore } from '../../src/stores/index.ts';
import { workerName } from '../../src/team/worker/carry-out.ts';
import { type OpsTeam, opsTeam } from '../support/ops-team.ts';
import { type SshHosts, sshHosts } from '../support/ssh-hosts.ts';
import { type FreshTeam, startTeam, type TestTeam } from '../support/team.ts';

let server: TestTeam;
let hosts: SshHosts;
let team: FreshTeam;
let ops: OpsTeam;
beforeAll(async () => {
  server = await startTeam();
  hosts = await sshHosts('db1', 'db2', 'db3');
});
afterAll(async () => {
  await hosts.close();
  await server.stop();
});
beforeEach(async () => {
  team = await server.fresh();
  ops = opsTeam(team.admin);
});
afterEach(() => {
  ops.close();
  for (const name of ['db1', 'db2', 'db3'])
    rmSync(path.join(hosts.home(name), 'restarted'), { force: true });
});

const overSsh = (): Record<string, string> => ({
  HANDRAIL_TEAM: team.host,
  PATH: `${hosts.bin}:${process.env['PATH']}`,
});

/** Asks as ada; the id of the request. */
async function asked(what: string, ...more: string[]): Promise<string> {
  const { stderr } = await ops.as('ada', 'request', what, '--host', 'web1', '--json', ...more);
  const sql = 'SELECT id FROM handrail.request ORDER BY at DESC LIMIT 1';
  const [row] = await team.sql(team.admin, sql);
  if (row === undefined) throw new Error(stderr);
  return String(row['id']);
}

const write = (text: string): void => writeFileSync(path.join(ops.folder, 'ops.md'), text);
const logOf = (id: string): string =>
  readFileSync(path.join(ops.folder, '.handrail/runs', id, 'log.jsonl'), 'utf8');
const restarted = (): readonly string[] =>
  ['db1', 'db2', 'db3'].map((name) => hosts.read(name, 'restarted'));

async function queued(): Promise<string> {
  return (await ops.as(null, 'queue')).stdout;
}

/** Lets the host ask nobody for the whole request, so that a step's own word is what it waits for. */
function withoutApprovals(): void {
  const policy = path.join(ops.folder, 'policy.yaml');
  writeFileSync(policy, ops.read('policy.yaml').replace('approvals: 1', 'approvals: 0'));
}

const RESTART =
  '# Ops\n\n## Restart\n\n```bash name=restart\ntest ! -e ~/broken; echo x >> ~/restarted; echo "restarted $(basename ~)"\n```\n';

describe('a request for three hosts', () => {
  test('is one approval, and each of them has its turn once', async () => {
    write(RESTART);
    const worker = ops.worker(overSsh());
    const id = await asked('ops.md#restart', '--on', 'db1,db2,db3');
    await worker.says(`${id}: waiting (0 of 1 approval)`);
    const shown = await ops.as('bo', 'approve', id);
    expect(shown.stdout).toContain('db1, db2, db3 (one after the other, to the first failure)');
    expect((await ops.as('bo', 'approve', id, '--yes')).exitCode).toBe(0);
    await worker.says(`run ${id}: passed`);
    expect(restarted()).toEqual(['x\n', 'x\n', 'x\n']);
    const ran = logOf(id).match(/"stepId":"restart@db\d"/g);
    expect(new Set(ran)).toHaveLength(3);
  });

  test('goes on past one that failed only where that was signed too', async () => {
    write(RESTART);
    writeFileSync(path.join(hosts.home('db2'), 'broken'), '');
    const worker = ops.worker(overSsh());
    const stops = await asked('ops.md#restart', '--on', 'db1,db2,db3');
    await ops.as('bo', 'approve', stops, '--yes');
    await worker.says(`run ${stops}: failed`);
    expect(restarted()).toEqual(['x\n', '', '']);
    const through = await asked('ops.md#restart', '--on', 'db1,db2,db3', '--keep-going');
    await ops.as('bo', 'approve', through, '--yes');
    await worker.says(`run ${through}: failed`);
    expect(restarted()).toEqual(['x\nx\n', '', 'x\n']);
    rmSync(path.join(hosts.home('db2'), 'broken'));
  });

  test('is not what somebody makes of it who has the database', async () => {
    write(RESTART);
    const id = await asked('ops.md#restart', '--on', 'db1');
    await ops.as('bo', 'approve', id, '--yes');
    await team.sql(
      team.admin,
      `SET session_replication_role = replica; UPDATE handrail.request SET document = convert_to(replace(convert_from(document, 'UTF8'), '"on":["db1"]', '"on":["db1","db2"]'), 'UTF8')`,
    );
    await ops.worker(overSsh()).says(/refused \(it is not signed by ada/);
    expect(restarted()).toEqual(['', '', '']);
  });
});

describe('a request decides conditions', () => {
  const PAGE =
    '# Ops\n\n## Fail over\n\nIf the primary is down:\n\n```bash name=promote\necho x >> promoted\n```\n\n### Look at it\n\n```bash name=check\necho x >> checked\n```\n';

  test.each([
    ['--holds', 'x\n'],
    ['--not', ''],
  ])('with %s, signed like the rest of it', async (flag, promoted) => {
    write(PAGE);
    const worker = ops.worker(overSsh());
    const id = await asked('ops.md#fail-over', flag, 'promote');
    expect((await ops.as('bo', 'approve', id)).stdout).toContain('what promote is done under');
    await ops.as('bo', 'approve', id, '--yes');
    await worker.says(`run ${id}: passed`);
    expect([ops.read('promoted'), ops.read('checked')]).toEqual([promoted, 'x\n']);
  });
});

describe('a worker that was lost between the claim and the first line', () => {
  /** The host took it, made its folder, and not a line of it is written. */
  async function lost(id: string, withFolder: boolean, inChain = false): Promise<void> {
    const state = path.join(ops.folder, '.handrail');
    const sql = 'INSERT INTO handrail.claim (request, host, worker) VALUES ($1, $2, $3)';
    await team.sql(team.admin, sql, [id, 'web1', workerName(hostname(), state)]);
    if (!withFolder) return;
    const store = openStore(state, systemClock);
    const writer = await store.create(id, Buffer.from(ops.read('ops.md')));
    const at = new Date().toISOString();
    if (inChain) await store.enter({ run: id, what: 'created', head: writer.head, at });
    await writer.close();
    expect(logOf(id)).toBe('');
  }

  test.each([[false], [true]])('begins it, once (its folder was made: %j)', async (withFolder) => {
    write('# Ops\n\n## Count\n\n```bash\necho x >> counted\n```\n');
    const id = await asked('ops.md#count');
    await ops.as('bo', 'approve', id, '--yes');
    await lost(id, withFolder);
    const worker = ops.worker({ HANDRAIL_TEAM: team.host });
    await worker.says(`run ${id}: passed`);
    expect(ops.read('counted')).toBe('x\n');
    expect((await ops.as(null, 'verify', id)).exitCode).toBe(0);
    expect((await ops.as(null, 'verify')).exitCode).toBe(0);
  });

  test('says that nothing was done where the chain of all runs has it already', async () => {
    write('# Ops\n\n## Count\n\n```bash\necho x >> counted\n```\n');
    const id = await asked('ops.md#count');
    await ops.as('bo', 'approve', id, '--yes');
    await lost(id, true, true);
    await ops.worker({ HANDRAIL_TEAM: team.host }).says(/failed \(.*nothing was done. Ask again/);
    expect(await queued()).toMatch(/failed .*nothing was done/);
    expect(ops.read('counted')).toBe('');
  });
});

describe('a requested run that waits', () => {
  const TWO =
    '# Ops\n\n## Swap\n\n```bash name=look\necho x >> looked\n```\n\n```bash name=swap confirm=two\necho x >> swapped\n```\n\n```bash name=after\necho x >> after\n```\n';

  test('goes on when a second person signed the step, and does nothing twice', async () => {
    write(TWO);
    withoutApprovals();
    const worker = ops.worker(overSsh());
    const id = await asked('ops.md#swap');
    await worker.says(`run ${id}: waiting, exit 5`);
    expect(ops.read('swapped')).toBe('');
    await expect.poll(() => queued()).toContain('waiting');
    const approve = (who: string) =>
      ops.as(who, 'approve', id, 'swap', '--yes', '--team', team.admin);
    // Nobody signs for themselves, and nobody counts whom the host does not know.
    expect((await approve('ada')).exitCode).not.toBe(0);
    expect((await approve('eve')).exitCode).toBe(0);
    const before = logOf(id);
    expect((await approve('bo')).exitCode).toBe(0);
    await worker.says('a second person signed what it waited for');
    await worker.says(`run ${id}: passed`);
    expect(['looked', 'swapped', 'after'].map(ops.read)).toEqual(['x\n', 'x\n', 'x\n']);
    expect(logOf(id).startsWith(before)).toBe(true);
    expect(logOf(id)).toContain('"type":"approval.granted","prev"');
    expect((await ops.as(null, 'verify', id)).exitCode).toBe(0);
  });

  test('does not go on with the key of who asked under another name', async () => {
    write(TWO);
    withoutApprovals();
    const signers = path.join(ops.folder, 'allowed_signers');
    writeFileSync(signers, `${ops.read('allowed_signers')}zoe ${ops.read('ada.pub')}`);
    const worker = ops.worker(overSsh());
    const id = await asked('ops.md#swap');
    await worker.says(`run ${id}: waiting, exit 5`);
    await expect.poll(() => queued()).toContain('waiting');
    const key = path.join(ops.folder, 'ada');
    const words = ['approve', id, 'swap', '--yes', '--team', team.admin, '--key', key];
    expect((await ops.as(null, ...words, '--as', 'zoe')).exitCode).toBe(0);
    const held = logOf(id);
    const cancel = await ops.as('bo', 'cancel', id, '--reason', 'not today');
    expect(cancel.exitCode).toBe(0);
    await worker.says(`run ${id}: cancelled`);
    expect(logOf(id).slice(held.length)).toContain('"type":"cancel.received"');
    expect(ops.read('swapped')).toBe('');
    await expect.poll(() => queued()).toContain('cancelled');
  });

  test('is not touched again and again while it waits', async () => {
    write(
      '# Ops\n\n## Swap\n\n- [ ] The pager is silent\n\n```bash name=after\necho x >> after\n```\n',
    );
    withoutApprovals();
    const first = ops.worker(overSsh());
    const id = await asked('ops.md#swap');
    await first.says(`run ${id}: waiting, exit 5`);
    first.process.kill('SIGTERM');
    await first.ended;
    const log = logOf(id);
    // A worker that begins looks at all it claimed before it takes anything new.
    const second = ops.worker(overSsh());
    const next = await asked('ops.md#swap');
    await second.says(`run ${next}: waiting, exit 5`);
    expect(logOf(id)).toBe(log);
  });
});
