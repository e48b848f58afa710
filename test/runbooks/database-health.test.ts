import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HandrailResult, handrail } from '../support/handrail.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const runbook = path.resolve(import.meta.dirname, '../../runbooks/database-health.md');
let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

function look(url: string, ...inputs: readonly string[]): Promise<HandrailResult> {
  const given = inputs.flatMap((input) => ['--input', input]);
  return handrail({
    args: ['run', runbook, '--unattended', ...given],
    env: { DATABASE_URL: url },
  });
}

async function query(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('the runbook for the health of PostgreSQL', () => {
  test('finds a fresh server well, with every step passed', async () => {
    const { exitCode, events, stdout } = await look(server.url);
    const ended = events.filter((event) => event.type === 'step.finished');
    expect(ended.map(({ stepId, outcome }) => `${stepId} ${outcome}`)).toEqual(
      ended.map(({ stepId }) => `${stepId} passed`),
    );
    expect(ended.length).toBe(18);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).not.toContain('hunter2secret');
  });

  test('serves a role without any rights', async () => {
    await query("CREATE ROLE visitor LOGIN PASSWORD 'please'");
    const url = server.url.replace('postgres:hunter2secret', 'visitor:please');
    const { exitCode, stdout } = await look(url);
    expect(exitCode, stdout).toBe(0);
  });

  test('names an index whose creation failed, and fails', async () => {
    await query(
      'CREATE TABLE twice (n int)',
      'INSERT INTO twice VALUES (1), (1)',
      'CREATE UNIQUE INDEX CONCURRENTLY once ON twice (n)',
    ).catch(() => {});
    const { exitCode, stdout } = await look(server.url);
    await query('DROP TABLE twice');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('once');
    expect(stdout).toMatch(/invalid indexes +\| +1\.0 \| +0 \| problem/);
  });

  test('takes other limits as inputs', async () => {
    const { exitCode, stdout } = await look(server.url, 'max_connection_percent=0');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      '`$[0].status` of "connections in use (%)": expected "ok", got "problem"',
    );
  });

  test('says at once when the server cannot be reached', async () => {
    const { exitCode } = await look('postgres://nobody@127.0.0.1:1/none');
    expect(exitCode).toBe(69);
  });
});
