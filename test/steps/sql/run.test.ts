import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StepContext } from '../../../src/engine/contracts/step-type.ts';
import type { BoundInput } from '../../../src/engine/model/plan.ts';
import type { Expectation, Step } from '../../../src/engine/model/runbook.ts';
import { resolveText } from '../../../src/engine/resolve.ts';
import { preflightSql, runSql } from '../../../src/steps/sql/run.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { contextOf, runToEnd, type StepEnd, stepOf } from '../../support/step-run.ts';

let server: TestPostgres;
let shared: ReturnType<typeof contextOf>;
let connections: StepContext['connections'];

beforeAll(async () => {
  server = await startPostgres();
  connections = {
    default: { url: server.url, readonly: false },
    reader: { url: server.url, readonly: true },
  };
});
afterAll(() => server.stop());

afterEach(async () => {
  await shared?.closeAll();
});

interface Ask {
  readonly values?: Readonly<Record<string, string>>;
  readonly connection?: string;
  readonly context?: Partial<StepContext>;
  readonly step?: Partial<Step>;
  /** Goes on in the session of the call before. */
  readonly same?: boolean;
}

async function sql(text: string, ask: Ask = {}): Promise<StepEnd> {
  if (!ask.same) {
    await shared?.closeAll();
    shared = contextOf({ connections });
  }
  const values = new Map<string, BoundInput>(
    Object.entries(ask.values ?? {}).map(([name, value]) => [
      name,
      { name, value, secret: false, source: '--input' },
    ]),
  );
  const resolved = resolveText(text, 'sql', values);
  const context = { ...shared, ...ask.context, text: resolved.text, binds: resolved.binds };
  const step = stepOf({ text, ...ask.step });
  return runToEnd(runSql(step, { connection: ask.connection ?? 'default' }, context));
}

describe('results', () => {
  test('are shown as psql shows them, statement by statement', async () => {
    const { stdout, result } = await sql(
      "CREATE TEMP TABLE t (id int, name text); -- a ; in a comment\nINSERT INTO t VALUES (1, 'semi;colon'), (20, NULL);\nSELECT * FROM t ORDER BY id;",
    );
    expect(stdout).toBe(
      [
        'CREATE TABLE',
        'INSERT 0 2',
        ' id |    name',
        '----+------------',
        '  1 | semi;colon',
        ' 20 |',
        '(2 rows)',
        '',
      ].join('\n'),
    );
    expect(result).toMatchObject({
      outcome: 'passed',
      facts: { connection: 'default', statements: 3, rows: [0, 2, 2], transaction: true },
    });
  });

  test('cannot act on a terminal or break the table', async () => {
    const { stdout } = await sql("SELECT E'a\\x1b[2Jb\\nc' AS x, 'NULL' AS y, NULL AS z");
    expect(stdout.split('\n')[2]).toBe(' a\\x1b[2Jb\\nc | NULL |');
  });

  test('are read in parts, so that memory does not grow with them', async () => {
    const { result, stdout } = await sql('SELECT i FROM generate_series(1, 20001) i');
    expect(result.facts).toMatchObject({ rows: [20001] });
    expect(stdout).toContain('(20001 rows, the first 200 shown)');
  });

  test('of COPY come from the fence itself', async () => {
    const text = [
      'CREATE TEMP TABLE fruit (id int, name text);',
      'COPY fruit (id, name) FROM stdin;',
      "1\tit's; an apple",
      '2\t\\N',
      '\\.',
      'SELECT count(*), count(name) FROM fruit;',
    ];
    const { result, stdout } = await sql(text.join('\n'));
    expect([result.outcome, stdout.split('\n').at(-3)]).toEqual(['passed', '     2 |     1']);
    const wrong = await sql(
      'CREATE TEMP TABLE n (i int);\nCOPY n FROM STDIN;\none\n\\.\nSELECT 1;',
    );
    expect([wrong.result.outcome, wrong.result.why]).toEqual([
      'failed',
      expect.stringContaining('invalid input syntax'),
    ]);
  });

  test('are bounded on the screen and complete as CSV', async () => {
    const kept: { readonly name: string; readonly text: string }[] = [];
    const attach: StepContext['attach'] = async (name, bytes) => {
      kept.push({ name, text: Buffer.from(bytes).toString() });
      return { path: `output/${name}`, bytes: bytes.length, sha256: '' };
    };
    const { stdout, result } = await sql(
      "SELECT n, 'a,\"' || n AS t, NULLIF('', '') AS e FROM generate_series(1, 5000) n",
      { context: { attach } },
    );
    expect(stdout).toContain('(5000 rows, the first 200 shown)');
    expect(kept[0]?.name).toBe('result-1.csv');
    expect(result.attachments).toMatchObject([{ path: 'output/result-1.csv' }]);
    expect((await sql('SELECT 1', { context: { attach } })).result.attachments).toEqual([]);
    expect(kept.length).toBe(1);
    const lines = kept[0]?.text.split('\r\n') ?? [];
    expect(lines.length).toBe(5002);
    expect(lines.slice(0, 2)).toEqual(['n,t,e', '1,"a,""1",']);
  });

  test('notices come as the server sends them', async () => {
    const { stderr } = await sql("DO $$ BEGIN RAISE NOTICE 'half way'; END $$");
    expect(stderr).toBe('NOTICE:  half way\n');
  });

  test('COPY to standard output is shown', async () => {
    const { stdout } = await sql("COPY (SELECT 1, 'x') TO STDOUT WITH CSV");
    expect(stdout).toBe('1,x\nCOPY 1\n');
  });

  test('the first value of the last result is captured', async () => {
    const { result } = await sql('SELECT 7, 8; SET work_mem = default', {
      step: { annotations: { capture: 'n' } },
    });
    expect(result.captured).toEqual({ n: '7' });
  });

  test('a fence of comments passes', async () => {
    expect((await sql('-- nothing yet\n')).result.outcome).toBe('passed');
  });

  test.each([
    ['3', 'SELECT 3', '3'],
    ['{"ok":true,"n":1}', 'SELECT true AS ok, 2 AS n', '{"ok":true,"n":2}'],
    ['[{"n":1}]', 'SELECT n FROM generate_series(1,2) n', '[{"n":1},{"n":2}]'],
    ['{"a":1}', `SELECT '{"a": 5}'::json`, '{"a": 5}'],
    [' a\n---\n 1', 'SELECT 1 AS a', ' a\n---\n 1\n(1 row)\n'],
    ['x\ny', "COPY (VALUES ('x'), ('y')) TO STDOUT; SELECT 1 AS a", undefined],
  ])('an expectation %j is compared with %s', async (text, query, observed) => {
    const expectation: Expectation = { line: 1, match: 'similar', text, advisory: false };
    expect((await sql(query, { step: { expectation } })).result.observed).toBe(observed);
  });
});

