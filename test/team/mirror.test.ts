import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addLogin } from '../../src/team/logins.ts';
import { handrail } from '../support/handrail.ts';
import { processes, textOf } from '../support/processes.ts';
import { swallowingProxy } from '../support/swallowing-proxy.ts';
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

const RUNBOOK =
  '# Count\n\n```bash\necho x >> count; echo counted\n```\n\n```bash\nseq 1 2000\n```\n';

/** Sends what is left and says how it went. */
const sync = (folder: string, url: string) =>
  handrail({ folder, args: ['team', 'sync', '--json'], env: { HANDRAIL_TEAM: url } });

const logOf = (run = ''): string => readFileSync(path.join(run, 'log.jsonl'), 'utf8');

async function storedLog(run = ''): Promise<string> {
  const id = path.basename(run);
  const sql = 'SELECT line FROM handrail.event WHERE run = $1 ORDER BY seq';
  const rows = await team.sql(team.admin, sql, [id]);
  return rows.map(({ line }) => `${line}\n`).join('');
}

function through(url: string, port: number): string {
  const other = new URL(url);
  other.port = String(port);
  return other.toString();
}

/** One run that a record has, sent by a process that is over: such a record can be copied. */
async function sendOne(record: FreshTeam) {
  const { folder, runs } = await handrail({ runbook: RUNBOOK });
  expect((await sync(folder, record.host)).exitCode).toBe(0);
  const id = path.basename(runs[0] ?? '');
  const args = ['verify', id, '--team', record.admin];
  expect((await handrail({ folder, args })).exitCode).toBe(0);
  return { folder, id, record };
}

let sent: ReturnType<typeof sendOne> | undefined;

/** The process that sends the runs of a folder, once it is itself. */
function mirrorOf(folder: string): string | undefined {
  return processes().find((process) => {
    const words = textOf(`/proc/${process}/cmdline`);
    return words.includes('--follow') && words.includes(folder) && !/^(?:nice|sh)\0/.test(words);
  });
}

/** How nice each thread of it is. */
function threadsOfMirror(folder: string): readonly string[] {
  const pid = mirrorOf(folder);
  if (pid === undefined) return [];
  return readdirSync(`/proc/${pid}/task`).map((task) => {
    const stat = textOf(`/proc/${pid}/task/${task}/stat`);
    return stat.slice(stat.lastIndexOf(')')).split(' ')[17] ?? '';
  });
}

