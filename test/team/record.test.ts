import { hash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { initScript, initTeam } from '../../src/team/init.ts';
import { addLogin } from '../../src/team/logins.ts';
import { type FreshTeam, startTeam, type TestTeam } from '../support/team.ts';

const RUN = '019aa39e-0000-7000-8000-000000000001';
const APPEND = 'SELECT stored, fork FROM handrail.append($1, $2, $3)';
const NOTHING = '0'.repeat(64);
let server: TestTeam;
let team: FreshTeam;
beforeAll(async () => {
  server = await startTeam();
});
afterAll(() => server.stop());
beforeEach(async () => {
  team = await server.fresh();
});

/** Lines of a log that are chained, as a host writes them. */
function lines(run: string, texts: readonly string[], head = NOTHING, from = 0): Buffer[] {
  let prev = head;
  return texts.map((text, index) => {
    const header = `"seq":${from + index},"at":"2026-11-29T07:00:00.000Z","monoMs":1.5,"run":"${run}","attempt":1`;
    const line = Buffer.from(
      `{${header},"type":"note.added","prev":"${prev}","text":${JSON.stringify(text)}}`,
    );
    prev = hash('sha256', line, 'hex');
    return line;
  });
}

const stored = (run = RUN): Promise<Record<string, unknown>[]> =>
  team.sql(team.admin, 'SELECT seq, line FROM handrail.event WHERE run = $1 ORDER BY seq', [run]);

describe('the record of a team', () => {
  test('is made once; to make it again changes nothing', async () => {
    expect(await initTeam(team.admin)).toMatchObject({ before: 5, after: 5 });
    const script = await initScript();
    expect(script).toMatch(/^BEGIN;/);
    expect(script).toContain('CREATE TABLE handrail.event');
    expect(await initScript(1)).not.toContain('CREATE TABLE handrail.event');
  });

  test.each([
    ['a schema', 'CREATE SCHEMA handrail'],
    ['the schema of the queues', 'CREATE SCHEMA handrail_bell'],
  ])('is not made in what somebody else put there beforehand: %s', async (_, made) => {
    const name = `fresh_${randomUUID().replaceAll('-', '')}`;
    await team.sql(server.server.url, `CREATE DATABASE ${name}`);
    const other = new URL(server.server.url);
    other.pathname = `/${name}`;
    const { url } = await addLogin(team.admin, 'person', `mallory${Date.now()}`);
    const login = new URL(url).username;
    await team.sql(other.href, `GRANT CREATE ON DATABASE ${name} TO "${login}"`);
    const mallory = new URL(url);
    mallory.pathname = `/${name}`;
    await team.sql(mallory.href, made);
    await expect(initTeam(other.href)).rejects.toMatchObject({
      code: 'TEAM_REFUSED',
      message: expect.stringContaining('is there already and belongs to'),
    });
  });

  test('takes lines in their order, and the same lines again without a change', async () => {
    const log = lines(RUN, ['one', 'two', 'nul \u0000 and a quote "', 'проверка 💥']);
    expect(await team.sql(team.host, APPEND, [RUN, 0, log.slice(0, 2)])).toEqual([
      { stored: 2, fork: null },
    ]);
    expect(await team.sql(team.host, APPEND, [RUN, 0, log])).toEqual([{ stored: 4, fork: null }]);
    expect(await team.sql(team.host, APPEND, [RUN, 1, log.slice(1)])).toEqual([
      { stored: 4, fork: null },
    ]);
    expect((await stored()).map(({ line }) => line)).toEqual(log);
  });

  test('refuses a gap and says which line it expects', async () => {
    const log = lines(RUN, ['one', 'two', 'three']);
    await team.sql(team.host, APPEND, [RUN, 0, log.slice(0, 1)]);
    expect(await team.refusal(team.host, APPEND, [RUN, 2, log.slice(2)])).toBe('22023');
    expect(await stored()).toHaveLength(1);
  });

  test('keeps a fork as evidence and refuses it', async () => {
    const log = lines(RUN, ['one', 'two']);
    const other = lines(RUN, ['one', 'something else', 'and more']);
    await team.sql(team.host, APPEND, [RUN, 0, log]);
    expect(await team.sql(team.host, APPEND, [RUN, 0, other])).toEqual([{ stored: 2, fork: 1 }]);
    await team.sql(team.host, APPEND, [RUN, 0, other]);
    expect((await stored()).map(({ line }) => line)).toEqual(log);
    const kept = await team.sql(team.admin, 'SELECT seq, line, host FROM handrail.conflict');
    expect(kept).toEqual([{ seq: 1, line: other[1], host: 'web1' }]);
  });

  test('refuses a line that does not follow the last one, and keeps it', async () => {
    await team.sql(team.host, APPEND, [RUN, 0, lines(RUN, ['one'])]);
    const loose = lines(RUN, ['two'], 'a'.repeat(64), 1);
    expect(await team.sql(team.host, APPEND, [RUN, 1, loose])).toEqual([{ stored: 1, fork: 1 }]);
    expect(await stored()).toHaveLength(1);
  });

  test.each([
    ['no event at all', () => Buffer.from('nonsense')],
    ['an event of another run', () => lines(randomUUID(), ['one'])[0]],
    ['an event with another number', () => lines(RUN, ['one'], NOTHING, 7)[0]],
    ['bytes that are no text', () => Buffer.from([0xff, 0xfe, 0])],
  ])('refuses %s', async (_what, line) => {
    expect(await team.refusal(team.host, APPEND, [RUN, 0, [line()]])).toBe('22023');
  });

  test('lets a host write its own runs alone', async () => {
    await team.sql(team.host, APPEND, [RUN, 0, lines(RUN, ['one'])]);
    const { url } = await addLogin(team.admin, 'host', `other${Date.now()}`);
    const more = lines(RUN, ['two'], hash('sha256', lines(RUN, ['one'])[0] ?? '', 'hex'), 1);
    expect(await team.refusal(url, APPEND, [RUN, 1, more])).toBe('42501');
    expect(await team.sql(url, 'SELECT * FROM handrail.event')).toEqual([]);
    expect(await team.sql(team.host, 'SELECT seq FROM handrail.event')).toEqual([{ seq: 0 }]);
  });

  test('lets somebody who belongs to no host write nothing', async () => {
    expect(await team.refusal(team.admin, APPEND, [RUN, 0, lines(RUN, ['one'])])).toBe('42501');
    const { url } = await addLogin(team.admin, 'person', `ada${Date.now()}`);
    expect(await team.refusal(url, APPEND, [RUN, 0, lines(RUN, ['one'])])).toBe('42501');
  });

  test('gives a name one login, and a new password when it is asked to', async () => {
    const name = `db${Date.now()}`;
    const first = await addLogin(team.admin, 'host', name);
    await expect(addLogin(team.admin, 'host', name)).rejects.toMatchObject({
      code: 'TEAM_REFUSED',
    });
    const second = await addLogin(team.admin, 'host', name, { renew: true });
    expect(await team.refusal(first.url, 'SELECT 1')).toBe('28P01');
    expect(await team.refusal(second.url, 'SELECT 1')).toBe('');
    await expect(addLogin(team.admin, 'host', 'x"; DROP')).rejects.toMatchObject({ code: 'USAGE' });
  });
});

const TABLES = 'host run event file chain ledger conflict tombstone due incident'.split(' ');

describe('whoever is in the database', () => {
  test.each(TABLES)('as a host: writes to %s by no statement of its own', async (table) => {
    const tries = [
      `UPDATE handrail.${table} SET ctid = ctid`.replace(
        'ctid = ctid',
        `${columnOf(table)} = ${columnOf(table)}`,
      ),
      `DELETE FROM handrail.${table}`,
      `TRUNCATE handrail.${table} CASCADE`,
      `INSERT INTO handrail.${table} OVERRIDING SYSTEM VALUE SELECT * FROM handrail.${table}`,
      `DROP TABLE handrail.${table}`,
      `ALTER TABLE handrail.${table} DISABLE TRIGGER ALL`,
    ];
    for (const sql of tries)
      expect([sql, await team.refusal(team.host, sql)]).toEqual([sql, '42501']);
  });

  test.each(TABLES)(
    'as the owner: changes and deletes nothing of %s by accident',
    async (table) => {
      await team.sql(team.host, APPEND, [RUN, 0, lines(RUN, ['one'])]);
      await team.sql(team.host, APPEND, [RUN, 0, lines(RUN, ['other'])]);
      await team.sql(team.host, "SELECT handrail.put_file($1, 'runbook.md', sha256('x'), 1, 'x')", [
        RUN,
      ]);
      await team.sql(team.host, "SELECT handrail.note($1, 'created', '', '')", [RUN]);
      await team.sql(
        team.admin,
        "INSERT INTO handrail.chain (host, chain, seq, line, hash) VALUES ('web1', '', 0, '', '')",
      );
      await team.sql(team.host, 'SELECT handrail.retire($1)', [RUN]);
      await team.sql(team.host, "SELECT handrail.append_incident('INC-7', 0, $1)", [
        [Buffer.from(JSON.stringify({ prev: NOTHING }))],
      ]);
      await team.sql(team.host, "SELECT handrail.claim_due($1, 'a.md', '', now(), 'w')", [RUN]);
      const column = columnOf(table);
      for (const sql of [
        `UPDATE handrail.${table} SET ${column} = ${column}`,
        `DELETE FROM handrail.${table}`,
        `TRUNCATE handrail.${table} CASCADE`,
      ])
        expect([sql, await team.refusal(team.admin, sql)]).toEqual([sql, '42501']);
    },
  );

  test('as a host: has no function but its own, and no way around the search path', async () => {
    expect(
      await team.refusal(team.host, "SELECT handrail.enter('web1', 'x', 'sealed', '', '')"),
    ).toBe('42501');
    expect(await team.refusal(team.host, 'SELECT handrail.own_run($1)', [RUN])).toBe('42501');
    expect(await team.refusal(team.host, 'SET ROLE handrail_owner')).toBe('42501');
    expect(await team.refusal(team.host, 'CREATE TABLE handrail.mine (x int)')).toBe('42501');
  });

  test('empties files by retention alone, and their hash stays', async () => {
    await team.sql(
      team.host,
      "SELECT handrail.put_file($1, 'output/a-1.log', sha256('secret'), 6, 'secret')",
      [RUN],
    );
    expect(await team.refusal(team.admin, "UPDATE handrail.blob SET bytes = 'other'")).toBe(
      '42501',
    );
    await team.sql(team.host, 'SELECT handrail.retire($1)', [RUN]);
    expect(await team.sql(team.admin, 'SELECT bytes, length FROM handrail.blob')).toEqual([
      { bytes: null, length: '6' },
    ]);
  });

  test('as a host: passes no other bytes off under a hash', async () => {
    const sql = "SELECT handrail.put_file($1, 'runbook.md', sha256('x'), 1, 'y')";
    expect(await team.refusal(team.host, sql, [RUN])).toBe('22023');
  });
});

function columnOf(table: string): string {
  const columns: Readonly<Record<string, string>> = {
    host: 'host',
    chain: 'line',
    conflict: 'line',
    event: 'line',
    incident: 'line',
    ledger: 'line',
  };
  return columns[table] ?? 'run';
}
