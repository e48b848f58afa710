import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { initTeam } from '../../../src/team/init.ts';
import { addLogin } from '../../../src/team/logins.ts';
import { cleanEnv } from '../handrail.ts';
import { type OpsTeam, opsTeam, type Worker } from '../ops-team.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { type SwallowingProxy, swallowingProxy } from '../swallowing-proxy.ts';
import type { TeamPoint } from './points.ts';

const BIN = path.join(import.meta.dirname, '../../../dist/handrail.js');
const KILLED = 137;
/** A run that is not over by then hangs. */
const LONGEST_MS = 180_000;

/** A host with a worker whose way to the team's record can be struck anywhere; what its steps did stands in files. */
export interface FaultPlace {
  readonly server: TestPostgres;
  readonly proxy: SwallowingProxy;
  readonly ops: OpsTeam;
  /** The record as its owner reaches it, past the proxy; as persons and the host do, through it. */
  readonly urls: { readonly admin: string; readonly person: string; readonly host: string };
  worker(): Worker;
  /** Asks for a run; its id. */
  ask(): Promise<string>;
  /** Signs it; the exit code. */
  approve(id: string): Promise<number>;
  /** The same as a process that can be struck. */
  approving(id: string): Call;
  /** Resolves when the server has stored what a point waits before, whoever heard of it. */
  stored(point: TeamPoint, id: string): Promise<void>;
  /** Rows that say that something was sent in two versions. */
  conflicts(): Promise<number>;
  /** How the host's own log of a run ends: `none`, `open`, or the outcome and exit code. */
  standing(id: string): string;
  /** Waits until the run is over, and answers for a step of unknown outcome by what is in the files. */
  settled(id: string): Promise<Settled>;
  /** How often each of the three steps began. */
  begun(id: string): readonly number[];
  /** How often each of them came to its end. */
  finished(id: string): readonly number[];
  /** Sends what the record does not have yet. */
  sync(): Promise<void>;
  claims(): Promise<number>;
  /** Waits until the record holds the host's log byte for byte; what it holds else. */
  mirrored(id: string): Promise<'the same' | string>;
  verify(id: string): Promise<number>;
  close(): Promise<void>;
}

/** A call of the command line. */
export interface Call {
  readonly process: ChildProcess;
  /** Its exit code, 137 when it was killed. */
  readonly ended: Promise<number>;
}

/** How a run came to its end. */
export interface Settled {
  readonly outcome: string;
  /** So many times somebody was asked what became of a step. */
  readonly asked: number;
}

const STEP = (n: number): string =>
  `\`\`\`bash name=s${n}\necho b >> "marks/$HANDRAIL_RUN_ID.${n}"; sleep 0.1; echo e >> "marks/$HANDRAIL_RUN_ID.${n}.end"\n\`\`\`\n`;
const RUNBOOK = `# Ops\n\n## Three\n\n${[1, 2, 3].map(STEP).join('\n')}`;

