import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cleanEnv, handrail } from '../support/handrail.ts';
import { type OpsTeam, opsTeam } from '../support/ops-team.ts';
import { swallowingProxy } from '../support/swallowing-proxy.ts';
import { type FreshTeam, startTeam, type TestTeam } from '../support/team.ts';

const BIN = path.join(import.meta.dirname, '../../dist/handrail.js');
let server: TestTeam;
let team: FreshTeam;
let ops: OpsTeam;
const children: ReturnType<typeof spawn>[] = [];
beforeAll(async () => {
  server = await startTeam();
});
afterAll(() => server.stop());
beforeEach(async () => {
  team = await server.fresh();
  ops = opsTeam(team.admin);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  ops.close();
});

/** Calls the command line and goes on reading what it prints. */
function watching(...args: readonly string[]): () => string {
  return watchingOver(team.admin, ...args);
}

function watchingOver(url: string, ...args: readonly string[]): () => string {
  const env = cleanEnv(ops.folder, { HANDRAIL_TEAM: url });
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ops.folder, env });
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  return () => said;
}

async function slowRun(): Promise<string> {
  const worker = ops.worker({ HANDRAIL_TEAM: team.host });
  await ops.as('ada', 'request', 'ops.md#slow', '--host', 'web1');
  const [row] = await team.sql(team.admin, 'SELECT id FROM handrail.request');
  const id = String(row?.['id']);
  await ops.as('bo', 'approve', id, '--yes');
  await worker.says(`run ${id}: step`);
  return id;
}

describe('from anywhere', () => {
  test('the output of a run is there while its step is at work', async () => {
    writeFileSync(
      path.join(ops.folder, 'ops.md'),
      '# Ops\n\n## Slow\n\n```bash\nfor i in 1 2 3; do echo "line $i"; until test -e go$i; do sleep 0.05; done; done\n```\n',
    );
    const id = await slowRun();
    const said = watching('log', id, '--follow', '--team');
    for (const n of [1, 2, 3]) {
      // The step does not go on before its line was seen elsewhere: it came while the step was at work.
      await expect.poll(said).toContain(`line ${n}`);
      writeFileSync(path.join(ops.folder, `go${n}`), '');
    }
    await expect.poll(said).toContain('Run passed');
  });

  test('the queue is told anew whenever something happens in it', async () => {
    const said = watching('queue', '--watch');
    await expect.poll(said).toContain('Nobody asked for anything');
    const id = await slowRun();
    await expect.poll(said).toMatch(new RegExp(`${id} +running`));
    writeFileSync(path.join(ops.folder, 'go'), '');
    await expect.poll(said).toMatch(new RegExp(`${id} +passed`));
  });
});

describe.each(['swallows everything', 'is cut'])('a line to the record that %s', (what) => {
  test('is said by who watches, and made anew', async () => {
    const proxy = await swallowingProxy(server.server.port);
    const url = new URL(team.admin);
    url.port = String(proxy.port);
    try {
      const id = await slowRun();
      const queue = watchingOver(String(url), 'queue', '--watch');
      const log = watchingOver(String(url), 'log', id, '--follow', '--team');
      await expect.poll(queue).toMatch(new RegExp(`${id} +running`));
      await expect.poll(log).toContain('Ops');
      if (what === 'is cut') await proxy.close();
      else proxy.swallow();
      for (const said of [queue, log])
        await expect.poll(said).toMatch(/team's record .*Tried again until it is there/);
      writeFileSync(path.join(ops.folder, 'go'), '');
      if (what === 'is cut') await proxy.reopen();
      else proxy.pass();
      await expect.poll(queue).toMatch(new RegExp(`is there again[\\s\\S]*${id} +passed`));
      await expect.poll(log).toMatch(/is there again[\s\S]*Run passed/);
    } finally {
      await proxy.close();
    }
  });
});

describe('doctor', () => {
  const doctor = async (env: Record<string, string>): Promise<string> =>
    (await handrail({ folder: ops.folder, args: ['doctor'], env })).stdout;

  test('says what a login of a host may, and that a line goes in clear', async () => {
    const said = await doctor({ HANDRAIL_TEAM: team.host });
    expect(said).toMatch(/its login\s+good: handrail_host_web1, host web1/);
    expect(said).toMatch(/its line\s+doubtful: no TLS/);
    expect(said).toMatch(/its clock\s+good: /);
  });

  test.each([
    ['no YAML', 'rules: [', /policy\s+bad: .*not valid YAML/],
    [
      'an unknown word',
      'allowed_signers: allowed_signers\nrule: []\n',
      /policy\s+bad: .*cannot be used/,
    ],
    [
      'no file of allowed signers',
      'allowed_signers: gone\nrules: []\n',
      /policy\s+bad: .*cannot be read/,
    ],
  ])('names a policy with %s', async (_, text, said) => {
    const file = path.join(ops.folder, 'policy.yaml');
    writeFileSync(file, text);
    expect(await doctor({ HANDRAIL_POLICY: file })).toMatch(said);
  });
});
