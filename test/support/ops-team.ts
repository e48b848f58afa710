import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { cleanEnv, type HandrailResult, handrail } from './handrail.ts';
import { workingIn } from './processes.ts';
import { type FreshTeam, startTeam, type TestTeam } from './team.ts';

const bin = path.join(path.dirname(path.dirname(import.meta.dirname)), 'dist/handrail.js');

/** People with SSH keys, and a host that knows some of them. */
export interface OpsTeam {
  readonly folder: string;
  /** Calls handrail as a person, or as nobody in particular. */
  as(who: string | null, ...args: readonly string[]): Promise<HandrailResult>;
  /** Starts a worker of the host; its lines come as they are written. */
  worker(env?: Readonly<Record<string, string>>, ...more: readonly string[]): Worker;
  read(file: string): string;
  close(): void;
}

/** A worker process. */
export interface Worker {
  readonly process: ChildProcess;
  log(): string;
  /** Resolves when its log holds a text. */
  says(text: string | RegExp): Promise<void>;
  ended: Promise<number | null>;
}

/** Gives each test of a file people, a host and a database of its own; the server is started once. */
export function forEachTest(
  given: (fresh: { readonly team: FreshTeam; readonly ops: OpsTeam }) => void,
): void {
  let server: TestTeam;
  let ops: OpsTeam;
  beforeAll(async () => {
    server = await startTeam();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const team = await server.fresh();
    ops = opsTeam(team.admin);
    given({ team, ops });
  });
  afterEach(() => ops.close());
}

const RUNBOOK = `# Ops

## Count

\`\`\`bash
echo x >> count
\`\`\`

## Slow

\`\`\`bash
echo x >> slow; until test -e go; do sleep 0.05; done; echo y >> slow
\`\`\`

## Drop

\`\`\`bash
rm -rf data; echo x >> dropped
\`\`\`
`;

/** A folder with a runbook, keys of ada, bo and eve, and a policy that knows ada and bo. */
export function opsTeam(url: string | null, { policy = '' } = {}): OpsTeam {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-ops-'));
  const at = (file: string): string => path.join(folder, file);
  mkdirSync(at('.handrail'));
  mkdirSync(at('inbox'));
  writeFileSync(at('ops.md'), RUNBOOK);
  for (const who of ['ada', 'bo', 'eve'])
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', who, '-f', at(who)]);
  const known = ['ada', 'bo'].map(
    (who) => `${who} ${readFileSync(at(`${who}.pub`), 'utf8').trim()}\n`,
  );
  writeFileSync(at('allowed_signers'), known.join(''), { mode: 0o600 });
  const rule = `  - runbooks: ["${folder}/**"]\n    procedures: ["*"]\n    approvals: 1\n`;
  writeFileSync(at('policy.yaml'), `allowed_signers: allowed_signers\n${policy}rules:\n${rule}`, {
    mode: 0o600,
  });
  const children: ChildProcess[] = [];
  const team = url === null ? {} : { HANDRAIL_TEAM: url };
  return {
    folder,
    as(who, ...args) {
      const identity = who === null ? {} : { HANDRAIL_KEY: at(who), HANDRAIL_AS: who };
      return handrail({ folder, args, env: { ...team, ...identity } });
    },
    worker(env = {}, ...more) {
      const from =
        url === null && env['HANDRAIL_TEAM'] === undefined ? ['--from', at('inbox')] : [];
      const words = ['worker', '--host', 'web1', '--policy', at('policy.yaml'), ...from, ...more];
      const child = spawn(process.execPath, [bin, ...words], {
        cwd: folder,
        env: cleanEnv(folder, { ...team, ...env }),
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true,
      });
      children.push(child);
      return workerOf(child);
    },
    read: (file) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8') : ''),
    close() {
      for (const { pid } of children) {
        try {
          if (pid !== undefined) process.kill(-pid, 'SIGKILL');
        } catch {
          // It has ended.
        }
      }
      // What a lost worker's steps wait for never comes by then: they would wait for ever.
      for (const pid of workingIn(folder)) process.kill(pid, 'SIGKILL');
    },
  };
}

function workerOf(child: ChildProcess): Worker {
  let text = '';
  const waiting = new Set<() => void>();
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    for (const look of waiting) look();
  });
  return {
    process: child,
    log: () => text,
    says(wanted) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof wanted === 'string' ? !text.includes(wanted) : !wanted.test(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        child.once('exit', () =>
          setTimeout(() => reject(new Error(`the worker ended: ${text}`)), 50),
        );
        look();
      });
    },
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}
