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
});
