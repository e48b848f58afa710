import { describe, expect, test } from 'vitest';
import { githubAnnotations } from '../../../src/cli/check-formats/github.ts';
import { gitlabCodeQuality } from '../../../src/cli/check-formats/gitlab.ts';
import { inPipelines } from '../../../src/cli/check-formats/in-pipelines.ts';
import { sarif } from '../../../src/cli/check-formats/sarif.ts';

const findings = [
  {
    path: 'run books/a,b.md',
    diagnostics: [
      {
        rule: 'endless-command',
        severity: 'warning' as const,
        line: 7,
        column: 1,
        message: '100% `tail -f`\n::error::x',
        hint: 'Say when.',
      },
      { rule: 'made-up', severity: 'info' as const, line: 1, column: 3, message: 'm' },
    ],
  },
];

describe('findings', () => {
  test('quote foreign words so that nothing in them acts or turns round what is read', () => {
    const foreign = { rule: 'r', severity: 'error' as const, line: 1, column: 1 };
    const [one] = inPipelines(
      [
        {
          path: '/a/b.md',
          diagnostics: [{ ...foreign, message: '\u001b[31ma\n', hint: '\u202eb' }],
        },
      ],
      '/a',
    );
    expect(one).toEqual({
      path: 'b.md',
      diagnostics: [{ ...foreign, message: 'a ', hint: '‹U+202E›b' }],
    });
  });

  test('as GitHub annotations cannot start a command of their own', () => {
    expect(githubAnnotations(findings)).toBe(
      '::warning file=run books/a%2Cb.md,line=7,col=1,title=endless-command::100%25 `tail -f`%0A::error::x Say when.\n' +
        '::notice file=run books/a%2Cb.md,line=1,col=3,title=made-up::m\n',
    );
  });

  test('as SARIF name their rules, places and levels', () => {
    const log = JSON.parse(
      sarif(findings, [{ name: 'endless-command', summary: 's', why: 'w' }], '1.2.3'),
    );
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      'endless-command',
      'made-up',
    ]);
    expect(run.results[0]).toMatchObject({
      ruleId: 'endless-command',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'run%20books/a,b.md' },
            region: { startLine: 7, startColumn: 1 },
          },
        },
      ],
    });
    expect(run.results[1].level).toBe('note');
  });

  test('as GitLab code quality have a fingerprint each, which outlives moved lines', () => {
    const read = (moved: number): { fingerprint: string; severity: string; location: object }[] =>
      JSON.parse(
        gitlabCodeQuality(
          findings.map(({ path, diagnostics }) => ({
            path,
            diagnostics: [...diagnostics, ...diagnostics].map((one) => ({
              ...one,
              line: one.line + moved,
            })),
          })),
        ),
      );
    const issues = read(0);
    expect(issues[0]).toMatchObject({
      check_name: 'endless-command',
      severity: 'minor',
      location: { path: 'run books/a,b.md', lines: { begin: 7 } },
    });
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(read(5).map(({ fingerprint }) => fingerprint)).toEqual(
      issues.map(({ fingerprint }) => fingerprint),
    );
  });
});
