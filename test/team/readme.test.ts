import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanEnv } from '../support/handrail.ts';
import { type OpsTeam, opsTeam } from '../support/ops-team.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { type SshHosts, sshHosts } from '../support/ssh-hosts.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
let server: TestPostgres;
let hosts: SshHosts;
let ops: OpsTeam;
beforeAll(async () => {
  server = await startPostgres();
  hosts = await sshHosts('db1', 'db2', 'db3');
  ops = opsTeam(null);
});
afterAll(async () => {
  ops.close();
  await hosts.close();
  await server.stop();
});

/** The lines of the section about a team, block by block. */
function blocks(): readonly (readonly string[])[] {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## A team, many hosts'));
  const end = section.indexOf('\n## ', 3);
  return [...section.slice(0, end).matchAll(/```text\n([\s\S]*?)```/g)].map(([, text]) =>
    (text ?? '').trim().split('\n'),
  );
}

/** Runs a line as somebody would who typed it; what it printed. */
function typed(line: string, more: Readonly<Record<string, string>>): Promise<string> {
  const bin = path.join(ops.folder, 'bin');
  const env = { ...cleanEnv(ops.folder), ...more, PATH: `${bin}:${process.env['PATH']}` };
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', line], { cwd: ops.folder, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(said))));
  });
}

async function newestRequest(): Promise<string> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query('SELECT id FROM handrail.request ORDER BY at DESC LIMIT 1');
  await client.end();
  return rows[0]?.id;
}

test("the README's two people and one host, then three hosts by one approval, work as they stand", async () => {
  mkdirSync(path.join(ops.folder, 'bin'));
  const own = path.join(ops.folder, 'bin', 'handrail');
  writeFileSync(own, `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/handrail.js" "$@"\n`);
  chmodSync(own, 0o755);
  writeFileSync(
    path.join(ops.folder, 'ops.md'),
    '# Ops\n\n## Restart\n\n```bash\necho x >> restarted\n```\n',
  );
  const [first = [], three = []] = blocks();
  expect([first.length, three.length]).toEqual([6, 2]);
  const env: Record<string, string> = { ADMIN_URL: server.url };
  let worker: ReturnType<OpsTeam['worker']> | undefined;
  for (const line of [...first, ...three]) {
    if (/^handrail worker /.test(line)) {
      const path_ = `${hosts.bin}:${process.env['PATH']}`;
      worker = ops.worker({ HANDRAIL_TEAM: env['HOST_URL'] ?? '', PATH: path_ });
      await worker.says(`run ${env['REQUEST']}: passed`);
      continue;
    }
    const said = await typed(line, env);
    if (line.includes('host add')) env['HOST_URL'] = JSON.parse(said).url;
    if (line.includes('handrail request')) env['REQUEST'] = await newestRequest();
    if (line.includes('handrail queue')) expect(said).toContain(env['REQUEST']);
  }
  await worker?.says(`run ${env['REQUEST']}: passed`);
  for (const name of ['db1', 'db2', 'db3']) expect(hosts.read(name, 'restarted')).toBe('x\n');
  expect(ops.read('restarted')).toBe('x\n');
});
