import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { metricsText } from '../../../src/cli/metrics/text.ts';
import { handrail } from '../../support/handrail.ts';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * The text format as node_exporter's collector takes it: HELP and TYPE once and before their samples, samples of a
 * metric together, no series twice, escapes of three kinds, a line end at the end. Throws at the first violation.
 */
function parse(text: string): readonly Sample[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  const [helped, typed, closed, series] = [0, 0, 0, 0].map(() => new Set<string>()) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  let current = '';
  const samples: Sample[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (comment) {
      const [, kind = '', name = '', rest = ''] = comment;
      const seen = kind === 'HELP' ? helped : typed;
      if (seen.has(name)) throw new Error(`${kind} of ${name} twice`);
      if (kind === 'TYPE' && !/^(?:gauge|counter|untyped)$/.test(rest))
        throw new Error(`type ${rest}`);
      seen.add(name);
      continue;
    }
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\{(.*)\} (-?[0-9.]+(?:e[+-]?\d+)?)$/.exec(line);
    if (!sample) throw new Error(`no sample: ${line}`);
    const [, name = '', inside = '', value = ''] = sample;
    if (!helped.has(name) || !typed.has(name)) throw new Error(`${name} before its HELP and TYPE`);
    if (name !== current && closed.has(name)) throw new Error(`${name} in two places`);
    closed.add(name);
    current = name;
    if (series.has(`${name}{${inside}}`)) throw new Error(`${name}{${inside}} twice`);
    series.add(`${name}{${inside}}`);
    samples.push({ name, labels: labelsIn(inside), value: Number(value) });
  }
  return samples;
}

function labelsIn(inside: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  let at = 0;
  while (at < inside.length) {
    const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/.exec(inside.slice(at));
    if (!label) throw new Error(`no label: ${inside.slice(at)}`);
    const [whole, name = '', value = ''] = label;
    if (name in labels) throw new Error(`label ${name} twice`);
    labels[name] = value.replace(/\\(.)/g, (_all, one: string) => (one === 'n' ? '\n' : one));
    at += whole.length;
  }
  return labels;
}

const PAGE = `# Pool

## Look

\`\`\`bash
true
\`\`\`

## Fail

\`\`\`bash
false
\`\`\`

## Ask

- [ ] Somebody looked
`;

