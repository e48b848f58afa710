/**
 * Measures what a team's record costs and how it starts requests, on a PostgreSQL of its own: `npm run bench:team`. What it
 * says depends on the machine; that every request is started once does not.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createHandrail } from '../src/handrail.ts';
import { newRunId } from '../src/host/run-id.ts';
import { documentHash, documentText, underOwnId } from '../src/team/documents.ts';
import { initTeam } from '../src/team/init.ts';
import { addLogin } from '../src/team/logins.ts';
import { fileAnswer, fileRequest } from '../src/team/requests/file-request.ts';
import { sign } from '../src/team/signed.ts';
import { cleanEnv } from '../test/support/handrail.ts';
import { type OpsTeam, opsTeam } from '../test/support/ops-team.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { sayHelp } from './say-help.ts';

const BIN = join(import.meta.dirname, '../dist/handrail.js');
sayHelp(import.meta.filename);

const REQUESTS = Number(process.argv[2] ?? 200);
const WORKERS = Number(process.argv[3] ?? 6);
const ROUNDS = 7;

const server = await startPostgres();
await initTeam(server.url);
const { url: host } = await addLogin(server.url, 'host', 'web1');
const ops = opsTeam(server.url);
const at = (...names: readonly string[]): string => join(ops.folder, ...names);
const say = (line: string): unknown => process.stdout.write(`${line}\n`);
const client = new pg.Client({ connectionString: server.url });
await client.connect();
try {
  await mirrorCost();
  await starts(ops);
} finally {
  ops.close();
  await client.end();
  await server.stop();
}
process.exit(0);

/** Processor time of a run of 100 steps, with the mirror's own process and without a record, turn by turn. */
async function mirrorCost(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-bench-'));
  mkdirSync(join(folder, '.handrail'));
  const steps = Array.from({ length: 100 }, (_, n) => `\`\`\`bash\necho ${n}\n\`\`\`\n`);
  writeFileSync(join(folder, 'long.md'), `# Long\n\n${steps.join('\n')}`);
  const took = { without: [] as number[], with: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const how of ['without', 'with'] as const) {
      const env = cleanEnv(folder, how === 'with' ? { HANDRAIL_TEAM: host } : {});
      const words = [BIN, 'run', 'long.md', '--all', '--unattended', '--quiet'];
      const startMs = performance.now();
      const { status } = spawnSync(process.execPath, words, { cwd: folder, env });
      if (status !== 0) throw new Error(`run: ${status}`);
      // The first one warms the disk's and the page's caches.
      if (round > 0) took[how].push(performance.now() - startMs);
      await sleep(500);
    }
  const [least, mirrored] = [Math.min(...took.without), Math.min(...took.with)];
  const more = ((mirrored / least - 1) * 100).toFixed(1);
  say(`a run of 100 steps: ${least.toFixed(0)} ms, mirrored ${mirrored.toFixed(0)} ms (${more} %)`);
}

/** Requests before the workers of one host: how many are started how often, and how soon after somebody approved them. */
async function starts({ folder }: OpsTeam): Promise<void> {
  const runbook = at('ops.md');
  const handrail = createHandrail({
    env: process.env,
    cwd: folder,
    state: at('.handrail'),
    version: 'bench',
  });
  const { source, runbook: page } = await handrail.read(runbook);
  const plan = await handrail.plan(page, { procedures: ['count'] });
  const ask = async (untilSeen: (id: string) => Promise<void>): Promise<void> => {
    const now = Date.now();
    const document = underOwnId({
      kind: 'request',
      version: 1,
      id: newRunId(now),
      host: 'web1',
      runbook,
      sha256: source.sha256,
      linked: [],
      procedure: 'count',
      plan: plan.hash,
      inputs: {},
      on: [],
      who: 'ada',
      reason: '',
      ticket: '',
      at: new Date(now).toISOString(),
      expires: new Date(now + 3_600_000).toISOString(),
    });
    const text = documentText(document);
    await fileRequest(server.url, document, await sign('request', text, at('ada')), {});
    await untilSeen(document.id);
    const yes = documentText({
      kind: 'approval',
      version: 1,
      subject: document.id,
      sha256: documentHash(text),
      step: '',
      who: 'bo',
      at: new Date().toISOString(),
    });
    const signed = await sign('approval', yes, at('bo'));
    await fileAnswer(server.url, 'approval', document.id, 'bo', signed);
  };
  const begin = (name: string): void => {
    mkdirSync(at(name));
    const words = ['worker', '--host', 'web1', '--policy', at('policy.yaml')];
    const env = cleanEnv(folder, { HANDRAIL_TEAM: host, HANDRAIL_HOME: at(name) });
    const worker = spawn(process.execPath, [BIN, ...words], { cwd: folder, env, stdio: 'ignore' });
    process.on('exit', () => worker.kill('SIGKILL'));
  };
  const count = (): number => readFileSync(at('count'), 'utf8').split('\n').length - 1;
  writeFileSync(at('count'), '');
  begin('w0');
  await sleep(3000);
  const soon = 20;
  // A person approves what lies before the host: it has said that it waits, and is at nothing else.
  const isSeen = async (id: string): Promise<void> => {
    while ((await rowsOf('SELECT FROM handrail.word WHERE request = $1', id)).length === 0)
      await sleep(20);
    await sleep(500);
  };
  for (let n = 1; n <= soon; n += 1) {
    await ask(isSeen);
    while (count() < n) await sleep(20);
  }
  say(`${soon} requests that lie before a worker: ${await dispatch(0)}`);
  for (let n = soon + 1; n <= 2 * soon; n += 1) {
    await ask(async () => undefined);
    while (count() < n) await sleep(20);
  }
  say(`${soon} asked, approved and ended one right after the other: ${await dispatch(soon)}`);
  for (let n = 1; n < WORKERS; n += 1) begin(`w${n}`);
  for (let n = 0; n < REQUESTS; n += 1) await ask(async () => undefined);
  while (count() < 2 * soon + REQUESTS) await sleep(100);
  await sleep(2000);
  const claims = (await rowsOf('SELECT FROM handrail.claim')).length;
  say(
    `${REQUESTS} requests, ${WORKERS} workers: ${count() - 2 * soon} starts, ${claims - 2 * soon} claims`,
  );
}

/**
 * From the approval's row, whose transaction commits right after it, to the claim's, by the clock of the database: how long
 * whoever approves took to start is not in it. Of all but the `first` ones.
 */
async function dispatch(first: number): Promise<string> {
  const rows = await rowsOf(
    `SELECT extract(epoch FROM c.at - a.at) * 1000 AS ms
       FROM handrail.claim c JOIN handrail.answer a ON a.subject = c.request ORDER BY a.n OFFSET $1`,
    first,
  );
  const ms = rows.map((row) => Number(row['ms'])).toSorted((one, other) => one - other);
  const share = (part: number): string => (ms[Math.floor(ms.length * part)] ?? 0).toFixed(0);
  return `from the approval to the claim p50 ${share(0.5)} ms, p90 ${share(0.9)} ms`;
}

async function rowsOf(
  text: string,
  ...values: readonly (string | number)[]
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { rows } = await client.query(text, [...values]);
  return rows;
}