/** Makes such a place, with a PostgreSQL of its own. */
export async function faultPlace(): Promise<FaultPlace> {
  const server = await startPostgres();
  const proxy = await swallowingProxy(server.port);
  await initTeam(server.url);
  const { url } = await addLogin(server.url, 'host', 'web1');
  const through = (to: string): string => {
    const other = new URL(to);
    other.port = String(proxy.port);
    return other.toString();
  };
  const urls = { admin: server.url, person: through(server.url), host: through(url) };
  const ops = opsTeam(urls.person);
  const at = (...names: readonly string[]): string => path.join(ops.folder, ...names);
  mkdirSync(at('marks'));
  writeFileSync(at('ops.md'), RUNBOOK);
  const lines = (file: string): number => ops.read(file).split('\n').filter(Boolean).length;
  const log = (id: string): string => ops.read(`.handrail/runs/${id}/log.jsonl`);
  const query = async (text: string, values: readonly unknown[]) => {
    const client = new pg.Client({ connectionString: urls.admin });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  /** Calls the command line; scripts do it too, where no test runner is. */
  const call = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Call => {
    const env = cleanEnv(ops.folder, more);
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: ops.folder,
      env,
      stdio: 'ignore',
    });
    const ended = new Promise<number>((resolve) =>
      child.once('exit', (code) => resolve(code ?? KILLED)),
    );
    return { process: child, ended };
  };
  const as = (who: string, record: string, ...args: readonly string[]): Call =>
    call(args, { HANDRAIL_KEY: at(who), HANDRAIL_AS: who, HANDRAIL_TEAM: record });

  const isGivenUp = async (id: string): Promise<boolean> =>
    (await query("SELECT FROM handrail.word WHERE request = $1 AND state = 'failed'", [id]))
      .length > 0;

  const place: FaultPlace = {
    server,
    proxy,
    ops,
    urls,
    worker: () => ops.worker({ HANDRAIL_TEAM: urls.host }),
    async ask() {
      await as('ada', urls.admin, 'request', 'ops.md#three', '--host', 'web1').ended;
      const rows = await query('SELECT id FROM handrail.request ORDER BY at DESC LIMIT 1', []);
      return String(rows[0]?.id);
    },
    approve: (id) => as('bo', urls.person, 'approve', id, '--yes').ended,
    approving: (id) => as('bo', urls.person, 'approve', id, '--yes'),
    async stored(point, id) {
      const { table, row } = STORED[point];
      for (;;) {
        const rows = await query(`SELECT FROM handrail.${table} WHERE ${row}`, [id]);
        if (rows.length > 0) return;
        await sleep(50);
      }
    },
    conflicts: async () => (await query('SELECT FROM handrail.conflict', [])).length,
    standing(id) {
      const text = log(id);
      if (text === '') return 'none';
      const last = text.trimEnd().split('\n').slice(-2);
      if (!last.at(-1)?.includes('"type":"run.sealed"')) return 'open';
      const end = JSON.parse(last[0] ?? '{}');
      return `${end.outcome} ${end.exitCode}`;
    },
    async settled(id) {
      const untilMs = Date.now() + LONGEST_MS;
      for (let asked = 0; ; ) {
        if (Date.now() > untilMs)
          throw new Error(`run ${id} does not come to its end: ${place.standing(id)}`);
        const standing = place.standing(id);
        if (standing === 'none' && (await isGivenUp(id))) return { outcome: 'never begun', asked };
        const [outcome = '', code] = standing.split(' ');
        if (code === '4') {
          asked += 1;
          const open = /step `(s\d)` is unknown/.exec(log(id).trimEnd().split('\n').at(-2) ?? '');
          const mark = `marks/${id}.${open?.[1]?.slice(1)}`;
          // What a lost engine left goes on to its end.
          for (let looks = 0; looks < 40 && lines(mark) > lines(`${mark}.end`); looks += 1)
            await sleep(50);
          const isDone = lines(`${mark}.end`) > 0;
          const word = isDone ? '--done' : '--not-done';
          await call(['resume', id, '--unattended', word, 'last']).ended;
        } else if (code !== undefined && outcome !== 'waiting') return { outcome, asked };
        await sleep(50);
      }
    },
    begun: (id) => [1, 2, 3].map((n) => lines(`marks/${id}.${n}`)),
    finished: (id) => [1, 2, 3].map((n) => lines(`marks/${id}.${n}.end`)),
    async sync() {
      await call(['team', 'sync'], { HANDRAIL_TEAM: url }).ended;
    },
    claims: async () => (await query('SELECT FROM handrail.claim', [])).length,
    async mirrored(id) {
      const sql = 'SELECT line FROM handrail.event WHERE run = $1 ORDER BY seq';
      const rows = await query(sql, [id]);
      const stored = rows.map(({ line }) => `${line}\n`).join('');
      if (stored === log(id)) return 'the same';
      return `${rows.length} lines of ${lines(`.handrail/runs/${id}/log.jsonl`)}`;
    },
    verify: (id) => call(['verify', id]).ended,
    async close() {
      ops.close();
      await proxy.close();
      await server.stop();
    },
  };
  return place;
}

const STORED: Readonly<Record<TeamPoint, { readonly table: string; readonly row: string }>> = {
  approval: { table: 'answer', row: 'subject = $1' },
  claim: { table: 'claim', row: 'request = $1' },
  'first append': { table: 'event', row: 'run = $1 AND seq = 0' },
  'mid batch': { table: 'event', row: "run = $1 AND type = 'step.finished'" },
  seal: { table: 'event', row: "run = $1 AND type = 'run.sealed'" },
};
