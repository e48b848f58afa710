import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateFolder } from '../../src/cli/state-folder.ts';
import { handrail } from '../support/handrail.ts';
import { startPostgres } from '../support/postgres.ts';

const manual = `# Operations

## Restart (5 minutes)

Stop it:

\`\`\`bash name=stop timeout=5s
echo stopping {VERSION}
\`\`\`

| Check | Meaning |
|---|---|
| slow | full |

- [ ] Look at the dashboard

## Rollback

\`\`\`bash
rm -rf ./old
\`\`\`

\`\`\`yaml
not: run
\`\`\`
`;
const fine = '# Fine\n\nSay it:\n\n```bash name=say\nprintf "one\\ntwo"; echo oops >&2\n```\n';

describe('every command', () => {
  it('says of a working folder that was taken away that it is gone', async () => {
    const { folder } = await handrail({ args: ['--version'] });
    const gone = path.join(folder, 'gone');
    mkdirSync(gone);
    const script = 'cd "$1"; rmdir "$1"; shift; exec "$@"';
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', script, 'bash', gone, process.execPath, path.resolve('dist/handrail.js'), 'list'],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([
      64,
      'handrail: The folder that this was called in is not there any more. Change into another one.\n',
    ]);
  });
});

describe('show', () => {
  it('says for each step its line, type, effect and why, and what is never run', async () => {
    const { exitCode, stdout } = await handrail({ runbook: manual, args: ['show', '{file}'] });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('## Restart (5 minutes)  #restart-5-minutes  within <time>');
    expect(stdout).toContain('      7  shell');
    expect(stdout).toContain('     15  checklist asks     Look at the dashboard');
    expect(stdout).toContain('destroys');
    expect(stdout).toContain('     23  yaml');
    expect(stdout).toMatch(/ {2}VERSION {2}\{VERSION\} {2}found in the text, not bound, line 8/);
  });

  it('prints the documented shape for programs', async () => {
    const { stdout } = await handrail({ runbook: manual, args: ['show', '{file}', '--json'] });
    const shown = JSON.parse(stdout);
    expect(Object.keys(shown)).toEqual([
      'path',
      'title',
      'sha256',
      'kind',
      'procedures',
      'steps',
      'references',
      'inputs',
      'diagnostics',
    ]);
    expect(shown.steps[0]).toMatchObject({
      id: 'stop',
      type: 'shell',
      procedure: 'restart-5-minutes',
      line: 7,
      endLine: 9,
      language: 'bash',
      inputs: ['VERSION'],
      expectation: null,
    });
    expect(shown.procedures[1]).toMatchObject({ id: 'restart-5-minutes', budgetMs: 300_000 });
  });

  it('shows one procedure alone', async () => {
    const { stdout } = await handrail({
      runbook: manual,
      args: ['show', '{file}#rollback', '--json'],
    });
    const shown = JSON.parse(stdout);
    expect(shown.procedures.map(({ id }: { id: string }) => id)).toEqual(['rollback']);
    expect(shown.steps).toHaveLength(1);
    expect(shown.inputs).toEqual([]);
  });
});

describe('list', () => {
  it('lists runbooks, not documentation, with how they ran last', async () => {
    const { folder } = await handrail({
      runbook: fine,
      files: { 'README.md': '# Words\n\nOnly.\n' },
    });
    const { stdout } = await handrail({ folder, args: ['list'] });
    expect(stdout).toBe('runbook.md  Fine\n  runbook: 1 step (1 shell); last run passed <at>\n');
    const json = await handrail({ folder, args: ['list', '--json'] });
    expect(JSON.parse(json.stdout).runbooks).toMatchObject([
      { path: 'runbook.md', steps: { shell: 1 }, lastRun: { outcome: 'passed' } },
    ]);
  });
});

describe('check', () => {
  it('exits with 65 for an error, and for a warning when asked', async () => {
    const open = await handrail({ runbook: '# X\n\n```bash\ntrue\n', args: ['check', '{file}'] });
    expect(open.exitCode).toBe(65);
    expect(open.stdout).toContain('1 runbook checked: 1 error');
    const endless = { runbook: '# X\n\n```bash\ntail -f /etc/hostname\n```\n' };
    expect((await handrail({ ...endless, args: ['check', '{file}'] })).exitCode).toBe(0);
    const strict = ['check', '{file}', '--fail-on', 'warning'];
    expect((await handrail({ ...endless, args: strict })).exitCode).toBe(65);
    const cron = ['check', '{file}', '--unattended'];
    expect((await handrail({ ...endless, args: cron })).exitCode).toBe(65);
  });

  it('tells programs what it found, in their formats', async () => {
    const runbook = '# X\n\n```bash\ntrue\n';
    const json = await handrail({ runbook, args: ['check', '{folder}', '--json'] });
    expect(JSON.parse(json.stdout).files[0].diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'error' }),
    );
    const sarif = await handrail({ runbook, args: ['check', '{file}', '--format', 'sarif'] });
    expect(JSON.parse(sarif.stdout).version).toBe('2.1.0');
    const github = await handrail({ runbook, args: ['check', '{file}', '--format', 'github'] });
    expect(github.stdout).toMatch(/^::error file=/m);
  });
});