describe('the mirror', () => {
  test('leaves the processors to the steps, by each of its threads', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handrail-nice-'));
    const run = handrail({
      folder,
      runbook: '# Wait\n\n```bash\nuntil test -e go; do sleep 0.1; done\n```\n',
      env: { HANDRAIL_TEAM: team.host },
    });
    // Its first threads are there before it is at work, and so are those that it begins with.
    await expect.poll(() => threadsOfMirror(folder).length).toBeGreaterThan(5);
    expect(new Set(threadsOfMirror(folder))).toEqual(
      new Set([`${Math.min(19, getPriority() + 19)}`]),
    );
    writeFileSync(path.join(folder, 'go'), '');
    expect((await run).exitCode).toBe(0);
  });

  test('has the record byte for byte, and every reader reads it from there', async () => {
    const { runs, folder } = await handrail({
      runbook: RUNBOOK,
      env: { HANDRAIL_TEAM: team.host },
    });
    expect((await sync(folder, team.host)).exitCode).toBe(0);
    expect(await storedLog(runs[0])).toBe(logOf(runs[0]));
    const id = path.basename(runs[0] ?? '');
    const local = await handrail({ folder, args: ['log', id] });
    rmSync(path.join(folder, '.handrail'), { recursive: true });
    const from = (...args: string[]) => handrail({ folder, args: [...args, '--team', team.admin] });
    expect((await from('log', id)).stdout).toBe(local.stdout);
    expect((await from('log', id, '--step', '2')).stdout).toContain('\n2000\n');
    expect(await from('verify', id)).toMatchObject({ exitCode: 0 });
    expect((await from('verify')).exitCode).toBe(0);
    expect(JSON.parse((await from('runs', '--json')).stdout).runs).toMatchObject([
      { host: 'web1' },
    ]);
    expect((await from('timeline', id)).stdout).toContain('Run of "Count" ended');
    expect((await from('list', '--json')).exitCode).toBe(0);
    expect((await from('status')).exitCode).toBe(0);
    const asHost = await handrail({
      folder,
      args: ['runs', '--team'],
      env: { HANDRAIL_TEAM: team.host },
    });
    expect(asHost.stdout).toContain('passed');
  });

  test.each([
    [
      "UPDATE handrail.event SET line = convert_to(replace(convert_from(line, 'UTF8'), 'counted', 'skipped'), 'UTF8') WHERE type = 'step.started'",
      20,
    ],
    ["DELETE FROM handrail.event WHERE type = 'step.output'", 20],
    ['DELETE FROM handrail.event WHERE seq >= (SELECT max(seq) - 2 FROM handrail.event)', 21],
    ['UPDATE handrail.event SET seq = 1000 - seq', 20],
    ["UPDATE handrail.blob SET bytes = convert_to('forged', 'UTF8')", 24],
    ["DELETE FROM handrail.file WHERE path LIKE 'output/%'", 24],
    ['UPDATE handrail.ledger SET line = line || line', 20],
  ])('shows what an administrator did past the triggers: %s', async (sql, exitCode) => {
    sent ??= sendOne(team);
    const { folder, id, record } = await sent;
    const forged = await server.fresh(record);
    await forged.sql(forged.admin, `SET session_replication_role = replica; ${sql}`);
    const args = ['verify', id, '--team', forged.admin];
    expect((await handrail({ folder, args })).exitCode).toBe(exitCode);
  });

  test('stores a line in one go with the output that it names, however many there are', async () => {
    const step = (n: number): string => `\`\`\`bash\necho ${n}; sleep 0.1\n\`\`\`\n`;
    const { folder } = await handrail({
      runbook: `# Steps\n\n${Array.from({ length: 12 }, (_, n) => step(n)).join('\n')}`,
      env: { HANDRAIL_TEAM: team.host },
    });
    await sync(folder, team.host);
    const stored = await team.sql(
      team.admin,
      `SELECT count(*)::int AS outputs, count(*) FILTER (WHERE e.xmin = f.xmin)::int AS together
         FROM handrail.event e JOIN handrail.file f
           ON f.run = e.run AND f.path = convert_from(e.line, 'UTF8')::json->'output'->>'path'
        WHERE e.type = 'step.finished'`,
    );
    expect(stored).toEqual([{ outputs: 12, together: 12 }]);
  });

  test('sends an output once that grows before everybody, and puts its pieces together there', async () => {
    const proxy = await swallowingProxy(server.server.port);
    const url = through(team.host, proxy.port);
    const piece = 'head -c 700000 /dev/urandom | base64 -w 0; echo; sleep 0.5\n';
    const { folder, runs } = await handrail({
      runbook: `# Grow\n\n\`\`\`bash\n${piece.repeat(5)}\`\`\`\n`,
      env: { HANDRAIL_TEAM: url },
    });
    expect((await sync(folder, url)).exitCode).toBe(0);
    await proxy.close();
    const [{ bytes } = {}] = await team.sql(
      team.admin,
      "SELECT length(b.bytes)::int AS bytes FROM handrail.file JOIN handrail.blob b USING (sha256) WHERE path LIKE 'output/%'",
    );
    expect(bytes).toBeGreaterThan(4_500_000);
    expect(proxy.received / Number(bytes)).toBeLessThan(1.3);
    expect(await team.sql(team.admin, 'SELECT FROM handrail.piece')).toEqual([]);
    const id = path.basename(runs[0] ?? '');
    const verified = await handrail({ folder, args: ['verify', id, '--team', team.admin] });
    expect(verified.exitCode).toBe(0);
  });

  test('keeps no run back for one that the record does not take from this host', async () => {
    const { folder, runs } = await handrail({ runbook: RUNBOOK });
    const again = await handrail({ folder, args: ['run', 'runbook.md', '--all', '--unattended'] });
    const [first, second] = again.runs.toSorted();
    const newest = path.basename(second ?? '');
    // The newest is sent first; another host has it, as where a machine was copied with its state.
    const { url } = await addLogin(team.admin, 'host', `copy${Date.now()}`);
    await team.sql(url, 'SELECT handrail.beat($1)', [newest]);
    const { exitCode, stdout } = await handrail({
      folder,
      args: ['team', 'sync'],
      env: { HANDRAIL_TEAM: team.host },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /Run \S+ is not sent: the record does not take it: run \S+ belongs to another host/,
    );
    expect(runs).toHaveLength(1);
    expect(await storedLog(first)).toBe(logOf(first));
    expect(await storedLog(second)).toBe('');
  });

  test('sends once what was begun anew under the same name, and keeps both', async () => {
    const env = { HANDRAIL_TEAM: team.host };
    const { folder, runs } = await handrail({ runbook: RUNBOOK, env });
    await sync(folder, team.host);
    const stored = await storedLog(runs[0]);
    rmSync(path.join(folder, '.handrail', 'team'), { recursive: true });
    expect(JSON.parse((await sync(folder, team.host)).stdout).forks).toEqual([]);
    expect(await storedLog(runs[0])).toBe(stored);
  });
});

