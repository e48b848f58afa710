import { describe, expect, test } from 'vitest';
import { readRules } from '../../src/alerts/rule-files.ts';

/** Name, lead and line of each alert of a text. */
async function read(text: string): Promise<readonly (readonly [string, string | null, number])[]> {
  const { alerts } = await readRules(text);
  return alerts.map(({ name, runbook, line }) => [name, runbook, line]);
}

describe('alerting rules are read', () => {
  test('of Prometheus: with labels of their group, recording rules left out', async () => {
    const { alerts } = await readRules(`groups:
  - name: shop
    labels: { team: checkout }
    rules:
      - record: job:errors:rate5m
        expr: sum by (job) (rate(errors_total[5m]))
      - alert: QueueGrows
        expr: max by (queue) (shop_queue_depth{region="eu"}) > 100
        for: 10m
        labels:
          severity: page
        annotations:
          summary: 'Queue {{ $labels.queue }} on {{ $labels.broker }} grows'
          runbook_url: https://wiki.example.net/ops/queue#drain-it
`);
    expect(alerts).toEqual([
      {
        name: 'QueueGrows',
        line: 7,
        column: 16,
        runbook: 'https://wiki.example.net/ops/queue#drain-it',
        runbookLine: 14,
        labels: { team: 'checkout', severity: 'page' },
        carries: ['alertname', 'broker', 'queue', 'region', 'severity', 'team'],
      },
    ]);
  });

  test('of an expression that does not aggregate: with the labels of a target', async () => {
    const { alerts } = await readRules('- alert: Down\n  expr: up == 0\n  annotations: {}\n');
    expect(alerts[0]?.carries).toEqual(['alertname', 'instance', 'job']);
  });

  test('lead where an annotation says, else where a label does, at its line', async () => {
    const { alerts } = await readRules(
      '- alert: Both\n  labels: { runbook: l.md }\n  annotations: { runbook_url: a.md }\n- alert: One\n  expr: up\n  labels:\n    severity: page\n    runbook_url: l.md#x\n  annotations: { runbook_url: "" }\n',
    );
    expect(alerts.map(({ runbook, runbookLine }) => [runbook, runbookLine])).toEqual([
      ['a.md', 3],
      ['l.md#x', 8],
    ]);
  });

  const GROUP = [
    'groups:',
    '  - name: shop',
    '    rules:',
    '      - alert: Slow',
    '        expr: up',
    '        annotations:',
    '          runbook_url: a.md',
  ];
  const held = (way: string, lines: readonly string[]): string =>
    `kind: ConfigMap\ndata:\n  page.md: |\n    groups of people\n  rules.yml: ${way}\n${lines.map((line) => `    ${line}\n`).join('')}`;

  test.each<[string, string, number, number]>([
    ['a block', held('|', GROUP), 9, 12],
    ['a block that is stripped', held('|-', ['apiVersion: 1', ...GROUP]), 10, 13],
    ['a quoted text', held(JSON.stringify(GROUP.join('\n')), []), 5, 5],
    [
      'a document of JSON',
      held(
        `'{ "groups": [{ "alert": "Slow", "expr": "up", "annotations": { "runbook_url": "a.md" } }] }'`,
        [],
      ),
      5,
      5,
    ],
  ])('that a text of another file holds, at their lines: %s', async (_, text, line, leadLine) => {
    const { alerts, isRules, diagnostics } = await readRules(text);
    expect(alerts.map((one) => [one.name, one.runbook, one.line, one.runbookLine])).toEqual([
      ['Slow', 'a.md', line, leadLine],
    ]);
    expect([isRules, diagnostics]).toEqual([true, []]);
  });

  test('and one that a text holds and nobody can read is told of, at its line', async () => {
    const { diagnostics } = await readRules(held('|', ['groups:', '  - name: a: b']));
    expect(diagnostics.map(({ rule, line }) => [rule, line])).toEqual([['alert-unreadable', 7]]);
  });

  test('as a server of Prometheus answers them', async () => {
    const rules = [
      {
        type: 'alerting',
        name: 'Slow',
        query: 'sum by (pod) (up)',
        annotations: { runbook_url: 'a.md' },
      },
      { type: 'recording', name: 'job:up', query: 'sum(up)' },
    ];
    const { alerts } = await readRules(
      JSON.stringify({ data: { groups: [{ name: 'shop', rules }] } }),
    );
    expect(alerts.map(({ name, runbook, carries }) => [name, runbook, carries])).toEqual([
      ['Slow', 'a.md', ['alertname', 'pod']],
    ]);
  });

  test('that are called by a figure, as the text it is written as', async () => {
    const { alerts } = await readRules(
      ['404', '1.10', 'true', '0x1F', '"5"', '2026-01-01', '~']
        .map((name) => `- { alert: ${name}, expr: up, annotations: { runbook: a.md } }\n`)
        .join(''),
    );
    expect(alerts.map(({ name }) => name)).toEqual([
      '404',
      '1.10',
      'true',
      '0x1F',
      '5',
      '2026-01-01',
    ]);
  });

  test.each([
    ['- { alert: null, expr: up, annotations: { runbook: a.md } }', 'This alert has no name'],
    ['- { alert: , expr: up }', 'This alert has no name'],
    ['- { alert: [a], expr: up }', 'This alert has no name'],
    ['- { title: ~, condition: A, data: [] }', 'This alert has no name'],
    ['- { grafana_alert: { title: "" } }', 'This alert has no name'],
    ['- &one { alert: A, expr: up, labels: { a: *one } }', '`*one` stands within'],
    ['- { alert: A, expr: up, labels: &all { b: { c: [*all] } } }', '`*all` stands within'],
  ])('that nobody can read are told of, and none is passed over: %s', async (text, message) => {
    const { diagnostics } = await readRules(`- { alert: B, expr: up }\n${text}\n`);
    expect(diagnostics).toMatchObject([{ rule: 'alert-unreadable', severity: 'error', line: 2 }]);
    expect(diagnostics[0]?.message).toContain(message);
  });

  test('and what only looks like one is none', async () => {
    const { alerts, diagnostics } = await readRules(
      'a: { title: ~, data: [] }\nb: { alert: ~, labels: {} }\nc: &x { d: 1 }\ne: *x\n',
    );
    expect([alerts, diagnostics]).toEqual([[], []]);
  });

  test('that stand too deep are told of, in words', async () => {
    const deep = (count: number): string => `${'['.repeat(count)}${']'.repeat(count)}`;
    const at = async (text: string) =>
      (await readRules(text)).diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
    expect(await at(deep(60))).toEqual([
      expect.stringMatching(/^warning: .*deeper than 40 levels/),
    ]);
    expect(await at(deep(20_000))).toEqual([
      'error: This is no YAML that can be read: it is nested too deep.',
    ]);
  });

  test.each([
    [
      'Mimir, by namespace',
      'namespace: shop\ngroups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up\n        annotations: { runbook: a.md }\n',
    ],
    [
      'the ruler API, groups by name',
      'shop:\n  - name: a\n    rules:\n      - { alert: A, expr: up, annotations: { runbook: a.md } }\n',
    ],
    [
      'Kubernetes, one manifest of several',
      'kind: Service\n---\napiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: a\n      rules:\n        - alert: A\n          expr: up\n          annotations: { runbook_url: a.md }\n',
    ],
    [
      'Kubernetes, a list',
      'kind: List\nitems:\n  - kind: PrometheusRule\n    spec: { groups: [{ name: a, rules: [{ alert: A, expr: up, annotations: { runbook_url: a.md } }] }] }\n',
    ],
    [
      'Grafana, provisioned',
      'apiVersion: 1\ngroups:\n  - orgId: 1\n    name: a\n    folder: Shop\n    rules:\n      - uid: x1\n        title: A\n        condition: C\n        data: [{ refId: A, model: { expr: up } }]\n        annotations: { runbook_url: a.md }\n',
    ],
    [
      'Grafana, exported as JSON',
      JSON.stringify({
        apiVersion: 1,
        groups: [
          {
            name: 'a',
            rules: [
              {
                uid: 'x',
                title: 'A',
                condition: 'C',
                data: [],
                annotations: { runbook_url: 'a.md' },
              },
            ],
          },
        ],
      }),
    ],
    [
      'Grafana, of its ruler',
      'a:\n  - name: g\n    rules:\n      - grafana_alert: { title: A, condition: C, data: [] }\n        annotations: { runbook_url: a.md }\n        labels: {}\n',
    ],
    [
      'Alertmanager, firing ones',
      JSON.stringify([{ labels: { alertname: 'A' }, annotations: { runbook_url: 'a.md' } }]),
    ],
    [
      'an anchor that rules share',
      'x-lead: &lead { runbook_url: a.md }\ngroups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up\n        annotations: { <<: *lead, summary: s }\n',
    ],
    [
      'a rule whose parts another one gives',
      'x-rule: &rule { expr: up, annotations: { runbook_url: a.md } }\nx-more: &more { labels: { a: b } }\ngroups:\n  - rules:\n      - alert: A\n        <<: [*more, *rule]\n',
    ],
    [
      'Grafana, with a query as deep as they come',
      JSON.stringify({
        title: 'A',
        data: [{ model: { expr: 'up', conditions: JSON.parse('['.repeat(30) + ']'.repeat(30)) } }],
        annotations: { runbook_url: 'a.md' },
      }),
    ],
  ])('of %s', async (_what, text) => {
    const found = await read(text);
    expect(found.map(([name, runbook]) => [name, runbook])).toEqual([['A', 'a.md']]);
  });

  test('of thousands that share their labels by an alias, in one pass', async () => {
    const shared = 'x: &a { runbook_url: a.md }\ny: &l { team: shop }\nrules:\n';
    const rule = '  - { alert: A, expr: up, annotations: *a, labels: { <<: *l, own: b } }\n';
    const { alerts } = await readRules(shared + rule.repeat(4000));
    expect(alerts).toHaveLength(4000);
    expect(new Set(alerts.map(({ runbook }) => runbook))).toEqual(new Set(['a.md']));
    expect(alerts[3999]?.labels).toEqual({ team: 'shop', own: 'b' });
  });

  test.each([
    ['itself', 'r: &g\n  - { alert: A, expr: up, annotations: *g, labels: *g }\n'],
    ['itself, merged', 'r:\n  - &g { alert: A, expr: up, <<: *g }\n'],
    ['nothing', 'r:\n  - { alert: A, expr: up, annotations: { x: 1 } }\n'],
    [
      'names of every object',
      'r:\n  - { alert: A, expr: up, labels: { __proto__: x, constructor: y } }\n',
    ],
  ])('of one that holds %s', async (_what, text) => {
    expect(await read(text)).toEqual([['A', null, expect.any(Number)]]);
  });

  test('and a text that is no YAML is a finding at its line, one that multiplies without end is none', async () => {
    const { alerts, diagnostics } = await readRules(
      'groups:\n  - name: a\n    rules:\n{{- range .Values.rules }}\n      - alert: B\n',
    );
    expect(alerts).toEqual([]);
    expect(diagnostics).toMatchObject([{ rule: 'alert-unreadable', severity: 'error' }]);
    expect(diagnostics[0]?.hint).toContain('Render templates');
    const bomb = Array.from({ length: 30 }, (_, at) =>
      at === 0 ? 'a0: &a0 [x]' : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}]`,
    ).join('\n');
    expect(
      await read(`${bomb}\nr:\n  - alert: A\n    expr: up\n    annotations: { x: *a29 }\n`),
    ).toEqual([['A', null, 32]]);
  });
});
