import { describe, expect, test } from 'vitest';
import { judgeSql } from '../../src/text/sql-effect.ts';

describe('SQL is judged by its words', () => {
  test.each([
    ['SELECT 1', 'reads'],
    ['  -- drop it\nSELECT \'drop table x\', "delete from y"', 'reads'],
    ['/* delete /* from */ x */ TABLE t', 'reads'],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'reads'],
    ['EXPLAIN DELETE FROM t WHERE id = 1', 'reads'],
    ['EXPLAIN UPDATE t SET a = 1 WHERE b = 2', 'reads'],
    ['EXPLAIN ANALYZE UPDATE t SET a = 1 WHERE b = 2', 'writes'],
    ['SELECT 1; INSERT INTO t VALUES (1)', 'writes'],
    ['UPDATE t SET a = 1 WHERE id = 2', 'writes'],
    ['UPDATE t SET a = 1', 'destroys'],
    ['DELETE FROM t WHERE id = 1', 'destroys'],
    ['DROP TABLE t', 'destroys'],
    ['ALTER TABLE t DROP COLUMN a', 'destroys'],
    ['TRUNCATE t', 'destroys'],
    ['VACUUM FULL t', 'destroys'],
    ['VACUUM t', 'writes'],
    ['SELECT pg_terminate_backend(7)', 'destroys'],
    ["SELECT nextval('s')", 'writes'],
    ['SELECT * INTO t2 FROM t', 'writes'],
    ['WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone', 'destroys'],
    ['DO $body$ BEGIN DROP TABLE x; END $body$', 'destroys'],
    ['DO $$ BEGIN PERFORM 1; END $$', 'writes'],
    ["SELECT $$drop table x$$, 'it''s; truncate'", 'reads'],
    ['CREATE INDEX CONCURRENTLY ON t (a)', 'writes'],
    ['\\d users', 'reads'],
    ['SELECT 1 \\g', 'reads'],
    ['SELECT 1 \\gx (format=csv)', 'reads'],
    ['SELECT 1 \\g out.txt', 'writes'],
    ['SELECT 1 \\g | sh', 'writes'],
    ['\\password app', 'writes'],
    ['\\echo `rm x`', 'writes'],
    ['SELECT `a` FROM `t`', 'reads'],
    ['-- nothing', 'none'],
    ['', 'none'],
    ['SHOW REPLICA STATUS\\G\nSTART REPLICA;', 'writes'],
    ['SHOW SLAVE STATUS\\G', 'reads'],
    ['RESET BINARY LOGS AND GTIDS', 'destroys'],
    ['RESET ROLE', 'reads'],
    ['START TRANSACTION; SELECT 1; COMMIT', 'reads'],
  ])('%s', (text, effect) => {
    expect(judgeSql(text).effect).toBe(effect);
  });

  test('on a read-only connection only what the server lets through counts', () => {
    expect(judgeSql('DELETE FROM t', true)).toEqual({
      effect: 'reads',
      target: '',
      why: 'the connection is read-only',
      sure: false,
    });
    expect(judgeSql('SELECT pg_terminate_backend(7)', true).effect).toBe('destroys');
    expect(judgeSql('SELECT pg_reload_conf()', true).effect).toBe('writes');
  });

  test('says why it destroys', () => {
    expect(judgeSql('drop   table t').why).toBe('`DROP TABLE` takes something away');
  });

  test('hostile text takes no long time', () => {
    for (const text of [
      "'".repeat(50_000),
      '/*'.repeat(50_000),
      '$a$'.repeat(50_000),
      'update '.repeat(20_000),
    ]) {
      judgeSql(text);
    }
  });
});
