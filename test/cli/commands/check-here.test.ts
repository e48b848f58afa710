import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

let server: Server;
let base = '';
let asked = 0;

beforeAll(async () => {
  server = createServer((request, answer) => {
    asked += 1;
    answer.statusCode = request.url === '/gone' ? 410 : request.url === '/login' ? 401 : 200;
    answer.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('check --here', () => {
  test('names hosts that are unknown, links that are dead, and runbooks without an owner', async () => {
    const page = [
      '# Pool',
      '',
      `See [the dashboard](${base}/board), [the login](${base}/login) and <${base}/gone>.`,
      `Again: ${base}/gone. Not asked: https://ops.example.com/x and ${base}/{{name}}.`,
      '',
      '```bash',
      'ssh -p 22 ada@db1.no-such-zone.invalid uptime',
      `curl ${base}/in-a-step; curl http://localhost/x http://db.example.com/y`,
      'psql postgres://ada:pw@db2.no-such-zone.invalid:5432/x -c "select 1"',
      '```',
      '',
      '```bash host=ada@db3.no-such-zone.invalid',
      'no-such-program-anywhere',
      '```',
      '',
      '```bash',
      'no-such-program-anywhere',
      '```',
      '',
    ].join('\n');
    const { stdout, exitCode } = await handrail({
      runbook: page,
      args: ['check', '{file}', '--here', '--json', '--fail-on', 'warning'],
    });
    expect(exitCode).toBe(65);
    const found: { rule: string; line: number; message: string }[] =
      JSON.parse(stdout).files[0].diagnostics;
    const here = found.filter(({ rule }) => /^(?:host-unknown|link-dead|no-owner)$/.test(rule));
    expect(here.map(({ rule, line }) => [rule, line])).toEqual([
      ['no-owner', 1],
      ['link-dead', 3],
      ['host-unknown', 7],
      ['host-unknown', 9],
      ['host-unknown', 12],
    ]);
    // What of the others stands on a PATH is the machine's affair.
    const missing = found.filter(
      ({ rule, message }) =>
        rule === 'tool-missing' && message.includes('no-such-program-anywhere'),
    );
    expect(missing).toMatchObject([{ line: 17, severity: 'warning' }]);
    expect(here[1]?.message).toBe(`<${base}/gone> answers 410.`);
    expect(asked).toBe(3);
  });

  test('asks nothing unless it is said', async () => {
    const before = asked;
    const { stdout } = await handrail({
      runbook: `# A\n\nSee ${base}/gone.\n\n\`\`\`bash\nls\n\`\`\`\n`,
      args: ['check', '{file}', '--json'],
    });
    expect(stdout).not.toContain('link-dead');
    expect(asked).toBe(before);
  });
});
