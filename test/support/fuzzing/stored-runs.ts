import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const bin = join(import.meta.dirname, '../../../dist/handrail.js');

/** Real runs of the real command line, kept in one state folder. */
export interface StoredRuns {
  readonly folder: string;
  readonly state: string;
}

const PAGES: Readonly<Record<string, string>> = {
  'passes.md':
    '# Passes\n\n```bash name=one\necho out; echo err >&2\n```\n\n```bash name=two\nx=1; seq 1 300\n```\n\n```bash name=three\necho "x is $x"\n```\n',
  'fails.md':
    '# Fails\n\n```bash name=one\necho first\n```\n\n```bash name=two\necho no; exit 3\n```\n',
  'resumed.md':
    '# Resumed\n\n```bash name=one\nexport A=b; echo first\n```\n\n```bash name=two\necho second; test -e ready\n```\n',
  'killed.md':
    '---\ninputs:\n  target: { default: staging }\n---\n# Killed\n\n```bash name=one\necho before\n```\n\n```bash name=two effect=writes\necho half {{target}}; touch begun; while test -e hold; do sleep .1; done\n```\n',
  'lost.md':
    '# Lost and gone on with\n\n```bash name=one\necho before\n```\n\n```bash name=two effect=writes\necho half; touch lost; while test -e hold; do sleep .1; done\n```\n',
  'waits.md': '# Waits\n\n```bash name=one\necho before\n```\n\n- [ ] Somebody looks\n',
  'agreed.md':
    '---\ninputs:\n  target: { default: staging }\n---\n# Agreed\n\n```bash name=drop confirm=true\necho dropped {{target}}\n```\n',
  'retried.md':
    '# Retried\n\n```bash name=one retries=2 delay=10ms\necho try; test -e third || { touch $(test -e second && echo third || echo second); false; }\n```\n\n```bash name=two unattended=skip\ntrue\n```\n',
  'legs.md':
    '# Legs\n\n```bash name=one\nA=1; echo first\n```\n\n```bash name=two\necho "leg $A"; test -e leg-2\n```\n\n```bash name=three\nB=2; test -e leg-3 && echo $A$B\n```\n',
  'query.md':
    '---\ndatabase: $DATABASE_URL\n---\n# Query\n\n```sql name=rows\nSELECT n, n * n AS square FROM generate_series(1, 40) AS n;\n```\n',
};

/**
 * Makes one run of each kind: passed, failed, resumed, killed, killed and gone on with, waiting, agreed to; with a
 * database also one with a query's result.
 */
export async function makeStoredRuns(database: string | null): Promise<StoredRuns> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-stored-'));
  const state = join(folder, '.handrail');
  mkdirSync(state);
  for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(folder, name), text);
  const call = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        USER: 'asmith',
        HANDRAIL_HOME: state,
        ...(database === null ? {} : { DATABASE_URL: database }),
      },
      stdio: 'ignore',
    });
  const ends = async (expected: number, ...args: readonly string[]): Promise<void> => {
    const code = await exitOf(call(...args));
    if (code !== expected) throw new Error(`${args.join(' ')} ended with ${code}, not ${expected}`);
  };
  const run = (page: string): readonly string[] => ['run', page, '--all', '--unattended'];
  const killedAt = async (page: string, mark: string): Promise<void> => {
    writeFileSync(join(folder, 'hold'), '');
    const child = call(...run(page));
    while (!existsSync(join(folder, mark))) await sleep(10);
    // What the step has printed is in the log a moment later.
    await sleep(300);
    child.kill('SIGKILL');
    await exitOf(child);
    rmSync(join(folder, 'hold'));
  };
  await ends(0, ...run('passes.md'));
  await ends(1, ...run('fails.md'));
  await ends(1, ...run('resumed.md'));
  writeFileSync(join(folder, 'ready'), '');
  await ends(0, 'resume', '--unattended');
  await killedAt('lost.md', 'lost');
  // The lock is held until nothing of the lost engine works any more.
  while ((await exitOf(call('resume', '--unattended', '--not-done', 'last'))) === LOCK_HELD)
    await sleep(100);
  await ends(0, ...run('retried.md'));
  await ends(1, ...run('legs.md'));
  writeFileSync(join(folder, 'leg-2'), '');
  await ends(1, 'resume', '--unattended');
  writeFileSync(join(folder, 'leg-3'), '');
  await ends(0, 'resume', '--unattended');
  await ends(5, ...run('waits.md'));
  await ends(0, ...run('agreed.md'), '--approve', 'drop', '--input', 'target=production');
  if (database !== null) await ends(0, ...run('query.md'));
  await killedAt('killed.md', 'begun');
  await ends(0, ...run('passes.md'));
  return { folder, state };
}

const LOCK_HELD = 75;

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
