import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { handrail } from '../../../support/handrail.ts';
import { type SshHosts, sshHosts } from '../../../support/ssh-hosts.ts';

let hosts: SshHosts;
beforeAll(async () => {
  hosts = await sshHosts('db1', 'db2', 'db3');
});
afterAll(() => hosts.close());
afterEach(() => {
  for (const name of ['db1', 'db2', 'db3']) hosts.open(name);
});

const env = (): Record<string, string> => ({ PATH: `${hosts.bin}:${process.env['PATH']}` });
const run = (runbook: string, ...more: string[]) =>
  handrail({ runbook, args: ['run', '{file}', '--all', '--unattended', ...more], env: env() });

describe('a step with host=', () => {
  test('runs there, with what stands in the step alone, and nothing of it stays behind', async () => {
    const { exitCode, stdout, files } = await run(
      '# A\n\n```bash host=db1\necho "on $(basename ~) in $PWD" | tee seen\n```\n\n```bash\necho "here: $(basename "$PWD")"\n```\n',
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('on db1 in')]);
    expect(stdout).toContain('here: handrail-test-');
    expect(hosts.read('db1', 'seen')).toContain('on db1');
    expect(files['seen']).toBeUndefined();
  });

  test('carries variables, functions and the folder on from step to step, for each host', async () => {
    const { stdout, exitCode } = await run(
      '# A\n\n```bash host=db1\nmkdir -p deep; cd deep; v="it\'s $(basename ~)"; f() { echo "f of $v"; }; set +e\n```\n\n```bash host=db2\necho "v=${v-unset}"\n```\n\n```bash host=db1\nf; basename "$PWD"\n```\n',
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("f of it's db1")]);
    expect(stdout).toContain('v=unset');
    expect(stdout).toContain('| deep');
  });

  test('fills values in as data, captures what it prints and masks secrets', async () => {
    // Others on the machine have secrets too, and may do with them what they like.
    const secret = `hunter2-${randomUUID()}`;
    const { stdout, exitCode, folder } = await handrail({
      runbook: `---\ninputs:\n  word: { default: "a b; touch evil $(touch evil)" }\n  token: { secret: true, env: TOKEN }\n---\n# A\n\n\`\`\`bash host=db1 capture=got\nprintf "%s" {{word}}\n\`\`\`\n\n\`\`\`bash host=db2\nprintf "%s|%s\\n" {{got}} {{token}}; cat /proc/[0-9]*/cmdline 2>/dev/null | grep -ac "${secret.slice(0, -1)}[${secret.at(-1)}]" || true\n\`\`\`\n`,
      args: ['run', '{file}', '--all', '--unattended'],
      env: { ...env(), TOKEN: secret },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('a b; touch evil $(touch evil)|');
    expect(stdout).not.toContain(secret);
    expect(stdout).toMatch(/^ {2}\| 0$/m);
    expect(hosts.read('db1', 'evil') + hosts.read('db2', 'evil')).toBe('');
    expect(folder).toBeTruthy();
  });

  test('ends as its command ends, says its own error, and tells both streams apart', async () => {
    const { exitCode, stdout, events } = await run(
      '# A\n\n```bash host=db1\necho out; echo err >&2; exit 3\n```\n',
    );
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('err')]);
    expect(events.find(({ type }) => type === 'step.finished')).toMatchObject({
      exitCode: 3,
      outcome: 'failed',
      stdoutBytes: 4,
      stderrBytes: 4,
    });
  });

  test('compares with what the page expects, and runs a transcript command by command', async () => {
    const { exitCode } = await run(
      '# A\n\n```console host=db1\n$ echo one\none\n$ false\n$ echo two\ntwo\n```\n\n```bash host=db2\necho there\n```\n\n**Expected output:**\n\n```text\nthere\n```\n',
    );
    expect(exitCode).toBe(1);
  });

  test('ends what it started there when its time is over', async () => {
    const { exitCode, events } = await run(
      '# A\n\n```bash host=db1 timeout=2s\necho $$ >slow.pid; sleep 300 & echo $! >child.pid; wait\n```\n',
    );
    expect(exitCode).toBe(1);
    expect(events.find(({ type }) => type === 'step.finished')).toMatchObject({
      outcome: 'timed-out',
    });
    for (const file of ['slow.pid', 'child.pid']) {
      const pid = Number(hosts.read('db1', file));
      expect(() => process.kill(pid, 0)).toThrow();
    }
  });

  test('that cannot be reached is not started, and says so', async () => {
    hosts.shut('db1');
    const { exitCode, stdout } = await run('# A\n\n```bash host=db1\necho x >> once\n```\n');
    expect([exitCode, stdout]).toEqual([69, expect.stringContaining('cannot be reached')]);
    expect(hosts.read('db1', 'once')).toBe('');
  });

  test.each([
    '',
    ' ',
    ',',
    'db1,',
    'db1,,db2',
    'db1,two words',
    'db1,x;y',
    'db1,pod:a',
    'db1,container:',
  ])('is named whole, or nothing is run anywhere (--on "%s")', async (hosts_) => {
    const page = '# A\n\n```bash\necho x >> named; echo x > here\n```\n';
    const { exitCode, stdout, folder } = await run(page, '--on', hosts_);
    expect([exitCode, stdout]).toEqual([64, '']);
    expect(existsSync(path.join(folder, 'here'))).toBe(false);
    expect(hosts.read('db1', 'named')).toBe('');
  });

  test('may be named with blanks around the commas', async () => {
    const { exitCode, stdout } = await run('# A\n\n```bash\ntrue\n```\n', '--on', 'db1, db2');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('2 passed')]);
  });

  test('is no place to smuggle an option in', async () => {
    const { exitCode, stderr } = await run(
      '# A\n\n```bash host="-oProxyCommand=touch evil"\necho x\n```\n',
    );
    expect([exitCode, stderr]).toEqual([
      65,
      expect.stringContaining('The annotation `host=-oProxyCommand=touch evil` is wrong'),
    ]);
  });

  test.each([
    ['host=', '```bash host=db1\necho "far: ${FAR_ONLY-unset}, $FAR_ONLY"\n```\n', [], 0],
    ['--on', '```bash\necho "far: ${FAR_ONLY-unset}, $FAR_ONLY"\n```\n', ['--on', 'db1'], 0],
    ['--input', '```bash host=db1\necho "far: $FAR_ONLY"\n```\n', ['--input', 'FAR_ONLY=given'], 0],
    ['here too', '```bash host=db1\necho $FAR_ONLY\n```\n\n```bash\necho $FAR_ONLY\n```\n', [], 65],
  ])('may use variables that only its host sets (%s)', async (_, steps, more, expected) => {
    const { exitCode, stdout } = await run(`# A\n\n${steps}`, ...more);
    expect(exitCode).toBe(expected);
    if (more.includes('--input')) expect(stdout).toContain('far: given');
  });

  test('leaves what the page itself does over ssh alone', async () => {
    const { exitCode, stdout } = await run(
      '# A\n\n```bash\nssh db2 \'echo "from $(basename ~)"\'\n```\n',
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('from db2')]);
  });
});

