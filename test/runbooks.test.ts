import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { handrail } from './support/handrail.ts';

const root = path.dirname(import.meta.dirname);
const book = (name: string): string => readFileSync(path.join(root, 'runbooks', name), 'utf8');

/** A small checkout, and an `npm` on PATH that does what the runbooks ask of it without the network. */
async function checkout(): Promise<{ folder: string; env: Record<string, string> }> {
  const { folder } = await handrail({
    args: ['--version'],
    files: {
      'package.json': '{ "name": "x", "version": "0.1.0" }\n',
      'package-lock.json': '{}\n',
      'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n- Something\n',
      '.gitignore': '.handrail/\nbin/\ndist/\n',
      'bin/npm': `#!/bin/bash
echo "npm $*"
case $1 in
  version) sed -i "s/0\\.1\\.0/$3/" package.json ;;
  ci) mkdir -p dist && echo 'console.log("0.1.0")' > dist/handrail.js ;;
esac
`,
      'runbooks/release.md': book('release.md'),
      'runbooks/contribute.md': book('contribute.md'),
    },
  });
  chmodSync(path.join(folder, 'bin/npm'), 0o755);
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  return { folder, env: { PATH: `${folder}/bin:${process.env['PATH']}` } };
}

describe('the runbooks of the project', () => {
  it('are read without an error or a warning, each of them', async () => {
    const folder = path.join(root, 'runbooks');
    const { exitCode, stdout } = await handrail({
      args: ['check', folder, '--fail-on', 'warning'],
    });
    const { length } = readdirSync(folder).filter((name) => name.endsWith('.md'));
    expect(stdout).toContain(`\n${length} runbooks checked: 0 errors, 0 warnings`);
    expect(exitCode).toBe(0);
  });

  it('each has tests beside it, and they pass', async () => {
    const folder = path.join(root, 'runbooks');
    const names = readdirSync(folder);
    for (const name of names.filter((one) => one.endsWith('.md')))
      expect(names).toContain(name.replace(/\.md$/, '.test.yaml'));
    const { exitCode, stdout } = await handrail({ args: ['test', folder] });
    expect(stdout).toMatch(/tests, all passed/);
    expect(exitCode).toBe(0);
  });

  it('host-health looks at this host and finds it well', async () => {
    const { folder } = await handrail({ args: ['--version'] });
    copyFileSync(path.join(root, 'runbooks/host-health.md'), path.join(folder, 'host-health.md'));
    // A machine that builds and tests is busy, and that is well.
    const { exitCode, stdout } = await handrail({
      folder,
      args: ['run', 'host-health', '--unattended', '--input', 'max_load_per_cpu=1000'],
    });
    expect(stdout).toContain('this host is well');
    expect(stdout).toMatch(/Run passed\n15 passed/);
    expect(exitCode).toBe(0);
  });

  it('host-health says what is not well, looks at the rest all the same, and fails', async () => {
    const { exitCode, stdout } = await handrail({
      runbook: book('host-health.md'),
      files: { 'cert.pem': '' },
      args: [
        'run',
        '{file}',
        '--unattended',
        '--input',
        'max_load_per_cpu=1000',
        '--input',
        'names=no-such-name.invalid',
        '--input',
        'certificates={folder}/none/*',
      ],
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('PROBLEM: these names do not resolve: no-such-name.invalid');
    expect(stdout).toContain('no certificate matches');
    expect(stdout).toContain(
      '15/15  Verdict\n  | these names do not resolve: no-such-name.invalid',
    );
  });

  it('host-health tells a certificate that ends soon', async () => {
    const { folder } = await handrail({ args: ['--version'], runbook: book('host-health.md') });
    mkdirSync(path.join(folder, 'tls'));
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...[
          '-days',
          '3',
          '-subj',
          '/CN=example',
          '-keyout',
          `${folder}/tls/key`,
          '-out',
          `${folder}/tls/a.crt`,
        ],
      ],
      { stdio: 'pipe' },
    );
    const { exitCode, stdout } = await handrail({
      folder,
      args: [
        'run',
        '--unattended',
        '{file}',
        '--step',
        'who',
        '--step',
        'certificates',
        '--step',
        'verdict',
        '--input',
        'certificates={folder}/tls/*.crt',
      ],
    });
    expect(stdout).toContain('PROBLEM: these certificates end within 14 days: <folder>/tls/a.crt');
    expect(exitCode).toBe(1);
  });

  it('release rehearses: everything is tried, and everything is put back', async () => {
    const { folder, env } = await checkout();
    const { exitCode, stdout } = await handrail({
      folder,
      env,
      args: ['run', 'runbooks/release.md', '--unattended', '--input', 'version=0.2.0'],
    });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toContain('npm pack --dry-run');
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })).toBe(
      '',
    );
    expect(execFileSync('git', ['tag'], { cwd: folder, encoding: 'utf8' })).toBe('');
  });

  it('release writes the version, the heading and the tag, and refuses to do it twice', async () => {
    const { folder, env } = await checkout();
    const args = [
      'run',
      'runbooks/release.md',
      '--unattended',
      '--input',
      'version=0.2.0',
      '--input',
      'rehearse=no',
    ];
    const first = await handrail({ folder, env, args });
    expect(first.exitCode, first.stdout).toBe(0);
    expect(execFileSync('git', ['tag'], { cwd: folder, encoding: 'utf8' })).toBe('v0.2.0\n');
    expect(first.files['CHANGELOG.md']).toMatch(
      /## Unreleased\n\n## 0\.2\.0 - \d{4}-\d\d-\d\d\n\n- Something/,
    );
    expect(first.files['package.json']).toContain('0.2.0');
    const second = await handrail({ folder, env, args });
    expect(second.exitCode).toBe(1);
    expect(second.stdout).toContain('this version was released already');
  });

  it('release refuses a checkout that is not clean', async () => {
    const { folder, env } = await checkout();
    writeFileSync(path.join(folder, 'CHANGELOG.md'), 'changed\n');
    const { exitCode, stdout } = await handrail({
      folder,
      env,
      args: ['run', 'runbooks/release.md', '--unattended', '--input', 'version=0.2.0'],
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Step 1/9');
  });

  it('contribute sets up, checks and says what goes in', async () => {
    const { folder, env } = await checkout();
    const { exitCode, stdout } = await handrail({
      folder,
      env: { ...env, PATH: `${env['PATH']}:${path.dirname(process.execPath)}` },
      args: ['run', 'runbooks/contribute.md', '--all', '--unattended'],
    });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toContain('npm run check');
  });
});