describe('values', () => {
  test('reach the server exactly, whatever they are, and nothing else happens', async () => {
    await sql('DROP TABLE IF EXISTS kept; CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom(
          "'",
          '"',
          '\\',
          '$',
          ';',
          '-',
          '/',
          '*',
          '\n',
          '{',
          '}',
          '1',
          'a',
          ' ',
        ),
      }),
      fc.constantFrom(
        "'); DROP TABLE kept; --",
        '$1',
        '{{b}}',
        "\\'; DROP TABLE kept; --",
        '$$',
        "E'",
      ),
    );
    await sql('SELECT 1');
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (a, b) => {
        const text =
          "SELECT {{a}} AS a, 'author''s $9' AS c, {{b}} AS b, {{a}} = {{a}} AS same; SELECT {{b}}::text, 1 AS one";
        const { stdout, result } = await sql(text, {
          values: { a, b },
          same: true,
          step: { expectation: { line: 1, match: 'similar', text: '[]', advisory: false } },
        });
        expect(result.outcome, stdout).toBe('passed');
        expect(JSON.parse(result.observed ?? '')).toEqual([{ text: b, one: 1 }]);
        const first = await sql('SELECT {{a}} AS a, {{b}} AS b', {
          values: { a, b },
          same: true,
          step: { expectation: { line: 1, match: 'similar', text: '[]', advisory: false } },
        });
        expect(JSON.parse(first.result.observed ?? '')).toEqual([{ a, b }]);
      }),
      { numRuns: 150 },
    );
    const { result } = await sql('SELECT count(*) FROM kept', {
      step: { annotations: { capture: 'n' } },
    });
    expect(result.captured).toEqual({ n: '1' });
  });

  test('become literals where the server takes no parameters', async () => {
    await sql('DROP ROLE IF EXISTS app; CREATE ROLE app');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (comment) => {
        fc.pre(!comment.includes('\0') && comment !== '');
        const { result, stderr } = await sql(
          "COMMENT ON ROLE app IS {{comment}}; SELECT shobj_description('app'::regrole, 'pg_authid')",
          { values: { comment }, same: true, step: { annotations: { capture: 'got' } } },
        );
        expect(result.outcome, stderr).toBe('passed');
        expect(result.captured).toEqual({ got: comment });
      }),
      { numRuns: 50 },
    );
  });

  test('are numbered anew for each statement', async () => {
    const { stdout } = await sql('SELECT {{b}} AS b; SELECT {{a}} AS a, {{b}} AS b', {
      values: { a: 'A', b: 'B' },
    });
    expect(stdout).toContain(' A | B\n');
  });

  test('without a type are explained', async () => {
    const { stderr } = await sql('SELECT jsonb_build_object({{a}}, 1)', { values: { a: 'x' } });
    expect(stderr).toContain('HINT:  Give the value a type: write {{name}}::text.');
  });
});

