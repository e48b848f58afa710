import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cleanEnv } from '../support/handrail.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
const RUNBOOK = '---\nowner: Ada\n---\n# Pool\n\n## Look\n\n```bash\nls\n```\n';
const BROKEN =
  '# Pool\n\n```bash\ncat <<EOF\n{{nobody\n```\n\n<!-- handrail: timeuot=3s -->\n```bash\nrm -rf "$X"/\n```\n';

/** A repository with a runbook, alerting rules and handrail on its PATH. */
function repository(runbook = RUNBOOK): {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-pipeline-'));
  for (const name of ['bin', 'runbooks', 'alerts']) mkdirSync(path.join(folder, name));
  const bin = path.join(folder, 'bin/handrail');
  writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${root}/dist/handrail.js" "$@"\n`);
  chmodSync(bin, 0o755);
  writeFileSync(path.join(folder, 'runbooks/pool.md'), runbook);
  writeFileSync(
    path.join(folder, 'alerts/pool.yml'),
    'groups:\n  - name: a\n    rules:\n      - alert: PoolFull\n        expr: pool > 1\n        annotations: { runbook_url: "https://ops.example.net/pool#look" }\n',
  );
  const env = { ...cleanEnv(folder), PATH: `${path.dirname(bin)}:${process.env['PATH']}` };
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@localhost', ...args], {
      cwd: folder,
      env,
      stdio: 'pipe',
    });
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'One');
  return { folder, env };
}

/** Carries the scripts of a job out as a runner does, one bash each; exit codes in order. */
function carriedOut(
  scripts: readonly string[],
  { folder, env }: ReturnType<typeof repository>,
  more: Readonly<Record<string, string>>,
): readonly (number | null)[] {
  return scripts
    .filter((script) => !script.startsWith('npm install'))
    .map((script) => {
      const done = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
        cwd: folder,
        env: { ...env, ...more },
        encoding: 'utf8',
      });
      return done.status;
    });
}

describe('the examples of pipelines', () => {
  test('for GitHub: every script of the workflow runs, and its inputs reach scripts as variables alone', () => {
    const text = readFileSync(path.join(root, 'docs/examples/github-runbooks.yml'), 'utf8');
    const job = parse(text).jobs.check;
    const scripts: string[] = job.steps.flatMap((step: { run?: string }) => step.run ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).not.toContain('${{');
    const there = repository();
    const variables = { DOCS: 'runbooks', RULES: 'alerts', BASE: 'HEAD' };
    expect(Object.keys(job.env).toSorted()).toEqual(Object.keys(variables).toSorted());
    expect(carriedOut(scripts, there, variables)).toEqual([0, 0, 0]);
    const page = readFileSync(path.join(there.folder, 'public/pool.html'), 'utf8');
    expect(page).toContain('An alert leads here: <code>PoolFull</code>');
  });

  test('for GitLab: both reports are lists of findings, and a finding fails the job', () => {
    const text = readFileSync(path.join(root, 'docs/examples/gitlab-runbooks.yml'), 'utf8');
    const job = parse(text).runbooks;
    const there = repository(BROKEN);
    // A runner carries the lines of a job out as one script.
    expect(carriedOut([job.script.join('\n')], there, job.variables)).toEqual([65]);
    expect(carriedOut([job.script.join('\n')], repository(), job.variables)).toEqual([0]);
    for (const name of job.artifacts.reports.codequality) {
      const issues: readonly object[] = JSON.parse(
        readFileSync(path.join(there.folder, name), 'utf8'),
      );
      expect(issues.length).toBeGreaterThan(0);
      for (const issue of issues)
        expect(Object.keys(issue)).toEqual([
          'description',
          'check_name',
          'fingerprint',
          'severity',
          'location',
        ]);
    }
  });

  test('for pre-commit: every hook is called with files as pre-commit calls it', () => {
    const hooks: readonly { id: string; entry: string; files: string; language: string }[] = parse(
      readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8'),
    );
    const { bin } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const there = repository();
    for (const { entry, files, language } of hooks) {
      // From a clone, pre-commit would have npm install what nobody has built.
      expect(language).toBe('system');
      expect(Object.keys(bin)).toContain(entry.split(' ')[0]);
      const names = ['runbooks/pool.md', 'alerts/pool.yml'].filter((name) =>
        new RegExp(files).test(name),
      );
      expect(names).toHaveLength(1);
      const args = entry.includes('alerts') ? ['--docs', 'runbooks'] : [];
      expect(carriedOut([[entry, ...args, ...names].join(' ')], there, {})).toEqual([0]);
    }
    expect(existsSync(path.join(there.folder, '.handrail'))).toBe(false);
  });
});