describe('a line that is cut in the middle of a step', () => {
  const LONG =
    '# A\n\n```bash host=db1\necho $$ >me; echo $PPID >keeper; echo begun; echo x >> count; until test -e go; do sleep 0.1; done; echo ended\n```\n';

  async function cutAt(text: string, then: () => void): ReturnType<typeof run> {
    const running = run(text);
    await expect.poll(() => hosts.read('db1', 'count')).not.toBe('');
    then();
    return running;
  }

  afterEach(async () => {
    const { rmSync } = await import('node:fs');
    for (const file of ['go', 'count']) rmSync(path.join(hosts.home('db1'), file), { force: true });
  });

  test('is mended: what runs there goes on, and nothing it says is lost', async () => {
    const { writeFileSync } = await import('node:fs');
    const { exitCode, stdout, runs } = await cutAt(LONG, () => {
      hosts.cut('db1');
      setTimeout(() => writeFileSync(path.join(hosts.home('db1'), 'go'), ''), 1500);
    });
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/\| begun\n[\s\S]*\| ended\n/)]);
    expect(hosts.read('db1', 'count')).toBe('x\n');
    const log = await handrail({
      folder: path.dirname(path.dirname(path.dirname(runs[0] ?? ''))),
      args: ['log', 'last', '--step', '1'],
    });
    expect(log.stdout).toBe('begun\nended\n');
  });

  test('is unknown where nobody is left to say how it ended', async () => {
    const { exitCode, stdout, events } = await cutAt(LONG, () => {
      // As after a power cut: who kept the exit code is gone, and so is the step.
      for (const file of ['keeper', 'me']) process.kill(Number(hosts.read('db1', file)), 'SIGKILL');
      hosts.cut('db1');
    });
    expect([exitCode, stdout]).toEqual([4, expect.stringContaining('unknown')]);
    expect(events.filter(({ type }) => type === 'step.started')).toHaveLength(1);
  });
});