describe('a transaction', () => {
  test('holds the fence together', async () => {
    await sql('DROP TABLE IF EXISTS pair; CREATE TABLE pair (n int PRIMARY KEY)');
    const { result, stderr } = await sql(
      'INSERT INTO pair VALUES (1);\nINSERT INTO pair VALUES (1);',
    );
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(stderr).toContain('ERROR:  duplicate key');
    expect(stderr).toContain('Rolled back');
    expect((await sql('SELECT count(*) AS n FROM pair')).stdout).toContain(' 0\n');
  });

  test('is left out where a statement forbids it', async () => {
    await sql('DROP TABLE IF EXISTS big; CREATE TABLE big (n int)');
    for (const text of [
      'VACUUM big',
      'INSERT INTO big VALUES (1); CREATE INDEX CONCURRENTLY ON big (n)',
      'REINDEX TABLE CONCURRENTLY big',
    ]) {
      const { result, stderr } = await sql(text);
      expect(result.outcome, stderr).toBe('passed');
      expect(result.facts?.['transaction']).toBe(false);
    }
  });

  test("is the author's own when they write it", async () => {
    await sql('DROP TABLE IF EXISTS own; CREATE TABLE own (n int)');
    await sql('BEGIN; INSERT INTO own VALUES (1); ROLLBACK; INSERT INTO own VALUES (2);');
    expect((await sql('SELECT n FROM own')).stdout).toContain(' 2\n(1 row)');
  });

  test('that is left open is said, spans fences and is rolled back on failure', async () => {
    await sql('DROP TABLE IF EXISTS open_one; CREATE TABLE open_one (n int)');
    const { result } = await sql('BEGIN; INSERT INTO open_one VALUES (1)');
    expect(result.warnings).toEqual([
      'the fence leaves its transaction open; nothing of it lasts until COMMIT',
    ]);
    const second = await sql('SELECT 1/0', { same: true });
    expect(second.stderr).toContain('Rolled back');
    const { stdout } = await sql('SELECT count(*) FROM open_one', { same: true });
    expect(stdout).toContain(' 0\n');
  });

  test('keeps a deferred constraint honest', async () => {
    await sql(
      'DROP TABLE IF EXISTS late; CREATE TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)',
    );
    const { result } = await sql('INSERT INTO late VALUES (1), (1)');
    expect(result).toMatchObject({ outcome: 'failed' });
  });

  test('one session serves all fences of a run', async () => {
    await sql('CREATE TEMP TABLE here (n int)');
    const { result } = await sql('SELECT * FROM here', { same: true });
    expect(result.outcome).toBe('passed');
  });
});