test('a state folder that was set back is told of by whoever looks at the mirror', async () => {
  const env = { HANDRAIL_TEAM: team.host };
  const { folder } = await handrail({ runbook: RUNBOOK });
  const at = (name: string): string => path.join(folder, name);
  const run = () => handrail({ folder, args: ['run', 'runbook.md', '--all', '--unattended'] });
  await sync(folder, team.host);
  cpSync(at('.handrail'), at('before'), { recursive: true });
  await run();
  expect((await sync(folder, team.host)).exitCode).toBe(0);
  rmSync(at('.handrail'), { recursive: true });
  renameSync(at('before'), at('.handrail'));
  await run();
  const { exitCode, stdout } = await sync(folder, team.host);
  expect([exitCode, JSON.parse(stdout).forks]).toEqual([1, ['runs.jsonl']]);
  const said = /`runs\.jsonl`(?:\. The|: the) record/;
  for (const args of [['team', 'sync'], ['team', 'status'], ['doctor']])
    expect((await handrail({ folder, args, env })).stdout).toMatch(said);
});

test('a record of an earlier version is told of before something of it is refused', async () => {
  const { folder } = await handrail({ runbook: RUNBOOK });
  await team.sql(
    team.admin,
    'SET session_replication_role = replica; DELETE FROM handrail.migration WHERE version = (SELECT max(version) FROM handrail.migration)',
  );
  for (const args of [['team', 'status'], ['doctor']])
    expect((await handrail({ folder, args, env: { HANDRAIL_TEAM: team.host } })).stdout).toMatch(
      /schema \d+, and this handrail has \d+: .*`handrail team init URL`/,
    );
});

describe("a host's login", () => {
  test('takes runs of other hosts for none that are gone, and its own that are', async () => {
    const { url } = await addLogin(team.admin, 'host', `other${Date.now()}`);
    const at = { team: team.host, other: url };
    const call = async (who: keyof typeof at, ...args: readonly string[]) =>
      handrail({ folder: (await runOf(who)).folder, args, env: { HANDRAIL_TEAM: at[who] } });
    const begun = new Map<string, ReturnType<typeof handrail>>();
    const runOf = (who: keyof typeof at) => {
      const run = begun.get(who) ?? handrail({ runbook: RUNBOOK, env: { HANDRAIL_TEAM: at[who] } });
      begun.set(who, run);
      return run;
    };
    const idOf = async (who: keyof typeof at) => path.basename((await runOf(who)).runs[0] ?? '');
    for (const who of ['team', 'other'] as const) await call(who, 'team', 'sync');
    for (const who of ['team', 'other'] as const) {
      expect(await call(who, 'verify', '--team')).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^<run> {2}sound[^\n]*\n$/),
      });
      const { runs } = JSON.parse((await call(who, 'evidence', '--team', '--json')).stdout);
      expect(runs).toEqual([expect.objectContaining({ record: 'kept' })]);
    }
    expect(await call('team', 'verify', '--team', await idOf('other'))).toMatchObject({
      exitCode: 66,
    });
    // What somebody took out of the record is gone for everybody, whose it was.
    const gone = await idOf('other');
    await team.sql(
      team.admin,
      `SET session_replication_role = replica; DELETE FROM handrail.event WHERE run = '${gone}'; DELETE FROM handrail.run WHERE run = '${gone}'`,
    );
    for (const who of ['team', 'other'] as const)
      expect(await call(who, 'verify', '--team')).toMatchObject({
        exitCode: 26,
        stdout: expect.stringContaining('deleted'),
      });
  });
});

