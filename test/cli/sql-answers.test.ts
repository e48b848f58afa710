import { afterAll, beforeAll, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const page = (shown: string): string => `---
connections: { default: { url: $DATABASE_URL } }
---
# Stock

\`\`\`sql
CREATE TABLE IF NOT EXISTS stock (id int, name text);
INSERT INTO stock VALUES (6, 'a'), (7, 'b');
\`\`\`

\`\`\`sql name=clean
SELECT id, name FROM stock ORDER BY id;
 id | name
----+------
  6 | a
  7 | b
(2 rows)

DELETE FROM stock WHERE id = 7;
${shown}
DROP TABLE stock;
\`\`\`
`;

test.each([
  ['DELETE 1', 0],
  ['DELETE 2', 1],
])('`%s` below a statement is compared with what the database says', async (shown, exitCode) => {
  const end = await handrail({
    runbook: page(shown),
    args: ['run', 'runbook.md', '--unattended', '--approve', 'clean'],
    env: { DATABASE_URL: server.url },
  });
  expect(end.exitCode, end.stdout + end.stderr).toBe(exitCode);
});
