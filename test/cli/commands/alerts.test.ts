import { execFileSync, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

const QUEUE = `# Queue

## Drain it

How long is it?

\`\`\`bash
echo "depth of {{queue}}: 3"
\`\`\`

## Purge it

\`\`\`bash
rm -rf ./spool
\`\`\`

## Background

Queues are first in, first out.

## Move it

\`\`\`bash
echo "{{from-zone}} to {{to-zone}}"
\`\`\`

## Weekly look

\`\`\`bash
true
\`\`\`
`;

const RULES = `groups:
  - name: queue
    rules:
      - alert: Grows
        expr: max by (queue) (depth) > 9
        annotations:
          runbook_url: https://ops.example.net/queue#drain-it
      - alert: Full
        expr: depth > 99
        annotations:
          runbook_url: https://ops.example.net/queue#purge-it
      - alert: Moved
        expr: sum(zone) > 1
        labels: { from_zone: a }
        annotations:
          runbook: queue.md#move-it
      - alert: Quiet
        expr: absent(depth)
      - alert: Renamed
        expr: depth > 5
        annotations:
          runbook_url: https://ops.example.net/queue#drain
      - alert: Gone
        expr: depth > 5
        annotations:
          runbook_url: https://ops.example.net/kafka#drain-it
      - alert: Explained
        expr: depth > 1
        annotations:
          runbook_url: https://ops.example.net/queue#background
`;
const FRONT = '---\ninputs: { queue: {}, from-zone: {}, to-zone: {} }\n---\n';
const files = { 'docs/queue.md': `${FRONT}${QUEUE}`, 'rules/queue.yml': RULES };
const alerts = ['alerts', 'rules', '--docs', 'docs'];

describe.concurrent('handrail alerts', () => {
  test('says of every alert where it leads, and all that is wrong with that', async () => {
    const { stdout, stderr, exitCode } = await handrail({ files, args: alerts });
    expect([exitCode, stderr]).toEqual([65, '']);
    const rules = [
      ...stdout.matchAll(/^ +(\d+) {2}(?:error|warning) (alert-[a-z-]+): Alert `(\w+)`/gm),
    ];
    expect(rules.map(([, line, rule, name]) => [name, rule, Number(line)])).toEqual([
      ['Full', 'alert-first-step', 11],
      ['Moved', 'alert-input', 16],
      ['Quiet', 'alert-no-runbook', 17],
      ['Renamed', 'alert-no-heading', 22],
      ['Gone', 'alert-lost', 26],
      ['Explained', 'alert-no-step', 30],
    ]);
    expect(stdout).toContain('input `to-zone`');
    expect(stdout).toContain('No alert leads to\n  queue.md#weekly-look  Weekly look\n');
    expect(stdout).toContain('7 alerts: 1 good, 6 with findings');
  });

  test('tells the age of the last proof, and with --max-age refuses what has none', async () => {
    const first = await handrail({
      files: {
        'docs/queue.md': `${FRONT}${QUEUE}`,
        'rules/queue.yml': RULES.split('      - alert: Full')[0] ?? '',
      },
      args: [...alerts, '--max-age', '30d'],
    });
    expect(first.exitCode).toBe(65);
    expect(first.stdout).toContain('never been run to its end');
    const { folder } = first;
    const drill = ['run', 'docs/queue.md#drain-it', '--unattended', '--input', 'queue=mail'];
    expect((await handrail({ folder, args: drill })).exitCode).toBe(0);
    const second = await handrail({ folder, args: [...alerts, '--max-age', '30d', '--json'] });
    expect(second.exitCode).toBe(0);
    expect(JSON.parse(second.stdout).alerts).toMatchObject([
      {
        name: 'Grows',
        file: 'rules/queue.yml',
        path: 'queue.md',
        procedure: 'drain-it',
        firstStep: { effect: 'none' },
        inputs: [{ name: 'queue', label: 'queue' }],
        lastProof: { run: '<run>' },
        findings: [],
      },
    ]);
  });

  test('as SARIF and as GitLab code quality', async () => {
    const { stdout: sarif, folder } = await handrail({
      files,
      args: [...alerts, '--format', 'sarif'],
    });
    const [run] = JSON.parse(sarif).runs;
    expect(run.results).toContainEqual(
      expect.objectContaining({ ruleId: 'alert-lost', level: 'error' }),
    );
    expect(run.tool.driver.rules[0].help.text).toMatch(/\w/);
    const { stdout } = await handrail({ folder, args: [...alerts, '--format', 'gitlab'] });
    const issues: readonly object[] = JSON.parse(stdout);
    expect(issues).toContainEqual({
      description: expect.stringContaining('`Gone`'),
      check_name: 'alert-lost',
      fingerprint: '<sha256>',
      severity: 'major',
      location: { path: 'rules/queue.yml', lines: { begin: 26 } },
    });
  });

  test('names a file that is not there, one without alerts, and a folder that is none', async () => {
    const gone = await handrail({ files, args: ['alerts', 'rule'] });
    expect([gone.exitCode, gone.stderr]).toEqual([
      66,
      'handrail: There is no file or folder of rules at `rule`. Give the path of one.\n',
    ]);
    const none = await handrail({ files: { 'a.yml': 'a: 1\n' }, args: ['alerts', 'a.yml'] });
    expect([none.exitCode, none.stdout]).toEqual([65, expect.stringContaining('No alerting rule')]);
    const docs = await handrail({ files, args: ['alerts', 'rules', '--docs', 'dox'] });
    expect(docs.exitCode).toBe(64);
  });

  test('reads what it can of a folder in which other things stand, and says what it cannot', async () => {
    const good =
      'groups: [{ rules: [{ alert: A, expr: up, annotations: { runbook: queue.md } }] }]\n';
    const { folder } = await handrail({
      files: {
        'docs/queue.md': '# Queue\n\n```bash\nuptime\n```\n',
        'rules/a.yml': good,
        'rules/folder.yml/b.yml': good,
        'rules/large.json': `"${'x'.repeat(17 * 1024 * 1024)}"`,
        'rules/record.yml': '- { record: a:b, expr: up }\n',
        'rules/.hidden/c.yml': 'a: [\n',
      },
      args: ['--version'],
    });
    symlinkSync('nowhere.yml', path.join(folder, 'rules/gone.yml'));
    symlinkSync('..', path.join(folder, 'rules/round'));
    execFileSync('mkfifo', [path.join(folder, 'rules/pipe.yml')]);
    const { stdout, exitCode } = await handrail({
      folder,
      args: ['alerts', 'rules', '--docs', 'docs', '--json'],
    });
    expect(exitCode).toBe(65);
    const { alerts: found, files: read } = JSON.parse(stdout);
    expect(found.map(({ file }: { file: string }) => file)).toEqual([
      'rules/a.yml',
      'rules/folder.yml/b.yml',
    ]);
    expect(
      read.flatMap(
        ({ path: file, diagnostics }: { path: string; diagnostics: { rule: string }[] }) =>
          diagnostics.map(({ rule }) => `${file} ${rule}`),
      ),
    ).toEqual(['rules/gone.yml alert-unreadable', 'rules/large.json alert-unreadable']);
  });

  test('finds something wrong with a folder that holds no rules, and nothing with rules that only record or route', async () => {
    const other = {
      'docs/queue.md': '# Queue\n\n```bash\nuptime\n```\n',
      'empty/a.yml': 'a: 1\n',
      'rules/record.yml': 'groups: [{ name: g, rules: [{ record: a:b, expr: up }] }]\n',
      'rules/alertmanager.yml': 'route: { receiver: a }\nreceivers: [{ name: a }]\n',
    };
    const none = await handrail({ files: other, args: ['alerts', 'empty', '--docs', 'docs'] });
    expect([none.exitCode, none.stdout]).toEqual([
      65,
      expect.stringContaining('No alerting rule was found in this folder.'),
    ]);
    for (const words of [['rules'], ['rules/record.yml', 'rules/alertmanager.yml']])
      expect(
        (await handrail({ files: other, args: ['alerts', ...words, '--docs', 'docs'] })).exitCode,
      ).toBe(0);
  });

  test('reads standard input and pipes, such as what a template engine puts out', async () => {
    const rule = '- { alert: A, expr: up, annotations: { runbook: kafka.md } }\n';
    const { stdout, folder, exitCode } = await handrail({
      files,
      args: ['alerts', '-', '--docs', 'docs'],
      answers: [rule],
    });
    expect([exitCode, stdout]).toEqual([
      65,
      expect.stringContaining('no runbook is called `kafka`'),
    ]);
    const entry = path.resolve('dist/handrail.js');
    const piped = spawnSync(
      'bash',
      ['-c', `"$1" "$2" alerts <(cat) --docs docs --json`, 'bash', process.execPath, entry],
      { cwd: folder, input: rule, encoding: 'utf8' },
    );
    expect(JSON.parse(piped.stdout).alerts).toMatchObject([{ name: 'A', path: null }]);
  });

  test('names files to pipelines from the folder it was called in, whatever stands in their names', async () => {
    const odd = 'rules/a #1?:%20.yml';
    const { folder, stdout } = await handrail({
      files: { 'docs/queue.md': QUEUE, [odd]: '- { alert: A, expr: up }\n' },
      args: ['alerts', `./${odd}`, '--docs', 'docs', '--format', 'gitlab'],
    });
    expect(JSON.parse(stdout)).toMatchObject([{ location: { path: odd } }]);
    const uri = 'rules/a%20%231%3F%3A%2520.yml';
    for (const word of ['./rules', path.join(folder, 'rules')]) {
      const said = await handrail({
        folder,
        args: ['alerts', word, '--docs', 'docs', '--format', 'sarif'],
      });
      const [{ results }] = JSON.parse(said.stdout).runs;
      expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri });
    }
    const checked = await handrail({
      folder,
      args: ['check', path.join(folder, 'docs/queue.md'), '--format', 'gitlab'],
    });
    for (const { location } of JSON.parse(checked.stdout))
      expect(location.path).toBe('docs/queue.md');
  });

  test('understands the addresses of code hosts that name a line', async () => {
    const { stdout } = await handrail({
      files: {
        'docs/queue.md': QUEUE,
        'rules/a.yml':
          '- { alert: A, expr: up, annotations: { runbook: "https://github.com/acme/ops/blob/main/docs/queue.md?plain=1#L19-L20" } }\n',
      },
      args: ['alerts', 'rules', '--docs', 'docs', '--json'],
    });
    expect(JSON.parse(stdout).alerts).toMatchObject([
      { path: 'queue.md', procedure: 'background' },
    ]);
  });
});