describe('a read-only connection', () => {
  const reading = { connection: 'reader' };

  test.each(['DELETE FROM pg_description', 'CREATE TABLE no (n int)', "SELECT nextval('s')"])(
    'refuses %s',
    async (text) => {
      await sql('CREATE SEQUENCE IF NOT EXISTS s');
      const { result, stderr } = await sql(text, reading);
      expect(result).toMatchObject({ outcome: 'failed' });
      expect(stderr).toContain('read-only transaction');
    },
  );

  test.each([
    'SET default_transaction_read_only = off',
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
    'SET TRANSACTION READ WRITE',
    'BEGIN READ WRITE',
    'RESET ALL',
    'RESET default_transaction_read_only',
    'DISCARD ALL',
    "ALTER SYSTEM SET work_mem = '5MB'",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    "SELECT pg_catalog.set_config(lower('TRANSACTION_read_only'), 'off', false)",
  ])('refuses to be switched off: %s', async (text) => {
    const { result, stderr } = await sql(`SELECT 1;\n${text}`, reading);
    expect(result.outcome).toBe('failed');
    expect(stderr).toContain('read-only');
    expect(stderr).toContain('LINE 12: ');
  });

  test.each([
    [
      "DO $$ BEGIN PERFORM set_config('transaction_read_only', 'off', false); END $$; CREATE TABLE no (n int)",
    ],
    [
      "DO $$ BEGIN PERFORM set_config('default_transaction_read_only', 'off', false); COMMIT; CREATE TABLE no (n int); END $$",
    ],
    [
      "BEGIN; DO $$ BEGIN PERFORM set_config('transaction_read_only', 'off', false); END $$; CREATE TABLE no (n int); COMMIT",
    ],
  ])('stays so from within code: %s', async (text) => {
    expect((await sql(text, reading)).result.outcome).toBe('failed');
    expect((await sql("SELECT to_regclass('no') IS NULL AS absent")).stdout).toContain(' t\n');
  });

  test.each([
    "COPY pg_class TO PROGRAM 'cat > /dev/null'",
    "COPY (SELECT 1) TO '/tmp/handrail-no.txt'",
    "CREATE TEMP TABLE took (line text); COPY took FROM PROGRAM 'id'",
    "SELECT lo_import('/etc/hostname')",
    "SELECT length(pg_catalog.pg_read_file('/etc/passwd'))",
    'WITH a AS (SELECT "lo_export"(1, \'/tmp/handrail-no.txt\')) SELECT * FROM a',
    "SELECT * FROM dblink('dbname=postgres', 'SELECT 1') AS t(n int)",
    'EXPLAIN ANALYZE SELECT lo_create(0)',
    'DO $$ BEGIN PERFORM lo_create(0); END $$',
    "LOAD 'plpgsql'",
  ])('refuses what a superuser could get round it with: %s', async (text) => {
    const { result, stderr } = await sql(text, reading);
    expect(result.outcome).toBe('failed');
    expect(stderr).toContain('would reach programs or files of the server');
  });

  test('still copies to the screen', async () => {
    const { result, stdout } = await sql('COPY (SELECT 7 AS program) TO STDOUT', reading);
    expect([result.outcome, stdout]).toEqual(['passed', '7\nCOPY 1\n']);
  });

  test('is set anew for each statement that runs outside of transactions', async () => {
    await sql('DROP TABLE IF EXISTS here; CREATE TABLE here (n int); INSERT INTO here VALUES (1)');
    const lift =
      "DO $$ BEGIN PERFORM set_config('default_transaction_read_only', 'off', false); END $$";
    const index = 'CREATE INDEX CONCURRENTLY ON here (n)';
    await sql(lift, reading);
    expect((await sql(index, { ...reading, same: true })).result.outcome).toBe('failed');
    expect((await sql(`${lift}; ${index}`, reading)).result.outcome).toBe('failed');
    const hidden = `${lift.replace('END $$', 'COMMIT; DELETE FROM here; END $$')}; VACUUM here`;
    expect((await sql(hidden, reading)).result.outcome).toBe('failed');
    const later = `${lift}; VACUUM here; DELETE FROM here`;
    expect((await sql(later, reading)).result.outcome).toBe('failed');
    expect((await sql('SELECT count(*) FROM here')).stdout).toContain(' 1\n');
  });

  test('reads, and lets other settings be set', async () => {
    const { result, stderr } = await sql(
      "SET search_path = public; SELECT set_config('work_mem', '8MB', true); BEGIN; SELECT 1; COMMIT",
      reading,
    );
    expect(result.outcome, stderr).toBe('passed');
  });
});

describe('an error', () => {
  test("stands in the author's own text, with a caret", async () => {
    const { stderr, result } = await sql('SELECT 1;\nSELECT {{who}} AS who, nme FROM pg_class', {
      values: { who: 'me' },
    });
    expect(stderr).toBe(
      [
        'ERROR:  column "nme" does not exist (SQLSTATE 42703)',
        'LINE 12: SELECT {{who}} AS who, nme FROM pg_class',
        '                                ^',
        'Rolled back: nothing of the transaction was kept.',
        '',
      ].join('\n'),
    );
    expect(result.why).toBe('column "nme" does not exist (line 12)');
  });

  test('of syntax is found before anything runs', async () => {
    const { stdout, stderr } = await sql("SELECT 'ä';\n  SELEC 1;");
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'ERROR:  syntax error at or near "SELEC" (SQLSTATE 42601)\nLINE 12:   SELEC 1;\n           ^\n',
    );
  });

  test('after other alphabets still points at its place', async () => {
    const { stderr } = await sql("SELECT '火🚒ä', nme");
    const [, line, caret] = stderr.split('\n');
    expect(line?.slice(caret?.indexOf('^'))).toBe('nme');
  });

  test('COPY FROM STDIN takes braces that are no input as text, and refuses a value among its rows', async () => {
    const copy = (row: string): string =>
      `CREATE TEMP TABLE n (t text);\nCOPY n FROM STDIN;\n${row}\n\\.\nSELECT t FROM n;`;
    const { stdout } = await sql(copy('{{.Names}} {{'));
    expect(stdout).toContain(' {{.Names}} {{\n');
    const filled = await sql(copy('{{name}}'), { values: { name: 'x' } });
    expect(filled.result.why).toContain('a value cannot be filled in there');
  });

  test('COPY FROM STDIN without rows is refused with a way out', async () => {
    const { stderr } = await sql('COPY pg_class FROM STDIN');
    expect(stderr).toContain('use INSERT');
  });
});

