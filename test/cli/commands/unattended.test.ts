import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { isHere } from '../../support/also-asked.ts';
import { handrail } from '../../support/handrail.ts';

const NIGHTLY = `---
schedule:
  - { procedure: back-up, cron: "30 2 * * 1-5", timezone: Europe/Zagreb }
---
# Nightly

## Back up

\`\`\`bash
echo backed up
\`\`\`
`;
/** Due every minute: a run of now is the one that was due. */
const OFTEN = `---
schedule:
  - { cron: "* * * * *", timezone: UTC }
---
# Often

\`\`\`bash
test ! -e broken
\`\`\`
`;

describe.concurrent('handrail schedule', () => {
  test('list says the next times in the zone of the schedule and in UTC', async () => {
    const { stdout, stderr, exitCode } = await handrail({
      runbook: NIGHTLY,
      args: ['schedule', 'list', '{folder}', '--json'],
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    const [entry] = JSON.parse(stdout).scheduled;
    expect(entry).toMatchObject({ procedure: 'back-up', timezone: 'Europe/Zagreb' });
    expect(entry.next).toHaveLength(3);
  });

  test('crontab lines hold the zone, absolute paths and no percent sign', async () => {
    const { stdout, exitCode } = await handrail({
      runbook: NIGHTLY,
      args: ['schedule', 'crontab', '{folder}'],
    });
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines).toEqual([
      'CRON_TZ=Europe/Zagreb',
      expect.stringMatching(
        /^30 2 \* \* 1-5 '?\/[^']*\/node'? '?\/[^']*\/handrail\.js'? run '?<folder>\/runbook\.md#back-up'? --unattended --quiet --state <folder>\/\.handrail$/,
      ),
    ]);
  });

  test('systemd units hold what systemd knows there, by its own word too where it is', async () => {
    const { files, folder, exitCode } = await handrail({
      runbook: NIGHTLY,
      args: ['schedule', 'systemd', '{folder}', '--out', '{folder}/units'],
    });
    expect(exitCode).toBe(0);
    const units = Object.keys(files).filter((name) => name.startsWith('units/'));
    expect(units.map((name) => path.basename(name)).toSorted()).toEqual([
      'handrail-failed@.service',
      'handrail-runbook-back-up.service',
      'handrail-runbook-back-up.timer',
    ]);
    const lines = units.flatMap((name) => {
      let section = '';
      return (files[name] ?? '').split('\n').flatMap((line) => {
        if (/^(?:#.*)?$/.test(line)) return [];
        section = /^\[(\w+)\]$/.exec(line)?.[1] ?? section;
        return line.startsWith('[') ? [] : [`${section} ${line}`];
      });
    });
    expect(lines.filter((line) => !OF_SYSTEMD.some((known) => known.test(line)))).toEqual([]);
    if (!isHere('systemd-analyze')) return;
    const own = units.filter((name) => !name.includes('@')).map((name) => path.join(folder, name));
    const checked = spawnSync('systemd-analyze', ['verify', '--man=no', ...own], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}/units:` },
    });
    expect([
      checked.status,
      checked.stderr.split('\n').filter((line) => line.includes('handrail')),
    ]).toEqual([0, []]);
  });

  test('of an expression that is none names the file and the expression', async () => {
    const { stderr, exitCode } = await handrail({
      runbook: NIGHTLY.replace('30 2 * * 1-5', 'at dawn'),
      args: ['schedule', 'list', '{folder}'],
    });
    expect([exitCode, stderr]).toEqual([
      78,
      'handrail: In the schedule of <folder>/runbook.md: `at dawn` is no cron expression of five fields, such as `30 2 * * 1-5`.\n',
    ]);
  });
});

/** What a unit may say, by its section; a path of a program is absolute. */
const OF_SYSTEMD = [
  /^Unit Description=[^%]*(?:%i[^%]*)?$/,
  /^Unit OnFailure=[\w-]+@%n\.service$/,
  /^Service (?:Type=oneshot|KillMode=mixed|TimeoutStopSec=\d+|SuccessExitStatus=\d+(?: \d+)*)$/,
  /^Service ExecStart="?\/\S.*$/,
  /^Timer OnCalendar=(?:[A-Z][a-z]{2},?)+ \*-\*-\* \d\d:\d\d:\d\d [A-Z]\w+\/\w+$/,
  /^Timer Persistent=true$/,
  /^Install WantedBy=timers\.target$/,
];

const ROUNDS = `---
lock: { policy: skip }
schedule:
  - { procedure: beat, cron: "*/20 * * * *", timezone: UTC }
  - { procedure: sweep, cron: "7-45 3 1 * 1", timezone: UTC }
---
# Rounds

## Beat

\`\`\`bash
read -r first < <(printf 'beat\\n'); echo "$first" >> done.txt
\`\`\`

## Sweep

\`\`\`bash
echo sweep >> done.txt
\`\`\`
`;

describe.concurrent('procedures that are due together', () => {
  test('are named by check and schedule where the policy makes one of them skip', async () => {
    const said = /`beat` and `sweep` are due in the same minute, and `policy: skip` makes one/;
    const checked = await handrail({ runbook: ROUNDS, args: ['check', '{file}'] });
    expect(checked.stdout).toMatch(/runbook\.md:5:\d+: warning same-minute/);
    expect(checked.stdout).toMatch(said);
    const listed = await handrail({ runbook: ROUNDS, args: ['schedule', 'list', '{folder}'] });
    expect([listed.exitCode, listed.stderr]).toEqual([0, expect.stringMatching(said)]);
    const waits = ROUNDS.replace('lock: { policy: skip }\n', '');
    for (const runbook of [waits, ROUNDS.replace('7-45', '7-19')]) {
      const { stderr } = await handrail({ runbook, args: ['schedule', 'list', '{folder}'] });
      expect(stderr).toBe('');
    }
  });

  test('both run, from the crontab lines and in an empty environment', async () => {
    const runbook = ROUNDS.replace('lock: { policy: skip }\n', '');
    const { folder } = await handrail({ runbook, args: ['list', '{folder}'] });
    const { stdout } = await handrail({ folder, args: ['schedule', 'crontab', '{folder}'] });
    const lines = stdout.split('\n').filter((line) => /^[*\d]/.test(line));
    const commands = lines.map((line) =>
      line.split(' ').slice(5).join(' ').replaceAll('<folder>', folder),
    );
    expect(commands).toHaveLength(2);
    const bare = ['-i', 'HOME=/', 'LOGNAME=root', 'SHELL=/bin/sh', 'PATH=/usr/bin:/bin', '/bin/sh'];
    const together = `${commands.map((command) => `${command} & one="$one $!"`).join('\n')}\nfor each in $one; do wait $each || echo "exit $?"; done`;
    const ran = spawnSync('env', [...bare, '-c', together], { cwd: '/', encoding: 'utf8' });
    expect([ran.stdout, ran.stderr]).toEqual(['', '']);
    const done = readFileSync(path.join(folder, 'done.txt'), 'utf8').trim().split('\n');
    expect(done.toSorted()).toEqual(['beat', 'sweep']);
  });

  test('one wrong entry never hides the others', async () => {
    const runbook = ROUNDS.replace('procedure: beat', 'procedure: bleat').replace('skip', 'wait');
    const listed = await handrail({ runbook, args: ['schedule', 'crontab', '{folder}'] });
    expect(listed.exitCode).toBe(78);
    expect(listed.stdout).toContain('runbook.md#sweep');
    expect(listed.stderr).toContain('there is no procedure `bleat`');
    const status = await handrail({ runbook, args: ['status', '{folder}', '--expect'] });
    expect([status.exitCode, status.stdout]).toEqual([78, expect.stringContaining('sweep')]);
  });
});

describe.concurrent('handrail status --expect', () => {
  const status = (folder: string) =>
    handrail({ folder, args: ['status', '{folder}', '--expect', '--grace', '0s', '--json'] });

  test('tells a missing run (4), a good one (0) and a failed one (1) apart', async () => {
    // Due once an hour, at the minute that it is by now: the next time is far away, however long all this takes.
    const runbook = OFTEN.replace('* *', `${new Date().getUTCMinutes()} *`);
    const { folder } = await handrail({ runbook, args: ['list', '{folder}'] });
    const changed = (agoMs: number): void => {
      const at = new Date(Date.now() - agoMs);
      utimesSync(path.join(folder, 'runbook.md'), at, at);
    };
    changed(0);
    const fresh = await status(folder);
    expect([fresh.exitCode, JSON.parse(fresh.stdout).status[0].state]).toEqual([0, 'not due yet']);
    changed(1_800_000);
    const missed = await status(folder);
    expect([missed.exitCode, JSON.parse(missed.stdout).status[0].state]).toEqual([4, 'missed']);
    const run = ['run', '{file}', '--all', '--unattended', '--quiet'];
    await handrail({ folder, args: run });
    const good = await status(folder);
    expect([good.exitCode, JSON.parse(good.stdout).status[0].state]).toEqual([0, 'good']);
    writeFileSync(path.join(folder, 'broken'), '');
    await handrail({ folder, args: run });
    const failed = await status(folder);
    expect([failed.exitCode, JSON.parse(failed.stdout).status[0].state]).toEqual([1, 'failed']);
  });
});

describe.concurrent('handrail prune', () => {
  test('leaves a tombstone: verify tells a pruned run from a deleted one, and open runs stay', async () => {
    const first = await handrail({ runbook: '# A\n\n```bash\ntrue\n```\n' });
    const { folder } = first;
    const waiting = await handrail({
      folder,
      files: { 'wait.md': '# B\n\n- [ ] Look\n' },
      args: ['run', '{folder}/wait.md', '--all', '--unattended'],
    });
    expect(waiting.exitCode).toBe(5);
    await handrail({ folder });
    const last = await handrail({ folder });
    const ids = last.runs.map((run) => path.basename(run));
    const args = ['prune', '--keep', '0s', '--json'];
    const tried = await handrail({ folder, args: [...args, '--dry-run'] });
    expect(tried.runs).toHaveLength(4);
    const pruned = await handrail({ folder, args });
    expect(JSON.parse(pruned.stdout).pruned).toHaveLength(2);
    expect(pruned.runs.map((run) => path.basename(run))).toEqual([ids[1], ids[3]]);
    const all = await handrail({ folder, args: ['verify'] });
    expect([all.exitCode, all.stderr]).toEqual([0, '']);
    const named = await handrail({ folder, args: ['verify', ids[0] ?? ''] });
    expect([named.exitCode, named.stdout]).toEqual([27, expect.stringContaining('pruned at <at>')]);
    rmSync(last.runs[3] ?? '', { recursive: true });
    const deleted = await handrail({ folder, args: ['verify'] });
    expect([deleted.exitCode, deleted.stdout + deleted.stderr]).toEqual([
      26,
      expect.stringContaining('deleted'),
    ]);
  });
});

describe.concurrent('what a run would be refused for', () => {
  test.each([
    ['a prompt', 'read -p "Go on? " yes', 'interactive-command'],
    ['an endless command', 'tail -f /etc/hostname', 'endless-command'],
    ['a missing command', 'no-such-tool-here --now', 'tool-missing'],
  ])('%s: `check --unattended` says the same without running', async (_, command, rule) => {
    const runbook = `# A\n\n\`\`\`bash\ntouch ran\n${command}\n\`\`\`\n`;
    const refused = await handrail({ runbook });
    expect([refused.exitCode, 'ran' in refused.files]).toEqual([65, false]);
    const end = refused.events.findLast(({ type }) => type === 'run.finished');
    const found = end?.type === 'run.finished' ? (end.findings ?? []) : [];
    const checked = await handrail({
      folder: refused.folder,
      args: ['check', '{file}', '--unattended', '--json'],
    });
    expect(checked.exitCode).not.toBe(0);
    const [said] = found.filter((one) => one.rule === rule);
    expect(said).toBeDefined();
    expect(checked.stdout).toContain(JSON.stringify(said?.message).slice(1, -1));
  });
});

describe.concurrent('a run in a pipeline', () => {
  test('adds its summary to the page of a GitHub job', async () => {
    const { files, exitCode } = await handrail({
      runbook: '# Deploy\n\n```bash name=one\necho broken; exit 3\n```\n',
      files: { 'summary.md': 'before\n' },
      env: { GITHUB_STEP_SUMMARY: 'summary.md' },
    });
    expect(exitCode).toBe(1);
    expect(files['summary.md']).toMatch(/^before\n[\s\S]*Deploy[\s\S]*failed[\s\S]*broken/i);
  });

  test('can be read as JUnit', async () => {
    const { folder } = await handrail({ runbook: '# A\n\n```bash name=one\nexit 3\n```\n' });
    const { stdout, exitCode } = await handrail({
      folder,
      args: ['log', 'last', '--format', 'junit'],
    });
    expect(exitCode).toBe(0);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(stdout);
    expect(JSON.stringify(parsed)).toContain('failure');
  });

  test('says in `runs --json` how long such runs usually take', async () => {
    const { folder } = await handrail({ runbook: '# A\n\n```bash\ntrue\n```\n' });
    await handrail({ folder });
    const { stdout } = await handrail({ folder, args: ['runs', '--json'] });
    const { runs, usual } = JSON.parse(stdout);
    const took = runs.map(({ durationMs }: { durationMs: number }) => durationMs);
    expect(usual).toEqual([
      {
        runbook: '<folder>/runbook.md',
        procedures: expect.any(Array),
        runs: 2,
        passed: 2,
        medianMs: (took[0] + took[1]) / 2,
      },
    ]);
  });
});

test('a run under another state folder says in cron mail where it is', async () => {
  const { folder } = await handrail({ runbook: '# A\n', args: ['runs'] });
  mkdirSync(path.join(folder, 'elsewhere'));
  const failed = await handrail({
    folder,
    runbook: '# A\n\n```bash\nexit 1\n```\n',
    args: ['run', '{file}', '--all', '--unattended', '--quiet', '--state', '{folder}/elsewhere'],
  });
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toMatch(/resume="handrail resume <run> --state <folder>\/elsewhere"/);
  expect(readFileSync(path.join(folder, 'elsewhere/runs.jsonl'), 'utf8')).toContain('sealed');
});

test('two runs of one schedule that begin at once are one that came: the other found it at work', async () => {
  // Due once a year: no minute passes between the runs.
  const due = '---\nschedule:\n  - { cron: "0 0 1 1 *", timezone: UTC }\n---\n# Yearly\n\n';
  const runbook = `${due}\`\`\`bash\necho begun; sleep 2; test ! -e broken\n\`\`\`\n`;
  for (const [outcome, state, exitCode] of [
    ['passed', 'good', 0],
    ['failed', 'failed', 1],
  ] as const) {
    const files = outcome === 'failed' ? { broken: '' } : {};
    const { folder } = await handrail({ runbook, files, args: ['list', '{file}'] });
    const start = () => handrail({ folder, args: ['run', '{file}', '--unattended', '--quiet'] });
    const codes = (await Promise.all([start(), start(), start()])).map((one) => one.exitCode);
    expect(codes.toSorted()).toEqual([exitCode, 75, 75].toSorted());
    const args = ['status', '{folder}', '--expect', '--json'];
    const status = await handrail({ folder, args });
    expect(JSON.parse(status.stdout).status).toEqual([expect.objectContaining({ state, outcome })]);
    expect(status.exitCode).toBe(exitCode);
  }
});