describe('a run does not notice that the record', () => {
  const carriedOut = { exitCode: 0, stderr: '' };
  const oracle = (folder: string): string => readFileSync(path.join(folder, 'count'), 'utf8');

  async function sentLater(call: Awaited<ReturnType<typeof handrail>>): Promise<void> {
    expect(call).toMatchObject(carriedOut);
    expect(oracle(call.folder)).toBe('x\n');
    expect((await sync(call.folder, team.host)).exitCode).toBe(0);
    expect(await storedLog(call.runs[0])).toBe(logOf(call.runs[0]));
    const status = await handrail({
      folder: call.folder,
      args: ['team', 'status', '--json'],
      env: { HANDRAIL_TEAM: team.host },
    });
    expect(JSON.parse(status.stdout)).toMatchObject({
      problem: null,
      behind: { runs: 0, lines: 0 },
      host: 'web1',
    });
  }

  test('is away', async () => {
    const nobody = through(team.host, 1);
    const call = await handrail({ runbook: RUNBOOK, env: { HANDRAIL_TEAM: nobody } });
    const status = await handrail({
      folder: call.folder,
      args: ['team', 'status'],
      env: { HANDRAIL_TEAM: nobody },
    });
    expect(status.exitCode).toBe(69);
    expect(status.stdout).toMatch(/behind: \d+ lines of 1 run not sent/);
    expect((await sync(call.folder, nobody)).exitCode).toBe(69);
    await sentLater(call);
  });

  test('is half-open', async () => {
    const proxy = await swallowingProxy(server.server.port);
    proxy.swallow();
    const call = await handrail({
      runbook: RUNBOOK,
      env: { HANDRAIL_TEAM: through(team.host, proxy.port) },
    });
    await proxy.close();
    await sentLater(call);
  });

  test('is full', async () => {
    await team.sql(
      team.admin,
      "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
    );
    await team.sql(
      team.admin,
      'CREATE TRIGGER full_disk BEFORE INSERT ON handrail.event FOR EACH ROW EXECUTE FUNCTION full_disk()',
    );
    const call = await handrail({ runbook: RUNBOOK, env: { HANDRAIL_TEAM: team.host } });
    expect((await sync(call.folder, team.host)).stderr).toContain('could not extend file');
    await team.sql(team.admin, 'DROP TRIGGER full_disk ON handrail.event');
    await sentLater(call);
  });

  test('no longer lets the host in, or has another schema', async () => {
    await team.sql(
      team.admin,
      'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA handrail FROM handrail_host',
    );
    const call = await handrail({ runbook: RUNBOOK, env: { HANDRAIL_TEAM: team.host } });
    const refused = await sync(call.folder, team.host);
    expect([refused.exitCode, refused.stderr]).toEqual([
      78,
      expect.stringContaining('may not do this'),
    ]);
    await team.sql(
      team.admin,
      'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA handrail TO handrail_host',
    );
    await sentLater(call);
  });

  test('ends its connections in the middle of a batch', async () => {
    await team.sql(
      team.admin,
      'CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN IF NEW.seq = 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$',
    );
    await team.sql(
      team.admin,
      'CREATE TRIGGER cut_off AFTER INSERT ON handrail.event FOR EACH ROW EXECUTE FUNCTION cut_off()',
    );
    const call = await handrail({ runbook: RUNBOOK, env: { HANDRAIL_TEAM: team.host } });
    expect((await sync(call.folder, team.host)).exitCode).not.toBe(0);
    await team.sql(team.admin, 'DROP TRIGGER cut_off ON handrail.event');
    await sentLater(call);
  });
});