describe('runs and logs', () => {
  it('lists runs newest first, filtered', async () => {
    const { folder } = await handrail({ runbook: fine });
    await handrail({ folder, args: ['run', '{file}', '--unattended', '--step', 'nowhere'] });
    await handrail({
      folder,
      args: ['run', 'bad.md', '--unattended'],
      files: { 'bad.md': '# B\n\n```bash\nfalse\n```\n' },
    });
    const all = await handrail({ folder, args: ['runs'] });
    expect(all.stdout.split('\n').map((line) => line.split(/\s{2,}/).at(-1))).toEqual([
      'bad.md',
      '<folder>/runbook.md',
      '',
    ]);
    const failed = await handrail({ folder, args: ['runs', '--outcome', 'failed', '--json'] });
    expect(JSON.parse(failed.stdout).runs).toMatchObject([{ outcome: 'failed', exitCode: 1 }]);
    const one = await handrail({ folder, args: ['runs', '--runbook', 'bad', '--since', '1h'] });
    expect(one.stdout).toContain('bad.md');
    expect((await handrail({ folder, args: ['runs', '--since', 'soon'] })).exitCode).toBe(64);
  });

  it('prints a run as markdown, JSON, its lines, and one step as its very bytes', async () => {
    const { folder, runs } = await handrail({ runbook: fine });
    const run = runs[0] ?? '';
    const log = (...args: string[]) => handrail({ folder, args: ['log', 'last', ...args] });
    expect((await log()).stdout).toContain('# Fine');
    expect(JSON.parse((await log('--format', 'json')).stdout)).toMatchObject({ outcome: 'passed' });
    const lines = await log('--format', 'jsonl');
    expect(lines.stdout.split('\n')).toHaveLength(
      readFileSync(path.join(run, 'log.jsonl'), 'utf8').split('\n').length,
    );
    const output = (await log('--step', 'say')).stdout;
    expect(output).toContain('one\ntwo');
    expect(output).toContain('oops\n');
    expect(await log('--step', '#1')).toMatchObject({ stdout: output });
    const wrong = await log('--step', 'sya');
    expect(wrong).toMatchObject({ exitCode: 66, stdout: '' });
    expect(wrong.stderr).toContain('Did you mean `say`?');
  });

  it('follows a run that is over to its end', async () => {
    const { folder, stdout } = await handrail({ runbook: fine });
    const followed = await handrail({ folder, args: ['log', '--follow'] });
    expect(followed.stdout.split('\n').slice(4)).toEqual(
      stdout.split('\n').slice(4, -3).concat(''),
    );
  });

  it('follows a run while it goes on', async () => {
    const slow =
      '# Slow\n\n```bash\necho began\nfor i in 1 2 3; do sleep 0.2; echo $i; done\n```\n';
    const { folder } = await handrail({ args: ['--version'], runbook: slow });
    const running = handrail({ folder, args: ['run', '{file}', '--unattended'] });
    let followed = await handrail({ folder, args: ['log', '--follow'] });
    while (followed.exitCode === 66)
      followed = await handrail({ folder, args: ['log', '--follow'] });
    await running;
    expect(followed.stdout).toContain('  | began\n  | 1\n  | 2\n  | 3\n');
    expect(followed.stdout).toContain('Run passed');
  });
});

describe('verify', () => {
  it('says what can be trusted, and names a deleted run', async () => {
    const { folder, runs } = await handrail({ runbook: fine });
    const again = await handrail({ folder, args: ['run', '{file}', '--unattended'] });
    const [first = '', second = ''] = again.runs;
    expect(runs).toHaveLength(1);
    const sound = await handrail({ folder, args: ['verify'] });
    expect(sound.exitCode).toBe(0);
    expect(sound.stdout.match(/sound/g)).toHaveLength(2);
    appendFileSync(path.join(first, 'output/say-1.log'), 'forged');
    rmSync(second, { recursive: true });
    const json = await handrail({ folder, args: ['verify', '--json'] });
    expect(json.exitCode).toBe(24);
    const names = JSON.parse(json.stdout).verdicts.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['output', 'deleted']);
  });
});

describe('new', () => {
  it('writes a runbook that passes check and runs, and never over another', async () => {
    const made = await handrail({ args: ['new', 'pool', '--title', 'Restart the pool'] });
    expect(made.exitCode).toBe(0);
    expect(made.files['pool.md']).toContain('# Restart the pool');
    const { folder } = made;
    expect((await handrail({ folder, args: ['check', 'pool.md', '--unattended'] })).exitCode).toBe(
      0,
    );
    const ran = await handrail({ folder, args: ['run', 'pool', '--unattended'] });
    expect(ran.exitCode, ran.stdout).toBe(0);
    const again = await handrail({ folder, args: ['new', 'pool.md'] });
    expect(again).toMatchObject({ exitCode: 64, stdout: '' });
    expect(again.stderr).toContain('is already there and was left as it is');
  });
});

