import { hash, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RawLine } from '../../src/engine/contracts/run-store.ts';
import { connectTeam, sqlstateOf } from '../../src/stores/team/connection.ts';
import { TeamStore } from '../../src/stores/team.ts';
import { initScript, initTeam } from '../../src/team/init.ts';
import { addLogin } from '../../src/team/logins.ts';
import { openMarks } from '../../src/team/mirror/marks.ts';
import { inOneTransaction } from '../../src/team/mirror/one-transaction.ts';
import { readQueue } from '../../src/team/requests/queue.ts';
import { recordSource } from '../../src/team/requests/record-source.ts';
import { steadyClock } from '../support/clock.ts';
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

async function all(read: AsyncIterable<RawLine> = Readable.from([])): Promise<RawLine[]> {
  const list: RawLine[] = [];
  for await (const line of read) list.push(line);
  return list;
}

const openTeam = (url: string): TeamStore => new TeamStore(url, steadyClock());

const stored = (run = RUN): Promise<Record<string, unknown>[]> =>
  team.sql(team.admin, 'SELECT seq, line FROM handrail.event WHERE run = $1 ORDER BY seq', [run]);

describe('the record of a team', () => {
  test('is made once; to make it again changes nothing', async () => {
    expect(await initTeam(team.admin)).toMatchObject({ before: 11, after: 11 });
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

describe('a record with ten thousand requests in it', () => {
  const MANY = 10_000;
  const OPEN = '00000000-0000-4000-8000-000000000001';
  const WAITING = '00000000-0000-4000-8000-000000000002';
  const asked = `INSERT INTO handrail.request (id, host, document, signature, texts, who, runbook, procedure, expires_at, login)
    SELECT id, 'web1', 'x', 'x', '', 'ada', '/ops.md', 'count', now() + interval '1 h', 'ada' FROM`;
  /** What a question costs: rows and entries of indexes that were looked at. */
  async function touched(ask: () => Promise<unknown>): Promise<number> {
    const seen = async (): Promise<number> => {
      // Whoever has gone has told how much they looked at.
      const others =
        'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
      await expect.poll(async () => (await team.sql(team.admin, others)).length).toBe(0);
      const [row] = await team.sql(
        team.admin,
        `SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables) + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes) AS n`,
      );
      return Number(row?.['n']);
    };
    const before = await seen();
    await ask();
    return (await seen()) - before;
  }

  test('is asked by hosts and people for what is open, not for what there ever was', async () => {
    const { url: person } = await addLogin(team.admin, 'person', `eve${Date.now()}`);
    const past = `(SELECT md5(n::text)::uuid AS id FROM generate_series(1, ${MANY}) n)`;
    await team.sql(
      team.admin,
      `${asked} ${past} q;
       INSERT INTO handrail.claim SELECT id, 'web1', 'me' FROM ${past} q;
       INSERT INTO handrail.run SELECT id, 'web1', 'x' FROM ${past} q;
       INSERT INTO handrail.event SELECT id, 0, 'run.finished', '{"outcome":"passed"}', '', '' FROM ${past} q;
       INSERT INTO handrail.word (request, state, why) SELECT id, 'running', '' FROM ${past} q;
       INSERT INTO handrail.blob SELECT 'web1', sha256(id::text::bytea), '', 0 FROM ${past} q;
       INSERT INTO handrail.file (run, path, sha256) SELECT id, 'runbook.md', sha256(id::text::bytea) FROM ${past} q;
       INSERT INTO handrail.ledger SELECT n, 'x', 'created', '', '' FROM generate_series(1, ${MANY}) n;
       ${asked} (VALUES ('${OPEN}'::uuid), ('${WAITING}')) q (id);
       INSERT INTO handrail.claim VALUES ('${WAITING}', 'web1', 'me')`,
    );
    await team.sql(team.admin, 'VACUUM ANALYZE');
    const source = (): ReturnType<typeof recordSource> => recordSource(team.host, 'web1', 'me');
    const asHost = (text: string, values: readonly unknown[] = [RUN]) =>
      team.sql(team.host, text, values);
    const questions: readonly (readonly [string, () => Promise<unknown>, number?])[] = [
      [
        'what is open',
        async () => {
          const one = source();
          expect((await one.open()).map(({ id }) => id)).toEqual([OPEN]);
          await one.close();
        },
      ],
      [
        'what it took and has not ended',
        async () => {
          const one = source();
          expect(await one.claimed()).toEqual([WAITING]);
          await one.close();
        },
      ],
      [
        'one request',
        async () => {
          const one = source();
          expect((await one.read(OPEN))?.id).toBe(OPEN);
          await one.close();
        },
      ],
      [
        'due times',
        async () => {
          const one = source();
          await one.claimedDue();
          await one.close();
        },
      ],
      [
        'a page of the queue',
        async () => {
          for await (const _ of readQueue(person)) break;
        },
        500 * 12,
      ],
      ['lines of a run', () => asHost(APPEND, [RUN, 0, lines(RUN, ['one'])])],
      [
        'a file of it',
        () => asHost("SELECT handrail.put_file($1, 'runbook.md', sha256('x'), 1, 'x')"),
      ],
      ['its pulse', () => asHost('SELECT handrail.beat($1)')],
      ['its end in the chain', () => asHost("SELECT handrail.note($1, 'sealed', '', '')")],
      ['its retirement', () => asHost('SELECT handrail.retire($1)')],
      [
        'its log, read by its host',
        () => asHost('SELECT line FROM handrail.event WHERE run = $1 ORDER BY seq'),
      ],
      [
        'its files, read by its host',
        () => asHost('SELECT path FROM handrail.file WHERE run = $1'),
      ],
      ['a word about it', () => asHost('SELECT state FROM handrail.word WHERE request = $1')],
    ];
    const dear: unknown[] = [];
    for (const [what, ask, most = 100] of questions) {
      const rows = await touched(ask);
      if (rows > most) dear.push([what, rows]);
    }
    expect(dear).toEqual([]);
  });
});

test('however many there are, all of them are told, the newest first', async () => {
  const ids = (count: number, most: string): string =>
    `(SELECT lpad(to_hex(n), 32, '0')::uuid AS id FROM generate_series(1, ${count}) n ${most})`;
  await team.sql(
    team.admin,
    `INSERT INTO handrail.run SELECT id, 'web1', 'x' FROM ${ids(10_001, '')} r;
     INSERT INTO handrail.event SELECT id, seq, 'note.added', convert_to('x' || repeat(seq::text, 9000 * (seq % 2)), 'UTF8'), '', ''
       FROM ${ids(10_001, 'WHERE n > 9990')} r, generate_series(0, 5) seq;
     INSERT INTO handrail.request (id, host, document, signature, texts, who, runbook, procedure, expires_at, login, at)
     SELECT id, 'web1', 'x', 'x', '', 'ada', '/ops.md', 'count', now(), 'ada', now() FROM ${ids(1001, '')} r`,
  );
  await team.sql(team.admin, 'ANALYZE');
  const store = openTeam(team.host);
  const runs = await store.runs();
  expect([runs.length, runs.toSorted()]).toEqual([10_001, runs]);
  const newest: string[] = [];
  for await (const one of store.newest()) {
    newest.push(one.run);
    if (newest.length > 12) continue;
    // What was told of it beforehand is what it says when it is asked.
    const asked = await store.read(one.run);
    for (let time = 0; time < 2; time += 1)
      expect((await one.lastLines(3)).map(({ line }) => line)).toEqual(
        (await asked?.lastLines(3))?.map(({ line }) => line),
      );
    expect(await all(one.lines())).toEqual(await all(asked?.lines()));
  }
  expect(newest).toEqual(runs.toReversed());
  const requests: string[] = [];
  for await (const { request } of readQueue(team.admin)) requests.push(request);
  expect([requests.length, requests.toSorted().toReversed()]).toEqual([1001, requests]);
});

test.each([
  ['40P01', 2],
  ['40001', 2],
  ['23514', 1],
])('what the server ends with %s is sent %i times', async (sqlstate, times) => {
  const state = mkdtempSync(path.join(tmpdir(), 'marks-'));
  const connection = await connectTeam(team.host);
  const sending = { team: connection, marks: openMarks(state, team.host), growing: new Map() };
  let tries = 0;
  const sent = inOneTransaction(sending, async (own) => {
    tries += 1;
    await own.team.rows('SELECT handrail.beat($1)', [RUN]);
    if (tries === 1)
      await own.team.rows(`DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${sqlstate}'; END $$`);
  });
  expect(await sent.catch(sqlstateOf)).toBe(times === 2 ? undefined : sqlstate);
  await connection.close();
  expect([tries, await team.sql(team.admin, 'SELECT run FROM handrail.pulse')]).toEqual([
    times,
    times === 2 ? [{ run: RUN }] : [],
  ]);
});

test('two workers of one name never work at once; two of other names do', async () => {
  const [first, second, other] = ['me', 'me', 'else'].map((worker) =>
    recordSource(team.host, 'web1', worker),
  );
  expect(await first?.open()).toEqual([]);
  await expect(second?.open()).rejects.toMatchObject({ code: 'LOCK_HELD' });
  await expect(second?.claim(RUN, '')).rejects.toMatchObject({ code: 'LOCK_HELD' });
  expect(await other?.open()).toEqual([]);
  await first?.close();
  // The server hears of its end a moment later.
  await expect.poll(() => second?.open().catch(() => 'held')).toEqual([]);
  await second?.close();
  await other?.close();
});

describe('a host with a login of its own and bad intentions', () => {
  let mallory: string;
  beforeEach(async () => {
    mallory = (await addLogin(team.admin, 'host', `mallory${Date.now()}`)).url;
  });
  /** Does something in a transaction that is left open, while another one does its own. */
  async function whileOpen(
    text: string,
    values: readonly unknown[],
    own: () => Promise<unknown>,
  ): Promise<void> {
    const client = new pg.Client({ connectionString: mallory });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(text, [...values]);
      await own();
    } finally {
      await client.end();
    }
  }
  const ask = (id: string) =>
    team.sql(
      team.admin,
      `INSERT INTO handrail.request (id, host, document, signature, texts, who, runbook, procedure, expires_at, login)
       VALUES ($1, 'web1', 'x', 'x', '', 'ada', '/ops.md', 'count', now() + interval '1 h', 'ada')`,
      [id],
    );
  const PUT = 'SELECT handrail.put_file($1, $2, sha256($3), $4, $5)';
  const files = () =>
    team.sql(
      team.admin,
      "SELECT b.bytes, b.length FROM handrail.file f JOIN handrail.run r USING (run) JOIN handrail.blob b USING (host, sha256) WHERE r.host = 'web1'",
    );

  test('begins, seals, feeds, empties and takes no run that was asked of another one', async () => {
    const tries: readonly (readonly [string, readonly unknown[]])[] = [
      ['SELECT handrail.append($1, 0, $2)', [RUN, lines(RUN, ['done'])]],
      ['SELECT handrail.beat($1)', [RUN]],
      ["SELECT handrail.note($1, 'sealed', '', '')", [RUN]],
      [PUT, [RUN, 'a', Buffer.from('x'), 1, Buffer.from('x')]],
      ["SELECT handrail.put_piece($1, 'a', 0, 'x')", [RUN]],
      ["SELECT handrail.end_file($1, 'a', 'x', 1, 'x')", [RUN]],
      ['SELECT handrail.retire($1)', [RUN]],
      ["SELECT handrail.claim($1, 'w')", [RUN]],
    ];
    await ask(RUN);
    for (const whose of ['asked', 'begun']) {
      for (const [text, values] of tries)
        expect([whose, text, await team.refusal(mallory, text, values)]).toEqual([
          whose,
          text,
          '42501',
        ]);
      await team.sql(team.host, APPEND, [RUN, 0, lines(RUN, ['one'])]);
    }
  });

  test('says nothing about a request to another one', async () => {
    await ask(RUN);
    await team.sql(mallory, "SELECT handrail.say($1, 'refused', 'no')", [RUN]);
    expect(await team.sql(team.admin, 'SELECT FROM handrail.word')).toEqual([]);
    expect(await team.sql(team.host, 'SELECT request FROM handrail.pending')).toEqual([
      { request: RUN },
    ]);
  });

  test('enters nothing about the run of another one into the chain of the team', async () => {
    await team.sql(team.host, APPEND, [RUN, 0, lines(RUN, ['one'])]);
    const line = Buffer.from(
      JSON.stringify({
        seq: 0,
        at: 'x',
        run: RUN,
        what: 'sealed',
        head: 'f'.repeat(64),
        prev: NOTHING,
      }),
    );
    await team.sql(mallory, 'SELECT handrail.append_chain($1, 0, $2)', [
      hash('sha256', line, 'buffer'),
      [line],
    ]);
    expect(await team.sql(team.admin, 'SELECT FROM handrail.ledger')).toEqual([]);
    expect(await team.sql(team.admin, 'SELECT FROM handrail.chain')).toHaveLength(1);
  });

  test('has a due time of another one by no claim of its own', async () => {
    const due = "SELECT handrail.claim_due($1, 'a.md', '', now(), 'w') AS taken";
    await team.sql(mallory, due, [RUN]);
    expect(await team.sql(team.host, due, [RUN])).toEqual([{ taken: true }]);
    expect(await team.sql(team.host, due, [RUN])).toEqual([{ taken: false }]);
  });

  test('keeps the bytes of another one out by no announcement of theirs', async () => {
    await team.sql(mallory, PUT, [randomUUID(), 'a', Buffer.from('runbook'), 99, null]);
    await team.sql(team.host, PUT, [RUN, 'a', Buffer.from('runbook'), 7, Buffer.from('runbook')]);
    expect(await files()).toEqual([{ bytes: Buffer.from('runbook'), length: '7' }]);
  });

  test('reads no file by its hash, and keeps none from being emptied', async () => {
    await team.sql(team.host, PUT, [RUN, 'a', Buffer.from('secret'), 6, Buffer.from('secret')]);
    await team.sql(mallory, PUT, [randomUUID(), 'a', Buffer.from('secret'), 6, null]);
    expect(await team.sql(mallory, 'SELECT bytes FROM handrail.blob')).toEqual([{ bytes: null }]);
    await team.sql(team.host, 'SELECT handrail.retire($1)', [RUN]);
    expect(await files()).toEqual([{ bytes: null, length: '6' }]);
  });

  test('holds nobody up with a transaction that it leaves open', async () => {
    const x = Buffer.from('x');
    const locks = ['handrail.ledger', 'handrail.incident web1 INC-7'];
    const held: readonly (readonly [string, readonly unknown[]])[] = [
      [PUT, [randomUUID(), 'a', x, 1, x]],
      ["SELECT handrail.note($1, 'created', '', '')", [randomUUID()]],
      ['SELECT pg_advisory_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) name', [locks]],
      ["SELECT handrail.claim_due($1, 'a.md', '', now(), 'w')", [RUN]],
    ];
    for (const [text, values] of held)
      await whileOpen(text, values, async () => {
        await team.sql(team.host, PUT, [RUN, 'a', x, 1, x]);
        await team.sql(team.host, "SELECT handrail.note($1, 'created', '', '')", [RUN]);
        await team.sql(team.host, "SELECT handrail.append_incident('INC-7', 0, $1)", [
          [Buffer.from(JSON.stringify({ prev: NOTHING }))],
        ]);
        await team.sql(team.host, "SELECT handrail.claim_due($1, 'a.md', '', now(), 'w')", [RUN]);
      });
    // What waited for the team's chain is entered with the next sign of life.
    await team.sql(team.host, 'SELECT handrail.beat($1)', [RUN]);
    const entered = await team.sql(team.admin, 'SELECT run FROM handrail.ledger');
    expect(entered.filter(({ run }) => run === RUN)).toHaveLength(held.length);
  });

  test.each([
    ['a lock', "SELECT handrail.take_lock('job', '{}') IS NULL AS had", 'lock'],
    ['a run', `SELECT handrail.take_run('${RUN}') AS had`, 'lock'],
    ['a place of a worker', "SELECT handrail.work_as('me') AS had", 'worker'],
  ])('has %s of another one by no number that it takes', async (_, take, table) => {
    const [holder, next, squatter] = [team.host, team.host, mallory].map(
      (connectionString) => new pg.Client({ connectionString }),
    );
    if (holder === undefined || next === undefined || squatter === undefined) throw new Error(take);
    for (const client of [holder, next, squatter]) {
      client.on('error', () => undefined);
      await client.connect();
    }
    const had = async (client: pg.Client) => (await client.query(take)).rows[0]?.had;
    const own = await holder.query('SELECT pg_backend_pid() AS pid');
    expect([await had(holder), await had(next)]).toEqual([true, false]);
    // It takes whatever number it reads, or can make of a name.
    const taken = await squatter.query(
      `SELECT pg_try_advisory_lock((classid::bigint << 32) | objid::bigint) FROM pg_locks WHERE locktype = 'advisory'`,
    );
    expect(taken.rowCount).toBeGreaterThan(0);
    await squatter.query(
      `SELECT pg_advisory_lock(hashtextextended(n, 0)) FROM unnest($1::text[]) n`,
      [['handrail.lock web1 job', `handrail.writer ${RUN}`]],
    );
    await holder.end();
    const marks = `SELECT FROM pg_locks l JOIN handrail.${table} h ON h.mark = (l.classid::bigint << 32) | l.objid::bigint`;
    await expect
      .poll(async () => (await team.sql(team.admin, marks)).length, { timeout: 10_000 })
      .toBe(0);
    await squatter.query(`SELECT pg_advisory_lock(mark) FROM unnest($1::bigint[]) mark`, [
      (await team.sql(team.admin, `SELECT mark FROM handrail.${table}`)).map(({ mark }) => mark),
    ]);
    // The number of the process that had it is given out anew: to the other login, or to another session of its own.
    for (const client of [squatter, next]) {
      const again = await client.query('SELECT pg_backend_pid() AS pid');
      expect(again.rows[0]?.pid).not.toBe(own.rows[0]?.pid);
      await team.sql(team.admin, `UPDATE handrail.${table} SET backend = $1`, [again.rows[0]?.pid]);
      const fresh = new pg.Client({ connectionString: team.host });
      await fresh.connect();
      expect(await had(fresh)).toBe(true);
      expect(await had(next)).toBe(false);
      await fresh.end();
    }
    await next.end();
    await squatter.end();
  });

  test('reads nothing of other hosts, nor of logins and passwords', async () => {
    await ask(RUN);
    await team.sql(team.host, PUT, [RUN, 'a', Buffer.from('x'), 1, Buffer.from('x')]);
    const tables = await team.sql(
      mallory,
      "SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'handrail'::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT') AND c.relname NOT IN ('migration', 'ledger')",
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables)
      expect([name, await team.sql(mallory, `SELECT * FROM handrail.${name}`)]).toEqual([name, []]);
    for (const hidden of [
      'handrail.host',
      'handrail.worker',
      'handrail.unentered',
      'handrail.lock',
      'pg_authid',
    ])
      expect([hidden, await team.refusal(mallory, `SELECT * FROM ${hidden}`)]).toEqual([
        hidden,
        '42501',
      ]);
  });
});

test('contents that retention took come back with a new run, and not with the old one', async () => {
  const put = "SELECT handrail.put_file($1, 'runbook.md', sha256('x'), 1, 'x')";
  const bytes = () => team.sql(team.admin, 'SELECT bytes FROM handrail.blob');
  await team.sql(team.host, put, [RUN]);
  await team.sql(team.host, 'SELECT handrail.retire($1)', [RUN]);
  await team.sql(team.host, put, [RUN]);
  expect(await bytes()).toEqual([{ bytes: null }]);
  await team.sql(team.host, put, [randomUUID()]);
  expect(await bytes()).toEqual([{ bytes: Buffer.from('x') }]);
});

const TABLES = 'host run event file chain ledger conflict tombstone due incident'.split(' ');

describe('whoever is in the database', () => {
  test('as a host: writes to no table by a statement of its own', async () => {
    const taken: unknown[] = [];
    for (const table of [...TABLES, 'pending'])
      for (const sql of [
        `UPDATE handrail.${table} SET ${columnOf(table)} = ${columnOf(table)}`,
        `DELETE FROM handrail.${table}`,
        `TRUNCATE handrail.${table} CASCADE`,
        `INSERT INTO handrail.${table} OVERRIDING SYSTEM VALUE SELECT * FROM handrail.${table}`,
        `DROP TABLE handrail.${table}`,
        `ALTER TABLE handrail.${table} DISABLE TRIGGER ALL`,
      ])
        if ((await team.refusal(team.host, sql)) !== '42501') taken.push(sql);
    expect(taken).toEqual([]);
  });

  test('as the owner: changes and deletes nothing by accident', async () => {
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
    const taken: unknown[] = [];
    for (const table of TABLES)
      for (const sql of [
        `UPDATE handrail.${table} SET ${columnOf(table)} = ${columnOf(table)}`,
        `DELETE FROM handrail.${table}`,
        `TRUNCATE handrail.${table} CASCADE`,
      ])
        if ((await team.refusal(team.admin, sql)) !== '42501') taken.push(sql);
    expect(taken).toEqual([]);
  });

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
    pending: 'worker',
    ledger: 'line',
  };
  return columns[table] ?? 'run';
}