describe('a run on several hosts', () => {
  const COUNT =
    '# Restart\n\n## Restart\n\n```bash\nbasename ~ >> turn; test ! -e broken\n```\n\n```bash\necho "done on $(basename ~)"\n```\n';

  test('takes one after the other, each in the log, in run.md and in JUnit by its name', async () => {
    const { exitCode, stdout, events, folder, runs } = await run(COUNT, '--on', 'db1,db2,db3');
    expect(exitCode).toBe(0);
    const order = [...stdout.matchAll(/done on (\w+)/g)].map(([, name]) => name);
    expect(order).toEqual(['db1', 'db2', 'db3']);
    const started = events.filter(({ type }) => type === 'step.started');
    expect(started).toHaveLength(6);
    const rendered = readFileSync(path.join(runs[0] ?? '', 'run.md'), 'utf8');
    for (const name of ['db1', 'db2', 'db3']) expect(rendered).toContain(`done on ${name}`);
    const junit = await handrail({ folder, args: ['log', 'last', '--format', 'junit'] });
    expect(junit.stdout).toContain('on db2');
  });

  test('stops at the first that fails, or goes through all of them and has failed all the same', async () => {
    const { rmSync, writeFileSync } = await import('node:fs');
    const broken = path.join(hosts.home('db2'), 'broken');
    writeFileSync(broken, '');
    const stopped = await run(COUNT, '--on', 'db1,db2,db3');
    expect([stopped.exitCode, stopped.stdout.match(/done on db\d/g)]).toEqual([1, ['done on db1']]);
    const through = await run(COUNT, '--on', 'db1,db2,db3', '--keep-going');
    expect([through.exitCode, through.stdout.match(/done on db\d/g)]).toEqual([
      1,
      ['done on db1', 'done on db3'],
    ]);
    rmSync(broken);
  });

  test('takes the hosts of the frontmatter', async () => {
    const { exitCode, stdout } = await run(`---\nhosts: [db3, db1]\n---\n${COUNT}`);
    expect([exitCode, stdout.match(/done on db\d/g)]).toEqual([0, ['done on db3', 'done on db1']]);
  });

  test.each([
    [
      'SQL and HTTP steps in a run on hosts, a probe too',
      '```bash name=begin\necho x >> begun\n```\n\n```http run name=probe verify\nGET http://127.0.0.1:1/\n```\n\n```sql name=q\nselect 1;\n```\n',
      ['--on', 'db1,db2'],
      ['probe', 'q'],
    ],
    [
      'an SQL step of the rollback',
      '## Work\n\n```bash\necho x >> begun\n```\n\n### Rollback\n\n```sql name=back\nselect 1;\n```\n',
      ['--on', 'db1'],
      ['back'],
    ],
  ])('is refused before the first step for %s', async (_, steps, more, names) => {
    const { exitCode, stderr, files } = await run(`# A\n\n${steps}`, ...more);
    expect([exitCode, files['begun'], hosts.read('db1', 'begun')]).toEqual([65, undefined, '']);
    expect([...stderr.matchAll(/`([\w-]+)` \(line \d+\)/g)].map(([, name]) => name)).toEqual(names);
  });

  test('is refused before the first step where a query says host=', async () => {
    const { exitCode, stderr, files } = await run(
      '# A\n\n```bash\necho x >> begun\n```\n\n```sql name=q host=db1\nselect 1;\n```\n',
    );
    expect([exitCode, files['begun'], hosts.read('db1', 'begun')]).toEqual([65, undefined, '']);
    expect(stderr).toContain('The annotation `host` means nothing here: it stands at a query.');
  });

  test('rolls back on the host whose step failed, and nowhere else', async () => {
    const { exitCode, files } = await run(
      '# Ops\n\n## Work\n\n```bash name=work on-fail=rollback\ntest "$(basename ~)" = db1\n```\n\n### Rollback\n\n```bash name=undo\necho x >> undone\n```\n',
      '--on',
      'db1,db2,db3',
    );
    const undone = ['db1', 'db2', 'db3'].map((name) => hosts.read(name, 'undone'));
    expect([exitCode, undone, files['undone']]).toEqual([1, ['', 'x\n', ''], undefined]);
  });
});