describe('doctor', () => {
  it('finds nothing where nothing stands in the way', async () => {
    const { exitCode, stdout } = await handrail({ runbook: fine, args: ['doctor', '{file}'] });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('state folder  good');
    expect(stdout).toContain('Nothing stands against <folder>/runbook.md.');
  });

  it("names a connection that is a superuser's", async () => {
    const server = await startPostgres();
    try {
      const page = '# X\n\n```sql\nSELECT 1;\n```\n';
      const args = ['doctor', '{file}'];
      const of = (url: string) => handrail({ runbook: page, args, env: { DATABASE_URL: url } });
      const { exitCode, stdout } = await of(server.url);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("The connection `default` is a superuser's (`postgres`)");
      const sql = 'CREATE ROLE plain LOGIN PASSWORD $$plain$$';
      const made = await handrail({
        runbook: `# X\n\n\`\`\`sql\n${sql};\n\`\`\`\n`,
        env: { DATABASE_URL: server.url },
      });
      expect(made.exitCode, made.stdout).toBe(0);
      const plain = server.url.replace(/\/\/[^@]+@/, '//plain:plain@');
      expect((await of(plain)).stdout).not.toContain('superuser');
    } finally {
      await server.stop();
    }
  });

  it('does not say that nothing stands against a page where the machine does', async () => {
    const { exitCode, stdout } = await handrail({
      runbook: '# X\n\n- [ ] Look\n',
      args: ['doctor', '{file}'],
      env: { PATH: '/nowhere' },
    });
    expect(exitCode).toBe(65);
    expect(stdout).toContain(
      'Nothing in <folder>/runbook.md stands against it; what is bad above does.',
    );
  });

  it('names what a runbook lacks here', async () => {
    const { exitCode, stdout } = await handrail({
      runbook: '# X\n\n```bash\nno-such-tool-here\n```\n',
      args: ['doctor', '{file}'],
    });
    expect(exitCode).toBe(65);
    expect(stdout).toContain('no-such-tool-here');
  });
});

describe('the state folder', () => {
  const made = async (): Promise<string> => (await handrail({ args: ['--version'] })).folder;

  it('is what --state says, else HANDRAIL_HOME, else the nearest .handrail, else XDG', async () => {
    const folder = await made();
    const deep = path.join(folder, 'a/b');
    mkdirSync(deep, { recursive: true });
    const env = { HANDRAIL_HOME: '/home/h', XDG_STATE_HOME: '/xdg', HOME: '/home/me' };
    const at = (cwd: string, state: string | undefined, more: Record<string, string>) =>
      stateFolder({ cwd, state, env: more });
    expect(at(deep, 'here', env)).toBe(path.join(deep, 'here'));
    expect(at(deep, 'postgres://db/runs', env)).toBe('postgres://db/runs');
    expect(at(deep, undefined, env)).toBe('/home/h');
    expect(at(deep, undefined, { HOME: '/home/me' })).toBe(path.join(folder, '.handrail'));
    expect(at('/', undefined, { XDG_STATE_HOME: '/xdg' })).toBe('/xdg/handrail');
    expect(at('/', undefined, { HOME: '/home/me' })).toBe('/home/me/.local/state/handrail');
    expect(() => at('/', undefined, {})).toThrow('no folder to keep runs in');
  });

  it('is named in the resume command when it would not be found again', async () => {
    const folder = await made();
    const { stderr } = await handrail({
      folder,
      runbook: '# B\n\n```bash\nfalse\n```\n',
      args: ['run', '{file}', '--unattended', '--state', '{folder}/elsewhere'],
    });
    expect(stderr).toContain('resume="handrail resume <run> --state <folder>/elsewhere"');
  });

  it('is made for its owner alone', async () => {
    const { folder } = await handrail({ runbook: fine });
    chmodSync(folder, 0o755);
    const { stdout } = await handrail({
      folder,
      runbook: '# P\n\n```bash\nfind .handrail/runs -perm /077 | wc -l\n```\n',
    });
    expect(stdout).toContain('  | 0\n');
  });
});

describe('show --why', () => {
  const page = '# Recovery\n\n1. Jumpstart the worker\n2. Who may approve?\n';

  it('says what speaks for and against a block', async () => {
    const { exitCode, stdout } = await handrail({
      runbook: page,
      args: ['show', '--why', '{file}:3'],
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/line 3: manual {2}Jumpstart the worker/);
    expect(stdout).toMatch(/\+\d.* instruction +is an ordered item/);
  });

  it('says why something is none', async () => {
    const { stdout } = await handrail({ runbook: page, args: ['show', '--why', '{file}:4'] });
    expect(stdout).toMatch(/no step\nline 4 was weighed to be question/);
  });

  it('asks for a line, and refuses one without a block', async () => {
    for (const word of ['{file}', '{file}:2'])
      expect((await handrail({ runbook: page, args: ['show', '--why', word] })).exitCode).toBe(64);
  });
});