describe.concurrent('metrics', () => {
  test('with the folder of the runbooks tell of what nobody ever ran', async () => {
    const { folder } = await handrail({
      runbook: PAGE,
      args: ['run', '{file}#look', '--unattended', '--quiet'],
    });
    const docs = path.join(folder, 'docs');
    mkdirSync(docs);
    writeFileSync(path.join(docs, 'one.md'), `---\nkind: runbook\n---\n\n${PAGE}`);
    const told = await handrail({ folder, args: ['metrics', '--docs', '{folder}'] });
    const never = parse(told.stdout)
      .filter((one) => one.name === 'handrail_last_success_timestamp_seconds' && one.value === 0)
      .map(({ labels }) => `${path.basename(labels['runbook'] ?? '')}#${labels['procedure']}`);
    expect(never).toEqual(['one.md#', 'runbook.md#ask', 'runbook.md#fail']);
    const ages = parse(told.stdout).filter((one) => one.name === 'handrail_last_run_outcome');
    expect(ages.map(({ labels }) => labels['procedure'])).toEqual(['look']);
    const wrong = await handrail({ folder, args: ['metrics', '--docs', '{folder}/nowhere'] });
    expect([wrong.exitCode, wrong.stderr]).toEqual([64, expect.stringContaining('is no folder')]);
  });

  test('of every procedure are written after each run, whole, for others to read', async () => {
    const { folder } = await handrail({ runbook: PAGE, args: ['list', '{folder}'] });
    const place = path.join(folder, 'textfiles');
    mkdirSync(place);
    for (const [id, code] of [
      ['look', 0],
      ['fail', 1],
      ['ask', 5],
    ] as const) {
      const run = await handrail({
        folder,
        args: ['run', `{file}#${id}`, '--unattended', '--quiet'],
        env: { HANDRAIL_METRICS: place },
      });
      expect(run.exitCode).toBe(code);
    }
    const [name = '', ...others] = readdirSync(place);
    expect([name, others]).toEqual([expect.stringMatching(/^handrail-[0-9a-f]{8}\.prom$/), []]);
    expect(statSync(path.join(place, name)).mode & 0o777).toBe(0o644);
    const samples = parse(readFileSync(path.join(place, name), 'utf8'));
    const of = (metric: string) =>
      Object.fromEntries(
        samples
          .filter((one) => one.name === metric)
          .map(({ labels, value }) => [labels['procedure'], value]),
      );
    expect(of('handrail_last_run_passed')).toEqual({ ask: 0, fail: 0, look: 1 });
    expect(of('handrail_runs_waiting')).toEqual({ ask: 1, fail: 0, look: 0 });
    expect(of('handrail_last_success_timestamp_seconds')).toEqual({
      ask: 0,
      fail: 0,
      look: expect.any(Number),
    });
    expect(Object.keys(of('handrail_drill_age_seconds'))).toEqual(['look']);
    expect(samples).toContainEqual({
      name: 'handrail_last_run_outcome',
      labels: expect.objectContaining({
        procedure: 'fail',
        outcome: 'failed',
        runbook: path.join(folder, 'runbook.md'),
      }),
      value: 1,
    });
    expect(samples.find((one) => one.name === 'handrail_unsound_runs')?.value).toBe(0);
    expect(samples.find((one) => one.name === 'handrail_verified_runs')?.value).toBe(3);
  });

  test('are printed on demand, and a folder that is not there breaks no run', async () => {
    const run = await handrail({
      runbook: '# A\n\n```bash\ntrue\n```\n',
      env: { HANDRAIL_METRICS: '/nowhere/at/all' },
    });
    expect([run.exitCode, run.stderr]).toEqual([
      0,
      expect.stringContaining('cannot be written into'),
    ]);
    const { folder } = run;
    const { stdout } = await handrail({ folder, args: ['metrics'] });
    expect(stdout).toContain('# TYPE handrail_drill_age_seconds gauge\n');
    const asked = await handrail({ folder, args: ['metrics', '--textfile', 'nowhere'] });
    expect([asked.exitCode, asked.stderr.split('\n').length]).toEqual([78, 2]);
  });

  test('of hostile names are names, and of none nothing but the whole', () => {
    const runbook = '/a "b"\\n\n} 1\nx{y="z"} 2\u001b[31m.md';
    const lastAt = '2026-11-29T02:00:00.000Z';
    const procedure = {
      runbook,
      procedure: '',
      lastAt,
      lastPassedAt: lastAt,
      lastOutcome: 'passed',
      lastDurationMs: 12,
      waiting: 0,
    } as const;
    const some = { state: '/s', procedures: [procedure], left: 0, verified: 1, unsound: 0 };
    const samples = parse(metricsText(some, Date.parse(lastAt) + 60_000));
    expect(samples.find(({ name }) => name === 'handrail_drill_age_seconds')).toMatchObject({
      value: 60,
      labels: { runbook: '/a "b"\\n\n} 1\nx{y="z"} 2.md' },
    });
    const alike = ['/a.md', '/a\u001b[31m.md', '/a\n', '/a\r', '/a\ud800', '/a\udc00'];
    const told = parse(
      metricsText({ ...some, procedures: alike.map((one) => ({ ...procedure, runbook: one })) }, 0),
    );
    const samplesOf = (wanted: string) => told.filter(({ name }) => name === wanted);
    expect(samplesOf('handrail_last_run_passed').map(({ labels }) => labels['runbook'])).toEqual([
      '/a.md',
      '/a\n',
      '/a\ufffd',
    ]);
    expect(samplesOf('handrail_left_out_procedures')).toMatchObject([{ value: 3 }]);
    const none = parse(metricsText({ ...some, procedures: [] }, 0));
    expect(new Set(none.map(({ labels }) => Object.keys(labels).join()))).toEqual(
      new Set(['state']),
    );
  });

  test('know a success whatever ran since, and so does who looks at alerts', async () => {
    const { folder, runs } = await handrail({
      files: {
        'docs/ops.md': '# Ops\n\n## Drill\n\n```bash\ntrue\n```\n\n## Look\n\n```bash\ntrue\n```\n',
        'rules.yml': '- { alert: A, expr: up, annotations: { runbook: "ops.md#drill" } }\n',
      },
      args: ['run', 'docs/ops.md#drill', '--unattended'],
    });
    const drilled = path.basename(runs[0] ?? '');
    await handrail({ folder, args: ['run', 'docs/ops.md#look', '--unattended'] });
    const all = path.join(folder, '.handrail/runs');
    const looked = readdirSync(all).find((name) => name !== drilled) ?? '';
    const log = readFileSync(path.join(all, looked, 'log.jsonl'), 'utf8');
    for (let nth = 0; nth < 2050; nth += 1) {
      const id = `0${'f'.repeat(7)}-0000-7000-8000-${String(nth).padStart(12, '0')}`;
      mkdirSync(path.join(all, id));
      writeFileSync(path.join(all, id, 'log.jsonl'), log.replaceAll(looked, id));
    }
    const { stdout } = await handrail({ folder, args: ['metrics', '--docs', 'docs'] });
    const drill = parse(stdout).find(
      ({ name, labels }) =>
        name === 'handrail_last_success_timestamp_seconds' && labels['procedure'] === 'drill',
    );
    expect(drill?.value).toBeGreaterThan(0);
    const alerts = await handrail({
      folder,
      args: ['alerts', 'rules.yml', '--docs', 'docs', '--max-age', '1d'],
    });
    expect(alerts.exitCode).toBe(0);
  });

  test('are whole or not there at all, where the disk takes only a part of them', async () => {
    const { folder } = await handrail({ runbook: '# T\n\n```bash\ntrue\n```\n' });
    const out = path.join(folder, 'textfile');
    mkdirSync(out);
    const { status, stderr } = spawnSync(
      'bash',
      [
        '-c',
        'ulimit -f 1; exec "$@"',
        'bash',
        process.execPath,
        path.resolve('dist/handrail.js'),
      ].concat(['metrics', '--textfile', out]),
      { cwd: folder, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([78, expect.stringContaining('cannot be written')]);
    expect(readdirSync(out)).toEqual([]);
  });
});