describe('time', () => {
  test('ends a statement on the server', async () => {
    const { result } = await sql('SELECT pg_sleep(30)', { context: { timeoutMs: 200 } });
    expect(result.outcome).toBe('timed-out');
    const { stdout } = await sql('SHOW statement_timeout', { same: true });
    expect(stdout).toContain(' 0\n');
  });

  test('an abort cancels on the server and leaves a session that works', async () => {
    const controller = new AbortController();
    const running = sql('SELECT pg_sleep(30) AS napping', {
      context: { signal: controller.signal },
    });
    setTimeout(() => controller.abort('cancelled'), 300);
    expect((await running).result.outcome).toBe('cancelled');
    const { stdout } = await sql(
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%napping%' AND pid <> pg_backend_pid()",
      { same: true },
    );
    expect(stdout).toContain(' 0\n');
  });

  test('a lost session is opened anew, and said', async () => {
    await sql('SELECT 1');
    const first = await sql('SELECT pg_terminate_backend(pg_backend_pid())', { same: true });
    expect(first.result).toMatchObject({ outcome: 'failed' });
    const second = await sql('SELECT 1', { same: true });
    expect(second.result).toMatchObject({ outcome: 'passed' });
    expect(second.result.warnings?.[0]).toContain('had been lost');
  });
});

describe('before the first step', () => {
  const ask = (more: StepContext['connections'], name = 'default', text = 'SELECT 1') =>
    preflightSql(stepOf({ text }), { connection: name }, { connections: more });

  test('a connection that answers is fine', async () => {
    expect(await ask(connections)).toBeUndefined();
  });

  test.each([
    ['nobody listens', 'postgres://u:topsecret@127.0.0.1:1/none'],
    ['no such host', 'postgres://u:topsecret@nowhere.invalid/none'],
  ])('%s is unreachable, without the password', async (_name, url) => {
    const problem = await ask({ default: { url, readonly: false } });
    expect(problem?.code).toBe('UNREACHABLE');
    expect(problem?.message).not.toContain('topsecret');
  });

  test('a wrong password or database is unreachable too', async () => {
    const wrong = server.url.replace('hunter2secret', 'wr%20ong');
    const problem = await ask({ default: { url: wrong, readonly: false } });
    expect(problem).toMatchObject({ code: 'UNREACHABLE' });
    expect(problem?.message).toContain(`postgres@127.0.0.1:${server.port}/postgres`);
    expect(problem?.message).not.toContain('wr');
  });

  test('a URL that is none is said without repeating it', async () => {
    const problem = await ask({ default: { url: 'postgres://u:pa ss@[bad', readonly: false } });
    expect(problem?.message).not.toContain('pa ss');
  });

  test('a connection that is not there is named with those that are', async () => {
    expect((await ask(connections, 'nope'))?.message).toContain('there is `default`, `reader`');
    expect((await ask({}))?.message).toContain('DATABASE_URL');
    expect((await ask({ default: { url: '', readonly: false } }))?.message).toContain('is empty');
  });

  test.each(['\\d users', 'SELECT 1 \\gexec', '\\l', 'SELECT 1; \\watch 5'])(
    '%s is for psql',
    async (text) => {
      const problem = await ask(connections, 'default', text);
      expect(problem?.code).toBe('STEP_CANNOT_RUN');
      expect(problem?.message).toContain('line 11');
    },
  );

  test('a backslash in a string is not', async () => {
    expect(await ask(connections, 'default', "SELECT 'a \\d b' ~ E'\\\\w'")).toBeUndefined();
  });
});
